"""How big things are and what colours they have: the window's size decides, the pictures' palette gives the colours."""

from __future__ import annotations

import pygame

from demo_game.fonts import Fonts

INK = (28, 23, 39)
WOOD_DARK = (59, 37, 49)
WOOD = (96, 59, 55)
WOOD_MID = (139, 89, 64)
WOOD_LIGHT = (182, 129, 82)
SAND = (232, 205, 149)
CREAM = (246, 233, 194)
WHITE = (248, 242, 224)
FADED = (116, 84, 72)
RED = (148, 50, 60)
GREEN = (43, 90, 69)
BLUE = (44, 77, 128)
GOLD = (246, 207, 88)
PLUM = (101, 50, 104)

DEFAULT_SIZE = (1280, 720)
SMALLEST = (800, 500)


def unit_for(size: tuple[int, int]) -> float:
    """Return how large the interface is drawn: 1 at 1280×720."""
    return max(0.75, min(size[1] / 720, size[0] / 1120, 2.5))


def zoom_for(size: tuple[int, int]) -> int:
    """Return how many screen pixels a map pixel takes: about fifteen tiles from top to bottom."""
    return max(2, round(size[1] / 240 - 0.1))


class Look:
    """The sizes and faces of the window as it is now."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.resize(size)

    def resize(self, size: tuple[int, int]) -> None:
        """Take a new window size."""
        self.size = size
        self.unit = unit_for(size)
        self.zoom = zoom_for(size)
        self.fonts = Fonts.for_unit(self.unit)

    def px(self, length: float) -> int:
        """Return a length in screen pixels from its length at 1280×720."""
        return round(length * self.unit)

    @property
    def window(self) -> pygame.Rect:
        """The window as a rectangle."""
        return pygame.Rect((0, 0), self.size)
