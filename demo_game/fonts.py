"""The two weights of Noto Sans SC that pygame_gui brings, in the sizes the window asks for; drawn lines are kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import pygame

from demo_game import text_layout

_LATIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."})
"""In this font these marks are as wide as a Chinese character, which Latin text should not have."""

Colour = tuple[int, int, int] | tuple[int, int, int, int]
KEPT_LINES = 600


@lru_cache(maxsize=64)
def _font(bold: bool, size: int) -> pygame.font.Font:
    name = f"NotoSansSC-{'Bold' if bold else 'Regular'}.otf"
    with as_file(files("pygame_gui.data") / name) as path:
        return pygame.font.Font(path, size)


def fitting_marks(text: str) -> str:
    """Return a text with narrow quotation marks and dots, unless there is Chinese in it."""
    return text if text_layout.is_wide(text) else text.translate(_LATIN)


class Face:
    """One weight at one size: measures, wraps and draws lines."""

    def __init__(self, size: int, bold: bool = False) -> None:
        self.size = size
        self._font = _font(bold, size)
        self._lines: OrderedDict[tuple[str, Colour], pygame.Surface] = OrderedDict()
        self._wrapped: OrderedDict[tuple[str, int], list[str]] = OrderedDict()
        # Noto's own line height is loose for Latin and right for Chinese; this suits both.
        self.height = round(size * 1.42)
        self.tallest = self._font.get_height() + 2
        """The height that pygame_gui wants for a line."""
        self._lift = (self.height - self._font.get_height()) // 2

    def width(self, text: str) -> int:
        """Return the width of a line in pixels."""
        return int(self._font.size(fitting_marks(text))[0])

    def line(self, text: str, colour: Colour) -> pygame.Surface:
        """Return a rendered line, kept for the next frame."""
        key = (text, colour)
        if (kept := self._lines.get(key)) is None:
            kept = self._font.render(fitting_marks(text), True, colour)
            self._lines[key] = kept
            if len(self._lines) > KEPT_LINES:
                self._lines.popitem(last=False)
        else:
            self._lines.move_to_end(key)
        return kept

    def wrap(self, text: str, width: int) -> list[str]:
        """Return the lines a text takes within a width."""
        key = (text, width)
        if (kept := self._wrapped.get(key)) is None:
            kept = text_layout.wrap(fitting_marks(text), width, self.width)
            self._wrapped[key] = kept
            if len(self._wrapped) > KEPT_LINES:
                self._wrapped.popitem(last=False)
        return kept

    def ellipsize(self, text: str, width: int) -> str:
        """Return the text, cut with `…` to fit a width."""
        return text_layout.ellipsize(text, width, self.width)

    def draw(
        self, surface: pygame.Surface, text: str, at: tuple[int, int], colour: Colour, *, shown: int | None = None
    ) -> pygame.Rect:
        """Draw one line with its box's top left at a point; `shown` characters of it, or all."""
        if not text:
            return pygame.Rect(*at, 0, self.height)
        image = self.line(text, colour)
        width = image.get_width() if shown is None or shown >= len(text) else self.width(text[:shown])
        surface.blit(image, (at[0], at[1] + self._lift), (0, 0, width, image.get_height()))
        return pygame.Rect(at[0], at[1], width, self.height)

    def draw_centred(self, surface: pygame.Surface, text: str, centre: tuple[int, int], colour: Colour) -> pygame.Rect:
        """Draw one line around a point."""
        return self.draw(surface, text, (centre[0] - self.width(text) // 2, centre[1] - self.height // 2), colour)


@dataclass(frozen=True)
class Fonts:
    """The faces of one window size; what is large in any case grows with the window alone."""

    small: Face
    body: Face
    strong: Face
    heading: Face
    banner: Face
    title: Face
    subtitle: Face

    @classmethod
    def scaled(cls, window: float, text: float) -> Fonts:
        """Return the faces for a window, and for how large text is wanted in it; both are 1 at 1280×720."""

        def px(size: float) -> int:
            return max(12, round(size * text))

        def large(size: float) -> int:
            return max(12, round(size * window))

        return cls(
            Face(px(16)),
            Face(px(20)),
            Face(px(20), True),
            Face(px(26), True),
            Face(large(34), True),
            Face(large(68), True),
            Face(large(26), True),
        )
