"""A server for the tests of this folder: one a session, started when it is first wanted."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from npc_engine.graphs import GraphSettings

from .server import Server, one_running


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The long-term support release, running."""
    yield from one_running()


@pytest.hookimpl(tryfirst=True)  # before pytest picks by what is slow
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a server as slow, for it takes ten seconds to start.

    Nothing here fails for sockets that py2neo leaves to the garbage collector when a connection breaks.
    """
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"))
            if "server" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def no_sockets_left() -> Iterator[None]:
    """Have the garbage collected here, and not in the middle of somebody else's test."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(params=["py2neo", "neo4j"])
def library(request: pytest.FixtureRequest) -> str:
    """What speaks with the server."""
    return str(request.param)


def settings(server: Server, **given: Any) -> GraphSettings:
    """Return the settings for a server."""
    return GraphSettings.of(server.uri, server.password, {"slot": "test", "timeout": 20.0, **given})
