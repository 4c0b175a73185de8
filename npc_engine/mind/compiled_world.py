"""What authors declared, from which every view begins."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from npc_engine.chronicle import Change, Event
from npc_engine.lang import registry
from npc_engine.mind.embedding import Meanings
from npc_engine.persona import Persona
from npc_engine.world import Entity, Predicate
from npc_engine.world.definitions import FactDefinition

T = TypeVar("T")


class Derived:
    """What is worked out from a world when it is first needed, and kept for as long as the world is.

    What other languages read in it is other things: where the installed ones changed, it is worked out anew.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}
        self._languages = registry()
        self._lock = threading.RLock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under a key, made now if nothing is."""
        with self._lock:
            if self._languages is not registry():
                self._languages = registry()
                self._kept.clear()
            if key not in self._kept:
                self._kept[key] = make()
            found: T = self._kept[key]
            return found

    def is_new(self, key: Hashable, kept: object) -> bool:
        """Return whether nothing is kept under a key yet, and keep something there if so."""
        with self._lock:
            had = self.get(key, lambda: None) is not None
            self._kept[key] = kept
            return not had


class Lacking(NamedTuple):
    """What a save speaks of and authors no longer do.

    Statements about `entities`, with `predicates` or with `values` (each with its predicate) can't be said, and are
    left out; `named` are people and things that are gone too, and keep their names.
    """

    entities: frozenset[str]
    predicates: frozenset[str]
    values: frozenset[tuple[str, str]]
    named: frozenset[str]

    def fits(self, change: Change) -> bool:
        """Return whether a statement can be said."""
        if change.predicate in self.predicates or (change.predicate, change.object) in self.values:
            return False
        return self.entities.isdisjoint(change[:3:2])


@dataclass(frozen=True)
class CompiledWorld:
    """What authors declared; `start` is the game time at which the game begins.

    `private` are words of the world's own, in each language, that tell of private matters. `meanings` is not theirs: it
    is what the game's own embedder knows of texts. `derived` keeps what is worked out from the rest, such as its words
    by sound and sense; games in the same content share it.
    """

    entities: Mapping[str, Entity] = field(default_factory=dict)
    predicates: Mapping[str, Predicate] = field(default_factory=dict)
    facts: tuple[FactDefinition, ...] = ()
    personas: Mapping[str, Persona] = field(default_factory=dict)
    start: datetime | None = None
    private: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lacking: Lacking | None = None
    meanings: Meanings | None = field(default=None, compare=False)
    derived: Derived = field(default_factory=Derived, compare=False, repr=False)

    def fitted(self, event: Event) -> Event:
        """Return an event without what it says of what is gone."""
        if self.lacking is None or not (event.changes or event.claims):
            return event
        changes, claims = (tuple(filter(self.lacking.fits, said)) for said in (event.changes, event.claims))
        return replace(event, changes=changes, claims=claims)
