"""Mira, the herbalist: auburn braid, green dress, lavender behind the ear."""

from __future__ import annotations

from assets.source.brush import Bust, cloth, hair, shadow_under
from assets.source.canvas import Canvas, path
from assets.source.faces import FAIR, Face, features, neck, skull

FACE = Face(
    path("31,37 31,48 34,57 40,64.5 47,68.5 54,64.5 60,57 63,48 63,37 58,26 47,22 36,26"),
    iris=("green0", "green2", "green4"),
    lashes=True,
    brow=("red0", "red1"),
    eye_w=10.5,
    eye_h=7.6,
    nose_w=2.4,
    mouth_w=9,
    rosy=0.3,
)
AUBURN = ("wood0", "red0", "red1", "gold0", "red3")
FRINGE = path(
    "39,15 52,13 63,20 68,34 67,50 64.5,58 62.5,46 59,35 50,27 43,21 40,28 34,36 31.5,46 30.5,60 26,50 25,34 30,20"
)


def back(c: Canvas) -> None:
    mass = path("47,12 66,18 72,38 70,60 74,74 62,84 47,80 32,84 22,74 25,60 22,38 28,18")
    hair(c, mass, AUBURN, (44, 14), 18, 1, flat=0.16)


def body(c: Canvas) -> None:
    neck(c, FACE, 7, 62, 82)
    dress = path("6,100 7,91 13,84 25,80 37,75.5 47,83 57,75.5 69,80 81,84 87,91 88,100")
    cloth(c, dress, ("green0", "green1", "green2", "green3"), 3)
    for side, tone in ((-1, "green1"), (1, "green0")):  # the sleeves' seams
        c.curve([(47 + side * 27, 86), (47 + side * 29, 92), (47 + side * 29, 99)], tone)
    c.poly(path("37,75 47,92 44,93 32,78"), "cream")
    c.poly(path("57,75 47,92 50,93 62,78"), "sand")
    c.line(33, 79, 44, 93, "wood4")
    c.line(61, 79, 50, 93, "wood3")
    c.poly(path("39,76 55,76 47,89"), "skin2")
    c.poly(path("39,76 47,76 47,89"), "skin3")
    c.darken(c.in_poly(path("38,75 57,75 55,82 45,82")), over=("skin2", "skin3"))
    c.poly(path("18,82 24,80 52,100 43,100"), "wood2")
    c.line(19, 82, 45, 100, "wood3")
    c.line(24, 81, 51, 100, "wood1")


def head(c: Canvas, mood: str) -> None:
    skull(c, FACE)
    features(c, FACE, mood)
    c.puts("skin1", *path("37,53 40,55 43,53 52,54 55,53 58,55"))
    shadow_under(c, FRINGE, FAIR)
    hair(c, FRINGE, AUBURN, (42, 15), 17, 2)
    for k in range(6):  # the braid over her shoulder
        x, y, r = 66 - k * 0.4 + (k % 2) * 1.5, 62 + k * 6, 5.6 - k * 0.35
        c.oval(x, y + 1, r, 4.6, "wood0")
        for i, j in c.in_oval(x, y, r - 0.6, 4):
            v = (i - x) / r + (j - y) / 5 * (1 if k % 2 else -1)
            c.put(i, j, AUBURN[4 if v < -0.75 else 3 if v < -0.2 else 2 if v < 0.45 else 1])
    c.curve(path("27,42 24,34 22,25"), "green2")
    for k in range(5):  # lavender
        x, y = 22 + (k % 2) * 2, 22 + k * 3
        c.oval(x, y, 1.8, 1.7, "plum2")
        c.put(x - 1, y - 1, "plum3")


def motif(c: Canvas) -> None:
    """Bunches of herbs hung from a beam."""
    c.rect(0, 0, 96, 3, "wood0")
    c.rect(0, 0, 96, 1, "wood1")
    for k in range(8):
        x, length = 5 + k * 12, 9 + (k * 5) % 7
        for j in range(3, length):
            spread = (j - 2) // 3
            for i in range(-spread, spread + 1):
                if (i + j) % 2 == 0:
                    c.put(x + i, j, "green0" if i > 0 else "green1")
        if k % 2:
            c.puts("plum1", (x, length), (x - 2, length - 1), (x + 2, length - 1))


BUST = Bust(FACE, ("green0", "green2", "green3", "green4"), back, body, head, motif)
