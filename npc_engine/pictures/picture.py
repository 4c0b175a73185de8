"""A picture before it is written to a file: the drawing, and what there is to read beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from npc_engine.pictures.look import shortened
from npc_engine.pictures.svg import put, write
from npc_engine.text import Language

MARGIN = 32.0
HEAD = 74.0
"""How far down a picture's head reaches."""


@dataclass(slots=True)
class Detail:
    """What is read when something in a drawing is chosen: a heading, and blocks of lines under their own headings."""

    id: str
    title: str
    subtitle: str = ""
    blocks: list[tuple[str, list[Line]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a detail: a sentence, its marks in words, and what is known of it besides."""

    text: str
    kind: str = ""
    note: str = ""


@dataclass(slots=True)
class Picture:
    """A drawing with a title, in a language, some units wide and high; `counts` says what is in it."""

    title: str
    language: Language
    width: float
    height: float
    root: ET.Element
    details: list[Detail] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def grown(self, height: float, left: float = 0.0, right: float = 0.0) -> None:
        """Make it so high, and reach from `left` to `right` at least: where that is known only once all is drawn."""
        left = min(0.0, left)
        self.width, self.height = max(self.width, right) - left, height
        self.root.set("viewBox", f"{left:.0f} 0 {self.width:.0f} {height:.0f}")
        for ground in self.root.iterfind("rect[@class='ground']"):
            for name, value in (("x", left), ("width", self.width), ("height", height)):
                ground.set(name, f"{value:.0f}")


def begun(title: str, subtitle: str, language: Language, width: float, height: float) -> Picture:
    """Return an empty picture with its heading."""
    root = ET.Element("svg", {"class": "npc", "lang": language, "xml:lang": language})
    root.set("viewBox", f"0 0 {width:.0f} {height:.0f}")
    put(root, "title", title)
    put(root, "rect", x=0, y=0, width=width, height=height, class_="ground")
    write(root, MARGIN, 42, shortened(title, 24, width - 2 * MARGIN, bold=True), "title")
    write(root, MARGIN, 62, shortened(subtitle, 13, width - 2 * MARGIN), "subtitle")
    return Picture(title, language, width, height, root)
