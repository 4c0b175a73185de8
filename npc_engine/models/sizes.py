"""How large a model is, read off what it is called, and what a size makes of it."""

from __future__ import annotations

import re
from pathlib import Path

from npc_engine.models.model import Size

MEDIUM_FROM, LARGE_FROM = 3.0, 14.0
"""Billions of parameters from which a model can hold a conversation with code's directions, and from which it can
be told everything and answer in JSON. One of 1.5 billions was judged worse than code's own words wherever it talked."""

BYTES_A_PARAMETER = 0.6
"""What a parameter takes in a file of about four and a half bits, the usual one; for files that tell no number."""

_PARAMETERS = re.compile(r"(?<![a-z0-9.])(?:(\d+)x)?(\d+(?:\.\d+)?)([bm])(?![a-z0-9])")


def billions_in(name: str) -> float:
    """Return the billions of parameters that a name tells: `qwen3:8b`, `Llama-3.2-1B`, `8x7B`; 0.0 for none.

    Where it tells several, as `qwen3-30b-a3b` does, the largest counts.
    """
    found = _PARAMETERS.findall(name.lower())
    return max((int(times or 1) * float(many) / (1000 if unit == "m" else 1) for times, many, unit in found), default=0)


def billions_of(told: float, path: Path) -> float:
    """Return the billions of parameters of a model file: as it tells, else its name, else by how large it is."""
    return told or billions_in(path.stem) or path.stat().st_size / BYTES_A_PARAMETER / 1e9


def size_of(billions: float) -> Size:
    """Return the size that so many billions of parameters make."""
    return "large" if billions >= LARGE_FROM else "medium" if billions >= MEDIUM_FROM else "small"
