"""`npc graph`: content pushed to a server, edited there, compared and pulled; graphs asked and exported."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from sampling import sampled

from npc_engine.cli.main import run
from npc_engine.content import load_content
from npc_engine.content.compiling import compile_world
from npc_engine.graphs import folded
from npc_engine.graphs.opening import open_bolt
from npc_engine.graphs.store import GraphStore
from npc_engine.graphs.yaml_edits import Entries
from npc_engine.testing import SMALL_WORLD

from .conftest import settings
from .played import game, happen, there
from .server import Server

VILLAGE = Path(__file__).parents[2] / "world"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A copy of the small world, with comments."""
    folder = tmp_path / "ford"
    shutil.copytree(SMALL_WORLD, folder)
    facts = folder / "facts.yaml"
    text = facts.read_text("utf-8").replace(
        "- {fact: tomas owes mira, with: {amount: 12}}",
        "\n# -- debts --\n- {fact: tomas owes mira, with: {amount: 12}}  # since the winter\n\n# -- family --",
    )
    facts.write_text(text, "utf-8")
    return folder


@pytest.fixture
def npc(server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """The command `npc graph`: what it prints and its exit status."""
    monkeypatch.setenv("NPC_GRAPH_PASSWORD", server.password)

    def call(*arguments: object) -> tuple[int, str]:
        status = run(["graph", *map(str, arguments)])
        out, err = capsys.readouterr()
        assert server.password not in out + err
        return status, (out + err).strip()

    return call


def edit(server: Server, cypher: str) -> None:
    bolt = open_bolt(settings(server))
    try:
        bolt.write([(f"{cypher} RETURN 1 AS done", {})])
    finally:
        bolt.close()


FORD = "{game: 'ford/content', id: '%s'}"


def test_edits_go_there_and_back(server: Server, npc: Any, world: Path) -> None:
    status, said = npc("push", world, server.uri)
    assert (status, said.split(":")[0]) == (0, "ford/content")
    assert npc("diff", world, server.uri) == (0, "no differences")
    assert npc("pull", world, server.uri) == (0, "nothing changed")

    edit(server, f"MATCH (a {FORD % 'tomas'})-[r:OWES]->() SET r.with_amount = 20")
    edit(server, f"MATCH (a {FORD % 'mira'}), (b {FORD % 'inn'}) CREATE (a)-[:WORKS_AT {{common: true}}]->(b)")
    edit(server, f"MATCH (a {FORD % 'gold'})-[r:BURIED_AT]->() DELETE r")
    edit(server, f"MATCH (a {FORD % 'bridge'}) SET a.name_en = 'Long Bridge'")
    edit(server, f"MATCH (a {FORD % 'tomas'}) SET a.name_en = 'Old Tomas'")
    lines = [
        "- gold buried_at bridge",
        "+ mira works_at inn common=True",
        "~ tomas owes mira amount=20",
        "~ bridge name_en: bridge -> Long Bridge",
        "~ tomas name_en: Tomas -> Old Tomas",
    ]
    assert npc("diff", world, server.uri) == (0, "\n".join([*lines, "5 differences"]))

    before = {path: path.read_text("utf-8") for path in world.rglob("*.yaml")}
    gold = before[world / "personas" / "tomas.yaml"], before[world / "personas" / "mira.yaml"]
    status, said = npc("pull", world, server.uri)
    if "gold buried_at bridge" in "".join(gold):  # a secret: it is its owner's to know, whether or not it is so
        assert status == 0, said
    changed = {path.name for path, text in before.items() if path.read_text("utf-8") != text}
    assert changed == {"facts.yaml", "places.yaml", "tomas.yaml"}
    old, new = before[world / "facts.yaml"].splitlines(), (world / "facts.yaml").read_text("utf-8").splitlines()
    assert [line for line in new if line not in old] == [
        "- {fact: tomas owes mira, with: {amount: 20}}  # since the winter",
        "- {fact: mira works_at inn, common: true}",
    ]
    assert [line for line in old if line not in new] == [
        "- {fact: tomas owes mira, with: {amount: 12}}  # since the winter",
        "- {fact: gold buried_at bridge}",
    ]
    assert npc("diff", world, server.uri) == (0, "no differences")
    assert load_content(world).entities["bridge"].names["en"] == "Long Bridge"


def test_what_would_not_pass_a_check_is_refused_whole(server: Server, npc: Any, world: Path) -> None:
    npc("push", world, server.uri)
    edit(server, f"MATCH (a {FORD % 'tomas'})-[r:OWES]->() SET r.with_amount = 20")
    edit(server, f"MATCH (a {FORD % 'mira'}), (b {FORD % 'inn'}) CREATE (a)-[:WORKS_AT {{since: 'yesterday'}}]->(b)")
    before = {path: path.read_bytes() for path in world.rglob("*.yaml")}
    status, said = npc("pull", world, server.uri)
    assert status == 2
    assert said.startswith(f"{world.as_posix()}/facts.yaml:")
    assert {path: path.read_bytes() for path in world.rglob("*.yaml")} == before


def test_what_is_not_of_this_world_is_told(server: Server, npc: Any, world: Path) -> None:
    npc("push", world, server.uri)
    edit(server, f"MATCH (a {FORD % 'mira'}) CREATE (a)-[:OWES]->(:Stranger {{id: 'x'}})")
    status, said = npc("diff", world, server.uri)
    assert (status, said.split(":")[0]) == (2, "a OWES joins 'mira' to a node that is not of this world")
    assert npc("diff", world, server.uri, "--slot", "none")[1].endswith("here: `npc graph push` makes it")


def test_a_query_is_shown_as_a_table(server: Server, npc: Any, world: Path) -> None:
    npc("push", world, server.uri)
    asked = "MATCH (p:Person {game: $game})-[:WORKS_AT]->(w) WHERE p.id = $who RETURN p.name_zh AS who, w.id AS at"
    status, said = npc("query", world, server.uri, asked, "--param", "who=tomas")
    assert status == 0
    assert [line.split() for line in said.splitlines()] == [["who", "at"], ["托马斯", "smithy"], ["1", "row"]]
    assert npc("query", world, server.uri, "MATCH (n:Nothing) RETURN n") == (0, "no rows")
    assert npc("query", world, server.uri, "CREATE (n:Intruder)") == (2, "this query would write, and may only read")
    assert npc("query", world, server.uri, "SELECT")[1].startswith("this is no Cypher: ")
    assert "did not answer within" in npc(
        "query", world, server.uri, "UNWIND range(1, 10000000000) AS x RETURN count(x + 1)", "--timeout", "1"
    )[1]  # fmt: skip


def test_a_saved_game_is_pushed(server: Server, npc: Any, tmp_path: Path) -> None:
    save = tmp_path / "slot7.npc"
    with game(server, slot="live") as engine:
        happen(engine, 20)
        engine.save(save)
        due = folded(compile_world(load_content(SMALL_WORLD)), engine.events).delta().new
    status, said = npc("push", SMALL_WORLD, server.uri, "--save", save)
    assert (status, said) == (0, f"ford/slot7: {len(engine.events)} events")
    assert there(server, "slot7") == due


@pytest.mark.parametrize("format", ["graphml", "json", "cypher"])
def test_a_graph_is_exported(npc: Any, server: Server, tmp_path: Path, format: str) -> None:
    save, file = tmp_path / "slot8.npc", tmp_path / f"out.{format}"
    with game(server, slot="exported") as engine:
        happen(engine, 15)
        engine.talk_to("mira").say('My name is "Anna" \\ `x` 安娜').line()
        engine.save(save)
        due = folded(compile_world(load_content(SMALL_WORLD)), engine.events).delta().new
    status, said = npc("export", SMALL_WORLD, file, "--format", format, "--save", save)
    assert (status, said) == (0, f"{file}: {len(due)} nodes and relationships")
    nodes = {key for key in due if isinstance(key, str)}
    if format == "cypher":
        bolt = open_bolt(settings(server))
        for statement in file.read_text("utf-8").splitlines():
            bolt.run((statement.rstrip(";"), {}))
        assert GraphStore(bolt, "ford", "slot8", "x").rows() == due
        bolt.close()
        return
    if format == "graphml":
        graph = nx.read_graphml(io.BytesIO(file.read_bytes()), force_multigraph=True)
    else:
        graph = nx.node_link_graph(json.loads(file.read_text("utf-8")), edges="edges")
    assert set(graph.nodes) == nodes
    assert graph.number_of_edges() == len(due) - len(nodes)
    assert graph.nodes["e:mira"]["name_zh"] == "米拉"
    assert npc("export", SMALL_WORLD, file)[1].endswith("exists already: choose another name, or delete that one first")


EDITED = [*sorted(VILLAGE.glob("personas/*.yaml")), *(VILLAGE / f"{one}.yaml" for one in ("facts", "places", "things"))]


@pytest.mark.slow
@pytest.mark.parametrize("path", sampled(EDITED, 2), ids=lambda path: path.name)
def test_an_edit_leaves_all_else_as_it_is(path: Path) -> None:
    text = path.read_bytes().decode()
    entries = Entries.of(path)
    if not entries.is_list:
        name = "names"
        entries.set_in(None, name, "en", "Someone Else")
    elif isinstance(first := entries.plain()[0], dict) and "names" in first:
        entries.set_in(lambda entry: entry == first, "names", "en", "Someone Else")
    elif path.name == "facts.yaml":
        entries.append({"fact": "a b c", "with": {"amount": 1}})
        entries.remove(lambda entry: entry == entries.plain()[-1])
    was, now = text.splitlines(), "".join(entries._lines).splitlines()
    assert len(was) == len(now)
    assert sum(one != other for one, other in zip(was, now, strict=True)) <= 1


def test_it_speaks_chinese_too(npc: Any, server: Server, world: Path, tmp_path: Path) -> None:
    zh = ("--lang", "zh")
    status, said = npc("push", world, server.uri, *zh)
    assert (status, said.startswith("ford/content："), said.endswith("个节点和关系")) == (0, True, True)
    assert npc("diff", world, server.uri, *zh) == (0, "没有差别")
    assert npc("pull", world, server.uri, *zh) == (0, "没有改动")
    assert npc("query", world, server.uri, "MATCH (n:Nothing) RETURN n", *zh) == (0, "没有结果")
    assert npc("query", world, server.uri, "RETURN 1", "--param", "who", *zh)[1].startswith("'who' 不是参数")


def test_an_export_is_told_in_either_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for lang, words in (("en", "nodes and relationships"), ("zh", "个节点和关系")):
        assert run(["graph", "export", str(SMALL_WORLD), str(tmp_path / f"{lang}.json"), "--lang", lang]) == 0
        assert words in capsys.readouterr().out
    assert run(["graph", "export", str(SMALL_WORLD), str(tmp_path / "zh.json"), "--lang", "zh"]) == 2
    assert "已经存在" in capsys.readouterr().err


def test_without_a_server_the_command_says_so(npc: Any) -> None:
    status, said = npc("push", SMALL_WORLD, "bolt://127.0.0.1:1")
    assert (status, said) == (2, "there is no graph server at bolt://127.0.0.1:1: Connection refused")
