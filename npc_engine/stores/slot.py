"""The save slot: one SQLite file that holds the chronicle and is the saved game.

The events are the truth. Beside them stand snapshots of what was folded from them, so that a long game opens at once;
they may be thrown away at any time, and their reader says what they must have been folded with.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import uuid
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar
from weakref import WeakValueDictionary

from npc_engine.chronicle import Event, Packed, packed
from npc_engine.errors import SaveError, UnstoredError
from npc_engine.stores.faults import damaged, last_good_copy, worded
from npc_engine.stores.migrations import STEPS
from npc_engine.stores.places import Signature, held, kept_aside, let_go, put_in_place, signature
from npc_engine.stores.tables import (
    APPLICATION_ID,
    FORMAT_VERSION,
    STAMP,
    SlotContents,
    connect,
    events_of,
    fill,
    insert,
    meta_of,
    rows_of,
    set_meta,
    snapshot_of,
    stamp_of,
    version_of,
)

_UNSTORED = json.dumps({"kind": "unstored", "audience": [], "text": "…"}, ensure_ascii=False, separators=(",", ":"))
"""What stands in the place of an event that SQLite would not take, so that those after it keep their ids."""

_open_slots: WeakValueDictionary[tuple[int, int], SaveSlot] = WeakValueDictionary()
"""The slots this process has open, by device and number of their files."""

T = TypeVar("T")


class ExchangedError(SaveError):
    """The file at a slot's place is no longer the one that was opened; `write_anew` mends it."""


class SaveSlot:
    """One slot; its methods may be called from any thread, and wait for one another.

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
        self._mutex = threading.RLock()
        self._left: Signature | None = None
        self._work(self._open)

    def _open(self) -> None:
        if self.path is None:
            self._db = self._opened()
        else:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            while True:
                before = signature(self.path)
                db = self._opened()
                self._left = signature(self.path)
                if self._left is not None and (before is None or before[:2] == self._left[:2]):
                    break
                let_go(db)  # it was exchanged in between
            self._db = db
            _open_slots[self._left[:2]] = self
        self.last_id = self._db.execute("SELECT coalesce(max(id), 0) FROM events").fetchone()[0]

    def _opened(self) -> sqlite3.Connection:
        db = connect(self.path)
        try:
            if self.path is not None:
                db.execute("PRAGMA locking_mode=EXCLUSIVE")
            db.execute("PRAGMA synchronous=FULL")
            db.execute("PRAGMA cache_spill=OFF")  # a transaction reaches the file in one go, when it is committed
            db.execute("BEGIN EXCLUSIVE")
            version = version_of(db, self.path)
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
        """Return every event in the slot, in order.

        Raises:
            SaveDamagedError: an event is missing or not as it was written.
        """
        return events_of(self.rows())

    def rows(self) -> list[Packed]:
        """Return every event in the slot as text, in order.

        Raises:
            SaveDamagedError: an event is missing or not as it was written.
        """
        return self._work(lambda: rows_of(self._db, self.path))

    def snapshot(self, stamp: str) -> dict[str, bytes]:
        """Return the parts of the snapshot that was kept under a stamp; none where it was another, or is damaged."""
        return self._work(lambda: SlotContents((), meta_of(self._db), snapshot_of(self._db)).parts(stamp))

    def keep_snapshot(self, stamp: str, upto: int, parts: Mapping[str, bytes], *, whole: bool) -> bool:
        """Keep a snapshot of what was folded from the events up to an id, in the place of parts of the same name.

        Where the parts are the `whole` of it the other ones are dropped. Return whether it was kept: parts alone are
        not where there is nothing that they are parts of. All or nothing.
        """

        def write(db: sqlite3.Connection) -> bool:
            if whole:
                db.execute("DELETE FROM snapshots")
            elif stamp_of(db) != stamp or not db.execute("SELECT 1 FROM snapshots LIMIT 1").fetchone():
                return False
            db.executemany(
                "INSERT OR REPLACE INTO snapshots (part, upto, body, crc) VALUES (?, ?, ?, ?)",
                ((part, upto, body, zlib.crc32(body)) for part, body in parts.items()),
            )
            set_meta(db, {STAMP: stamp})
            return True

        return self._transaction(write)

    def meta(self, key: str) -> str | None:
        """Return a value kept beside the events, such as the game's clock."""
        row = self._work(lambda: self._db.execute("SELECT value FROM meta WHERE key=?", (key,)).fetchone())
        return None if row is None else str(row[0])

    def values(self) -> dict[str, str]:
        """Return every value kept beside the events."""
        return self._work(lambda: meta_of(self._db))

    def append(self, events: Iterable[Event], meta: dict[str, str]) -> None:
        """Add events and set values beside them, all or nothing; on return they survive a crash."""
        self.append_packed([(event.id, packed(event)) for event in events], meta)

    def append_packed(self, rows: Sequence[tuple[int, Packed]], meta: Mapping[str, str]) -> None:
        """Add events that are text already, each with its id, as `append` does.

        Raises:
            UnstoredError: SQLite would not take some of them (a text of a gigabyte); all the others are stored.
        """
        unstored: list[int] = []

        def write(db: sqlite3.Connection) -> None:
            for id_, (at, body) in rows:
                try:
                    insert(db, id_, at, body)
                except (sqlite3.DataError, sqlite3.InterfaceError, OverflowError, UnicodeError):
                    insert(db, id_, at, _UNSTORED)
                    unstored.append(id_)
            set_meta(db, meta)
            self.last_id = max([self.last_id, *(id_ for id_, _ in rows)])

        before = self.last_id
        try:
            self._transaction(write)
        except BaseException:
            self.last_id = before
            raise
        if unstored:
            raise UnstoredError(unstored)

    def rewind(self, last_id: int, meta: dict[str, str]) -> None:
        """Drop every event after `last_id`, and set values beside the rest, all or nothing."""

        def write(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM events WHERE id > ?", (last_id,))
            if db.execute("SELECT 1 FROM snapshots WHERE upto > ? LIMIT 1", (last_id,)).fetchone():
                db.execute("DELETE FROM snapshots")  # a part knows of what has not happened now
            set_meta(db, meta)

        self._transaction(write)
        self.last_id = last_id

    def replace(self, contents: SlotContents) -> None:
        """Put what another slot held in the place of what this one holds, all or nothing."""

        def write(db: sqlite3.Connection) -> None:
            for table in ("events", "meta", "snapshots"):
                db.execute(f"DELETE FROM {table}")
            fill(db, contents)

        self._transaction(write)
        self.last_id = len(contents.rows)

    def in_place(self) -> bool:
        """Return whether its file is still there and as this slot left it: nobody deleted, exchanged or edited it."""
        return self.path is None or (self._left is not None and signature(self.path) == self._left)

    def write_anew(self, contents: SlotContents) -> Path | None:
        """Write the slot whole where its file was deleted or exchanged while it was open.

        What stands in its place meanwhile is kept beside it; return where, or None where there was nothing.

        Raises:
            SaveError: a game has opened what stands there.
        """
        path = self.path
        assert path is not None

        def write() -> Path | None:
            if self._left is not None:
                _open_slots.pop(self._left[:2], None)
                self._left = None
                let_go(self._db)
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = _partial(path)
            try:
                with held(path):
                    slot = SaveSlot(partial)
                    with closing(slot):
                        slot.replace(contents)
                    aside = kept_aside(path, "other") if path.exists() else None
                    put_in_place(partial, path)
            finally:
                _unlink(partial)
            self._open()
            return aside

        return self._work(write)

    def copy_to(self, target: Path | str) -> None:
        """Write a copy of the slot: `target` is either whole and new, or as it was before.

        Raises:
            SaveError: another game plays in the slot at `target`.
        """
        target = Path(target)
        partial = _partial(target)

        def write() -> None:
            if self.path is not None and target.exists() and target.samefile(self.path):
                return
            target.parent.mkdir(parents=True, exist_ok=True)
            with closing(connect(partial)) as copy:
                self._db.backup(copy)
            with open(partial, "rb+") as written:
                os.fsync(written.fileno())
            with held(target):
                put_in_place(partial, target)

        try:
            self._work(write, path=target)
        finally:
            _unlink(partial)

    def keep_last_good(self) -> None:
        """Copy a slot that was just found whole beside itself, for when it no longer is; see `last_good_copy`."""
        if self.path is not None and self._work(lambda: self._db.execute("SELECT 1 FROM events LIMIT 1").fetchone()):
            self.copy_to(last_good_copy(self.path))

    def close(self) -> None:
        """Close the file; further calls fail."""
        with self._mutex:
            if self._left is not None:
                _open_slots.pop(self._left[:2], None)
            if self.in_place():
                self._db.close()
            else:
                let_go(self._db)

    def copy_into(self, db: sqlite3.Connection) -> None:
        """Copy what the slot holds into an empty database."""
        self._work(lambda: self._db.backup(db))

    def _transaction(self, write: Callable[[sqlite3.Connection], T]) -> T:
        def run() -> T:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                result = write(self._db)
                if not self.in_place():  # nothing has reached the file yet
                    raise ExchangedError(f"{self.path} was deleted or exchanged while the game was open")
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            if self.path is not None and self._left is not None:
                now = signature(self.path)
                if now is not None and now[:2] == self._left[:2]:
                    self._left = now
            return result

        return self._work(run)

    def _work(self, job: Callable[[], T], path: Path | None = None) -> T:
        """Do a job on the file, wording whatever goes wrong for the person who plays."""
        name = path or self.path or "the slot in memory"
        try:
            with self._mutex:
                return job()
        except (sqlite3.Error, OSError) as error:
            raise worded(error, name) from error
        except UnicodeDecodeError as error:  # a flipped bit in a name that SQLite gives
            raise damaged(Path(name)) from error


def read_slot(path: Path | str) -> tuple[list[Event], dict[str, str]]:
    """Return the events and values of a slot without changing or locking its file.

    Raises:
        SaveError: as `SaveSlot` does.
    """
    contents = read_contents(path)
    return events_of(contents.rows), dict(contents.meta)


def read_contents(path: Path | str) -> SlotContents:
    """Return all that a slot holds, without changing or locking its file.

    Raises:
        SaveError: as `SaveSlot` does.
    """
    path = Path(path)
    with _contents(path) as db:
        return SlotContents(rows_of(db, path), meta_of(db), snapshot_of(db))


@contextmanager
def _contents(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a slot's contents as they are now, in memory and in today's format.

    Raises:
        SaveError: as `SaveSlot` does.
    """
    if not path.is_file():
        raise SaveError(f"there is no save slot at {path}")
    try:
        db = connect(None)
        try:
            if slot := _open_here(path):
                slot.copy_into(db)
            else:
                if path.with_name(f"{path.name}-journal").exists():
                    SaveSlot(path).close()  # a game was killed in the middle of a write: let SQLite roll it back
                if not (data := path.read_bytes()):
                    raise damaged(path)
                db.deserialize(data)
            version = version_of(db, path)
            for step in STEPS[version:]:
                step(db)
            yield db
        finally:
            db.close()
    except (sqlite3.Error, OSError) as error:
        raise worded(error, path) from error
    except UnicodeDecodeError as error:
        raise damaged(path) from error


def _open_here(path: Path) -> SaveSlot | None:
    """Return the slot at a path where this process has it open: then its file must not be opened beside SQLite's back.

    POSIX takes the lock of a process on a file away when that process closes it anywhere.
    """
    file = signature(path)
    return _open_slots.get(file[:2]) if file else None


def _partial(path: Path) -> Path:
    """Return where a slot is written before it is put in its place."""
    return path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")


def _unlink(partial: Path) -> None:
    for left in (partial, partial.with_name(f"{partial.name}-journal")):
        with suppress(OSError):
            left.unlink(missing_ok=True)
