"""The nouns of a turn: what was heard, what the answer will convey, and the line that was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from npc_engine.chronicle import Change, FeelingChange
from npc_engine.dialogue.query import Query, Term
from npc_engine.mind import Belief, Recalled
from npc_engine.mind.feelings import Mood
from npc_engine.text import Language

Act = Literal[
    "greeting", "farewell", "question", "statement", "request", "small_talk",
    "thanks", "compliment", "insult", "threat", "fiction", "agreement", "promise",
]  # fmt: skip
"""What the speaker is doing by saying what they say; `fiction` is talk as if to a machine."""

Move = Literal[
    "greet", "part", "answer", "unknown", "unknown_name", "deflect", "comply", "refuse", "learned", "known",
    "doubt", "thank", "flattered", "insulted", "threatened", "fiction", "chat", "confused", "remember", "reveal",
]  # fmt: skip
"""What the NPC does in return."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What an NPC made of what was said to it.

    `entities` are those named, in order; `predicates` the relations asked about, the likeliest first;
    `asks` the question word (`who`, `where` …) or None; `polar` tells a yes-or-no question; `claims` are
    statements the speaker asserted; `actions` ids of actions asked for; `unknown` a name nobody bears;
    `subject` and `object` the named things by where they stand around the relation's word; `queries` are the
    readings of a question, the likeliest first; `terms` all that it speaks of. `opinion` is what is asked of the
    NPC's feelings (`view`, `trust`, `mistrust`, `like` …) and about whom; `promise` tells that the speaker gives one,
    whatever else they do.
    """

    text: str
    language: Language
    act: Act
    entities: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    asks: str | None = None
    polar: bool = False
    claims: tuple[Change, ...] = ()
    actions: tuple[str, ...] = ()
    unknown: str | None = None
    subject: str | None = None
    object: str | None = None
    queries: tuple[Query, ...] = ()
    terms: tuple[Term, ...] = ()
    opinion: tuple[str, str] | None = None
    promise: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement in a line: the belief it voices, and how code words it in the line's language."""

    belief: Belief
    wording: str

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.belief.id


@dataclass(frozen=True, slots=True)
class Action:
    """Something the game is asked to do.

    When the game has done it, it says so with `engine.record(action.text, speaker=action.actor,
    changes=action.changes, audience=…)`; until then nothing has changed.
    """

    name: str
    actor: str
    target: str
    text: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """A secret that was asked for and not told, and why."""

    secret: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a turn will convey, decided by code alone.

    `phrase` keys the persona's own words for it; `polarity` is the answer to a yes-or-no question; `fixed`
    is authored text to be said as it stands (a hint, a cover); `remark` is what the NPC thinks of whom the facts are
    about, said after them; `reasons` name the rules that decided.
    """

    move: Move
    facts: tuple[Fact, ...] = ()
    polarity: bool | None = None
    phrase: str | None = None
    fixed: str = ""
    remark: str = ""
    topic: str = ""
    memory: Recalled | None = None
    withheld: tuple[Withheld, ...] = ()
    actions: tuple[Action, ...] = ()
    feelings: tuple[FeelingChange, ...] = ()
    mood: Mood = "neutral"
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """What was found wrong with a sentence the model wrote, and what became of it."""

    rule: str
    sentence: str
    detail: str
    outcome: Literal["dropped", "replaced"]


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of a turn: to its first words, to its end, and in each step."""

    first_words: float
    end: float
    steps: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """What an NPC said, with all that backs it.

    `event_id` is the event of its being said. `model` names the model that worded it, or `none` where the
    plan was worded by code; `trouble` says what went wrong, in the model or in the engine, if anything did. `facts`,
    `actions`, `mood` and `checks` say what it stands on and what was mended.
    """

    speaker: str
    listener: str
    text: str
    language: Language
    at: datetime
    event_id: int
    act: Act
    move: Move
    facts: tuple[Fact, ...] = ()
    actions: tuple[Action, ...] = ()
    mood: Mood = "neutral"
    checks: tuple[Check, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    reasons: tuple[str, ...] = ()
    memories: tuple[int, ...] = ()
    model: str = "none"
    timing: Timing = Timing(0.0, 0.0)
    trouble: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Give the line as plain data for JSON: `text`, `facts`, `actions`, `mood`, `checks`, `model`, `timing`."""
        return {
            "speaker": self.speaker,
            "text": self.text,
            "language": self.language,
            "facts": [{"id": fact.id, "wording": fact.wording} for fact in self.facts],
            "actions": [{"name": a.name, "actor": a.actor, "target": a.target, "text": a.text} for a in self.actions],
            "mood": self.mood,
            "act": self.act,
            "move": self.move,
            "checks": [
                {"rule": c.rule, "sentence": c.sentence, "detail": c.detail, "outcome": c.outcome} for c in self.checks
            ],
            "withheld": [{"secret": w.secret, "reason": w.reason} for w in self.withheld],
            "reasons": list(self.reasons),
            "model": self.model,
            **({"trouble": self.trouble} if self.trouble else {}),
            "timing": {
                "first_words": round(self.timing.first_words, 1),
                "end": round(self.timing.end, 1),
                "steps": {name: round(ms, 2) for name, ms in self.timing.steps.items()},
            },
            "event": self.event_id,
        }
