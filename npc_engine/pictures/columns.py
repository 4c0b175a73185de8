"""What pictures in columns are made of: where the columns are, who stands at their ends, and what flows between."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from npc_engine.pictures.arranging import Point
from npc_engine.pictures.look import shortened
from npc_engine.pictures.picture import MARGIN
from npc_engine.pictures.svg import Mark, box, mark, put, write

LEFT, ROWS, RIGHT, SIDE = MARGIN, 262.0, 900.0, 150.0
"""Where the columns begin: whom it is from, what it is, whom it was told; and how wide the outer ones are."""
WIDE = RIGHT + SIDE + MARGIN
ROW_WIDE = 556.0
TEXT = 345.0
"""How much room the words of a row have."""
LINE = 17.0


def end(parent: ET.Element, x: float, y: float, name: str, kind: Mark | None, number: str | None) -> None:
    """Draw whom something is from, or went to, with the middle of its box at a height."""
    said = {"data_detail": number, "data_person": number} if number else {}
    group = put(parent, "g", class_="person" if number else "source", **said)
    box(group, x, y - 17, SIDE, 34, "here" if number else "card", 10)
    left = x + 14
    if kind is not None:
        mark(group, x + 18, y, kind)
        left = x + 32
    write(group, left, y + 5, shortened(name, 13, x + SIDE - left - 8, bold=True), "head")


def flow(parent: ET.Element, start: Point, stop: Point, class_: str) -> None:
    """Draw a line that leaves and comes in level."""
    (ax, ay), (bx, by) = start, stop
    middle = (ax + bx) / 2
    path = f"M{ax:.1f} {ay:.1f} C{middle:.1f} {ay:.1f} {middle:.1f} {by:.1f} {bx - 7:.1f} {by:.1f}"
    put(parent, "path", d=path, class_=class_)
    points = f"{bx:.1f},{by:.1f} {bx - 8:.1f},{by - 3.5:.1f} {bx - 8:.1f},{by + 3.5:.1f}"
    put(parent, "polygon", points=points, class_=class_.replace("flow", "tip", 1))


def meter(parent: ET.Element, x: float, y: float, share: float) -> None:
    """Draw a bar forty units wide, filled up to a share of it."""
    box(parent, x, y - 3, 40, 6, "fill-soft", 3)
    box(parent, x, y - 3, max(3.0, 40 * share), 6, "fill-told", 3)
