"""Ground tiles: grass, lush grass, paths, cobbles and water, chosen by what lies at a tile's four corners."""

from __future__ import annotations

import math
from functools import cache

from assets.source.canvas import Canvas, bayer, noise, smooth_noise

TILE = 16
TERRAINS = ("grass", "lush", "path", "plaza", "water", "deep")
WATER_FRAMES = 4

Bits = tuple[bool, bool, bool, bool]
Corners = tuple[str, str, str, str]  # north-west, north-east, south-west, south-east

_TUFTS = (
    ((0, 1, "green4"), (2, 0, "green4"), (1, 2, "green2"), (2, 1, "green4")),
    ((0, 0, "green4"), (1, 1, "green4"), (3, 0, "green4"), (2, 2, "green2"), (1, 2, "green2")),
    ((0, 0, "green2"), (1, 1, "green2"), (2, 0, "green2")),
    ((0, 0, "green4"), (1, 1, "green2")),
    ((0, 0, "green5"), (0, 1, "green4"), (1, 2, "green2")),
)


@cache
def _wobble(x: int, y: int, variant: int) -> float:
    """Noise that repeats every tile, so that edges of neighbouring tiles meet whatever their variants."""
    px, py = x % TILE, y % TILE
    a = (
        math.sin((px + 0.5) * math.tau / TILE * 2 + 1.1) * 0.05
        + math.sin((py + 0.5) * math.tau / TILE * 2 + 0.4) * 0.05
    )
    inner = min(px, py, TILE - 1 - px, TILE - 1 - py) / 5
    b = (smooth_noise(px / 3, py / 3, 40 + variant) - 0.5) * 0.34 * min(1.0, inner)
    return a + b + (noise(px, py, 7) - 0.5) * 0.05


@cache
def _fields(bits: Bits, variant: int) -> tuple[tuple[float, ...], ...]:
    """How much of a terrain is at each pixel of a tile and one pixel around it: above a half is inside."""
    nw, ne, sw, se = (float(c) for c in bits)
    rows = []
    for y in range(-1, TILE + 1):
        row = []
        for x in range(-1, TILE + 1):
            fx, fy = (x + 0.5) / TILE, (y + 0.5) / TILE
            top, low = nw + (ne - nw) * fx, sw + (se - sw) * fx
            flat = top + (low - top) * fy
            row.append(flat if len(set(bits)) == 1 else flat + _wobble(x % TILE, y % TILE, variant))
        rows.append(tuple(row))
    return tuple(rows)


def _field(bits: Bits, x: int, y: int, variant: int) -> tuple[float, float, float]:
    """The field at a pixel and how it grows to the right and downwards."""
    rows = _fields(bits, variant)
    row = rows[y + 1]
    return row[x + 1], row[x + 2] - row[x], rows[y + 2][x + 1] - rows[y][x + 1]


@cache
def grass(variant: int, lush: bool = False) -> Canvas:
    """A grass tile: variants 0-3 quiet, 4-7 tufted, 8-11 thick."""
    c = Canvas(TILE, TILE, "green2" if lush else "green3")
    swap = {"green5": "green3", "green4": "green3", "green2": "green1"} if lush else {}
    count = (2, 5, 8)[min(variant // 4, 2)] + (3 if lush else 0)
    for k in range(count):
        kind = _TUFTS[int(noise(k, variant, 3) * (len(_TUFTS) - (variant < 4)))]
        x, y = int(1 + noise(k, variant, 1) * 12), int(1 + noise(k, variant, 2) * 13)
        for dx, dy, colour in kind:
            c.put(x + dx, y + dy, swap.get(colour, colour))
    return c


@cache
def earth(variant: int) -> Canvas:
    """A trodden path."""
    c = Canvas(TILE, TILE, "wood4")
    for k in range(7):
        x, y = int(noise(k, variant, 11) * 15), int(noise(k, variant, 12) * 15)
        r = noise(k, variant, 13)
        if r < 0.45:
            c.puts("sand", (x, y), (x + 1, y), (x, y + 1))
        elif r < 0.8:
            c.puts("wood3", (x, y), (x + 1, y))
        else:  # a pebble
            c.puts("sand", (x, y), (x + 1, y))
            c.puts("wood3", (x, y + 1), (x + 1, y + 1))
            c.puts("wood2", (x + 2, y + 1))
    return c


_STONES = tuple(
    (
        (column * 5.34 + 2.6 + (row % 2) * 2.6 + (noise(column, row, 51) - 0.5) * 2.2) % TILE,
        row * 4 + 2 + (noise(column, row, 52) - 0.5) * 1.4,
    )
    for row in range(4)
    for column in range(3)
)


@cache
def cobbles(variant: int) -> Canvas:
    """Worn paving stones: cells around scattered centres, the same in every variant, differently coloured."""
    c = Canvas(TILE, TILE)
    for y in range(TILE):
        for x in range(TILE):
            near = sorted(
                (
                    ((x + 0.5 - sx - ox) ** 2 + ((y + 0.5 - sy - oy) * 1.25) ** 2) ** 0.5,
                    k,
                    x + 0.5 - sx - ox,
                    y + 0.5 - sy - oy,
                )
                for k, (sx, sy) in enumerate(_STONES)
                for ox in (-TILE, 0, TILE)
                for oy in (-TILE, 0, TILE)
            )
            (d1, k, dx, dy), (d2, *_) = near[0], near[1]
            r = noise(k, variant, 21)
            tones = (
                ("slate2", "sand", "cream")
                if r < 0.12
                else (
                    ("slate1", "slate2", "slate3")
                    if r < 0.3
                    else ("slate2", "slate3", "slate3" if r < 0.8 else "white")
                )
            )
            if d2 - d1 < 0.95:
                c.put(x, y, "slate1" if dx + dy > 0 else "slate2")
            elif dx + dy > 1.6:
                c.put(x, y, tones[0])
            elif dx + dy < -1.9:
                c.put(x, y, tones[2])
            else:
                c.put(x, y, tones[1])
    return c


@cache
def water(variant: int, frame: int = 0) -> Canvas:
    """Open water; ripples drift down the river over four frames."""
    c = Canvas(TILE, TILE, "blue2")
    for k in range(2 + variant % 2):
        x = int(noise(k, variant, 31) * TILE)
        y = int(noise(k, variant, 32) * TILE) + frame * 4
        length = 3 + int(noise(k, variant, 33) * 4)
        bright = noise(k, variant, 34)
        for i in range(length):
            rise = 1 if i in (0, length - 1) else 0
            c.put((x + i) % TILE, (y - rise) % TILE, "blue3")
        if bright > 0.72:
            c.put((x + 1) % TILE, (y - 2) % TILE, "blue4")
        elif bright < 0.35:
            for i in range(length - 1):
                c.put((x + i + 2) % TILE, (y + 3) % TILE, "blue1" if bayer(x + i, y) < 0.6 else "blue2")
    return c


def _bank(c: Canvas, bits: Bits, variant: int, frame: int) -> None:
    """Water over the ground already drawn: lip, earth bank, foam and shallows."""
    open_water = water(variant, frame)
    lap = math.sin(frame * math.tau / WATER_FRAMES) * 0.02
    for y in range(TILE):
        for x in range(TILE):
            f, right, down = _field(bits, x, y, variant)
            slope = math.hypot(down, right) or 1.0
            face = max(0.0, down / slope)  # 1 where land is above water: its bank shows
            start = 0.42
            bank_end = start + 0.05 + 0.12 * face
            if f < start - 0.07:
                continue
            if f < start:
                c.put(x, y, "green1" if face > 0.3 or right > 0 else "green2")
            elif f < bank_end:
                deep = (f - start) / (bank_end - start)
                c.put(x, y, "wood3" if deep < 0.3 and face > 0.3 else "wood1" if deep > 0.7 else "wood2")
            elif f < bank_end + 0.07 + lap:
                c.put(x, y, "blue4" if face < 0.5 or bayer(x, y) < 0.7 else "blue1")
            elif f < bank_end + 0.2 + lap:
                c.put(x, y, "blue3" if bayer(x + frame, y) < 0.75 else "blue4" if noise(x, y, 5) > 0.8 else "blue2")
            else:
                c.put(x, y, open_water.get(x, y))
                if f < bank_end + 0.34 and bayer(x, y) < 0.4:
                    c.put(x, y, "blue3")


_DEEPER = {"blue2": "blue1", "blue3": "blue2", "blue4": "blue3"}


def _channel(c: Canvas, bits: Bits, variant: int) -> None:
    """The river's deep middle: every tone a step darker, dithered in."""
    for y in range(TILE):
        for x in range(TILE):
            f = _field(bits, x, y, variant)[0]
            if f > 0.86 or (f > 0.3 and bayer(x, y) < (f - 0.3) / 0.56):
                c.put(x, y, _DEEPER.get(c.get(x, y), c.get(x, y)))


@cache
def ground_tile(corners: Corners, variant: int = 0, frame: int = 0) -> Canvas:
    """The tile for what lies at its corners; terrains are laid over grass in the order of `TERRAINS`."""
    c = grass(variant).copy()
    for terrain in TERRAINS[1:]:
        held = tuple(corner == terrain or (terrain, corner) == ("water", "deep") for corner in corners)
        bits = (held[0], held[1], held[2], held[3])
        if not any(bits):
            continue
        if terrain == "deep":
            _channel(c, bits, variant)
        elif terrain == "water":
            _bank(c, bits, variant, frame)
        elif terrain == "lush":
            thick = grass(variant + 4, lush=True)
            for y in range(TILE):
                for x in range(TILE):
                    f = _field(bits, x, y, variant)[0]
                    if f > 0.56 or (f > 0.44 and bayer(x, y) < (f - 0.44) / 0.12):
                        c.put(x, y, thick.get(x, y))
        else:
            # Cobbles reach under a neighbouring path's edge, so that the two meet without grass between them.
            if terrain == "path":
                bits = tuple(corner in ("path", "plaza") for corner in corners)  # type: ignore[assignment]
            _trod(c, bits, variant, earth(variant) if terrain == "path" else cobbles(variant), terrain, corners)
    return c


def _trod(c: Canvas, bits: Bits, variant: int, face: Canvas, terrain: str, corners: Corners) -> None:
    on_earth = terrain == "plaza" and all(corner in ("path", "plaza") for corner in corners)
    for y in range(TILE):
        for x in range(TILE):
            f, right, down = _field(bits, x, y, variant)
            shaded = down + right > 0.02  # the grass lies above or to the left and throws a shadow
            if f >= 0.5:
                if on_earth and f < 0.56:
                    c.put(x, y, "wood3")
                elif f < 0.565 and shaded:
                    c.put(x, y, "wood2")
                elif f < 0.64 and shaded and bayer(x, y) < 0.6:
                    c.put(x, y, "wood3")
                else:
                    c.put(x, y, face.get(x, y))
            elif not on_earth and f > 0.44:
                c.put(x, y, "green2" if shaded or bayer(x, y) < 0.3 else "green4" if f < 0.47 else "green2")


def variants(corners: Corners) -> int:
    """How many different tiles are worth drawing for these corners."""
    if len(set(corners)) == 1:
        return {"grass": 12, "lush": 4, "path": 6, "plaza": 6, "water": 6, "deep": 6}[corners[0]]
    return 3
