"""The game in a save, to look at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from npc_engine.content import Content


@contextmanager
def played(
    content: Content,
    save: Path,
    *,
    no_save: str = "",
    graph: str | None = None,
    password: str = "",
    settings: dict[str, Any] | None = None,
) -> Iterator[Any]:
    """Yield the game in a save, as a copy in memory: the save is not touched; where there is none, say `no_save`."""
    from npc_engine import Engine, SaveError

    if not save.is_file():
        raise SaveError(no_save or f"there is no save slot at {save}")
    with Engine.load(
        content, model="none", gossip=False, graph=graph, graph_password=password, graph_settings=settings
    ) as engine:
        engine.restore(save)
        yield engine
