"""What authors declared, from which every view begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from npc_engine.chronicle import Change, Event
from npc_engine.mind.embedding import Meanings
from npc_engine.persona import Persona
from npc_engine.world import Entity, Predicate
from npc_engine.world.definitions import FactDefinition


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
        """Tell whether a statement can be said."""
        if change.predicate in self.predicates or (change.predicate, change.object) in self.values:
            return False
        return self.entities.isdisjoint(change[:3:2])


@dataclass(frozen=True)
class Cast:
    """What authors declared; `start` is the game time at which the game begins.

    `meanings` is not theirs: it is what the game's own embedder knows of texts.
    """

    entities: Mapping[str, Entity] = field(default_factory=dict)
    predicates: Mapping[str, Predicate] = field(default_factory=dict)
    facts: tuple[FactDefinition, ...] = ()
    personas: Mapping[str, Persona] = field(default_factory=dict)
    start: datetime | None = None
    lacking: Lacking | None = None
    meanings: Meanings | None = field(default=None, compare=False)

    def fitted(self, event: Event) -> Event:
        """Return an event without what it says of what is gone."""
        if self.lacking is None or not (event.changes or event.claims):
            return event
        changes, claims = (tuple(filter(self.lacking.fits, said)) for said in (event.changes, event.claims))
        return replace(event, changes=changes, claims=claims)
