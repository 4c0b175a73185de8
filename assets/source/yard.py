"""What people leave about their doors: barrels, benches, carts, tables, beds of herbs."""

from __future__ import annotations

from assets.source import masonry as m
from assets.source.canvas import Canvas, lit, noise
from assets.source.plants import ground_shadow


def barrel() -> Canvas:
    c = Canvas(16, 16)
    c.blob([(3, 5), (13, 5), (14, 9), (13, 14), (3, 14), (2, 9)], ("wood1", "wood2", "wood3"), lit(6, 8, 8, 9))
    for y in (6, 11):
        c.line(3, y + 1, 12, y + 1, "slate0")
        c.puts("slate2", (4, y + 1), (5, y + 1))
    c.oval(8, 4.5, 5, 2.2, "wood4")
    c.oval(8, 4.5, 3.6, 1.2, "wood3")
    c.outline("ink")
    c.puts("shade", (14, 15), (13, 15), (15, 14))
    return c


def crate() -> Canvas:
    c = Canvas(16, 16)
    c.rect(2, 4, 12, 10, "wood3")
    c.rect(2, 2, 12, 3, "wood4")
    c.rect(2, 5, 12, 1, "wood1")
    for y in (8, 11):
        c.rect(3, y, 10, 1, "wood2")
    c.rect(2, 5, 2, 9, "wood2")
    c.rect(12, 5, 2, 9, "wood1")
    c.line(4, 13, 11, 6, "wood2")
    c.outline("ink")
    return c


def sacks() -> Canvas:
    c = Canvas(16, 16)
    for x, y in ((5, 9), (11, 10)):
        c.oval(x, y, 4, 4.6, ("wood3", "wood4", "sand", "cream"), lit(x, y, 4, 5))
        c.rect(x - 1, y - 6, 3, 2, "sand")
        c.put(x, y - 4, "wood2")
    c.outline("wood0")
    return c


def basket() -> Canvas:
    """Apples picked."""
    c = Canvas(16, 16)
    for x, y in ((5, 6), (8, 5), (11, 6), (7, 7), (10, 7)):
        c.ball(x, y, 2, 2, ("red1", "red2", "red3"))
    c.poly([(2, 7), (14, 7), (12, 14), (4, 14)], "wood3")
    for j in (8, 10, 12):
        c.rect(3, j, 10, 1, "wood4")
    c.rect(2, 7, 12, 1, "wood4")
    c.outline("wood0")
    return c


def log_pile() -> Canvas:
    c = Canvas(32, 16)
    for y, xs in ((11, (5, 12, 19, 26)), (6, (8.5, 15.5, 22.5))):
        for x in xs:
            c.oval(x, y, 3.6, 3.4, "wood1")
            c.oval(x, y, 2.7, 2.5, "wood4")
            c.oval(x, y, 1.4, 1.3, "wood3")
    c.outline("ink")
    return c


def anvil() -> Canvas:
    c = Canvas(16, 16)
    c.rect(4, 9, 8, 6, "wood2")
    c.rect(4, 9, 2, 6, "wood3")
    c.rect(10, 9, 2, 6, "wood1")
    c.oval(8, 9, 4, 1.5, "wood4")
    c.rect(6, 6, 5, 3, "slate0")
    c.rect(2, 3, 12, 3, "slate1")
    c.rect(2, 3, 12, 1, "slate3")
    c.puts("slate2", (1, 3), (1, 4))
    c.puts("slate0", (12, 5), (13, 5))
    c.outline("ink")
    return c


def trough() -> Canvas:
    """The smith's quenching trough."""
    c = Canvas(32, 16)
    m.stones(c, 2, 6, 28, 8, seed=3)
    c.rect(2, 3, 28, 5, "slate3")
    c.rect(4, 4, 24, 3, "blue1")
    c.rect(4, 4, 24, 1, "night")
    c.puts("blue3", (8, 6), (9, 6), (17, 5), (18, 5), (19, 5))
    c.outline("ink")
    return c


def planter() -> Canvas:
    """Half a barrel of flowers."""
    c = Canvas(16, 16)
    m.planks(c, 3, 8, 10, 6, ("wood1", "wood2", "wood3"), seed=2, wide=3)
    c.rect(3, 10, 10, 1, "slate0")
    c.rect(2, 7, 12, 2, "wood3")
    c.ball(5, 6, 3.4, 3, ("green1", "green2", "green3"))
    c.ball(11, 6, 3.4, 3, ("green1", "green2", "green3"))
    c.ball(8, 4.5, 3.6, 3, ("green2", "green3", "green4"))
    for x, y, petal in (
        (4, 4, "red2"),
        (7, 3, "white"),
        (10, 3, "plum3"),
        (12, 5, "gold2"),
        (8, 6, "red3"),
        (3, 6, "gold2"),
        (5, 7, "plum3"),
    ):
        c.puts(petal, (x, y), (x + 1, y))
        c.put(x, y - 1, petal)
    c.outline("ink")
    return c


def herb_bed(kind: int) -> Canvas:
    """A raised bed of herbs, 32 by 16."""
    c = Canvas(32, 16)
    c.rect(1, 2, 30, 13, "wood2")
    c.rect(1, 2, 30, 1, "wood4")
    c.rect(1, 13, 30, 2, "wood1")
    c.rect(3, 4, 26, 9, "wood0")
    leaf, bloom = (("green3", "plum3"), ("green4", "white"), ("green2", "red3"), ("green4", "gold2"))[kind % 4]
    for row in (4, 9):
        for k in range(5):
            x, y = 4 + k * 5 + (row == 9), row - (noise(k, row, kind) > 0.5)
            c.puts("green1", (x, y + 2), (x + 1, y + 3), (x + 2, y + 3), (x + 3, y + 2))
            c.puts("green2", (x, y + 1), (x + 1, y + 2), (x + 2, y + 2), (x + 3, y + 1))
            c.puts(leaf, (x + 1, y + 1), (x + 2, y + 1), (x + 1, y), (x, y))
            if noise(k, row + 3, kind) > 0.2:
                c.puts(bloom, (x + 2, y), (x + 2, y - 1), (x + 3, y))
    c.outline("wood0")
    return c


def ladder() -> Canvas:
    c = Canvas(16, 32)
    for x in (4, 10):
        c.rect(x, 2, 2, 28, "wood3")
        c.rect(x + 1, 2, 1, 28, "wood2")
    for y in range(5, 29, 4):
        c.rect(5, y, 6, 1, "wood4")
        c.rect(5, y + 1, 6, 1, "wood1")
    c.outline("wood0")
    return c


def cart() -> Canvas:
    """A hay cart, 48 by 32."""
    c = Canvas(48, 32)
    for cx, cy, r in ((14, 11, 8), (24, 9, 9), (33, 12, 7)):
        c.oval(cx, cy, r, r * 0.8, ("wood3", "gold1", "gold2", "gold3"), lit(cx, cy, r, r), dither=1.2)
    m.planks(c, 5, 14, 36, 8, ("wood1", "wood2", "wood3"), seed=9, wide=6)
    c.rect(5, 14, 36, 1, "wood4")
    c.rect(41, 19, 6, 2, "wood2")
    for x in (13, 33):
        c.oval(x, 24, 5.5, 5.5, "wood0")
        c.oval(x, 24, 4, 4, "wood3")
        c.oval(x, 24, 2.6, 2.6, "wood1")
        c.line(x - 4, 24, x + 3, 24, "wood3")
        c.line(x, 20, x, 27, "wood3")
    c.outline("ink")
    ground_shadow(c, 26, 29, 20, 2)
    return c


def tea_table() -> Canvas:
    """A low table with a pot and cups, a stool at either end; 48 by 32."""
    c = Canvas(48, 32)
    for x in (5, 43):
        c.rect(x - 3, 19, 7, 6, "red1")
        c.rect(x - 3, 19, 2, 6, "red2")
        c.oval(x + 0.5, 19, 4, 2.4, "red2")
        c.oval(x, 18.6, 2.8, 1.4, "red3")
    for x in (13, 33):
        c.rect(x, 22, 3, 7, "wood1")
        c.rect(x, 22, 1, 7, "wood2")
    c.rect(11, 21, 27, 3, "wood1")
    c.poly([(13, 12), (36, 12), (38, 21), (11, 21)], "wood3")
    c.line(13, 12, 35, 12, "wood4")
    c.line(11, 20, 37, 20, "wood2")
    c.poly([(21, 12), (28, 12), (28.5, 21), (20.5, 21)], "blue1")
    c.rect(20, 21, 9, 2, "blue0")
    c.line(21, 20, 28, 20, "gold1")
    c.ball(24.5, 13, 3.6, 3.2, ("slate2", "slate3", "white"))
    c.puts("slate3", (28, 12), (29, 11))
    c.puts("slate2", (20, 12), (20, 13))
    c.puts("blue2", (24, 13), (25, 14), (23, 14), (24, 9))
    for x, y in ((14, 15), (32, 15), (16, 18), (31, 18)):
        c.rect(x, y, 3, 2, "white")
        c.put(x + 1, y, "green3")
        c.put(x + 2, y + 1, "slate3")
    c.outline("ink")
    ground_shadow(c, 27, 28, 14, 2.2)
    return c


def bench() -> Canvas:
    c = Canvas(32, 16)
    for x in (4, 25):
        c.rect(x, 8, 3, 6, "wood1")
    c.rect(2, 2, 28, 3, "wood3")
    c.rect(2, 2, 28, 1, "wood4")
    c.rect(2, 6, 28, 4, "wood3")
    c.rect(2, 6, 28, 1, "wood4")
    c.rect(2, 9, 28, 1, "wood2")
    c.outline("ink")
    return c
