"""Plays a session written down in YAML, through the same events a keyboard makes, and keeps pictures of it.

A script is a list of steps: `walk_to: mira` (or a place), `talk: mira`, `say: "…"`, `wait: 1.5`, `leave:`,
`key: F1`, `language: zh`, `screenshot: name`, `save: 1`, `load: 1`, `compose: "ni hao"`, `resize: [900, 600]`,
`advance: 120`, `expect: text`, `new_game:`. `demo_game/README.md` says what each does.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pygame
import yaml

from demo_game.app import FRAMES_A_SECOND, App
from demo_game.people import TILE
from demo_game.play import Play
from demo_game.saves import SLOTS
from demo_game.scenes import Trouble, open_game

Frames = Iterator[None]
PATIENCE = 90.0
"""Real seconds an answer, a save or a loading may take."""
DT = 1 / FRAMES_A_SECOND


class ScriptError(Exception):
    """A step that could not be done or did not come out as expected."""


class Script:
    """The steps of a session. `run` plays them frame by frame."""

    def __init__(self, app: App, steps: list[Any], pictures: Path | None = None) -> None:
        self.app = app
        self.steps = [_named(step) for step in steps]
        self.pictures = pictures
        self.taken: list[Path] = []

    @classmethod
    def read(cls, app: App, path: Path, pictures: Path | None = None) -> Script:
        """Return the script of a YAML file."""
        return cls(app, yaml.safe_load(path.read_text(encoding="utf-8")) or [], pictures)

    def run(self) -> None:
        """Play every step; ScriptError says which one failed and how."""
        for number, (name, value, options) in enumerate(self.steps, 1):
            step = getattr(self, f"_do_{name}", None)
            if step is None:
                raise ScriptError(f"step {number}: there is no step called {name!r}")
            try:
                for _ in step(value, **options):
                    self.app.frame(DT)
            except ScriptError as error:
                raise ScriptError(f"step {number} ({name}: {value}): {error}") from None
            if not self.app.running:
                return

    # -- keys ----------------------------------------------------------------------------------------------
    def press(self, key: int, mod: int = 0) -> None:
        """Press a key and let go of it."""
        _post(pygame.KEYDOWN, key, mod)
        _post(pygame.KEYUP, key, mod)

    def type(self, text: str) -> None:
        """Type a text, as a keyboard or an input method hands it over."""
        for char in text:
            pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text=char))

    # -- the steps -----------------------------------------------------------------------------------------
    def _do_new_game(self, _: Any) -> Frames:
        """Begin from the title."""
        self.app.saves.begin_anew()
        open_game(self.app)
        yield from self._until(lambda: isinstance(self.app.scene, (Play, Trouble)), "the village to open")
        if isinstance(self.app.scene, Trouble):
            raise ScriptError(str(self.app.scene.error))
        yield from self._frames(0.2)

    def _do_wait(self, seconds: float) -> Frames:
        yield from self._frames(float(seconds))

    def _do_key(self, name: str) -> Frames:
        self.press(pygame.key.key_code(str(name)))
        yield from self._frames(0.1)

    def _do_walk_to(self, target: str) -> Frames:
        """Hold the keys that lead to a villager or a place."""
        village = self.play.village
        if self.play.menu or self.play.box:
            raise ScriptError("something is open in front of the village")
        for _ in range(40):
            near = village.within_reach()
            if near is not None and near.id == target:
                return
            goal = self._goal(target)
            if (
                target not in village.villagers
                and village.terrain.place_at(village.player.x, village.player.y) == target
            ):
                return
            start = village.player.cell
            way = village.paths.find(start, goal)
            if not way and target not in village.villagers:
                return
            yield from self._follow([start, *way][:8], target)
        raise ScriptError("there is no way there")

    def _do_talk(self, who: str) -> Frames:
        """Walk up to a villager and press E."""
        for _ in range(5):
            yield from self._do_walk_to(who)
            self.press(pygame.K_e)
            yield from self._frames(0.1)
            if self.play.box:
                break
        if not self.play.box or self.play.box.talk.who != who:
            raise ScriptError("nobody answered the E key")

    def _do_say(self, text: str, wait: bool = True) -> Frames:
        """Type a line and press Enter; go on when the answer is whole and shown."""
        box = self.play.box
        if box is None:
            raise ScriptError("there is nobody to say it to")
        self.type(str(text))
        self.press(pygame.K_RETURN)
        yield from self._frames(0.05)
        if wait:
            yield from self._until(lambda: box.talk.reply is None and box.talk.said[-1].whole, "the answer")
            yield from self._frames(0.1)

    def _do_type(self, text: str) -> Frames:
        self.type(str(text))
        yield from self._frames(0.1)

    def _do_compose(self, text: str) -> Frames:
        """Have an input method compose something it has not handed over yet."""
        event = pygame.event.Event(pygame.TEXTEDITING, text=str(text), start=len(str(text)), length=0)
        pygame.event.post(event)
        yield from self._frames(0.1)

    def _do_leave(self, _: Any) -> Frames:
        self.press(pygame.K_ESCAPE)
        yield from self._frames(0.1)

    def _do_language(self, language: str) -> Frames:
        if self.app.say.language != language:
            self.press(pygame.K_F2)
        yield from self._frames(0.1)

    def _do_save(self, number: int) -> Frames:
        yield from self._slot(pygame.K_F5, int(number))

    def _do_load(self, number: int) -> Frames:
        yield from self._slot(pygame.K_F9, int(number))

    def _do_resize(self, size: list[int]) -> Frames:
        pygame.display.set_mode(tuple(size), pygame.RESIZABLE)
        pygame.event.post(pygame.event.Event(pygame.VIDEORESIZE, size=tuple(size), w=size[0], h=size[1]))
        yield from self._frames(0.1)

    def _do_advance(self, minutes: float) -> Frames:
        """Let game minutes pass, a quarter of an hour to a frame, with the villagers walking meanwhile."""
        left = float(minutes)
        while left > 0:
            for happening in self.play.village.pass_time(min(15.0, left)):
                self.play.notice(happening)
            left -= 15
            yield from self._frames(0.5)

    def _do_screenshot(self, name: str) -> Frames:
        yield from self._frames(2 * DT)
        if self.pictures is not None:
            self.pictures.mkdir(parents=True, exist_ok=True)
            self.taken.append(self.pictures / f"{name}.png")
            pygame.image.save(self.app.screen, self.taken[-1])

    def _do_expect(self, text: str) -> Frames:
        """Fail unless the last line said contains a text."""
        said = self.play.last.text if self.play.last else ""
        if str(text).casefold() not in said.casefold():
            raise ScriptError(f"the last line was: {said}")
        yield

    # -- helpers -------------------------------------------------------------------------------------------
    @property
    def play(self) -> Play:
        """The village's scene."""
        if not isinstance(self.app.scene, Play):
            raise ScriptError("the village is not open: begin with `new_game:`")
        return self.app.scene

    def _frames(self, seconds: float) -> Frames:
        for _ in range(max(1, round(seconds / DT))):
            yield

    def _until(self, done: Any, what: str) -> Frames:
        end = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > end:
                raise ScriptError(f"waited too long for {what}")
            time.sleep(0.002)
            yield

    def _slot(self, key: int, number: int) -> Frames:
        self.press(key)
        yield from self._frames(0.05)
        offered = [n for n in SLOTS if key == pygame.K_F5 or self.app.saves.note(n)]
        if number not in offered:
            raise ScriptError("the slot is empty")
        for _ in range(offered.index(number)):
            self.press(pygame.K_DOWN)
        self.press(pygame.K_RETURN)
        yield from self._frames(0.05)
        yield from self._until(lambda: not self.play.working, "the save")
        yield from self._frames(0.1)

    def _goal(self, target: str) -> tuple[int, int]:
        village = self.play.village
        if target in village.villagers:
            return village.terrain.nearest_open(village.villagers[target].cell)
        if target in village.terrain.places:
            return village.terrain.free_cells(target)[0]
        raise ScriptError("nobody and nothing is called that")

    def _follow(self, way: list[tuple[int, int]], target: str) -> Frames:
        """Walk along tiles by pressing the arrow keys."""
        village = self.play.village
        for cell in way:
            x, y = cell[0] * TILE + TILE / 2, cell[1] * TILE + TILE / 2
            for _ in range(90):
                dx, dy = x - village.player.x, y - village.player.y
                near = village.within_reach()
                if (abs(dx) < 1.6 and abs(dy) < 1.6) or (near is not None and near.id == target):
                    break
                self._hold(dx, dy)
                yield
            self._hold(0, 0)
        yield

    def _hold(self, dx: float, dy: float) -> None:
        wanted = set()
        if abs(dx) >= 1.6:
            wanted.add(pygame.K_RIGHT if dx > 0 else pygame.K_LEFT)
        if abs(dy) >= 1.6:
            wanted.add(pygame.K_DOWN if dy > 0 else pygame.K_UP)
        for key in (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN):
            if (key in wanted) != (key in self.play.held):
                _post(pygame.KEYDOWN if key in wanted else pygame.KEYUP, key)


def _post(kind: int, key: int, mod: int = 0) -> None:
    pygame.event.post(pygame.event.Event(kind, key=key, mod=mod, unicode="", scancode=0))


def _named(step: Any) -> tuple[str, Any, dict[str, Any]]:
    """Return a step's name, its value, and what else is written beside it."""
    if isinstance(step, str):
        return step, None, {}
    (name, value), *others = step.items()
    return name, value, dict(others)
