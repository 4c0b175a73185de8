"""A connection to a Neo4j server, whichever library speaks with it."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from npc_engine.errors import GraphError, GraphRefusedError, GraphTimeoutError, GraphUnreachableError, in_one_line
from npc_engine.graphs.settings import GraphSettings

Query = tuple[str, Mapping[str, Any]]
"""Cypher, and its parameters."""


class Bolt(Protocol):
    """One connection, used by one thread at a time.

    Raises (every method):
        GraphError: it can't be done; in one sentence, why.
    """

    server: str
    """The server's version, such as `5.26.30`."""
    library: str
    """What speaks with it, such as `py2neo 2021.2.4`."""

    def read(self, query: Query) -> list[dict[str, Any]]:
        """Return the rows that a query gives; one that would write is refused by the server."""

    def write(self, queries: Sequence[Query]) -> list[list[dict[str, Any]]]:
        """Run queries in one transaction, all or nothing, and return the rows of each.

        Where the first gives no rows, nothing is done, and there are no rows of the others.
        """

    def run(self, query: Query) -> None:
        """Run a query in a transaction of its own, such as one that makes an index."""

    def close(self) -> None:
        """Hang up."""


def speaks_as_py2neo(settings: GraphSettings) -> bool:
    """Return whether a server speaks one of the protocols that py2neo does, Bolt 4.0 to 4.3.

    Raises:
        GraphUnreachableError: there is no server, or what is there is none.
    """
    if settings.scheme != "bolt":
        return True  # py2neo finds out by itself behind the encryption
    try:
        with socket.create_connection((settings.host, settings.port), timeout=settings.timeout) as wire:
            wire.sendall(b"\x60\x60\xb0\x17" + b"\x00\x03\x03\x04" + b"\x00" * 12)
            answer = wire.recv(4)
    except OSError as error:
        raise unreachable(settings, error) from error
    if len(answer) < 4 or answer == b"HTTP":
        raise GraphUnreachableError(f"what answers at {settings.uri} is no Neo4j server: it does not speak Bolt")
    return answer != b"\x00\x00\x00\x00"


def unreachable(settings: GraphSettings, error: BaseException) -> GraphUnreachableError:
    """Return the error that says that a server is not there."""
    reason = getattr(error, "strerror", None) or in_one_line(error)
    return GraphUnreachableError(f"there is no graph server at {settings.uri}: {reason}")


def broken_off(settings: GraphSettings) -> GraphUnreachableError:
    """Return the error that says that a server was there and broke off."""
    return GraphUnreachableError(f"the graph server at {settings.uri} broke off the connection")


def too_long(settings: GraphSettings) -> GraphTimeoutError:
    """Return the error that says that a query took too long."""
    return GraphTimeoutError(f"the graph at {settings.uri} did not answer within {settings.timeout:g} s")


def refused(settings: GraphSettings, code: str, message: str) -> GraphError:
    """Return the error for a status code of Neo4j's, such as `Neo.ClientError.Security.Unauthorized`."""
    where, kind = settings.uri, code.removeprefix("Neo.")
    if kind.startswith("ClientError.Security.Unauthorized") or kind.endswith("AuthenticationRateLimit"):
        return GraphRefusedError(f"the graph at {where} does not take this password for the user {settings.user!r}")
    if kind.startswith("ClientError.Security.CredentialsExpired"):
        return GraphRefusedError(f"the password of {settings.user!r} at {where} must be changed before it can be used")
    if kind.endswith("DatabaseNotFound"):
        return GraphRefusedError(f"there is no database {settings.database!r} at {where}")
    if kind.endswith(("TransactionTimedOut", "TransactionTimedOutClientConfiguration")):
        return too_long(settings)
    if kind.endswith("AccessMode"):
        return GraphRefusedError("this query would write, and may only read")
    if kind.endswith(("WriteOnReadOnlyAccessDatabase", "ForbiddenOnReadOnlyDatabase", "ReadOnlyDbException")) or (
        "read-only" in message
    ):
        return GraphRefusedError(f"the graph at {where} takes nothing in: its database may only be read")
    if "Statement.SyntaxError" in kind or "ParameterMissing" in kind or "SemanticError" in kind:
        return GraphRefusedError(f"this is no Cypher: {message}")
    if kind.startswith("TransientError") or kind.endswith(("DatabaseUnavailable", "DatabaseShutdown")):
        return GraphUnreachableError(f"the graph at {where} can't do it just now: {_line(message)}")
    if kind.startswith("DatabaseError"):
        return GraphRefusedError(
            f"the graph at {where} could not write: is its disk full? Its own log says more ({_line(message)})"
        )
    return GraphRefusedError(f"the graph at {where} refused: {_line(message)}")


def _line(message: str) -> str:
    return " ".join(message.split())[:300]
