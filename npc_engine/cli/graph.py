"""`npc graph`: a world as a picture; as a graph on a Neo4j server, there and back; or as one in a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from npc_engine.cli.draw import draw
from npc_engine.cli.models import Lang
from npc_engine.cli.played import played
from npc_engine.errors import GraphError, NpcError
from npc_engine.lang.en import English
from npc_engine.phrasebook import Phrasebook

if TYPE_CHECKING:
    from npc_engine.graphs import GraphSettings
    from npc_engine.graphs.bolt import Bolt


class _Graph(TyperGroup):
    """Takes a world's folder where a command should stand for `draw` and the folder."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is meant, and what follows it."""
        if args and args[0] not in self.commands and Path(args[0]).is_dir():
            args = ["draw", *args]
        return super().resolve_command(ctx, args)


graph_app = typer.Typer(
    cls=_Graph,
    help="A world as a picture (`npc graph WORLD` draws it), on a Neo4j server (push, pull, ask), or in a file.",
    no_args_is_help=True,
)
graph_app.command()(draw)

Folder = Annotated[Path, typer.Argument(metavar="WORLD", help="The folder that holds world.yaml.")]
Uri = Annotated[
    str,
    typer.Argument(
        metavar="URI",
        help="The server, as in bolt://neo4j@localhost:7687; its password is asked for, or in NPC_GRAPH_PASSWORD.",
    ),
]
Slot = Annotated[str, typer.Option(metavar="NAME", help="Which of the world's graphs: its content, or a game's.")]
Database = Annotated[str, typer.Option(metavar="NAME", help="The database on the server.")]
Save = Annotated[
    Path | None,
    typer.Option(metavar="SLOT", help="A save: its game, not the content alone.", show_default=False),
]
WithoutSecrets = Annotated[
    bool, typer.Option("--without-secrets", help="Leave out what is secret, and what was told in confidence.")
]
CONTENT = "content"
MOST_ROWS = 1000


class Format(StrEnum):
    """What a graph can be written as."""

    GRAPHML = "graphml"
    JSON = "json"
    CYPHER = "cypher"


@graph_app.command()
def push(
    folder: Folder,
    uri: Uri,
    save: Save = None,
    slot: Slot = CONTENT,
    database: Database = "neo4j",
    without_secrets: WithoutSecrets = False,
    lang: Lang = English.code,
) -> None:
    """Write a world's content to a server, in the place of what its graph held; or the game in a save.

    Other worlds and games in the database are left alone.

    Example: npc graph push world/ bolt://neo4j@localhost

    Example: npc graph push world/ bolt://neo4j@localhost --save slot1.npc
    """
    from npc_engine.content import load_content
    from npc_engine.graphs.pushing import push as write

    content, say = load_content(folder), _strings(lang)
    settings = replace(_settings(uri, slot, database, say), secrets=not without_secrets)
    if save is None:
        typer.echo(say("written", where=f"{content.world.id}/{slot}", count=write(content, settings)))
        return
    name = slot if slot != CONTENT else save.stem
    none, uri = say("no_save", file=save), settings.uri_of_user
    with played(content, save, no_save=none, graph=uri, password=settings.password, settings={
        "slot": name, "database": database, "secrets": settings.secrets, "timeout": settings.timeout,
    }) as engine:  # fmt: skip
        while not engine.wait_for_graph(0.2):
            graph = engine.status().graph
            if graph and graph.trouble:
                raise GraphError(graph.trouble)
        typer.echo(say("followed", where=f"{content.world.id}/{name}", count=len(engine.events)))


@graph_app.command()
def diff(
    folder: Folder, uri: Uri, slot: Slot = CONTENT, database: Database = "neo4j", lang: Lang = English.code
) -> None:
    """Show what was edited on the server since the content was pushed: facts, and what things are called.

    Example: npc graph diff world/ bolt://neo4j@localhost
    """
    from npc_engine.content import load_content
    from npc_engine.graphs.pulling import differences, in_graph, in_yaml

    content, say = load_content(folder), _strings(lang)
    with _opened(_settings(uri, slot, database, say)) as bolt:
        found = differences(in_yaml(content), in_graph(content, bolt, slot))
    for one in found:
        typer.echo(str(one))
    typer.echo(say(f"differences.{_number(len(found))}", count=len(found)))


@graph_app.command()
def pull(
    folder: Folder, uri: Uri, slot: Slot = CONTENT, database: Database = "neo4j", lang: Lang = English.code
) -> None:
    """Write what was edited on the server into the YAML; comments, order and all else in it stay as they are.

    What would not pass `npc check` is refused whole, and each mistake named.

    Example: npc graph pull world/ bolt://neo4j@localhost
    """
    from npc_engine.content import load_content
    from npc_engine.graphs.pulling import differences, in_graph, in_yaml
    from npc_engine.graphs.pulling import pull as write

    say = _strings(lang)
    _require_yaml(say)
    content = load_content(folder)
    with _opened(_settings(uri, slot, database, say)) as bolt:
        found = differences(in_yaml(content), in_graph(content, bolt, slot))
    written = write(content, found) if found else []
    for one in found:
        typer.echo(str(one))
    files = ", ".join(path.as_posix() for path in written)
    typer.echo(say("changed", files=files) if files else say("nothing_changed"))


@graph_app.command()
def query(
    folder: Folder,
    uri: Uri,
    cypher: Annotated[str, typer.Argument(metavar="CYPHER", help="A query that reads; $game is this graph's name.")],
    slot: Slot = CONTENT,
    database: Database = "neo4j",
    param: Annotated[
        list[str] | None, typer.Option(metavar="NAME=TEXT", help="A parameter of the query.", show_default=False)
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="How long it may take.")] = 10.0,
    lang: Lang = English.code,
) -> None:
    """Run a query on the server, which may only read, and show what it gives as a table.

    Example: npc graph query world/ bolt://neo4j@localhost "MATCH (p:Person {game: $game}) RETURN p.id, p.name_en"
    """
    from npc_engine.content import load_content
    from npc_engine.graphs import GraphWorld

    content, say = load_content(folder), _strings(lang)
    settings = replace(_settings(uri, slot, database, say), timeout=timeout)
    given = dict(_named(one, say) for one in param or ())
    world = GraphWorld.at(settings, content.predicates, content.world.id)
    try:
        rows = world.query(cypher, given)
    finally:
        world.close()
    _show(rows, say)


@graph_app.command()
def export(
    folder: Folder,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The file to write.", show_default="the output")
    ] = None,
    format: Annotated[Format, typer.Option(help="What to write it as.")] = Format.GRAPHML,
    save: Save = None,
    slot: Slot = CONTENT,
    without_secrets: WithoutSecrets = False,
    lang: Lang = English.code,
) -> None:
    """Write a world's content, or the game in a save, as a graph in a file; no server is needed.

    GraphML is read by Gephi, yEd and networkx, JSON (node-link) by d3 and networkx, Cypher by any Neo4j server.

    Example: npc graph export world/ world.graphml

    Example: npc graph export world/ slot1.cypher --save slot1.npc --format cypher
    """
    from npc_engine.content import load_content
    from npc_engine.content.compiling import compile_world
    from npc_engine.graphs import folded
    from npc_engine.graphs.exporting import exported

    content, say = load_content(folder), _strings(lang)
    events = []
    if save is not None:
        with played(content, save, no_save=say("no_save", file=save)) as engine:
            events = engine.events
        slot = slot if slot != CONTENT else save.stem
    fold = folded(compile_world(content), events, secrets=not without_secrets)
    lines = exported(fold, format.value, content.world.id, slot)
    if file is None:
        for line in lines:
            typer.echo(line)
        return
    try:
        with file.open("x", encoding="utf-8", newline="\n") as written:
            written.writelines(f"{line}\n" for line in lines)
    except FileExistsError:
        raise NpcError(say("exists", file=file)) from None
    typer.echo(say("written", where=file, count=len(fold.rows)))


def _strings(lang: str) -> Phrasebook:
    """Return what is said of graphs in a language, or else in the first."""
    return Phrasebook.load("npc_engine.cli", "graph.yaml")[lang]


def _number(count: int) -> str:
    """Return how many there are, as texts tell it apart."""
    return ("none", "one")[count] if count < 2 else "many"


def _settings(uri: str, slot: str, database: str, say: Phrasebook) -> GraphSettings:
    from npc_engine.graphs import GraphSettings
    from npc_engine.graphs.settings import PASSWORD

    settings = GraphSettings.of(uri, None, {"slot": slot, "database": database, "timeout": 30.0})
    if PASSWORD not in os.environ and sys.stdin is not None and sys.stdin.isatty():
        asked = say("password", user=settings.user)
        settings = replace(settings, password=typer.prompt(asked, hide_input=True, err=True))
    return settings


@contextmanager
def _opened(settings: GraphSettings) -> Iterator[Bolt]:
    from npc_engine.graphs.opening import open_bolt

    bolt = open_bolt(settings)
    try:
        yield bolt
    finally:
        bolt.close()


def _require_yaml(say: Phrasebook) -> None:
    from importlib.util import find_spec

    if find_spec("ruamel") is None or find_spec("ruamel.yaml") is None:
        raise NpcError(say("no_yaml"))


def _named(text: str, say: Phrasebook) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise NpcError(say("no_parameter", given=repr(text)))
    return name, value


def _show(rows: list[dict[str, Any]], say: Phrasebook) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    if rows:
        table = Table(*map(escape, rows[0]), box=None, pad_edge=False)
        for row in rows[:MOST_ROWS]:
            table.add_row(*("" if one is None else escape(str(one)) for one in row.values()))
        Console().print(table)
    shown = "some" if len(rows) > MOST_ROWS else _number(len(rows))
    typer.echo(say(f"rows.{shown}", count=len(rows), shown=MOST_ROWS))
