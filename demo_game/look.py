"""How big things are, what colours they have and whether they move: by the window's size and the player's settings."""

from __future__ import annotations

import pygame

from demo_game.fonts import Fonts
from demo_game.settings import Settings

DEFAULT_SIZE = (1280, 720)
SMALLEST = (800, 500)


def unit_for(size: tuple[int, int]) -> float:
    """Return how large the interface is drawn: 1 at 1280×720."""
    return max(0.75, min(size[1] / 720, size[0] / 1120, 2.5))


def zoom_for(size: tuple[int, int]) -> int:
    """Return how many screen pixels a map pixel takes: about fifteen tiles from top to bottom."""
    return max(2, round(size[1] / 240 - 0.1))


class Look:
    """The sizes, faces and colours of the window as it is now."""

    def __init__(self, size: tuple[int, int], settings: Settings | None = None) -> None:
        self.take(size, settings or Settings())

    def take(self, size: tuple[int, int], settings: Settings) -> None:
        """Take a window size and what the player set."""
        self.size = size
        self.unit = unit_for(size)
        self.text_unit = self.unit * settings.text_scale
        """How large text is drawn: 1 at 1280×720 in its normal size."""
        self.text_scale = settings.text_scale
        self.zoom = zoom_for(size)
        self.fonts = Fonts.scaled(self.unit, self.text_unit)
        self.palette = settings.palette
        self.still = settings.reduced_motion
        """Whether nothing glides, fades, blinks or bobs."""

    def px(self, length: float) -> int:
        """Return a length in screen pixels from its length at 1280×720."""
        return round(length * self.unit)

    def line(self, length: float) -> int:
        """Return the height of a line that holds body text, `length` at least, as `px` has it."""
        return max(self.px(length), self.fonts.body.tallest)

    @property
    def window(self) -> pygame.Rect:
        """The window as a rectangle."""
        return pygame.Rect((0, 0), self.size)
