"""A slot's file on a disk that others use too: whether it is still the one, whether somebody plays in it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from npc_engine.stores.faults import worded

Signature = tuple[int, int, int, int]
"""Device and number of a file, its size, and when it was written last."""

PATIENCE = 1.0
"""Seconds to wait for a file that somebody has locked: a copy or a virus scanner may hold it for a moment."""


def signature(path: Path) -> Signature | None:
    """Return what tells the file at a path from another one and from an edited one; None where there is none.

    It only looks: to open and close a file takes away the lock that this process has on it (POSIX).
    """
    try:
        file = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    written = 0 if os.name == "nt" else file.st_mtime_ns  # NTFS notes down late when an open file was written
    return file.st_dev, file.st_ino, file.st_size, written


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep games from opening a slot while it is replaced; no slot, or a damaged one, needs no keeping.

    What a killed game left half written is rolled back before.

    Raises:
        SaveError: a game has it open.
    """
    if not path.is_file():
        yield
        return
    db = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE)
    try:
        try:
            db.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            refusal = worded(error, path)
            if is_locked(error):
                raise refusal from error
        if os.name == "nt":
            db.close()  # or Windows would not let it be replaced
        yield
    finally:
        db.close()


def is_locked(error: sqlite3.Error | OSError) -> bool:
    """Return whether it went wrong because somebody else has the file open."""
    code = getattr(error, "sqlite_errorname", None) or ""
    return "locked" in str(error).lower() or code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def put_in_place(written: Path, path: Path) -> None:
    """Put a file in the place of another: at every moment there is one of the two.

    A journal beside the one that goes belongs to that one, and would spoil the other.
    """
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    os.replace(written, path)


def kept_aside(path: Path, why: str) -> Path:
    """Keep the file at a path under another name beside it too, and return that: `slot1.npc.damaged1`."""
    number = 1
    while (aside := path.with_name(f"{path.name}.{why}{number}")).exists():
        number += 1
    try:
        os.link(path, aside)
    except OSError:  # not every file system has links
        shutil.copy2(path, aside)
    return aside


def let_go(db: sqlite3.Connection) -> None:
    """Close a connection whose file is no longer at its path.

    SQLite would delete the journal at that path, which may by now be that of another game in another file.
    """
    with suppress(sqlite3.Error), closing(db):
        db.execute("PRAGMA journal_mode=MEMORY")
