"""The Tiled map: what can be walked on, where the places are, and its layers ready for pyscroll."""

from __future__ import annotations

from math import hypot
from pathlib import Path
from xml.etree import ElementTree

import pygame
import pytmx
from pytmx.util_pygame import load_pygame

from demo_game.path import Cell
from demo_game.people import TILE

FEET = (10, 8)
"""Width and height, in map pixels, of what bumps into things."""

BESIDE = 40
"""Map pixels around a place's own rectangle that still count as being there."""

_STEPS = ((1, 0), (-1, 0), (0, 1), (0, -1))


class Terrain:
    """The village's ground, read from a TMX file."""

    def __init__(self, path: Path) -> None:
        self.tmx = load_pygame(str(path))
        self.width, self.height = self.tmx.width, self.tmx.height
        self.places: dict[str, pygame.Rect] = {}
        self.spawns: dict[str, tuple[int, int]] = {}
        self.lights: list[tuple[tuple[int, int], int]] = []
        self._solids: list[tuple[pygame.Rect, str]] = []
        self._read_objects()
        self._paved = self._paths()
        self.set_bridge(mended=False)

    @property
    def size(self) -> tuple[int, int]:
        """The map's width and height in pixels."""
        return self.width * TILE, self.height * TILE

    def set_bridge(self, *, mended: bool) -> None:
        """Show the broken bridge or the mended one, and let people cross it or not."""
        self.mended = mended
        for layer in self.tmx.layers:
            if layer.name.startswith("bridge_"):
                layer.visible = (layer.name == "bridge_mended") == mended
        self._mask = pygame.Mask(self.size)
        for rect, kind in self._solids:
            if not (mended and kind == "bridge_gap"):
                self._mask.draw(pygame.Mask(rect.size, fill=True), rect.topleft)
        self._feet = pygame.Mask(FEET, fill=True)
        self._open = {
            (x, y)
            for x in range(self.width)
            for y in range(self.height)
            if self.fits(x * TILE + TILE / 2, y * TILE + TILE / 2)
        }
        self._next: dict[Cell, list[Cell]] = {}

    def passable(self, cell: Cell) -> bool:
        """Return whether someone can stand in the middle of a tile."""
        return cell in self._open

    def neighbours(self, cell: Cell) -> list[Cell]:
        """Return the tiles that can be walked to straight from the middle of one."""
        if (known := self._next.get(cell)) is None:
            known = [
                (cell[0] + dx, cell[1] + dy)
                for dx, dy in _STEPS
                if (cell[0] + dx, cell[1] + dy) in self._open and self._fits_between(cell, dx, dy)
            ]
            self._next[cell] = known
        return known

    def cost(self, cell: Cell) -> float:
        """Return what a tile costs to cross: people keep to the paths."""
        return 1.0 if cell in self._paved else 1.7

    def fits(self, x: float, y: float) -> bool:
        """Return whether someone's feet fit at a point."""
        left, top = int(x) - FEET[0] // 2, int(y) - FEET[1] // 2
        if left < 0 or top < 0 or left + FEET[0] > self.size[0] or top + FEET[1] > self.size[1]:
            return False
        return self._mask.overlap(self._feet, (left, top)) is None

    def place_at(self, x: float, y: float) -> str | None:
        """Return the place a point is in or beside, or None on the open road."""

        def away(rect: pygame.Rect) -> float:
            return hypot(max(rect.left - x, 0, x - rect.right), max(rect.top - y, 0, y - rect.bottom))

        distance, place = min((away(rect), id) for id, rect in self.places.items())
        return place if distance <= BESIDE else None

    def free_cells(self, place: str) -> list[Cell]:
        """Return the tiles of a place that can be stood on, its middle first."""
        rect = self.places[place]
        middle = rect.centerx // TILE, rect.centery // TILE
        cells = [cell for cell in self._open if rect.collidepoint(cell[0] * TILE + 8, cell[1] * TILE + 8)]
        return sorted(cells, key=lambda cell: (abs(cell[0] - middle[0]) + abs(cell[1] - middle[1]), cell))

    def nearest_open(self, cell: Cell) -> Cell:
        """Return the tile nearest to one that can be stood on."""
        return min(self._open, key=lambda c: ((c[0] - cell[0]) ** 2 + (c[1] - cell[1]) ** 2, c))

    def _fits_between(self, cell: Cell, dx: int, dy: int) -> bool:
        x, y = cell[0] * TILE + TILE / 2, cell[1] * TILE + TILE / 2
        return all(self.fits(x + dx * along, y + dy * along) for along in range(2, TILE, 2))

    def _read_objects(self) -> None:
        for layer in self.tmx.layers:
            if not isinstance(layer, pytmx.TiledObjectGroup):
                continue
            for thing in layer:
                rect = pygame.Rect(round(thing.x), round(thing.y), round(thing.width or 0), round(thing.height or 0))
                if layer.name == "places":
                    self.places[thing.name] = rect if rect.w else rect.inflate(5 * TILE, 4 * TILE)
                elif layer.name == "spawns":
                    self.spawns[thing.name] = rect.center
                elif layer.name == "collisions":
                    self._solids.append((rect, thing.type))
                elif layer.name == "lights":
                    self.lights.append((rect.center, int(thing.properties["radius"])))

    def _paths(self) -> set[Cell]:
        """The tiles that are path or plaza at two corners or more, by the tile set's Wang colours."""
        trodden: set[int] = set()
        path = Path(self.tmx.filename)
        tileset = ElementTree.parse(path).getroot().find("tileset")
        assert tileset is not None, f"{path} has no tile set"
        for wangset in ElementTree.parse(path.parent / tileset.get("source", "")).iter("wangset"):
            colours = [colour.get("name") for colour in wangset.iter("wangcolor")]
            for tile in wangset.iter("wangtile"):
                corners = [int(corner) for corner in tile.get("wangid", "").split(",")[1::2]]
                if sum(colours[corner - 1] in ("path", "plaza") for corner in corners if corner) >= 2:
                    trodden.add(int(tile.get("tileid", -1)))
        first = self.tmx.tilesets[0].firstgid
        real = self.tmx.tiledgidmap
        ground = self.tmx.get_layer_by_name("ground")
        return {(x, y) for x, y, gid in ground.iter_data() if gid and real[gid] - first in trodden}
