"""What a world is made of, as its author declares it: entities, predicates, values, actions and the story."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    NaiveDatetime,
    StringConstraints,
)

from npc_engine.lang import HOME

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
"""An id: lower-case letters, digits and underscores, beginning with a letter."""

Localized = dict[str, str]
"""One text in each language: `{en: Mira, zh: 米拉}`."""

Freedom = Literal["guided", "free"]
"""What a model may do: `guided`, it words what it is told to say; `free`, it chooses among what may be said."""

Improvise = Literal["none", "self", "scene"]
"""What a model may make up: nothing; `self`, harmless things of the NPC's own days and tastes; `scene`, small things
about them too."""

LocalizedList = dict[str, list[str]]
"""Several texts in each language."""

BUDGET = 2000
"""How many memories an NPC keeps unless the world says otherwise."""

Unit = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Signed = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]


def _written_out(value: Any) -> Any:
    """Refuse a bare number, which would count seconds from 1970."""
    if not isinstance(value, datetime) and "-" not in str(value)[1:]:
        raise ValueError(f"a date and time was expected, such as 2024-05-01 08:00, not {value}")
    return value


GameTime = Annotated[NaiveDatetime, BeforeValidator(_written_out, json_schema_input_type=str)]
"""A date and time in the game, without a time zone: `2024-05-01 08:00`."""


class Definition(BaseModel):
    """What all authored things share: unknown keys are mistakes, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _split_fact(value: Any) -> Any:
    """Take `tomas owes mira` for `{fact: tomas owes mira}`."""
    return {"fact": value} if isinstance(value, str) else value


def _three_words(fact: str) -> str:
    if len(fact.split()) != 3:
        raise ValueError("a fact is three words: subject predicate object, such as 'tomas owes mira'")
    return " ".join(fact.split())


Fact = Annotated[str, AfterValidator(_three_words)]
"""`subject predicate object`, each one word."""


class FactDefinition(Definition):
    """A statement that is true when the game begins.

    `with` qualifies it (`{amount: 12}`); `since` and `until` bound it in game time; what is `common` is
    known to everyone who lives in the world.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    fact: Fact
    qualifiers: dict[Identifier, str | int | float] = Field(default_factory=dict, alias="with")
    since: GameTime | None = None
    until: GameTime | None = None
    common: bool = False

    @property
    def triple(self) -> tuple[str, str, str]:
        """Subject, predicate and object."""
        subject, predicate, object_ = self.fact.split()
        return subject, predicate, object_


AnyFact = Annotated[FactDefinition, BeforeValidator(_split_fact, json_schema_input_type=FactDefinition | str)]


class Entity(Definition):
    """Something with a name: a person, place, thing, group or idea.

    `names` are for saying, `aliases` are further words it is recognised by. `pronoun` words it in English.
    """

    id: Identifier
    kind: Literal["person", "place", "thing", "group", "idea"] = "thing"
    names: Localized
    aliases: LocalizedList = Field(default_factory=dict)
    pronoun: Literal["she", "he", "they", "it"] = "it"
    proper: bool = True
    """False for what takes an article: 'the bridge'. Names then stand without it: 'bridge'."""
    common: bool = True
    """Whether everyone who lives in the world has heard of it."""
    since: GameTime | None = None
    """From when there is such a thing; who has a `horizon` before it has never heard of it."""
    summary: Localized = Field(default_factory=dict)
    formerly: list[Identifier] = Field(default_factory=list)
    """Ids it had before: in saves from then they mean this."""


class Value(Definition):
    """One of the values a predicate can take: how it is said, and the words it is recognised by."""

    names: Localized
    words: LocalizedList = Field(default_factory=dict)
    formerly: list[Identifier] = Field(default_factory=list)


class Measure(Definition):
    """What makes a relation's statements comparable: the number of a qualifier, and words for much and little of it.

    From `cheap` under `less` follow cheaper and cheapest, from 便宜 更便宜 and 最便宜.
    """

    of: Identifier
    more: LocalizedList = Field(default_factory=dict)
    less: LocalizedList = Field(default_factory=dict)


class Predicate(Definition):
    """How one kind of statement behaves, how it is said, and how it is asked about.

    `wording` is a template in each language, see `npc_engine.world.wording`; `denial` says that the
    statement does not hold. `words` signal the predicate in what a player types; `asks` are the
    question words it answers.
    """

    id: Identifier
    wording: Localized
    denial: Localized = Field(default_factory=dict)
    words: LocalizedList = Field(default_factory=dict)
    asks: list[Literal["who", "what", "where", "when", "why", "how", "how_many"]] = Field(default_factory=list)
    values: dict[Identifier, Value] = Field(default_factory=dict)
    measure: Measure | None = None
    """Where its statements can be compared: what is cheaper, the cheapest, under 500."""
    symmetric: bool = False
    inverse: Identifier | None = None
    opposite: Identifier | None = None
    """What can't be so of the same two at once: who is asked for the one answers by the other as well."""
    single_valued: bool = False
    transitive: bool = False
    within_call: bool = False
    """True where it says of two places that a shout carries from the one to the other."""
    lasting: bool = False
    """True for what nobody forgets: a debt, a promise. Who perceived it remembers it, whatever their budget."""
    private: bool = False
    """True for what is nobody's business but that of the people it is about: illness, love, money, shame, family
    troubles. It is told neither to strangers nor before those people."""
    formerly: list[Identifier] = Field(default_factory=list)


class Conditions(Definition):
    """What must hold, all of it, before something is told, offered or begun.

    `trust`, `affinity` and `familiarity` are the least feeling toward the speaker; `world` are facts true now,
    `not_world` facts that are not; `speaker_knows` are facts the speaker has heard or seen; `shown` are
    things the speaker has shown; `beats` are steps of the story that were reached; `alone` asks that nobody else
    is within earshot, `not_near` that none of these people is.
    """

    trust: Signed | None = None
    affinity: Signed | None = None
    familiarity: Unit | None = None
    world: list[Fact] = Field(default_factory=list)
    not_world: list[Fact] = Field(default_factory=list)
    speaker_knows: list[Fact] = Field(default_factory=list)
    shown: list[Identifier] = Field(default_factory=list)
    beats: list[Identifier] = Field(default_factory=list)
    alone: bool = False
    not_near: list[Identifier] = Field(default_factory=list)


def _any_of(value: Any) -> Any:
    """Take one set of conditions for a list of one; any set in the list is enough."""
    return [value] if isinstance(value, dict) else value


AnyConditions = Annotated[
    list[Conditions], BeforeValidator(_any_of, json_schema_input_type=Conditions | list[Conditions])
]
"""One set of conditions, or a list of which any one is enough. An empty list always holds."""


def _unless(value: Any) -> Any:
    """Refuse a truth value where a number was meant."""
    if isinstance(value, bool):
        raise ValueError("a word or a number was expected")
    return value


class Param(Definition):
    """Something an action has to be told: which thing, how many, where to.

    `type` says what it is: `thing`, `place`, `person` or any `entity` by its id, a `number` from `min` to `max`, or
    `text` in the speaker's words. `where` is what has to be so of it, as the NPC believes: '{actor} sells {item}'.
    What is missing the NPC asks for (`ask`), unless it has a `default` or is `optional`.
    """

    id: Identifier
    type: Literal["thing", "place", "person", "entity", "number", "text"]
    where: Fact | None = None
    min: float | None = None
    max: float | None = None
    default: Annotated[str | int | float | None, BeforeValidator(_unless)] = None
    optional: bool = False
    ask: LocalizedList = Field(default_factory=dict)

    @property
    def is_needed(self) -> bool:
        """Whether the action can't do without it."""
        return self.default is None and not self.optional

    @property
    def names_something(self) -> bool:
        """Whether it is something that has a name."""
        return self.type not in ("number", "text")


class ActionDefinition(Definition):
    """Something an NPC can do for the game when asked, such as giving a thing.

    `words` signal the request as they stand; `description` and `examples` by what they mean. `params` are what it has
    to be told; with `confirm` it is done only after a yes to "Shall I?". `changes` become true once the game has
    performed it (`+` is understood, `not_changes` cease to be true); `{actor}` and `{speaker}` stand for who does it
    and who asked, `{item}` for a param.
    """

    id: Identifier
    names: Localized
    words: LocalizedList = Field(default_factory=dict)
    description: Localized = Field(default_factory=dict)
    examples: LocalizedList = Field(default_factory=dict)
    params: list[Param] = Field(default_factory=list)
    confirm: bool = False
    changes: list[Fact] = Field(default_factory=list)
    not_changes: list[Fact] = Field(default_factory=list)
    wording: Localized = Field(default_factory=dict)
    """What those who see it remember: '{actor} gives {speaker} the iron pin.'"""
    formerly: list[Identifier] = Field(default_factory=list)


class Beat(Definition):
    """A step of the story, reached when any of its conditions holds; `ending` closes the game.

    `hint` says what a player may try who does not get there.
    """

    id: Identifier
    title: Localized
    text: Localized
    hint: Localized = Field(default_factory=dict)
    when: AnyConditions
    ending: bool = False
    formerly: list[Identifier] = Field(default_factory=list)


class WorldDefinition(Definition):
    """The world's own page: what it is called, the languages it speaks, when it begins, what it is like."""

    id: Identifier
    names: Localized
    languages: list[str] = Field(default_factory=lambda: list(HOME), min_length=1)
    start: GameTime
    setting: Localized
    player: Entity
    freedom: Freedom | None = None
    improvise: Improvise | None = None
    """What a model may make up beyond what is written; the model's size says where missing."""
    memory_budget: int = Field(default=BUDGET, ge=10)
    """How many memories each NPC keeps."""
    private: LocalizedList = Field(default_factory=dict)
    """Words of this world that tell of private matters, beside those the engine knows: what is said in them is
    treated like a statement of a `private` predicate."""
    formerly: list[Identifier] = Field(default_factory=list)
