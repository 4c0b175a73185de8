"""A game's graph on a server: followed beside the game, and there to be asked."""

from __future__ import annotations

import socket
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from npc_engine.engine.timeline import Timeline
from npc_engine.graphs import Follower, GraphSettings, GraphStatus, GraphWorld


class Graphing:
    """What an engine has of a graph; nothing, where it was told of none."""

    def __init__(self, timeline: Timeline, settings: GraphSettings | None, world: str) -> None:
        self.settings = settings
        self._timeline = timeline
        self._world: GraphWorld | None = None
        self._follower: Follower | None = None
        if settings is None:
            return
        named = settings if settings.slot else replace(settings, slot=slot_name(timeline.path))
        self._world = GraphWorld.at(named, timeline.projections.compiled.predicates, world)
        self._follower = Follower(named, world, timeline.standing)
        timeline.tell_when_written(self._follower.nudge)

    @property
    def world(self) -> GraphWorld | None:
        """The world as it stands on the server; None where there is none."""
        predicates = self._timeline.projections.compiled.predicates
        if self._world is not None and self._world.predicates is not predicates:
            self._world.follow(predicates)
        return self._world

    def status(self) -> GraphStatus | None:
        """Return how it stands with the graph; never waits."""
        return self._follower.status() if self._follower else None

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the graph holds all that is safe in the save; return whether it does. Without a graph it does."""
        return self._follower.wait(timeout) if self._follower else True

    def close(self) -> None:
        """Stop following; what the server does not take within two seconds is caught up with the next time."""
        if self._follower:
            self._follower.close()
        if self._world:
            self._world.close()


def slot_name(save: Path | None) -> str:
    """Return what a game is called among those in a database: by its save's name, and where on which machine it is."""
    if save is None:
        return "memory"
    where = f"{socket.gethostname()}:{save.resolve()}"
    return f"{save.stem}-{blake2b(where.encode(), digest_size=4).hexdigest()}"
