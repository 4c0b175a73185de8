"""What buildings are made of: roofs, walls, windows, doors, beams and the shadows they throw."""

from __future__ import annotations

from collections.abc import Iterable

from assets.source.canvas import Canvas, Point, bayer, noise
from assets.source.palette import Ramp

RED_TILE: Ramp = ("red0", "red1", "red1", "red2", "red3")
SLATE_TILE: Ramp = ("night", "slate0", "slate0", "slate1", "slate2")
BLUE_TILE: Ramp = ("blue0", "blue1", "blue1", "blue2", "blue3")
MOSS_TILE: Ramp = ("green0", "green0", "green1", "green2", "green3")
SHAKE: Ramp = ("wood0", "wood1", "wood1", "wood2", "wood3")
THATCH: Ramp = ("wood1", "wood2", "wood3", "wood4", "sand")


def _tone(tones: Ramp, level: float) -> str:
    return tones[min(max(round(level), 0), len(tones) - 1)]


def shingles(
    c: Canvas, pixels: Iterable[tuple[int, int]], tones: Ramp, seed: int = 0, row: int = 5, wide: int = 6
) -> None:
    """Overlapping rows of tiles, lighter towards the top left."""
    px = list(pixels)
    top, low = min(y for _, y in px), max(y for _, y in px)
    left, right = min(x for x, _ in px), max(x for x, _ in px)
    for x, y in px:
        band, in_row = divmod(y - top, row)
        tile, in_tile = divmod(x - left + (band % 2) * (wide // 2), wide)
        level = 2.9 - 0.9 * (x - left) / (right - left + 1) - 0.3 * (y - top) / (low - top + 1)
        level += (noise(tile, band, seed) - 0.5) * 1.3
        if in_row == row - 1:
            level = level - 1.5
        elif in_row == row - 2 and in_tile in (0, wide - 1):
            level -= 1.4
        elif in_tile == wide - 1:
            level -= 0.9
        elif in_row == 0:
            level -= 0.5
        elif in_row == row - 2:
            level += 0.5
        c.put(x, y, _tone(tones, level))


def thatch(c: Canvas, pixels: Iterable[tuple[int, int]], tones: Ramp = THATCH, seed: int = 0) -> None:
    """Straw in combed layers."""
    px = list(pixels)
    top, low = min(y for _, y in px), max(y for _, y in px)
    left, right = min(x for x, _ in px), max(x for x, _ in px)
    for x, y in px:
        ragged = int(noise(x, 0, seed + 3) * 3)
        in_band = (y - top + ragged) % 12
        level = 3.5 - 1.5 * (x - left) / (right - left + 1) - 0.7 * (y - top) / (low - top + 1)
        level += (noise(x, (y + ragged) // 4, seed) - 0.5) * 1.7
        if in_band >= 10:
            level -= 1.3
        elif in_band == 0:
            level += 0.6
        c.put(x, y, _tone(tones, level))


def planks(
    c: Canvas, x: int, y: int, w: int, h: int, tones: Ramp = ("wood1", "wood2", "wood3"), seed: int = 0, wide: int = 5
) -> None:
    """Upright boards."""
    for i in range(w):
        board, at = divmod(i, wide)
        for j in range(h):
            level = 1.2 + (noise(board, 0, seed) - 0.5) * 0.9 + (noise(i, j // 4, seed + 1) - 0.5) * 0.7
            if at == wide - 1:
                level = 0
            elif at == 0:
                level += 0.6
            c.put(x + i, y + j, _tone(tones, level))


def stones(
    c: Canvas, x: int, y: int, w: int, h: int, tones: Ramp = ("slate0", "slate1", "slate2", "slate3"), seed: int = 0
) -> None:
    """A rough stone wall."""
    for j in range(h):
        band, in_row = divmod(j, 5)
        for i in range(w):
            stone, at = divmod(i + (band % 2) * 4 + int(noise(band, 0, seed) * 3), 8)
            level = 1.6 + (noise(stone, band, seed + 2) - 0.5) * 1.1 - 0.5 * i / w
            if in_row == 4 or at == 7:
                level = 0.2
            elif in_row == 0 or at == 0:
                level += 0.7
            elif in_row == 3 or at == 6:
                level -= 0.6
            c.put(x + i, y + j, _tone(tones, level))


def plaster(c: Canvas, x: int, y: int, w: int, h: int, tones: Ramp = ("wood4", "sand", "cream"), seed: int = 0) -> None:
    for j in range(h):
        for i in range(w):
            level = 1.9 - 0.9 * i / w - 0.3 * j / h
            if noise(i // 2, j // 2, seed) > 0.94:
                level -= 0.7
            c.put(x + i, y + j, _tone(tones, level + (bayer(i, j) - 0.5) * 0.35))


def beam(c: Canvas, x: int, y: int, w: int, h: int) -> None:
    """A timber: light on its top and left edge."""
    c.rect(x, y, w, h, "wood2")
    if w >= h:
        c.rect(x, y, w, 1, "wood3")
        c.rect(x, y + h - 1, w, 1, "wood1")
    else:
        c.rect(x, y, 1, h, "wood3")
        c.rect(x + w - 1, y, 1, h, "wood1")


def brace(c: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    c.line(x0, y0 + 1, x1, y1 + 1, "wood1")
    c.line(x0 + 1, y0, x1 + 1, y1, "wood2")
    c.line(x0, y0, x1, y1, "wood2")


def window(c: Canvas, x: int, y: int, w: int = 11, h: int = 11, warm: bool = True, box: str = "") -> None:
    """A paned window; a box of flowers below it if a colour is given."""
    c.rect(x, y, w, h, "wood0")
    c.rect(x + 1, y + 1, w - 2, h - 2, "wood2")
    c.rect(x + 2, y + 2, w - 4, h - 4, "blue1")
    for j in range(h - 4):
        for i in range(w - 4):
            if warm:
                c.put(x + 2 + i, y + 2 + j, "gold2" if i + j < 3 else "gold1" if i + j < h - 3 else "gold0")
            elif i + j < 4:
                c.put(x + 2 + i, y + 2 + j, "blue3" if i + j < 2 else "blue2")
    c.rect(x + w // 2, y + 2, 1, h - 4, "wood1")
    c.rect(x + 2, y + h // 2, w - 4, 1, "wood1")
    c.rect(x - 1, y + h, w + 2, 1, "wood3")
    c.rect(x - 1, y + h + 1, w + 2, 1, "wood1")
    if box:
        c.rect(x - 1, y + h, w + 2, 3, "wood1")
        c.rect(x - 1, y + h, w + 2, 1, "wood2")
        for i in range(-1, w + 1):
            c.put(x + i, y + h - 1 - (i % 3 == 0), "green2" if i % 2 else "green3")
            if i % 3 == 0:
                c.put(x + i, y + h - 2, box)


def door(
    c: Canvas, x: int, y: int, w: int = 14, h: int = 20, tones: Ramp = ("wood0", "wood1", "wood2"), arched: bool = True
) -> None:
    """A door standing on `y + h`, with a step."""
    c.rect(x - 2, y, w + 4, h, "wood3")
    c.rect(x + w + 1, y, 1, h, "wood1")
    c.rect(x - 2, y - 1, w + 4, 1, "wood4")
    planks(c, x, y + 1, w, h - 1, tones, seed=x, wide=4)
    if arched:
        c.puts(
            "wood3", (x, y + 1), (x + 1, y + 1), (x, y + 2), (x + w - 1, y + 1), (x + w - 2, y + 1), (x + w - 1, y + 2)
        )
    c.rect(x, y + 5, w - 5, 1, "slate0")
    c.rect(x, y + h - 6, w - 5, 1, "slate0")
    c.puts("gold2", (x + w - 3, y + h // 2))
    c.puts("gold0", (x + w - 3, y + h // 2 + 1))
    c.rect(x - 3, y + h - 2, w + 6, 2, "slate3")
    c.rect(x - 3, y + h, w + 6, 1, "slate1")


def eaves_shadow(c: Canvas, x: int, y: int, w: int, depth: int = 4) -> None:
    """The roof's shadow on the wall just below it."""
    c.darken(c.in_rect(x, y, w, depth))
    c.darken([(i, y + depth) for i in range(x, x + w) if i % 2])


def chimney(c: Canvas, x: int, y: int, h: int = 16) -> None:
    stones(c, x, y, 10, h, seed=x)
    c.rect(x - 1, y, 12, 3, "slate2")
    c.rect(x - 1, y + 3, 12, 1, "slate0")
    c.rect(x + 2, y, 6, 1, "ink")
    c.darken(c.in_rect(x + 7, y + 4, 3, h - 4))


def slope(left: float, right: float, top: float, low: float, inset: float) -> list[Point]:
    """A roof's front face: narrower at the ridge."""
    return [(left + inset, top), (right - inset, top), (right, low), (left, low)]


def cast_shadow(c: Canvas, x: int, y: int, h: int, reach: int = 8) -> None:
    """A building's shadow on the ground to its right, from the wall's foot at `x`, `y`."""
    for i in range(reach):
        for j in range(-h + i * 2, 2):
            if c.get(x + i, y + j) == "clear" and not (i == reach - 1 and j > 0):
                c.put(x + i, y + j, "shade")


def hanging_sign(c: Canvas, x: int, y: int, face: str = "wood3") -> None:
    """An iron arm and a board of 13 by 10 pixels; the emblem is drawn by the caller."""
    c.rect(x - 2, y, 16, 1, "night")
    c.puts("night", (x - 2, y - 1), (x - 2, y + 1), (x + 1, y + 1), (x + 9, y + 1))
    c.rect(x, y + 2, 13, 10, "wood0")
    c.rect(x + 1, y + 3, 11, 8, face)
    c.rect(x + 1, y + 3, 11, 1, "wood4")
