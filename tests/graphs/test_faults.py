"""Whatever breaks, and wherever: in the end the graph is what the chronicle makes of it, and nothing is in it twice."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from npc_engine import Engine, GraphTimeoutError

from .played import PATIENT, Cut, caught_up, game, happen
from .server import Server
from .test_following import trouble

MANY = 20
"""How often a server is killed in `make long`."""
BREAKS = 4
"""How often a line breaks."""


@pytest.fixture
def own(server: Server) -> Iterator[Server]:
    """The server, which a test may kill: what it holds stays, and the next test finds it running."""
    yield server
    if not server.is_whole:
        server.kill()
        server.start()


@pytest.mark.slow
def test_the_server_is_killed(own: Server, tmp_path: Path) -> None:
    with game(own, tmp_path / "slot.npc", slot="dies") as engine:
        happen(engine, 50)
        assert caught_up(engine, own, "dies")
        killed(engine, own, random.Random(1))
        own.start()
        assert caught_up(engine, own, "dies")


@pytest.mark.long
def test_the_server_may_not_write_and_has_no_room(own: Server, tmp_path: Path) -> None:
    with game(own, tmp_path / "slot.npc", slot="fails") as engine:
        happen(engine, 50)
        assert caught_up(engine, own, "fails")
        own.stop()
        own.start(read_only=True)
        takes_nothing_in(engine, own)
        own.stop()
        own.start(most_kib=little_room(own))
        is_full(engine)
        own.kill()
        own.start()
        assert caught_up(engine, own, "fails")


def killed(engine: Engine, own: Server, chance: random.Random, number: int = 0) -> None:
    """Kill the server in the middle of what is being written, or between."""
    happen(engine, 150, seed=number)
    time.sleep(chance.random() * 0.3)
    own.kill()
    happen(engine, 50, seed=-number)
    assert trouble(engine)


def takes_nothing_in(engine: Engine, own: Server) -> None:
    """See that a game is told that its server's database may only be read, once that has come up."""
    happen(engine, 20)
    told = f"the graph at bolt://127.0.0.1:{own.port} takes nothing in: its database may only be read"
    assert trouble(engine, told, timeout=PATIENT)


def little_room(own: Server) -> int:
    """Return how large, in KiB, a server's files may grow so that its disk is as good as full."""
    return max(one.stat().st_size for one in own.folder.rglob("*") if one.is_file()) // 1024 + 256


def is_full(engine: Engine) -> None:
    """Let things happen until the game is told that they could not be written."""
    deadline = time.monotonic() + PATIENT
    number, told = 0, ""
    while "could not write" not in told and time.monotonic() < deadline:
        status, number = engine.status().graph, number + 1
        told = status.trouble if status else ""
        happen(engine, 50, seed=number)
        time.sleep(0.2)
    assert "could not write" in told, told


@pytest.mark.long
@pytest.mark.parametrize("speaking", ["py2neo", "neo4j"])
def test_the_server_is_killed_twenty_times(own: Server, tmp_path: Path, speaking: str) -> None:
    chance = random.Random(MANY)
    with game(own, tmp_path / "slot.npc", slot="often", library=speaking) as engine:
        assert engine.wait_for_graph(PATIENT)
        for number in range(MANY):
            killed(engine, own, chance, number)
            own.start()
        assert caught_up(engine, own, "often")
        assert len(engine.events) > 200 * MANY


@pytest.mark.slow
def test_the_line_breaks_wherever_it_likes(server: Server, library: str) -> None:
    line, chance, slot = Cut(server.port), random.Random(7), f"cut-{library}"
    with game(server, slot=slot, uri=line.uri, library=library) as engine:
        assert engine.wait_for_graph(PATIENT)
        number, deadline = 0, time.monotonic() + PATIENT
        while line.breaks < BREAKS and time.monotonic() < deadline:
            number += 1
            line.left = chance.randrange(200, 12_000)
            happen(engine, 60, seed=number)
            engine.flush()
            engine.wait_for_graph(0.5)
        line.left = float("inf")
        assert line.breaks >= BREAKS
        assert caught_up(engine, server, slot)
    line.close()


PLAYING = """
import sys
from pathlib import Path
from graphs.played import happen
from npc_engine import Engine
from npc_engine.testing import SMALL_WORLD
uri, save, seed = sys.argv[1:]
engine = Engine.load(SMALL_WORLD, model="none", save=save, graph=uri, graph_settings={"slot": "killed"})
number = int(seed)
while True:
    print("playing", flush=True)
    number += 1
    happen(engine, 20, number)
"""


@pytest.mark.slow
def test_the_game_is_killed(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save, chance = tmp_path / "slot.npc", random.Random(3)
    monkeypatch.setenv("NPC_GRAPH_PASSWORD", server.password)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent), prepend=":")
    for number in range(3):
        command = [sys.executable, "-c", PLAYING, server.uri, str(save), str(number * 1000)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as playing:
            assert playing.stdout is not None
            assert [playing.stdout.readline() for _ in range(5)] == ["playing\n"] * 5
            time.sleep(chance.random() / 2)
            playing.kill()
    with game(server, save, slot="killed") as engine:
        assert len(engine.events) > 20
        assert caught_up(engine, server, "killed")


@pytest.mark.slow
@pytest.mark.parametrize("speaking", ["py2neo", pytest.param("neo4j", marks=pytest.mark.long)])
def test_the_server_hangs(own: Server, speaking: str) -> None:
    slot = f"hangs-{speaking}"
    with game(own, slot=slot, library=speaking, timeout=1.0) as engine:
        assert engine.wait_for_graph(PATIENT)
        assert engine.graph is not None
        engine.graph.query("RETURN 1 AS one")
        own.freeze()
        begun = time.monotonic()
        happen(engine, 30)
        with pytest.raises(GraphTimeoutError, match="did not answer within 1 s"):
            engine.graph.ask("bridge")
        assert time.monotonic() - begun < 5
        assert trouble(engine).endswith(("did not take what was written within 6 s", "timed out"))
        own.freeze(False)
        assert caught_up(engine, own, slot)


@pytest.mark.long
def test_the_server_takes_nothing_in(own: Server) -> None:
    with game(own, slot="read-only") as engine:
        assert engine.wait_for_graph(PATIENT)
        own.stop()
        own.start(read_only=True)
        takes_nothing_in(engine, own)
        own.stop()
        own.start()
        assert caught_up(engine, own, "read-only")


@pytest.mark.long
def test_the_servers_disk_is_full(own: Server) -> None:
    """No file of the server's may grow: to it that is as if the disk were full, and no test needs a disk of its own."""
    with game(own, slot="full") as engine:
        happen(engine, 50)
        assert caught_up(engine, own, "full")
        own.stop()
        own.start(most_kib=little_room(own))
        is_full(engine)
        own.kill()
        own.start()
        assert caught_up(engine, own, "full")
