"""Playing a Pygame game by script: keys and typed text go in, and what it draws as text comes out."""

from __future__ import annotations

import runpy
import time
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

pygame = pytest.importorskip("pygame")

Script = Generator[list[Any], None, None]
"""What a player does: the events of each frame, a frame after the other."""
PATIENCE = 30.0
"""Seconds after which a script that waits for something gives up."""


class Screen:
    """What a game shows, as texts, and which keys are held."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.held: set[int] = set()
        self._drawing: list[str] = []

    def draw(self, text: str) -> None:
        """Take in a text of the frame that is being drawn."""
        self._drawing.append(text)

    def flip(self) -> None:
        """End a frame."""
        self.shown, self._drawing = self._drawing, []

    def shows(self, words: str) -> bool:
        """Return whether some text of the last frame has these words in it."""
        return any(words in text for text in self.shown)

    def __getitem__(self, key: int) -> bool:
        return key in self.held

    # -- what a script is made of ------------------------------------------------------------------

    def hold(self, key: int, until: Callable[[], bool] | int) -> Script:
        """Hold a key until something is so, or for a number of frames."""
        self.held = {key}
        yield from ([] for _ in range(until)) if isinstance(until, int) else self.wait(until)
        self.held = set()

    def press(self, key: int) -> Script:
        """Press a key and let it go."""
        yield [pygame.event.Event(kind, key=key, mod=0, unicode="") for kind in (pygame.KEYDOWN, pygame.KEYUP)]

    def type(self, text: str) -> Script:
        """Type a text and press Enter."""
        yield [pygame.event.Event(pygame.TEXTINPUT, text=text)]
        yield from self.press(pygame.K_RETURN)

    def wait(self, until: Callable[[], bool] | str) -> Script:
        """Let frames go by until something is so, or until these words are shown.

        Raises:
            AssertionError: that takes too long.
        """
        so = (lambda: self.shows(until)) if isinstance(until, str) else until
        end = time.monotonic() + PATIENCE
        while not so():
            assert time.monotonic() < end, f"waited for {until!r} in vain; what stands there is {self.shown}"
            yield []


class _Font:
    """A font that tells what is written with it."""

    def __init__(self, font: Any, screen: Screen) -> None:
        self._font, self._screen = font, screen

    def render(self, text: str, *rest: Any) -> Any:
        self._screen.draw(text)
        return self._font.render(text, *rest)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._font, name)


class _Clock:
    """A clock by which every frame takes its time, and none waits for it."""

    def tick(self, frames: int = 60) -> int:
        time.sleep(0.001)  # others have something to do as well
        return 1000 // frames


def _font(made: Callable[..., Any], screen: Screen, *given: Any) -> _Font:
    return _Font(made(*given), screen)


def play(game: Path, screen: Screen, script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a game from its folder, with what a script does for a player; it must leave when the script has ended."""
    left = iter(range(100))  # frames after the end of the script

    def events(*_: Any) -> list[Any]:
        try:
            return next(script)
        except StopIteration:
            assert next(left, None) is not None, "the game goes on after the player has left"
            return []

    flip = pygame.display.flip
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setattr(pygame.event, "get", events)
    monkeypatch.setattr(pygame.key, "get_pressed", lambda: screen)
    monkeypatch.setattr(pygame.display, "flip", lambda: (screen.flip(), flip()))
    monkeypatch.setattr(pygame.time, "Clock", _Clock)
    for name in ("Font", "SysFont"):
        monkeypatch.setattr(pygame.font, name, partial(_font, getattr(pygame.font, name), screen))
    monkeypatch.chdir(game.parent)
    try:
        runpy.run_path(str(game), run_name="__main__")
    finally:
        pygame.quit()
