"""Facts, wherever they are written: `tomas owes mira` must name things and a predicate that there are."""

from __future__ import annotations

import re
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from npc_engine.content.declared_names import DeclaredNames, Sources
from npc_engine.content.spot import Findings, Spot
from npc_engine.errors import did_you_mean, join_names
from npc_engine.world.definitions import GameTime

_NUMBER = re.compile(r"[-+]?\d+(?:[.:]\d+)*")
_TIME: TypeAdapter[datetime] = TypeAdapter(GameTime)


class Facts:
    """Checks facts against the entities, predicates and values of a world.

    `common` holds the facts everyone knows, with where they stand.
    """

    def __init__(self, sources: Sources, names: DeclaredNames, findings: Findings) -> None:
        self.common: dict[str, Spot] = {}
        self._initial = [(entry if entry.text else entry["fact"], entry) for entry in sources["facts.yaml"]]
        self._names = names
        self._findings = findings
        self._about_entities = self._predicates_of_entities()

    def _predicates_of_entities(self) -> set[str]:
        """Return the predicates whose objects are entities: by what they declare, or by how facts use them."""
        found = {"at"}
        for id, predicate in self._names.predicates.items():
            turns = predicate["symmetric"].value, predicate["transitive"].value
            if True in turns or predicate["inverse"].there:
                found.add(id)
        for fact, _ in self._initial:
            words = fact.text.split()
            if len(words) == 3 and words[2] in self._names.kinds:
                found.add(words[1])
        return found

    def check_initial(self) -> None:
        """Check the facts the game begins with."""
        lasting: dict[str, Spot] = {}
        for fact, entry in self._initial:
            self.check(fact)
            self.check_qualifiers(entry["with"])
            said = " ".join(fact.text.split())
            if entry["common"].value is True or entry["common"].text.lower() in ("yes", "on", "y"):
                self.common[said] = fact
            if entry["since"].there or entry["until"].there:
                self._check_times(entry)
            elif said in lasting:
                self._findings.wrong(fact, f"{said!r} stands here twice, first in line {lasting[said].line}")
            elif said:
                self._check_single_value(said, fact, lasting)
                lasting[said] = fact

    def _check_times(self, entry: Spot) -> None:
        try:
            since, until = (_TIME.validate_python(entry[key].value) for key in ("since", "until"))
        except ValidationError:
            return
        if until <= since:
            self._findings.wrong(entry["until"], f"this ends before it begins, at {entry['since'].text}")

    def _check_single_value(self, said: str, fact: Spot, lasting: dict[str, Spot]) -> None:
        words = said.split()
        if len(words) != 3 or words[1] not in self._names.predicates:
            return
        if self._names.predicates[words[1]]["single_valued"].value is not True:
            return
        for other, spot in lasting.items():
            if other.split()[:2] == words[:2]:
                message = f"{words[1]!r} has one value at a time, and line {spot.line} says {other!r}"
                self._findings.wrong(fact, message)
                return

    def check_qualifiers(self, spot: Spot) -> None:
        """Check what stands under `with`."""
        for key, _, value in spot.pairs():
            if isinstance(value.value, bool):
                shown = str(value.value).lower()
                self._findings.wrong(value, f"`{key}` takes a word or a number, not {shown}")
            elif (near := _near(value.text, self._names.kinds)) and value.text not in self._names.kinds:
                self._findings.better(value, f"{value.text!r} is said as it stands, being no entity{near}")

    def check(self, spot: Spot, *, pattern: bool = False, stand_ins: tuple[str, ...] = ()) -> None:
        """Check one fact; a `pattern` may have `*` for any word, one of an action what stands for something there."""
        words = spot.words()
        if len(words) != 3:
            return
        (subject, at_subject), (predicate, at_predicate), (object_, at_object) = words
        free = {*stand_ins, *("*" if pattern else "")}
        for word, offset in (words[0], words[2]):
            if word.startswith("{") and word not in free:
                instead = f"there are {join_names(stand_ins)}" if stand_ins else "write an id"
                self._findings.wrong(spot, f"{word} cannot stand here; {instead}", offset)
                free.add(word)
        if subject not in free:
            self.check_entity(spot, subject, at_subject)
        known = self._names.predicates
        if predicate in free:
            if object_ not in free:
                self._check_any_object(spot, object_, at_object)
        elif predicate in known:
            if object_ not in free:
                self._check_object(spot, predicate, object_, at_object)
        elif "predicate" not in self._names.uncertain:
            meant = did_you_mean(predicate, known) or "; declare it in predicates.yaml"
            self._findings.wrong(spot, f"unknown predicate {predicate!r}{meant}", at_predicate)
            if object_ not in free and object_ not in self._names.kinds and _near(object_, self._names.kinds):
                self.check_entity(spot, object_, at_object)

    def check_known(self, pattern: Spot) -> None:
        """Advise where what someone knows matches none of the facts the game begins with."""
        words = pattern.text.split()
        if len(words) != 3:
            return
        for fact, _ in self._initial:
            if all(word in ("*", part) for word, part in zip(words, fact.text.split(), strict=False)):
                return
        if self._initial:
            self._findings.better(pattern, f"no fact in facts.yaml matches {' '.join(words)!r}")

    def _check_any_object(self, spot: Spot, object_: str, offset: int) -> None:
        values = {key for entry in self._names.predicates.values() for key, _, _ in entry["values"].pairs()}
        if object_ not in values and not _NUMBER.fullmatch(object_):
            self.check_entity(spot, object_, offset)

    def _check_object(self, spot: Spot, predicate: str, object_: str, offset: int) -> None:
        values = [key for key, _, _ in self._names.predicates[predicate]["values"].pairs()]
        if values:
            if object_ not in values:
                near = did_you_mean(object_, values)
                self._findings.wrong(spot, f"{object_!r} is not a value of {predicate!r}{near}", offset)
        elif object_ in self._names.kinds or _NUMBER.fullmatch(object_):
            return
        elif predicate in self._about_entities or _near(object_, self._names.kinds):
            self.check_entity(spot, object_, offset)
        elif "entity" not in self._names.uncertain:
            message = (
                f"{object_!r} is neither an entity nor one of the `values` of {predicate!r}, "
                "so that it will be said just so in every language"
            )
            self._findings.better(spot, message, offset)

    def check_entity(self, spot: Spot, name: str, offset: int | None = None, *, kinds: tuple[str, ...] = ()) -> None:
        """Check that a name is that of an entity, of one of `kinds` where given."""
        what = kinds[0] if kinds else "entity"
        known = self._names.kinds
        if name in known:
            if kinds and known[name] not in kinds:
                self._findings.wrong(spot, f"{name!r} is a {known[name]}, not a {what}", offset)
        elif "entity" not in self._names.uncertain:
            fitting = [id for id, kind in known.items() if not kinds or kind in kinds]
            near = _near(name, fitting) or _near(name, known) or did_you_mean(name, fitting)
            self._findings.wrong(spot, f"unknown {what} {name!r}{near}", offset)


def _near(name: str, known: list[str] | dict[str, str]) -> str:
    """Return `; did you mean …?` only where something comes near."""
    suggestion = did_you_mean(name, known)
    return suggestion if suggestion.startswith("; did you mean") else ""
