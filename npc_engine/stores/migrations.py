"""How a save slot's tables came to be, version by version: a new slot is built by the same steps an old one climbs."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable


def checksum(at: str, body: str) -> int:
    """Return the CRC-32 kept beside each event, so that a flipped bit in a slot is noticed."""
    return zlib.crc32(f"{at}\n{body}".encode())


def _first_tables(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
    db.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, at TEXT NOT NULL, body TEXT NOT NULL)")


def _checksums(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE events ADD COLUMN crc INTEGER NOT NULL DEFAULT 0")
    db.create_function("npc_checksum", 2, checksum, deterministic=True)
    db.execute("UPDATE events SET crc = npc_checksum(at, body)")


def _snapshots(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE snapshots (part TEXT PRIMARY KEY, upto INTEGER NOT NULL, body BLOB NOT NULL, crc INTEGER)")


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first_tables, _checksums, _snapshots)
"""Step n takes a slot of format n to format n + 1; an empty file is format 0."""
