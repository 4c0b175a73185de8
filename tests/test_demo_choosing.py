"""The demo without typing: suggested lines, a gamepad, and the keyboard on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from demo_player import ROOT, Game, box, games, playing, post, pygame

from demo_game.app import App
from demo_game.gamepad import Gamepad
from demo_game.strings import LANGUAGES, Strings
from demo_game.suggestions import suggest
from demo_game.talk import Talk
from npc_engine import Engine, Line

A, B, X, Y = (getattr(pygame, f"CONTROLLER_BUTTON_{name}") for name in "ABXY")
RIGHT, DOWN = pygame.CONTROLLER_BUTTON_DPAD_RIGHT, pygame.CONTROLLER_BUTTON_DPAD_DOWN
START = pygame.CONTROLLER_BUTTON_START


@pytest.fixture
def game(tmp_path: Path) -> Iterator[Game]:
    yield from games(tmp_path)


def frames(app: App, number: int = 3) -> None:
    for _ in range(number):
        app.frame(1 / 60)


def pad(app: App, *buttons: int) -> None:
    """Press buttons of a gamepad, one after the other."""
    for button in buttons:
        post(pygame.CONTROLLERBUTTONDOWN, button=button, instance_id=0)
        frames(app, 1)
        post(pygame.CONTROLLERBUTTONUP, button=button, instance_id=0)
        frames(app, 1)


def answered(app: App) -> None:
    for _ in range(3000):
        frames(app, 1)
        if box(app).talk.reply is None and box(app).talk.said[-1].whole:
            frames(app)
            return
        pygame.time.wait(2)
    pytest.fail("no answer came")


def mine(app: App) -> list[str]:
    """What the player has said in this talk."""
    return [one.text for one in box(app).talk.said if one.speaker == "player"]


# -- suggested lines -------------------------------------------------------------------------------------------


def test_a_number_says_the_line_that_stands_beside_it(game: Game) -> None:
    app = game({"talk": "bram"})
    offered = list(box(app).bar.lines)
    assert len(offered) == 3
    assert offered[0] == "Good day, Bram!"
    game({"type": "2"}, app=app)
    answered(app)
    assert mine(app) == [offered[1]]
    assert offered[1] not in box(app).bar.lines, "what was said is not offered again"
    assert (box(app).entry.text, len(box(app).bar.lines)) == ("", 3)


@pytest.mark.slow
def test_a_number_after_other_words_is_typed(game: Game) -> None:
    app = game({"talk": "bram"}, {"type": "I have 2 ales"})
    assert (box(app).entry.text, mine(app)) == ("I have 2 ales", [])


@pytest.mark.slow
def test_a_suggestion_is_said_with_a_click(game: Game) -> None:
    app = game({"talk": "bram"})
    third = box(app).bar.lines[2]
    post(pygame.MOUSEBUTTONDOWN, button=1, pos=box(app).bar.slips[2].center)
    frames(app)
    assert mine(app) == [third]


@pytest.mark.slow
def test_suggestions_are_in_the_language_of_the_game(game: Game) -> None:
    app = game({"talk": "bram"}, {"key": "F2"}, {"wait": 0.1})
    assert all(any("\u4e00" <= char <= "\u9fff" for char in line) for line in box(app).bar.lines)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(800, 500), (1280, 720)])
def test_suggestions_are_clear_of_the_panel_and_in_the_window(game: Game, size: tuple[int, int]) -> None:
    app = game({"resize": list(size)}, {"talk": "pip"}, {"wait": 0.1})
    slips, panel = box(app).bar.slips, box(app).places.panel
    assert len(slips) == 3
    assert all(app.look.window.contains(slip) and not slip.colliderect(panel) for slip in slips)
    assert all(not one.colliderect(other) for one, other in pairwise(slips))


@pytest.fixture(scope="module")
def engines() -> Iterator[dict[str, Engine]]:
    loaded = {language: Engine.load(ROOT / "world", model="none", language=language) for language in LANGUAGES}
    yield loaded
    for engine in loaded.values():
        engine.close()


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", ["bram", "greta", "lian", "mira", "pip", "tomas"])
def test_suggestions_are_understood_and_give_no_secret_away(
    engines: dict[str, Engine], who: str, language: str
) -> None:
    engine, say = engines[language], Strings(language)
    secret = [word.casefold() for one in engine.people[who].secrets for word in one.words.get(language, ())]
    talk = Talk(engine, who, set)
    for turn in range(4):
        lines = suggest(engine, talk, say)
        assert len(set(lines)) == len(lines) == 3
        if turn == 0:
            assert lines[0] == say("suggest.greeting", name=engine.name(who))
            assert not any(word in line.casefold() for line in lines for word in secret)
        talk.say(lines[turn % 2])
        assert talk.reply is not None
        talk.reply.line(timeout=10)
        talk.step(0)
        assert talk.line is not None
        assert talk.line.move not in ("confused", "clarify"), lines[turn % 2]
    talk.leave()


def test_a_question_of_theirs_can_be_answered(engines: dict[str, Engine]) -> None:
    engine, say = engines["en"], Strings("en")
    asked = next(one for one in engine.people["pip"].asks if one.yes)
    talk = Talk(engine, "pip", set)
    said = Line("pip", "player", asked.asks["en"][0], "en", engine.now, 1, "remark", "chat")
    talk.line = replace(said, reasons=("act:remark", asked.key))
    assert suggest(engine, talk, say)[:2] == [say("suggest.yes"), say("suggest.no")]


def test_what_the_player_knows_somebody_has_can_be_asked_for(tmp_path: Path) -> None:
    with Engine.load(ROOT / "world", model="none", language="en") as engine:
        talk = Talk(engine, "pip", set)
        wanted = "Can I have the iron pin?"
        assert wanted not in suggest(engine, talk, Strings("en")), "the player does not know of it"
        engine.record("seen", changes=[("pip", "has", "iron_pin")], audience={"player"})
        assert wanted in suggest(engine, talk, Strings("en"))


@pytest.mark.slow
def test_a_goodbye_ends_the_talk_unless_there_is_more_to_say(game: Game) -> None:
    app = game({"talk": "bram"}, {"say": "I must be going. Goodbye!"}, {"type": "wait"}, {"wait": 4})
    assert box(app).talk.parted
    game(*[{"key": "Backspace"}] * 4, {"wait": 4}, app=app)
    assert playing(app).box is None


# -- the gamepad -----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_stick_walks_and_stops(game: Game) -> None:
    app = game()
    player = playing(app).village.player
    x = player.x
    post(pygame.CONTROLLERAXISMOTION, axis=pygame.CONTROLLER_AXIS_LEFTX, value=-30000, instance_id=0)
    frames(app, 30)
    assert player.x < x - 15
    post(pygame.CONTROLLERAXISMOTION, axis=pygame.CONTROLLER_AXIS_LEFTX, value=-2000, instance_id=0)
    frames(app, 2)
    assert not player.walking


@pytest.mark.slow
def test_a_pad_talks_chooses_and_leaves(game: Game) -> None:
    app = game({"walk_to": "bram"})
    pad(app, A)
    offered = list(box(app).bar.lines)
    pad(app, RIGHT, A)
    answered(app)
    assert mine(app) == [offered[1]]
    pad(app, B)
    assert playing(app).box is None


@pytest.mark.slow
def test_a_pad_works_the_menus(game: Game) -> None:
    app = game()
    pad(app, Y)
    assert playing(app).menu is not None, "the journal"
    pad(app, B)
    assert playing(app).menu is None
    pad(app, START)
    items = [button.text for button, _ in playing(app).menu.choices]  # type: ignore[union-attr]
    pad(app, *[DOWN] * items.index(app.say("menu.help")), A)
    assert playing(app).menu.__class__.__name__ == "Reader"


@pytest.mark.slow
def test_an_arrow_held_down_goes_on_through_a_menu(game: Game) -> None:
    app = game({"key": "Escape"})
    post(pygame.CONTROLLERBUTTONDOWN, button=DOWN, instance_id=0)
    frames(app, 60)
    assert playing(app).menu.at >= 4  # type: ignore[union-attr]
    at = playing(app).menu.at  # type: ignore[union-attr]
    post(pygame.CONTROLLERBUTTONUP, button=DOWN, instance_id=0)
    frames(app, 60)
    assert playing(app).menu.at == at  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "gone", [{"kind": pygame.CONTROLLERDEVICEREMOVED, "instance_id": 0}, {"kind": pygame.WINDOWFOCUSLOST}]
)
@pytest.mark.slow
def test_a_pad_that_goes_away_lets_go_of_what_it_held(game: Game, gone: dict[str, int]) -> None:
    app = game()
    post(pygame.CONTROLLERBUTTONDOWN, button=RIGHT, instance_id=0)
    frames(app, 2)
    assert playing(app).village.player.walking
    post(gone["kind"], **{name: value for name, value in gone.items() if name != "kind"})
    frames(app, 60)
    assert not playing(app).village.player.walking


def test_pads_come_and_go() -> None:
    pygame.display.init()
    closed: list[int] = []

    def plug(device: int) -> SimpleNamespace:
        if device > 1:
            raise pygame.error("Invalid index")
        return SimpleNamespace(id=device + 10, quit=lambda: closed.append(device))

    pads = Gamepad(plug)
    for device in (0, 7, 1):
        assert pads.heard(pygame.event.Event(pygame.CONTROLLERDEVICEADDED, device_index=device)) == []
    pressed = pads.heard(pygame.event.Event(pygame.CONTROLLERBUTTONDOWN, button=A, instance_id=10))
    assert [(one.type, one.key) for one in pressed] == [(pygame.KEYDOWN, pygame.K_RETURN)]
    released = pads.heard(pygame.event.Event(pygame.CONTROLLERDEVICEREMOVED, instance_id=10))
    assert [(one.type, one.key) for one in released] == [(pygame.KEYUP, pygame.K_RETURN)]
    pads.close()
    assert closed == [1]


@pytest.mark.slow
def test_a_pad_nobody_can_open_is_no_trouble(game: Game) -> None:
    app = game()
    post(pygame.CONTROLLERDEVICEADDED, device_index=99)
    frames(app)
    assert app.running


# -- the keyboard on the screen --------------------------------------------------------------------------------


def press_keys(app: App, *labels: str) -> None:
    """Click keys of the keyboard on the screen by what stands on them, turning pages till they are there."""
    for label in labels:
        keyboard = box(app).keyboard
        assert keyboard is not None
        for _ in range(len(keyboard.pages) + 1):
            rows = keyboard.keys
            found = [rect for rect, row, column in keyboard.places if rows[row][column].label == label]
            if found:
                post(pygame.MOUSEBUTTONDOWN, button=1, pos=found[0].center)
                frames(app, 2)
                break
            page = next(rect for rect, row, column in keyboard.places if rows[row][column].does == "page")
            post(pygame.MOUSEBUTTONDOWN, button=1, pos=page.center)
            frames(app, 2)
        else:
            pytest.fail(f"there is no key {label}")


@pytest.mark.slow
def test_words_and_letters_are_put_together_on_the_screen(game: Game) -> None:
    app = game({"talk": "greta"}, {"key": "F4"})
    press_keys(app, "where", "is", "Mira", "?", "x", "Rub out")
    assert box(app).entry.text == "where is Mira?"
    press_keys(app, "Say it")
    answered(app)
    assert mine(app) == ["where is Mira?"]
    assert "herb" in box(app).talk.said[-1].text
    assert box(app).keyboard is None


@pytest.mark.slow
def test_chinese_needs_no_input_method(game: Game) -> None:
    app = game({"talk": "greta"}, {"key": "F4"}, language="zh")
    press_keys(app, "米拉", "在", "哪里", "？", "说出口")
    answered(app)
    assert mine(app) == ["米拉在哪里？"]
    assert "草药" in box(app).talk.said[-1].text


@pytest.mark.slow
def test_a_pad_types_and_puts_the_keyboard_away_again(game: Game) -> None:
    app = game({"talk": "greta"})
    pad(app, X, DOWN, RIGHT, A)
    assert box(app).entry.text == "w"
    pad(app, B)
    assert (box(app).keyboard, box(app).entry.text) == (None, "w")
    pad(app, A)
    assert mine(app) == ["w"]


@pytest.mark.slow
def test_the_keyboard_follows_the_language(game: Game) -> None:
    app = game({"talk": "greta"}, {"key": "F4"}, {"key": "F2"}, {"wait": 0.1})
    press_keys(app, "谁")
    assert box(app).entry.text == "谁"


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_is_in_the_window_and_clear_of_the_line(game: Game, language: str) -> None:
    app = game({"resize": [800, 500]}, {"talk": "greta"}, {"key": "F4"}, language=language)
    app.change("text_size", -1)
    for _ in range(len(box(app).keyboard.pages)):  # type: ignore[union-attr]
        frames(app, 2)
        keyboard = box(app).keyboard
        assert keyboard is not None
        assert app.look.window.contains(keyboard.panel)
        assert not keyboard.panel.colliderect(box(app).places.panel)
        assert all(keyboard.panel.contains(rect) and rect.h > 12 for rect, _, _ in keyboard.places)
        press_keys(app, app.say("board.page"))
