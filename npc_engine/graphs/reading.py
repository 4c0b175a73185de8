"""Asking a world whose statements stand on a graph server; the answers are those of a world in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from threading import Lock
from typing import Any

from npc_engine.errors import GraphTimeoutError, GraphUnreachableError
from npc_engine.graphs import mapping
from npc_engine.graphs.bolt import Bolt
from npc_engine.graphs.cypher import NODE, escaped, node_key
from npc_engine.graphs.mapping import entity_key
from npc_engine.graphs.opening import open_bolt
from npc_engine.graphs.settings import GraphSettings
from npc_engine.world import Predicate, Statement
from npc_engine.world.asking import Askable
from npc_engine.world.periods import Placed


class GraphWorld(Askable):
    """A world on a graph server. It may be asked from any thread; one question waits for another.

    Raises (every method that asks):
        GraphTimeoutError: the answer took longer than the settings' `timeout`.
        GraphError: the server can't be had, or would not do it.
    """

    def __init__(self, opened: Callable[[], Bolt], predicates: Mapping[str, Predicate], world: str, slot: str) -> None:
        """Read one game's world over a connection that is opened when it is first asked; see `at`."""
        self.game = f"{world}/{slot}"
        self.follow(predicates)
        self._opened = opened
        self._bolt: Bolt | None = None
        self._lock = Lock()

    @classmethod
    def at(cls, settings: GraphSettings, predicates: Mapping[str, Predicate], world: str) -> GraphWorld:
        """Return the world of a game on a server; `settings.slot` says which game."""
        return cls(lambda: open_bolt(settings), predicates, world, settings.slot)

    def follow(self, predicates: Mapping[str, Predicate]) -> None:
        """Go by these predicates from now on, as authors have edited them."""
        self.predicates = predicates
        self._types = mapping.types(predicates)

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return the rows of a query of your own; it may only read, and `$game` is this game's."""
        with self._lock:
            if self._bolt is None:
                self._bolt = self._opened()
            try:
                return self._bolt.read((cypher, {"game": self.game, **(parameters or {})}))
            except (GraphTimeoutError, GraphUnreachableError):
                self._bolt.close()
                self._bolt = None
                raise

    def close(self) -> None:
        """Hang up; another question opens a new connection."""
        with self._lock:
            if self._bolt is not None:
                self._bolt.close()
            self._bolt = None

    def _find(
        self, subject: str | None, predicate: str | None, object: str | None, at: datetime | None
    ) -> Iterator[Placed]:
        given = {"a": self._key(subject), "b": self._key(object), "predicate": predicate}
        a = f"(a:{NODE} {{{'game: $game' if subject is None else 'key: $a'}}})"
        b = f"(b:{NODE} {{key: $b}})" if object is not None else "(b)"
        if subject is None and object is not None:
            a = "(a)"
        where = "" if predicate is None else " AND r.predicate = $predicate"
        cypher = f"MATCH {a}-[r:{self._among(predicate)}]->{b} WHERE {_holding(at)}{where} {_RETURN}"
        return self._placed(cypher, {**given, **_moment(at)})

    def _periods(self, subject: str | None, predicate: str | None) -> Iterator[Statement]:
        a = "game: $game" if subject is None else "key: $a"
        where = "" if predicate is None else "WHERE r.predicate = $predicate"
        cypher = f"MATCH (a:{NODE} {{{a}}})-[r:{self._among(predicate)}]->(b) {where} {_RETURN}"
        return (one.statement for one in self._placed(cypher, {"a": self._key(subject), "predicate": predicate}))

    def _touching(self, entities: frozenset[str], at: datetime | None) -> Iterator[Placed]:
        cypher = (
            f"UNWIND $keys AS key MATCH (n:{NODE} {{key: key}})-[r:{self._among(None)}]-() WHERE {_holding(at)} "
            "WITH DISTINCT r, startNode(r) AS a, endNode(r) AS b " + _RETURN
        )
        return self._placed(cypher, {"keys": [self._key(one) for one in sorted(entities)], **_moment(at)})

    def _placed(self, cypher: str, given: Mapping[str, Any]) -> Iterator[Placed]:
        return (mapping.placed(row["a"], row["b"], row["said"]) for row in self.query(cypher, given))

    def _among(self, predicate: str | None) -> str:
        """Return the types that statements with a predicate may have."""
        if predicate is not None:
            return escaped(self._types.get(predicate, mapping.OTHER))
        return "|".join(escaped(one) for one in (*self._types.values(), mapping.OTHER))

    def _key(self, entity: str | None) -> str | None:
        return None if entity is None else node_key(self.game, entity_key(entity))


_RETURN = "RETURN a.id AS a, b.id AS b, properties(r) AS said"


def _holding(at: datetime | None) -> str:
    if at is None:
        return "r.until IS NULL"
    return "(r.since IS NULL OR r.since <= $at) AND (r.until IS NULL OR $at < r.until)"


def _moment(at: datetime | None) -> dict[str, Any]:
    if at is None:
        return {}
    datetime.min < at  # noqa: B015 - of a time with a zone the same is said as by a world in memory
    return {"at": at.isoformat()}
