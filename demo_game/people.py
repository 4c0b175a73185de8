"""The bodies in the village: the player's, the villagers' and the passers-by that only walk."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import hypot

from demo_game.path import Cell

TILE = 16
WALK = 38.0
"""Map pixels a second that a villager walks."""
STROLL = 24.0
RUN = 84.0
"""Map pixels a second that the player walks."""

DOWN, LEFT, RIGHT, UP = range(4)


@dataclass
class Body:
    """Someone on the map. `x`, `y` is the middle of their feet, in map pixels."""

    look: str
    x: float
    y: float
    facing: int = DOWN
    walking: bool = False
    stride: float = 0.0

    @property
    def cell(self) -> Cell:
        """The tile they stand on."""
        return int(self.x // TILE), int(self.y // TILE)

    def distance_to(self, other: Body) -> float:
        """Return how far another body is, in map pixels."""
        return hypot(self.x - other.x, self.y - other.y)

    def face(self, dx: float, dy: float) -> None:
        """Turn toward a direction."""
        if abs(dx) > abs(dy):
            self.facing = RIGHT if dx > 0 else LEFT
        elif dy:
            self.facing = DOWN if dy > 0 else UP

    def face_to(self, other: Body) -> None:
        """Turn toward someone."""
        self.face(other.x - self.x, other.y - self.y)


@dataclass
class Walker(Body):
    """Someone who walks by themselves along a way of tiles."""

    speed: float = WALK
    way: list[tuple[float, float]] = field(default_factory=list)
    asked: bool = False
    """True while a way for them is being looked for."""
    rest: float = 0.0
    """Seconds until they next feel like moving."""

    def follow(self, cells: list[Cell], end: tuple[float, float] | None = None) -> None:
        """Set out along tiles, to stand on an exact point at the end."""
        self.asked = False
        self.way = [(x * TILE + TILE / 2, y * TILE + TILE / 2) for x, y in cells]
        if end and self.way:
            self.way[-1] = end

    def stop(self) -> None:
        """Stand still."""
        self.way = []
        self.walking = False

    def step(self, dt: float) -> None:
        """Walk on for `dt` seconds."""
        self.walking = bool(self.way)
        left = self.speed * dt
        while self.way and left > 0:
            tx, ty = self.way[0]
            dx, dy = tx - self.x, ty - self.y
            distance = hypot(dx, dy)
            if distance > 0.5:
                self.face(dx, dy)
            if distance <= left:
                self.x, self.y = tx, ty
                self.way.pop(0)
                left -= distance
            else:
                self.x += dx / distance * left
                self.y += dy / distance * left
                left = 0
        if self.walking:
            self.stride += dt * self.speed / 9


@dataclass
class Villager(Walker):
    """One of the engine's people, with the place they mean to be at."""

    id: str = ""
    place: str | None = None
    busy: bool = False
    """True while in conversation: they stand and look at who speaks to them."""
    bark_rest: float = 0.0
