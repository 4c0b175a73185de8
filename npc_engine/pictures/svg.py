"""Building SVG as a tree, so that every text in it is escaped by whoever writes the tree; and the marks we draw."""

from __future__ import annotations

import re
from typing import Literal
from xml.etree import ElementTree as ET

from npc_engine.text import cleaned

Mark = Literal["true", "false", "unsettled", "secret", "saw", "told", "inferred", "authored", "said", "merged", "gone"]
"""What a small drawing stands for; `saw` to `authored` are how something came to be believed."""

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def safe(text: str) -> str:
    """Return a text without what neither XML nor a page can hold."""
    return _NO_XML.sub("", cleaned(text))


def put(parent: ET.Element, tag: str, text: str = "", /, **said: str | float) -> ET.Element:
    """Return a new element at the end of another, with a text and attributes: `class_` is class, `_` a hyphen."""
    named = {name.rstrip("_").replace("_", "-"): _said(value) for name, value in said.items()}
    element = ET.SubElement(parent, tag, named)
    if text:
        element.text = safe(text)
    return element


def _said(value: str | float) -> str:
    return safe(value) if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def box(parent: ET.Element, x: float, y: float, w: float, h: float, class_: str, r: float = 6) -> ET.Element:
    """Return a new rectangle with round corners."""
    return put(parent, "rect", x=x, y=y, width=w, height=h, rx=r, class_=class_)


def write(parent: ET.Element, x: float, y: float, text: str, class_: str, anchor: str = "") -> ET.Element:
    """Return a new text whose line stands at `y`; `anchor` is `middle` or `end` where `x` is not its beginning."""
    element = put(parent, "text", text, x=x, y=y, class_=class_)
    if anchor:
        element.set("text-anchor", anchor)
    return element


def tip(parent: ET.Element, text: str) -> None:
    """Let a text be shown where the pointer rests on an element."""
    put(parent, "title", text)


_PATHS: dict[Mark, str] = {
    "true": "M-4 0.5 L-1 3.5 L4.5 -3.5",
    "false": "M-3.5 -3.5 L3.5 3.5 M3.5 -3.5 L-3.5 3.5",
    "unsettled": "M-2.6 -2.2 C-2.6 -5.4 2.8 -5.2 2.6 -2.2 C2.5 -0.6 0 -0.6 0 1.4",
    "secret": "M-2.4 -0.5 V-2.6 A2.4 2.4 0 0 1 2.4 -2.6 V-0.5",
    "saw": "M-5 0 Q0 -5.5 5 0 Q0 5.5 -5 0 Z",
    "told": "M-5 -4 H5 V2 H0 L-3 5 V2 H-5 Z",
    "inferred": "M-3 1.5 A3.6 3.6 0 1 1 3 1.5 M-1.8 4.5 H1.8",
    "authored": "M-4.5 -3.5 Q-2 -5 0 -3.5 Q2 -5 4.5 -3.5 V3.5 Q2 2 0 3.5 Q-2 2 -4.5 3.5 Z M0 -3.5 V3.5",
    "said": "M5 -4 H-5 V2 H0 L3 5 V2 H5 Z",
    "merged": "M-5 -4 L0 0 L-5 4 M0 0 H5",
    "gone": "M-5 0 H5",
}


def mark(parent: ET.Element, x: float, y: float, kind: Mark) -> ET.Element:
    """Return a new mark about ten units wide, with its middle at a place."""
    colour = kind if kind in ("true", "false", "unsettled", "secret") else "own"
    group = put(parent, "g", class_=f"mark {colour}", transform=f"translate({x:.1f} {y:.1f})")
    put(group, "path", d=_PATHS[kind])
    if kind == "secret":
        box(group, -4, -0.5, 8, 5.5, "solid", 1)
    elif kind == "unsettled":
        put(group, "circle", cx=0, cy=4.2, r=1.1, class_="solid")
    elif kind == "saw":
        put(group, "circle", cx=0, cy=0, r=1.2)
    return group
