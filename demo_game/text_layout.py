"""Breaking text into lines: between words in English, between characters in Chinese, mixed as it comes."""

from __future__ import annotations

import re
from collections.abc import Callable

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_TOKEN = re.compile(rf"\n|[ \t]+|[{_WIDE}“”‘’…—]|[^\s{_WIDE}“”‘’…—]+")
_NEVER_FIRST = set("，。！？、；：）》」』】”’…—,.!?;:)%")
_NEVER_LAST = set("（《「『【“‘(")


def is_wide(text: str) -> bool:
    """Return whether there are Chinese characters in a text."""
    return any("\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" for char in text)


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return the lines of a text that fit `width`; a word too long for a line is cut where it must be."""
    lines: list[str] = []
    line = ""
    for token in _clusters(text):
        if token == "\n":
            lines.append(line.rstrip())
            line = ""
        elif measure((line + token).rstrip()) <= width:
            line += token if line or not token.isspace() else ""
        else:
            if line.strip():
                lines.append(line.rstrip())
            line = "" if token.isspace() else token
            while line and measure(line) > width:
                cut = _fitting(line, width, measure)
                lines.append(line[:cut])
                line = line[cut:]
    lines.append(line.rstrip())
    return lines


def ellipsize(text: str, width: float, measure: Callable[[str], float]) -> str:
    """Return the text, cut short with `…` where it would not fit `width`."""
    if measure(text) <= width:
        return text
    return text[: max(0, _fitting(text, width - measure("…"), measure, least=0))].rstrip() + "…"


def _fitting(text: str, width: float, measure: Callable[[str], float], least: int = 1) -> int:
    low, high = least, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _clusters(text: str) -> list[str]:
    """Return the pieces a line may be broken between; punctuation stays with what it belongs to."""
    pieces: list[str] = []
    for token in _TOKEN.findall(text):
        glue_back = token[0] in _NEVER_FIRST and pieces and not pieces[-1].isspace()
        glue_forward = pieces and pieces[-1][-1] in _NEVER_LAST and not token.isspace()
        if glue_back or glue_forward:
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces
