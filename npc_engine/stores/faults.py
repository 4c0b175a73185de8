"""What goes wrong with a slot, in words for the player, and what there is instead."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from npc_engine.errors import SaveDamagedError, SaveError


def last_good_copy(path: Path | str) -> Path:
    """Return where the last good copy of a slot is kept: `slot1.npc.bak` beside `slot1.npc`."""
    path = Path(path)
    return path.with_name(f"{path.name}.bak")


def damaged(path: Path | None) -> SaveDamagedError:
    """Return the error that says that a slot is not whole, and what there is instead."""
    copy = last_good_copy(path) if path is not None else None
    if copy is None or not copy.is_file():
        words = f"{path} is damaged or is not a save slot; load another slot, and keep this file if it is dear to you"
        return SaveDamagedError(words)
    made = datetime.fromtimestamp(copy.stat().st_mtime).isoformat(" ", "minutes")
    words = f"{path} is damaged or is not a save slot; {copy.name} beside it is the last good copy, of {made}"
    return SaveDamagedError(f"{words}: `npc recover {path}` puts it in its place", copy)


def worded(error: sqlite3.Error | OSError, path: Path | str) -> SaveError:
    """Say what a failure means to the player, and what to do about it."""
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
        return damaged(Path(path))
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")) or isinstance(error, OSError):
        return SaveError(f"{path} can't be written: check that its folder exists and may be written to")
    return SaveError(f"{path} could not be written or read ({error})")
