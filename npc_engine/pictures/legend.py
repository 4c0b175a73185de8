"""The legend of a picture: what its lines, marks and boxes stand for; in a page those of lines hide and show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args
from xml.etree import ElementTree as ET

from npc_engine.pictures.look import width
from npc_engine.pictures.svg import Mark, box, mark, put, write


@dataclass(frozen=True, slots=True)
class Entry:
    """What one sign stands for: a line of some kind, a mark, a box, or a curve."""

    kind: str
    text: str
    sign: Literal["line", "mark", "box", "curve"]


def legend(parent: ET.Element, entries: Sequence[Entry], x: float, y: float, room: float) -> float:
    """Draw a legend from a place on, in as many lines as it takes; return how high it is."""
    group = put(parent, "g", class_="legend")
    left, line = x, y
    for entry in entries:
        wide = 34 + width(entry.text, 11) + 18
        if left + wide > x + room and left > x:
            left, line = x, line + 20
        toggles = {"data_toggle": entry.kind} if entry.sign == "line" else {}
        one = put(group, "g", class_=f"key {entry.kind}" if toggles else "key", **toggles)
        _sign(one, entry, left, line)
        write(one, left + 34, line + 4, entry.text, "small")
        left += wide
    return line - y + 20


def _sign(group: ET.Element, entry: Entry, x: float, y: float) -> None:
    if entry.sign == "box":
        box(group, x + 6, y - 6, 22, 12, entry.kind, 4)
    elif entry.sign == "mark":
        mark(group, x + 20, y, next(kind for kind in get_args(Mark) if kind == entry.kind))
    elif entry.sign == "curve":
        put(group, "path", d=f"M{x:.0f} {y:.0f} H{x + 28:.0f}", class_=f"curve {entry.kind}")
    else:
        line = put(group, "path", d=f"M{x:.0f} {y:.0f} H{x + 28:.0f}", class_="line")
        if entry.kind in ("warm", "cold"):
            line.set("stroke-width", "2.4")
