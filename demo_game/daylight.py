"""The colour of the hour, and the lamps that are lit when it grows dark."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from itertools import pairwise

import pygame

_HOURS: tuple[tuple[float, tuple[int, int, int]], ...] = (
    (0.0, (74, 82, 138)),
    (4.5, (80, 88, 144)),
    (6.0, (206, 172, 172)),
    (7.5, (255, 246, 232)),
    (9.0, (255, 255, 255)),
    (16.5, (255, 255, 255)),
    (18.5, (255, 228, 196)),
    (19.8, (216, 170, 172)),
    (21.2, (104, 98, 152)),
    (22.5, (74, 82, 138)),
    (24.0, (74, 82, 138)),
)
_LAMP = (220, 168, 84)


def tint(now: datetime) -> tuple[int, int, int]:
    """Return what the hour multiplies every colour with."""
    hour = now.hour + now.minute / 60
    for (start, first), (end, second) in pairwise(_HOURS):
        if start <= hour <= end:
            share = (hour - start) / (end - start)
            red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
            return red, green, blue
    return _HOURS[0][1]


@lru_cache(maxsize=32)
def _glow(radius: int, strength: int) -> pygame.Surface:
    """Return a pool of lamplight in rings, as pixel art has it."""
    glow = pygame.Surface((radius * 2, radius * 2))
    rings = 14
    for ring in range(rings):
        share = ((ring + 1) / rings) ** 1.5 * strength / 255
        colour = tuple(round(part * share) for part in _LAMP)
        pygame.draw.circle(glow, colour, (radius, radius), round(radius * (1 - ring / rings)))
    return glow


def shade(
    canvas: pygame.Surface, now: datetime, lights: list[tuple[tuple[int, int], int]], offset: tuple[int, int]
) -> None:
    """Colour a drawn scene for the hour; `offset` brings map points onto the canvas."""
    colour = tint(now)
    if min(colour) >= 250:
        return
    light = pygame.Surface(canvas.get_size())
    light.fill(colour)
    darkness = max(0, min(255, round((205 - colour[1]) * 2.2)))
    if darkness > 12:
        darkness = darkness // 8 * 8
        bounds = canvas.get_rect()
        for (x, y), reach in lights:
            radius = round(reach * 1.5)
            at = pygame.Rect(x + offset[0] - radius, y + offset[1] - radius, radius * 2, radius * 2)
            if at.colliderect(bounds):
                light.blit(_glow(radius, darkness), at, special_flags=pygame.BLEND_RGB_ADD)
    canvas.blit(light, (0, 0), special_flags=pygame.BLEND_RGB_MULT)
