"""Files stored whole or not at all, under the SHA-256 they should have.

Because hashing takes a third of a second, a small file beside each (`.verified`) remembers for which size and
modification time it was found to be right.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from os import PathLike
from pathlib import Path

from platformdirs import user_data_path

from npc_engine.errors import ModelMissingError

Progress = Callable[[int, int], None]
"""Called with the bytes that are here and the bytes there will be."""

CHUNK = 1 << 20

READABLE = 0o644
"""The mode of what is stored: temporary files are their owner's alone, and a game is played by others too."""

STALE = 24 * 3600.0
"""Seconds after which a half-finished download is taken to be nobody's."""


Folder = str | PathLike[str] | None
"""The folder in which models lie, as a game names it; None is this user's."""


def models_folder(named: Folder = None) -> Path:
    """Return the folder in which models lie; it may not exist yet.

    That is the one `named`, else what the environment says in `NPC_MODELS`, else one in this user's data. The path is
    whole, for pip downloads from a folder of its own.
    """
    folder = named or os.environ.get("NPC_MODELS")
    return Path(folder).expanduser().absolute() if folder else user_data_path("npc-engine", appauthor=False) / "models"


class staging:  # noqa: N801 -- reads as a verb, like open
    """A folder inside `folder` for half-finished things, gone at the end; `room` is how many bytes they need.

    Turns what the disk may answer into ModelMissingError, and sweeps up after pulls that were killed.
    """

    def __init__(self, folder: Path, room: int) -> None:
        self._folder = folder
        self._room = room

    def __enter__(self) -> Path:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._sweep()
            free = shutil.disk_usage(self._folder).free
            if free < self._room:
                raise ModelMissingError(
                    f"{self._folder} has {free // 10**6} MB free and needs {self._room // 10**6} MB"
                )
            self._scratch = Path(tempfile.mkdtemp(prefix=".pull-", dir=self._folder))
        except OSError as error:
            raise _disk_trouble(self._folder, error) from None
        return self._scratch

    def _sweep(self) -> None:
        for old in (*self._folder.glob(".pull-*"), *self._folder.glob("*.part")):
            try:
                if time.time() - old.stat().st_mtime < STALE:
                    continue
                if old.is_dir():
                    shutil.rmtree(old, ignore_errors=True)
                else:
                    old.unlink()
            except OSError:  # another pull sweeps too
                continue

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        shutil.rmtree(self._scratch, ignore_errors=True)
        if isinstance(error, OSError):
            raise _disk_trouble(self._folder, error) from None


def store(chunks: Iterable[bytes], path: Path, sha256: str) -> None:
    """Write `chunks` to `path`, which changes only when all have come and their SHA-256 is the right one.

    Raises:
        ModelMissingError: other bytes came than should.
        OSError: the disk would not take them.
    """
    digest = hashlib.sha256()
    handle, part = tempfile.mkstemp(prefix=path.name + ".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
        if digest.hexdigest() != sha256:
            raise ModelMissingError(f"{path.name} arrived damaged (its SHA-256 is another): fetch it again")
        os.chmod(part, READABLE)
        try:
            os.replace(part, path)
        except PermissionError:
            if not is_whole(path, sha256):  # Windows: another process has pulled it meanwhile and reads it
                raise
        _remember(path, sha256)
    finally:
        Path(part).unlink(missing_ok=True)


def is_whole(path: Path, sha256: str | None = None, size: int | None = None, *, remembered: bool = True) -> bool:
    """Say whether the file at `path` has this SHA-256 (or, without one, the one it was stored with).

    With `remembered` False it is read through even if it was found whole before.
    """
    try:
        stat = path.stat()
    except OSError:
        return False
    try:
        mark = json.loads(_mark_of(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        mark = None
    if sha256 is None and isinstance(mark, dict):
        sha256 = mark.get("sha256")
    if sha256 is None or (size is not None and stat.st_size != size):
        return False
    if remembered and mark == {"sha256": sha256, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns}:
        return True
    try:
        with path.open("rb") as file:
            right = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False
    if right:
        _remember(path, sha256)
    return right


def _remember(path: Path, sha256: str) -> None:
    """Note that the file was found whole; where that can't be written, the next start takes longer."""
    try:
        stat = path.stat()
        text = json.dumps({"sha256": sha256, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns})
        handle, part = tempfile.mkstemp(prefix=".mark-", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(part, READABLE)
        os.replace(part, _mark_of(path))
    except OSError:
        return


def _mark_of(path: Path) -> Path:
    return path.with_name(path.name + ".verified")


def _disk_trouble(folder: Path, error: OSError) -> ModelMissingError:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return ModelMissingError(f"the disk that holds {folder} is full: make room and try again")
    what = f" ({error.filename})" if error.filename and Path(os.fsdecode(error.filename)) != folder else ""
    return ModelMissingError(f"can't store a model in {folder}: {error.strerror or error}{what}")
