"""Collects 16-pixel tiles into one sheet and writes it as a Tiled tileset."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from assets.source.canvas import Canvas
from assets.source.ground import TERRAINS, TILE

COLUMNS = 32
FRAME_MS = 260

# What Tiled shows for the terrain brush.
TERRAIN_COLOURS = {
    "grass": "#6aa84f",
    "lush": "#43814a",
    "path": "#d6a96d",
    "plaza": "#c7cbc6",
    "water": "#3c7cab",
    "deep": "#2c4d80",
}


class Tileset:
    """Tiles by number; a picture given twice keeps its first number."""

    def __init__(self) -> None:
        self.tiles: list[Canvas] = []
        self.types: dict[int, str] = {}
        self.animations: dict[int, tuple[int, ...]] = {}
        self.corners: dict[int, tuple[str, str, str, str]] = {}
        self._known: dict[bytes, int] = {}

    def add(self, tile: Canvas, kind: str = "") -> int:
        key = bytes(tile.data)
        if key not in self._known:
            self._known[key] = len(self.tiles)
            self.tiles.append(tile)
            if kind:
                self.types[self._known[key]] = kind
        return self._known[key]

    def add_frames(self, frames: list[Canvas], kind: str = "") -> int:
        """An animated tile; its number is that of the first frame, which is never shared with a still tile."""
        if all(f.data == frames[0].data for f in frames):
            return self.add(frames[0], kind)
        key = b"animated" + b"".join(bytes(f.data) for f in frames)
        if key not in self._known:
            first = len(self.tiles)
            self._known[key] = first
            self.tiles.extend(frames)
            self.animations[first] = tuple(range(first, first + len(frames)))
            if kind:
                self.types[first] = kind
        return self._known[key]

    def frames(self, number: int) -> list[Canvas]:
        return [self.tiles[i] for i in self.animations.get(number, (number,))]

    @property
    def rows(self) -> int:
        return -(-len(self.tiles) // COLUMNS)

    def sheet(self) -> Canvas:
        out = Canvas(COLUMNS * TILE, self.rows * TILE)
        for i, tile in enumerate(self.tiles):
            out.blit(tile, i % COLUMNS * TILE, i // COLUMNS * TILE)
        return out

    def tsx(self, image: str) -> str:
        out = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<tileset version="1.10" tiledversion="1.11.0" name="village" tilewidth="{TILE}" tileheight="{TILE}"'
            f' tilecount="{COLUMNS * self.rows}" columns="{COLUMNS}">',
            f' <image source={quoteattr(image)} width="{COLUMNS * TILE}" height="{self.rows * TILE}"/>',
        ]
        for i in range(len(self.tiles)):
            kind, frames = self.types.get(i), self.animations.get(i)
            if not kind and not frames:
                continue
            named = f" type={quoteattr(kind)}" if kind else ""
            if frames:
                out.append(f' <tile id="{i}"{named}>\n  <animation>')
                out.extend(f'   <frame tileid="{f}" duration="{FRAME_MS}"/>' for f in frames)
                out.append("  </animation>\n </tile>")
            else:
                out.append(f' <tile id="{i}"{named}/>')
        out.append(' <wangsets>\n  <wangset name="ground" type="corner" tile="-1">')
        out.extend(
            f'   <wangcolor name="{name}" color="{TERRAIN_COLOURS[name]}" tile="-1" probability="1"/>'
            for name in TERRAINS
        )
        for i, (nw, ne, sw, se) in sorted(self.corners.items()):
            n = [TERRAINS.index(t) + 1 for t in (ne, se, sw, nw)]
            out.append(f'   <wangtile tileid="{i}" wangid="0,{n[0]},0,{n[1]},0,{n[2]},0,{n[3]}"/>')
        out.append("  </wangset>\n </wangsets>\n</tileset>\n")
        return "\n".join(out)
