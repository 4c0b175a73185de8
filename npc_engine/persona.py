"""Who someone is: the persona a writer authors in YAML."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from npc_engine.packaged import packaged_yaml
from npc_engine.talking_points import (
    BY_ITS_WORDS,
    AnyPassage,
    Followed,
    Holds,
    Question,
    Sayings,
    Story,
    Topic,
    Voice,
    Wordings,
    unconditional,
)
from npc_engine.world.definitions import (
    AnyConditions,
    Definition,
    Entity,
    Fact,
    Freedom,
    GameTime,
    Identifier,
    Improvise,
    Localized,
    LocalizedList,
    Signed,
    Unit,
)

ClockTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day: `06:30`."""

PHRASES: dict[str, str] = packaged_yaml("npc_engine", "phrases.yaml")
"""The keys of `phrases`, and when each is said."""

SAW = "saw_"
"""What a key begins with that is for one kind of event, as the game calls it: `saw_crash`."""


def occasion_of(key: str) -> str | None:
    """Return when a phrase is said, by its key; None where there is no such key."""
    return PHRASES.get(key) or (PHRASES["saw_odd"] if key.startswith(SAW) and key != SAW else None)


Manner = Literal[
    "warm", "dry", "gruff", "courtly", "childlike", "sly", "pious", "cheerful", "melancholy", "scholarly", "coarse",
    "shy",
]  # fmt: skip
"""The temperaments that the repertoire has lines for."""


class Temperament(Definition):
    """How someone is inclined, each from 0 to 1, 0.5 being like most people."""

    talkative: Unit = 0.5
    trusting: Unit = 0.5
    forgiving: Unit = 0.5
    honest: Unit = 0.8
    """Below `npc_engine.mind.discretion.LIES`, who keeps something back denies knowing it."""
    cheerful: Unit = 0.5
    manner: Manner | None = None
    """Whose lines they draw on where the author wrote none; what the traits come near where missing."""
    discreet: Unit = 0.5
    """How well they keep to themselves what concerns others; talkative people less well."""


class AuthoredBelief(Definition):
    """Something believed when the game begins, true or not.

    `source` is `saw`, `authored`, `inferred` or `told by NAME`; `confidence` runs from 0 to 1.
    """

    fact: Fact
    holds: bool = True
    qualifiers: dict[Identifier, str | int | float] = Field(default_factory=dict, alias="with")
    confidence: Unit = 0.9
    source: str = "authored"
    between_us: bool = False
    """Whether it was told them in confidence: it stays between them and who told it."""


def _outright(value: Any) -> Any:
    """Take `tomas has gold` for `{fact: tomas has gold}`."""
    return {"fact": value} if isinstance(value, str) else value


class Lie(Definition):
    """What is claimed in a secret's place; with `holds: false` what is denied."""

    fact: Fact
    holds: bool = True
    qualifiers: dict[Identifier, str | int | float] = Field(default_factory=dict, alias="with")


class Secret(Definition):
    """Something known that is told only when the conditions hold.

    `facts` are the statements it covers, `words` what gives it away in either language. Until any of `when`
    holds, at most `hint` is said, or `cover` in its place. Where there is a `lie`, it is told instead, in the words
    of `cover` the first time, and anyone who hears it may believe it.
    """

    id: Identifier
    facts: list[Fact] = Field(min_length=1)
    words: LocalizedList = Field(default_factory=dict)
    when: AnyConditions = Field(min_length=1)
    hint: Localized = Field(default_factory=dict)
    cover: Localized = Field(default_factory=dict)
    reveal: Localized = Field(default_factory=dict)
    """What is said when it is told at last; the facts' own wording where this is missing."""
    lie: Annotated[Lie, BeforeValidator(_outright, json_schema_input_type=Lie | str)] | None = None


class Goal(Definition):
    """Something wanted; `until` says when it is reached."""

    id: Identifier
    text: Localized
    until: AnyConditions = Field(default_factory=list)
    open: bool = True
    """Whether they speak of it of themself; with `false` only a model knows of it."""


class Relationship(Definition):
    """What someone feels toward another when the game begins, and why."""

    affinity: Signed = 0.0
    trust: Signed = 0.0
    fear: Unit = 0.0
    familiarity: Unit = 0.0
    note: Localized = Field(default_factory=dict)


class Appointment(Definition):
    """Where someone is from a time of day on, and what they do there."""

    from_: ClockTime = Field(alias="from")
    place: Identifier
    doing: Localized = Field(default_factory=dict)


class Offer(Definition):
    """An action this person will do for someone who asks, once the conditions hold.

    `refuse` is said while they don't, `comply` when they do; the persona's own phrases where missing.
    """

    action: Identifier
    when: AnyConditions = Field(default_factory=list)
    comply: Localized = Field(default_factory=dict)
    refuse: Localized = Field(default_factory=dict)


def _pattern(value: Any) -> Any:
    if isinstance(value, str) and len(value.split()) != 3:
        raise ValueError("three words, of which any may be '*': 'tomas owes mira', 'bridge * *'")
    return value


Pattern = Annotated[str, BeforeValidator(_pattern, json_schema_input_type=str)]
"""A fact in which any of the three words may be `*`."""


class Persona(Definition):
    """Everything a writer says of one NPC."""

    id: Identifier
    names: Localized
    aliases: LocalizedList = Field(default_factory=dict)
    formerly: list[Identifier] = Field(default_factory=list)
    """Ids they had before: in saves from then they mean this person."""
    pronoun: Literal["she", "he", "they", "it"] = "they"
    role: Localized
    summary: Localized
    traits: LocalizedList = Field(default_factory=dict)
    temperament: Temperament = Temperament()
    voice: Voice
    knows: list[Pattern] = Field(default_factory=list)
    beliefs: list[AuthoredBelief] = Field(default_factory=list)
    secrets: list[Secret] = Field(default_factory=list)
    goals: list[Goal] = Field(default_factory=list)
    relationships: dict[str, Relationship] = Field(default_factory=dict)
    schedule: list[Appointment] = Field(default_factory=list)
    offers: list[Offer] = Field(default_factory=list)
    phrases: dict[str, Sayings] = Field(default_factory=dict)
    about: list[AnyPassage] = Field(default_factory=list)
    """What they say of themself when asked: of their family, their past, what they like."""
    topics: list[Topic] = Field(default_factory=list)
    stories: list[Story] = Field(default_factory=list)
    asks: list[Question] = Field(default_factory=list)
    """What they like to ask people."""
    horizon: GameTime | None = None
    """Of what came after this game time they know nothing, until they see it or are told."""
    home: Identifier | None = None
    portrait: str | None = None
    freedom: Freedom | None = None
    """What a model may do for this person; what the world says where missing."""
    improvise: Improvise | None = None
    """What a model may make up of this person; what the world says where missing."""

    @property
    def entity(self) -> Entity:
        """This person as an entity of the world."""
        return Entity(
            id=self.id,
            kind="person",
            names=self.names,
            aliases=self.aliases,
            formerly=self.formerly,
            pronoun=self.pronoun,
            summary=self.role,
        )

    @cached_property
    def wordings(self) -> tuple[Wordings, ...]:
        """What this person can be asked for in many words: topics, stories, samples, passages."""
        samples = enumerate(self.voice.samples)
        return (
            *(Wordings(topic.key, topic.asks) for topic in self.topics),
            *(Wordings(story.key, story.asks) for story in self.stories),
            *(Wordings(f"sample:{at}", {code: [said] for code, said in one.said.items()}) for at, one in samples),
            *(
                Wordings(self.by_its_words(at), one.says, are_answers=True, topic=one.topic or "")
                for at, one in enumerate(self.about)
            ),
        )

    @cached_property
    def followed(self) -> tuple[Followed, ...]:
        """What this person says that they may be asked about: topics, passages and samples with follow-ups."""
        samples = ((f"sample:{at}", one) for at, one in enumerate(self.voice.samples))
        found = (
            *(Followed.of(one.key, one.key, (one.says, one.then), one.follow_ups) for one in self.topics),
            *(
                Followed.of(self.by_its_words(at), one.key, (one.says,), one.follow_ups)
                for at, one in enumerate(self.about)
            ),
            *(
                Followed.of(key, key, ({code: [text] for code, text in one.reply.items()},), one.follow_ups)
                for key, one in samples
            ),
        )
        return tuple(one for one in found if one.follow_ups)

    def asked_on(self, said: str, reasons: Collection[str]) -> tuple[Followed, ...]:
        """Return which of their texts this person may be asked about after a line, said for some reasons."""
        spoken = tuple(one for one in self.followed if any(text in said for text in one.texts))
        return spoken or tuple(one for one in self.followed if one.reason in reasons)

    def by_its_words(self, at: int) -> str:
        """Return the key by which a passage is asked for in words of its own; its topic is another way to it."""
        passage = self.about[at]
        return passage.key if passage.topic is None else f"{BY_ITS_WORDS}{at}"

    def says(self, key: str, language: str, holds: Holds = unconditional) -> list[str]:
        """Return this person's own phrases for an occasion in a language; none where the author wrote none."""
        return [saying.text for saying in self.phrases.get(key, {}).get(language, []) if holds(saying.when)]

    def says_now(self, key: str, language: str, holds: Holds) -> list[str]:
        """Return those of their phrases that are for the moment alone: the ones with a `when` that holds."""
        return [one.text for one in self.phrases.get(key, {}).get(language, []) if one.when and holds(one.when)]
