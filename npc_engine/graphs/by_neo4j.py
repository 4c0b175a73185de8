"""Neo4j's own driver: for servers that py2neo can't speak with, and for who asks for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import neo4j
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    UnsupportedServerProduct,
)

from npc_engine.errors import GraphRefusedError, in_one_line
from npc_engine.graphs.bolt import Query, broken_off, refused, unreachable
from npc_engine.graphs.settings import GraphSettings

T = TypeVar("T")

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what breaks is told by the error, not on a game's stderr


class DriverBolt:
    """A connection through Neo4j's driver."""

    def __init__(self, settings: GraphSettings) -> None:
        self._settings = settings
        self.library = f"neo4j {neo4j.__version__}"
        self.server = "0.0"
        self._connected = False
        self._driver = neo4j.GraphDatabase.driver(
            settings.uri,
            auth=(settings.user, settings.password),
            connection_timeout=settings.timeout,
            connection_acquisition_timeout=settings.timeout,
            max_transaction_retry_time=0,
            user_agent="npc-engine",
        )
        try:
            self.server = self._told(self._driver.get_server_info).agent.removeprefix("Neo4j/")
        except BaseException:
            self.close()
            raise
        self._connected = True

    def read(self, query: Query) -> list[dict[str, Any]]:
        """Return the rows that a query gives."""
        limited = neo4j.unit_of_work(timeout=self._settings.timeout)

        def work() -> list[dict[str, Any]]:
            with self._session("READ") as session:
                return session.execute_read(limited(lambda tx: _rows(tx, query)))

        return self._told(work)

    def write(self, queries: Sequence[Query]) -> list[list[dict[str, Any]]]:
        """Run queries in one transaction if the first gives rows, and return the rows of each."""

        def work() -> list[list[dict[str, Any]]]:
            with self._session("WRITE") as session, session.begin_transaction() as tx:
                rows = [_rows(tx, queries[0])]
                if not rows[0]:
                    return rows  # a transaction that is left without a commit is rolled back
                rows += [_rows(tx, query) for query in queries[1:]]
                tx.commit()
                return rows

        return self._told(work)

    def run(self, query: Query) -> None:
        """Run a query in a transaction of its own."""

        def work() -> None:
            with self._session("WRITE") as session:
                session.run(query[0], dict(query[1])).consume()

        self._told(work)

    def close(self) -> None:
        """Hang up."""
        self._driver.close()

    def _session(self, mode: str) -> neo4j.Session:
        return self._driver.session(database=self._settings.database, default_access_mode=mode)

    def _told(self, work: Callable[[], T]) -> T:
        """Return what comes of work; what goes wrong is one sentence."""
        try:
            return work()
        except (ServiceUnavailable, SessionExpired, IncompleteCommit, OSError) as error:
            if self._connected:
                raise broken_off(self._settings) from error
            raise unreachable(self._settings, error) from error
        except AuthError as error:
            raise refused(self._settings, error.code or "Neo.ClientError.Security.Unauthorized", "") from error
        except (UnsupportedServerProduct, ConfigurationError) as error:
            raise GraphRefusedError(f"the server at {self._settings.uri} is of no version that {self.library} speaks "
                                    f"with: {in_one_line(error)}") from error  # fmt: skip
        except Neo4jError as error:
            raise refused(self._settings, error.code or "", error.message or "") from error
        except DriverError as error:
            raise GraphRefusedError(f"the graph at {self._settings.uri} refused: {in_one_line(error)}") from error


def _rows(tx: neo4j.Transaction | neo4j.ManagedTransaction, query: Query) -> list[dict[str, Any]]:
    return tx.run(query[0], dict(query[1])).data()


def connect(settings: GraphSettings) -> DriverBolt:
    """Return a connection."""
    return DriverBolt(settings)
