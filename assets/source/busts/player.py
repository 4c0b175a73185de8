"""The traveller whom the player leads: brown hair, blue tunic, a red cape."""

from __future__ import annotations

import math

from assets.source.brush import SIZE, Bust, cloth, hair, shadow_under
from assets.source.canvas import Canvas, path
from assets.source.faces import FAIR, MOOD, Face, brows, ear, features, neck, skull

FACE = Face(
    path("30.5,37 30.5,48 33,58 39.5,66 47,69.5 54.5,66 61,58 63.5,48 63.5,37 58,26 47,22 36,26"),
    iris=("wood0", "gold0", "gold1"),
    brow=("wood0", "wood1"),
    brow_y=38.5,
    eye_w=10,
    eye_h=7.4,
    nose_w=2.8,
    mouth_w=9.5,
    lip="skin1",
    blush="skin2",
)
BROWN = ("wood0", "wood0", "wood1", "wood2", "wood3")
CAPE = ("red0", "red1", "red1", "red2")
FRINGE = path(
    "30,22 37,12 50,9 62,14 69,26 69,42 66,50 64,42 61,34 57,40 53,31 48,38 42,30 37,37 33,40 30.5,50 27,46 24,34"
)


def back(c: Canvas) -> None:
    hair(c, path("47,10 63,14 71,30 69,50 62,62 32,62 25,50 23,30 31,14"), BROWN, (40, 12), 18, 2, flat=0.16)


def body(c: Canvas) -> None:
    neck(c, FACE, 8, 62, 84)
    tunic = path("8,100 12,88 26,80 38,76 47,82 56,76 68,80 82,88 87,100")
    cloth(c, tunic, ("blue0", "blue1", "blue1", "blue2"), 3)
    c.poly(path("39,76 55,76 47,88"), "skin2")
    c.poly(path("39,76 47,76 47,88"), "skin3")
    c.darken(c.in_poly(path("38,75 57,75 55,82 44,82")), over=("skin2", "skin3"))
    c.line(38, 76, 47, 89, "sand")
    c.line(56, 76, 47, 89, "wood4")
    cloth(c, path("1,100 2,90 10,82 24,77 37,72 41,81 35,89 29,100"), CAPE, 6)
    cloth(c, path("93,100 92,90 84,82 70,77 57,72 54,81 60,89 66,100"), CAPE[:3], 7)
    c.curve(path("41,80 36,89 30,100"), "red0")
    c.line(38, 84, 57, 84, "gold0")
    c.oval(37.5, 84, 3.2, 3.2, "gold0")
    c.oval(37, 83.5, 2.6, 2.6, "gold1")
    c.oval(57.5, 84, 3.2, 3.2, "gold0")
    c.puts("gold3", (36, 82), (37, 82), (36, 83))


def head(c: Canvas, mood: str) -> None:
    ear(c, 30, 50, FACE, False)
    ear(c, 64, 50, FACE, True)
    skull(c, FACE)
    features(c, FACE, mood)
    shadow_under(c, FRINGE, FAIR)
    hair(c, FRINGE, BROWN, (39, 12), 17, 5)
    brows(c, FACE, MOOD[mood])  # seen through the fringe


def motif(c: Canvas) -> None:
    """The hills of the road here."""
    for base, tall, tones in ((66, 7, ("blue1", "blue2")), (74, 5, ("green1", "green2"))):
        for x in range(SIZE):
            top = base + round(tall * math.sin(x / 13 + base) + 2 * math.sin(x / 5 + tall))
            for y in range(top, SIZE):
                c.put(x, y, tones[0] if y > top + 2 or x > 50 else tones[1])


BUST = Bust(FACE, ("blue1", "blue2", "blue3", "blue4"), back, body, head, motif)
