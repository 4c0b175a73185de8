"""The map of the village: the whole of it made small, with the places' names and where the player stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame
import pytmx
from pygame_gui.elements import UIImage

from demo_game.look import Look
from demo_game.menus import Choose, Item, Menu
from demo_game.terrain import Terrain
from demo_game.village import Village

if TYPE_CHECKING:
    from demo_game.app import App


def ground(terrain: Terrain) -> pygame.Surface:
    """Return the village as it is now, a pixel for each of the map's."""
    picture = pygame.Surface(terrain.size)
    tmx = terrain.tmx
    for layer in tmx.visible_layers:
        if isinstance(layer, pytmx.TiledTileLayer):
            for x, y, tile in layer.tiles():
                picture.blit(tile, (x * tmx.tilewidth, y * tmx.tileheight))
    return picture


def labels(
    look: Look, names: dict[str, str], places: dict[str, pygame.Rect], here: pygame.Rect, room: pygame.Rect
) -> dict[str, pygame.Rect]:
    """Return where each place's name stands: over its middle, or below what is there already."""
    face, taken = look.fonts.small, [here]
    found = {}
    for place, rect in sorted(places.items(), key=lambda one: (one[1].centery, one[0])):
        plate = pygame.Rect(0, 0, face.width(names[place]) + look.px(12), face.height)
        plate.center = rect.center
        plate.clamp_ip(room)
        while (other := plate.collidelist(taken)) >= 0:
            plate.top = taken[other].bottom + 1
        taken.append(plate)
        found[place] = plate
    return found


def village_map(look: Look, village: Village, name: Callable[[str], str], size: tuple[int, int]) -> pygame.Surface:
    """Return the map, as large as fits a size."""
    terrain = village.terrain
    share = min(size[0] / terrain.size[0], size[1] / terrain.size[1])
    picture = pygame.transform.smoothscale_by(ground(terrain), share)
    names = {place: name(place) for place in terrain.places}
    places = {place: pygame.Rect(*(round(part * share) for part in rect)) for place, rect in terrain.places.items()}
    palette, face = look.palette, look.fonts.small
    here = pygame.Rect(0, 0, look.px(18), look.px(18))
    here.center = round(village.player.x * share), round(village.player.y * share)
    for place, plate in labels(look, names, places, here, picture.get_rect()).items():
        pygame.draw.rect(picture, palette.slate, plate, border_radius=look.px(4))
        face.draw_centred(picture, names[place], plate.center, palette.on_slate)
    for radius, colour in ((9, palette.slate), (7, palette.bright), (3, palette.trouble)):
        pygame.draw.circle(picture, colour, here.center, look.px(radius))
    return picture


class MapPage(Menu):
    """The map with a way back."""

    def __init__(self, app: App, close: Choose, village: Village) -> None:
        self._village = village
        super().__init__(app, close)

    def build(self) -> None:
        """Draw the map into the panel."""
        px, look = self.app.look.px, self.app.look
        room = self.sized(820, 690)
        head = look.line(36)
        self.label(self.app.say("menu.map"), pygame.Rect(room.x, room.y, room.w, head), "#heading")
        box = pygame.Rect(room.x, room.y + head + px(4), room.w, room.h - head - px(4) - px(52))
        picture = village_map(look, self._village, self.app.place_name, box.size)
        UIImage(picture.get_rect(center=box.center), picture, self.manager)
        back = pygame.Rect(0, room.bottom - px(42), px(200), px(42))
        back.centerx = room.centerx
        self.button(Item(self.app.say("menu.back"), self.close), back)

    def _key(self, event: pygame.event.Event) -> bool:
        if event.key == pygame.K_m:
            self.close()
            return True
        return super()._key(event)
