"""Bram, the innkeeper: bald, with a great white moustache and a red waistcoat."""

from __future__ import annotations

from assets.source.brush import Bust, cloth, hair
from assets.source.canvas import Canvas, path
from assets.source.faces import Face, ear, features, neck, skull

FACE = Face(
    path("28.5,40 28,52 30,62 37,70 47,72.5 57,70 64,62 66,52 65.5,40 61,25 47,16 33,25"),
    iris=("blue0", "blue2", "blue3"),
    brow=("slate2", "white"),
    brow_thick=4,
    brow_y=40,
    eye_y=48,
    eye_w=8.5,
    eye_h=5.4,
    nose_y=58,
    nose_w=4.6,
    mouth_y=65.5,
    mouth_w=11,
    lip="skin1",
    blush_y=56,
    rosy=0.35,
)
WHITE = ("slate1", "slate2", "slate3", "white", "white")
DROOP = {"sad": 2, "angry": 1, "happy": -2}


def back(c: Canvas) -> None:
    del c


def body(c: Canvas) -> None:
    neck(c, FACE, 12, 62, 84)
    shirt = path("-2,100 -1,90 6,82 20,77 36,74 47,82 58,74 74,77 88,82 95,90 97,100")
    cloth(c, shirt, ("slate2", "slate3", "white", "white"), 4)
    for side in (-1, 1):
        c.curve([(47 + side * 30, 84), (47 + side * 32, 92), (47 + side * 31, 99)], "slate2")
    cloth(c, path("19,78 35,74 45,100 15,100"), ("red0", "red1", "red1", "red2"), 5, smooth=False)
    cloth(c, path("75,78 59,74 49,100 79,100"), ("red0", "red0", "red1"), 6, smooth=False)
    c.line(35, 75, 45, 100, "gold1")
    c.line(59, 75, 49, 100, "gold0")
    c.poly(path("37,74 58,74 53,100 43,100"), "white")
    c.poly(path("49,74 58,74 53,100 49,100"), "slate3")
    for side in (-1, 1):  # a neckcloth, tied
        bow = [(47, 82), (47 + side * 7, 78), (47 + side * 11, 82), (47 + side * 7, 87)]
        c.blob(bow, "green2" if side < 0 else "green1")
        c.line(47 + side * 3, 82, 47 + side * 8, 82, "green1" if side < 0 else "green0")
    c.oval(47.5, 82.5, 3, 3.4, "green3")
    c.put(46, 81, "green4")
    c.oval(47.5, 93, 1.5, 1.5, "gold1")


def head(c: Canvas, mood: str) -> None:
    ear(c, 27, 52, FACE, False)
    ear(c, 67, 52, FACE, True)
    for side in (-1, 1):
        mid = 47 + side * 20
        tuft = [
            (mid - side * 2, 34),
            (mid + side * 3, 36),
            (mid + side * 5.5, 46),
            (mid + side * 3, 56),
            (mid - side * 1, 54),
            (mid - side * 2.4, 44),
        ]
        hair(c, tuft, WHITE, (mid - side * 4, 28), 14, 3)
    skull(c, FACE)
    c.oval(40, 25, 6, 3.6, "skin4")
    c.puts("white", (37, 24), (38, 23), (39, 23))
    for y in (30, 33):
        c.curve([(39, y + 1), (44, y), (50, y), (55, y + 1)], "skin2")
    features(c, FACE, mood)
    c.oval(47, 57, 4.6, 3.8, "red3")
    c.oval(48.5, 58.2, 3, 2.4, "skin1")
    c.oval(46, 56.4, 3.4, 2.6, "red3")
    c.oval(45.4, 55.6, 1.5, 1.2, "skin4")
    for side in (-1, 1):  # laughter has left its lines
        c.curve([(47 + side * 5, 53.5), (47 + side * 8, 54.5), (47 + side * 12, 53.5)], "skin2")
        c.curve([(47 + side * 14, 47), (47 + side * 16, 46)], "skin1")
        c.curve([(47 + side * 14, 49), (47 + side * 16, 50)], "skin1")
    droop = DROOP.get(mood, 0)
    for side in (-1, 1):
        shape = [
            (47, 61),
            (47 + side * 5, 60),
            (47 + side * 12, 62.5 + droop * 0.5),
            (47 + side * 17.5, 61 + droop),
            (47 + side * 20, 64 + droop),
            (47 + side * 13, 69 + droop),
            (47 + side * 6, 67),
            (47, 64.6),
        ]
        hair(c, shape, WHITE[:4] if side > 0 else WHITE, (47, 58), 10, 4 + side, strands=30)
        c.curve([(47 + side * 2, 65.5), (47 + side * 7, 67.8), (47 + side * 13, 69 + droop)], "slate1")


def motif(c: Canvas) -> None:
    """The inn's shelves, bottles glinting."""
    for y in (26, 58):
        c.rect(0, y, 96, 3, "wood0")
        c.rect(0, y, 96, 1, "wood1")
        for k, x in enumerate((3, 12, 20, 72, 81, 89)):
            tall = 9 + (k * 7 + y) % 5
            glass = ("green0", "wood1", "red0")[(k + y) % 3]
            c.rect(x, y - tall, 5, tall, glass)
            c.rect(x + 1, y - tall - 4, 3, 4, glass)
            c.rect(x + 1, y - tall + 1, 1, tall - 3, ("green2", "gold0", "red1")[(k + y) % 3])
            c.put(x + 1, y - tall + 1, "gold2")


BUST = Bust(FACE, ("wood0", "wood2", "gold0", "gold1"), back, body, head, motif, drop=1)
