"""Conversations to be played: a player's lines, each with a note on what a good answer does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from benchmarks.measure import ROOT
from benchmarks.measure import WORLD as VILLAGE

HERE = Path(__file__).parent
HELD_OUT = HERE / "conversations"
WORLDS = HERE / "worlds"
SAYS = 10
"""Lines of a player's in each conversation."""
_KEYS = frozenset({"id", "world", "npc", "language", "player", "lines"})
_SPAN = re.compile(r"(\d+) (minute|hour|day)s?")


class BadConversationError(ValueError):
    """Conversations that cannot be played; the text has a line for each mistake."""


@dataclass(frozen=True, slots=True)
class Say:
    """What the player types, and what a good answer to it does."""

    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Later:
    """The game is saved and closed; the player opens it again after so much game time."""

    after: timedelta
    words: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A player's side of a conversation with one NPC; `player` says who types."""

    id: str
    world: str
    npc: str
    language: str
    player: str
    lines: tuple[Say | Later, ...]

    @property
    def says(self) -> list[Say]:
        """The player's lines."""
        return [line for line in self.lines if isinstance(line, Say)]

    @property
    def crosses_a_save(self) -> bool:
        """Whether the player leaves and comes back."""
        return any(isinstance(line, Later) for line in self.lines)


def world_folder(name: str, engine: Path = ROOT) -> Path:
    """Return the folder of a world; the village is the one that an engine's own checkout brings."""
    return engine / VILLAGE.name if name == "village" else WORLDS / name


def read_talks(folder: Path, *, says: int = SAYS) -> list[Talk]:
    """Return the conversations of a folder's YAML files, in the order of the files' names.

    Raises:
        BadConversationError: a file isn't as README.md describes it; every mistake is named.
    """
    talks: list[Talk] = []
    mistakes: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        except yaml.YAMLError as error:
            mistakes.append(f"{path.name}: {' '.join(str(error).split())}")
            continue
        if not isinstance(entries, list):
            mistakes.append(f"{path.name}: not a list of conversations")
            continue
        for number, entry in enumerate(entries, 1):
            try:
                talks.append(_talk(entry, says))
            except BadConversationError as error:
                called = entry.get("id") if isinstance(entry, dict) else None
                mistakes.append(f"{path.name}: {called or f'conversation {number}'}: {error}")
    mistakes += [f"{id_}: {count} conversations have this id" for id_, count in _repeated(talks)]
    if mistakes:
        raise BadConversationError("\n".join(mistakes))
    return talks


def unplayable(talks: Iterable[Talk]) -> list[str]:
    """Return which conversations cannot be held: no such world, nobody of that id in it, or not that language."""
    found = []
    for talk in talks:
        folder = world_folder(talk.world)
        if not folder.is_dir():
            found.append(f"{talk.id}: there is no world {talk.world!r} (looked for {folder})")
        elif not (folder / "personas" / f"{talk.npc}.yaml").is_file():
            found.append(f"{talk.id}: nobody in {talk.world} has the id {talk.npc!r}")
        elif talk.language not in _spoken(folder):
            found.append(f"{talk.id}: {talk.language} is not spoken in {talk.world}")
    return found


def _spoken(folder: Path) -> list[str]:
    world = yaml.safe_load((folder / "world.yaml").read_text(encoding="utf-8"))
    return list(world.get("languages", ["en", "zh"]))


def _talk(entry: Any, says: int) -> Talk:
    if not isinstance(entry, dict) or set(entry) != _KEYS:
        raise BadConversationError(f"needs the keys {', '.join(sorted(_KEYS))}, and no others")
    texts = {key: entry[key] for key in sorted(_KEYS - {"lines"})}
    if wrong := [key for key, text in texts.items() if not isinstance(text, str) or not text.strip()]:
        raise BadConversationError(f"{', '.join(wrong)}: should be text")
    if entry["language"] not in ("en", "zh"):
        raise BadConversationError(f"language {entry['language']!r} should be en or zh")
    talk = Talk(**texts, lines=tuple(_line(line) for line in _listed(entry["lines"])))
    if len(talk.says) != says:
        raise BadConversationError(f"{len(talk.says)} lines of the player's, where {says} are wanted")
    if isinstance(talk.lines[0], Later) or isinstance(talk.lines[-1], Later):
        raise BadConversationError("`later` should stand between two lines of the player's")
    return talk


def _listed(lines: Any) -> Sequence[Any]:
    if not isinstance(lines, list) or not lines:
        raise BadConversationError("lines: should be a list")
    return lines


def _line(line: Any) -> Say | Later:
    match line:
        case {"say": str(text), "note": str(note)} if len(line) == 2 and text.strip():
            return Say(text, " ".join(note.split()))
        case {"later": str(words)} if len(line) == 1 and (span := _SPAN.fullmatch(words.strip())):
            return Later(timedelta(**{f"{span[2]}s": int(span[1])}), words)
    raise BadConversationError(f"{line!r} should be `say` with `note`, in quotes, or `later: 26 hours`")


def _repeated(talks: Sequence[Talk]) -> list[tuple[str, int]]:
    return [(id_, count) for id_, count in Counter(talk.id for talk in talks).items() if count > 1]
