"""Lian, who keeps the tea house: hair up with a gold pin, plum hanfu, jade at her ears."""

from __future__ import annotations

import math

from assets.source.brush import SIZE, Bust, cloth, hair, shadow_under
from assets.source.canvas import Canvas, path
from assets.source.faces import FAIR, Face, features, neck, skull

FACE = Face(
    path("32,37 32,48 34.5,57 40.5,65 47,69 53.5,65 59.5,57 62,48 62,37 57,26 47,22 37,26"),
    iris=("ink", "wood1", "wood2"),
    brow=("ink", "night"),
    brow_y=38.5,
    lashes=True,
    eye_w=10.5,
    eye_h=6.2,
    nose_w=2.2,
    mouth_w=8.5,
)
BLACK = ("ink", "ink", "night", "slate0", "slate1")


def back(c: Canvas) -> None:
    hair(c, path("34,9 38,2 47,-1 56,2 60,9 55,17 39,17"), BLACK, (52, 17), 13, 2)
    c.line(25, 5, 71, 13, "gold0")
    c.line(25, 4, 71, 12, "gold2")
    c.oval(24, 4.5, 2.6, 2.6, "red2")
    c.put(23, 3, "red3")
    for k in range(4):
        c.put(23, 8 + k * 2, "gold2" if k % 2 else "gold1")
    c.oval(23.5, 17, 1.7, 2.2, "green3")
    c.put(23, 16, "green5")
    mass = path("47,15 60,18 67,32 66,52 61,62 33,62 28,52 27,32 34,18")
    hair(c, mass, BLACK, (47, 16), 17, 1, flat=0.16)


def body(c: Canvas) -> None:
    neck(c, FACE, 6.5, 62, 84)
    robe = path("4,100 5,91 12,84 25,80 37,75 47,84 57,75 69,80 82,84 89,91 90,100")
    cloth(c, robe, ("plum0", "plum1", "plum1", "plum2"), 3)
    c.poly(path("39,75 55,75 50,93 44,91"), "skin3")
    c.poly(path("48,75 55,75 50,93 47,89"), "skin2")
    c.darken(c.in_poly(path("38,74 56,74 54,82 45,82")), over=("skin2", "skin3"))
    # The collar crosses to the wearer's right, as it must for the living.
    for wide, colour in ((9, "blue0"), (6, "gold0"), (5, "cream")):
        c.poly([(38, 74), (38 - wide, 76), (50 - wide * 0.4, 100), (58 + wide * 0.4, 100)], colour)
    for wide, colour in ((9, "blue1"), (6, "gold1"), (5, "white")):
        c.poly([(56, 74), (56 + wide, 76), (40 + wide, 100), (32, 100)], colour)
    c.poly(path("56,74 57.5,75 35,100 29,100"), "plum2")
    c.poly(path("56,75 52,79 29,100 22,100"), "plum1", over=("plum2",))
    c.line(53, 82, 43, 94, "slate3")
    for x, y in ((18, 90), (74, 91), (24, 96)):  # blossoms woven into the silk
        c.puts("plum3" if x < 40 else "plum2", (x, y - 1), (x - 1, y), (x + 1, y), (x, y + 1))
        c.put(x, y, "gold1")


def head(c: Canvas, mood: str) -> None:
    skull(c, FACE)
    features(c, FACE, mood)
    for side in (-1, 1):
        x = 47 + side * 16.5
        c.line(x, 56, x, 59, "gold1")
        c.oval(x + 0.4, 62, 1.8, 2.4, "green3" if side < 0 else "green2")
        c.put(x - 0.6, 61, "green5")
    for side in (-1, 1):
        fringe = [
            (47, 19),
            (47 + side * 9, 17),
            (47 + side * 17, 25),
            (47 + side * 19.5, 38),
            (47 + side * 18, 54),
            (47 + side * 16.4, 58),
            (47 + side * 15.6, 46),
            (47 + side * 12.5, 34),
            (47 + side * 5, 26),
        ]
        shadow_under(c, fringe, FAIR)
        hair(c, fringe, BLACK, (47, 17), 16, 5)
    c.line(47, 18, 47, 24, "skin2")


def motif(c: Canvas) -> None:
    """A moon window in a lattice wall."""
    for y in range(SIZE):
        for x in range(SIZE):
            d = math.hypot(x - 47.5, y - 46)
            if 42.5 < d < 46:
                c.put(x, y, "wood0" if d < 43.4 or d > 45.2 else "wood2" if x + y < 80 else "wood1")
            elif d >= 46 and ((x + y) % 10 == 0 or (x - y) % 10 == 0):
                c.put(x, y, "plum1")


BUST = Bust(FACE, ("plum0", "plum2", "plum3", "sand"), back, body, head, motif)
