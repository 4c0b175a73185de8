"""What stands in streets and gardens: the well, the board, lamps, fences, signposts."""

from __future__ import annotations

from assets.source import masonry as m
from assets.source.canvas import Canvas
from assets.source.plants import ground_shadow


def well() -> Canvas:
    """32 by 48, round stone rim under a little roof."""
    c = Canvas(32, 48)
    c.rect(4, 30, 24, 12, "slate1")
    c.oval(16, 41, 12, 5, "slate1")
    m.stones(c, 4, 30, 24, 14, seed=4)
    for x, y in c.in_rect(4, 38, 24, 10):
        if ((x + 0.5 - 16) / 12) ** 2 + ((y + 0.5 - 40) / 6) ** 2 > 1 and y > 40:
            c.put(x, y, "clear")
    c.oval(16, 30, 12, 4.6, "slate3")
    c.oval(16, 30.5, 9, 3, "ink")
    c.oval(16, 31.6, 8, 1.8, "blue1")
    c.puts("blue3", (12, 31), (13, 31))
    m.beam(c, 5, 13, 3, 18)
    m.beam(c, 24, 13, 3, 18)
    c.rect(8, 18, 16, 2, "wood2")
    c.rect(14, 17, 4, 4, "wood3")
    c.line(16, 20, 16, 26, "sand")
    c.rect(14, 25, 5, 4, "wood1")
    c.rect(14, 25, 5, 1, "slate2")
    m.shingles(c, c.in_poly([(8, 3), (24, 3), (31, 15), (1, 15)]), m.RED_TILE, seed=5, row=4, wide=5)
    c.rect(8, 2, 16, 1, "red3")
    c.rect(1, 15, 30, 1, "wood0")
    c.outline("ink")
    ground_shadow(c, 20, 43, 11.5, 3.6)
    return c


def notice_board() -> Canvas:
    """32 by 32, papers pinned under a small roof."""
    c = Canvas(32, 32)
    for x in (4, 25):
        m.beam(c, x, 8, 3, 22)
    c.rect(3, 8, 26, 14, "wood0")
    m.planks(c, 4, 9, 24, 12, ("wood1", "wood2", "wood3"), seed=2, wide=6)
    for x, y, w, h, paper in (
        (6, 10, 6, 8, "cream"),
        (13, 11, 7, 5, "sand"),
        (21, 10, 5, 7, "white"),
        (14, 17, 5, 4, "cream"),
    ):
        c.rect(x + 1, y + 1, w, h, "wood1")
        c.rect(x, y, w, h, paper)
        for j in range(2, h - 1, 2):
            c.rect(x + 1, y + j, w - 2 - (j % 4 == 0), 1, "wood3")
        c.put(x + w // 2, y, "red2")
    c.poly([(1, 8), (4, 3), (28, 3), (31, 8)], "wood2")
    c.rect(4, 3, 24, 1, "wood4")
    c.rect(1, 7, 30, 1, "wood0")
    c.outline("ink")
    ground_shadow(c, 18, 30, 13, 1.8)
    return c


def lamp() -> Canvas:
    """A lamp post, 16 by 48, its light at (8, 9)."""
    c = Canvas(16, 48)
    c.rect(7, 14, 2, 30, "slate0")
    c.rect(7, 14, 1, 30, "slate1")
    c.rect(6, 40, 4, 4, "slate0")
    c.rect(5, 44, 6, 2, "slate1")
    c.rect(5, 13, 6, 1, "slate1")
    c.rect(4, 5, 8, 8, "slate0")
    c.rect(5, 6, 6, 7, "gold2")
    c.rect(6, 7, 3, 4, "gold3")
    c.rect(8, 5, 1, 8, "gold1")
    c.poly([(3, 5), (8, 1), (13, 5)], "slate0")
    c.line(4, 4, 8, 1, "slate2")
    c.outline("ink")
    ground_shadow(c, 10, 45, 5, 1.6)
    return c


def fence(kind: str) -> Canvas:
    """A rail fence, 16 by 16: `h` runs across, `v` up and down, `left`, `right` are ends."""
    c = Canvas(16, 16)
    if kind == "v":
        c.rect(6, 0, 4, 16, "wood3")
        c.rect(6, 0, 1, 16, "wood4")
        c.rect(8, 0, 2, 16, "wood2")
        c.rect(6, 2, 4, 10, "wood2")
        c.rect(6, 2, 1, 10, "wood4")
        c.rect(6, 2, 4, 2, "wood4")
        c.rect(9, 4, 1, 8, "wood1")
        c.rect(6, 12, 4, 1, "wood0")
    else:
        start, end = (6 if kind == "left" else 0), (10 if kind == "right" else 16)
        for y in (6, 10):
            c.rect(start, y, end - start, 2, "wood3")
            c.rect(start, y + 1, end - start, 1, "wood2")
        c.rect(6, 3, 4, 12, "wood2")
        c.rect(6, 3, 1, 12, "wood4")
        c.rect(6, 3, 4, 1, "wood4")
        c.rect(9, 4, 1, 11, "wood1")
    c.outline("wood0")
    for x in range(16):
        if kind != "v" and c.get(x, 15) == "clear":
            c.put(x, 15, "shade")
    return c


def signpost() -> Canvas:
    c = Canvas(16, 32)
    m.beam(c, 7, 6, 3, 24)
    for y, pts in (
        (7, [(1, 7), (12, 7), (15, 9.5), (12, 12), (1, 12)]),
        (14, [(15, 14), (4, 14), (1, 16.5), (4, 19), (15, 19)]),
    ):
        c.poly(pts, "wood3")
        c.line(3, y, 12, y, "wood4")
        c.line(4, y + 2, 11, y + 2, "wood1")
    c.outline("ink")
    ground_shadow(c, 10, 30, 5, 1.4)
    return c


def stone_lantern() -> Canvas:
    """A garden lantern of stone, 16 by 32."""
    c = Canvas(16, 32)
    c.rect(4, 27, 8, 3, "slate1")
    c.rect(6, 19, 4, 8, "slate2")
    c.rect(9, 19, 1, 8, "slate1")
    c.rect(3, 17, 10, 2, "slate2")
    c.rect(5, 11, 6, 6, "slate1")
    c.rect(6, 12, 4, 4, "gold2")
    c.poly([(1, 11), (8, 5), (15, 11)], "slate2")
    c.line(9, 7, 13, 10, "slate1")
    c.rect(7, 3, 2, 3, "slate3")
    c.outline("ink")
    ground_shadow(c, 10, 29, 5, 1.6)
    return c
