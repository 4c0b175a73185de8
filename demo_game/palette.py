"""The colours of what is written and of what it is written on: the pictures' own, or black on white."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Palette:
    """Colours by what they are for. `paper` and `slate` are what panels and plates are filled with, if plainly."""

    plain: bool
    """Whether panels are plain sheets instead of pictures of parchment and wood."""
    ink: Colour
    faded: Colour
    heading: Colour
    name: Colour
    mine: Colour
    """What the player said."""
    aside: Colour
    """Who overhears, and marks in the journal."""
    trouble: Colour
    quiet: Colour
    """Arrows, dots and the frames of fields."""
    selected: Colour
    """Behind text that is selected, and on what would be chosen."""
    paper: Colour
    key: Colour
    slate: Colour
    on_slate: Colour
    on_slate_faded: Colour
    bright: Colour

    @property
    def on_paper(self) -> tuple[Colour, ...]:
        """What is written on paper."""
        return self.ink, self.faded, self.heading, self.name, self.mine, self.aside, self.trouble


WARM = Palette(
    plain=False,
    ink=(28, 23, 39),
    faded=(116, 84, 72),
    heading=(96, 59, 55),
    name=(59, 37, 49),
    mine=(44, 77, 128),
    aside=(101, 50, 104),
    trouble=(148, 50, 60),
    quiet=(139, 89, 64),
    selected=(214, 169, 109),
    paper=(248, 242, 224),
    key=(232, 205, 149),
    slate=(28, 23, 39),
    on_slate=(246, 233, 194),
    on_slate_faded=(232, 205, 149),
    bright=(246, 207, 88),
)
STARK = Palette(
    plain=True,
    ink=(0, 0, 0),
    faded=(58, 58, 58),
    heading=(0, 0, 0),
    name=(0, 0, 0),
    mine=(0, 20, 140),
    aside=(88, 0, 104),
    trouble=(140, 0, 0),
    quiet=(40, 40, 40),
    selected=(255, 214, 10),
    paper=(255, 255, 255),
    key=(255, 255, 255),
    slate=(0, 0, 0),
    on_slate=(255, 255, 255),
    on_slate_faded=(255, 255, 255),
    bright=(255, 221, 0),
)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours by WCAG 2: from 1 to 21; 7 is its best grade for text."""

    def luminance(colour: Colour) -> float:
        parts = [part / 255 for part in colour]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
