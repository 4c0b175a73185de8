"""What installed packages offer us under the entry points of a group; ours come through the same door."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points


def installed(group: str) -> Mapping[str, EntryPoint]:
    """Return what is offered under a group, by name.

    Reading what every installed package offers takes some 20 ms, so it is done once, and again when packages are looked
    for in other folders; see `look_again`.
    """
    return _installed(group, tuple(sys.path))


def look_again() -> None:
    """Look again at what is installed, after a package was added."""
    _installed.cache_clear()


@lru_cache(maxsize=16)
def _installed(group: str, path: tuple[str, ...]) -> Mapping[str, EntryPoint]:
    return {one.name: one for one in entry_points(group=group)}
