"""A whole graph written at once: a world's content, for designers to look at and edit."""

from __future__ import annotations

import secrets

from npc_engine.content import Content
from npc_engine.content.compiling import compile_world
from npc_engine.graphs.fold import Fold
from npc_engine.graphs.mapping import VERSION
from npc_engine.graphs.opening import open_bolt
from npc_engine.graphs.settings import GraphSettings
from npc_engine.graphs.store import GraphStore, Mark


def push(content: Content, settings: GraphSettings) -> int:
    """Write a world's content in the place of what its graph held; return how many nodes and relationships it has.

    Raises:
        GraphError: the server can't be had, or would not do it.
    """
    delta = Fold(compile_world(content), secrets=settings.secrets).delta()
    bolt = open_bolt(settings)
    try:
        store = GraphStore(bolt, content.world.id, settings.slot, secrets.token_hex(8))
        store.prepare()
        store.clear()
        store.write(delta, Mark(0, "", f"{VERSION}:content:{content.digest}"))
    finally:
        bolt.close()
    return len(delta)
