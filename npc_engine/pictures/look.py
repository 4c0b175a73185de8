"""How pictures look: their colours by day and by night, and how much room a text takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from importlib.resources import files
from typing import Literal

from npc_engine.packaged import packaged_yaml

Theme = Literal["light", "dark"]

PALETTES: Mapping[Theme, Mapping[str, str]] = packaged_yaml("npc_engine.pictures", "look.yaml")
"""Colours by what they are for."""

STYLES = files("npc_engine.pictures").joinpath("picture.css").read_text("utf-8")
"""The style sheet of every picture; colours stand in it as `var(--NAME)`."""

_NARROW, _WIDE = frozenset("iljtfrI.,;:!'|()[] ·"), frozenset("mwMW@%—…")
_COLOUR = re.compile(r"var\(--([a-z_]+)\)")


def styled(theme: Theme) -> str:
    """Return the style sheet with the colours of a theme written out, as renderers without variables need it."""
    return _COLOUR.sub(lambda name: PALETTES[theme][name[1]], STYLES)


def variables(theme: Theme) -> str:
    """Return a theme's colours as the variables that the style sheet asks for."""
    return "".join(f"--{name}:{colour};" for name, colour in PALETTES[theme].items())


def is_wide(character: str) -> bool:
    """Return whether a character takes a square, as Chinese ones do."""
    return unicodedata.east_asian_width(character) in ("W", "F")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how many units a text takes across, rather more than less: fonts differ."""
    em = 0.0
    for character in text:
        if is_wide(character):
            em += 1.0
        elif character in _NARROW:
            em += 0.34
        elif character in _WIDE or character.isupper():
            em += 0.76
        else:
            em += 0.58
    return em * size * (1.06 if bold else 1.0)


def shortened(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return a text that fits into some room: as it is, or cut, with an ellipsis."""
    if width(text, size, bold=bold) <= room:
        return text
    while text and width(f"{text}…", size, bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def wrapped(text: str, size: float, room: float, most: int) -> list[str]:
    """Return a text in lines that fit into some room, `most` of them at most, the last one cut if need be."""
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < most - 1 and width(rest, size) > room:
        end = _line_end(rest, size, room)
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*lines, shortened(rest, size, room)] if rest or not lines else lines


def _line_end(text: str, size: float, room: float) -> int:
    """Return where a line of a text ends: before a word, or between two wide characters."""
    end = best = 0
    taken = 0.0
    for end, character in enumerate(text):
        taken += width(character, size)
        if taken > room:
            break
        if character == " " or (is_wide(character) and unicodedata.category(text[end + 1 : end + 2] or " ") != "Po"):
            best = end + 1
    return best or max(end, 1)
