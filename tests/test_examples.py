"""What lies in examples/ is played, each as its reader would play it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pygame
import pytest
from playing import Screen, Script, play

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The examples in a folder that may be written to."""
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    return tmp_path / "examples"


def test_the_first_game_is_walked_talked_and_bought_in(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()

    def visit() -> Script:
        yield []
        assert screen.shows("Hanne")
        yield from screen.press(pygame.K_e)  # nobody is near
        yield from screen.hold(pygame.K_UP, 40)
        yield from screen.hold(pygame.K_LEFT, 40)
        yield from screen.press(pygame.K_e)
        yield from screen.type("How much is the honey cake?")
        yield from screen.wait("coins")
        yield from screen.type("I'd like the honey cake, please.")
        yield from screen.wait("still warm")
        yield from screen.press(pygame.K_ESCAPE)
        yield from screen.wait("honey cake")
        yield from screen.press(pygame.K_ESCAPE)

    play(copied / "first_game" / "game.py", screen, visit(), monkeypatch)
    assert (copied / "first_game" / "saltmere.npc").exists()
