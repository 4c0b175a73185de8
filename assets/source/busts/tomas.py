"""Tomas, the ferryman: cap, beard, a blue-grey coat with its collar up."""

from __future__ import annotations

from assets.source.brush import Bust, cloth, hair, shadow_under
from assets.source.canvas import Canvas, noise, path
from assets.source.faces import TANNED, Face, ear, features, neck, skull

FACE = Face(
    path("30,38 30,50 32,60 38,68 47,72 56,68 62,60 64,50 64,38 58,26 47,22 36,26"),
    iris=("blue0", "blue1", "blue3"),
    brow=("wood0", "wood1"),
    brow_thick=3,
    brow_y=40,
    eye_y=47,
    eye_w=9,
    eye_h=5.6,
    nose_y=57,
    nose_w=4,
    mouth_y=64,
    mouth_w=10,
    lip="skin1",
    skin=TANNED,
    blush="skin1",
    blush_y=55,
)
BEARD = ("wood0", "wood0", "wood1", "wood2", "wood3")
CAP = ("ink", "night", "slate0", "slate1", "slate2")


def back(c: Canvas) -> None:
    del c


def body(c: Canvas) -> None:
    neck(c, FACE, 10, 64, 84)
    coat = path("0,100 1,90 8,82 23,77 37,73 47,84 57,73 71,77 86,82 93,90 95,100")
    cloth(c, coat, ("night", "slate0", "blue1", "slate1"), 5)
    c.poly(path("40,79 55,79 52,100 43,100"), "sand")
    c.darken(c.in_poly(path("40,79 55,79 54,86 41,86")))
    c.poly(path("48,84 55,79 52,100 48,100"), "wood4")
    for y in (88, 92, 96):
        c.line(44, y, 51, y, "wood3")
    cloth(c, path("35,67 28,73 26,83 41,100 46,100 40,83"), ("slate0", "blue1", "slate1", "slate2"), 6, smooth=False)
    cloth(c, path("59,67 66,73 69,83 53,100 48,100 55,83"), ("night", "slate0", "blue1"), 7, smooth=False)
    c.line(28, 73, 26, 83, "slate2")
    c.line(26, 83, 41, 100, "slate0")
    c.line(69, 83, 53, 100, "night")
    for y in (87, 94):
        c.oval(32.5, y + 1.5, 2.2, 2.2, "gold0")
        c.oval(32, y + 1, 1.6, 1.6, "gold1")
        c.put(31, y, "gold3")


def head(c: Canvas, mood: str) -> None:
    ear(c, 29.5, 50, FACE, False)
    ear(c, 65, 50, FACE, True)
    skull(c, FACE)
    hair(c, path("29,40 33,40 33.5,52 31,58 28.5,52"), BEARD, (34, 30), 60, 1)
    hair(c, path("65,40 61,40 60.5,52 63,58 65.5,52"), BEARD, (60, 30), 60, 1)
    beard = path("30,50 33,56 38,58.5 47,57.5 56,58.5 61,56 64,50 65,60 61,71 54,78 47,80 40,78 33,71 29,60")
    hair(c, beard, BEARD, (47, 40), 60, 4, strands=34)
    c.blob(path("41,61.5 47,60.5 53,61.5 54,65 47,68.5 40,65"), "skin1")
    features(c, FACE, mood)
    moustache = path("47,58 54,58.5 59,62 61,66 54,63.5 47,61.8 40,63.5 33,66 35,62 40,58.5")
    hair(c, moustache, BEARD[1:], (47, 50), 60, 5, strands=40)
    for side in (-1, 1):  # crow's feet
        x = FACE.axis + side * 15.5
        c.line(x, 46, x + side * 2, 45, "skin0")
        c.line(x, 48, x + side * 2, 49, "skin0")
    brim = path("25,38 30,35 47,33.5 64,35 69,38 66,41.5 57,38.5 47,37.8 37,38.5 28,41.5")
    shadow_under(c, brim, FACE.skin, 1, 3)
    cloth(c, path("26,36 23,24 30,14 47,10 64,14 72,24 68,36 47,33"), CAP, 9, folds=1.4)
    c.blob(path("27,32 47,28.5 67,32 68,37 47,34 26,37"), "night")
    c.curve(path("27,32 47,28.7 67,32"), "slate1")
    c.blob(brim, "ink")
    c.curve(path("26,38 31,35.6 47,34 60,35.4"), "slate0")
    c.oval(47, 31.5, 2.6, 2.4, "gold1")
    c.puts("gold3", (46, 30), (46, 31))


def motif(c: Canvas) -> None:
    """Light on the river."""
    for k in range(26):
        x, y = int(noise(k, 1, 41) * 90), int(noise(k, 2, 41) * 92)
        tone = {"blue0": "blue1", "blue1": "blue2", "blue2": "blue3", "blue3": "blue4"}[c.get(x, y)]
        c.line(x, y, x + 4 + k % 5, y, tone)


BUST = Bust(FACE, ("blue0", "blue1", "blue2", "blue3"), back, body, head, motif, drop=1)
