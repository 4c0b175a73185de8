"""Trees, bushes, flowers, reeds and stones. Each function gives a picture whose bottom row stands on the ground."""

from __future__ import annotations

from collections.abc import Sequence

from assets.source.canvas import Canvas, bayer, lit, noise
from assets.source.palette import Ramp

LEAF: Ramp = ("green0", "green1", "green2", "green3", "green4")
PINE: Ramp = ("green0", "green0", "green1", "green2", "green3")
WILLOW: Ramp = ("green1", "green2", "green3", "green4", "green5")
AUTUMN: Ramp = ("red0", "red1", "red2", "red3", "gold2")
BLOSSOM: Ramp = ("plum1", "plum2", "plum3", "white", "white")

Ball = tuple[float, float, float]


def _crown(c: Canvas, balls: Sequence[Ball], tones: Ramp, seed: int) -> None:
    """Clumps of leaves: each clump is lit by itself, and the crown as a whole."""
    left = min(x - r for x, _, r in balls)
    right = max(x + r for x, _, r in balls)
    top = min(y - r for _, y, r in balls)
    low = max(y + r for _, y, r in balls)
    whole = lit((left + right) / 2, (top + low) / 2, (right - left) / 2 + 1, (low - top) / 2 + 1)
    for bx, by, r in balls:
        near = lit(bx, by, r, r)
        for x, y in c.in_oval(bx, by, r, r):
            edge = ((x + 0.5 - bx) ** 2 + (y + 0.5 - by) ** 2) ** 0.5 / r
            if edge > 0.86 and noise(x, y, seed) < 0.3:
                continue
            leaf = (noise(x // 2, (y + x // 2 % 2) // 2, seed + 1) - 0.5) * 0.26
            level = 0.5 * whole(x, y) + 0.5 * near(x, y) + leaf
            if edge > 0.8 and (x - bx) + (y - by) > 0:
                level -= 0.16
            c.put(x, y, tones[min(max(int(level * len(tones)), 0), len(tones) - 1)])


def _trunk(c: Canvas, x: float, y: int, width: int, height: int) -> None:
    for j in range(height):
        flare = 1 if j >= height - 2 else 0
        for i in range(-flare, width + flare):
            k = (i + flare) / (width + 2 * flare)
            c.put(x + i, y + j, "wood3" if k < 0.25 else "wood2" if k < 0.6 else "wood1")
    c.puts("wood1", (x + 1, y + 2), (x + 2, y + height - 3))


def ground_shadow(c: Canvas, cx: float, cy: float, rx: float, ry: float) -> None:
    for x, y in c.in_oval(cx, cy, rx, ry):
        if c.get(x, y) == "clear":
            c.put(x, y, "shade")


def oak(seed: int = 0, tones: Ramp = LEAF) -> Canvas:
    """A round tree, 48 by 48, trunk in the middle of the bottom."""
    c = Canvas(48, 48)
    _trunk(c, 21, 32, 6, 14)
    jitter = [(noise(k, seed, 61) - 0.5) * 3 for k in range(16)]
    balls = [
        (13, 25, 8),
        (35, 25, 8),
        (24, 29, 9),
        (10, 18, 7),
        (38, 18, 7),
        (17, 13, 9),
        (31, 13, 9),
        (24, 20, 11),
        (24, 9, 8),
        (17, 22, 6),
        (31, 23, 6),
    ]
    _crown(c, [(x + jitter[i], y + jitter[i + 4] * 0.6, r) for i, (x, y, r) in enumerate(balls)], tones, seed)
    c.outline("green0" if tones[0].startswith("green") else tones[0])
    ground_shadow(c, 27, 43, 16, 4.5)
    return c


def apple(seed: int = 0) -> Canvas:
    """An orchard tree, 32 by 40, with red apples."""
    c = Canvas(32, 48)
    _trunk(c, 14, 32, 4, 14)
    balls: list[Ball] = [
        (9, 26, 7),
        (23, 26, 7),
        (16, 28, 8),
        (8, 19, 6),
        (24, 19, 6),
        (16, 15, 8),
        (16, 22, 9),
        (11, 15, 6),
    ]
    _crown(c, balls, LEAF, seed + 5)
    c.outline("green0")
    for k in range(7):
        x, y = 6 + int(noise(k, seed, 62) * 19), 13 + int(noise(k, seed, 63) * 18)
        if c.get(x, y).startswith("green") and c.get(x + 2, y + 2).startswith("green"):
            c.puts("red2", (x, y), (x + 1, y), (x, y + 1))
            c.puts("red1", (x + 1, y + 1))
            c.put(x, y, "red3")
    ground_shadow(c, 18, 44, 12, 3.6)
    return c


def pine(seed: int = 0) -> Canvas:
    """A fir, 32 by 48."""
    c = Canvas(32, 48)
    _trunk(c, 14, 38, 4, 8)
    for top, half, height in ((22, 13, 19), (13, 10.5, 17), (5, 8, 15), (1, 5, 11)):
        for y in range(top, top + height):
            reach = half * ((y - top + 1) / height) ** 0.8
            for x in range(32):
                off = x + 0.5 - 16
                saw = (x * 5 + seed) % 4 * 0.7 if y > top + height - 4 else 0
                if abs(off) <= reach and y <= top + height - 1 - saw:
                    level = 0.55 - off / 24 - (y - top) / height * 0.35 + (noise(x, y // 2, seed) - 0.5) * 0.3
                    if y - top < 3 and top > 2:
                        level -= 0.2
                    c.put(x, y, PINE[min(max(int(level * 5 + 0.6), 0), 4)])
    c.outline("green0")
    ground_shadow(c, 18, 44, 12, 3.6)
    return c


def willow(seed: int = 0) -> Canvas:
    """A willow for the river bank, 64 by 64: a high crown and hanging branches."""
    c = Canvas(64, 64)
    _trunk(c, 28, 34, 8, 28)
    _crown(c, [(20, 20, 12), (44, 20, 12), (32, 16, 15), (32, 26, 13), (13, 27, 8), (51, 27, 8)], WILLOW[:4], seed)
    for k in range(30):
        x = 6 + k * 1.8
        bow = 1 - abs(x - 32) / 30
        start = 22 + noise(k, seed, 64) * 8 - bow * 6
        length = 14 + noise(k, seed, 65) * 14 + bow * 3
        for j in range(int(length)):
            y = start + j
            fade = j / length
            tone = WILLOW[min(4, max(0, int((0.9 - x / 80 - fade * 0.55 + (noise(k, j // 3, 66) - 0.5) * 0.35) * 5)))]
            c.put(x + (noise(k, j // 4, seed) - 0.5) * 1.6, y, tone)
            if k % 2 and fade < 0.8:
                c.put(x + 1, y, tone)
    c.outline("green0")
    ground_shadow(c, 35, 58, 22, 5)
    return c


def bush(seed: int = 0, berries: str = "") -> Canvas:
    c = Canvas(16, 16)
    _crown(c, [(5, 10, 4.6), (11, 10, 4.6), (8, 7.5, 5)], LEAF, seed + 9)
    c.outline("green0")
    if berries:
        for k in range(5):
            x, y = 3 + int(noise(k, seed, 67) * 10), 5 + int(noise(k, seed, 68) * 7)
            c.put(x, y, berries)
    for x in range(4, 16):
        if c.get(x, 15) == "clear":
            c.put(x, 15, "shade")
    return c


FLOWERS = (
    ("red2", "gold2"),
    ("white", "gold1"),
    ("plum3", "gold2"),
    ("blue3", "white"),
    ("gold2", "gold0"),
    ("white", "plum3"),
)


def flowers(kind: int, seed: int = 0) -> Canvas:
    """A scatter of flowers for the detail layer."""
    c = Canvas(16, 16)
    petal, heart = FLOWERS[kind % len(FLOWERS)]
    spots = ((3, 3), (10, 2), (6, 8), (12, 9), (2, 11), (8, 13))
    for k in range(3 + seed):
        x, y = spots[(k * 2 + seed) % 6]
        x, y = x + round((noise(k, seed + kind * 7, 71) - 0.5) * 2), y - round(noise(k, seed + kind * 7, 72) * 2)
        c.puts("green1", (x - 1, y + 2), (x, y + 3), (x + 1, y + 2))
        if k % 3 == 2:
            c.puts(petal, (x, y), (x + 1, y))
            c.puts("green2", (x, y + 1))
        else:
            c.puts(petal, (x, y - 1), (x - 1, y), (x + 1, y), (x, y + 1))
            c.put(x, y, heart)
    return c


def tall_grass(seed: int = 0) -> Canvas:
    c = Canvas(16, 16)
    for k in range(9):
        x = 1 + int(noise(k, seed, 73) * 14)
        base, height = 12 + int(noise(k, seed, 74) * 4), 4 + int(noise(k, seed, 75) * 4)
        lean = 1 if noise(k, seed, 76) > 0.5 else -1
        for j in range(height):
            c.put(
                x + (lean if j > height * 0.6 else 0),
                base - j,
                ("green1", "green2", "green2", "green4", "green5")[j * 4 // height],
            )
    return c


def reeds(seed: int = 0) -> Canvas:
    """Bulrushes at the water's edge, 16 by 32."""
    c = Canvas(16, 32)
    for k in range(8):
        x = 1 + k * 1.9 + noise(k, seed, 77)
        height = 12 + int(noise(k, seed, 78) * 12)
        lean = (noise(k, seed, 79) - 0.5) * 5
        for j in range(height):
            bend = lean * (j / height) ** 2
            c.put(x + bend, 30 - j - k % 2, ("green0", "green1", "green2", "green3", "green4")[min(4, j * 5 // height)])
        if k % 3 == 1:
            tip = (x + lean, 30 - height)
            for j in range(5):
                c.puts("wood2" if j else "sand", (tip[0], tip[1] + j - 1))
                c.puts("wood1", (tip[0] + 1, tip[1] + j))
    for x in range(2, 15):
        if bayer(x, 3) < 0.6:
            c.put(x, 31, "blue4")
    return c


def lily(seed: int = 0, bloom: bool = False) -> Canvas:
    c = Canvas(16, 16)
    for cx, cy, r in ((5, 6, 3.4), (11, 11, 2.9)) if seed % 2 else ((8, 8, 3.8), (13, 4, 2.2)):
        c.oval(cx, cy + 1, r + 0.6, r * 0.72, "blue1")
        c.oval(cx, cy, r, r * 0.7, "green2")
        c.oval(cx - 0.6, cy - 0.5, r * 0.7, r * 0.4, "green3")
        c.line(cx, cy, cx + r, cy + 1, "blue1")
    if bloom:
        c.puts("plum3", (6, 4), (4, 4), (5, 3))
        c.puts("white", (5, 4))
    return c


def rock(kind: int = 0) -> Canvas:
    """A boulder (16 by 16); kind 1 is a pair of small ones, 2 mossy."""
    c = Canvas(16, 16)
    tones = ("slate0", "slate1", "slate2", "slate3")
    if kind == 1:
        c.ball(5, 11, 4, 3.2, tones)
        c.ball(11, 12.5, 3, 2.3, tones)
    else:
        c.blob([(2, 12), (3, 6), (8, 3.5), (13, 6), (14, 12), (8, 14)], tones, lit(7, 9, 8, 7.5), dither=0.5)
        c.line(8, 8, 10, 11, "slate1")
    if kind == 2:
        for x, y in c.in_rect(2, 4, 9, 4):
            if c.get(x, y) != "clear" and bayer(x, y) < 0.8 - (y - 4) * 0.2:
                c.put(x, y, "green3" if x + y < 11 else "green2")
    c.outline("night")
    for x in range(5, 16):
        if c.get(x, 14) == "clear":
            c.put(x, 14, "shade")
    return c


def stump() -> Canvas:
    c = Canvas(16, 16)
    c.rect(3, 8, 10, 5, "wood2")
    c.rect(9, 8, 4, 5, "wood1")
    c.puts("wood2", (2, 13), (13, 13), (6, 13))
    c.oval(8, 7.5, 5, 2.8, "wood4")
    c.oval(8, 7.5, 3.2, 1.6, "wood3")
    c.oval(8, 7.5, 1.6, 0.8, "wood4")
    c.outline("wood0")
    return c


def mushrooms(seed: int = 0) -> Canvas:
    c = Canvas(16, 16)
    for x, y, r in ((5, 9, 2.6), (10, 12, 2.1)):
        c.rect(int(x) - 1, int(y), 2, 3, "cream")
        c.oval(x, y - 0.5, r, r * 0.75, "red2" if seed % 2 == 0 else "gold1")
        c.puts("white", (x - 1, y - 1), (x + 1, y - 2))
    return c
