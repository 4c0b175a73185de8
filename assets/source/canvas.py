"""A small picture of palette colours, the drawing verbs the village needs, and PNG in and out."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from assets.source.palette import DARKER, INDEX, NAMES, RGBA

Point = tuple[float, float]
Shade = Callable[[int, int], float]

BAYER = ((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))
_DARKER = bytes(INDEX[DARKER.get(name, name)] for name in NAMES)


def bayer(x: int, y: int) -> float:
    """The ordered-dither threshold at a pixel, 0 to 1."""
    return (BAYER[y & 3][x & 3] + 0.5) / 16


@lru_cache(1 << 17)
def noise(x: int, y: int, seed: int = 0) -> float:
    """A repeatable random number from 0 to 1 for a pixel."""
    n = (x * 374761393 + y * 668265263 + seed * 2654435769 + 144665) & 0xFFFFFFFF
    n = ((n ^ (n >> 13)) * 1274126177) & 0xFFFFFFFF
    n = ((n ^ (n >> 16)) * 2246822519) & 0xFFFFFFFF
    return (n ^ (n >> 15)) / 4294967296


def smooth_noise(x: float, y: float, seed: int = 0) -> float:
    """Value noise from 0 to 1, smooth between whole coordinates."""
    ix, iy = math.floor(x), math.floor(y)
    fx, fy = x - ix, y - iy
    fx, fy = fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy)
    top = noise(ix, iy, seed) * (1 - fx) + noise(ix + 1, iy, seed) * fx
    low = noise(ix, iy + 1, seed) * (1 - fx) + noise(ix + 1, iy + 1, seed) * fx
    return top * (1 - fy) + low * fy


def spline(points: Sequence[Point], closed: bool = True, steps: int = 8) -> list[Point]:
    """A smooth line through the points (Catmull-Rom)."""
    n = len(points)
    out: list[Point] = []
    for i in range(n if closed else n - 1):
        if closed:
            p0, p1, p2, p3 = (points[(i + k) % n] for k in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = (points[min(max(i + k, 0), n - 1)] for k in (-1, 0, 1, 2))
        for s in range(steps):
            t = s / steps
            out.append(
                tuple(  # type: ignore[arg-type]
                    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
                    for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
                )
            )
    if not closed:
        out.append(points[-1])
    return out


def path(text: str) -> tuple[Point, ...]:
    """Points written as in SVG: `path("3,4 5,6.5")`."""
    pairs = (pair.split(",") for pair in text.split())
    return tuple((float(x), float(y)) for x, y in pairs)


class Canvas:
    """A picture of palette indices; 0 is clear."""

    def __init__(self, width: int, height: int, fill: str = "clear") -> None:
        self.width, self.height = width, height
        self.data = bytearray([INDEX[fill]]) * (width * height)

    # -- single pixels ---------------------------------------------------------------------------------------
    def put(self, x: float, y: float, colour: str) -> None:
        i, j = math.floor(x + 1e-9), math.floor(y + 1e-9)  # the same pixel whatever a platform's cosine rounds to
        if 0 <= i < self.width and 0 <= j < self.height:
            self.data[j * self.width + i] = INDEX[colour]

    def puts(self, colour: str, *points: Point) -> None:
        for x, y in points:
            self.put(x, y, colour)

    def get(self, x: int, y: int) -> str:
        if 0 <= x < self.width and 0 <= y < self.height:
            return NAMES[self.data[y * self.width + x]]
        return "clear"

    def _over(self, over: Sequence[str] | None) -> frozenset[int] | None:
        return None if over is None else frozenset(INDEX[name] for name in over)

    def paint(
        self,
        pixels: Iterable[tuple[int, int]],
        colour: str | Sequence[str],
        shade: Shade | None = None,
        over: Sequence[str] | None = None,
        dither: float = 0.0,
    ) -> None:
        """Fill pixels with a colour, or with a ramp chosen by `shade` (0 darkest, 1 lightest).

        `over` keeps to pixels that already have one of those colours; `dither` blends neighbouring tones.
        """
        only = self._over(over)
        tones = [INDEX[colour]] if isinstance(colour, str) else [INDEX[c] for c in colour]
        last = len(tones) - 1
        for x, y in pixels:
            if not (0 <= x < self.width and 0 <= y < self.height):
                continue
            at = y * self.width + x
            if only is not None and self.data[at] not in only:
                continue
            if shade is None or not last:
                self.data[at] = tones[0]
                continue
            level = shade(x, y) * (last + 1) - 0.5 + (bayer(x, y) - 0.5) * dither
            self.data[at] = tones[min(max(round(level), 0), last)]

    # -- shapes: which pixels --------------------------------------------------------------------------------
    @staticmethod
    def in_rect(x: int, y: int, w: int, h: int) -> list[tuple[int, int]]:
        return [(i, j) for j in range(y, y + h) for i in range(x, x + w)]

    @staticmethod
    def in_oval(cx: float, cy: float, rx: float, ry: float) -> list[tuple[int, int]]:
        return [
            (x, y)
            for y in range(math.floor(cy - ry), math.ceil(cy + ry) + 1)
            for x in range(math.floor(cx - rx), math.ceil(cx + rx) + 1)
            if ((x + 0.5 - cx) / rx) ** 2 + ((y + 0.5 - cy) / ry) ** 2 <= 1
        ]

    @staticmethod
    def in_poly(points: Sequence[Point]) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        n = len(points)
        for y in range(math.floor(min(p[1] for p in points)), math.ceil(max(p[1] for p in points)) + 1):
            mid = y + 0.5
            cuts = []
            for i in range(n):
                (ax, ay), (bx, by) = points[i], points[(i + 1) % n]
                if (ay <= mid) != (by <= mid):
                    cuts.append(ax + (mid - ay) / (by - ay) * (bx - ax))
            cuts.sort()
            for left, right in zip(cuts[::2], cuts[1::2], strict=False):
                out.extend((x, y) for x in range(math.ceil(left - 0.5), math.ceil(right - 0.5)))
        return out

    # -- shapes: drawn ---------------------------------------------------------------------------------------
    def rect(self, x: int, y: int, w: int, h: int, colour: str, over: Sequence[str] | None = None) -> None:
        self.paint(self.in_rect(x, y, w, h), colour, over=over)

    def oval(
        self,
        cx: float,
        cy: float,
        rx: float,
        ry: float,
        colour: str | Sequence[str],
        shade: Shade | None = None,
        over: Sequence[str] | None = None,
        dither: float = 0.0,
    ) -> None:
        self.paint(self.in_oval(cx, cy, rx, ry), colour, shade, over, dither)

    def ball(self, cx: float, cy: float, rx: float, ry: float, tones: Sequence[str], dither: float = 0.6) -> None:
        """A round thing lit from the top left."""
        self.oval(cx, cy, rx, ry, tones, lit(cx, cy, rx, ry), dither=dither)

    def poly(
        self,
        points: Sequence[Point],
        colour: str | Sequence[str],
        shade: Shade | None = None,
        over: Sequence[str] | None = None,
        dither: float = 0.0,
    ) -> None:
        self.paint(self.in_poly(points), colour, shade, over, dither)

    def blob(
        self,
        points: Sequence[Point],
        colour: str | Sequence[str],
        shade: Shade | None = None,
        over: Sequence[str] | None = None,
        dither: float = 0.0,
    ) -> None:
        """A smooth closed shape through the points."""
        self.poly(spline(points), colour, shade, over, dither)

    def line(self, x0: float, y0: float, x1: float, y1: float, colour: str, over: Sequence[str] | None = None) -> None:
        steps = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0))))
        dots = [
            (math.floor(x0 + (x1 - x0) * i / steps + 0.5), math.floor(y0 + (y1 - y0) * i / steps + 0.5))
            for i in range(steps + 1)
        ]
        self.paint(dots, colour, over=over)

    def curve(self, points: Sequence[Point], colour: str, over: Sequence[str] | None = None) -> None:
        """A one-pixel smooth line through the points."""
        for (ax, ay), (bx, by) in pairwise(spline(points, closed=False)):
            self.line(ax, ay, bx, by, colour, over)

    def stamp(self, x: int, y: int, rows: Sequence[str], key: Mapping[str, str]) -> None:
        """Draw letters as pixels; letters missing from the key are left alone."""
        for j, row in enumerate(rows):
            for i, letter in enumerate(row):
                if letter in key:
                    self.put(x + i, y + j, key[letter])

    # -- the whole picture -----------------------------------------------------------------------------------
    def outline(self, colour: str = "ink", corners: bool = False) -> None:
        """Draw a line around everything that is not clear (inside the canvas)."""
        w, h, old = self.width, self.height, bytes(self.data)
        ring = [(1, 0), (-1, 0), (0, 1), (0, -1)] + ([(1, 1), (-1, -1), (1, -1), (-1, 1)] if corners else [])
        ink, soft = INDEX[colour], INDEX["shade"]
        for y in range(h):
            for x in range(w):
                if old[y * w + x] not in (0, soft):
                    continue
                for dx, dy in ring:
                    i, j = x + dx, y + dy
                    if 0 <= i < w and 0 <= j < h and old[j * w + i] not in (0, soft):
                        self.data[y * w + x] = ink
                        break

    def darken(self, pixels: Iterable[tuple[int, int]], over: Sequence[str] | None = None) -> None:
        """Let a shadow fall on pixels: each becomes the next darker colour of its ramp."""
        only = self._over(over)
        for x, y in pixels:
            if 0 <= x < self.width and 0 <= y < self.height:
                at = y * self.width + x
                if only is None or self.data[at] in only:
                    self.data[at] = _DARKER[self.data[at]]

    def swap(self, colours: Mapping[str, str]) -> Canvas:
        """This picture with some colours changed."""
        table = bytes(INDEX[colours.get(name, name)] for name in NAMES)
        out = Canvas(self.width, self.height)
        out.data = bytearray(self.data.translate(table + bytes(256 - len(table))))
        return out

    def blit(self, other: Canvas, x: int, y: int) -> None:
        """Lay another picture on this one; a shadow on something solid darkens it."""
        soft = INDEX["shade"]
        for j in range(max(0, -y), min(other.height, self.height - y)):
            for i in range(max(0, -x), min(other.width, self.width - x)):
                new = other.data[j * other.width + i]
                if new:
                    at = (y + j) * self.width + x + i
                    old = self.data[at]
                    self.data[at] = _DARKER[old] if new == soft and old not in (0, soft) else new

    def cut(self, x: int, y: int, w: int, h: int) -> Canvas:
        out = Canvas(w, h)
        out.blit(self, -x, -y)
        return out

    def flip(self) -> Canvas:
        """Left becomes right."""
        out = Canvas(self.width, self.height)
        w = self.width
        for y in range(self.height):
            out.data[y * w : (y + 1) * w] = self.data[y * w : (y + 1) * w][::-1]
        return out

    def scale(self, times: int) -> Canvas:
        out = Canvas(self.width * times, self.height * times)
        for y in range(self.height):
            row = bytes(v for v in self.data[y * self.width : (y + 1) * self.width] for _ in range(times))
            for k in range(times):
                at = (y * times + k) * out.width
                out.data[at : at + out.width] = row
        return out

    def copy(self) -> Canvas:
        out = Canvas(self.width, self.height)
        out.data = bytearray(self.data)
        return out

    @property
    def empty(self) -> bool:
        return not any(self.data)

    def colours(self) -> set[str]:
        return {NAMES[i] for i in set(self.data)}

    # -- PNG -------------------------------------------------------------------------------------------------
    def rgba(self) -> bytes:
        table = [bytes(c) for c in RGBA]
        return b"".join(table[i] for i in self.data)

    def png(self) -> bytes:
        """The picture as a PNG file: 8-bit RGBA, no filter, so its pixels can be read back by `read_png`."""
        rows, stride = self.rgba(), self.width * 4
        raw = b"".join(b"\0" + rows[y * stride : (y + 1) * stride] for y in range(self.height))
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 6, 0, 0, 0)
        return (
            b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(raw, 9)) + _chunk(b"IEND", b"")
        )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def read_png(data: bytes) -> tuple[int, int, bytes]:
    """Width, height and RGBA pixels of a PNG written by `Canvas.png`."""
    width, height = struct.unpack(">II", data[16:24])
    at, packed = 8, b""
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            packed += data[at + 8 : at + 8 + size]
        at += size + 12
    raw, stride = zlib.decompress(packed), width * 4 + 1
    if any(raw[y * stride] for y in range(height)):
        raise ValueError("this PNG was not written by assets.draw")
    return width, height, b"".join(raw[y * stride + 1 : (y + 1) * stride] for y in range(height))


def lit(cx: float, cy: float, rx: float, ry: float, ambient: float = 0.12) -> Shade:
    """How bright a ball's surface is at a pixel, with the light at the top left."""

    def shade(x: int, y: int) -> float:
        nx, ny = (x + 0.5 - cx) / rx, (y + 0.5 - cy) / ry
        nz = math.sqrt(max(0.0, 1 - nx * nx - ny * ny))
        return ambient + (1 - ambient) * max(0.0, -0.48 * nx - 0.58 * ny + 0.66 * nz)

    return shade
