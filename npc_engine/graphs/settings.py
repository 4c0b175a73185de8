"""Where a graph server is and how it is used, as a game or a command says it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote, unquote, urlsplit

from npc_engine.errors import ArgumentError, did_you_mean

PASSWORD = "NPC_GRAPH_PASSWORD"
"""The environment variable that holds the password where none is given."""

SCHEMES = ("bolt", "bolt+s", "bolt+ssc")
PORT = 7687

Library = Literal["auto", "py2neo", "neo4j"]
"""What speaks with the server; `auto` is py2neo where the server still speaks as it does, else Neo4j's own driver."""


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """Where a graph server is and how it is used.

    `slot` names the game among those in the database; `secrets=False` leaves out what is secret or was told in
    confidence; `timeout` is how many seconds a query may take; `library` is what speaks with the server.
    """

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    database: str = "neo4j"
    slot: str = ""
    secrets: bool = True
    timeout: float = 5.0
    library: Library = "auto"

    @property
    def uri(self) -> str:
        """Where the server is, without the password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def uri_of_user(self) -> str:
        """Where the server is, with the user: what `of` makes the same settings of."""
        return self.uri.replace("://", f"://{quote(self.user, safe='')}@", 1)

    @classmethod
    def of(cls, uri: str, password: str | None = None, settings: Mapping[str, Any] | None = None) -> GraphSettings:
        """Return the settings for `bolt://user@host:7687`; the password is an argument, or NPC_GRAPH_PASSWORD.

        Raises:
            ArgumentError: it is no such address, it has a password in it, or there is no such setting.
        """
        split = urlsplit(uri) if isinstance(uri, str) else None
        if split is None or split.scheme not in SCHEMES or not split.hostname:
            # Not repeated: there may be a password in what is no address.
            raise ArgumentError(f"a graph is reached at an address such as bolt://neo4j@localhost:{PORT}")
        if split.password is not None:
            raise ArgumentError(f"a password has no place in an address: give graph_password, or set {PASSWORD}")
        try:
            port = split.port or PORT
        except ValueError:
            raise ArgumentError("the port in a graph's address is a number up to 65535") from None
        if split.path.strip("/") or split.query or split.fragment:
            raise ArgumentError(f"a graph's address ends with the port, such as {PORT}: say more in graph_settings")
        given = dict(settings or {})
        checks = {"database": str, "slot": str, "secrets": bool, "timeout": (int, float), "library": str}
        for name, value in given.items():
            if name not in checks:
                raise ArgumentError(f"there is no graph setting {name!r}{did_you_mean(str(name), checks)}")
            if not isinstance(value, checks[name]) or (name == "timeout" and not value > 0):  # type: ignore[arg-type]
                raise ArgumentError(f"the graph setting {name!r} can't be {value!r}")
        if given.get("library", "auto") not in ("auto", "py2neo", "neo4j"):
            raise ArgumentError("the graph setting 'library' is auto, py2neo or neo4j")
        secret = os.environ.get(PASSWORD, "") if password is None else password
        user = unquote(split.username) if split.username else "neo4j"
        return cls(split.scheme, split.hostname, port, user, secret, **given)
