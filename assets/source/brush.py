"""What portraits are painted with: backdrops, hair, cloth, and the shadow a fringe throws."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assets.source.canvas import Canvas, Point, bayer, smooth_noise, spline
from assets.source.faces import Face

SIZE = 96
Tones = tuple[str, ...]


@dataclass(frozen=True)
class Bust:
    """One person's portrait in layers; what is behind and on the head moves with it, the body stays."""

    face: Face
    glow: Tones
    back: Callable[[Canvas], None]
    body: Callable[[Canvas], None]
    head: Callable[[Canvas, str], None]
    motif: Callable[[Canvas], None]
    drop: int = 3  # how much lower than drawn the head sits


def backdrop(tones: Tones) -> Canvas:
    """A round glow behind the head, dithered from tone to tone."""
    c = Canvas(SIZE, SIZE)
    for y in range(SIZE):
        for x in range(SIZE):
            d = math.hypot(x - 40, (y - 42) * 1.02) / 66
            level = (1 - d) * len(tones) + (bayer(x, y) - 0.5) * 0.8
            c.put(x, y, tones[min(max(int(level), 0), len(tones) - 1)])
    return c


def hair(
    c: Canvas,
    shape: Sequence[Point],
    tones: Tones,
    part: Point,
    band: float,
    seed: int = 0,
    smooth: bool = True,
    strands: float = 26,
    flat: float = 0.0,
) -> None:
    """A mass of hair: strands fan out from the parting, with a ring of light `band` pixels from it."""
    points = spline(shape) if smooth else list(shape)
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    for x, y in c.in_poly(points):
        dx, dy = x + 0.5 - part[0], y + 0.5 - part[1]
        r, angle = math.hypot(dx, dy), math.atan2(dy, dx)
        # Strands fan out near the parting and hang straight further down.
        lane = angle * strands / 2 if r < 34 else (angle * 17 + x * 0.35) * strands / 34
        level = 0.46 - flat
        level += (smooth_noise(lane, r / 22, seed) - 0.5) * 0.62
        level += (smooth_noise(lane * 2.3, r / 30, seed + 1) - 0.5) * 0.3
        ring = 1 - abs(r - band) / 5
        if ring > 0 and dx < (right - left) * 0.3:
            level += ring * 0.34 * (0.6 + smooth_noise(lane * 1.5, 0, seed + 2) * 0.8)
        level -= 0.34 * max(0.0, (x - left) / (right - left) - 0.45)
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
