"""Smaller things about the village: the well, the board, fences, lamps, boats, beds of herbs."""

from __future__ import annotations

from assets.source import masonry as m
from assets.source.canvas import Canvas, lit, noise
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
    for x, y, w, h, paper in ((6, 10, 6, 8, "cream"), (13, 11, 7, 5, "sand"), (21, 10, 5, 7, "white"), (14, 17, 5, 4, "cream")):
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
        c.rect(6, 0, 3, 16, "wood2")
        c.rect(6, 0, 1, 16, "wood3")
        c.rect(8, 0, 1, 16, "wood1")
        c.rect(5, 2, 5, 12, "wood2")
        c.rect(5, 2, 1, 12, "wood4")
        c.rect(5, 2, 5, 2, "wood4")
        c.rect(9, 4, 1, 10, "wood1")
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


def signpost() -> Canvas:
    c = Canvas(16, 32)
    m.beam(c, 7, 6, 3, 24)
    for y, pts in ((7, [(1, 7), (12, 7), (15, 9.5), (12, 12), (1, 12)]), (14, [(15, 14), (4, 14), (1, 16.5), (4, 19), (15, 19)])):
        c.poly(pts, "wood3")
        c.line(3, y, 12, y, "wood4")
        c.line(4, y + 2, 11, y + 2, "wood1")
    c.outline("ink")
    ground_shadow(c, 10, 30, 5, 1.4)
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


def boat() -> Canvas:
    """A rowing boat seen from above and the side, 48 by 32, bow to the right."""
    c = Canvas(48, 32)
    hull = [(3, 12), (10, 7), (30, 7), (42, 10), (46, 15), (41, 21), (30, 24), (10, 24), (3, 20)]
    c.blob(hull, "wood1")
    c.blob([(x, y - 3) for x, y in hull], ("wood2", "wood3", "wood4"), lambda x, y: 0.75 - y / 50)
    c.blob([(6, 11), (11, 8), (30, 8), (39, 10), (41, 13), (37, 16), (29, 18), (11, 18), (6, 16)], "wood0")
    c.blob([(8, 13), (12, 11), (30, 11), (38, 13.5), (30, 17), (12, 17)], "wood1")
    for x in (14, 26):
        c.rect(x, 8, 5, 10, "wood3")
        c.rect(x, 8, 1, 10, "wood4")
        c.rect(x + 4, 8, 1, 10, "wood1")
    c.line(20, 22, 34, 5, "wood4")
    c.line(21, 22, 35, 5, "wood2")
    c.oval(9.5, 13.5, 2.5, 2, "sand")
    c.outline("ink")
    for x in range(2, 46):
        if noise(x, 0, 3) > 0.35:
            c.put(x, 25 + (noise(x, 1, 3) > 0.6), "blue4")
    return c


def mooring() -> Canvas:
    c = Canvas(16, 16)
    c.rect(5, 3, 6, 12, "wood2")
    c.rect(5, 3, 2, 12, "wood3")
    c.rect(9, 3, 2, 12, "wood1")
    c.oval(8, 3.5, 3, 1.5, "wood4")
    c.rect(4, 8, 8, 2, "sand")
    c.rect(4, 9, 8, 1, "wood3")
    c.outline("ink")
    return c


def nets() -> Canvas:
    """Fishing nets drying on a rack, 48 by 32."""
    c = Canvas(48, 32)
    for x, y in c.in_poly([(6, 8), (42, 8), (42, 22), (34, 25), (24, 21), (14, 26), (6, 22)]):
        if (x + y) % 4 == 0 or (x - y) % 4 == 0:
            c.put(x, y, "sand" if y < 15 else "wood4")
    for x, y in ((12, 22), (22, 19), (33, 22)):
        c.puts("red2", (x, y), (x + 1, y))
        c.puts("red1", (x, y + 1), (x + 1, y + 1))
    for x in (4, 41):
        m.beam(c, x, 5, 3, 25)
    m.beam(c, 3, 6, 42, 3)
    posts = Canvas(48, 32)
    for x, y in c.in_rect(0, 0, 48, 32):
        if c.get(x, y) in ("wood1", "wood2", "wood3"):
            posts.put(x, y, c.get(x, y))
    posts.outline("wood0")
    posts.blit(c, 0, 0)
    c = posts
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


def duck() -> Canvas:
    c = Canvas(16, 16)
    c.oval(7, 10, 5, 2.8, "white")
    c.oval(8, 9.6, 3.4, 1.6, "slate3")
    c.oval(11.5, 7, 2.4, 2.4, "green1")
    c.puts("gold1", (14, 7), (14, 8))
    c.puts("ink", (12, 6))
    c.puts("slate2", (2, 9), (3, 11), (4, 12), (5, 12))
    c.line(1, 13, 12, 13, "blue4")
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


def driftwood() -> Canvas:
    """What the flood left on the bank."""
    c = Canvas(32, 16)
    for x0, y0, x1, y1 in ((3, 11, 28, 8), (8, 5, 24, 13), (12, 12, 20, 4)):
        for k, tone in enumerate(("wood4", "wood3", "wood2", "wood1")):
            c.line(x0, y0 + k, x1, y1 + k, tone)
    c.puts("green2", (6, 9), (7, 8), (18, 6), (23, 12), (24, 12))
    c.outline("wood0")
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
    for x, y, petal in ((4, 4, "red2"), (7, 3, "white"), (10, 3, "plum3"), (12, 5, "gold2"), (8, 6, "red3"), (3, 6, "gold2"), (5, 7, "plum3")):
        c.puts(petal, (x, y), (x + 1, y))
        c.put(x, y - 1, petal)
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


def hen() -> Canvas:
    c = Canvas(16, 16)
    c.stamp(3, 5, ("......rr..", "......yyo.", "t....yyyxx", "tt.yyyyyr.", "ttyyyyyyy.", ".tyttyyyy.", ".ttyyyyt..", "..tyytt...", "....x.x...", "....x.x..."),
            {"y": "white", "t": "sand", "r": "red2", "x": "gold1", "o": "ink"})
    for x in range(5, 11):
        if c.get(x, 14) == "clear":
            c.put(x, 14, "shade")
    c.outline("wood1")
    return c


def cat() -> Canvas:
    """The inn's cat, asleep."""
    c = Canvas(16, 16)
    c.blob([(2, 12), (4, 8), (9, 7), (13, 9), (14, 12), (9, 14), (4, 14)], ("gold0", "gold1", "gold2"), lit(6, 9, 8, 6))
    c.ball(5, 9.5, 3, 2.6, ("gold0", "gold1", "gold2"))
    c.puts("gold1", (3, 6), (7, 6), (3, 7), (7, 7))
    c.puts("wood1", (4, 10), (6, 10))
    c.puts("gold0", (9, 9), (11, 9), (10, 11), (12, 11), (9, 8), (11, 8))
    c.line(8, 13, 13, 12, "gold0")
    c.outline("wood0")
    return c
