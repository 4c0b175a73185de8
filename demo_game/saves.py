"""Where games are kept: the one being played, three slots beside it, and notes of when and where each was saved."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

SLOTS = (1, 2, 3)
SUFFIXES = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps beside its file."""


@dataclass(frozen=True)
class Note:
    """What is written on a slot: the game's time, the place, the player's spot on the map, and the story's step."""

    at: str
    place: str | None
    x: float | None
    y: float | None
    beat: Mapping[str, str]

    @property
    def spot(self) -> tuple[float, float] | None:
        """The player's point on the map, where one was noted."""
        return None if self.x is None or self.y is None else (self.x, self.y)

    @property
    def time(self) -> datetime:
        """The game time it was saved at."""
        return datetime.fromisoformat(self.at)


class Saves:
    """A folder of save files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def current(self) -> Path:
        """The game being played; what happens is in it at once."""
        return self.folder / "current.npc"

    def slot(self, number: int) -> Path:
        """Return a slot's file."""
        return self.folder / f"slot{number}.npc"

    def note(self, number: int) -> Note | None:
        """Return what is written on a slot, or None where it is empty."""
        try:
            return Note(**json.loads(self._note_file(number).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write_note(self, number: int, note: Note) -> None:
        """Write on a slot what it holds."""
        path = self._note_file(number)
        part = path.with_suffix(".part")
        part.write_text(json.dumps(asdict(note), ensure_ascii=False), encoding="utf-8")
        os.replace(part, path)

    def set_aside(self) -> Path | None:
        """Move the current game out of the way under a name of its own; give that name."""
        if not self.current.exists():
            return None
        number = 1
        while (aside := self.folder / f"damaged{number}.npc").exists():
            number += 1
        self._move(aside)
        return aside

    def begin_anew(self) -> None:
        """Keep the current game as the previous one, so that a new one can begin."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.current.exists():
            self._move(self.folder / "previous.npc")

    def copy_slot(self, number: int) -> None:
        """Begin with a slot's game as the current one (used before any engine runs)."""
        self.begin_anew()
        shutil.copyfile(self.slot(number), self.current)

    def _move(self, to: Path) -> None:
        for suffix in SUFFIXES:
            source, target = Path(f"{self.current}{suffix}"), Path(f"{to}{suffix}")
            target.unlink(missing_ok=True)
            if source.exists():
                os.replace(source, target)

    def _note_file(self, number: int) -> Path:
        return self.folder / f"slot{number}.json"
