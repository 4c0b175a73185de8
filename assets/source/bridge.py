"""The bridge of Reedwater, mended and as the flood left it, and the ferry's jetty."""

from __future__ import annotations

from assets.source import masonry as m
from assets.source.canvas import Canvas, noise

WIDTH, HEIGHT = 192, 64
DECK_TOP, DECK_LOW = 14, 44  # where feet may be, in the picture
GAP_LEFT, GAP_RIGHT = 72, 124  # the missing span


def mended() -> Canvas:
    """The whole bridge, 12 by 4 tiles: plank deck between rails, on stone piers."""
    c = Canvas(WIDTH, HEIGHT)
    for x in (14, 66, 118, 162):
        _pier(c, x)
    c.rect(4, DECK_LOW, WIDTH - 8, 8, "wood1")
    c.rect(4, DECK_LOW + 6, WIDTH - 8, 2, "wood0")
    _deck(c)
    _rail(c, 6)
    _rail(c, DECK_LOW - 4)
    c.outline("ink")
    _threshold(c, 0)
    _threshold(c, WIDTH - 6)
    for x in range(20, WIDTH - 18):
        if not c.get(x, 54).startswith(("slate", "ink", "night")):
            for y in range(53, 59):
                if c.get(x, y) == "clear":
                    c.put(x, y, "shade")
    return c


def _deck(c: Canvas) -> None:
    for x in range(2, WIDTH - 2):
        board, at = divmod(x, 6)
        for y in range(8, DECK_LOW):
            level = 2.2 + (noise(board, 0, 91) - 0.5) * 1.3 + (noise(x, y // 6, 92) - 0.5) * 0.6
            if at == 5:
                level = 0.6
            elif at == 0:
                level += 0.6
            if y < 14:
                level -= 0.7
            c.put(x, y, ("wood1", "wood2", "wood3", "wood4")[min(max(round(level), 0), 3)])
        if at == 2:
            c.puts("wood0", (x, 13), (x, DECK_LOW - 6))


def _threshold(c: Canvas, x: int) -> None:
    """A row of stones where the road meets the deck."""
    for k in range(6):
        y = 12 + k * 5
        c.rect(x, y, 6, 5, "slate1")
        c.rect(x, y, 5, 4, "slate2" if k % 2 else "slate3")
        c.rect(x, y, 5, 1, "slate3")


def _rail(c: Canvas, y: int) -> None:
    c.rect(2, y, WIDTH - 4, 3, "wood3")
    c.rect(2, y, WIDTH - 4, 1, "wood4")
    c.rect(2, y + 2, WIDTH - 4, 1, "wood1")
    for x in range(4, WIDTH - 4, 20):
        c.rect(x, y - 4, 5, 11, "wood2")
        c.rect(x, y - 4, 1, 11, "wood4")
        c.rect(x, y - 4, 5, 1, "wood4")
        c.rect(x + 4, y - 3, 1, 10, "wood1")


def _pier(c: Canvas, x: int) -> None:
    m.stones(c, x, 40, 16, 22, seed=x)
    c.rect(x - 1, 44, 18, 4, "slate2")
    c.rect(x - 1, 48, 18, 1, "night")
    for i in range(-2, 18):
        c.put(x + i, 62 + (noise(i, x, 93) > 0.6), "blue4")


def broken() -> Canvas:
    """The same bridge with its middle torn out, a cracked pier and wreckage in the water."""
    whole = mended()
    c = Canvas(WIDTH, HEIGHT)
    for y in range(HEIGHT):
        ragged_left = GAP_LEFT + round((noise(y // 6, 1, 94) - 0.5) * 16)
        ragged_right = GAP_RIGHT + round((noise(y // 6, 2, 94) - 0.5) * 16)
        for x in range(WIDTH):
            if x < ragged_left or x > ragged_right:
                c.data[y * WIDTH + x] = whole.data[y * WIDTH + x]
    for y in range(HEIGHT):
        for x in range(56, 142):
            if c.get(x, y) in ("shade", "ink") and (y > 52 or y < 3) and GAP_LEFT - 12 < x < GAP_RIGHT + 12:
                c.put(x, y, "clear")
    # Splinters of deck boards, the stump of the middle pier, a beam hanging down.
    for x, y, length, side in (
        (72, 12, 9, 1),
        (70, 22, 12, 1),
        (74, 31, 7, 1),
        (71, 40, 10, 1),
        (123, 10, 8, -1),
        (126, 19, 11, -1),
        (122, 28, 6, -1),
        (125, 37, 10, -1),
    ):
        for k in range(3):
            c.line(x, y + k, x + side * (length - k * 3), y + k, ("wood4", "wood3", "wood1")[k])
    c.line(74, 42, 86, 58, "wood2")
    c.line(75, 42, 87, 58, "wood3")
    c.line(74, 43, 85, 58, "wood1")
    m.stones(c, 94, 48, 15, 13, seed=77)
    for x, y in (
        (94, 48),
        (95, 48),
        (94, 49),
        (103, 48),
        (104, 48),
        (105, 48),
        (104, 49),
        (108, 48),
        (108, 49),
        (108, 50),
        (99, 48),
    ):
        c.put(x, y, "clear")
    c.rect(97, 49, 5, 1, "slate3")
    c.outline("ink")
    for x in range(90, 113):
        c.put(x, 61 + (noise(x, 3, 93) > 0.6), "blue4")
    for x in range(82, 92):
        c.put(x, 58 + (noise(x, 4, 93) > 0.6), "blue4")
    # Planks adrift.
    for x, y, w in ((92, 20, 14), (104, 33, 11), (88, 38, 9)):
        c.rect(x, y, w, 3, "wood2")
        c.rect(x, y, w, 1, "wood3")
        c.line(x - 1, y + 3, x + w, y + 3, "blue4")
    # A rope across the near end, hung with a red rag: do not cross.
    for x, top in ((44, 8), (44, 34)):
        c.rect(x, top, 4, 12, "wood1")
        c.rect(x, top, 1, 12, "wood3")
        c.rect(x, top, 4, 1, "wood4")
    for y in range(14, 38):
        c.put(46 + (y % 4 < 2), y, "sand")
    for y in (20, 29):
        c.rect(45, y, 4, 4, "red2")
        c.puts("red1", (47, y + 4), (46, y + 5), (48, y + 3))
    return c


def jetty() -> Canvas:
    """A landing stage reaching east over the water, 6 by 3 tiles; feet may go from y = 12 to 34."""
    c = Canvas(96, 48)
    for x in (16, 44, 72, 88):
        for y in (8, 34):
            c.rect(x, y, 5, 13, "wood1")
            c.rect(x, y, 2, 13, "wood2")
            if y == 34:
                for i in range(-1, 7):
                    c.put(x + i, 46 + (i % 3 == 0), "blue4")
    for x in range(2, 92):
        board, at = divmod(x, 5)
        for y in range(11, 37):
            level = 2.1 + (noise(board, 3, 95) - 0.5) * 1.4
            if at == 4:
                level = 0.5
            elif at == 0:
                level += 0.5
            c.put(x, y, ("wood1", "wood2", "wood3", "wood4")[min(max(round(level), 0), 3)])
        c.put(x, 37, "wood1")
        c.put(x, 38, "wood0")
        if at == 2:
            c.puts("wood0", (x, 14), (x, 33))
    for x in (16, 44, 72, 88):
        c.rect(x, 4, 5, 9, "wood2")
        c.rect(x, 4, 1, 9, "wood4")
        c.rect(x, 4, 5, 1, "wood4")
    c.outline("ink")
    c.rect(0, 14, 2, 20, "wood1")
    for x in range(20, 92):
        for y in range(40, 44):
            if c.get(x, y) == "clear":
                c.put(x, y, "shade")
    return c
