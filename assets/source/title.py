"""The banner: Reedwater at dusk by its broken bridge, with voices in the air; 640 by 200, no words."""

from __future__ import annotations

import math

from assets.source.canvas import Canvas, bayer, noise, smooth_noise

WIDTH, HEIGHT = 640, 200
HORIZON = 128
SKY = ("blue0", "plum0", "plum1", "plum2", "red2", "red3", "gold1", "gold2", "gold3")
SUN = (418, 106)


def _sky(c: Canvas) -> None:
    for y in range(HORIZON + 4):
        for x in range(WIDTH):
            glow = max(0.0, 1 - math.hypot((x - SUN[0]) / 420, (y - SUN[1]) / 120)) * 0.45
            level = (y / HORIZON) * 0.66 + glow + (bayer(x, y) - 0.5) * 0.11
            c.put(x, y, SKY[min(max(int(level * len(SKY)), 0), len(SKY) - 1)])
    for k in range(70):
        x, y = int(noise(k, 1, 5) * WIDTH), int(noise(k, 2, 5) ** 1.7 * 60)
        c.put(x, y, "white" if k % 3 == 0 else "plum3")
        if k % 11 == 0:
            c.puts("plum3", (x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1))
    c.oval(SUN[0], SUN[1], 17, 17, "gold3")
    c.oval(SUN[0] - 2, SUN[1] - 2, 13, 13, "white")
    # Long clouds lit from below.
    for cx, cy, length, seed in (
        (120, 62, 120, 1),
        (330, 44, 90, 2),
        (560, 70, 110, 3),
        (470, 92, 70, 4),
        (230, 94, 80, 5),
    ):
        for x in range(cx - length, cx + length):
            t = abs(x - cx) / length
            thick = (1 - t) * 5 * smooth_noise(x / 16, seed, 11) * 2
            for y in range(int(cy - thick), int(cy + thick * 0.55)):
                low = y > cy + thick * 0.1
                if bayer(x, y) < 1.25 - t:
                    c.put(x, y, ("red3" if cy > 60 else "plum3") if low else ("plum2" if cy > 60 else "plum1"))


def _hills(c: Canvas) -> None:
    for base, tall, scale, seed, tones in (
        (112, 26, 90, 3, ("plum2", "plum1")),
        (122, 20, 60, 8, ("plum1", "plum0")),
        (130, 12, 34, 13, ("plum0", "night")),
    ):
        for x in range(WIDTH):
            top = base - tall * smooth_noise(x / scale, 0, seed) + 3 * smooth_noise(x / 7, 1, seed)
            if seed == 13:
                top -= 5 * abs(math.sin(x / 3.1)) * smooth_noise(x / 9, 2, seed)  # a rim of firs
            for y in range(int(top), HORIZON + 6):
                c.put(x, y, tones[0] if y - top < 5 * bayer(x, y) + 1 else tones[1])


def _water(c: Canvas) -> None:
    for y in range(HORIZON, HEIGHT):
        for x in range(WIDTH):
            depth = (y - HORIZON) / (HEIGHT - HORIZON)
            wave = smooth_noise(x / (9 + depth * 22), y * 0.9, 21)
            near = abs(x - SUN[0] - 6 * math.sin(y / 4)) / (12 + depth * 52)
            level = 0.66 - depth * 0.56 + (wave - 0.5) * 0.5 + (bayer(x, y) - 0.5) * 0.12
            if near < 1 and wave > 0.36 + near * 0.32:
                c.put(x, y, "gold3" if near < 0.25 and wave > 0.55 else "gold2" if near < 0.55 else "red3")
            else:
                c.put(x, y, ("blue0", "plum0", "plum1", "plum2", "red3")[min(max(int(level * 5), 0), 4)])


class _Bank:
    """Dark shapes with a warm rim on the sun's side, and lit windows."""

    def __init__(self, c: Canvas) -> None:
        self.c = c
        self.dark = Canvas(WIDTH, HEIGHT)
        self.lights: list[tuple[int, int, int, int]] = []

    def roof(self, x: int, y: int, w: int, roof: int, wall: int, pitch: int) -> None:
        d = self.dark
        d.poly([(x + pitch, y), (x + w - pitch, y), (x + w + 4, y + roof), (x - 4, y + roof)], "night")
        d.rect(x, y + roof, w, wall, "ink")
        for k in range(0, roof, 4):
            d.line(x + pitch * (1 - k / roof), y + k, x + w - pitch * (1 - k / roof), y + k, "ink")

    def window(self, x: int, y: int, w: int = 5, h: int = 6) -> None:
        self.lights.append((x, y, w, h))

    def tree(self, x: int, y: int, r: float, seed: int) -> None:
        self.dark.rect(x - 2, y, 4, int(r * 1.6), "ink")
        for k in range(9):
            a = k * 2.4
            self.dark.oval(
                x + math.cos(a) * r * 0.6,
                y - r * 0.4 + math.sin(a) * r * 0.5,
                r * 0.55,
                r * 0.5,
                "night" if noise(k, seed, 1) > 0.5 else "ink",
            )

    def pagoda(self, x: int, y: int) -> None:
        d = self.dark
        for half, top, low in ((30, y, y + 12), (44, y + 18, y + 32)):
            for i in range(-half, half + 1):
                t = abs(i) / half
                lift = 7 * max(0.0, (t - 0.45) / 0.55) ** 2
                start = top + (low - top) * max(0.0, (t - 0.55) / 0.45) ** 0.6 - lift * (t > 0.55)
                for j in range(int(start), int(low - lift) + 1):
                    d.put(x + i, j, "night" if i % 4 else "ink")
            d.rect(x - int(half * 0.5), top - 2, int(half), 2, "ink")
        d.rect(x - 17, y + 12, 34, 8, "ink")
        d.rect(x - 34, y + 32, 68, 22, "ink")

    def finish(self) -> None:
        rim = self.dark
        for y in range(1, HEIGHT):
            for x in range(WIDTH - 1):
                if rim.get(x, y) == "clear":
                    continue
                toward = 1 if x < SUN[0] else -1
                if rim.get(x + toward, y) == "clear" or rim.get(x, y - 1) == "clear":
                    near = abs(x - SUN[0]) / 430
                    if bayer(x, y) > near * 0.9:
                        self.c.put(x, y, "red3" if near < 0.35 else "red1" if near < 0.75 else "plum1")
                        continue
                self.c.put(x, y, rim.get(x, y))
        for x, y, w, _ in (light for light in self.lights if light[1] > 130):  # light on the ground before them
            for i, j in self.c.in_oval(x + w / 2, y + 20, 12, 5):
                glow = 1 - abs(i - x - w / 2) / 12 - abs(j - y - 20) / 9
                if self.c.get(i, j) in ("ink", "night") and j > y + 13 and bayer(i, j) < glow * 0.8:
                    self.c.put(i, j, "wood1" if glow > 0.55 else "wood0")
        for x, y, w, h in self.lights:
            self.c.rect(x - 1, y - 1, w + 2, h + 2, "wood1")
            self.c.rect(x, y, w, h, "gold2")
            self.c.rect(x, y, w, 1, "gold3")
            self.c.rect(x + w // 2, y, 1, h, "wood1")


def _shore(c: Canvas) -> None:
    bank = _Bank(c)
    for x in range(WIDTH):  # the near bank on the left, a spit on the right
        left = 148 + 10 * math.sin(x / 60) + x * 0.045 - 3 * smooth_noise(x / 5, 3, 9) if x < 300 else 999
        if 268 < x < 300:
            left = 160 + (x - 268) * 1.3
        right = 158 - (x - 540) * 0.05 - 3 * smooth_noise(x / 5, 4, 9) if x > 540 else 999
        if 528 < x <= 540:
            right = 158 + (540 - x) * 2
        for y in range(int(min(left, right, HEIGHT)), HEIGHT):
            bank.dark.put(x, y, "night" if noise(x // 3, y, 2) > 0.93 else "ink")
    for x, y, r in (
        (8, 128, 19),
        (44, 138, 13),
        (182, 136, 11),
        (286, 148, 9),
        (620, 132, 20),
        (594, 142, 13),
        (566, 146, 10),
    ):
        bank.tree(x, y, r, x)
    bank.roof(58, 104, 66, 24, 26, 10)
    bank.dark.rect(106, 94, 7, 14, "ink")
    for x in (66, 80, 106):
        bank.window(x, 134)
    bank.dark.poly([(84, 128), (97, 108), (110, 128)], "ink")
    bank.window(94, 118)
    bank.roof(132, 122, 40, 16, 22, 7)
    bank.window(140, 143)
    bank.window(158, 143)
    bank.pagoda(232, 98)
    for x in (208, 221, 238, 252):
        bank.window(x, 136, 6, 8)
    # The broken bridge reaching out from the left bank, its other end on the right.
    for start, end in ((262, 352), (486, 560)):
        for x in range(start, end):
            ragged = noise(x, 0, 6) * 6 if x > 346 or (x < 492 and start > 300) else 0
            for y in range(150, int(156 - ragged * 0.3)):
                bank.dark.put(x, y, "ink")
            if (x % 14 < 2 and 268 < x < 346) or (x % 14 < 2 and x > 496):
                bank.dark.rect(x, 141, 1, 9, "ink")
            if 266 < x < 344 or x > 498:
                bank.dark.puts("ink", (x, 142), (x, 143))
    for x in (300, 336, 500, 540):
        bank.dark.poly([(x - 5, 154), (x + 6, 154), (x + 9, 172), (x - 8, 172)], "ink")
    bank.dark.poly([(344, 150), (352, 150), (364, 166), (360, 168)], "ink")
    bank.dark.poly([(414, 168), (424, 166), (428, 173), (411, 173)], "ink")
    bank.finish()
    # Lanterns along the shore and their light on the water.
    for x, y in ((196, 140), (276, 134), (188, 132)):
        c.oval(x, y, 3, 3.4, "red2")
        c.put(x - 1, y - 1, "gold2")
        c.put(x, y, "gold3")
    for k in range(90):  # reeds in front
        x = int(noise(k, 1, 7) * WIDTH)
        if 385 < x < 480 or (300 < x < 386 and k % 3):
            continue
        tall, lean = 10 + noise(k, 2, 7) * 26, (noise(k, 3, 7) - 0.5) * 10
        for j in range(int(tall)):
            c.put(x + lean * (j / tall) ** 2, HEIGHT - j, "ink")
        if k % 4 == 0:
            for j in range(5):
                c.rect(int(x + lean), int(HEIGHT - tall - 2 + j), 2, 1, "ink")
    # A heron standing in the shallows.
    h = (428, 172)
    c.line(h[0], h[1], h[0], h[1] + 16, "ink")
    c.line(h[0] + 4, h[1], h[0] + 5, h[1] + 16, "ink")
    c.blob(
        [(h[0] - 9, h[1] + 3), (h[0] - 2, h[1] - 6), (h[0] + 7, h[1] - 6), (h[0] + 8, h[1]), (h[0] + 2, h[1] + 4)],
        "ink",
    )
    c.curve([(h[0] + 6, h[1] - 5), (h[0] + 10, h[1] - 11), (h[0] + 6, h[1] - 17), (h[0] + 9, h[1] - 22)], "ink")
    c.curve([(h[0] + 7, h[1] - 5), (h[0] + 11, h[1] - 11), (h[0] + 7, h[1] - 17), (h[0] + 10, h[1] - 22)], "ink")
    c.line(h[0] + 9, h[1] - 22, h[0] + 18, h[1] - 20, "ink")
    c.line(h[0] + 8, h[1] - 23, h[0] + 2, h[1] - 21, "ink")


def _bubble(c: Canvas, x: int, y: int, w: int, h: int, tail: int, mark: str) -> None:
    c.rect(x + 3, y, w - 6, h, "ink")
    c.rect(x, y + 3, w, h - 6, "ink")
    c.rect(x + 1, y + 1, w - 2, h - 2, "ink")
    c.rect(x + 3, y + 1, w - 6, h - 2, "cream")
    c.rect(x + 1, y + 3, w - 2, h - 6, "cream")
    c.rect(x + 2, y + 2, w - 4, h - 4, "cream")
    c.rect(x + 3, y + h - 2, w - 6, 1, "sand")
    for k in range(8):
        c.rect(tail + k // 2 - 1, y + h - 1 + k, 9 - k, 1, "ink")
        c.rect(tail + k // 2, y + h - 1 + k, max(0, 7 - k), 1, "cream")
    if mark == "dots":
        for k in range(3):
            c.rect(x + w // 2 - 9 + k * 7, y + h // 2 - 2, 4, 4, "slate1")
    elif mark == "lines":
        for k, length in enumerate((w - 14, w - 22, w - 16)):
            c.rect(x + 7, y + 6 + k * 5, length, 2, "wood2" if k != 1 else "wood3")
    elif mark == "heart":
        c.stamp(
            x + w // 2 - 5,
            y + h // 2 - 5,
            (".rr..rr..", "rRrrrrrr.", "rrrrrrrr.", ".rrrrrr..", "..rrrr...", "...rr...."),
            {"r": "red2", "R": "red3"},
        )
    else:
        c.stamp(
            x + w // 2 - 3,
            y + h // 2 - 6,
            (".oooo.", "oo..oo", "....oo", "...oo.", "..oo..", "..oo..", "......", "..oo..", "..oo.."),
            {"o": "blue1"},
        )


def banner() -> Canvas:
    c = Canvas(WIDTH, HEIGHT)
    _sky(c)
    _hills(c)
    _water(c)
    _shore(c)
    _bubble(c, 62, 56, 58, 26, 98, "lines")
    _bubble(c, 140, 88, 32, 22, 150, "query")
    _bubble(c, 240, 58, 44, 22, 248, "dots")
    _bubble(c, 574, 88, 28, 20, 582, "heart")
    return c
