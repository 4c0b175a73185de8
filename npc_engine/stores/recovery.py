"""Putting the last good copy of a slot in the place of a damaged one."""

from __future__ import annotations

import uuid
from contextlib import suppress
from pathlib import Path

from npc_engine.errors import SaveError
from npc_engine.stores.faults import last_good_copy, worded
from npc_engine.stores.places import held, kept_aside, put_in_place
from npc_engine.stores.slot import read_slot


def recover_save(path: Path | str) -> Path:
    """Put the last good copy of a damaged slot in its place; give where the damaged file is kept from now on.

    The copy is from when the slot was last opened whole; what was played after that is in the damaged file, if at all.

    Raises:
        SaveError: there is no copy, it is no better, or the files can't be written; then all is as it was.
    """
    path, copy = Path(path), last_good_copy(path)
    if not copy.is_file():
        raise SaveError(f"there is no last good copy of {path}: {copy} is not there")
    read_slot(copy)
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        partial.write_bytes(copy.read_bytes())
        with held(path):
            kept = kept_aside(path, "damaged") if path.exists() else path
            put_in_place(partial, path)
    except OSError as error:
        raise worded(error, path) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return kept
