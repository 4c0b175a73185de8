"""The demo's settings: chosen in its menu, kept in a file, and seen at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from demo_player import Game, games, keys, pygame

from demo_game.app import App
from demo_game.palette import STARK, contrast
from demo_game.play import Play
from demo_game.scenes import Title
from demo_game.settings import CHOICES, Settings, SettingsFile
from demo_game.strings import LANGUAGES


@pytest.fixture
def game(tmp_path: Path) -> Iterator[Game]:
    yield from games(tmp_path)


def open_settings(app: App, game: Game) -> None:
    scene = app.scene
    assert isinstance(scene, (Title, Play))
    if isinstance(scene, Play):
        game({"key": "Escape"}, app=app)
    assert scene.menu is not None
    at = [button.text for button, _ in scene.menu.choices].index(app.say("menu.settings"))
    game(*keys(*["Down"] * at, "Return"), app=app)


@pytest.mark.slow
def test_what_is_set_in_the_menu_is_kept_for_the_next_time(game: Game, tmp_path: Path) -> None:
    app = game(new=False)
    open_settings(app, game)
    game(*keys("Return", "Down", "Left", "Down", "Right", "Down", "Right"), app=app)
    wanted = Settings(text_speed="fast", text_size="largest", reduced_motion=True, high_contrast=True)
    assert app.settings == wanted
    assert json.loads((tmp_path / "settings.json").read_text())["text_size"] == "largest"
    assert game(new=False).settings == wanted


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"text_size": "huge", "high_contrast": 3, "later": 1}'])
def test_settings_that_cannot_be_read_are_as_at_first(kept: str, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(kept)
    assert SettingsFile(tmp_path / "settings.json").read() == Settings()


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_is_told_and_the_setting_holds(game: Game, tmp_path: Path) -> None:
    app = game()
    (tmp_path / "settings.part").mkdir()
    open_settings(app, game)
    game({"key": "Return"}, app=app)
    assert app.settings.text_speed == "fast"
    assert isinstance(app.scene, Play)
    assert app.scene.hud.toasts


def shown_after(app: App, seconds: float) -> float:
    """How much of a line of 400 characters stands on the screen after a while."""
    assert isinstance(app.scene, Play)
    box = app.scene.box
    assert box is not None
    said = box.talk.said[-1]
    said.text, said.shown = "word " * 80, 0.0
    box.talk.step(seconds)
    return said.shown


@pytest.mark.slow
def test_text_speed_is_how_fast_words_appear(game: Game) -> None:
    app = game({"talk": "greta"}, {"say": "Hello"})
    amounts = {}
    for _ in CHOICES["text_speed"]:
        amounts[app.settings.text_speed] = shown_after(app, 0.1)
        app.change("text_speed")
    assert amounts["slow"] < amounts["normal"] < amounts["fast"] < amounts["at_once"] == 400


@pytest.mark.slow
def test_return_on_an_empty_line_shows_the_whole_answer(game: Game) -> None:
    app = game({"talk": "greta"}, {"say": "Hello"})
    assert shown_after(app, 0.01) < 400
    game({"key": "Return"}, app=app)
    assert app.scene.box.talk.said[-1].whole  # type: ignore[attr-defined]


@pytest.mark.slow
def test_less_movement_leaves_two_frames_of_waiting_alike(game: Game) -> None:
    app = game({"talk": "greta"})
    assert isinstance(app.scene, Play)
    app.change("reduced_motion")
    game({"wait": 0.02}, app=app)
    lift = app.scene.view.lift
    entry = app.scene.box.places.entry  # type: ignore[union-attr]
    before = pygame.image.tobytes(app.screen.subsurface(entry), "RGB")
    for _ in range(6):
        game({"wait": 0.1}, app=app)
        assert app.scene.view.lift == lift
        assert pygame.image.tobytes(app.screen.subsurface(entry), "RGB") == before


def test_high_contrast_text_is_of_the_best_grade() -> None:
    assert min(contrast(colour, STARK.paper) for colour in STARK.on_paper) >= 7
    assert min(contrast(colour, STARK.slate) for colour in (STARK.on_slate, STARK.on_slate_faded)) >= 7
    assert contrast(STARK.ink, STARK.selected) >= 7


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(800, 500), (1920, 1080)])
def test_the_largest_text_stays_inside_its_panels(game: Game, size: tuple[int, int], language: str) -> None:
    app = game({"resize": list(size)}, {"language": language})
    app.change("text_size", -1)
    app.change("high_contrast")
    assert app.settings.text_size == "largest"
    game({"talk": "greta"}, {"say": {"en": "Is the bridge safe?", "zh": "桥还能走吗？"}[language]}, app=app)
    assert isinstance(app.scene, Play)
    box = app.scene.box
    assert box is not None
    assert box.rows_drawn
    assert all(box.places.words.contains(rect) for _, rect in box.rows_drawn)
    assert box.places.entry.h >= app.look.fonts.body.height
    game("leave", app=app)
    for key in ("Escape", "F5", "J", "F1"):
        game({"key": key}, app=app)
        menu = app.scene.menu
        assert menu is not None
        assert app.look.window.contains(menu.panel), key
        for button, _ in menu.choices:
            assert menu.panel.contains(button.rect), (key, button.text)
        game({"key": "Escape"}, app=app)
