"""py2neo: it speaks Bolt 4.0 to 4.3, which servers up to 2026.08 take.

Only `Graph.run` and `Graph.begin` of it are used, with Cypher and ids of our own: the rest leans on `id()` and on
procedures that went with Neo4j 5. It can't limit how long a query takes, so a clock hangs up, and the server ends it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event, Timer
from typing import Any, TypeVar

import py2neo
from py2neo.errors import Neo4jError

from npc_engine.graphs.bolt import Query, broken_off, refused, too_long, unreachable
from npc_engine.graphs.settings import GraphSettings

T = TypeVar("T")

logging.getLogger("py2neo").addHandler(logging.NullHandler())  # what breaks is told by an error, not on stderr


class Py2neoBolt:
    """A connection through py2neo."""

    def __init__(self, settings: GraphSettings) -> None:
        self._settings = settings
        self.library = f"py2neo {py2neo.__version__}"
        self._graph: Any = None
        self._connected = False
        self.server = self._told(self._version)
        self._connected = True

    def read(self, query: Query) -> list[dict[str, Any]]:
        """Return the rows that a query gives."""
        late = Event()

        def hang_up() -> None:
            late.set()
            self.close()

        def work() -> list[dict[str, Any]]:
            graph = self._opened()
            tx = graph.begin(readonly=True)
            rows: list[dict[str, Any]] = tx.run(*query).data()
            graph.commit(tx)
            return rows

        clock = Timer(self._settings.timeout, hang_up)
        clock.daemon = True
        clock.start()
        try:
            return self._told(work)
        except Exception as error:
            if late.is_set():
                raise too_long(self._settings) from error
            raise
        finally:
            clock.cancel()

    def write(self, queries: Sequence[Query]) -> list[list[dict[str, Any]]]:
        """Run queries in one transaction if the first gives rows, and return the rows of each."""

        def work() -> list[list[dict[str, Any]]]:
            graph = self._opened()
            tx = graph.begin()
            try:
                rows = [tx.run(*queries[0]).data()]
                if not rows[0]:
                    graph.rollback(tx)
                    return rows
                rows += [tx.run(*query).data() for query in queries[1:]]
            except BaseException:
                with suppress(Exception):  # a transaction that failed is over already
                    graph.rollback(tx)
                raise
            graph.commit(tx)
            return rows

        return self._told(work)

    def run(self, query: Query) -> None:
        """Run a query in a transaction of its own."""
        self._told(lambda: self._opened().run(*query).data())

    def close(self) -> None:
        """Hang up; what is asked next opens a new connection."""
        graph, self._graph = self._graph, None
        if graph is not None:
            with suppress(Exception):  # of a connection that is gone already
                graph.service.connector.close()

    def _opened(self) -> Any:
        if self._graph is None:
            one = self._settings
            self._graph = py2neo.Graph(one.uri, name=one.database, user=one.user, password=one.password)
        return self._graph

    def _version(self) -> str:
        asked = "CALL dbms.components() YIELD name, versions RETURN name, versions[0] AS version"
        parts = {row["name"]: row["version"] for row in self._opened().run(asked).data()}
        return str(parts.get("Neo4j Kernel") or next(iter(parts.values())))  # later servers name Cypher as well

    def _told(self, work: Callable[[], T]) -> T:
        """Return what comes of work; what goes wrong is one sentence."""
        try:
            return work()
        except Exception as error:
            if not isinstance(error, Neo4jError):
                self.close()
            for one in _chain(error):  # a wrong password is told by the error that led to this one
                if isinstance(one, Neo4jError):
                    raise refused(self._settings, one.code or "", one.message or "") from error
            if self._connected:
                raise broken_off(self._settings) from error
            root = [one for one in _chain(error) if isinstance(one, OSError)]
            raise unreachable(self._settings, root[-1] if root else error) from error


def _chain(error: BaseException) -> list[BaseException]:
    found = [error]
    while (before := found[-1].__cause__ or found[-1].__context__) is not None:
        found.append(before)
    return found


def connect(settings: GraphSettings) -> Py2neoBolt:
    """Return a connection."""
    return Py2neoBolt(settings)
