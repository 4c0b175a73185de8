"""Boats, nets and what the river brought; and the animals."""

from __future__ import annotations

from assets.source import masonry as m
from assets.source.canvas import Canvas, lit, noise


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


def driftwood() -> Canvas:
    """What the flood left on the bank."""
    c = Canvas(32, 16)
    for x0, y0, x1, y1 in ((3, 11, 28, 8), (8, 5, 24, 13), (12, 12, 20, 4)):
        for k, tone in enumerate(("wood4", "wood3", "wood2", "wood1")):
            c.line(x0, y0 + k, x1, y1 + k, tone)
    c.puts("green2", (6, 9), (7, 8), (18, 6), (23, 12), (24, 12))
    c.outline("wood0")
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


def hen() -> Canvas:
    c = Canvas(16, 16)
    c.stamp(
        3,
        5,
        (
            "......rr..",
            "......yyo.",
            "t....yyyxx",
            "tt.yyyyyr.",
            "ttyyyyyyy.",
            ".tyttyyyy.",
            ".ttyyyyt..",
            "..tyytt...",
            "....x.x...",
            "....x.x...",
        ),
        {"y": "white", "t": "sand", "r": "red2", "x": "gold1", "o": "ink"},
    )
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
