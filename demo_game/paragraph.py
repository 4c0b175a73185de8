"""A piece of a page, before anything is drawn: the window and the terminal both show these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Paragraph:
    """A piece of a page: `heading`, `body`, `small` (faded) or `mark` (small and coloured), set in by `indent`."""

    text: str
    style: Literal["heading", "body", "small", "mark"] = "body"
    indent: int = 0
    space: int = 6
    """Room above it, in pixels of a 1280×720 window."""
