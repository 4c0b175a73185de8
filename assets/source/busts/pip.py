"""Pip, the smith's apprentice, ten: straw hair, freckles, a scarf too big for him."""

from __future__ import annotations

from assets.source.brush import Bust, cloth, hair
from assets.source.canvas import Canvas, path
from assets.source.faces import FAIR, MOOD, Face, brows, ear, features, neck, skull

FACE = Face(
    path("30,48 30,57 33,66 40,73 47,75.5 54,73 61,66 64,57 64,48 59,36 47,31 35,36"),
    iris=("blue0", "blue2", "blue4"),
    brow=("wood2", "gold0"),
    brow_y=46.5,
    eye_y=56,
    eye_gap=9,
    eye_w=11,
    eye_h=9.4,
    nose_y=63,
    mouth_y=68.5,
    mouth_w=8.5,
    lip="skin1",
    blush_y=64,
    rosy=0.35,
    child=True,
)
STRAW = ("wood2", "gold0", "gold1", "gold2", "gold3")
SCARF = ("wood2", "gold0", "gold1", "gold2", "gold3")
FRINGE = path(
    "36,25 40,17 45,22 52,16 56,22 65,23 66,31 72,40 68,47 69,56 64,54 61,45 56,50 53,41 47,49 43,41 38,48 35,44"
    " 31,55 27,52 25,45 22,41 27,33 26,26"
)


def back(c: Canvas) -> None:
    hair(c, path("47,20 62,24 70,38 68,60 60,66 34,66 26,60 24,38 32,24"), STRAW, (50, 22), 18, 3, flat=0.2)


def body(c: Canvas) -> None:
    shirt = path("13,100 15,92 22,87 34,84 47,83 60,84 72,87 79,92 81,100")
    cloth(c, shirt, ("wood0", "wood1", "wood2", "wood3"), 4)
    neck(c, FACE, 6, 70, 88)
    scarf = path("24,82 32,77 47,81 62,77 70,82 71,89 60,94 47,95 34,94 23,89")
    cloth(c, scarf, SCARF, 7, folds=1.6)
    c.curve(path("26,87 38,91 50,91 69,86"), "gold0")
    c.curve(path("30,82 40,86 52,86 62,83"), "gold0")
    cloth(c, path("55,89 65,87 70,100 57,100"), SCARF[:4], 8, smooth=False)
    c.line(55, 89, 57, 100, "wood2")
    for x in range(58, 69, 3):
        c.line(x, 93, x + 1, 100, "gold0")
    c.darken(c.in_poly(path("34,76 47,82 60,76 58,82 47,86 36,82")), over=SCARF)


def head(c: Canvas, mood: str) -> None:
    ear(c, 29, 58, FACE, False)
    ear(c, 65, 58, FACE, True)
    skull(c, FACE)
    features(c, FACE, mood)
    c.puts("skin1", *path("36,63 39,65 41,62 53,62 56,65 59,63"))
    c.darken(c.in_poly([(x + 1, y + 3) for x, y in FRINGE]), over=FAIR)
    hair(c, FRINGE, STRAW, (49, 22), 15, 4, smooth=False)
    brows(c, FACE, MOOD[mood])  # seen through the fringe


def motif(c: Canvas) -> None:
    """Small summer clouds."""
    for cx, cy in ((14, 18), (82, 34), (80, 12)):
        for dx, dy, r in ((0, 1, 6), (6, 2, 4), (-6, 2.4, 3.4), (1, -1, 4)):
            c.oval(cx + dx, cy + dy + 1, r, r * 0.6, "blue4")
        for dx, dy, r in ((0, 0, 5.4), (6, 1, 3.6), (-6, 1.6, 3), (1, -2, 3.6)):
            c.oval(cx + dx, cy + dy, r, r * 0.6, "white")


BUST = Bust(FACE, ("blue2", "blue3", "blue4", "cream"), back, body, head, motif, drop=0)
