"""Who hears what: by place, by distance, by what stands between, and by how loud it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from npc_engine.mind.projections import Projections
from npc_engine.payloads import Volume

RADII: Mapping[Volume, float] = {"whisper": 1.5, "speech": 10.0, "shout": 40.0}
"""How far each carries where positions are in metres: arm's length, across a room, across a square."""

Position = Sequence[float]


@dataclass(frozen=True)
class Earshot:
    """How far voices carry.

    Without positions the place decides: speech is heard by everyone at the same place, a shout also at places
    that a `within_call` predicate says are near, a whisper only by those it is meant for.

    `positions` gives where someone stands, for an id, in units of the game's own (2 or 3 numbers), or None where
    it doesn't say; then the place decides for that one. It may be asked for the id of a place too. `blocked` tells
    whether the first of two ids can't be heard by the second, for a wall between them. `radii` are the distances
    up to which each volume is heard, in the same units. All are called on whatever thread speaks or moves the clock.
    """

    positions: Callable[[str], Position | None] | None = None
    blocked: Callable[[str, str], bool] | None = None
    radii: Mapping[Volume, float] = field(default_factory=lambda: RADII)

    def __post_init__(self) -> None:
        if missing := [volume for volume in get_args(Volume) if volume not in self.radii]:
            raise ValueError(f"radii must also say how far this is heard: {', '.join(missing)}")

    def hearers(
        self,
        projections: Projections,
        source: str | None,
        volume: Volume = "speech",
        *,
        place: str | None = None,
        to: Iterable[str] = (),
    ) -> frozenset[str]:
        """Return who hears what `source` says or what happens at a `place`; whom it is said `to` always do.

        Without `place` it is where the source is. The source is among the hearers.
        """
        place = place or (projections.whereabouts.of(source) if source else None)
        heard = {*to, *([source] if source else ())}
        origin, spot = self._origin(source, place)
        for who in self._near(projections, place, volume, everyone=spot is not None):
            if who not in heard and self._hears(projections, who, volume, place, origin, spot):
                heard.add(who)
        return frozenset(heard)

    def knows_where(self, projections: Projections, source: str | None, place: str | None) -> bool:
        """Return whether anything can be said of who hears it."""
        place = place or (projections.whereabouts.of(source) if source else None)
        return place is not None or self._origin(source, place)[1] is not None

    def _origin(self, source: str | None, place: str | None) -> tuple[str, Position | None]:
        """Return whose position a sound comes from, and that position."""
        for one in (source, place):
            if one is not None and (spot := self._position(one)) is not None:
                return one, spot
        return source or place or "", None

    def _near(self, projections: Projections, place: str | None, volume: Volume, *, everyone: bool) -> Iterable[str]:
        if everyone:
            return projections.everyone()
        if place is None or volume == "whisper":
            return ()
        there = [place, *(neighbours(projections, place) if volume == "shout" else ())]
        return [who for one in there for who in projections.present(one)]

    def _hears(
        self, projections: Projections, who: str, volume: Volume, place: str | None, origin: str, spot: Position | None
    ) -> bool:
        other = self._position(who) if spot is not None else None
        if spot is not None and other is not None:
            near = math.dist(spot, other) <= self.radii[volume]
            return near and not (self.blocked is not None and self.blocked(origin, who))
        if volume == "whisper" or place is None:
            return False
        where = projections.whereabouts.of(who)
        return where == place or (volume == "shout" and where in neighbours(projections, place))

    def _position(self, who: str) -> Position | None:
        return self.positions(who) if self.positions is not None else None


def neighbours(projections: Projections, place: str) -> list[str]:
    """Return the places to which a shout carries from a place, as the world's `within_call` predicates say."""
    found: dict[str, None] = {}
    for predicate in projections.within_call:
        found.update(dict.fromkeys(one.object for one in projections.world.ask(place, predicate)))
        found.update(dict.fromkeys(one.subject for one in projections.world.ask(None, predicate, place)))
    found.pop(place, None)
    return list(found)
