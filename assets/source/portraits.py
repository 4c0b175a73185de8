"""Portraits: 96 by 96 busts of the six villagers and the player, six moods in a strip of 576 by 96."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from assets.source.canvas import Canvas, Point, bayer, noise, smooth_noise, spline
from assets.source.faces import FAIR, MOODS, TANNED, Face, ear, features, neck, skull, tokens

SIZE = 96
Tones = tuple[str, ...]


def backdrop(tones: Tones, motif: Callable[[Canvas], None] | None = None) -> Canvas:
    """A round glow behind the head, dithered from tone to tone."""
    c = Canvas(SIZE, SIZE)
    for y in range(SIZE):
        for x in range(SIZE):
            d = math.hypot(x - 40, (y - 40) * 1.02) / 66
            level = (1 - d) * len(tones) + (bayer(x, y) - 0.5) * 0.8
            c.put(x, y, tones[min(max(int(level), 0), len(tones) - 1)])
    if motif:
        motif(c)
    return c


def hair(c: Canvas, shape: Sequence[Point], tones: Tones, part: Point, band: float, seed: int = 0, smooth: bool = True,
         strands: float = 26, flat: float = 0.0) -> None:
    """A mass of hair: strands fan out from the parting, with a ring of light `band` pixels from it."""
    points = spline(shape) if smooth else list(shape)
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    for x, y in c.in_poly(points):
        dx, dy = x + 0.5 - part[0], y + 0.5 - part[1]
        r, angle = math.hypot(dx, dy), math.atan2(dy, dx)
        # Strands fan out near the parting and hang straight further down.
        lane = angle * strands / 2 if r < 34 else (angle * 17 + x * 0.35) * strands / 34
        level = 0.46 + (smooth_noise(lane, r / 22, seed) - 0.5) * 0.62 + (smooth_noise(lane * 2.3, r / 30, seed + 1) - 0.5) * 0.3
        ring = 1 - abs(r - band) / 5
        if ring > 0 and dx < (right - left) * 0.3:
            level += ring * 0.34 * (0.6 + smooth_noise(lane * 1.5, 0, seed + 2) * 0.8)
        level -= 0.34 * max(0.0, (x - left) / (right - left) - 0.45) + flat
        c.put(x, y, tones[min(max(int(level * len(tones)), 0), len(tones) - 1)])


def shadow_under(c: Canvas, shape: Sequence[Point], over: Sequence[str], dx: int = 1, dy: int = 3) -> None:
    """The shadow that a fringe throws on the forehead."""
    c.darken(c.in_poly([(x + dx, y + dy) for x, y in spline(shape)]), over=over)


def cloth(c: Canvas, shape: Sequence[Point], tones: Tones, seed: int, smooth: bool = True, folds: float = 1.0) -> None:
    """Fabric, light from the left, with soft folds."""
    points = spline(shape) if smooth else list(shape)
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    top = min(p[1] for p in points)
    for x, y in c.in_poly(points):
        t = (x - left) / (right - left + 1)
        fold = smooth_noise((x + (y - top) * (0.5 - t) * 0.9) / 5, y / 26, seed) - 0.5
        level = 0.74 - 0.5 * t + fold * 0.5 * folds - 0.12 * (y - top) / 30 + (bayer(x, y) - 0.5) * 0.06
        c.put(x, y, tones[min(max(int(level * len(tones)), 0), len(tones) - 1)])


# -- Mira ---------------------------------------------------------------------------------------------------------
MIRA = Face(
    ((31, 37), (31, 48), (34, 57), (40, 64.5), (47, 68.5), (54, 64.5), (60, 57), (63, 48), (63, 37), (58, 26), (47, 22), (36, 26)),
    iris=("green0", "green2", "green4"), lashes=True, brow=("red0", "red1"), eye_w=10.5, eye_h=7.6, nose_w=2.4, mouth_w=9, rosy=0.3,
)
AUBURN = ("wood0", "red0", "red1", "gold0", "red3")


def mira(c: Canvas, mood: str) -> None:
    hair(c, [(47, 12), (66, 18), (72, 38), (70, 60), (74, 74), (62, 84), (47, 80), (32, 84), (22, 74), (25, 60), (22, 38), (28, 18)],
         AUBURN, (44, 14), 18, 1, flat=0.22)
    neck(c, MIRA, 7, 60, 80)
    cloth(c, [(10, 97), (14, 86), (26, 79), (38, 76), (47, 82), (56, 76), (68, 79), (80, 86), (85, 97)], ("green0", "green1", "green2", "green3"), 3)
    c.poly([(37, 75), (47, 91), (44, 92), (33, 78)], "cream")
    c.poly([(57, 75), (47, 91), (50, 92), (61, 78)], "sand")
    c.poly([(40, 77), (54, 77), (47, 88)], "skin2")
    c.poly([(40, 77), (47, 77), (47, 88)], "skin3")
    c.darken(c.in_poly([(38, 74), (57, 74), (56, 80), (44, 80)]), over=("skin2", "skin3"))
    c.poly([(20, 81), (25, 79), (50, 97), (42, 97)], "wood2")
    c.line(21, 81, 44, 97, "wood3")
    skull(c, MIRA)
    features(c, MIRA, mood)
    for x, y in ((37, 53), (40, 55), (43, 53), (52, 54), (55, 53), (58, 55)):
        c.put(x, y, "skin1")
    fringe = [(39, 15), (52, 13), (63, 20), (68, 34), (67, 50), (64.5, 58), (62.5, 46), (59, 35), (50, 27), (43, 21), (40, 28), (34, 36),
              (31.5, 46), (30.5, 60), (26, 50), (25, 34), (30, 20)]
    shadow_under(c, fringe, FAIR)
    hair(c, fringe, AUBURN, (42, 15), 17, 2)
    # The braid over her shoulder.
    for k in range(6):
        x, y, r = 66 - k * 0.4 + (k % 2) * 1.5, 62 + k * 6, 5.6 - k * 0.35
        c.oval(x, y + 1, r, 4.6, "wood0")
        for i, j in c.in_oval(x, y, r - 0.6, 4):
            v = (i - x) / r + (j - y) / 5 * (1 if k % 2 else -1)
            c.put(i, j, AUBURN[4 if v < -0.75 else 3 if v < -0.2 else 2 if v < 0.45 else 1])
    c.rect(61, 93, 7, 3, "green3")
    # A sprig of lavender behind the ear.
    c.curve([(27, 42), (24, 34), (22, 25)], "green2")
    for k in range(5):
        x, y = 22 + (k % 2) * 2, 22 + k * 3
        c.oval(x, y, 1.8, 1.7, "plum2")
        c.put(x - 1, y - 1, "plum3")


def herbs(c: Canvas) -> None:
    for k in range(7):
        x = 6 + k * 14
        for j in range(14):
            if 14 < x < 70 and j > 8:
                continue
            side = 1 if j % 2 else -1
            c.puts("green1", (x, j), (x + side, j), (x + side * 2, j - 1))


# -- Tomas --------------------------------------------------------------------------------------------------------
TOMAS = Face(
    ((30, 38), (30, 50), (32, 60), (38, 68), (47, 72), (56, 68), (62, 60), (64, 50), (64, 38), (58, 26), (47, 22), (36, 26)),
    iris=("blue0", "blue1", "blue3"), brow=("wood0", "wood1"), brow_thick=3, brow_y=40, eye_y=47, eye_w=9, eye_h=5.6, nose_y=57, nose_w=4,
    mouth_y=64, mouth_w=10, lip="skin1", skin=("red0", "skin0", "skin1", "skin2", "skin3"), blush="skin1", blush_y=55,
)
BEARD = ("wood0", "wood0", "wood1", "wood2", "wood3")


def tomas(c: Canvas, mood: str) -> None:
    neck(c, TOMAS, 10, 62, 82)
    cloth(c, [(4, 97), (8, 84), (24, 77), (38, 74), (47, 84), (56, 74), (70, 77), (87, 84), (91, 97)], ("night", "slate0", "blue1", "slate1"), 5)
    c.poly([(40, 80), (55, 80), (52, 97), (43, 97)], "sand")
    c.darken(c.in_poly([(40, 80), (55, 80), (54, 86), (41, 86)]))
    c.poly([(48, 84), (55, 80), (52, 97), (48, 97)], "wood4")
    cloth(c, [(36, 66), (30, 72), (28, 82), (42, 97), (46, 97), (41, 82)], ("slate0", "blue1", "slate1", "slate2"), 6, smooth=False)
    cloth(c, [(58, 66), (64, 72), (67, 82), (52, 97), (48, 97), (54, 82)], ("night", "slate0", "blue1"), 7, smooth=False)
    for y in (88, 94):
        c.oval(34, y + 1, 1.8, 1.8, "gold1")
        c.put(33, y, "gold2")
    ear(c, 29.5, 50, TOMAS, False)
    ear(c, 65, 50, TOMAS, True)
    skull(c, TOMAS)
    hair(c, [(29, 40), (33, 40), (33.5, 52), (31, 58), (28.5, 52)], BEARD, (34, 30), 60, 1)
    hair(c, [(65, 40), (61, 40), (60.5, 52), (63, 58), (65.5, 52)], BEARD, (60, 30), 60, 1)
    beard = [(30, 50), (33, 56), (38, 58.5), (47, 57.5), (56, 58.5), (61, 56), (64, 50), (65, 60), (61, 71), (54, 78), (47, 80), (40, 78), (33, 71), (29, 60)]
    hair(c, beard, BEARD, (47, 40), 60, 4, strands=34)
    c.blob([(41, 61.5), (47, 60.5), (53, 61.5), (54, 65), (47, 68.5), (40, 65)], "skin1")
    features(c, TOMAS, mood)
    hair(c, [(47, 58), (54, 58.5), (59, 62), (61, 66), (54, 63.5), (47, 61.8), (40, 63.5), (33, 66), (35, 62), (40, 58.5)], BEARD[1:], (47, 50), 60, 5, strands=40)
    for side in (-1, 1):
        x = TOMAS.axis + side * 15.5
        c.line(x, 46, x + side * 2, 45, "skin0")
        c.line(x, 48, x + side * 2, 49, "skin0")
    # The cap.
    brim = [(25, 38), (30, 35), (47, 33.5), (64, 35), (69, 38), (66, 41.5), (57, 38.5), (47, 37.8), (37, 38.5), (28, 41.5)]
    shadow_under(c, brim, TOMAS.skin, 1, 3)
    cloth(c, [(26, 36), (23, 24), (30, 14), (47, 10), (64, 14), (72, 24), (68, 36), (47, 33)], ("ink", "night", "slate0", "slate1", "slate2"), 9, folds=1.4)
    c.poly(spline([(27, 32), (47, 28.5), (67, 32), (68, 37), (47, 34), (26, 37)]), "night")
    c.curve([(27, 32), (47, 28.7), (67, 32)], "slate1")
    c.blob(brim, "ink")
    c.curve([(26, 38), (31, 35.6), (47, 34), (60, 35.4)], "slate0")
    c.oval(47, 31.5, 2.6, 2.4, "gold1")
    c.puts("gold3", (46, 30), (46, 31))


def ripples(c: Canvas) -> None:
    for k in range(16):
        x, y = int(noise(k, 1, 41) * 90), int(noise(k, 2, 41) * 92)
        c.line(x, y, x + 5 + k % 4, y, "blue3" if k % 3 else "blue4")


# -- Greta --------------------------------------------------------------------------------------------------------
GRETA = Face(
    ((28, 38), (28.5, 50), (31, 60), (37, 67), (47, 70.5), (57, 67), (63, 60), (65.5, 50), (66, 38), (60, 26), (47, 22), (34, 26)),
    iris=("wood0", "wood1", "gold0"), brow=("ink", "wood0"), brow_thick=2, brow_y=39, eye_y=47, eye_w=10, eye_h=6.6, lashes=True, nose_y=56.5, nose_w=3.6,
    mouth_y=62.5, mouth_w=11, lip="red1", skin=TANNED, blush="skin1", blush_y=55, eye_gap=9.5,
)
DARK_HAIR = ("ink", "ink", "wood0", "wood1", "wood2")


def greta(c: Canvas, mood: str) -> None:
    hair(c, [(47, 10), (64, 15), (71, 30), (69, 52), (60, 60), (34, 60), (25, 52), (23, 30), (30, 15)], DARK_HAIR, (52, 12), 18, 3, flat=0.2)
    neck(c, GRETA, 12, 60, 82)
    cloth(c, [(0, 97), (3, 84), (16, 77), (34, 73), (47, 80), (60, 73), (78, 77), (92, 84), (96, 97)], ("slate0", "slate1", "slate2", "slate3"), 2)
    c.poly([(36, 73), (58, 73), (47, 84)], "skin2")
    c.darken(c.in_poly([(36, 73), (58, 73), (57, 78), (42, 78)]), over=("skin2",))
    c.line(35, 73, 47, 85, "slate0")
    c.line(59, 73, 47, 85, "slate0")
    cloth(c, [(24, 75), (32, 73), (36, 88), (58, 88), (62, 73), (70, 75), (70, 97), (24, 97)], ("wood0", "wood1", "wood2", "wood3"), 8, smooth=False, folds=0.7)
    c.line(36, 88, 58, 88, "wood4")
    c.line(32, 74, 36, 88, "wood3")
    for x in range(38, 58, 4):
        c.put(x, 90, "wood4")
    for x, y in ((29, 79), (65, 79)):
        c.oval(x + 0.5, y + 0.5, 2.2, 2.2, "gold0")
        c.puts("gold2", (x - 1, y - 1), (x, y - 1))
    ear(c, 27.5, 50, GRETA, False)
    ear(c, 66.5, 50, GRETA, True)
    skull(c, GRETA)
    features(c, GRETA, mood)
    # Soot on the cheek.
    for x, y in c.in_oval(58, 56, 5, 2.6):
        if bayer(x, y) < 0.45 and c.get(x, y).startswith("skin"):
            c.put(x, y, "skin0")
    fringe = [(33, 18), (47, 11), (61, 15), (70, 28), (69, 46), (66, 50), (65, 40), (61, 33), (52, 29), (45, 33), (36, 33), (31, 38), (29, 50), (25, 44), (25, 29)]
    shadow_under(c, fringe, TANNED)
    hair(c, fringe, DARK_HAIR, (55, 13), 17, 6)


def embers(c: Canvas) -> None:
    for k in range(26):
        x, y = int(noise(k, 1, 42) * 94), int(noise(k, 2, 42) * 94)
        c.put(x, y, "gold2" if k % 3 == 0 else "red3")
        if k % 4 == 0:
            c.put(x + 1, y, "gold1")


# -- Bram ---------------------------------------------------------------------------------------------------------
BRAM = Face(
    ((28.5, 40), (28, 52), (31, 62), (38, 69.5), (47, 72), (56, 69.5), (63, 62), (66, 52), (65.5, 40), (61, 25), (47, 16), (33, 25)),
    iris=("blue0", "blue2", "blue3"), brow=("slate2", "white"), brow_thick=4, brow_y=40, eye_y=48, eye_w=8.5, eye_h=5.4, nose_y=58, nose_w=4.6,
    mouth_y=65.5, mouth_w=11, lip="skin1", blush="red3", blush_y=56, rosy=0.4,
)
WHITE_HAIR = ("slate1", "slate2", "slate3", "white", "white")


def bram(c: Canvas, mood: str) -> None:
    neck(c, BRAM, 12, 62, 84)
    cloth(c, [(1, 97), (5, 85), (20, 77), (36, 75), (47, 82), (58, 75), (74, 77), (90, 85), (95, 97)], ("slate2", "slate3", "white", "white"), 4)
    cloth(c, [(20, 78), (35, 75), (45, 97), (18, 97)], ("red0", "red1", "red1", "red2"), 5, smooth=False)
    cloth(c, [(75, 78), (60, 75), (50, 97), (78, 97)], ("red0", "red0", "red1"), 6, smooth=False)
    c.line(35, 75, 45, 97, "gold1")
    c.line(60, 75, 50, 97, "gold0")
    c.poly([(37, 75), (58, 75), (53, 97), (43, 97)], "white")
    c.poly([(49, 75), (58, 75), (53, 97), (49, 97)], "slate3")
    for side in (-1, 1):  # a neckcloth, tied
        c.blob([(47, 80), (47 + side * 7, 76), (47 + side * 10, 80), (47 + side * 7, 84)], "green2" if side < 0 else "green1")
    c.oval(47.5, 80, 2.8, 3, "green3")
    c.oval(47.5, 91, 1.4, 1.4, "gold1")
    ear(c, 27, 52, BRAM, False)
    ear(c, 67, 52, BRAM, True)
    for side in (-1, 1):
        mid = 47 + side * 20
        hair(c, [(mid - side * 2, 34), (mid + side * 3, 36), (mid + side * 5.5, 46), (mid + side * 3, 56), (mid - side * 1, 54), (mid - side * 2.4, 44)],
             WHITE_HAIR, (mid - side * 4, 28), 14, 3)
    skull(c, BRAM)
    c.oval(40, 25, 6, 3.6, "skin4")
    c.puts("white", (37, 24), (38, 23), (39, 23))
    for y in (30, 33):
        c.curve([(39, y + 1), (44, y), (50, y), (55, y + 1)], "skin2")
    features(c, BRAM, mood)
    c.oval(47, 57, 4.6, 3.8, "red3")
    c.oval(48.5, 58.2, 3, 2.4, "skin1")
    c.oval(46, 56.4, 3.4, 2.6, "red3")
    c.oval(45.4, 55.6, 1.5, 1.2, "skin4")
    droop = {"sad": 2, "angry": 1, "happy": -2, "surprised": 0}.get(mood, 0)
    for side in (-1, 1):
        shape = [(47, 61), (47 + side * 5, 60), (47 + side * 12, 62.5 + droop * 0.5), (47 + side * 17.5, 61 + droop), (47 + side * 19, 64.5 + droop),
                 (47 + side * 13, 68.5 + droop), (47 + side * 6, 67), (47, 64.6)]
        hair(c, shape, WHITE_HAIR[:4] if side > 0 else WHITE_HAIR, (47, 58), 10, 4 + side, strands=30)
        c.curve([(47 + side * 2, 65.5), (47 + side * 7, 67.8), (47 + side * 13, 69 + droop)], "slate1")
    for side in (-1, 1):
        c.curve([(47 + side * 14, 51), (47 + side * 16, 53)], "skin1")
        c.curve([(47 + side * 5, 53.5), (47 + side * 8, 54.5), (47 + side * 12, 53.5)], "skin2")


def hearth(c: Canvas) -> None:
    for x in (4, 12, 78, 87):
        c.rect(x, 20, 6, 10, "wood1")
        c.rect(x + 1, 14, 4, 6, "wood1")
        c.rect(x + 1, 21, 1, 8, "red3")
    c.rect(0, 30, 22, 2, "wood1")
    c.rect(74, 30, 22, 2, "wood1")


# -- Lian ---------------------------------------------------------------------------------------------------------
LIAN = Face(
    ((32, 37), (32, 48), (34.5, 57), (40.5, 65), (47, 69), (53.5, 65), (59.5, 57), (62, 48), (62, 37), (57, 26), (47, 22), (37, 26)),
    iris=("ink", "wood0", "wood2"), brow=("ink", "night"), brow_y=38.5, lashes=True, eye_w=10.5, eye_h=6.4, nose_w=2.2, mouth_w=8, lip="red2", blush="red3",
)
BLACK_HAIR = ("ink", "ink", "night", "slate0", "slate1")


def lian(c: Canvas, mood: str) -> None:
    for cx, cy, rx, ry in ((47, 10, 13, 9),):
        hair(c, [(cx - rx, cy + 2), (cx - rx * 0.7, cy - ry * 0.7), (cx, cy - ry), (cx + rx * 0.7, cy - ry * 0.7), (cx + rx, cy + 2), (cx + rx * 0.6, cy + ry), (cx - rx * 0.6, cy + ry)],
             BLACK_HAIR, (52, 18), 13, 2)
    c.line(26, 6, 70, 15, "gold0")
    c.line(26, 5, 70, 14, "gold2")
    c.oval(25, 5, 2.6, 2.6, "red2")
    c.put(24, 4, "red3")
    for k in range(4):
        c.puts("gold2" if k % 2 else "gold1", (24, 8 + k * 2))
    c.oval(24.5, 17, 1.6, 2, "green3")
    hair(c, [(47, 15), (60, 18), (67, 32), (66, 52), (61, 62), (33, 62), (28, 52), (27, 32), (34, 18)], BLACK_HAIR, (47, 16), 17, 1, flat=0.25)
    neck(c, LIAN, 6.5, 60, 82)
    cloth(c, [(8, 97), (12, 87), (25, 80), (38, 76), (47, 84), (56, 76), (69, 80), (82, 87), (87, 97)], ("plum0", "plum1", "plum1", "plum2"), 3)
    c.poly([(39, 75), (55, 75), (50, 92), (44, 90)], "skin3")
    c.poly([(48, 75), (55, 75), (50, 92), (47, 88)], "skin2")
    c.darken(c.in_poly([(38, 74), (56, 74), (55, 79), (45, 79)]), over=("skin2", "skin3"))
    # The collar crosses to the wearer's right, as it must for the living.
    for wide, colour in ((9, "blue0"), (6, "gold0"), (5, "cream")):
        c.poly([(38, 74), (38 - wide, 76), (50 - wide * 0.4, 97), (57 + wide * 0.4, 97)], colour)
    for wide, colour in ((9, "blue1"), (6, "gold1"), (5, "white")):
        c.poly([(56, 74), (56 + wide, 76), (42 + wide, 97), (34, 97)], colour)
    c.poly([(56, 74), (57.5, 75), (37, 97), (32, 97)], "plum2")
    c.poly([(56, 75), (52, 79), (32, 97), (26, 97)], "plum1", over=("plum2",))
    skull(c, LIAN)
    features(c, LIAN, mood)
    for side in (-1, 1):
        x = 47 + side * 16.5
        c.line(x, 56, x, 59, "gold1")
        c.oval(x + 0.4, 62, 1.8, 2.4, "green3" if side < 0 else "green2")
        c.put(x - 0.6, 61, "green5")
    for side in (-1, 1):
        fringe = [(47, 19), (47 + side * 9, 17), (47 + side * 17, 25), (47 + side * 19.5, 38), (47 + side * 18, 54), (47 + side * 16.4, 58),
                  (47 + side * 15.6, 46), (47 + side * 12.5, 34), (47 + side * 5, 26)]
        shadow_under(c, fringe, FAIR)
        hair(c, fringe, BLACK_HAIR, (47, 17), 16, 5)
    c.line(47, 18, 47, 24, "skin2")


def lattice(c: Canvas) -> None:
    for y in range(SIZE):
        for x in range(SIZE):
            d = math.hypot(x - 47.5, y - 44)
            if 42.5 < d < 46:
                c.put(x, y, "wood0" if d < 43.4 or d > 45.2 else "wood1")
            elif d >= 46 and ((x + y) % 10 == 0 or (x - y) % 10 == 0):
                c.put(x, y, "plum1")


# -- Pip ----------------------------------------------------------------------------------------------------------
PIP = Face(
    ((30, 48), (30, 57), (33, 66), (40, 73), (47, 75.5), (54, 73), (61, 66), (64, 57), (64, 48), (59, 36), (47, 31), (35, 36)),
    iris=("blue0", "blue2", "blue4"), brow=("gold0", "gold1"), brow_y=46.5, eye_y=56, eye_gap=9, eye_w=11, eye_h=9.4, nose_y=63, mouth_y=68.5, mouth_w=8.5,
    lip="skin1", blush="red3", blush_y=64, rosy=0.35, child=True,
)
STRAW = ("wood2", "gold0", "gold1", "gold2", "gold3")


def pip(c: Canvas, mood: str) -> None:
    hair(c, [(47, 20), (62, 24), (70, 38), (68, 60), (60, 66), (34, 66), (26, 60), (24, 38), (32, 24)], STRAW, (50, 22), 18, 3, flat=0.24)
    cloth(c, [(16, 97), (20, 90), (32, 85), (47, 84), (62, 85), (75, 90), (79, 97)], ("wood0", "wood1", "wood2", "wood3"), 4)
    neck(c, PIP, 6, 70, 86)
    ear(c, 29, 58, PIP, False)
    ear(c, 65, 58, PIP, True)
    skull(c, PIP)
    features(c, PIP, mood)
    for x, y in ((36, 63), (39, 65), (41, 62), (53, 62), (56, 65), (59, 63)):
        c.put(x, y, "skin1")
    fringe = [(36, 25), (40, 17), (45, 22), (52, 16), (56, 22), (65, 23), (66, 31), (72, 40), (68, 47), (69, 56), (64, 54), (61, 45), (56, 50), (53, 41),
              (47, 49), (43, 41), (38, 48), (35, 44), (31, 55), (27, 52), (25, 45), (22, 41), (27, 33), (26, 26)]
    c.darken(c.in_poly([(x + 1, y + 3) for x, y in fringe]), over=FAIR)
    hair(c, fringe, STRAW, (49, 22), 15, 4, smooth=False)
    # The big yellow scarf.
    scarf = ("wood2", "gold0", "gold1", "gold2", "gold3")
    cloth(c, [(25, 80), (33, 76), (47, 80), (61, 76), (69, 80), (70, 88), (60, 93), (47, 94), (34, 93), (24, 88)], scarf, 7, folds=1.6)
    c.curve([(27, 85), (38, 89), (50, 89), (68, 84)], "gold0")
    cloth(c, [(55, 88), (64, 86), (69, 97), (57, 97)], scarf[:4], 8, smooth=False)
    for x in range(57, 69, 3):
        c.line(x, 90, x + 1, 97, "gold0")
    c.darken(c.in_poly(spline([(34, 74), (47, 79), (60, 74), (58, 80), (47, 83), (36, 80)])), over=scarf)


def summer(c: Canvas) -> None:
    for cx, cy in ((14, 18), (82, 30), (80, 12)):
        for dx, dy, r in ((0, 0, 5), (6, 1, 4), (-6, 2, 3.4)):
            c.oval(cx + dx, cy + dy, r, r * 0.7, "white")


# -- the player ---------------------------------------------------------------------------------------------------
PLAYER = Face(
    ((30.5, 37), (30.5, 48), (33, 58), (39.5, 66), (47, 69.5), (54.5, 66), (61, 58), (63.5, 48), (63.5, 37), (58, 26), (47, 22), (36, 26)),
    iris=("wood0", "gold0", "gold1"), brow=("wood0", "wood1"), brow_y=38.5, brow_thick=2, eye_w=10, eye_h=7.4, nose_w=2.8, mouth_w=9.5, lip="skin1", blush="skin2",
)
BROWN = ("wood0", "wood0", "wood1", "wood2", "wood3")


def player(c: Canvas, mood: str) -> None:
    hair(c, [(47, 10), (63, 14), (71, 30), (69, 50), (62, 62), (32, 62), (25, 50), (23, 30), (31, 14)], BROWN, (40, 12), 18, 2, flat=0.22)
    neck(c, PLAYER, 8, 60, 82)
    cloth(c, [(8, 97), (12, 86), (26, 79), (38, 75), (47, 81), (56, 75), (68, 79), (82, 86), (87, 97)], ("blue0", "blue0", "blue1", "blue2"), 3)
    c.poly([(40, 76), (54, 76), (47, 86)], "skin2")
    c.line(39, 76, 47, 87, "sand")
    c.line(55, 76, 47, 87, "wood4")
    cape = ("red0", "red1", "red1", "red2")
    cloth(c, [(4, 97), (8, 86), (22, 77), (36, 73), (40, 80), (34, 88), (26, 97)], cape, 6)
    cloth(c, [(91, 97), (87, 86), (73, 77), (58, 73), (55, 80), (61, 88), (69, 97)], cape[:3], 7)
    c.line(38, 82, 57, 82, "gold0")
    c.oval(37.5, 82, 3, 3, "gold1")
    c.oval(57.5, 82, 3, 3, "gold0")
    c.puts("gold3", (36, 81), (37, 80))
    ear(c, 30, 50, PLAYER, False)
    ear(c, 64, 50, PLAYER, True)
    skull(c, PLAYER)
    features(c, PLAYER, mood)
    fringe = [(30, 22), (37, 12), (50, 9), (62, 14), (69, 26), (69, 42), (66, 50), (64, 42), (61, 34), (57, 40), (53, 31), (48, 38), (42, 30), (37, 37), (33, 40),
              (30.5, 50), (27, 46), (24, 34)]
    shadow_under(c, fringe, FAIR)
    hair(c, fringe, BROWN, (39, 12), 17, 5)


def hills(c: Canvas) -> None:
    for x in range(SIZE):
        top = 70 + round(5 * math.sin(x / 13) + 2 * math.sin(x / 5))
        for y in range(top, SIZE):
            c.put(x, y, "green2" if y > top + 1 else "green3")


PEOPLE: dict[str, tuple[Face, Callable[[Canvas, str], None], Tones, Callable[[Canvas], None] | None]] = {
    "player": (PLAYER, player, ("blue1", "blue2", "blue3", "blue4"), hills),
    "mira": (MIRA, mira, ("green0", "green2", "green3", "green4"), herbs),
    "tomas": (TOMAS, tomas, ("blue0", "blue1", "blue2", "blue3"), ripples),
    "greta": (GRETA, greta, ("wood0", "red0", "red1", "gold0"), embers),
    "bram": (BRAM, bram, ("wood0", "wood2", "gold0", "gold1"), hearth),
    "lian": (LIAN, lian, ("plum0", "plum2", "plum3", "sand"), lattice),
    "pip": (PIP, pip, ("blue2", "blue3", "blue4", "cream"), summer),
}


def portrait(name: str, mood: str) -> Canvas:
    face, draw, tones, motif = PEOPLE[name]
    back = backdrop(tones, motif)
    figure = Canvas(SIZE, SIZE)
    draw(figure, mood)
    tokens(figure, face, mood)
    figure.outline("ink")
    back.blit(figure, 0, 0)
    return back


def strip(name: str) -> Canvas:
    """The six moods side by side, in the order of `MOODS`."""
    out = Canvas(SIZE * len(MOODS), SIZE)
    for i, mood in enumerate(MOODS):
        out.blit(portrait(name, mood), i * SIZE, 0)
    return out
