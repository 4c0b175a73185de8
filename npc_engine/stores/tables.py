"""What stands in a slot's file: its tables, read and filled."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from npc_engine.chronicle import Event, Packed, unpacked
from npc_engine.errors import SaveTooNewError
from npc_engine.stores.faults import damaged
from npc_engine.stores.migrations import STEPS, checksum
from npc_engine.stores.places import PATIENCE

FORMAT_VERSION = len(STEPS)
"""The format this engine writes; it also reads every earlier one."""

APPLICATION_ID = 0x4E504345  # "NPCE" in the file's header: a slot is told from any other SQLite file

STAMP = "snapshot"
"""The key of the value that says what the snapshot was folded with."""


@dataclass(frozen=True)
class SlotContents:
    """All that a slot holds: its events as text, the values beside them, and the snapshot of what was folded."""

    rows: Sequence[Packed]
    meta: Mapping[str, str]
    snapshot: Sequence[tuple[str, int, bytes, int]] = ()

    def parts(self, stamp: str) -> dict[str, bytes]:
        """Return the parts of the snapshot with a stamp; none where it is another's, or damaged."""
        if self.meta.get(STAMP) != stamp:
            return {}
        try:
            whole = all(zlib.crc32(body) == crc for _, _, body, crc in self.snapshot)
        except TypeError:
            return {}
        return {part: body for part, _, body, _ in self.snapshot} if whole else {}


def connect(path: Path | None) -> sqlite3.Connection:
    """Return a connection to a file, or to a database in memory; any thread may use it."""
    # isolation_level=None: transactions begin and end just where this file says.
    return sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False, timeout=PATIENCE)


def insert(db: sqlite3.Connection, id_: int, at: str, body: str) -> None:
    """Add an event that is text."""
    values = (id_, at, body, checksum(at, body))
    db.execute("INSERT INTO events (id, at, body, crc) VALUES (?, ?, ?, ?)", values)


def fill(db: sqlite3.Connection, contents: SlotContents) -> None:
    """Put all that a slot holds into empty tables."""
    for id_, (at, body) in enumerate(contents.rows, start=1):
        insert(db, id_, at, body)
    db.executemany("INSERT INTO snapshots (part, upto, body, crc) VALUES (?, ?, ?, ?)", contents.snapshot)
    set_meta(db, contents.meta)


def version_of(db: sqlite3.Connection, path: Path | None) -> int:
    """Return a slot's format, having made sure that it is a whole slot that this engine can read."""
    try:
        return _version_of(db, path)
    except UnicodeDecodeError:  # what SQLite says of the damage quotes damaged names
        raise damaged(path) from None


def _version_of(db: sqlite3.Connection, path: Path | None) -> int:
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION_ID and (tables or application or version):
        raise damaged(path)
    if version > FORMAT_VERSION:
        raise SaveTooNewError(
            f"{path} was saved by a newer npc-engine (format {version}; this one reads up to {FORMAT_VERSION}): "
            "update npc-engine, or load another slot"
        )
    if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise damaged(path)
    return version


def rows_of(db: sqlite3.Connection, path: Path | None) -> list[Packed]:
    """Return every event as text, in order.

    Raises:
        SaveDamagedError: one is missing or not as it was written.
    """
    rows: list[Packed] = []
    for expected, (id_, at, body, crc) in enumerate(
        db.execute("SELECT id, at, body, crc FROM events ORDER BY id"), start=1
    ):
        if id_ != expected or checksum(at, body) != crc:
            raise damaged(path)
        rows.append((at, body))
    return rows


def events_of(rows: Iterable[Packed]) -> list[Event]:
    """Return events that are text, the first with id 1, as objects."""
    return [unpacked(id_, row) for id_, row in enumerate(rows, start=1)]


def meta_of(db: sqlite3.Connection) -> dict[str, str]:
    """Return the values beside the events."""
    return {str(key): str(value) for key, value in db.execute("SELECT key, value FROM meta")}


def snapshot_of(db: sqlite3.Connection) -> list[tuple[str, int, bytes, int]]:
    """Return the parts of the snapshot, whatever they are worth; none where they can't be read."""
    try:
        return db.execute("SELECT part, upto, body, crc FROM snapshots").fetchall()
    except sqlite3.DatabaseError:
        return []  # the events are what counts


def stamp_of(db: sqlite3.Connection) -> str | None:
    """Return what the snapshot in the slot was folded with."""
    kept = db.execute("SELECT value FROM meta WHERE key=?", (STAMP,)).fetchone()
    return None if kept is None else str(kept[0])


def set_meta(db: sqlite3.Connection, meta: Mapping[str, str]) -> None:
    """Set values beside the events."""
    db.executemany("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", meta.items())
