"""The save slot: one SQLite file that holds the chronicle and is the saved game.

The events are the truth. Beside them stand snapshots of what was folded from them, so that a long game opens at once;
they may be thrown away at any time, and whoever reads them says what they must have been folded with.
"""

from __future__ import annotations

import os
import sqlite3
import uuid
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from npc_engine.chronicle import Event, Packed, packed, unpacked
from npc_engine.errors import SaveError, SaveTooNewError
from npc_engine.stores.faults import damaged, last_good_copy, worded
from npc_engine.stores.migrations import STEPS, checksum

FORMAT_VERSION = len(STEPS)
"""The format this engine writes; it also reads every earlier one."""

APPLICATION_ID = 0x4E504345  # "NPCE" in the file's header: a slot is told from any other SQLite file

_STAMP = "snapshot"

T = TypeVar("T")


class SaveSlot:
    """One slot. Not for several threads at once: whoever opens it calls it from one thread at a time.

    Raises (every method):
        SaveError: the file can't be read or written; what was committed before is still in it.
    """

    def __init__(self, path: Path | str | None) -> None:
        """Open a slot, or begin one where there is none; None keeps it in memory only.

        Raises:
            SaveDamagedError: the file is no save slot, or not a whole one.
            SaveTooNewError: a newer engine made it.
            SaveError: another process plays in this slot, or the folder can't be written.
        """
        self.path = None if path is None else Path(path)
        if self.path is not None:
            folder = self.path.parent
            self._work(lambda: folder.mkdir(parents=True, exist_ok=True))
        self._db = self._work(self._open)

    def _open(self) -> sqlite3.Connection:
        db = _connect(self.path)
        try:
            if self.path is not None:
                db.execute("PRAGMA locking_mode=EXCLUSIVE")
            db.execute("PRAGMA synchronous=FULL")
            db.execute("BEGIN EXCLUSIVE")
            version = _version(db, self.path)
            for step in STEPS[version:]:
                step(db)
            db.execute(f"PRAGMA application_id={APPLICATION_ID}")
            db.execute(f"PRAGMA user_version={FORMAT_VERSION}")
            db.execute("COMMIT")
        except BaseException:
            db.close()
            raise
        return db

    def events(self) -> list[Event]:
        """Give every event in the slot, in order.

        Raises:
            SaveDamagedError: an event is missing or not as it was written.
        """
        return _events(self.rows())

    def rows(self) -> list[Packed]:
        """Give every event in the slot as text, in order.

        Raises:
            SaveDamagedError: an event is missing or not as it was written.
        """
        return self._work(lambda: _rows(self._db, self.path))

    def snapshot(self, stamp: str) -> dict[str, bytes]:
        """Give the parts of the snapshot that was kept under a stamp; none where it was another, or is damaged."""
        return self._work(lambda: _snapshot(self._db, stamp))

    def keep_snapshot(self, stamp: str, upto: int, parts: Mapping[str, bytes], *, anew: bool) -> None:
        """Keep a snapshot of what was folded from the events up to an id, in the place of parts of the same name.

        With `anew` the other parts are dropped. All or nothing.
        """

        def write(db: sqlite3.Connection) -> None:
            if anew:
                db.execute("DELETE FROM snapshots")
            db.executemany(
                "INSERT OR REPLACE INTO snapshots (part, upto, body, crc) VALUES (?, ?, ?, ?)",
                ((part, upto, body, zlib.crc32(body)) for part, body in parts.items()),
            )
            _set_meta(db, {_STAMP: stamp})

        self._transaction(write)

    def meta(self, key: str) -> str | None:
        """Give a value kept beside the events, such as the game's clock."""
        row = self._work(lambda: self._db.execute("SELECT value FROM meta WHERE key=?", (key,)).fetchone())
        return None if row is None else str(row[0])

    def append(self, events: Iterable[Event], meta: dict[str, str]) -> None:
        """Add events and set values beside them, all or nothing; on return they survive a crash."""
        rows = [_row(event) for event in events]

        def write(db: sqlite3.Connection) -> None:
            db.executemany("INSERT INTO events (id, at, body, crc) VALUES (?, ?, ?, ?)", rows)
            _set_meta(db, meta)

        self._transaction(write)

    def rewind(self, last_id: int, meta: dict[str, str]) -> None:
        """Drop every event after `last_id`, and set values beside the rest, all or nothing."""

        def write(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM events WHERE id > ?", (last_id,))
            if db.execute("SELECT 1 FROM snapshots WHERE upto > ? LIMIT 1", (last_id,)).fetchone():
                db.execute("DELETE FROM snapshots")  # a part knows of what has not happened now
            _set_meta(db, meta)

        self._transaction(write)

    def replace(self, source: Path | str) -> None:
        """Put another slot's contents in the place of this one's, all or nothing.

        Raises:
            SaveDamagedError, SaveTooNewError: as on opening; this slot is then as it was.
        """
        with _opened(Path(source)) as other:
            rows = _rows(other, Path(source))
            meta = _meta(other)
            snapshot = other.execute("SELECT part, upto, body, crc FROM snapshots").fetchall()

        def write(db: sqlite3.Connection) -> None:
            for table in ("events", "meta", "snapshots"):
                db.execute(f"DELETE FROM {table}")
            db.executemany(
                "INSERT INTO events (id, at, body, crc) VALUES (?, ?, ?, ?)",
                ((id_, at, body, checksum(at, body)) for id_, (at, body) in enumerate(rows, start=1)),
            )
            db.executemany("INSERT INTO snapshots (part, upto, body, crc) VALUES (?, ?, ?, ?)", snapshot)
            _set_meta(db, meta)

        self._transaction(write)

    def copy_to(self, target: Path | str) -> None:
        """Write a copy of the slot: `target` is either whole and new, or as it was before."""
        target = Path(target)
        if self.path is not None and target.exists() and target.samefile(self.path):
            return
        partial = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.part")

        def write() -> None:
            target.parent.mkdir(parents=True, exist_ok=True)
            copy = _connect(partial)
            try:
                self._db.backup(copy)
            finally:
                copy.close()
            with open(partial, "rb+") as written:
                os.fsync(written.fileno())
            os.replace(partial, target)

        try:
            self._work(write, path=target)
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)

    def keep_last_good(self) -> None:
        """Copy a slot that was just found whole beside itself, for when it no longer is; see `last_good_copy`."""
        if self.path is not None and self._work(lambda: self._db.execute("SELECT 1 FROM events LIMIT 1").fetchone()):
            self.copy_to(last_good_copy(self.path))

    def close(self) -> None:
        """Close the file; further calls fail."""
        self._db.close()

    def _transaction(self, write: Callable[[sqlite3.Connection], None]) -> None:
        def run() -> None:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                write(self._db)
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

        self._work(run)

    def _work(self, job: Callable[[], T], path: Path | None = None) -> T:
        """Do a job on the file, wording whatever goes wrong for the person who plays."""
        name = path or self.path or "the slot in memory"
        try:
            return job()
        except (sqlite3.Error, OSError) as error:
            raise worded(error, name) from error


def read_slot(path: Path | str) -> tuple[list[Event], dict[str, str]]:
    """Give the events and values of a slot without changing or locking its file.

    Raises:
        SaveError: as `SaveSlot` does.
    """
    with _opened(Path(path)) as db:
        return _events(_rows(db, Path(path))), _meta(db)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a slot's contents as they are now, in memory and in today's format.

    Raises:
        SaveError: as `SaveSlot` does.
    """
    if not path.is_file():
        raise SaveError(f"there is no save slot at {path}")
    try:
        if path.with_name(f"{path.name}-journal").exists():
            SaveSlot(path).close()  # a game was killed in the middle of a write: let SQLite roll it back
        data = path.read_bytes()
        if not data:
            raise damaged(path)
        db = sqlite3.connect(":memory:", isolation_level=None)
        try:
            db.deserialize(data)
            version = _version(db, path)
            for step in STEPS[version:]:
                step(db)
            yield db
        finally:
            db.close()
    except (sqlite3.Error, OSError) as error:
        raise worded(error, path) from error


def _connect(path: Path | None) -> sqlite3.Connection:
    # isolation_level=None: transactions begin and end just where this file says. timeout: a copy or a
    # virus scanner may hold the file for a moment.
    return sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False, timeout=1.0)


def _version(db: sqlite3.Connection, path: Path | None) -> int:
    """Give a slot's format, having made sure that it is a whole slot that this engine can read."""
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


def _row(event: Event) -> tuple[int, str, str, int]:
    at, body = packed(event)
    return event.id, at, body, checksum(at, body)


def _rows(db: sqlite3.Connection, path: Path | None) -> list[Packed]:
    rows: list[Packed] = []
    for expected, (id_, at, body, crc) in enumerate(
        db.execute("SELECT id, at, body, crc FROM events ORDER BY id"), start=1
    ):
        if id_ != expected or checksum(at, body) != crc:
            raise damaged(path)
        rows.append((at, body))
    return rows


def _events(rows: Iterable[Packed]) -> list[Event]:
    return [unpacked(id_, row) for id_, row in enumerate(rows, start=1)]


def _meta(db: sqlite3.Connection) -> dict[str, str]:
    return {str(key): str(value) for key, value in db.execute("SELECT key, value FROM meta")}


def _snapshot(db: sqlite3.Connection, stamp: str) -> dict[str, bytes]:
    kept = db.execute("SELECT value FROM meta WHERE key=?", (_STAMP,)).fetchone()
    if kept is None or kept[0] != stamp:
        return {}
    try:
        rows = db.execute("SELECT part, body, crc FROM snapshots").fetchall()
        return {} if any(zlib.crc32(body) != crc for _, body, crc in rows) else {part: body for part, body, _ in rows}
    except (sqlite3.DatabaseError, TypeError):
        return {}  # the events are what counts


def _set_meta(db: sqlite3.Connection, meta: dict[str, str]) -> None:
    db.executemany("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", meta.items())
