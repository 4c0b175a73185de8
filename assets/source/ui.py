"""Frames, bubbles and small icons of the user interface, in parchment and wood."""

from __future__ import annotations

from collections.abc import Callable

from assets.source.canvas import Canvas, bayer, noise
from assets.source.houses import lantern
from assets.source.stamps import load

K = {
    "o": "ink",
    "n": "night",
    "w": "wood1",
    "W": "wood2",
    "b": "wood3",
    "B": "wood4",
    "p": "sand",
    "P": "cream",
    "y": "white",
    "r": "red1",
    "R": "red2",
    "f": "red3",
    "g": "green2",
    "G": "green4",
    "h": "green1",
    "l": "green3",
    "s": "slate1",
    "S": "slate2",
    "t": "slate3",
    "d": "slate0",
    "u": "blue1",
    "U": "blue2",
    "c": "blue3",
    "C": "blue4",
    "m": "gold0",
    "M": "gold1",
    "x": "gold2",
    "X": "gold3",
    "v": "plum1",
    "V": "plum2",
    "z": "plum3",
}

ICONS = load("icons")


def icon(name: str) -> Canvas:
    c = Canvas(16, 16)
    c.stamp(0, 0, ICONS[name], K)
    return c


def panel(dark: bool = False) -> Canvas:
    """A nine-slice frame, 48 by 48, corners of 16: carved wood around parchment (or around night)."""
    c = Canvas(48, 48, "ink")
    c.rect(1, 1, 46, 46, "wood2")
    c.rect(1, 1, 46, 1, "wood4")
    c.rect(1, 1, 1, 46, "wood3")
    c.rect(1, 46, 46, 1, "wood1")
    c.rect(46, 1, 1, 46, "wood1")
    c.rect(5, 5, 38, 38, "wood1")
    c.rect(5, 43, 38, 1, "wood3")
    c.rect(43, 5, 1, 39, "wood3")
    c.rect(6, 6, 36, 36, "ink")
    face, edge, inner = ("night", "ink", "slate0") if dark else ("cream", "wood4", "sand")
    for y in range(7, 41):
        for x in range(7, 41):
            depth = min(x - 7, y - 7, 40 - x, 40 - y)
            corner = x < 16 or x > 31
            tall = y < 16 or y > 31
            if depth == 0:
                c.put(x, y, edge)
            elif depth == 1 or (depth == 2 and (x + y) % 2):
                c.put(x, y, inner)
            elif corner and tall and noise(x, y, 4) > 0.93 and not dark:
                c.put(x, y, "sand")
            else:
                c.put(x, y, face)
    # Brass corners with a rivet.
    for flip_x in (False, True):
        for flip_y in (False, True):
            for j in range(11):
                for i in range(11):
                    if i + j > 12 or (i > 5 and j > 5):
                        continue
                    x, y = (47 - i if flip_x else i), (47 - j if flip_y else j)
                    if i == 0 or j == 0 or i + j == 12 or ((i > 4 and j == 5) or (j > 4 and i == 5)):
                        c.put(x, y, "ink")
                    else:
                        bright = (x + y) < 47
                        c.put(
                            x,
                            y,
                            "gold2"
                            if (i == 1 or j == 1) and not (flip_x and flip_y)
                            else "gold1"
                            if bright
                            else "gold0",
                        )
            x, y = (43 if flip_x else 3), (43 if flip_y else 3)
            c.rect(x, y, 2, 2, "gold0")
            c.put(x, y, "gold3")
    for x, y in (
        (0, 0),
        (47, 0),
        (0, 47),
        (47, 47),
        (1, 0),
        (0, 1),
        (46, 0),
        (47, 1),
        (0, 46),
        (1, 47),
        (46, 47),
        (47, 46),
    ):
        c.put(x, y, "clear")
    for x, y in ((1, 1), (46, 1), (1, 46), (46, 46)):
        c.put(x, y, "ink")
    return c


def plate() -> Canvas:
    """A nine-slice name plate, 48 by 24, corners 12 by 8: a dark board with a gold line."""
    c = Canvas(48, 24)
    c.rect(2, 0, 44, 24, "ink")
    c.rect(0, 3, 48, 18, "ink")
    c.rect(1, 1, 46, 22, "ink")
    c.rect(2, 2, 44, 20, "wood1")
    c.rect(2, 2, 44, 1, "wood3")
    c.rect(2, 21, 44, 1, "wood0")
    c.rect(4, 4, 40, 16, "gold1")
    c.rect(5, 5, 38, 14, "wood0")
    for x, y in ((4, 4), (43, 4), (4, 19), (43, 19)):
        c.rect(x - 1, y - 1, 3, 3, "wood1")
        c.put(x, y, "gold2")
    return c


def button(state: str) -> Canvas:
    """A nine-slice button, 24 by 24, corners of 8: `normal`, `hover`, `pressed`."""
    c = Canvas(24, 24)
    face, light, dark = {
        "normal": ("wood4", "sand", "wood2"),
        "hover": ("gold2", "gold3", "gold0"),
        "pressed": ("wood3", "wood2", "wood4"),
    }[state]
    c.rect(1, 0, 22, 24, "ink")
    c.rect(0, 1, 24, 22, "ink")
    c.rect(1, 1, 22, 22, face)
    c.rect(1, 1, 22, 2, light)
    c.rect(1, 1, 1, 22, light)
    c.rect(1, 21, 22, 2, dark)
    c.rect(22, 2, 1, 21, dark)
    return c


def bubble() -> Canvas:
    """A nine-slice speech bubble for barks, 24 by 24, corners of 8."""
    c = Canvas(24, 24)
    c.rect(3, 0, 18, 24, "ink")
    c.rect(0, 3, 24, 18, "ink")
    c.rect(1, 1, 22, 22, "ink")
    c.rect(3, 1, 18, 22, "white")
    c.rect(1, 3, 22, 18, "white")
    c.rect(2, 2, 20, 20, "white")
    c.rect(3, 22, 18, 1, "slate3")
    c.rect(22, 3, 1, 18, "slate3")
    c.puts("slate3", (21, 21))
    return c


def bubble_tail() -> Canvas:
    """The bubble's tail, 12 by 8: its top row lies over the bubble's bottom line."""
    c = Canvas(12, 8)
    c.stamp(
        0,
        0,
        (
            ".yyyyyyyyyo.",
            ".oyyyyyyyo..",
            "..oyyyyyto..",
            "...oyyyto...",
            "....oyto....",
            "....oto.....",
            "....oo......",
            "....o.......",
        ),
        {**K, "y": "white", "t": "slate3"},
    )
    return c


def arrows() -> Canvas:
    """The continue marker: two frames of 16 by 16, bobbing."""
    c = Canvas(32, 16)
    rows = (
        "oooooooooooo",
        "oXxxxxxxxxMo",
        ".oXxxxxxxMo.",
        "..oxxxxxMo..",
        "...oxxxMo...",
        "....oxMo....",
        ".....oo.....",
    )
    c.stamp(2, 4, rows, K)
    c.stamp(18, 6, rows, K)
    return c


def pointer() -> Canvas:
    """What marks the chosen answer, 16 by 16."""
    c = Canvas(16, 16)
    c.stamp(
        4,
        2,
        (
            "oo......",
            "oXo.....",
            "oXxo....",
            "oXxxo...",
            "oXxxxo..",
            "oxxxxMo.",
            "oxxxMo..",
            "oxxMo...",
            "oxMo....",
            "oMo.....",
            "oo......",
        ),
        K,
    )
    return c


def _small_bubble(c: Canvas, x: int, y: int, w: int, h: int, tail: int) -> None:
    c.rect(x + 2, y, w - 4, h, "ink")
    c.rect(x, y + 2, w, h - 4, "ink")
    c.rect(x + 1, y + 1, w - 2, h - 2, "ink")
    c.rect(x + 2, y + 1, w - 4, h - 2, "white")
    c.rect(x + 1, y + 2, w - 2, h - 4, "white")
    c.rect(x + 2, y + h - 2, w - 4, 1, "slate3")
    c.stamp(x + tail, y + h - 1, ("yyyy", "oyto", ".oo."), {"y": "white", "t": "slate3", "o": "ink"})


def press_e() -> Canvas:
    """The talk prompt over a head: two frames of 24 by 24, a key that goes down."""
    c = Canvas(48, 24)
    for f in range(2):
        x, down = f * 24, f * 2
        _small_bubble(c, x + 1, 0, 22, 21, 9)
        c.rect(x + 5, 3 + down, 14, 14 - down, "ink")
        c.rect(x + 6, 4 + down, 12, 12 - down, "slate1")
        c.rect(x + 6, 4 + down, 12, 10, "slate3")
        c.rect(x + 6, 4 + down, 12, 1, "white")
        c.stamp(x + 9, 5 + down, ("ooooo", "oo...", "oo...", "oooo.", "oo...", "oo...", "ooooo"), K)
    return c


def thinking() -> Canvas:
    """The thinking bubble: four frames of 24 by 20, dots that rise in turn."""
    c = Canvas(96, 20)
    for f in range(4):
        x = f * 24
        _small_bubble(c, x + 1, 0, 22, 16, 4)
        for k in range(3):
            up = 2 if f == k + 1 else 0
            c.rect(x + 5 + k * 5, 7 - up, 3, 3, "slate0" if up else "slate2")
            c.put(x + 5 + k * 5, 7 - up, "slate1" if up else "slate3")
    return c


def bar() -> Canvas:
    """A meter for feelings, 48 by 32: an empty trough, then a green, a red and a gold filling, 8 high each."""
    c = Canvas(48, 32)
    c.rect(0, 0, 48, 8, "ink")
    c.rect(1, 1, 46, 6, "wood0")
    c.rect(1, 1, 46, 1, "night")
    for k, stem in enumerate(("green", "red", "gold")):
        y = 8 + k * 8
        light, mid, low = {
            "green": ("green4", "green3", "green2"),
            "red": ("red3", "red2", "red1"),
            "gold": ("gold3", "gold2", "gold1"),
        }[stem]
        c.rect(1, y + 1, 46, 6, mid)
        c.rect(1, y + 1, 46, 2, light)
        c.rect(1, y + 6, 46, 1, low)
    return c


def window_icon() -> Canvas:
    """32 by 32: a lantern in a speech bubble."""
    c = Canvas(32, 32)
    c.rect(3, 1, 26, 25, "ink")
    c.rect(1, 3, 30, 21, "ink")
    c.rect(2, 2, 28, 23, "ink")
    c.rect(3, 2, 26, 23, "blue1")
    c.rect(2, 3, 28, 21, "blue1")
    for y in range(3, 24):
        for x in range(3, 29):
            level = (y - 3) / 21 + (bayer(x, y) - 0.5) * 0.3
            c.put(
                x,
                y,
                "blue0"
                if level < 0.25
                else "plum1"
                if level < 0.5
                else "plum2"
                if level < 0.72
                else "red3"
                if level < 0.92
                else "gold2",
            )
    c.stamp(
        6, 24, ("BBBBBB", "obbbbo", "obbbo.", "obbo..", "obo...", "oo...."), {"o": "ink", "b": "gold2", "B": "gold2"}
    )
    big = Canvas(16, 20)
    lantern(big, 7, 0)
    big.outline("ink")
    for j in range(20):
        for i in range(16):
            if big.get(i, j) != "clear":
                c.put(i + 9, j + 3, big.get(i, j))
    return c


UI: dict[str, Callable[[], Canvas]] = {
    "panel": panel,
    "panel_dark": lambda: panel(True),
    "name_plate": plate,
    "button": lambda: button("normal"),
    "button_hover": lambda: button("hover"),
    "button_pressed": lambda: button("pressed"),
    "bubble": bubble,
    "bubble_tail": bubble_tail,
    "continue": arrows,
    "pointer": pointer,
    "press_e": press_e,
    "thinking": thinking,
    "meter": bar,
    "window_icon": window_icon,
}
