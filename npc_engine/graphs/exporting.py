"""A graph as a file: GraphML and node-link JSON through networkx, or Cypher that makes it anew on any server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import networkx as nx

from npc_engine.graphs.cypher import NODE, SCHEMA, escaped, node_key
from npc_engine.graphs.fold import Fold
from npc_engine.graphs.rows import EdgeKey, Row

Format = Literal["graphml", "json", "cypher"]
"""What a graph can be written as."""

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def exported(fold: Fold, format: Format, world: str, slot: str) -> Iterator[str]:
    """Yield the lines of a graph in a format; `world` and `slot` name the game, as on a server."""
    rows = fold.delta().new
    nodes = {key: row for key, row in rows.items() if isinstance(key, str)}
    edges = {key: row for key, row in rows.items() if not isinstance(key, str)}
    if format == "cypher":
        yield from _cypher(nodes, edges, {"game": f"{world}/{slot}", "world": world, "slot": slot})
    elif format == "json":
        plain = nx.node_link_data(drawn(nodes, edges), edges="edges")
        yield json.dumps(plain, ensure_ascii=False, indent=1)
    else:
        yield from nx.generate_graphml(drawn(nodes, edges, flat=True))


def drawn(nodes: Mapping[str, Row], edges: Mapping[EdgeKey, Row], *, flat: bool = False) -> nx.MultiDiGraph[str]:
    """Return rows as a networkx graph; `flat` makes a text of every list, and leaves out what XML can't hold."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    said = _flat if flat else dict
    for key, row in nodes.items():
        graph.add_node(key, label=row.label, **said(row.said))
    for (type_, a, b, within), row in edges.items():
        graph.add_edge(a, b, key=f"{type_} {within}".strip(), type=type_, **_unlike_key(said(row.said)))
    return graph


def _unlike_key(said: dict[str, Any]) -> dict[str, Any]:
    """Return properties under names that networkx does not take for its own."""
    return {f"{name}_" if name in ("key", "type", "u_for_edge", "v_for_edge") else name: v for name, v in said.items()}


def _flat(said: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: json.dumps(one, ensure_ascii=False) if isinstance(one, list) else one for name, one in said.items()}
    return {name: _NO_XML.sub("\ufffd", one) if isinstance(one, str) else one for name, one in texts.items()}


def _cypher(nodes: Mapping[str, Row], edges: Mapping[EdgeKey, Row], of_game: dict[str, str]) -> Iterator[str]:
    game = of_game["game"]
    yield from (f"{statement};" for statement in SCHEMA)
    for key, row in nodes.items():
        said = {**row.said, **of_game, "key": node_key(game, key)}
        yield f"CREATE (:{NODE}:{escaped(row.label)} {_literal(said)});"
    for (type_, a, b, within), row in edges.items():
        ends = (_literal({"key": node_key(game, end)}) for end in (a, b))
        yield "MATCH (a:{0} {1}) MATCH (b:{0} {2}) CREATE (a)-[:{3} {4}]->(b);".format(
            NODE, *ends, escaped(type_), _literal({**row.said, "key": within})
        )


def _literal(value: Any) -> str:
    """Return a value as it stands in Cypher."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{escaped(name)}: {_literal(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, str):  # JSON's escapes are Cypher's; what is beyond ASCII is escaped, so a file has no say
        return json.dumps(value)
    return json.dumps(value)
