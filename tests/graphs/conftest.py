"""A server for the tests of this folder: one a session, started when it is first wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from npc_engine.graphs import GraphSettings

from .server import Server, UnavailableError


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The long-term support release, running."""
    try:
        one = Server()
        one.start()
    except UnavailableError as error:
        pytest.skip(str(error))
    yield one
    one.remove()


@pytest.fixture(params=["py2neo", "neo4j"])
def library(request: pytest.FixtureRequest) -> str:
    """What speaks with the server."""
    return str(request.param)


def settings(server: Server, **given: Any) -> GraphSettings:
    """Return the settings for a server."""
    return GraphSettings.of(server.uri, server.password, {"slot": "test", "timeout": 20.0, **given})
