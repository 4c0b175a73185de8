"""Which servers work with which library: each is fetched, started, written, asked and told to read only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from npc_engine import GraphError
from npc_engine.graphs.opening import open_bolt
from npc_engine.graphs.store import GraphStore

from .conftest import settings
from .played import PATIENT, due, game, happen
from .server import LTS, VERSIONS, Server, UnavailableError


@pytest.fixture(
    scope="module", params=[pytest.param(one, marks=[pytest.mark.long] if one != LTS else []) for one in VERSIONS]
)
def any_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    if request.param == LTS:
        yield request.getfixturevalue("server")
        return
    try:
        one = Server(request.param)
        one.start()
    except UnavailableError as error:
        pytest.skip(str(error))
    yield one
    one.remove()


@pytest.mark.slow
@pytest.mark.parametrize("speaking", ["auto", "neo4j"])
def test_a_server_is_written_and_read(any_server: Server, speaking: str) -> None:
    with game(any_server, slot=f"version-{speaking}", library=speaking) as engine:
        happen(engine, 60)
        engine.flush()
        assert engine.wait_for_graph(PATIENT), engine.status().graph
        status = engine.status().graph
        assert status is not None
        numbers = [int(part) for part in status.server.removeprefix("Neo4j ").split(".")[:2]]
        assert numbers == [int(part) for part in any_server.version.split(".")[:2]]
        assert status.library.startswith("neo4j" if speaking == "neo4j" else "py2neo")
        assert engine.graph is not None
        engine.rewind(20)
        assert engine.wait_for_graph(PATIENT)
        assert engine.graph.ask(at=engine.now) == engine.ask()
        assert engine.graph.history() == engine._timeline.projections.world.history()
        with pytest.raises(GraphError, match="may only read"):
            engine.graph.query("CREATE (n:Intruder)")
        bolt = open_bolt(settings(any_server, library=speaking))
        try:
            assert GraphStore(bolt, "ford", f"version-{speaking}", "looking").rows() == due(engine)
        finally:
            bolt.close()
