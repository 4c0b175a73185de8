"""The contract of this room: an understander takes what was said and returns how it is taken."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Protocol, runtime_checkable

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Reading
from npc_engine.errors import UnknownNameError

GROUP = "npc_engine.understanding"
"""The entry points by which a package offers understanders: each a callable that takes nothing and returns one."""


@runtime_checkable
class Understander(Protocol):
    """Takes in what is said to an NPC.

    `understand` is called on a turn's thread, for several turns at once, and must not keep what it is given.
    """

    def understand(self, text: str, context: Context) -> Reading:
        """Return the acts in a text, each with its slots and how sure it is; at least one."""
        ...


def open_understander(spec: str | Understander) -> Understander:
    """Return an understander by the name its package offers it under; one that is open already as it is.

    Raises:
        UnknownNameError: no installed package offers an understander of that name.
    """
    if not isinstance(spec, str):
        return spec
    offered = {one.name: one for one in entry_points(group=GROUP)}
    if spec not in offered:
        raise UnknownNameError("understander", spec, offered)
    found: Understander = offered[spec].load()()
    return found
