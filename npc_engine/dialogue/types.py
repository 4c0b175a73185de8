"""The nouns of a turn: what was heard, what the answer will convey, and the line that was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from npc_engine.acts import Mood, acts
from npc_engine.chronicle import Change, FeelingChange
from npc_engine.dialogue.query import LifeMatter, Query, Taste, Term
from npc_engine.dialogue.timing import Timing
from npc_engine.dialogue.wants import Action, Choice, Pending, Want
from npc_engine.mind import Belief, Recalled
from npc_engine.models.usage import Usage
from npc_engine.text import Language


@dataclass(frozen=True, slots=True)
class SelfDisclosure:
    """Something that a speaker told of themself, in their own words: `slot` is `name`, `home`, `work`, `family` …

    `about` says of whom or what: 'sister', 'food'. Where it is asked for, there is no `value` yet, and a `loose`
    question may as well be after something else; where it is taken back, there is none any more.
    """

    slot: str
    about: str = ""
    value: str = ""
    loose: bool = False


Subject = Literal[
    "promises", "talk", "company", "whispered", "news", "name", "doing", "description", "identity", "acquaintance",
    "same",
]  # fmt: skip
"""What a question may be about beside the world's relations: promises, what was said before, by those here or in a
whisper, the news, the NPC's name and doings, and of things named what they are like, who, whether they are known or
one and the same."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a speaker does by saying something, and the stretch of the text it stands on.

    `kind` is one of `acts.yaml`, `span` counts characters from 0, `confidence` runs from 0 to 1. The slots: `terms` are
    all the things it speaks of, in order, and `named` those of them that bear a name; `queries` the readings of a
    question, the likeliest first; `question_word` is `who`, `where` … or None; `yes_no` tells a yes-or-no question;
    `claims` are statements asserted, `brought_up` those that the speaker guesses, heard or has a reserve about, `wants`
    what is asked to be done; `choice` picks out things that are asked about; `amount` is a number that is put;
    `unknown` is a name nobody bears; `opinion` what is asked of the NPC's feelings (`view`, `trust`, `like` …) and
    about whom; `subject` says what a question is about where that is no relation of the world's; `said_by` whose words
    are asked for, and `topics` the terms of what those are asked to be about; `means` are the keys of the author's
    wordings that mean the same, the nearest first, each with how sure that is (0 to 1); `moment` is which of the
    language's exchanges it begins, `clearly` or as it seems, `life` the matter of the NPC's own life that is asked
    about, `themes` the everyday matters that it is about, the surest first; `gist` are the terms of all of it, names
    and question words aside; `beside` tells that it has words beside names and little words that nothing was made of,
    `goods` are what is asked of a thing that somebody would like to have, `of_npc` is what of the NPC's own it sounds
    like asking for, `asks_which` that it asks whether what was said last was a yes or a no, `supposed` that it asks of
    what is only supposed, `echo` is a clause of it that can be said again by the NPC, `sought` who or what it asks
    after, in its own words: 'Gerald' in 'Who is Gerald?'. `mood` is how its speaker is by it (`grief`, `glad` …),
    `tone` in what spirit it is said, as far as that can be heard (`fond`, `playful`, `view` …; a mood too).
    """

    kind: str
    span: tuple[int, int] = (0, 0)
    confidence: float = 1.0
    named: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    queries: tuple[Query, ...] = ()
    question_word: str | None = None
    yes_no: bool = False
    claims: tuple[Change, ...] = ()
    brought_up: tuple[Change, ...] = ()
    wants: tuple[Want, ...] = ()
    choice: Choice | None = None
    amount: float | None = None
    unknown: str | None = None
    opinion: tuple[str, str] | None = None
    subject: frozenset[Subject] = frozenset()
    said_by: frozenset[str] = frozenset()
    topic: str = ""
    mood: str = ""
    tone: str = ""
    themes: tuple[str, ...] = ()
    moment: str = ""
    clearly: bool = False
    means: tuple[tuple[str, float], ...] = ()
    told: tuple[SelfDisclosure, ...] = ()
    own: SelfDisclosure | None = None
    taste: Taste | None = None
    life: LifeMatter | None = None
    topics: frozenset[str] = frozenset()
    gist: frozenset[str] = frozenset()
    beside: bool = False
    asks_which: bool = False
    of_npc: str = ""
    supposed: bool = False
    echo: str = ""
    sought: str = ""
    goods: tuple[Query, ...] = ()

    @property
    def predicates(self) -> tuple[str, ...]:
        """The relations asked about, the likeliest first."""
        return tuple(dict.fromkeys(query.predicate for query in self.queries))

    @property
    def actions(self) -> tuple[str, ...]:
        """The ids of the actions that are asked for."""
        return tuple(dict.fromkeys(want.action for want in self.wants))


SURELY = 0.5
"""Confidence below which what is done by a stretch is only guessed."""
ASKED = 0.5
"""Confidence from which a question or a request comes before whatever is stated beside it."""
BACK = 0.4
"""How likely, from 0 to 1, a line must ask about what was said last, to be taken so."""


def _of_a_place(act: Act) -> bool:
    return act.question_word == "where" and bool(act.named)


def _weight(act: Act) -> tuple[bool, bool, bool, bool, bool, float]:
    rule, sure = acts()[act.kind], act.confidence >= ASKED
    deed = rule.deed and (act.kind != "accept" or bool(act.wants))  # 'All right' alone asks for none.
    wants = sure and (rule.question or deed)
    told = act.queries or act.choice or act.life or act.own or act.subject or act.wants or _of_a_place(act)
    asked_for = bool(act.wants) or act.choice is not None
    clear, leaves = not rule.question or bool(told), sure and act.kind == "part"  # whatever is told in leaving
    return not rule.light or bool(act.wants), asked_for, wants, clear and wants, leaves, round(act.confidence, 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was said, as an understander takes it: every act in the order it stands, of which `main` is answered.

    `addressee` is whom a name in it calls, where one does; `promises` tells that the speaker gives their word, whatever
    else they do; `filled` is the text with what it leaves out, where it does; `confided` that they ask to keep what
    they say, but for those whom it may be told (`pass_on`); `near` are the keys of the author's texts that answer it
    best, the best first, each with how likely it is a good answer, from 0 to 1; `asks_back` is how likely it asks about
    what the hearer said last; `follows` are the follow-ups asked for on what they said lately, as `near` are listed.
    """

    text: str
    language: Language
    acts: tuple[Act, ...]
    addressee: str | None = None
    promises: bool = False
    confided: bool = False
    pass_on: frozenset[str] = frozenset()
    filled: str = ""
    near: tuple[tuple[str, float], ...] = ()
    asks_back: float = 0.0
    follows: tuple[tuple[str, float], ...] = ()

    @property
    def meant(self) -> str:
        """The text with what it leaves out."""
        return self.filled or self.text

    @property
    def main(self) -> Act:
        """The act that the answer is to: a weighty one before a light one, what wants an answer before what doesn't.

        Of those the surest counts, of two alike the later.
        """
        return max(reversed(self.acts), key=_weight)

    @property
    def wants(self) -> tuple[Want, ...]:
        """Everything that is asked to be done."""
        return tuple(want for act in self.acts for want in act.wants)

    @property
    def claims(self) -> tuple[Change, ...]:
        """Every statement that is asserted."""
        return tuple(claim for act in self.acts for claim in act.claims)

    @property
    def brought_up(self) -> tuple[Change, ...]:
        """Every statement that is put forward without being vouched for."""
        return tuple(claim for act in self.acts for claim in act.brought_up)

    def without_claims(self) -> Reading:
        """Return the same words, from which nothing is taken up."""
        return replace(self, acts=tuple(replace(act, claims=()) for act in self.acts), promises=False)


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
class Withheld:
    """What was asked for and not told, and why: a secret by its id; what a person keeps back besides by the id of its
    statement, or as `event 12`, with the reason `confided`, `private` or `overheard`."""

    secret: str
    reason: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the persona's, by its key, and what fills its slots: a text, or something to be named."""

    key: str
    slots: Mapping[str, str | Term] = field(default_factory=dict)


SAID_OVER = "said:over"  # the reason of a plan by which code, with no answer of its own, says a question over
NO_SUCH_OFFER = "no such offer"  # the reason of a plan to refuse what nobody here does
LISTENED = "listened"  # the reason of a plan by which code, with nothing of its own to say, lets the speaker go on
ASKING = ("?", "？")
"""What a question ends in."""

InitiativeKind = Literal["asks_after", "thread", "offers", "goal", "news", "asks"]
"""What somebody does of themself in an answer: asks after what the speaker told them, comes back to their own question
that was passed over, offers what they do, brings up a goal or news, asks something."""


@dataclass(frozen=True, slots=True)
class Initiative:
    """One thing of their own that an NPC adds to an answer.

    `about` names it, so that nobody hears it twice from them: the id of a goal, an action or a statement, the event of
    what was told; where it is empty, the words themselves do. `phrase` says it, and `facts` are what it states.
    `text` is what was said of it in the end, the phrase with its slots yet unfilled.
    """

    kind: InitiativeKind
    about: str
    phrase: Phrase
    facts: tuple[Fact, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a turn will convey, decided by code alone.

    `move` is one of `acts.yaml`; `phrase` keys the persona's own words for it, in which `topic` (things, or a number)
    stands for what it is about and which may name `whom`; `polarity` is the answer to a yes-or-no question; `before` is
    said first, to what else the speaker did; `says` is what is said as it stands: authored text (a hint, a cover) or
    phrases; `pending` is what is asked to be told before something is done, `chosen` what was picked out of several;
    `remark` is what the NPC thinks of whom the facts are about, said after them; `initiative` is what the NPC
    adds of their own, `question` one that the author wrote; `written` are the keys of what is said in the author's
    words, whose use is counted; `taste` is a matter of taste and what the NPC's comes to; `listener` is what those call
    the speaker who know their name; `actions` are those that are done, `possible` those asked for that the NPC would
    do; `reasons` name the rules that decided.
    """

    move: str
    facts: tuple[Fact, ...] = ()
    polarity: bool | None = None
    phrase: str | None = None
    before: tuple[Phrase, ...] = ()
    says: tuple[str | Phrase, ...] = ()
    remark: str = ""
    initiative: Initiative | None = None
    taste: tuple[str, str] | None = None
    listener: str = ""
    topic: tuple[Term, ...] | int = ()
    whom: str | None = None
    memory: Recalled | None = None
    withheld: tuple[Withheld, ...] = ()
    actions: tuple[Action, ...] = ()
    possible: tuple[Action, ...] = ()
    pending: Pending | None = None
    chosen: tuple[str, ...] = ()
    feelings: tuple[FeelingChange, ...] = ()
    mood: Mood = "neutral"
    written: tuple[str, ...] = ()
    question: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def stated(self) -> tuple[Fact, ...]:
        """Every fact that the answer states, what the NPC brings up of themself among them."""
        return (*self.facts, *(self.initiative.facts if self.initiative else ()))


@dataclass(frozen=True, slots=True)
class Check:
    """What was found wrong with a sentence the model wrote, and what became of it."""

    rule: str
    sentence: str
    detail: str
    outcome: Literal["dropped", "replaced"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said: its sentences, the plan as it was carried out, the model that worded it, and what was mended.

    `model` is `none` where code worded it. `plan` is as it was carried out, and `memories` are the events of the
    memories that were put into words. `improvised` is what the model made up of the NPC's own life, in its words,
    `note` what the NPC notes of the talk for themself. `checking` is in seconds, `first_at` on the clock of
    `time.perf_counter`.
    """

    sentences: tuple[str, ...]
    plan: Plan
    model: str
    checks: tuple[Check, ...] = ()
    trouble: str = ""
    first_at: float = 0.0
    checking: float = 0.0
    memories: tuple[int, ...] = ()
    improvised: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What an NPC said, with all that backs it.

    `event_id` is the event of its being said. `model` names the model that worded it, or `none` where the
    plan was worded by code; `trouble` says what went wrong, in the model or in the engine. `facts`, `actions`,
    `mood` and `checks` say what it stands on and what was mended; `initiative` is what they added of their own,
    `pending` the action that waits for what they asked to be told, `chosen` the things they picked out of several.
    `line_ids` name the author's texts it is made of, as `npc strings` does; none where some of it is not as written.
    `usage` is what the model used for it.
    """

    speaker: str
    listener: str
    text: str
    language: Language
    at: datetime
    event_id: int
    act: str
    move: str
    facts: tuple[Fact, ...] = ()
    actions: tuple[Action, ...] = ()
    mood: Mood = "neutral"
    checks: tuple[Check, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    reasons: tuple[str, ...] = ()
    memories: tuple[int, ...] = ()
    initiative: Initiative | None = None
    pending: Pending | None = None
    chosen: tuple[str, ...] = ()
    model: str = "none"
    timing: Timing = field(default_factory=lambda: Timing(0.0, 0.0))
    usage: Usage = field(default_factory=Usage)
    trouble: str = ""
    line_ids: tuple[str, ...] = ()

    @property
    def line_id(self) -> str:
        """The id of the author's text that this line is, for what was recorded of it; empty where it is not one."""
        return self.line_ids[0] if len(self.line_ids) == 1 else ""

    @property
    def waits_for(self) -> Pending | None:
        """The action that a word of the speaker's would have done: what was asked about, else what was offered."""
        if self.pending is None and self.initiative is not None and self.initiative.kind == "offers":
            return Pending(self.initiative.about)
        return self.pending

    def as_dict(self) -> dict[str, Any]:
        """Return the line as plain data for JSON: `text`, `facts`, `actions`, `mood`, `checks`, `model`, `timing`."""
        return {
            "speaker": self.speaker,
            "text": self.text,
            "language": self.language,
            "facts": [{"id": fact.id, "wording": fact.wording} for fact in self.facts],
            "actions": [
                {"name": a.name, "actor": a.actor, "target": a.target, "text": a.text, "params": dict(a.params)}
                for a in self.actions
            ],
            "mood": self.mood,
            "act": self.act,
            "move": self.move,
            "checks": [asdict(check) for check in self.checks],
            "withheld": [{"secret": w.secret, "reason": w.reason} for w in self.withheld],
            "reasons": list(self.reasons),
            **({"waits": {"action": waits.action, "for": waits.missing}} if (waits := self.waits_for) else {}),
            **({"initiative": self.initiative.kind} if self.initiative else {}),
            **({"line_ids": list(self.line_ids)} if self.line_ids else {}),
            "model": self.model,
            **({"trouble": self.trouble} if self.trouble else {}),
            "usage": self.usage.as_dict(),
            "timing": self.timing.as_dict(),
            "event": self.event_id,
        }
