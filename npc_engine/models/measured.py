"""How fast a model file was when it was tried on this machine, kept in a small file beside it (`.tried`)."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured: seconds to open it, tokens a second read and written, and bytes of memory it took.

    `first_words` and `last_words` are the medians, in seconds, of the lines that it gave in a talk, and `voiced` is the
    share of the lines it was asked for that came from it.
    """

    opening: float
    reading: float
    tokens_a_second: float
    memory: int
    first_words: float
    last_words: float
    voiced: float
    threads: int


def measured(path: Path) -> Measured | None:
    """Return what was measured of a model file; None where it was not tried, or is another by now."""
    with suppress(OSError, ValueError, TypeError):
        kept = json.loads(_beside(path).read_text(encoding="utf-8"))
        if kept.pop("of") == _stamp(path):
            return Measured(**kept)
    return None


def keep(path: Path, found: Measured) -> None:
    """Keep what was measured of a model file, where that can be written."""
    with suppress(OSError):
        _beside(path).write_text(json.dumps({"of": _stamp(path), **asdict(found)}), encoding="utf-8")


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".tried")


def _stamp(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns]
