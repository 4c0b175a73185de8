"""The village in the terminal, where there is no display, played through piped input."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from demo_game.saves import Saves
from demo_game.strings import Strings
from demo_game.terminal import Terminal, places_on_map
from npc_engine import Engine

ROOT = Path(__file__).resolve().parent.parent


def played(tmp_path: Path, *lines: str, language: str = "en") -> str:
    """Return what the terminal shows after these lines were typed."""
    saves = Saves(tmp_path)
    out = io.StringIO()
    engine = Engine.load(ROOT / "world", save=saves.current, model="none", language=language)  # type: ignore[arg-type]
    source = io.StringIO("".join(f"{line}\n" for line in lines))
    console = Console(file=out, width=100, highlight=False)
    assert Terminal(engine, saves, Strings(language), source=source, console=console).run() == 0
    return out.getvalue()


def test_a_conversation_through_a_pipe(tmp_path: Path) -> None:
    shown = played(tmp_path, "look", "go smithy", "talk greta", "Is the bridge safe?", "why", "journal", "quit")
    assert "Greta: " in shown
    assert "destroyed" in shown
    assert "Greta said this on" in shown
    assert "What you were told" in shown


def test_the_same_in_chinese(tmp_path: Path) -> None:
    shown = played(tmp_path, "看", "去铁匠铺", "找格蕾塔", "桥还能走吗？", "手记", "退出", language="zh")
    assert "格蕾塔：" in shown
    assert "别人告诉你的" in shown


def test_what_is_said_is_not_taken_for_a_command(tmp_path: Path) -> None:
    shown = played(tmp_path, "go smithy", "talk greta", "go home and rest, will you", "look at me")
    assert shown.count("Greta: ") == 2


def test_names_that_nobody_bears_are_answered_with_those_there_are(tmp_path: Path) -> None:
    shown = played(tmp_path, "go castle", "talk zorro", "hello there", "load 3", "save 9", "talk tomas")
    assert "You can go to: " in shown
    assert "Nobody is called that" in shown
    assert "You are not talking to anyone" in shown
    assert "Slot 3 is empty" in shown
    assert "Slots are 1, 2 and 3" in shown
    assert "Tomas is at" in shown


def test_who_follows_comes_along(tmp_path: Path) -> None:
    shown = played(tmp_path, "talk pip", "come with me", "leave", "go bridge", "talk pip", "Hello again!")
    assert "* Pip" in shown
    assert shown.count("Pip: ") >= 2, "he answers in either place, and may speak first"


def test_saving_and_loading(tmp_path: Path) -> None:
    shown = played(tmp_path, "save 1", "go smithy", "load 1", "look")
    assert shown.rstrip().endswith("Until next time.")
    assert shown.count("The square") >= 3


def test_every_place_of_the_map_is_in_the_world(tmp_path: Path) -> None:
    engine = Engine.load(ROOT / "world", model="none")
    with engine:
        assert set(places_on_map()) <= set(engine.entities)


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_without_a_display_the_terminal_opens_and_says_so(tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")}
    env |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "demo_game", "--model", "none", "--saves", str(tmp_path), "--language", "en"]
    run = subprocess.run(command, input="look\nquit\n", capture_output=True, text=True, env=env, cwd=ROOT, timeout=60)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("There is no display here")
    assert "Traceback" not in run.stdout + run.stderr
