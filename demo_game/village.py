"""The village as it lives: who stands where, who walks, what time it is. It knows nothing of the screen."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot

from demo_game.path import Pathfinder
from demo_game.people import DOWN, RUN, STROLL, TILE, UP, WALK, Body, Villager, Walker
from demo_game.terrain import Terrain
from npc_engine import Engine, StoryStep

MINUTES_A_SECOND = 1.0
"""Game minutes that pass in a second of walking about."""
TALKING_PACE = 0.25
"""How much slower the clock goes during a conversation."""
REACH = 30.0
"""Map pixels within which the player can speak to someone."""
EARSHOT = 4 * TILE
"""Map pixels within which someone overhears what is said to another."""
PASSING = 44.0
"""Map pixels within which someone may say a word in passing."""
BARK_REST = 28.0
"""Seconds before the same person speaks in passing again."""
QUIET = 5.0
"""Seconds between one person's word in passing and another's."""
SAYING = 2.5
"""Seconds between two lines of what villagers say of themselves."""
LOOK_ABOUT = 0.5
"""Seconds between looks at who is near whom."""
TICK = 0.2
"""Game minutes between the engine's steps."""
PLAYER = "player"


@dataclass(frozen=True)
class Happening:
    """Something the screen should show: `entered` (id: a place), `bark` (id: who) or `story` (id: a beat)."""

    kind: str
    id: str
    text: str = ""


class Village:
    """Everyone's bodies on the terrain, moved by the player's keys and the engine's schedules."""

    def __init__(self, engine: Engine, terrain: Terrain, *, crowd: int = 0, seed: int = 0) -> None:
        self.engine = engine
        engine.set_weather("clear")  # as it is drawn
        self.terrain = terrain
        self.chance = random.Random(seed)
        self.paths = Pathfinder(terrain.neighbours, terrain.cost)
        self.player = Body(PLAYER, 0, 0)
        self.villagers: dict[str, Villager] = {}
        self.crowd: list[Walker] = []
        self.followers: set[str] = set()
        """Villagers who come along with the player."""
        self.talking_to: str | None = None
        self.heading: tuple[float, float] = (0, 0)
        self.place: str | None = None
        self._untold_minutes = 0.0
        self._look_about = 0.0
        self._quiet = 0.0
        self._sayings: deque[Happening] = deque(maxlen=8)
        self._next_saying = 0.0
        self.refresh()
        for number in range(crowd):
            x, y = self._spot(self.chance.choice(sorted(terrain.places)), f"crowd{number}")
            self.crowd.append(Walker(f"villager_{number % 4 + 1}", x, y, speed=STROLL, rest=number * 0.2))

    # -- the engine's state --------------------------------------------------------------------------------
    def refresh(self, *, at: tuple[float, float] | None = None) -> None:
        """Put everyone where the engine says they are: at the start, and when a save has been loaded."""
        self.paths.clear()
        self._sayings.clear()
        self.talking_to = None
        for id in self.engine.people:
            place = self.engine.place_of(id)
            x, y = self._spot(place, id)
            villager = self.villagers.get(id) or Villager(id, x, y, id=id)
            villager.x, villager.y, villager.place = x, y, place
            villager.facing, villager.busy, villager.asked = DOWN, False, False
            villager.rest = 2 + 5 * self.chance.random()
            villager.stop()
            self.villagers[id] = villager
        for walker in self.crowd:
            walker.asked = False
        place = self.engine.place_of(PLAYER)
        spawn = self.terrain.spawns.get(PLAYER, (self.terrain.size[0] / 2, self.terrain.size[1] / 2))
        if at and self.terrain.fits(*at):
            self.player.x, self.player.y = at
        elif place in self.terrain.places and place != self.terrain.place_at(*spawn):
            self.player.x, self.player.y = self._spot(place, PLAYER)
        else:
            self.player.x, self.player.y = spawn
        self.place = self.terrain.place_at(self.player.x, self.player.y)
        self.mend()

    def mend(self) -> bool:
        """Show the bridge as it is now; True when it has just been mended."""
        mended = bool(self.engine.ask("bridge", "condition", "mended"))
        changed = mended != self.terrain.mended
        if changed:
            self.terrain.set_bridge(mended=mended)
        return changed and mended

    # -- time ----------------------------------------------------------------------------------------------
    def step(self, dt: float) -> list[Happening]:
        """Let `dt` seconds pass, and give what the player should notice."""
        happenings = self._walk_player(dt)
        self.paths.step()
        for villager in self.villagers.values():
            self._step_villager(villager, dt)
        for walker in self.crowd:
            walker.step(dt)
            self._stroll(walker, dt)
        self._look_about -= dt
        if self._look_about <= 0:
            self._look_about = LOOK_ABOUT
            self._follow_along()
            happenings += self._barks()
        self._next_saying -= dt
        if self._sayings and self._next_saying <= 0 and not self.talking_to:
            self._next_saying, self._quiet = SAYING, QUIET
            happenings.append(self._sayings.popleft())
        pace = MINUTES_A_SECOND * (TALKING_PACE if self.talking_to else 1.0)
        return happenings + self.pass_time(dt * pace)

    def pass_time(self, minutes: float) -> list[Happening]:
        """Move the game's clock, and send people where their day takes them."""
        self._untold_minutes += minutes
        if self._untold_minutes < TICK:
            return []
        minutes, self._untold_minutes = self._untold_minutes, 0.0
        happenings: list[Happening] = []
        for event in self.engine.advance(minutes=minutes):
            if event.kind == "moved" and event.actor in self.villagers.keys() - self.followers:
                self._send(self.villagers[event.actor], event.place)
            elif event.kind in ("remark", "gossip") and PLAYER in event.audience:
                self._sayings.append(Happening("bark", event.actor or "", event.text))
            elif event.kind == "story":
                happenings.append(Happening("story", StoryStep.read(event).beat or ""))
        return happenings

    # -- the player ----------------------------------------------------------------------------------------
    def _walk_player(self, dt: float) -> list[Happening]:
        dx, dy = self.heading if not self.talking_to else (0.0, 0.0)
        body = self.player
        body.walking = bool(dx or dy)
        if not body.walking:
            body.stride = 0.0
            return []
        body.face(dx, dy)
        length = hypot(dx, dy)
        left = RUN * min(dt, 0.1)
        while left > 0:
            part = min(left, 2.0)
            left -= part
            self._shift(dx / length * part, dy / length * part)
        body.stride += dt * RUN / 13
        place = self.terrain.place_at(body.x, body.y)
        if place == self.place:
            return []
        self.place = place
        if place is None:
            return []
        self.engine.move(PLAYER, place)
        return [Happening("entered", place)]

    def _shift(self, dx: float, dy: float) -> None:
        """Move the player a little, sliding along what is in the way and around its corners."""
        body, fits = self.player, self.terrain.fits
        if dx and fits(body.x + dx, body.y):
            body.x += dx
        elif dx and not dy:
            for nudge in (-1, 1):
                if any(fits(body.x + dx, body.y + nudge * far) for far in range(1, 7)) and fits(body.x, body.y + nudge):
                    body.y += nudge * abs(dx) / 2
                    break
        if dy and fits(body.x, body.y + dy):
            body.y += dy
        elif dy and not dx:
            for nudge in (-1, 1):
                if any(fits(body.x + nudge * far, body.y + dy) for far in range(1, 7)) and fits(body.x + nudge, body.y):
                    body.x += nudge * abs(dy) / 2
                    break

    def within_reach(self) -> Villager | None:
        """Return the villager the player could speak to, whom they face if several are near."""
        near = [v for v in self.villagers.values() if v.distance_to(self.player) <= REACH]
        ahead = {DOWN: (0, 8), UP: (0, -8)}.get(self.player.facing, (8 if self.player.facing == 2 else -8, 0))
        return min(
            near,
            key=lambda v: hypot(v.x - self.player.x - ahead[0], v.y - self.player.y - ahead[1]),
            default=None,
        )

    def begin_talk(self, who: str) -> None:
        """Have a villager stop, and both turn to each other."""
        villager = self.villagers[who]
        self.talking_to = who
        villager.busy = True
        villager.walking = False
        villager.face_to(self.player)
        self.player.face_to(villager)

    def end_talk(self) -> None:
        """Let them go on with their day."""
        if self.talking_to:
            self.villagers[self.talking_to].busy = False
            self.villagers[self.talking_to].bark_rest = BARK_REST
        self.talking_to = None

    def listeners(self, who: str) -> set[str]:
        """Return the villagers near enough to hear what is said to someone."""
        speaker = self.villagers[who]
        return {v.id for v in self.villagers.values() if v.id != who and v.distance_to(speaker) <= EARSHOT}

    # -- the others ----------------------------------------------------------------------------------------
    def _step_villager(self, villager: Villager, dt: float) -> None:
        villager.bark_rest -= dt
        if villager.busy:
            return
        villager.step(dt)
        if not villager.way and not villager.asked:
            villager.rest -= dt
            if villager.rest <= 0:
                self._wander(villager)

    def _wander(self, villager: Villager) -> None:
        """Take a step or two where they are, or just look around."""
        villager.rest = 4 + 9 * self.chance.random()
        if villager.distance_to(self.player) <= PASSING:
            villager.face_to(self.player)
            return
        if self.chance.random() < 0.4 or villager.place not in self.terrain.places:
            villager.facing = self.chance.choice((0, 0, 1, 2, 3))
            return
        taken = {other.cell for other in self.everyone() if other is not villager}
        near = [
            cell
            for cell in self.terrain.free_cells(villager.place)
            if cell not in taken and abs(cell[0] - villager.cell[0]) + abs(cell[1] - villager.cell[1]) <= 3
        ]
        if near:
            self._ask(villager, self.chance.choice(near))

    def _send(self, villager: Villager, place: str | None) -> None:
        villager.place = place
        if place in self.terrain.places:
            x, y = self._spot(place, villager.id)
            self._ask(villager, (int(x // TILE), int(y // TILE)))

    def _stroll(self, walker: Walker, dt: float) -> None:
        if walker.way or walker.asked:
            return
        walker.rest -= dt
        if walker.rest <= 0:
            walker.rest = 1 + 6 * self.chance.random()
            place = self.chance.choice(sorted(self.terrain.places))
            self._ask(walker, self.chance.choice(self.terrain.free_cells(place)))

    def _ask(self, walker: Walker, goal: tuple[int, int]) -> None:
        walker.asked = True
        start = walker.cell if self.terrain.passable(walker.cell) else self.terrain.nearest_open(walker.cell)
        self.paths.ask(start, goal, walker.follow)

    def _follow_along(self) -> None:
        """Anyone who has agreed to come along stays at the player's heels, whatever their day says."""
        following = {statement.subject for statement in self.engine.ask(None, "follows", PLAYER)}
        for id in (self.followers - following) & self.villagers.keys():
            self.villagers[id].speed = WALK
            self._send(self.villagers[id], self.engine.place_of(id))
        self.followers = following & self.villagers.keys()
        for id in self.followers:
            villager = self.villagers[id]
            villager.speed, villager.rest = RUN * 0.85, 2 * LOOK_ABOUT
            if villager.busy or villager.asked:
                continue
            if villager.distance_to(self.player) > 2.2 * TILE:
                self._ask(villager, self.terrain.nearest_open(self.player.cell))
            elif villager.distance_to(self.player) < 1.6 * TILE:
                villager.stop()

    def _barks(self) -> Iterable[Happening]:
        self._quiet -= LOOK_ABOUT
        if self.talking_to or self._quiet > 0:
            return []
        for villager in self.villagers.values():
            if villager.bark_rest <= 0 and villager.distance_to(self.player) <= PASSING:
                villager.bark_rest, self._quiet = BARK_REST, QUIET
                if text := self.engine.bark(villager.id):
                    return [Happening("bark", villager.id, text)]
        return []

    def everyone(self) -> list[Body]:
        """Return all bodies."""
        return [self.player, *self.villagers.values(), *self.crowd]

    def _spot(self, place: str | None, who: str) -> tuple[float, float]:
        """Return where someone stands in a place: always the same spot for the same person."""
        if place not in self.terrain.places:
            return self.terrain.spawns.get(who, (self.terrain.size[0] / 2, self.terrain.size[1] / 2))
        spawn = self.terrain.spawns.get(who)
        if spawn and self.terrain.place_at(*spawn) == place:
            return spawn
        cells = self.terrain.free_cells(place)
        x, y = cells[sum(map(ord, who)) * 7 % len(cells)]
        return x * TILE + TILE / 2, y * TILE + TILE / 2
