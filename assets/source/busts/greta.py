"""Greta, the smith: broad shoulders, leather apron, short dark hair under a red band."""

from __future__ import annotations

from assets.source.brush import Bust, cloth, hair, shadow_under
from assets.source.canvas import Canvas, bayer, noise, path
from assets.source.faces import TANNED, Face, ear, features, neck, skull

FACE = Face(
    path("28,38 28.5,50 31,60 37,67 47,70.5 57,67 63,60 65.5,50 66,38 60,26 47,22 34,26"),
    iris=("wood0", "wood1", "gold0"),
    brow=("ink", "wood0"),
    brow_y=39,
    eye_y=47,
    eye_w=10,
    eye_h=6.6,
    eye_gap=9.5,
    lashes=True,
    nose_y=56.5,
    nose_w=3.4,
    mouth_y=62.5,
    mouth_w=11,
    lip="red1",
    skin=TANNED,
    blush="skin1",
    blush_y=55,
)
DARK = ("ink", "ink", "wood0", "wood1", "wood2")
FRINGE = path(
    "33,18 47,11 61,15 70,28 69,46 67,55 65,42 61,34 54,31 50,35 44,30 38,35 33,34 30.5,42 29,54 25.5,46 25,29"
)


def back(c: Canvas) -> None:
    mass = path("47,10 64,15 71,30 70,50 66,61 34,62 28,61 24,50 23,30 30,15")
    hair(c, mass, DARK, (52, 12), 18, 3, flat=0.12)


def body(c: Canvas) -> None:
    neck(c, FACE, 12, 60, 84)
    shirt = path("-4,100 -3,88 5,80 18,76 34,72 47,80 60,72 76,76 89,80 97,88 99,100")
    cloth(c, shirt, ("slate0", "slate1", "slate2", "slate3"), 2)
    c.poly(path("35,72 59,72 47,85"), "skin2")
    c.darken(c.in_poly(path("35,72 59,72 57,79 42,79")), over=("skin2",))
    c.line(34, 72, 47, 86, "slate0")
    c.line(60, 72, 47, 86, "slate0")
    c.line(33, 72, 46, 86, "slate3")
    apron = path("23,75 32,72 36,89 58,89 62,72 71,75 72,100 22,100")
    cloth(c, apron, ("wood0", "wood1", "wood2", "wood3"), 8, smooth=False, folds=0.7)
    c.line(36, 89, 58, 89, "wood4")
    c.line(32, 73, 36, 89, "wood3")
    c.line(23, 75, 22, 99, "wood3")
    for x in range(38, 58, 4):
        c.put(x, 91, "wood4")
    for x, y in ((29, 80), (65, 80)):
        c.oval(x + 0.5, y + 0.5, 2.4, 2.4, "gold0")
        c.puts("gold2", (x - 1, y - 1), (x, y - 1), (x - 1, y))


def head(c: Canvas, mood: str) -> None:
    ear(c, 27.5, 50, FACE, False)
    ear(c, 66.5, 50, FACE, True)
    for x in (26, 67):
        c.puts("gold1", (x, 56), (x, 57))
        c.put(x, 56, "gold3")
    skull(c, FACE)
    features(c, FACE, mood)
    for x, y in c.in_oval(58, 57, 4.5, 2.4):  # soot on the cheek
        if bayer(x, y) < 0.45 and c.get(x, y).startswith("skin"):
            c.put(x, y, "skin0")
    shadow_under(c, FRINGE, TANNED)
    hair(c, FRINGE, DARK, (55, 13), 17, 6)
    # A red band keeps the sweat off.
    band = path("24.5,31 34,24.5 47,22.5 60,24.5 70,31 70,36 60,29.8 47,27.6 34,29.8 24.5,36")
    c.darken(c.in_poly([(x, y + 2) for x, y in band]), over=DARK)
    c.poly(band, ("red0", "red1", "red2", "red3"), lambda x, y: 1.05 - (x - 24) / 50)
    c.blob(path("69,31 75,28 77,33 72,35"), "red1")
    c.blob(path("70,34 76,37 76,43 71,39"), "red0")


def motif(c: Canvas) -> None:
    """Sparks from the forge."""
    for k in range(40):
        x, y = int(noise(k, 1, 42) * 94), int(noise(k, 2, 42) * 94)
        c.put(x, y, "gold2" if k % 3 == 0 else "red3")
        if k % 4 == 0:
            c.puts("gold1", (x + 1, y - 1))


BUST = Bust(FACE, ("wood0", "red0", "red1", "gold0"), back, body, head, motif, drop=2)
