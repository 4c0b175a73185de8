"""A world to measure in, drawn by seed: its facts, who knows which, and the content folder the engine loads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

HERE = Path(__file__).parent
NPCS = ("brisa", "corwen", "isolde", "jasper", "maeve", "osric")
"""Those who are asked."""

Key = tuple[str, str, str]
"""Subject, predicate, object of a statement."""


@cache
def names() -> dict[str, Any]:
    """Return what the world is drawn from."""
    found: dict[str, Any] = yaml.safe_load((HERE / "world.yaml").read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Known:
    """One NPC's stance on a statement."""

    key: Key
    qualifiers: dict[str, int] = field(default_factory=dict, hash=False)
    holds: bool = True
    how: str = "authored"
    by: str | None = None
    confidence: float = 1.0


class Generated:
    """The measuring world of a seed: `facts` that are true, `knowledge` of each NPC."""

    def __init__(self, seed: int) -> None:
        source = names()
        self.people: dict[str, list[str]] = source["people"]
        self.predicates: dict[str, dict[str, Any]] = {entry["id"]: entry for entry in source["predicates"]}
        self._chance = Random(seed)
        self.facts: dict[Key, dict[str, int]] = {}
        self._draw()
        self.knowledge = {npc: self._learn(npc) for npc in NPCS}

    # -- what is true ------------------------------------------------------------------------------

    def _put(self, subject: str, predicate: str, object_: str, **qualifiers: int) -> None:
        self.facts.setdefault((subject, predicate, object_), qualifiers)

    def _draw(self) -> None:
        source, chance = names(), self._chance
        people, places = list(source["people"]), list(source["places"])
        lower = [region for region, entry in source["regions"].items() if entry[2]]
        works, goods, things = list(source["works"]), list(source["goods"]), list(source["things"])
        for person in people:
            self._put(person, "lives_at", chance.choice(places[:9]))
        for person in chance.sample(people, 22):
            self._put(person, "works_at", chance.choice(places[4:]))
        for person in chance.sample(people, 22):
            self._put(person, "born_in", chance.choice(lower))
            self._put(person, "aged", "years", years=chance.randint(21, 88))
        for person in chance.sample(people, 24):
            self._put(person, "is_a", chance.choice(list(self.predicates["is_a"]["values"])))
        kin = chance.sample(people, len(people))
        for first, second in zip(kin[:16:2], kin[1:16:2], strict=True):
            self._put(first, "sibling_of", second)
        for parent, child in [(kin[0], kin[16]), (kin[0], kin[17]), (kin[2], kin[18]), (kin[4], kin[19])]:
            self._put(parent, "parent_of", child)
        for parent, child in [(kin[6], kin[20]), (kin[6], kin[21]), (kin[6], kin[22]), (kin[8], kin[23])]:
            self._put(parent, "parent_of", child)
        women = chance.sample([p for p in people if source["people"][p][2] == "she"], 6)
        men = chance.sample([p for p in people if source["people"][p][2] == "he"], 6)
        for wife, husband in zip(women, men, strict=True):
            if not any({wife, husband} == {s, o} for s, p, o in self.facts if p == "sibling_of"):
                self._put(wife, "married_to", husband)
        pupils = chance.sample(people, 9)
        for pupil in pupils:
            self._put(chance.choice([p for p in people if p not in pupils]), "taught", pupil)
        for first, second in zip(*[iter(chance.sample(people, 12))] * 2, strict=True):
            self._put(first, "quarrels_with", second)
        for _ in range(14):
            debtor, lender = chance.sample(people, 2)
            if (lender, "owes", debtor) not in self.facts:
                self._put(debtor, "owes", lender, amount=chance.randint(3, 95))
        for thing in [*things, *chance.sample(places, 6)]:
            self._put(chance.choice(people), "owns", thing)
        for thing in chance.sample(things, 7):
            self._put(chance.choice(people), "carries", thing)
        for good in goods:
            for seller in chance.sample(people, chance.choice([1, 1, 2, 3])):
                self._put(seller, "sells", good)
            self._put(good, "costs", "copper", amount=chance.randint(2, 60))
        for person in chance.sample(people, 14):
            self._put(person, "likes", chance.choice(goods))
        for person in chance.sample(people, 10):
            self._put(person, "fears", chance.choice(list(source["terrors"])))
        for work in works:
            self._put(work, "condition", chance.choice(list(self.predicates["condition"]["values"])))
            builder = chance.choice(people)
            self._put(builder, "built", work, year=chance.randint(1101, 1150))
            if chance.random() < 0.8:
                mender = chance.choice([p for p in people if p != builder])
                self._put(mender, "mended", work, year=chance.randint(1151, 1199))
        for place in [*places, *works[:4]]:
            self._put(place, "lies_in", chance.choice(lower))
        for region, (_, _, parent) in source["regions"].items():
            if parent:
                self._put(region, "lies_in", parent)
        for place in chance.sample(places, 10):
            self._put(place, "opens_at", chance.choice(list(self.predicates["opens_at"]["values"])))

    # -- who knows it ------------------------------------------------------------------------------

    def _learn(self, npc: str) -> dict[Key, Known]:
        known: dict[Key, Known] = {}
        people = [person for person in self.people if person != npc]
        for key, qualifiers in self.facts.items():
            luck = self._chance.random()
            if luck < 0.52:
                known[key] = Known(key, qualifiers)
            elif luck < 0.60:
                known[key] = Known(key, qualifiers, how="told", by=self._chance.choice(people), confidence=0.6)
            elif luck < 0.65:
                known[key] = Known(key, qualifiers, how="inferred", confidence=0.5)
        for predicate in ("owes", "likes", "works_at", "carries", "taught", "sells"):
            pairs = [key for key in self.facts if key[1] == predicate]
            for (subject, _, _), (_, _, object_) in zip(pairs, self._chance.sample(pairs, len(pairs)), strict=True):
                key = (subject, predicate, object_)
                if subject != object_ and key not in self.facts and self._chance.random() < 0.3:
                    known[key] = Known(key, holds=False)
        return known

    # -- what it is called -------------------------------------------------------------------------

    def kinds(self) -> Iterator[tuple[str, str, list[str], bool]]:
        """Yield id, kind, names and whether it is a proper name, of everything but people."""
        source = names()
        for entity, called in source["places"].items():
            yield entity, "place", called, False
        for entity, called in source["regions"].items():
            yield entity, "place", called[:2], True
        for group, proper in (("goods", True), ("things", False), ("works", False), ("terrors", True)):
            for entity, called in source[group].items():
                yield entity, "thing", called, proper

    def name(self, entity: str, language: str, *, article: bool = True) -> str:
        """Return what something is called, as it stands in a question."""
        at = 0 if language == "en" else 1
        if entity in self.people:
            return self.people[entity][at]
        called, proper = next((called, proper) for id_, _, called, proper in self.kinds() if id_ == entity)
        return f"the {called[at]}" if language == "en" and article and not proper else called[at]

    def value(self, predicate: str, value: str, language: str) -> str:
        """Return how a value is said."""
        return str(self.predicates[predicate]["values"][value]["names"][language])

    # -- the folder --------------------------------------------------------------------------------

    def write(self, folder: Path) -> None:
        """Write the world as content that the engine loads."""
        source = names()
        (folder / "personas").mkdir(parents=True)
        things = [
            {"id": id_, "kind": kind, "names": {"en": called[0], "zh": called[1]}, "proper": proper}
            for id_, kind, called, proper in self.kinds()
        ]
        others = [{"kind": "person", **self._person(id_)} for id_ in self.people if id_ not in NPCS]
        setting = {"en": "A valley of many trades.", "zh": "百工聚居的山谷。"}
        player = {"id": "player", "kind": "person", "names": {"en": "stranger", "zh": "外乡人"}, "proper": False}
        world = {"id": "valley", "names": {"en": "the Valley", "zh": "山谷"}, "start": datetime(1204, 5, 4, 8)}
        files: dict[str, Any] = {
            "world.yaml": {**world, "setting": setting, "player": player},
            "places.yaml": [entry for entry in things if entry["kind"] == "place"],
            "things.yaml": [*others, *(entry for entry in things if entry["kind"] != "place")],
            "predicates.yaml": source["predicates"],
            "facts.yaml": [{"fact": " ".join(key), "with": with_} for key, with_ in self.facts.items()],
        }
        for npc in NPCS:
            files[f"personas/{npc}.yaml"] = {
                **self._person(npc),
                "role": {"en": "a neighbour", "zh": "街坊"},
                "summary": {"en": "Plain and helpful.", "zh": "朴实热心。"},
                "voice": {"register": {"en": "Plain and short.", "zh": "朴素，话短。"}},
                "knows": [
                    " ".join(known.key)
                    for known in self.knowledge[npc].values()
                    if known.how == "authored" and known.holds
                ],
                "beliefs": [
                    _authored(known)
                    for known in self.knowledge[npc].values()
                    if known.how != "authored" or not known.holds
                ],
            }
        for path, data in files.items():
            (folder / path).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")

    def _person(self, entity: str) -> dict[str, Any]:
        english, chinese, pronoun = self.people[entity]
        aliases = names()["aliases"].get(entity, [])
        person: dict[str, Any] = {"id": entity, "names": {"en": english, "zh": chinese}, "pronoun": pronoun}
        if aliases:
            person["aliases"] = {language: [alias[language] for alias in aliases] for language in ("en", "zh")}
        return person


def _authored(known: Known) -> dict[str, Any]:
    source = f"told by {known.by}" if known.by else known.how
    return {
        "fact": " ".join(known.key),
        "holds": known.holds,
        "with": known.qualifiers,
        "confidence": known.confidence,
        "source": source,
    }


INVERSE = {"child_of": "parent_of", "learned_from": "taught", "owned_by": "owns", "built_by": "built"}
SYMMETRIC = ("sibling_of", "married_to", "quarrels_with")


def canonical(key: Key) -> Key:
    """Return a statement the one way round in which the world declares it."""
    subject, predicate, object_ = key
    if predicate in INVERSE:
        return (object_, INVERSE[predicate], subject)
    if predicate in SYMMETRIC:
        subject, object_ = sorted((subject, object_))
    return (subject, predicate, object_)


class Mind:
    """What one NPC believes, as the measure reckons it: by itself, without the engine's rules."""

    def __init__(self, knowledge: Iterable[Known]) -> None:
        self._known = {canonical(known.key): known for known in knowledge}
        self._upward: dict[str, str] = {
            s: o for (s, p, o), known in self._known.items() if p == "lies_in" and known.holds
        }

    def stance(self, key: Key) -> Known | None:
        """Return what is believed of a statement."""
        found = self._known.get(canonical(key))
        if found is None and key[1] == "lies_in" and key[2] in self._above(key[0]):
            return Known(key)
        return found

    def _above(self, place: str) -> list[str]:
        found = []
        while (place := self._upward.get(place, "")) and place not in found:
            found.append(place)
        return found

    def matching(self, predicate: str, subject: str | None = None, object_: str | None = None) -> list[Known]:
        """Return what is believed to hold, in the direction asked for; what follows from nesting too."""
        found = []
        for (s, p, o), known in self._known.items():
            if not known.holds:
                continue
            turned = [(s, p, o)]
            if p in SYMMETRIC:
                turned.append((o, p, s))
            turned += [(o, inverse, s) for inverse, base in INVERSE.items() if base == p]
            found += [
                replace(known, key=key)
                for key in turned
                if key[1] == predicate and subject in (None, key[0]) and object_ in (None, key[2])
            ]
        if predicate == "lies_in":
            held = {known.key for known in found}
            for start in self._upward:
                for above in self._above(start)[1:]:
                    key = (start, "lies_in", above)
                    if key not in held and subject in (None, start) and object_ in (None, above):
                        found.append(Known(key))
        return found

    def all(self) -> list[Known]:
        """Return everything believed."""
        return list(self._known.values())
