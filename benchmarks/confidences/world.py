"""The village that confidences are kept in, and what is told in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.audiences import PLACES, world
from npc_engine.content import Content
from npc_engine.persona import Persona
from npc_engine.world import Entity, Predicate

PEOPLE = ["ana", "ben", "cleo", "dan", "eve", "finn", "gwen", "hal"]
SHADES = {"brass": "铜", "silver": "银", "glass": "玻璃", "clay": "陶", "iron": "铁", "amber": "琥珀"}
KINDS = {
    "bell": "铃",
    "comb": "梳",
    "cup": "杯",
    "ladle": "勺",
    "whistle": "哨",
    "buckle": "扣",
    "needle": "针",
    "lamp": "灯",
}
AILMENTS = {
    "ague": "疟疾",
    "gout": "痛风",
    "scurvy": "坏血病",
    "dropsy": "水肿",
    "quinsy": "喉痹",
    "shingles": "缠腰火丹",
}


@dataclass(frozen=True)
class Ground:
    """How somebody came to know: from an event that these heard; between whom it stays, if it was confided; by whom."""

    event: int
    heard: frozenset[str]
    between: frozenset[str] | None
    by: str | None
    overheard: frozenset[str] = frozenset()
    through: frozenset[str] = frozenset()
    """Those it went through before, who know it too."""


@dataclass
class Item:
    """One thing that is told in a game: a statement or a remark, whose it is, and how each came to know it."""

    n: int
    owner: str
    statement: tuple[str, str, str] | None
    private: bool
    thing: str = ""
    text: str = ""
    known: dict[str, list[Ground]] = field(default_factory=dict)

    @property
    def id(self) -> str | None:
        """The statement's id."""
        return ".".join(self.statement) if self.statement else None

    def learned(self, ground: Ground) -> None:
        """Note that all who heard it know it."""
        for who in ground.heard - {ground.by}:
            self.known.setdefault(who, []).append(ground)


def village(chance: Random) -> Content:
    """Return eight people, some close, a few indiscreet or dishonest, and many things that one of them may have."""
    base = world()
    things = {
        f"{shade}_{kind}": Entity(
            id=f"{shade}_{kind}", names={"en": f"{shade} {kind}", "zh": zh + KINDS[kind]}, proper=False
        )
        for shade, zh in SHADES.items()
        for kind in KINDS
    }
    people = {who: _nature(base.personas[who], chance) for who in PEOPLE}
    gone = base.personas.keys() - people.keys()
    ails = Predicate.model_validate(
        {
            "id": "suffers_from",
            "wording": {"en": "{subject} {suffers|suffer} from {object}", "zh": "{subject}得了{object}"},
            "words": {"en": ["suffer", "suffers", "suffering"], "zh": ["得了", "得了什么病"]},
            "asks": ["what", "who"],
            "values": {en: {"names": {"en": en, "zh": zh}} for en, zh in AILMENTS.items()},
            "private": True,
        }
    )
    return replace(
        base,
        personas=people,
        entities={**{id: one for id, one in base.entities.items() if id not in gone}, **things},
        predicates={**base.predicates, ails.id: ails},
    )


def _nature(persona: Persona, chance: Random) -> Persona:
    """Return someone with a nature and friends."""
    others = [other for other in PEOPLE if other != persona.id]
    close = {"affinity": 0.8, "trust": 0.8, "familiarity": 0.8}
    nature = chance.choice([{}, {}, {"discreet": 0.0, "talkative": 0.8}, {"discreet": 1.0}, {"honest": 0.1}])
    friends = dict.fromkeys(chance.sample(others, 2), close)
    plain = persona.model_dump(by_alias=True, exclude_unset=True)
    home = chance.choice(PLACES)
    return Persona.model_validate({**plain, "temperament": nature, "relationships": friends, "home": home})
