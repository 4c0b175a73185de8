"""Which files a content folder holds, and their bytes, read once and never from outside the folder."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from npc_engine.content.spot import Findings
from npc_engine.errors import Mistake, did_you_mean, nearest

MAX_BYTES = 1_000_000
WORLD = "world.yaml"
LISTS = ("places.yaml", "things.yaml", "predicates.yaml", "facts.yaml", "actions.yaml", "story.yaml")
PERSONAS = "personas"


@dataclass(frozen=True, slots=True)
class File:
    """One file of a content folder: its path inside it, how to show that path, and its bytes.

    `data` is None when it could not be read.
    """

    path: str
    shown: str
    data: bytes | None


def shown(folder: Path, path: str) -> str:
    """Return how a file's path is shown: as the user gave the folder."""
    return (folder / path).as_posix()


def list_files(folder: Path) -> list[str]:
    """Return the paths of the folder's YAML files, sorted, without hidden and temporary files."""
    found = []
    for place in (folder, folder / PERSONAS):
        try:
            with os.scandir(place) as entries:
                names = [entry.name for entry in entries]
        except OSError:
            continue
        prefix = "" if place == folder else f"{PERSONAS}/"
        found += [prefix + name for name in names if _is_yaml(name)]
    return sorted(found)


def _is_yaml(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml")) and not name.startswith((".", "#", "~"))


def read_files(folder: Path, findings: Findings) -> list[File]:
    """Return the files of a content folder, noting those that are missing, unknown or unreadable."""
    if not folder.is_dir():
        what = "is no folder" if folder.exists() else "folder does not exist"
        findings.mistakes.add(Mistake(folder.as_posix(), 1, 1, f"this {what}"))
        return []
    paths = list_files(folder)
    files = []
    for path in paths:
        if _belongs(path):
            files.append(_read(folder, path, findings))
        elif (meant := _misnamed(folder, path, findings)) is not None and meant not in paths:
            files.append(File(meant, shown(folder, path), None))
    files += _misplaced(folder, findings)
    if WORLD not in (file.path for file in files):
        message = "this file is missing: it says the world's id, names, start, setting and player"
        findings.mistakes.add(Mistake(shown(folder, WORLD), 1, 1, message))
    if not any(file.path.startswith(f"{PERSONAS}/") for file in files):
        message = "there is no persona: put one in this folder, such as personas/mira.yaml"
        findings.mistakes.add(Mistake(shown(folder, PERSONAS), 1, 1, message))
    return files


def _belongs(path: str) -> bool:
    return path in (WORLD, *LISTS) or (path.startswith(f"{PERSONAS}/") and path.endswith(".yaml"))


def _misnamed(folder: Path, path: str, findings: Findings) -> str | None:
    """Note a file that is not read for its name, and return the path it was meant to have, if that can be told."""
    bare, _ = os.path.splitext(path)
    if path.startswith(f"{PERSONAS}/"):
        meant, instead = f"{bare}.yaml", f"; name it {bare.removeprefix(f'{PERSONAS}/')}.yaml"
    else:
        instead = did_you_mean(f"{bare}.yaml", (WORLD, *LISTS))
        meant = next((name for name in (WORLD, *LISTS) if instead == f"; did you mean {name!r}?"), "")
    findings.mistakes.add(Mistake(shown(folder, path), 1, 1, f"no file of this name is read{instead}"))
    return meant or None


def _misplaced(folder: Path, findings: Findings) -> list[File]:
    """Note folders that are not read for their name, or lie in that of the personas; return what was meant by them."""
    found = []
    for path in sorted(
        path for place in (folder, folder / PERSONAS) for path in place.glob("*/*") if _is_yaml(path.name)
    ):
        inside = path.parent.parent == folder / PERSONAS
        if not inside and (folder / PERSONAS).is_dir() and path.parent.samefile(folder / PERSONAS):
            continue  # where Personas is personas
        if inside:
            message = f"a folder in {PERSONAS} is not read: move what is in it one up"
        elif path.parent.name != PERSONAS and nearest(path.parent.name, [PERSONAS]):
            message = f"no folder of this name is read; did you mean {PERSONAS!r}?"
        else:
            continue
        findings.mistakes.add(Mistake(path.parent.as_posix(), 1, 1, message))
        found.append(File(f"{PERSONAS}/{path.stem}.yaml", path.as_posix(), None))
    return found


def _read(folder: Path, path: str, findings: Findings) -> File:
    name = shown(folder, path)
    try:
        return File(path, name, _bytes(folder, path))
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
    except ValueError as error:
        message = str(error)
    findings.mistakes.add(Mistake(name, 1, 1, message))
    return File(path, name, None)


def _bytes(folder: Path, path: str) -> bytes:
    whole = folder / path
    if not Path(os.path.realpath(whole)).is_relative_to(os.path.realpath(folder)):
        raise ValueError("this is a link to a file outside of the folder: put the file itself here")
    about = whole.stat()
    if not stat.S_ISREG(about.st_mode):
        raise ValueError("this is not a file")
    with whole.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValueError("the file is larger than 1 MB, and no second one is read: take out what is not content")
    return data


def digest(files: list[File]) -> str:
    """Return one hash (SHA-256) of the files' names and bytes: it changes when any of them does."""
    total = hashlib.sha256()
    for file in files:
        data = file.data or b""
        total.update(f"{len(file.path.encode())} {file.path} {len(data)} ".encode())
        total.update(data)
    return total.hexdigest()
