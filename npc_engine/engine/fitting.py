"""How a save fits the world as its authors have it now: what was renamed since, what is gone, whose world it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from npc_engine.chronicle import Packed
from npc_engine.content import Content
from npc_engine.errors import SaveError, join_names
from npc_engine.mind.compiled_world import CompiledWorld, Derived, Lacking
from npc_engine.payloads import WITHOUT_IDS
from npc_engine.stores import SlotContents, read_contents
from npc_engine.text import fold
from npc_engine.world import Entity

WORLD, KNOWN = "world", "known"
"""The keys of a slot's values that say which world it was played in, and what had an id there."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something that a save speaks of and the world no longer has; `events` counts those that speak of it.

    `kind` is `entity`, `predicate` or `value`; a value's `id` is `predicate.value`.
    """

    kind: str
    id: str
    name: str
    events: int

    def __str__(self) -> str:
        named = f" ({self.name})" if self.name else ""
        word = self.id.rpartition(".")[2]
        return (
            f"{self.kind} {self.id!r}{named} is gone, and {self.events} events of the save speak of it: "
            f"if it has another id now, write `formerly: [{word}]` beside that one"
        )


def misfits_of(save: Path | str, content: Content) -> tuple[Misfit, ...]:
    """Return what a save speaks of that a world no longer has; empty where all of it fits.

    Raises:
        SaveError: the save can't be read, or is of another world.
    """
    contents = read_contents(save)
    fitting = Fitting(content)
    fitting.require_same_world(Path(save), contents)
    rows = fitting.rows(contents.rows)
    return fitting.misfits(rows, fitting.gone(rows, contents.meta))


class Gone(NamedTuple):
    """What a save knew of and its world no longer has; of entities also their names, as far as it noted them."""

    entities: Mapping[str, Entity | None]
    predicates: frozenset[str]
    values: frozenset[tuple[str, str]]


class Fitting:
    """Takes saves for the world that some content makes; without content, any save is taken as it is."""

    def __init__(self, content: Content | None) -> None:
        self._content = content

    def require_same_world(self, path: Path, contents: SlotContents) -> None:
        """See that a slot was played in this world, or in none in particular.

        A slot of an older engine does not say; it is of another world if nobody in it lives in this one.

        Raises:
            SaveError: it is of another world.
        """
        if self._content is None:
            return
        world = self._content.world
        ours = _called(world.id, world.names)
        if (kept := _read(contents.meta, WORLD)) is not None:
            if kept["id"] in (world.id, *world.formerly):
                return
            theirs = _called(kept["id"], kept["names"])
            raise SaveError(f"{path} was played in {theirs}, and this is {ours}: load that world, or another slot")
        people = {who for _, body in self.rows(contents.rows) for who in json.loads(body)["audience"]} - {
            world.player.id
        }
        if people and people.isdisjoint(self._content.personas):
            some = join_names(sorted(people)[:3])
            raise SaveError(f"{path} was played in the world of {some}, and this is {ours}: load that, or another slot")

    def rows(self, rows: Sequence[Packed]) -> list[Packed]:
        """Return events as text with the ids that what they speak of has now."""
        old = [*self._renamed.entities, *self._renamed.predicates, *self._renamed.others]
        old += [value for _, value in self._renamed.values]
        if not old:
            return list(rows)
        speaks = re.compile(rf'["."](?:{"|".join(sorted(old))})["."]').search
        return [(at, self._renamed.in_event(body) if speaks(body) else body) for at, body in rows]

    def gone(self, rows: Sequence[Packed], meta: Mapping[str, str]) -> Gone:
        """Return what was known to the save and is not now; of a save that doesn't say, what its events speak of."""
        if self._content is None:
            return Gone({}, frozenset(), frozenset())
        if (kept := _read(meta, KNOWN)) is not None:
            known = self._merged(kept)
            entities: dict[str, Entity | None] = {
                id: Entity.model_validate({**about, "id": id}) for id, about in known["entities"].items()
            }
            predicates = {id: set(values) for id, values in known["predicates"].items()}
        else:
            entities, predicates = _spoken_of(rows)
        rules = self._content.predicates
        return Gone(
            {id: entity for id, entity in entities.items() if id not in self._content.entities},
            frozenset(predicates.keys() - rules.keys()),
            frozenset(
                (id, value)
                for id, values in predicates.items()
                if id in rules and rules[id].values
                for value in values - rules[id].values.keys()
            ),
        )

    def fitted(self, compiled: CompiledWorld, gone: Gone) -> CompiledWorld:
        """Return a cast that knows of what is gone.

        What has a name that nothing else bears keeps it; statements about the rest are left out of every mind.
        """
        if not any(gone):
            return compiled
        taken = {fold(name) for one in compiled.entities.values() for name in one.names.values()}
        named = {
            id: entity
            for id, entity in gone.entities.items()
            if entity is not None and taken.isdisjoint(map(fold, entity.names.values()))
        }
        lacking = Lacking(
            frozenset(gone.entities.keys() - named.keys()), gone.predicates, gone.values, frozenset(named)
        )
        return replace(compiled, entities={**compiled.entities, **named}, lacking=lacking, derived=Derived())

    def misfits(self, rows: Sequence[Packed], gone: Gone) -> tuple[Misfit, ...]:
        """Return what is gone that the events of a save speak of, with how many do."""
        found = [
            Misfit("entity", id, next(iter(entity.names.values()), "") if entity else "", _count(rows, id))
            for id, entity in sorted(gone.entities.items())
        ]
        found += [Misfit("predicate", id, "", _count(rows, id)) for id in sorted(gone.predicates)]
        found += [Misfit("value", f"{p}.{v}", "", _count(rows, v, p)) for p, v in sorted(gone.values)]
        return tuple(one for one in found if one.events)

    def meta(self, meta: Mapping[str, str]) -> dict[str, str]:
        """Return what a slot that has these values should say of its world, where it does not say so yet."""
        if self._content is None:
            return {}
        world = self._content.world
        said = {
            WORLD: _json({"id": world.id, "names": world.names}),
            KNOWN: _json(self._merged(_read(meta, KNOWN) or {})),
        }
        return {key: value for key, value in said.items() if meta.get(key) != value}

    # -- inside ------------------------------------------------------------------------------------

    @cached_property
    def _renamed(self) -> _Renamed:
        return _Renamed(self._content) if self._content else _Renamed(None)

    def _merged(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was ever known: now, and before under ids that nothing has taken over."""
        assert self._content is not None
        renamed, content = self._renamed, self._content
        entities = {id: about for id, about in kept.get("entities", {}).items() if id not in renamed.entities}
        for id, entity in content.entities.items():
            entities[id] = entity.model_dump(include={"kind", "names", "pronoun", "proper"})
        predicates: dict[str, set[str]] = {}
        for id, values in kept.get("predicates", {}).items():
            now = renamed.predicates.get(id, id)
            predicates[now] = {value for value in values if (now, value) not in renamed.values}
        for id, rule in content.predicates.items():
            predicates[id] = predicates.get(id, set()) | rule.values.keys()
        return {"entities": entities, "predicates": {id: sorted(values) for id, values in sorted(predicates.items())}}


class _Renamed:
    """The ids that things had formerly, and those they have now."""

    def __init__(self, content: Content | None) -> None:
        self.entities: dict[str, str] = {}
        self.predicates: dict[str, str] = {}
        self.values: dict[tuple[str, str], str] = {}
        self.others: dict[str, str] = {}
        if content is None:
            return
        for entity in content.entities.values():
            self.entities |= dict.fromkeys(entity.formerly, entity.id)
        for rule in content.predicates.values():
            self.predicates |= dict.fromkeys(rule.formerly, rule.id)
            for id, value in rule.values.items():
                self.values |= {(rule.id, old): id for old in value.formerly}
        for action in content.actions.values():
            self.others |= dict.fromkeys(action.formerly, action.id)
        for beat in content.story:
            self.others |= dict.fromkeys(beat.formerly, beat.id)

    def in_event(self, body: str) -> str:
        """Return an event's text with the ids of now."""
        plain = json.loads(body)
        plain["audience"] = sorted({self.entities.get(who, who) for who in plain["audience"]})
        for key in ("actor", "place"):
            if key in plain:
                plain[key] = self.entities.get(plain[key], plain[key])
        for key in ("changes", "claims"):
            for change in plain.get(key, ()):
                change[:3] = self._in_statement(*change[:3])
        for moved in plain.get("feelings", ()):
            moved[:2] = (self.entities.get(who, who) for who in moved[:2])
        if "data" in plain:
            plain["data"] = {
                key: one if key in WITHOUT_IDS else self._in_data(one) for key, one in plain["data"].items()
            }
        return _json(plain)

    def _in_statement(self, subject: str, predicate: str, object_: str) -> list[str]:
        predicate = self.predicates.get(predicate, predicate)
        object_ = self.values.get((predicate, object_)) or self.entities.get(object_, object_)
        return [self.entities.get(subject, subject), predicate, object_]

    def _in_data(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {self._in_data(key): self._in_data(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._in_data(one) for one in value]
        if not isinstance(value, str):
            return value
        parts = value.split(".")
        if len(parts) == 3:
            return ".".join(self._in_statement(*parts))
        return self.entities.get(value) or self.others.get(value, value)


def _spoken_of(rows: Iterable[Packed]) -> tuple[dict[str, Entity | None], dict[str, set[str]]]:
    """Return the ids of what events speak of, without what is known of them."""
    entities: dict[str, Entity | None] = {}
    predicates: dict[str, set[str]] = {}
    for _, body in rows:
        plain = json.loads(body)
        entities |= dict.fromkeys((*plain["audience"], *filter(None, (plain.get("actor"), plain.get("place")))))
        for subject, predicate, object_, *_ in (*plain.get("changes", ()), *plain.get("claims", ())):
            entities[subject] = None
            predicates.setdefault(predicate, set()).add(object_)
    return entities, predicates


def _read(meta: Mapping[str, str], key: str) -> Any:
    """Return a value that a slot keeps as JSON; None where there is none, or nothing that could be one."""
    try:
        plain = json.loads(meta[key])
        if key == WORLD:
            _called(plain["id"], plain["names"])
        else:
            for id, about in plain["entities"].items():
                Entity.model_validate({**about, "id": id})
            for values in plain["predicates"].values():
                frozenset(values)
    except (LookupError, TypeError, ValueError, AttributeError):
        return None
    return plain


def _count(rows: Iterable[Packed], id: str, predicate: str = "") -> int:
    speaks = re.compile(rf'"{predicate}","{id}"' if predicate else rf'"{id}"').search
    return sum(1 for _, body in rows if speaks(body))


def _called(id: str, names: Mapping[str, str]) -> str:
    return f"{next(iter(names.values()), id)} ({id})"


def _json(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
