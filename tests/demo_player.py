"""Plays the demo without a window, for its tests: a folder of saves, scripts, and events as devices make them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from demo_game.app import App
    from demo_game.dialogue_box import DialogueBox
    from demo_game.play import Play

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
pygame = pytest.importorskip("pygame")
pytest.importorskip("pygame_gui")

ROOT = Path(__file__).resolve().parent.parent
Game = Callable[..., Any]


def games(folder: Path) -> Iterator[Game]:
    """Yield what opens the demo and plays a script in it: a new game unless `new` is False, or on in `app`."""
    from demo_game.app import App, Options
    from demo_game.scenes import Title
    from demo_game.script import Script

    opened: list[App] = []

    def play(*steps: object, app: App | None = None, new: bool = True, **options: object) -> App:
        if app is None:
            settings = {"world": ROOT / "world", "saves": folder, "model": "none", "language": "en", **options}
            app = App(Options(**settings))  # type: ignore[arg-type]
            opened.append(app)
            app.show(Title(app))
            steps = ("new_game", *steps) if new else steps
        Script(app, list(steps), folder / "pictures").run()
        return app

    yield play
    for app in opened:
        app.close()


def playing(app: App) -> Play:
    from demo_game.play import Play

    assert isinstance(app.scene, Play)
    return app.scene


def box(app: App) -> DialogueBox:
    found = playing(app).box
    assert found is not None
    return found


def keys(*names: str) -> list[dict[str, str]]:
    return [{"key": name} for name in names]


def post(kind: int, **said: object) -> None:
    pygame.event.post(pygame.event.Event(kind, **said))
