"""What authors declared, from which every view begins."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from npc_engine.mind.embedding import Meanings
from npc_engine.persona import Persona
from npc_engine.world import Entity, Predicate
from npc_engine.world.definitions import FactDefinition

T = TypeVar("T")


class Derived:
    """What is worked out from a world when it is first needed, and kept for as long as the world is."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}
        self._lock = threading.RLock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under a key, made now if nothing is."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
            found: T = self._kept[key]
            return found


@dataclass(frozen=True)
class Cast:
    """What authors declared; `start` is the game time at which the game begins.

    `private` are words of the world's own, in each language, that tell of private matters. `meanings` is not theirs: it
    is what the game's own embedder knows of texts. `derived` keeps what is worked out from the rest, such as its words
    by sound and sense.
    """

    entities: Mapping[str, Entity] = field(default_factory=dict)
    predicates: Mapping[str, Predicate] = field(default_factory=dict)
    facts: tuple[FactDefinition, ...] = ()
    personas: Mapping[str, Persona] = field(default_factory=dict)
    start: datetime | None = None
    private: Mapping[str, Sequence[str]] = field(default_factory=dict)
    meanings: Meanings | None = field(default=None, compare=False)
    derived: Derived = field(default_factory=Derived, compare=False, repr=False)
