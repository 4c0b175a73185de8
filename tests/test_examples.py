"""What lies in examples/ is played, each as its reader would play it."""

from __future__ import annotations

import io
import runpy
import shutil
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from playing import Screen, Script, play

from npc_engine.cli.main import run
from npc_engine.lang import rescan

EXAMPLES = Path(__file__).parents[1] / "examples"
GERMAN = Path(__file__).parent / "german"
"""The metadata of the language's package, as an installer would leave it."""
WORLDS = sorted(path.parent for path in EXAMPLES.rglob("world.yaml"))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The examples in a folder that may be written to."""
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    return tmp_path / "examples"


@pytest.mark.slow
def test_the_first_game_is_walked_talked_and_bought_in(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setenv("NPC_MODELS", str(copied / "none"))  # where no model is, code words the lines at once

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
        yield from screen.wait("> _    honey cake")
        yield from screen.press(pygame.K_ESCAPE)
        yield from screen.press(pygame.K_ESCAPE)

    play(copied / "first_game" / "game.py", screen, visit(), monkeypatch)
    assert (copied / "first_game" / "saltmere.npc").exists()


# -- in a terminal ---------------------------------------------------------------------------------

Told = Callable[..., list[str]]
"""What runs an example with what somebody types, and returns the lines that it prints."""


@pytest.fixture
def told(copied: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    def played(example: str, *typed: str) -> list[str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(typed)))
        runpy.run_path(str(copied / example), run_name="__main__")
        return [line.removeprefix("> ") for line in capsys.readouterr().out.splitlines()]

    return played


def test_the_text_adventure_comes_to_its_end(told: Told) -> None:
    with pytest.raises(SystemExit):
        told(
            "text_adventure/adventure.py",
            *("Can I have the oil?", "go tower", "What is wrong with the lamp?", "wait", "go landing"),
            *("Give me the oil, please.", "why", "journal", "go up", "I brought you the oil."),
        )


def test_who_does_not_know_what_the_oil_is_for_does_not_get_it(told: Told) -> None:
    lines = told("text_adventure/adventure.py", "Corm, can I have the oil?", "go to the tower", "Light the lamp!")
    assert any("Ask the keeper what she's short of" in line for line in lines)
    assert any("not a spoonful of oil" in line for line in lines)
    assert not any(line.startswith("*") for line in lines)


def test_the_shop_sells_haggles_and_buys_within_the_purse(told: Told) -> None:
    lines = told(
        "shop/shop.py",
        *(
            "I'd like to buy the bottled storm.",
            "Yes.",
            "How about 25 for the compass?",
            "Would you take 2 for the mirror?",
        ),
        *("I'll take the compass.", "Yes, please.", "I want to sell my watch.", "leave"),
    )
    assert "Odile: That is 80 coins, and you have 50." in lines  # before she says that she sells it
    assert [line.removeprefix("* ") for line in lines if line.startswith("*")] == [
        "“25, then,” says Odile.",
        "“Not for 2,” says Odile.",
        "Odile wraps the brass compass in newspaper and hands it to the customer. You have 25 coins.",
        "Odile looks the pocket watch over, and counts out the money to the customer. You have 35 coins.",
    ]


def test_three_are_asked_at_once(told: Told) -> None:
    assert [line.split(":")[0] for line in told("async_talk.py")] == ["Hanne", "Corin", "Bess"]


def test_a_model_of_ones_own_speaks(told: Told) -> None:
    lines = told("own_model.py")
    assert len([line for line in lines if line.startswith("Aye. ") and line.endswith("[sailor]")]) == 2


def test_an_understander_of_ones_own_hears_gestures_and_leaves_words_to_the_engine(told: Told) -> None:
    lines = told("own_understander.py")
    acts = [line.rsplit("[", 1)[1] for line in lines if line.startswith("Corin: ")]
    assert acts == ["greet]", "ask_npc]", "thank]", "threaten]", "part]"]
    assert lines[-1] > "Corin's fear of you: 0.1"


def test_a_language_of_ones_own_is_spoken(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (EXAMPLES / "own_language", GERMAN):
        monkeypatch.syspath_prepend(str(folder))
    rescan()
    try:
        lines = told("own_language/talk.py")
    finally:
        monkeypatch.undo()
        rescan()
    assert "Greta: Tomas schuldet mir zwölf Silberlinge." in lines
    assert "Greta: Nein. Die Brücke ist kaputt." in lines


# -- their worlds ----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_their_worlds_have_no_mistakes_and_their_talks_go_as_written(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (EXAMPLES / "own_language", GERMAN):
        monkeypatch.syspath_prepend(str(folder))
    rescan()
    try:
        assert run(["check", str(world)]) == 0
        assert not (world / "tests").exists() or run(["test", str(world)]) == 0
    finally:
        monkeypatch.undo()
        rescan()
