"""What stands in the graph as rows, and how one state of it differs from another.

A row has a key and what it says. A node's key is its id; a relationship's is its type, the ids at either end, and what
tells it from others between the two.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

NodeKey = str
EdgeKey = tuple[str, str, str, str]
Key = NodeKey | EdgeKey


class Row(NamedTuple):
    """What a node or a relationship says: its properties; a node has a label besides."""

    said: Mapping[str, Any]
    label: str = ""


class Delta(NamedTuple):
    """What is to be written: rows that are new or say something new, and keys of those that are gone."""

    new: dict[Key, Row]
    changed: dict[Key, Row]
    gone: list[Key]

    def __len__(self) -> int:
        return len(self.new) + len(self.changed) + len(self.gone)

    def parts(self, most: int) -> Iterator[Delta]:
        """Yield it in parts of so many rows at most, at least one; what is gone first, nodes before what joins them."""
        gone = sorted(self.gone, key=lambda key: isinstance(key, str))
        steps: list[tuple[str, Key, Row | None]] = [("gone", key, None) for key in gone]
        for name, rows in (("new", self.new), ("changed", self.changed)):
            steps += [(name, key, row) for key, row in rows.items() if isinstance(key, str)]
        for name, rows in (("new", self.new), ("changed", self.changed)):
            steps += [(name, key, row) for key, row in rows.items() if not isinstance(key, str)]
        for start in range(0, max(1, len(steps)), most):
            part = Delta({}, {}, [])
            for name, key, row in steps[start : start + most]:
                if row is None:
                    part.gone.append(key)
                else:
                    (part.new if name == "new" else part.changed)[key] = row
            yield part


class Rows:
    """The rows that should stand in the graph. What was taken out as a delta is remembered by a fingerprint alone."""

    def __init__(self) -> None:
        self._known: dict[Key, int] = {}
        self._pending: dict[Key, Row | None] = {}

    def __contains__(self, key: Key) -> bool:
        return self._pending[key] is not None if key in self._pending else key in self._known

    def __len__(self) -> int:
        return len(self._known)

    def put(self, key: Key, row: Row) -> None:
        """Let a row say this from now on."""
        self._pending[key] = row

    def drop(self, key: Key) -> None:
        """Let there be no such row any more."""
        self._pending[key] = None

    def delta(self) -> Delta:
        """Return what changed since the last delta."""
        delta = Delta({}, {}, [])
        for key, row in self._pending.items():
            before = self._known.get(key)
            if row is None:
                if before is not None:
                    del self._known[key]
                    delta.gone.append(key)
                continue
            now = _fingerprint(row)
            if now != before:
                (delta.new if before is None else delta.changed)[key] = row
                self._known[key] = now
        self._pending = {}
        return delta

    def after(self, earlier: Rows) -> None:
        """Count what `earlier` knows as known here, so that the next delta leads from there to here."""
        for key in earlier._known:
            if key not in self._pending:
                self._pending[key] = None
        self._known = dict(earlier._known)


def _fingerprint(row: Row) -> int:
    plain = json.dumps([row.label, row.said], sort_keys=True, ensure_ascii=False)
    return int.from_bytes(blake2b(plain.encode(), digest_size=8).digest(), "big")
