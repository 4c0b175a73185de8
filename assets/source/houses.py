"""The buildings of Reedwater, each drawn whole; `village_map` cuts them into tiles."""

from __future__ import annotations

import math

from assets.source import masonry as m
from assets.source.canvas import Canvas, lit, noise, spline

WHEEL_FRAMES = 4


def inn() -> Canvas:
    """The Heron: 9 by 7 tiles, timber-framed, with a gable, dormers and a long red roof. Door at x = 64."""
    c = Canvas(144, 112)
    m.cast_shadow(c, 128, 108, 60, 12)
    left, right, wall_top, foot = 10, 128, 66, 108
    m.plaster(c, left, wall_top, right - left, foot - wall_top, seed=1)
    m.stones(c, left, foot - 9, right - left, 9, seed=4)
    m.beam(c, left, wall_top, right - left, 4)
    m.beam(c, left, foot - 12, right - left, 3)
    for x in (left, 34, 52, 83, 101, right - 4):
        m.beam(c, x, wall_top, 4, foot - wall_top - 9)
    for x in (14, 105):
        m.brace(c, x, 94, x + 8, 84)
    m.chimney(c, 104, 3, 22)
    m.shingles(c, c.in_poly(m.slope(4, 134, 14, wall_top + 2, 8)), m.RED_TILE, seed=2)
    c.line(12, 13, 126, 13, "red3")
    c.rect(12, 14, 114, 1, "red0")
    c.rect(12, 11, 114, 2, "red2")
    c.rect(4, wall_top + 2, 130, 2, "wood1")
    m.eaves_shadow(c, left, wall_top + 4, right - left, 3)
    for x in (20, 38, 86, 107):
        m.window(c, x, 77, 12, 13, box="red3" if x in (20, 107) else "plum3")
    # The gable over the door: its own little house front.
    for x, y in c.in_poly([(68.5, 32), (91, 66), (91, 72), (46, 72), (46, 66)]):
        c.put(x, y, "cream" if x < 66 else "sand")
    m.beam(c, 50, 68, 37, 4)
    m.beam(c, 67, 40, 3, 29)
    m.brace(c, 56, 66, 66, 56)
    m.brace(c, 80, 66, 70, 56)
    m.window(c, 63, 51, 11, 12)
    boards = (("red3", "red2"), ("red2", "red1"), ("red2", "red1"), ("red1", "red0"), ("wood0", "wood0"))
    for k, (west, east) in enumerate(boards):
        c.line(68, 28 + k, 44, 68 + k, west)
        c.line(69, 28 + k, 93, 68 + k, east)
    c.line(68, 33, 46, 71, "wood0")
    c.line(69, 33, 91, 71, "wood0")
    m.door(c, 61, 86, 15, 22)
    c.rect(57, 80, 23, 3, "wood1")
    c.rect(57, 80, 23, 1, "wood3")
    m.hanging_sign(c, 87, 84, "blue1")
    c.stamp(
        88,
        87,
        ("....ww.....", "....wog....", ".....w.....", "...www.....", "..wwss.....", "....o......", "....o......"),
        {"w": "white", "o": "gold1", "g": "gold1", "s": "slate2"},
    )
    c.outline("ink")
    return c


def smithy() -> Canvas:
    """Greta's smithy: 9 by 6 tiles, stone house on the left, an open lean-to with the forge on the right."""
    c = Canvas(144, 96)
    m.cast_shadow(c, 136, 92, 34, 7)
    # The lean-to: posts, a back wall, the forge under it.
    m.stones(c, 84, 52, 50, 26, ("night", "slate0", "slate0", "slate1"), seed=8)
    c.darken(c.in_rect(84, 52, 50, 10))
    m.stones(c, 92, 62, 28, 24, ("slate0", "slate1", "slate2", "slate3"), seed=3)
    c.rect(92, 62, 28, 2, "slate3")
    c.oval(106, 74, 9, 8, "ink")
    for rx, ry, colour in ((8, 6, "red1"), (7, 5, "red2"), (5, 4, "red3"), (3.5, 2.6, "gold2"), (2, 1.4, "gold3")):
        c.oval(106, 77 - ry * 0.2, rx, ry * 0.8, colour)
    c.puts("gold2", (102, 69), (109, 67), (106, 65))
    c.puts("red3", (104, 66), (111, 70))
    c.rect(97, 81, 18, 2, "slate1")
    m.shingles(c, c.in_poly([(82, 34), (132, 38), (140, 60), (82, 60)]), m.SHAKE, seed=6)
    c.rect(82, 60, 58, 2, "wood0")
    for x in (86, 131):
        m.beam(c, x, 60, 4, 31)
    # The house.
    m.stones(c, 10, 52, 74, 40, seed=5)
    m.beam(c, 10, 52, 74, 4)
    for x in (10, 80):
        m.beam(c, x, 52, 4, 40)
    m.chimney(c, 62, 0, 22)
    m.shingles(c, c.in_poly(m.slope(4, 90, 10, 54, 6)), m.SLATE_TILE, seed=7)
    c.rect(10, 8, 74, 2, "slate1")
    c.rect(10, 7, 74, 1, "slate2")
    c.rect(4, 54, 86, 2, "wood0")
    m.eaves_shadow(c, 10, 56, 74, 4)
    m.window(c, 18, 66, 12, 11)
    m.window(c, 64, 66, 12, 11)
    m.door(c, 40, 70, 14, 22)
    # A sign with a horseshoe.
    c.rect(40, 57, 14, 11, "wood0")
    c.rect(41, 58, 12, 9, "wood3")
    c.stamp(43, 59, (".ssss.", "ss..ss", "s....s", "s....s", "ss..ss", ".s..s."), {"s": "slate0"})
    c.outline("ink")
    return c


def herb_hut() -> Canvas:
    """Mira's hut: 6 by 6 tiles, low and thatched, drying herbs by the door."""
    c = Canvas(96, 96)
    m.cast_shadow(c, 84, 92, 30, 8)
    m.plaster(c, 12, 54, 72, 38, seed=3)
    m.stones(c, 12, 86, 72, 6, seed=2)
    for x in (12, 30, 56, 80):
        m.beam(c, x, 54, 4, 33)
    m.chimney(c, 66, 8, 24)
    roof = spline(
        [(4, 62), (6, 46), (18, 22), (34, 13), (62, 13), (78, 22), (90, 46), (92, 62), (74, 59), (48, 57.5), (22, 59)]
    )
    m.thatch(c, c.in_poly(roof), seed=4)
    for x in range(30, 67):
        c.put(x, 12 + (x % 4 == 0), "wood2" if x % 4 < 2 else "gold0")
        c.put(x, 16, "wood2" if x % 4 in (1, 2) else "wood4")
        c.put(x, 14, "wood2" if x % 4 in (0, 3) else "sand")
    # Moss and a few flowers have taken to the thatch.
    for k in range(46):
        x, y = 12 + int(noise(k, 1, 81) * 28), 26 + int(noise(k, 2, 82) * 26)
        if c.get(x, y) in m.THATCH and noise(x // 5, y // 5, 83) > 0.55:
            c.puts("green2", (x, y), (x + 1, y))
            c.put(x, y - 1, "green3")
    eaves: dict[int, int] = {}
    for x, y in c.in_poly(roof):
        eaves[x] = max(y, eaves.get(x, 0))
    for x, y in eaves.items():
        c.darken([(x, y + k) for k in range(-1, 1)])
        if 12 <= x < 84:
            c.darken([(x, y + k) for k in range(1, 5)])
    m.door(c, 37, 70, 15, 22, ("green0", "green1", "green2"))
    m.window(c, 17, 69, 11, 11, box="gold2")
    m.window(c, 62, 69, 14, 11, box="plum3")
    for k, colour in enumerate(("green3", "plum2", "green2", "gold1")):
        x = 58 + k * 6
        c.line(x, 62, x, 63, "wood1")
        c.puts(colour, (x, 64), (x - 1, 65), (x, 65), (x + 1, 65), (x, 66), (x - 1, 66), (x + 1, 67))
    c.outline("ink")
    return c


def tea_house() -> Canvas:
    """Lian's tea house: 9 by 7 tiles, red pillars, two upturned roofs, lanterns."""
    c = Canvas(144, 112)
    m.cast_shadow(c, 126, 104, 40, 10)
    # Stone terrace and steps.
    m.stones(c, 10, 98, 124, 10, ("slate1", "slate2", "slate3", "white"), seed=3)
    c.rect(10, 96, 124, 3, "slate3")
    # Back wall with lattice windows.
    m.plaster(c, 20, 64, 104, 33, seed=6)
    for x in (26, 98):
        c.rect(x, 70, 20, 18, "wood0")
        c.rect(x + 1, 71, 18, 16, "gold2")
        c.darken(c.in_rect(x + 1, 71, 18, 16), over=())
        for k in range(0, 18, 4):
            c.rect(x + 1 + k, 71, 1, 16, "wood1")
            c.rect(x + 1, 71 + k, 18, 1, "wood1")
        c.rect(x + 6, 76, 8, 6, "gold3")
        c.rect(x + 6, 76, 8, 1, "wood1")
        c.rect(x + 6, 82, 8, 1, "wood1")
    c.rect(54, 68, 36, 29, "wood0")
    c.rect(56, 70, 32, 27, "ink")
    for k in range(2):
        x = 56 + k * 24
        c.rect(x, 70, 8, 27, "red1")
        c.rect(x, 70, 8, 1, "red2")
        for j in (73, 79, 85):
            c.rect(x + 2, j, 4, 4, "gold1" if k == 0 else "gold0")
    c.rect(64, 70, 16, 27, "wood0")
    c.oval(72, 84, 6, 5, "gold0")
    c.oval(72, 83, 4, 3, "gold1")
    c.rect(64, 90, 16, 7, "wood1")
    for x in (18, 48, 90, 120):
        c.rect(x, 62, 6, 36, "red1")
        c.rect(x, 62, 2, 36, "red2")
        c.rect(x + 5, 62, 1, 36, "red0")
        c.rect(x - 1, 95, 8, 3, "slate2")
    c.rect(14, 62, 116, 4, "red0")
    c.rect(14, 62, 116, 1, "red2")
    for x in range(18, 128, 8):
        c.rect(x, 63, 4, 2, "gold1")
    # Lower roof, then a clerestory, then the upper roof.
    _curved_roof(c, 72, 68, 40, 62, 8)
    c.rect(46, 28, 52, 14, "red1")
    for x in range(48, 96, 8):
        c.rect(x, 31, 6, 7, "gold1")
        c.rect(x, 31, 6, 1, "wood0")
        c.rect(x + 3, 31, 1, 7, "wood1")
    c.rect(46, 38, 52, 2, "wood1")
    _curved_roof(c, 72, 40, 10, 32, 7)
    m.eaves_shadow(c, 20, 66, 104, 4)
    for x in (34, 108):
        lantern(c, x, 64)
    lantern(c, 58, 64)
    lantern(c, 86, 64)
    # Steps in the middle.
    for k in range(4):
        c.rect(58, 98 + k * 3, 28, 2, "slate3")
        c.rect(58, 100 + k * 3, 28, 1, "slate1")
    c.outline("ink")
    return c


def _curved_roof(c: Canvas, cx: int, half: float, top: int, low: int, curl: int) -> None:
    """A Chinese roof: ribs of dark tile, a ridge with horns, eaves that sweep up at the corners."""
    ridge = half * 0.6
    for x in range(int(cx - half), int(cx + half) + 1):
        off = (x + 0.5 - cx) / half
        rise = curl * max(0.0, (abs(off) - 0.45) / 0.55) ** 2
        bottom = low - rise
        hip = 0.0 if abs(off) * half <= ridge else (abs(off) * half - ridge) / (half - ridge)
        start = top + (bottom - top - 2) * (1 - (1 - hip) ** 2.0) if hip else float(top)
        rib = int(x - cx) % 4
        for y in range(round(start), round(bottom) + 1):
            level = 2.6 - 1.3 * (off + 1) / 2 + (0.9, 0.2, -0.9, -0.2)[rib]
            if (y - top) % 5 == 4:
                level -= 0.7
            c.put(x, y, m.SLATE_TILE[min(max(round(level), 0), 4)])
        c.puts("slate2" if rib in (0, 1) else "night", (x, round(bottom) + 1))
        c.puts("gold1" if rib == 0 else "red0", (x, round(bottom) + 2))
        if hip:
            c.puts("slate2" if off < 0 else "slate0", (x, round(start)), (x, round(start) - 1))
            c.put(x, round(start) - 2, "night")
    for side in (-1, 1):
        tip = cx + side * half
        c.puts("slate2", (tip, low - curl - 1), (tip + side, low - curl - 2), (tip + side, low - curl - 3))
        horn = cx + side * ridge
        c.rect(int(horn) - 2, top - 6, 4, 5, "slate1")
        c.puts(
            "slate2", (horn - 2, top - 6), (horn - 2, top - 5), (horn + side * 2, top - 7), (horn + side * 3, top - 8)
        )
    c.rect(int(cx - ridge), top - 3, int(ridge * 2), 4, "slate0")
    c.rect(int(cx - ridge), top - 3, int(ridge * 2), 1, "slate2")
    c.rect(int(cx - ridge), top - 1, int(ridge * 2), 1, "gold0")


def lantern(c: Canvas, x: int, y: int) -> None:
    """A round red lantern hanging from `x`, `y`."""
    c.line(x, y, x, y + 2, "wood0")
    c.rect(x - 2, y + 3, 5, 1, "gold1")
    c.oval(x + 0.5, y + 7.5, 4.2, 4, ("red1", "red2", "red2", "red3"), lit(x, y + 7, 4, 4))
    c.puts("gold2", (x - 1, y + 6), (x, y + 7), (x - 1, y + 7))
    c.puts("red1", (x + 2, y + 5), (x + 2, y + 9))
    c.rect(x - 1, y + 12, 3, 1, "gold1")
    c.line(x, y + 13, x, y + 15, "red2")


def mill() -> Canvas:
    """The watermill: 6 by 7 tiles, tall stone and boards; the wheel is a picture of its own."""
    c = Canvas(96, 112)
    m.cast_shadow(c, 84, 108, 40, 8)
    m.stones(c, 12, 84, 72, 24, seed=11)
    m.planks(c, 12, 52, 72, 33, ("wood1", "wood2", "wood3"), seed=3, wide=6)
    m.beam(c, 12, 82, 72, 4)
    for x in (12, 46, 80):
        m.beam(c, x, 52, 4, 32)
    m.shingles(c, c.in_poly(m.slope(5, 91, 12, 54, 12)), m.MOSS_TILE, seed=12)
    c.rect(17, 9, 62, 3, "green2")
    c.rect(17, 9, 62, 1, "green3")
    c.rect(5, 54, 86, 2, "wood0")
    m.eaves_shadow(c, 12, 56, 72, 4)
    # The loft door with its hoist.
    m.planks(c, 36, 26, 26, 20, ("wood1", "wood2", "wood3"), seed=4, wide=5)
    c.poly([(49, 15), (64, 30), (34, 30)], "wood2")
    c.rect(42, 29, 14, 17, "wood0")
    m.planks(c, 43, 30, 12, 16, ("wood0", "wood1", "wood2"), seed=5, wide=4)
    c.rect(36, 46, 27, 1, "wood0")
    for k, (west, east) in enumerate(
        (("green3", "green2"), ("green2", "green1"), ("green1", "green0"), ("green0", "ink"))
    ):
        c.line(49, 13 + k, 32, 30 + k, west)
        c.line(49, 13 + k, 66, 30 + k, east)
    m.beam(c, 47, 20, 4, 9)
    c.line(49, 29, 49, 36, "sand")
    c.oval(49.5, 40, 4, 4, ("wood3", "sand", "cream"), lit(49, 40, 4, 4))
    c.rect(48, 35, 3, 2, "wood3")
    m.window(c, 22, 64, 11, 12)
    m.window(c, 62, 64, 11, 12)
    m.door(c, 41, 86, 15, 22)
    for x in (18, 66):
        c.oval(x + 4, 102, 5, 6, ("wood3", "wood4", "sand", "cream"), lit(x + 3, 101, 6, 7))
        c.rect(x + 2, 95, 4, 2, "wood3")
    c.outline("ink")
    return c


def mill_wheel(frame: int) -> Canvas:
    """The turning wheel with its foot in the river, 48 by 64; four frames bring the next spoke round."""
    c = Canvas(48, 64)
    cx, cy, turn = 24.0, 28.0, frame * math.tau / 8 / WHEEL_FRAMES
    for k in range(16):  # paddles
        a = turn + k * math.tau / 16
        for r in (20.0, 21.0, 22.0, 23.0):
            for w in (-1.2, -0.4, 0.4, 1.2):
                x, y = cx + math.cos(a) * r - math.sin(a) * w, cy + math.sin(a) * r + math.cos(a) * w
                c.put(x, y, "wood3" if math.sin(a) + math.cos(a) < 0 else "wood1")
    for x, y in c.in_oval(cx, cy, 20.5, 20.5):
        d = math.hypot(x + 0.5 - cx, y + 0.5 - cy)
        bright = -(x - cx) - (y - cy)
        if d > 16:
            c.put(
                x, y, "wood0" if d < 17 or d > 19.6 else "wood3" if bright > 6 else "wood2" if bright > -14 else "wood1"
            )
    for k in range(8):  # spokes
        a = turn + k * math.tau / 8
        for t in range(4, 34):
            r = t / 2
            x, y = cx + math.cos(a) * r, cy + math.sin(a) * r
            c.put(x, y + 1, "wood0")
            c.put(x, y, "wood2" if k % 2 else "wood3")
            c.put(x + 1, y, "wood1" if k % 2 else "wood2")
    c.ball(cx, cy, 5, 5, ("wood0", "wood1", "wood2", "wood3"))
    c.ball(cx, cy, 2.4, 2.4, ("slate0", "slate1", "slate3"))
    c.outline("ink")
    for x in range(48):
        line = 47 + round(math.sin(x / 4 + frame * math.tau / 4))
        for y in range(line, 64):
            solid = c.get(x, y) != "clear"
            near = 1 - abs(x - 24) / 24
            if solid or noise(x, y, frame) < near * (1 - (y - line) / 17) * 1.1:
                foam = noise(x, y, frame + 4)
                c.put(x, y, "blue4" if y < line + 2 or foam > 0.86 else "blue3" if foam > 0.4 else "blue2")
    for k in range(9):
        x, y = 24 + (noise(k, frame, 5) - 0.5) * 40, 50 - noise(k, frame, 6) * 9
        c.puts("blue4", (x, y))
        c.puts("white", (x + 1, y + 2))
    return c


def shrine() -> Canvas:
    """A wayside shrine, 3 by 4 tiles: a little roof over a river stone, candles and flowers."""
    c = Canvas(48, 64)
    m.cast_shadow(c, 40, 60, 20, 6)
    m.stones(c, 6, 50, 36, 11, ("slate0", "slate1", "slate2", "slate3"), seed=2)
    c.rect(5, 48, 38, 3, "slate3")
    c.rect(5, 51, 38, 1, "slate0")
    c.rect(12, 24, 24, 24, "wood0")
    c.rect(13, 25, 22, 23, "night")
    c.blob(
        [(18, 47), (17.5, 36), (24, 30), (30.5, 36), (30, 47)],
        ("slate0", "slate1", "slate2", "slate3"),
        lit(22, 37, 9, 12),
        dither=0.4,
    )
    c.curve([(21, 37), (24, 35), (26, 38), (23, 40), (25, 43)], "blue3")
    for x in (15, 32):
        c.rect(x, 43, 2, 5, "cream")
        c.put(x, 41, "gold2")
        c.puts("gold1", (x, 42), (x + 1, 42))
    for x in (10, 35):
        m.beam(c, x, 22, 3, 26)
    m.shingles(
        c, c.in_poly([(24, 4), (46, 24), (44, 27), (24, 12), (4, 27), (2, 24)]), m.BLUE_TILE, seed=3, row=4, wide=4
    )
    m.shingles(c, c.in_poly([(24, 5), (45, 25), (3, 25)]), m.BLUE_TILE, seed=3, row=5, wide=5)
    c.rect(3, 25, 42, 2, "wood1")
    c.rect(3, 25, 42, 1, "gold1")
    c.ball(24, 5, 2.5, 2.5, ("gold0", "gold1", "gold2"))
    for k, petal in enumerate(("red2", "white", "plum3", "gold2", "white", "red3")):
        c.puts(petal, (9 + k * 6, 54), (10 + k * 6, 53), (11 + k * 6, 54))
        c.puts("green2", (10 + k * 6, 55), (9 + k * 6, 56))
    c.outline("ink")
    return c
