"""What one NPC has to say for themself: authored answers, passages, stories, and questions they like to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from npc_engine.world.definitions import AnyConditions, Conditions, Definition, Identifier, Localized, LocalizedList

Holds = Callable[[Sequence[Conditions]], bool]
"""Tells whether any of some sets of conditions holds here and now."""


ANY_STORY = "story"
"""The key of asking for a story, whichever."""


FOLLOWS = "follow_up:"
"""What the key of a follow-up begins with, before that of what it follows on."""


BY_ITS_WORDS = "passage:"
"""What the key of a passage on a topic begins with that is asked for in words of its own instead."""


def unconditional(when: Sequence[Conditions]) -> bool:
    """Return whether there is no condition."""
    return not when


def _in_a_list(value: Any) -> Any:
    """Take one text for a list of one."""
    return [value] if isinstance(value, str) else value


Texts = dict[str, Annotated[list[str], BeforeValidator(_in_a_list, json_schema_input_type=str | list[str])]]
"""One text or several in each language: `{en: "A cat.", zh: [一只猫。, 是猫。]}`."""


class Saying(Definition):
    """A text that is said only while any of some conditions holds."""

    text: str
    when: AnyConditions = Field(default_factory=list)


def _outright(value: Any) -> Any:
    """Take a plain text for `{text: …}`, and what is neither for a text that needs quotes."""
    return value if isinstance(value, dict) and "text" in value else {"text": value}


Sayings = dict[str, list[Annotated[Saying, BeforeValidator(_outright, json_schema_input_type=Saying | str)]]]
"""Texts in each language, any of which may stand as `{text: …, when: …}`."""

PassageTopic = Literal[
    "identity", "age", "work", "family", "past", "day", "home", "health", "mood", "tastes", "belief", "plans",
    "dreams", "fears", "skills", "possessions",
]  # fmt: skip
"""What can be asked about a person, whoever they are."""


def _spoken(value: Any) -> Any:
    """Take a passage's texts alone for `{says: …}`."""
    if isinstance(value, dict) and value and not set(value) & set(Passage.model_fields):
        return {"says": value}
    return value


def _first(texts: Texts) -> str:
    return next((several[0] for _, several in sorted(texts.items()) if several), "")


class FollowUp(Definition):
    """What they answer to who asks about something they just said.

    `asks` are wordings of the question, matched by meaning and looked for only then; `says` are answers, used in turn.
    """

    asks: Texts
    says: Texts


class Sample(Definition):
    """One thing said to this person and how they answer: the model learns their manner from it."""

    said: Localized
    reply: Localized
    follow_ups: list[FollowUp] = Field(default_factory=list)


class Voice(Definition):
    """How someone speaks: register, quirks, sample exchanges, and words they would never use."""

    register_: Localized = Field(alias="register")
    quirks: LocalizedList = Field(default_factory=dict)
    samples: list[Sample] = Field(default_factory=list)
    never: LocalizedList = Field(default_factory=dict)
    stage_directions: bool = False
    """Whether a model may write what they do into what they say: *sighs*, (smiles)."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """Texts in each language by which something of an author's is known: wordings of a question, or its answers.

    `key` is what is asked for; `topic` what of somebody answers are about, where the author said so.
    """

    key: str
    texts: Mapping[str, Sequence[str]]
    are_answers: bool = False
    topic: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """Texts of one topic, passage or sample that somebody may be asked about once they said any of them.

    `reason` is what a line that says one is said for, in whatever words; `follow_ups` stand under their keys, and
    `wordings` are what they are known by.
    """

    reason: str
    texts: frozenset[str]
    follow_ups: Mapping[str, FollowUp]
    wordings: tuple[Wordings, ...]

    @classmethod
    def of(cls, key: str, reason: str, texts: Iterable[Texts], follow_ups: Sequence[FollowUp]) -> Followed:
        """Return what belongs together: the follow-ups on what is told under a key."""
        keyed = {f"{FOLLOWS}{key}/{_first(one.asks)}": one for one in follow_ups}
        told = frozenset(text for each in texts for several in each.values() for text in several if text)
        return cls(reason, told, keyed, tuple(Wordings(each, one.asks) for each, one in keyed.items()))


class Passage(Definition):
    """Something of one NPC: `says` are texts that are used in turn, told when it is asked about.

    With a `topic` it answers what is asked of that; without one it answers what its own words are about. `confidence:
    private` keeps it for people they like or trust.
    """

    topic: PassageTopic | None = None
    says: Texts
    when: AnyConditions = Field(default_factory=list)
    confidence: Literal["open", "private"] = "open"
    follow_ups: list[FollowUp] = Field(default_factory=list)

    @property
    def key(self) -> str:
        """What its use is counted by: its topic, else its first text in the language that comes first."""
        return f"about:{self.topic or _first(self.says)}"


AnyPassage = Annotated[Passage, BeforeValidator(_spoken, json_schema_input_type=Passage | Texts)]


class Topic(Definition):
    """An answer to what is likely to be asked.

    `asks` are wordings of the question, matched by meaning; `says` are answers, used in turn; `then` is what follows,
    one after the other, when they are asked to go on, `follow_ups` what they answer to questions about it.
    """

    asks: Texts
    says: Texts
    then: Texts = Field(default_factory=dict)
    when: AnyConditions = Field(default_factory=list)
    follow_ups: list[FollowUp] = Field(default_factory=list)

    @property
    def key(self) -> str:
        """What its use is counted by: its first wording in the language that comes first."""
        return f"topic:{_first(self.asks)}"


class Story(Definition):
    """A story told in `parts`, the next whenever somebody asks to hear on; `asks` are wordings that ask for it."""

    id: Identifier
    asks: Texts = Field(default_factory=dict)
    parts: LocalizedList
    when: AnyConditions = Field(default_factory=list)

    @property
    def key(self) -> str:
        """What its use is counted by."""
        return f"story:{self.id}"


class Question(Definition):
    """Something they like to ask people, and what they say to the answer: to a `yes`, to a `no`, or to any (`says`)."""

    id: Identifier
    asks: Texts
    says: Texts = Field(default_factory=dict)
    yes: Texts = Field(default_factory=dict)
    no: Texts = Field(default_factory=dict)
    when: AnyConditions = Field(default_factory=list)

    @property
    def key(self) -> str:
        """What its use is counted by."""
        return f"question:{self.id}"
