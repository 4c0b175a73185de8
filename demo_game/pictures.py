"""The pictures under `assets/`: loaded once, cut into frames, scaled when the window asks."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pygame

ASSETS = Path(__file__).resolve().parent.parent / "assets"
MAP = ASSETS / "map" / "village.tmx"
FRAME = (16, 24)
PORTRAIT = 96
BACKDROP_LEFT = 56
"""How much of the title's picture is cut off at the left, in its own pixels."""
MOODS = ("neutral", "happy", "angry", "sad", "afraid", "surprised")
PASSERS_BY = ("villager_1", "villager_2", "villager_3", "villager_4")


@lru_cache(maxsize=64)
def walking(look: str) -> list[list[pygame.Surface]]:
    """Return someone's frames by facing (down, left, right, up) and step (stand, left foot, stand, right foot)."""
    path = ASSETS / "sprites" / f"{look}.png"
    if not path.exists():
        path = ASSETS / "sprites" / f"{PASSERS_BY[sum(map(ord, look)) % len(PASSERS_BY)]}.png"
    sheet = pygame.image.load(path).convert_alpha()
    w, h = FRAME
    return [[sheet.subsurface((step * w, row * h, w, h)) for step in range(4)] for row in range(4)]


@lru_cache(maxsize=32)
def portrait(who: str, mood: str, size: int) -> pygame.Surface | None:
    """Return a face in a mood, or None for someone nobody has drawn."""
    path = ASSETS / "portraits" / f"{who}.png"
    if not path.exists():
        return None
    strip = pygame.image.load(path).convert_alpha()
    column = MOODS.index(mood) if mood in MOODS else 0
    face = strip.subsurface((column * PORTRAIT, 0, PORTRAIT, PORTRAIT))
    return fitted(face, (size, size))


def fitted(picture: pygame.Surface, size: tuple[int, int]) -> pygame.Surface:
    """Return a pixel picture at another size, crisp: doubled until too large, then brought down smoothly."""
    factor = max(1, -(-size[0] // picture.get_width()))
    larger = pygame.transform.scale_by(picture, factor)
    return larger if larger.get_size() == size else pygame.transform.smoothscale(larger, size)


@lru_cache(maxsize=2)
def backdrop(size: tuple[int, int]) -> pygame.Surface:
    """Return the title's picture so large that it covers the window, its houses at the left."""
    picture = pygame.image.load(ASSETS / "ui" / "title.png").convert()
    scale = max(-(-size[0] // picture.get_width()), -(-size[1] // picture.get_height()))
    wide, high = -(-size[0] // scale), -(-size[1] // scale)
    left = min(BACKDROP_LEFT, picture.get_width() - wide)
    part = picture.subsurface((left, (picture.get_height() - high) * 2 // 3, wide, high))
    return pygame.transform.scale_by(part, scale)


def window_icon() -> pygame.Surface:
    """Return the picture of the window's title bar."""
    return pygame.image.load(ASSETS / "ui" / "window_icon.png")
