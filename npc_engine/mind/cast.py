"""What authors declared, from which every view begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from npc_engine.mind.embedding import Meanings
from npc_engine.persona import Persona
from npc_engine.world import Entity, Predicate
from npc_engine.world.definitions import FactDefinition


@dataclass(frozen=True)
class Cast:
    """What authors declared; `start` is the game time at which the game begins.

    `private` are words of the world's own, in each language, that tell of private matters. `meanings` is not theirs: it
    is what the game's own embedder knows of texts.
    """

    entities: Mapping[str, Entity] = field(default_factory=dict)
    predicates: Mapping[str, Predicate] = field(default_factory=dict)
    facts: tuple[FactDefinition, ...] = ()
    personas: Mapping[str, Persona] = field(default_factory=dict)
    start: datetime | None = None
    private: Mapping[str, Sequence[str]] = field(default_factory=dict)
    meanings: Meanings | None = field(default=None, compare=False)
