"""The frames, plates and icons everything is drawn on, cut from the pictures in `assets/ui`."""

from __future__ import annotations

from functools import lru_cache

import pygame

from demo_game.fonts import Face
from demo_game.look import Look
from demo_game.palette import WARM, Colour
from demo_game.pictures import ASSETS, fitted

_CORNERS = {"panel": 16, "panel_dark": 16, "name_plate": 8, "bubble": 8, "button": 8}
_ICONS = {"star": "journal", "warning": "settings"}


@lru_cache(maxsize=64)
def _picture(name: str) -> pygame.Surface:
    return pygame.image.load(ASSETS / "ui" / f"{name}.png").convert_alpha()


@lru_cache(maxsize=128)
def _nine_slice(name: str, size: tuple[int, int], scale: int) -> pygame.Surface:
    """Return a frame of a size: corners as they are, edges and middle repeated."""
    source = pygame.transform.scale_by(_picture(name), scale)
    corner = _CORNERS[name] * scale
    made = pygame.Surface(size, pygame.SRCALPHA)
    width, height = source.get_size()
    across = ((0, corner, 0), (corner, width - 2 * corner, corner), (width - corner, corner, size[0] - corner))
    down = ((0, corner, 0), (corner, height - 2 * corner, corner), (height - corner, corner, size[1] - corner))
    for column, (sx, sw, dx) in enumerate(across):
        for row, (sy, sh, dy) in enumerate(down):
            right = size[0] - corner if column == 1 else dx + sw
            bottom = size[1] - corner if row == 1 else dy + sh
            for x in range(dx, right, max(1, sw)):
                for y in range(dy, bottom, max(1, sh)):
                    made.blit(source, (x, y), (sx, sy, min(sw, right - x), min(sh, bottom - y)))
    return made


@lru_cache(maxsize=64)
def _icon(name: str, size: int) -> pygame.Surface:
    path = ASSETS / "ui" / "icons" / f"{_ICONS.get(name, name)}.png"
    if not path.exists():
        path = ASSETS / "ui" / "icons" / "journal.png"
    return fitted(pygame.image.load(path).convert_alpha(), (size, size))


class Skin:
    """Draws boxes at the scale of the window."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._veil: pygame.Surface | None = None

    @property
    def scale(self) -> int:
        """Screen pixels to a pixel of the frames."""
        return max(1, round(2 * self.look.unit))

    @property
    def frame_width(self) -> int:
        """The thickness of a picture's frame."""
        return 3 * self.scale

    def _sheet(self, surface: pygame.Surface, rect: pygame.Rect, name: str) -> None:
        palette = self.look.palette
        if not palette.plain:
            surface.blit(_nine_slice(name, rect.size, self.scale), rect)
            return
        dark = name == "name_plate"
        self._box(surface, rect, palette.slate if dark else palette.paper, palette.on_slate if dark else palette.ink)

    def _box(self, surface: pygame.Surface, rect: pygame.Rect, fill: Colour, edge: Colour) -> None:
        pygame.draw.rect(surface, fill, rect)
        pygame.draw.rect(surface, edge, rect, max(2, self.look.px(3)))

    def panel(self, surface: pygame.Surface, rect: pygame.Rect) -> None:
        """Draw a sheet of parchment in a wooden frame."""
        self._sheet(surface, rect, "panel")

    def plate(self, surface: pygame.Surface, rect: pygame.Rect) -> None:
        """Draw a dark plate for what is always on the screen."""
        self._sheet(surface, rect, "name_plate")

    def note(self, surface: pygame.Surface, rect: pygame.Rect) -> None:
        """Draw a slip of paper for something that has just happened."""
        self._sheet(surface, rect, "bubble")

    def field(self, surface: pygame.Surface, rect: pygame.Rect) -> None:
        """Draw where one types."""
        radius = self.look.px(6)
        pygame.draw.rect(surface, self.look.palette.paper, rect, border_radius=radius)
        pygame.draw.rect(surface, self.look.palette.quiet, rect, max(2, self.look.px(2)), border_radius=radius)

    def picture_frame(self, surface: pygame.Surface, rect: pygame.Rect) -> None:
        """Draw a frame for a face; its inside is `frame_width` smaller all around."""
        palette = self.look.palette
        for inset, colour in enumerate((palette.name, palette.selected, palette.heading)):
            surface.fill(colour, rect.inflate(-2 * inset * self.scale, -2 * inset * self.scale))

    def bubble(self, surface: pygame.Surface, rect: pygame.Rect, tip: tuple[int, int]) -> None:
        """Draw a speech bubble whose tail points at `tip`, below it."""
        self._sheet(surface, rect, "bubble")
        if self.look.palette.plain:
            return
        tail = pygame.transform.scale_by(_picture("bubble_tail"), self.scale)
        x = min(max(tip[0], rect.x + 8 * self.scale + tail.get_width() // 2), rect.right - 8 * self.scale)
        surface.blit(tail, tail.get_rect(midtop=(x, rect.bottom - 2 * self.scale)))

    def key(self, surface: pygame.Surface, rect: pygame.Rect, letter: str, face: Face) -> None:
        """Draw a key of the keyboard."""
        radius = self.look.px(4)
        pygame.draw.rect(surface, self.look.palette.heading, rect.move(0, self.look.px(2)), border_radius=radius)
        pygame.draw.rect(surface, self.look.palette.key, rect, border_radius=radius)
        pygame.draw.rect(surface, self.look.palette.heading, rect, max(1, self.look.px(2)), border_radius=radius)
        face.draw_centred(surface, letter, rect.center, self.look.palette.name)

    def veil(self, surface: pygame.Surface) -> None:
        """Darken what is behind a menu."""
        if self._veil is None or self._veil.get_size() != surface.get_size():
            self._veil = pygame.Surface(surface.get_size())
            self._veil.fill(self.look.palette.ink)
            self._veil.set_alpha(110)
        surface.blit(self._veil, (0, 0))

    def icon(self, name: str, size: int) -> pygame.Surface:
        """Return a small picture: `ear`, `rope` …; the sun and the moon are drawn here."""
        return _sky(name, size) if name in ("sun", "moon") else _icon(name, size)


@lru_cache(maxsize=8)
def _sky(name: str, size: int) -> pygame.Surface:
    small = pygame.Surface((16, 16), pygame.SRCALPHA)
    if name == "sun":
        for x, y in ((8, 0), (8, 15), (0, 8), (15, 8), (3, 3), (13, 3), (3, 13), (13, 13)):
            pygame.draw.line(small, WARM.bright, (8, 8), (x, y))
        pygame.draw.circle(small, WARM.heading, (8, 8), 6)
        pygame.draw.circle(small, WARM.bright, (8, 8), 5)
    else:
        pygame.draw.circle(small, WARM.on_slate, (8, 8), 6)
        pygame.draw.circle(small, (0, 0, 0, 0), (11, 6), 5)
    return fitted(small, (size, size))
