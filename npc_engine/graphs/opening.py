"""Opening a connection: which library speaks with which server."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from npc_engine.errors import GraphRefusedError
from npc_engine.graphs.bolt import Bolt, speaks_as_py2neo
from npc_engine.graphs.limited import LimitedBolt
from npc_engine.graphs.settings import GraphSettings

OLDEST = (4, 4)
"""The oldest server that is supported."""


def open_bolt(settings: GraphSettings) -> Bolt:
    """Return a connection to a server, through py2neo where the server still speaks as it does, else Neo4j's driver.

    Raises:
        GraphError: there is none, it takes another password, it is too old, or no library is installed.
    """
    wanted = ("py2neo", "neo4j") if settings.library == "auto" else (settings.library,)
    there = {library: module for library in wanted if (module := _library(library))}
    if there and not speaks_as_py2neo(settings) and settings.library == "auto":  # asked first: is anybody there?
        there.pop("py2neo", None)
    if not there:
        raise GraphRefusedError(
            f"the graph at {settings.uri} needs {wanted[-1]}, which is not installed: pip install {wanted[-1]}"
        )
    opened: Bolt = next(iter(there.values())).connect(settings)
    if tuple(int(part) for part in opened.server.split(".")[:2]) < OLDEST:
        opened.close()
        raise GraphRefusedError(f"the server at {settings.uri} is Neo4j {opened.server}: 4.4 or newer is needed")
    return LimitedBolt(opened, settings)


def _library(name: str) -> ModuleType | None:
    """Return what speaks through a library; None where that is not installed, or not for this Python."""
    try:
        return import_module(f"npc_engine.graphs.by_{name}")
    except (ImportError, AttributeError, SyntaxError):
        return None
