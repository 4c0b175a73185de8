"""Where everyone is: what the world says of it, kept at hand, for it is asked for all the time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from npc_engine.chronicle import Event
from npc_engine.world import World


class Whereabouts:
    """Who and what is at which place, as the world has it now."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._place: dict[str, str] = {}
        self._there: dict[str, dict[str, None]] = {}
        self._stirred: dict[str, None] = {}
        for statement in world.ask(None, "at"):
            self._look(statement.subject)

    def follow(self, event: Event) -> None:
        """Take in an event that the world has taken in."""
        for change in event.changes:
            if change.predicate == "at":
                self._look(change.subject)
                self._stirred[change.subject] = None

    def stirred(self) -> dict[str, None]:
        """Return who and what moved since this was last asked."""
        stirred, self._stirred = self._stirred, {}
        return stirred

    def of(self, who: str) -> str | None:
        """Return where someone or something is; None when nobody said."""
        return self._place.get(who)

    def at(self, place: str) -> list[str]:
        """Return who and what is at a place, the longest there first."""
        return list(self._there.get(place, ()))

    def plain(self) -> dict[str, list[str]]:
        """Return who and what is at each place, as plain data for `resume`."""
        return {place: list(there) for place, there in self._there.items() if there}

    def resume(self, plain: Mapping[str, Iterable[str]]) -> None:
        """Go on from what `plain` gave."""
        self._there = {place: dict.fromkeys(there) for place, there in plain.items()}
        self._place = {who: place for place, there in plain.items() for who in there}

    def _look(self, who: str) -> None:
        found = self._world.ask(who, "at")
        place = max(found, key=lambda statement: statement.since or datetime.min).object if found else None
        before = self._place.pop(who, None)
        if before is not None and before != place:
            self._there[before].pop(who, None)
        if place is not None:
            self._place[who] = place
            self._there.setdefault(place, {})[who] = None
