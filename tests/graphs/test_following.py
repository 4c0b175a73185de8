"""A game is followed into its graph: forward, back, after a break, beside others; and it never waits for it."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from pathlib import Path

import pytest

from npc_engine import ArgumentError, Engine, GraphError, GraphTimeoutError
from npc_engine.graphs import GraphSettings
from npc_engine.graphs.fold import Fold
from npc_engine.graphs.opening import open_bolt
from npc_engine.graphs.rows import Delta
from npc_engine.graphs.store import GraphStore
from npc_engine.testing import SMALL_WORLD

from .conftest import settings
from .played import PATIENT, caught_up, due, game, happen, there
from .server import Server


def query(server: Server, cypher: str, **given: object) -> list[dict[str, object]]:
    bolt = open_bolt(settings(server, library="neo4j"))
    try:
        return bolt.write([(cypher, given)])[0]
    finally:
        bolt.close()


def test_what_happens_stands_in_the_graph(server: Server, library: str, tmp_path: Path) -> None:
    with game(server, tmp_path / "slot.npc", slot=library, library=library) as engine:
        happen(engine, 40)
        engine.talk_to("mira").say("My name is Anna. Tomas has the key.").line()
        assert caught_up(engine, server, library)
        status = engine.status().graph
        assert status is not None
        assert (status.state, status.lag, status.trouble) == ("following", 0, "")
        assert status.last == len(engine.events)
        assert status.library.startswith(library)
        assert engine.graph is not None
        for asked in [("bridge",), ("tomas", "owes"), (None, "condition"), (None, None, "mira"), ()]:
            assert engine.graph.ask(*asked, at=engine.now) == engine.ask(*asked)


def test_a_game_that_is_opened_again_goes_on_where_it_was(server: Server, tmp_path: Path) -> None:
    save = tmp_path / "slot.npc"
    with game(server, save, slot="again") as engine:
        happen(engine, 20)
        assert caught_up(engine, server, "again")
    query(server, "MATCH (n {game: 'ford/again', id: 'inn'}) SET n.stood = true RETURN n.id")
    with game(server, save, slot="again") as engine:
        happen(engine, 20, seed=1)
        engine.flush()
        assert engine.wait_for_graph(PATIENT)
        assert query(server, "MATCH (n {game: 'ford/again', id: 'inn'}) RETURN n.stood AS s") == [{"s": True}]
        query(server, "MATCH (n {game: 'ford/again', id: 'inn'}) REMOVE n.stood RETURN n.id")
        assert there(server, "again") == due(engine)


def test_a_rewind_and_an_older_save_move_the_graph_back(server: Server, tmp_path: Path) -> None:
    save, older = tmp_path / "slot.npc", tmp_path / "older.npc"
    with game(server, save, slot="back") as engine:
        happen(engine, 30)
        engine.save(older)
        assert caught_up(engine, server, "back")
        happen(engine, 30, seed=1)
        assert caught_up(engine, server, "back")
        engine.rewind(40)
        assert caught_up(engine, server, "back")
        happen(engine, 10, seed=2)
        assert caught_up(engine, server, "back")
        engine.restore(older)
        happen(engine, 5, seed=3)
        assert caught_up(engine, server, "back")
    shutil.copy(older, save)  # and from the file manager, while no game runs
    with game(server, save, slot="back") as engine:
        assert caught_up(engine, server, "back")
        assert len(engine.events) < 40


def test_edited_content_moves_the_graph_too(server: Server, tmp_path: Path) -> None:
    world = tmp_path / "world"
    shutil.copytree(SMALL_WORLD, world)
    with Engine.load(
        world, model="none", graph=server.uri, graph_password=server.password, graph_settings={"slot": "edited"}
    ) as engine:
        happen(engine, 10)
        assert caught_up(engine, server, "edited")
        facts = world / "facts.yaml"
        facts.write_text(facts.read_text("utf-8").replace("amount: 12", "amount: 20"), "utf-8")
        deadline = time.monotonic() + 20
        while engine.check_content() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert caught_up(engine, server, "edited")
        assert [one.qualifiers for one in engine.graph.ask("tomas", "owes", "mira")] == [{"amount": 20}]  # type: ignore[union-attr]


def test_an_edit_still_being_worked_out_is_waited_for(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(fold: Fold) -> Delta:
        time.sleep(0.5)
        return worked_out(fold)

    worked_out = Fold.delta
    world = tmp_path / "world"
    shutil.copytree(SMALL_WORLD, world)
    with Engine.load(
        world, model="none", graph=server.uri, graph_password=server.password, graph_settings={"slot": "slow"}
    ) as engine:
        assert caught_up(engine, server, "slow")
        monkeypatch.setattr(Fold, "delta", slowly)
        facts = world / "facts.yaml"
        facts.write_text(facts.read_text("utf-8").replace("amount: 12", "amount: 20"), "utf-8")
        deadline = time.monotonic() + 20
        while engine.check_content() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert engine.wait_for_graph(20)
        assert [one.qualifiers for one in engine.graph.ask("tomas", "owes", "mira")] == [{"amount": 20}]  # type: ignore[union-attr]


def test_games_live_side_by_side(server: Server, tmp_path: Path) -> None:
    with game(server, slot="one") as one, game(server, slot="two") as two:
        happen(one, 15)
        happen(two, 15, seed=5)
        assert caught_up(one, server, "one")
        assert caught_up(two, server, "two")
        branch = one.fork(tmp_path / "branch.npc")
        with branch:
            branch.record("The bridge stands.", changes=[("bridge", "condition", "sound")], audience=["mira"])
        bolt = open_bolt(settings(server))
        GraphStore(bolt, "ford", "one", "somebody").remove()
        bolt.close()
        assert there(server, "one") == {}
        assert there(server, "two") == due(two)


def test_a_graph_has_one_writer(server: Server) -> None:
    with game(server, slot="shared") as first:
        assert caught_up(first, server, "shared")
        with game(server, slot="shared") as second:
            assert caught_up(second, server, "shared")
            happen(first, 3)
            first.flush()
            deadline = time.monotonic() + 20
            while (status := first.status().graph) and status.state != "stopped" and time.monotonic() < deadline:
                time.sleep(0.05)
            assert status is not None
            assert status.trouble == "another game writes the graph 'ford/shared': give graph_settings another slot"
            happen(second, 3)
            assert caught_up(second, server, "shared")


def test_secrets_can_be_left_out(server: Server) -> None:
    with game(server, slot="open", secrets=False) as engine:
        engine.tell("mira", ("tomas", "has", "key"), by="player", between_us=True)
        engine.tell("mira", ("tomas", "works_at", "inn"), by="player")
        assert caught_up(engine, server, "open", secrets=False)
        secret = {fact.replace(" ", ".") for one in engine.people.values() for s in one.secrets for fact in s.facts}
        assert secret
        rows = there(server, "open")
        said = {row.said.get("id") or row.said.get("statement") for row in rows.values()}
        assert not secret & said
        assert "tomas.has.key" not in said
        assert "tomas.works_at.inn" in said
    assert secret <= {row.said.get("id") for row in due(engine).values()}


# -- what goes wrong ----------------------------------------------------------------------------------


def trouble(engine: Engine, begins: str = "", timeout: float = 20.0) -> str:
    """Return what is told to be wrong with the graph, once something is."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        status = engine.status().graph
        assert status is not None
        if status.trouble and status.trouble.startswith(begins):
            return status.trouble
        time.sleep(0.02)
    raise AssertionError(f"no trouble that begins with {begins!r}: {status}")


def nowhere() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.slow
@pytest.mark.parametrize("library", ["py2neo", "neo4j"])
def test_without_a_server_the_game_goes_on(library: str) -> None:
    port = nowhere()
    with Engine.load(
        SMALL_WORLD, model="none", graph=f"bolt://127.0.0.1:{port}", graph_settings={"library": library}
    ) as engine:
        begun = time.perf_counter()
        happen(engine, 50)
        assert time.perf_counter() - begun < 2.0
        said = trouble(engine)
        assert said == f"there is no graph server at bolt://127.0.0.1:{port}: Connection refused"
        status = engine.status().graph
        assert status is not None
        assert (status.state, status.last, status.lag) == ("waiting", 0, len(engine.events))
        assert engine.graph is not None
        with pytest.raises(GraphError, match="there is no graph server"):
            engine.graph.ask("bridge")
        begun = time.perf_counter()
    assert time.perf_counter() - begun < 5.0


def test_what_is_no_graph_server_is_called_that() -> None:
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                one, _ = listening.accept()
            except OSError:
                return
            one.recv(64)
            one.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            one.close()

    threading.Thread(target=answer, daemon=True).start()
    uri = f"bolt://127.0.0.1:{listening.getsockname()[1]}"
    with Engine.load(SMALL_WORLD, model="none", graph=uri) as engine:
        assert trouble(engine) == f"what answers at {uri} is no Neo4j server: it does not speak Bolt"
    listening.close()


def test_a_wrong_password_is_called_that_and_shown_nowhere(server: Server, library: str) -> None:
    with game(server, password="not-the-password", library=library) as engine:
        said = trouble(engine)
        assert said.endswith("does not take this password for the user 'neo4j'")
        assert "not-the-password" not in f"{said} {engine.status()} {engine._graphing.settings}"
        happen(engine, 3)


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("npc_engine.graphs.opening._library", lambda library: None)
    with Engine.load(SMALL_WORLD, model="none", graph="bolt://127.0.0.1:1", graph_settings={"library": "neo4j"}) as one:
        assert "pip install neo4j" in trouble(one)


def test_a_password_comes_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPC_GRAPH_PASSWORD", server.password)
    with Engine.load(SMALL_WORLD, model="none", graph=server.uri, graph_settings={"slot": "env"}) as engine:
        assert caught_up(engine, server, "env")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("uri", "given", "said"),
    [
        ("bolt://neo4j:hush@localhost", {}, "a password has no place in an address"),
        ("http://localhost:7474", {}, "a graph is reached at an address such as bolt://neo4j@localhost:7687"),
        ("bolt://localhost:99999", {}, "the port in a graph's address is a number up to 65535"),
        ("bolt://localhost/db?x=1", {}, "a graph's address ends with the port"),
        ("bolt://localhost", {"slto": "a"}, "there is no graph setting 'slto'; did you mean 'slot'?"),
        ("bolt://localhost", {"timeout": 0}, "the graph setting 'timeout' can't be 0"),
        ("bolt://localhost", {"library": "odbc"}, "the graph setting 'library' is auto, py2neo or neo4j"),
    ],
)
def test_a_mistaken_address_or_setting_is_told_at_once(uri: str, given: dict[str, object], said: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        Engine.load(SMALL_WORLD, model="none", graph=uri, graph_settings=given)
    assert str(caught.value).startswith(said)
    assert "hush" not in str(caught.value)


def test_a_query_takes_no_longer_than_it_may(server: Server, library: str) -> None:
    with game(server, slot="slow", library=library, timeout=1.0) as engine:
        assert engine.wait_for_graph(PATIENT)
        assert engine.graph is not None
        begun = time.monotonic()
        with pytest.raises(GraphTimeoutError, match="did not answer within 1 s"):
            engine.graph.query("UNWIND range(1, 10000000000) AS x RETURN count(x + 1) AS x")
        assert time.monotonic() - begun < 10
        assert engine.graph.ask("bridge", at=engine.now) == engine.ask("bridge")


def test_a_query_only_reads(server: Server, library: str) -> None:
    with game(server, slot="reads", library=library) as engine:
        assert engine.wait_for_graph(PATIENT)
        assert engine.graph is not None
        with pytest.raises(GraphError, match="this query would write, and may only read"):
            engine.graph.query("CREATE (n:Intruder) RETURN n")
        with pytest.raises(GraphError, match="this is no Cypher"):
            engine.graph.query("SELECT 1")
        assert engine.graph.query("MATCH (n:Intruder) RETURN count(n) AS n") == [{"n": 0}]


def test_settings_show_no_password() -> None:
    assert "hush" not in repr(GraphSettings.of("bolt://localhost", "hush"))
