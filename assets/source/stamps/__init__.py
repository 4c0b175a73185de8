"""Pixel art kept as text files, so that it can be read and mended in any editor."""

from __future__ import annotations

from pathlib import Path

Rows = tuple[str, ...]


def load(name: str) -> dict[str, Rows]:
    """The pictures of one file by name: `[name]` lines begin them, `#` lines are remarks."""
    out: dict[str, list[str]] = {}
    rows: list[str] = []
    for line in (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            rows = out.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            rows.append(line)
    return {key: tuple(value) for key, value in out.items()}
