"""Draws the village: the map through pyscroll, people sorted by how near they are, and the light of the hour."""

from __future__ import annotations

from math import ceil

import pygame
import pyscroll

from demo_game import daylight, pictures
from demo_game.look import Look
from demo_game.people import TILE, Body
from demo_game.village import Village


class VillageView:
    """The camera on a village. Everything is drawn small on a canvas, then enlarged by whole pixels."""

    def __init__(self, village: Village, look: Look) -> None:
        self.village = village
        self.look = look
        terrain = village.terrain
        self._data = pyscroll.TiledMapData(terrain.tmx)
        names = [layer.name for layer in terrain.tmx.layers]
        self._standing = names.index("above") - 1
        self._mended = terrain.mended
        self.lift = 0.0
        """Map pixels by which the camera looks lower than the player, to keep people clear of a panel."""
        self.resize()

    def resize(self) -> None:
        """Take the window's size from the look."""
        width, height = self.look.size
        map_width, map_height = self.village.terrain.size
        self.zoom = max(self.look.zoom, ceil(width / map_width), ceil(height / map_height))
        self._canvas = pygame.Surface((ceil(width / self.zoom), ceil(height / self.zoom))).convert()
        self._screen = pygame.Surface(
            (self._canvas.get_width() * self.zoom, self._canvas.get_height() * self.zoom)
        ).convert()
        self._renderer = pyscroll.BufferedRenderer(self._data, self._canvas.get_size(), clamp_camera=True)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the village around the player."""
        village = self.village
        if village.terrain.mended != self._mended:
            self._mended = village.terrain.mended
            self._renderer.redraw_tiles(self._renderer._buffer)
        self._renderer.center((village.player.x, village.player.y - 8 + round(self.lift)))
        self._offset = self._renderer.get_center_offset()
        people = [drawn for body in village.everyone() if (drawn := self._person(body))]
        self._renderer.draw(self._canvas, self._canvas.get_rect(), people)
        daylight.shade(self._canvas, village.engine.now, village.terrain.lights, self._offset)
        pygame.transform.scale(self._canvas, self._screen.get_size(), self._screen)
        surface.blit(self._screen, (0, 0))

    def on_screen(self, x: float, y: float) -> tuple[int, int]:
        """Return where a point of the map is in the window."""
        left, top = self._offset
        return round((x + left) * self.zoom), round((y + top) * self.zoom)

    def above(self, body: Body) -> tuple[int, int]:
        """Return the point just over someone's head in the window."""
        return self.on_screen(round(body.x), round(body.y) - 21)

    def _person(self, body: Body) -> tuple[pygame.Surface, pygame.Rect, float] | None:
        x, y = round(body.x) + self._offset[0], round(body.y) + self._offset[1]
        w, h = pictures.FRAME
        rect = pygame.Rect(x - w // 2, y + 4 - h, w, h)
        if not rect.colliderect(self._canvas.get_rect()):
            return None
        step = int(body.stride) % 4 if body.walking else 0
        frame = pictures.walking(body.look)[body.facing][step]
        # pyscroll draws by layer: a share of one for how far down the map someone is puts them in order.
        return frame, rect, self._standing + body.y / (self.village.terrain.height * TILE + TILE)
