"""One game's graph on a server: what stands there, how far it has come, and who writes it."""

from __future__ import annotations

from typing import Any, NamedTuple

from npc_engine.errors import GraphRefusedError
from npc_engine.graphs.bolt import Bolt, Query
from npc_engine.graphs.cypher import GAME, NODE, SCHEMA, node_key, queries
from npc_engine.graphs.rows import Delta, Key, Row

AT_ONCE = 5000
"""Rows that one transaction writes at most."""

UNFINISHED = -1
"""How far a graph has come that is being written anew: nowhere."""


class Mark(NamedTuple):
    """How far a graph has come: the id of the last event, a digest of all up to it, and what they were folded with."""

    last: int
    digest: str
    stamp: str


class TakenOverError(GraphRefusedError):
    """Another game writes the same graph."""


class GraphStore:
    """The graph of one game, among others in a database. `writer` is who may write it; whoever comes last may.

    Raises (every method):
        GraphError: the server can't be had, or would not do it.
    """

    def __init__(self, bolt: Bolt, world: str, slot: str, writer: str) -> None:
        self.bolt = bolt
        self.world, self.slot, self.game = world, slot, f"{world}/{slot}"
        self._writer = writer

    def prepare(self) -> None:
        """See that the indexes are there, and take over."""
        for statement in SCHEMA:
            self.bolt.run((statement, {}))
        self.take_over()

    def take_over(self) -> None:
        """Be the one who writes it from now on."""
        taken = {"writer": self._writer, "world": self.world, "slot": self.slot}
        self.bolt.write([(f"MERGE (g:{GAME} {{key: $game}}) SET g += $said RETURN 1 AS taken", self._about(taken))])

    def mark(self) -> Mark | None:
        """Return how far it has come; None where there is no graph, or half of one."""
        rows = self.bolt.read(
            (f"MATCH (g:{GAME} {{key: $game}}) RETURN g.last AS last, g.digest AS digest, g.stamp AS stamp",
             {"game": self.game})
        )  # fmt: skip
        if not rows or rows[0]["last"] is None or rows[0]["last"] == UNFINISHED:
            return None
        return Mark(**rows[0])

    def clear(self) -> None:
        """Delete all of it, a part at a time; what is left half done is told by the mark."""
        self._write([], Mark(UNFINISHED, "", ""))
        while True:
            part = f"MATCH (n:{NODE} {{game: $game}}) WITH n LIMIT {AT_ONCE} DETACH DELETE n RETURN count(*) AS gone"
            rows = self._write([(part, {"game": self.game})], Mark(UNFINISHED, "", ""))
            if not rows[0] or rows[0][0]["gone"] == 0:
                return

    def write(self, delta: Delta, mark: Mark) -> None:
        """Write what changed, and the mark with it, in one transaction; what is too much for one, in several.

        Between those the mark says that it is unfinished.
        """
        parts = list(delta.parts(AT_ONCE))
        for number, part in enumerate(parts, 1):
            done = mark if number == len(parts) else Mark(UNFINISHED, "", "")
            self._write([*queries(self.game, self.world, self.slot, part)], done)

    def remove(self) -> None:
        """Delete all of it, and that there ever was such a graph, whoever wrote it."""
        self.take_over()
        self.clear()
        self.bolt.write([(f"MATCH (g:{GAME} {{key: $game}}) DELETE g RETURN 1 AS gone", self._about({}))])

    def rows(self) -> dict[Key, Row]:
        """Return every row that stands there."""
        nodes = self.bolt.read(
            (f"MATCH (n:{NODE} {{game: $game}}) RETURN labels(n) AS labels, properties(n) AS said", {"game": self.game})
        )
        edges = self.bolt.read(
            (f"MATCH (a:{NODE} {{game: $game}})-[r]->(b:{NODE}) "
             "RETURN type(r) AS type, a.key AS a, b.key AS b, properties(r) AS said", {"game": self.game})
        )  # fmt: skip
        skip = len(node_key(self.game, ""))
        found: dict[Key, Row] = {}
        for one in nodes:
            (label,) = set(one["labels"]) - {NODE}
            said = {name: value for name, value in one["said"].items() if name not in ("game", "world", "slot", "key")}
            found[one["said"]["key"][skip:]] = Row(said, label)
        for one in edges:
            said = dict(one["said"])
            found[one["type"], one["a"][skip:], one["b"][skip:], said.pop("key", "")] = Row(said)
        return found

    def _write(self, work: list[Query], mark: Mark) -> list[list[dict[str, Any]]]:
        """Write, and the mark with it, in one transaction, if this is still who may."""
        # The lock comes before the look: a transaction that was given up on may yet be committed by the server.
        held = f"MATCH (g:{GAME} {{key: $game}}) SET g.held = true WITH g WHERE g.writer = $writer"
        ours = f"{held} SET g += $said RETURN 1 AS ours"
        rows = self.bolt.write([(ours, self._about(mark._asdict())), *work])
        if not rows[0]:
            raise TakenOverError(f"another game writes the graph {self.game!r}: give graph_settings another slot")
        return rows[1:]

    def _about(self, said: dict[str, Any]) -> dict[str, Any]:
        return {"game": self.game, "writer": self._writer, "said": said}


def games(bolt: Bolt) -> list[dict[str, Any]]:
    """Return which games have a graph in a database, and how far each has come."""
    return bolt.read((f"MATCH (g:{GAME}) RETURN g.world AS world, g.slot AS slot, g.last AS last ORDER BY g.key", {}))
