"""Where everything in Reedwater stands, in tiles (x, y of a picture's bottom-left tile) or pixels where said."""

from __future__ import annotations

import math
from itertools import pairwise

from assets.source.canvas import Point, path, smooth_noise
from assets.source.tmx import Thing

WIDTH, HEIGHT = 48, 36


def spots(text: str) -> tuple[tuple[int, int], ...]:
    """Tiles written as `x,y x,y`."""
    pairs = (pair.split(",") for pair in text.split())
    return tuple((int(x), int(y)) for x, y in pairs)


def river(y: float) -> tuple[float, float]:
    """The river's west and east bank at a row, in tiles."""
    middle = 38.6 - 0.075 * y + 0.9 * math.sin(y / 5.2 + 0.6)
    half = 3.3 + 0.35 * math.sin(y / 3.1)
    return middle - half, middle + half


# Streets: polylines of corners (in tiles) and half-widths.
STREETS: tuple[tuple[float, tuple[Point, ...]], ...] = (
    (0.9, path("27,18.5 33.4,18.5")),  # square to bridge
    (0.9, path("41.5,18.5 44,18 48,17")),  # the far road
    (0.9, path("17,18.5 13,19 9,19.8 4,20")),  # square to smithy
    (0.6, path("12.8,19 12.6,14 12.4,11 9,10 7,9.8")),  # to the herb hut
    (0.6, path("7,9.8 7,9")),
    (0.9, path("13,15 18,15 22,15 25,16")),  # before the inn
    (0.6, path("25,16 25,12 25,8.5")),  # to the shrine
    (0.6, path("25,12.4 27.5,12 30.5,11 30.5,9.5")),  # to the mill
    (0.6, path("30.5,10.5 31,14 31,18")),
    (0.9, path("19,21 18,24 17.6,28 18.4,31 22,31.4 27,31.4")),  # to the tea house
    (0.6, path("31,18.5 30.6,22 30.4,26 30.2,28")),  # to the ferry
    (0.6, path("27,31.4 29.6,30.4 30.2,28")),
    (0.6, path("30.2,28 32.6,28")),
    (0.6, path("17.6,29 14,29.4 9,29.6")),  # to the orchard
)
PLAZA = (17, 16, 26, 21)  # corners, inclusive
POND = ((6.0, 23.2), (3.2, 1.9))

# Pictures from `plants`, `houses` and `props`: name, x, y, how many of its top rows hide people, and its solid
# rectangles in pixels from its top left.
Solid = tuple[int, int, int, int]
BUILDINGS: tuple[tuple[str, int, int, int, tuple[Solid, ...]], ...] = (
    ("inn", 14, 13, 2, ((8, 32, 122, 76), (56, 106, 24, 3))),
    ("smithy", 3, 18, 2, ((6, 32, 84, 60), (84, 44, 52, 42), (86, 84, 4, 8), (131, 84, 4, 8))),
    ("herb_hut", 4, 8, 2, ((8, 32, 80, 60),)),
    ("tea_house", 20, 29, 2, ((10, 32, 124, 77),)),
    ("mill", 28, 8, 2, ((10, 32, 76, 76),)),
    ("shrine", 24, 7, 1, ((5, 20, 38, 42),)),
)

TREE = (4, 42, 8, 5)
PROPS: tuple[tuple[str, int, int, int, tuple[Solid, ...]], ...] = (
    ("well", 21, 18, 1, ((4, 30, 24, 14),)),
    ("notice_board", 18, 16, 1, ((3, 20, 26, 10),)),
    ("lamp", 17, 20, 2, ((5, 41, 6, 5),)),
    ("lamp", 26, 15, 2, ((5, 41, 6, 5),)),
    ("lamp", 26, 20, 2, ((5, 41, 6, 5),)),
    ("lamp", 13, 14, 2, ((5, 41, 6, 5),)),
    ("lamp", 32, 16, 2, ((5, 41, 6, 5),)),
    ("lamp", 29, 29, 2, ((5, 41, 6, 5),)),
    ("lamp", 13, 28, 2, ((5, 41, 6, 5),)),
    ("lamp", 12, 8, 2, ((5, 41, 6, 5),)),
    ("bench", 23, 16, 0, ((2, 4, 28, 9),)),
    ("barrel", 23, 13, 0, ((2, 5, 12, 9),)),
    ("barrel", 14, 14, 0, ((2, 5, 12, 9),)),
    ("crate", 23, 14, 0, ((2, 5, 12, 9),)),
    ("sacks", 27, 8, 0, ((2, 5, 12, 9),)),
    ("anvil", 9, 19, 0, ((2, 5, 12, 9),)),
    ("barrel", 11, 19, 0, ((2, 5, 12, 9),)),
    ("log_pile", 1, 18, 0, ((1, 3, 30, 11),)),
    ("herb_bed0", 10, 5, 0, ((1, 3, 30, 11),)),
    ("herb_bed1", 13, 5, 0, ((1, 3, 30, 11),)),
    ("herb_bed2", 10, 7, 0, ((1, 3, 30, 11),)),
    ("herb_bed3", 13, 7, 0, ((1, 3, 30, 11),)),
    ("basket", 9, 9, 0, ((2, 6, 12, 8),)),
    ("tea_table", 26, 33, 0, ((4, 14, 40, 15),)),
    ("tea_table", 20, 33, 0, ((4, 14, 40, 15),)),
    ("stone_lantern", 19, 30, 1, ((4, 25, 8, 5),)),
    ("stone_lantern", 29, 30, 1, ((4, 25, 8, 5),)),
    ("stone_lantern", 23, 8, 1, ((4, 25, 8, 5),)),
    ("stone_lantern", 27, 8, 1, ((4, 25, 8, 5),)),
    ("nets", 27, 22, 1, ((3, 22, 42, 8),)),
    ("mooring", 32, 26, 0, ((4, 6, 8, 8),)),
    ("barrel", 31, 25, 0, ((2, 5, 12, 9),)),
    ("signpost", 29, 17, 1, ((6, 24, 5, 6),)),
    ("signpost", 16, 22, 1, ((6, 24, 5, 6),)),
    ("cart", 27, 11, 1, ((5, 16, 40, 14),)),
    ("basket", 5, 31, 0, ((2, 6, 12, 8),)),
    ("basket", 5, 28, 0, ((2, 6, 12, 8),)),
    ("ladder", 11, 28, 1, ((4, 24, 8, 6),)),
    ("stump", 2, 15, 0, ((3, 7, 10, 7),)),
    ("stump", 15, 25, 0, ((3, 7, 10, 7),)),
    ("crate", 32, 25, 0, ((2, 5, 12, 9),)),
    ("driftwood", 31, 21, 0, ((4, 6, 24, 8),)),
    ("planter", 17, 16, 0, ((2, 6, 12, 8),)),
    ("planter", 26, 17, 0, ((2, 6, 12, 8),)),
    ("trough", 4, 19, 0, ((1, 4, 30, 10),)),
)
ANIMATED = (("mill_wheel", 34, 8, 0, ((6, 20, 34, 30),)),)
JETTY_AT = (32, 29)  # bottom-left tile
BOAT_AT = (35, 31)
BRIDGE_AT = (32, 20)
FAR_BANK = (45 * 16, 18 * 16)  # feet, in pixels

OAKS = spots(
    "0,3 1,6 0,10 12,2 16,3 19,4 0,14 0,23 9,24 11,23 0,27 13,35 13,24 43,5 45,9 43,13 45,23 43,27 44,32 46,3 "
    "46,29 0,33 26,3 21,2"
)
PINES = spots(
    "3,2 6,2 8,1 10,3 15,1 1,11 3,11 30,1 28,2 34,2 23,1 46,13 44,9 42,2 44,1 46,20 44,35 46,35 42,31 0,19 "
    "0,30 2,25 16,35 5,12 0,35"
)
BLOSSOMS = spots("21,6 27,6")
WILLOWS = spots("32,13 30,35 42,24")
APPLES = spots("3,28 6,28 9,28 3,33 6,33 9,33")
BUSHES = spots(
    "12,13 13,13 24,14 2,8 2,9 10,12 9,12 20,22 21,22 23,22 16,27 28,15 14,11 33,11 34,10 11,21 12,22 15,21 "
    "19,25 19,26 29,25 13,9 42,16 44,16 42,20 29,33 19,34 24,34 27,13 2,29 33,32 3,21"
)
ROCKS = spots("34,12 1,21 9,24 33,24 12,25 41,9 41,25 28,20 15,10 32,32 10,21 3,23")
FENCES = ((2, 26, 11), (2, 34, 11), (10, 3, 6))  # left end x, y, length across
FENCE_POSTS = (
    tuple((2, y) for y in range(27, 34))
    + tuple((12, y) for y in (27, 31, 32, 33))
    + tuple((15, y) for y in range(4, 8))
)
_REED_ROWS = ((3, 4, 11, 12, 15, 21, 22, 23, 24, 32, 33, 34), (6, 7, 8, 12, 13, 22, 23, 24, 28, 29, 30, 33))
REEDS = (  # along both banks, and in the pond
    *((math.floor(river(y + 0.5)[side]) + (1 - side) * (y % 2), y) for side in (0, 1) for y in _REED_ROWS[side]),
    *spots("4,24 8,23 4,23"),
)
LILIES = spots("5,22 6,23 34,24 34,22 34,33 38,26 35,14 41,10 7,24")
ANIMALS = (
    ("hen", 32, 9),
    ("hen", 28, 9),
    ("hen", 29, 12),
    ("cat", 20, 14),
    ("hen", 11, 32),
    ("duck", 7, 22),
    ("duck", 37, 24),
    ("duck", 38, 25),
    ("duck", 39, 5),
)

FLOWER_BEDS = (
    (12, 13, 3),
    (24, 5, 3),
    (24, 32, 4),
    (8, 6, 2),
    (3, 10, 3),
    (28, 21, 4),
    (20, 23, 2),
    (6, 21, 3),
    (44, 18, 4),
    (22, 6, 3),
    (14, 32, 4),
    (33, 10, 3),
)

PLACES = (
    # id, x, y, width, height in tiles, and the two labels
    ("square", 18, 19, 8, 2, "The square", "村中广场"),
    ("inn", 15, 14, 8, 2, "The Heron", "苍鹭客栈"),
    ("smithy", 3, 19, 9, 2, "The smithy", "铁匠铺"),
    ("herb_hut", 4, 9, 6, 2, "The herb hut", "药草屋"),
    ("tea_house", 20, 30, 9, 2, "The tea house", "茶馆"),
    ("ferry_landing", 29, 27, 8, 2, "The ferry landing", "渡口"),
    ("bridge", 29, 18, 7, 1, "The bridge", "桥头"),
    ("mill", 28, 9, 5, 2, "The mill", "水磨坊"),
    ("orchard", 3, 29, 9, 2, "The orchard", "果园"),
    ("shrine", 23, 8, 5, 2, "The wayside shrine", "路边神龛"),
)
SPAWNS = (  # feet, in pixels
    ("player", 22 * 16, 20 * 16, "down"),
    ("mira", 7 * 16 + 8, 9 * 16 + 10, "down"),
    ("tomas", 31 * 16, 28 * 16, "right"),
    ("greta", 8 * 16 + 2, 19 * 16 + 10, "right"),
    ("bram", 19 * 16 + 8, 14 * 16 + 10, "down"),
    ("lian", 24 * 16 + 8, 30 * 16 + 12, "down"),
    ("pip", 10 * 16 + 4, 20 * 16 + 4, "up"),
)


GLOWS = (  # where windows and the forge shine at night: x, y, reach in pixels
    *((250, 192, 30), (337, 192, 30), (154, 282, 54), (72, 272, 24), (86, 124, 26), (132, 124, 26)),
    *((356, 442, 40), (428, 442, 40), (476, 106, 24), (408, 112, 30)),
)


def places() -> list[Thing]:
    return [
        Thing(name, x * 16, y * 16, w * 16, h * 16, "place", {"label_en": en, "label_zh": zh})
        for name, x, y, w, h, en, zh in PLACES
    ]


def spawns() -> list[Thing]:
    return [Thing(name, x, y, kind="spawn", properties={"facing": facing}) for name, x, y, facing in SPAWNS]


def terrain(x: int, y: int) -> str:
    """What lies at a corner of the tile grid."""
    if x in (34, 35) and y in (7, 8, 9):  # the mill race, under the wheel
        return "water"
    west, east = river(y)
    if west < x < east:
        return "deep" if west + 1.5 < x < east - 1.5 else "water"
    if ((x - POND[0][0]) / POND[1][0]) ** 2 + ((y - POND[0][1]) / POND[1][1]) ** 2 < 1:
        return "water"
    if PLAZA[0] <= x <= PLAZA[2] and PLAZA[1] <= y <= PLAZA[3]:
        return "plaza"
    if any(_near(x, y, line) < reach for reach, line in STREETS):
        return "path"
    edge = min(x, y + 1, HEIGHT - y, WIDTH - x + 1)
    wild = smooth_noise(x / 3.3, y / 3.3, 5) + (0.34 if edge < 3 else 0.18 if edge < 5 else 0.0)
    return "lush" if wild > 0.74 else "grass"


def _near(x: float, y: float, line: tuple[Point, ...]) -> float:
    best = 99.0
    for (ax, ay), (bx, by) in pairwise(line):
        dx, dy = bx - ax, by - ay
        t = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
        best = min(best, math.hypot(x - ax - t * dx, y - ay - t * dy))
    return best
