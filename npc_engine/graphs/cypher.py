"""Deltas as Cypher. Labels and types come from the mapping alone and are escaped; all else travels as parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from npc_engine.graphs import mapping
from npc_engine.graphs.bolt import Query
from npc_engine.graphs.rows import Delta, Key, Row

NODE, GAME = "NpcNode", "NpcGame"
"""The label of every node of ours beside its own; that of the node which says how far a game's graph has come."""

OWN = frozenset((*mapping.LABELS.values(), mapping.VALUE, mapping.STATEMENT))

SCHEMA = (
    f"CREATE CONSTRAINT npc_node IF NOT EXISTS FOR (n:{NODE}) REQUIRE n.key IS UNIQUE",
    f"CREATE CONSTRAINT npc_game IF NOT EXISTS FOR (n:{GAME}) REQUIRE n.key IS UNIQUE",
    f"CREATE INDEX npc_of_game IF NOT EXISTS FOR (n:{NODE}) ON (n.game)",
    f"CREATE INDEX npc_statement IF NOT EXISTS FOR (n:{mapping.STATEMENT}) ON (n.id)",
    f"CREATE INDEX npc_person IF NOT EXISTS FOR (n:{mapping.LABELS['person']}) ON (n.id)",
)
"""What makes looking for a node quick, and two of the same impossible."""


def escaped(name: str) -> str:
    """Return a label or a type as it stands in a query."""
    return "`" + name.replace("`", "``") + "`"


def node_key(game: str, id_: str) -> str:
    """Return the key of a node among all the games in a database."""
    return f"{game}|{id_}"


def queries(game: str, world: str, slot: str, delta: Delta) -> Iterator[Query]:
    """Yield what writes a delta, in an order in which it can be done."""
    edges = [key for key in delta.gone if not isinstance(key, str)]
    for type_, keys in _by(edges, lambda key: key[0]):
        yield (
            f"UNWIND $rows AS row MATCH (a:{NODE} {{key: row.a}})-[r:{escaped(type_)} {{key: row.key}}]->"
            f"(b:{NODE} {{key: row.b}}) DELETE r",
            {"rows": [_ends(game, key) for key in keys]},
        )
    if nodes := [node_key(game, key) for key in delta.gone if isinstance(key, str)]:
        yield f"UNWIND $keys AS key MATCH (n:{NODE} {{key: key}}) DETACH DELETE n", {"keys": nodes}
    of_game = {"game": game, "world": world, "slot": slot}
    for made, rows in ((True, delta.new), (False, delta.changed)):
        named = [(key, row) for key, row in rows.items() if isinstance(key, str)]
        for label, several in _by(named, lambda one: one[1].label):
            yield _nodes(label, [_node(game, key, row, of_game) for key, row in several], made=made)
    for made, rows in ((True, delta.new), (False, delta.changed)):
        joined = [(key, row) for key, row in rows.items() if not isinstance(key, str)]
        for type_, several in _by(joined, lambda one: one[0][0]):
            said = [_ends(game, key) | {"said": {**row.said, "key": key[3]}} for key, row in several]
            yield _edges(type_, said, made=made)


def _nodes(label: str, rows: list[dict[str, Any]], *, made: bool) -> Query:
    assert label in OWN
    if made:
        return f"UNWIND $rows AS row CREATE (n:{NODE}:{escaped(label)}) SET n = row", {"rows": rows}
    others = "".join(f":{escaped(one)}" for one in sorted(OWN - {label}))
    return (
        f"UNWIND $rows AS row MATCH (n:{NODE} {{key: row.key}}) REMOVE n{others} SET n = row, n:{escaped(label)}",
        {"rows": rows},
    )


def _edges(type_: str, rows: list[dict[str, Any]], *, made: bool) -> Query:
    ends = f"UNWIND $rows AS row MATCH (a:{NODE} {{key: row.a}}) MATCH (b:{NODE} {{key: row.b}})"
    if made:
        return f"{ends} CREATE (a)-[r:{escaped(type_)}]->(b) SET r = row.said", {"rows": rows}
    return f"{ends} MATCH (a)-[r:{escaped(type_)} {{key: row.key}}]->(b) SET r = row.said", {"rows": rows}


def _node(game: str, key: str, row: Row, of_game: dict[str, Any]) -> dict[str, Any]:
    return {**row.said, **of_game, "key": node_key(game, key)}


def _ends(game: str, key: Key) -> dict[str, Any]:
    assert not isinstance(key, str)
    return {"a": node_key(game, key[1]), "b": node_key(game, key[2]), "key": key[3]}


def _by(items: Iterable[Any], name: Any) -> Iterator[tuple[str, list[Any]]]:
    for one, several in groupby(sorted(items, key=name), key=name):
        yield one, list(several)
