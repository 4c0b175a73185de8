"""The save slot: one SQLite file that holds the chronicle and is the saved game.

The views are not stored: they are folded from the chronicle on loading, so that a file can never hold a
mind that disagrees with what happened.
"""

from __future__ import annotations

import json
import os
import sqlite3
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from npc_engine.chronicle import Event
from npc_engine.errors import SaveDamagedError, SaveError, SaveTooNewError
from npc_engine.stores.migrations import STEPS, checksum

FORMAT_VERSION = len(STEPS)
"""The format this engine writes; it also reads every earlier one."""

APPLICATION_ID = 0x4E504345  # "NPCE" in the file's header: a slot is told from any other SQLite file

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
        return self._work(lambda: _read(self._db, self.path))

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
            _set_meta(db, meta)

        self._transaction(write)

    def replace(self, source: Path | str) -> None:
        """Put another slot's contents in the place of this one's, all or nothing.

        Raises:
            SaveDamagedError, SaveTooNewError: as on opening; this slot is then as it was.
        """
        events, meta = read_slot(source)

        def write(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM events")
            db.execute("DELETE FROM meta")
            db.executemany(
                "INSERT INTO events (id, at, body, crc) VALUES (?, ?, ?, ?)",
                (_row(event) for event in events),
            )
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
            raise _worded(error, name) from error


def read_slot(path: Path | str) -> tuple[list[Event], dict[str, str]]:
    """Give the events and values of a slot without changing or locking its file.

    Raises:
        SaveError: as `SaveSlot` does.
    """
    path = Path(path)
    if not path.is_file():
        raise SaveError(f"there is no save slot at {path}")
    try:
        if path.with_name(f"{path.name}-journal").exists():
            SaveSlot(path).close()  # a game was killed in the middle of a write: let SQLite roll it back
        data = path.read_bytes()
        if not data:
            raise SaveDamagedError(_DAMAGED.format(path=path))
        db = sqlite3.connect(":memory:", isolation_level=None)
        try:
            db.deserialize(data)
            version = _version(db, path)
            for step in STEPS[version:]:
                step(db)
            events = _read(db, path)
            return events, {str(key): str(value) for key, value in db.execute("SELECT key, value FROM meta")}
        finally:
            db.close()
    except (sqlite3.Error, OSError) as error:
        raise _worded(error, path) from error


_DAMAGED = "{path} is damaged or is not a save slot; load another slot, and keep this file if it is dear to you"


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
        raise SaveDamagedError(_DAMAGED.format(path=path))
    if version > FORMAT_VERSION:
        raise SaveTooNewError(
            f"{path} was saved by a newer npc-engine (format {version}; this one reads up to {FORMAT_VERSION}): "
            "update npc-engine, or load another slot"
        )
    if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise SaveDamagedError(_DAMAGED.format(path=path))
    return version


def _row(event: Event) -> tuple[int, str, str, int]:
    at = event.at.isoformat()
    body = json.dumps(event.as_dict(), ensure_ascii=False, separators=(",", ":"))
    return event.id, at, body, checksum(at, body)


def _read(db: sqlite3.Connection, path: Path | None) -> list[Event]:
    events = []
    for expected, (id_, at, body, crc) in enumerate(
        db.execute("SELECT id, at, body, crc FROM events ORDER BY id"), start=1
    ):
        if id_ != expected or checksum(at, body) != crc:
            raise SaveDamagedError(_DAMAGED.format(path=path))
        events.append(Event.from_dict(id_, datetime.fromisoformat(at), json.loads(body)))
    return events


def _set_meta(db: sqlite3.Connection, meta: dict[str, str]) -> None:
    db.executemany("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", meta.items())


def _worded(error: sqlite3.Error | OSError, path: Path | str) -> SaveError:
    """Say what a failure means to whoever plays, and what to do about it."""
    code = getattr(error, "sqlite_errorname", "") or ""
    text = str(error).lower()
    number = getattr(error, "errno", None)
    if "locked" in text or code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return SaveError(f"{path} is in use by another game: close that one, or play in another slot")
    if code.startswith("SQLITE_FULL") or number == 28:
        return SaveError(
            f"the disk is full, so {path} could not be written: free some space and save again; nothing is lost yet"
        )
    if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return SaveDamagedError(_DAMAGED.format(path=path))
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")) or isinstance(error, OSError):
        return SaveError(f"{path} can't be written: check that its folder exists and may be written to")
    return SaveError(f"{path} could not be written or read ({error})")
