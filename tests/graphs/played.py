"""Games that are followed into a graph, and whether the graph is what their chronicle makes of it."""

from __future__ import annotations

import random
import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from npc_engine import Engine
from npc_engine.graphs import folded
from npc_engine.graphs.opening import open_bolt
from npc_engine.graphs.rows import Key, Row
from npc_engine.graphs.store import GraphStore
from npc_engine.testing import SMALL_WORLD

from .conftest import settings
from .server import Server

PATIENT = 180.0
"""Seconds that a graph may take to catch up on a busy machine."""


def game(server: Server, save: Path | None = None, *, slot: str = "game", uri: str = "", **how: Any) -> Engine:
    """Return a game of the small world that is followed into a graph."""
    password = how.pop("password", server.password)
    how = {"slot": slot, "timeout": 20.0, **how}
    uri = uri or server.uri
    return Engine.load(SMALL_WORLD, model="none", save=save, graph=uri, graph_password=password, graph_settings=how)


def happen(engine: Engine, count: int, seed: int = 0) -> None:
    """Let things happen: the bridge breaks and is mended, people come and go, and tell each other of it."""
    chance = random.Random(seed)
    for _ in range(count):
        who, other = chance.sample(["mira", "tomas", "player"], 2)
        state = chance.choice(["sound", "destroyed"])
        what = chance.randrange(4)
        if what == 0:
            engine.record("The bridge.", changes=[("bridge", "condition", state)], audience=[who, other])
        elif what == 1:
            engine.move(who, chance.choice(["inn", "smithy", "bridge"]))
        elif what == 2:
            engine.tell(who, ("tomas", "owes", "mira"), by=other, between_us=chance.random() < 0.3)
        else:
            engine.record("They quarrel.", audience=[who, other], feelings=[(who, other, "affinity", -0.05)])


def there(server: Server, slot: str = "game", world: str = "ford") -> dict[Key, Row]:
    """Return what stands in a game's graph."""
    bolt = open_bolt(settings(server, library="neo4j"))
    try:
        return GraphStore(bolt, world, slot, "looking").rows()
    finally:
        bolt.close()


def due(engine: Engine, *, secrets: bool = True) -> dict[Key, Row]:
    """Return what should stand in a game's graph."""
    compiled = engine._timeline.projections.compiled
    return dict(folded(compiled, engine.events, secrets=secrets).delta().new)


def caught_up(engine: Engine, server: Server, slot: str = "game", **how: Any) -> bool:
    """Return whether the graph comes to hold what it should."""
    engine.flush()
    assert engine.wait_for_graph(PATIENT), engine.status().graph
    return there(server, slot) == due(engine, **how)


class Cut:
    """A line to a server that breaks after so many bytes, counted both ways; `left` may be set anew at any time."""

    def __init__(self, port: int) -> None:
        self.left: float = float("inf")
        self.breaks = 0
        self._port = port
        self._ends: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://neo4j@127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Hang up for good."""
        self._listening.close()
        self._break()

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listening.accept()
            except OSError:
                return
            try:
                there = socket.create_connection(("127.0.0.1", self._port))
            except OSError:
                here.close()
                continue
            self._ends += [here, there]
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(4096):
                self.left -= len(data)
                if self.left < 0:
                    self.left = float("inf")
                    self.breaks += 1
                    self._break()
                    return
                other.sendall(data)
        with suppress(OSError):
            other.shutdown(socket.SHUT_WR)

    def _break(self) -> None:
        ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
