"""A game of ten lines, bundled with PyInstaller as its developer would do it, and run from its own folder alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from npc_engine.testing import SMALL_WORLD

pytestmark = [pytest.mark.slow, pytest.mark.long]

GAME = """
import json, sys
from pathlib import Path
from npc_engine import Engine

here = Path(sys.executable).parent
settings = {"folder": here / "models"} if sys.argv[1] == "embedded" else {}
with Engine.load(here / "world", model=sys.argv[1], model_settings=settings, save=here / "slot.npc") as engine:
    voice, mira = engine.wait_for_voice(60), engine.talk_to("mira", speaker="player")
    lines = [mira.say(said).line() for said in ("Where are you?", "托马斯是谁？")]
    print(json.dumps([voice.state, voice.message, [[line.text, line.model] for line in lines]]))
"""
NOT_A_GAMES = ("hypothesis", "mypy", "pytest", "pygame")
"""What lies about in the environment of the tests, and in a game's would not."""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a developer gives away: the program, what it needs, and the world's YAML beside it."""
    pytest.importorskip("PyInstaller", reason="PyInstaller is not installed")
    folder = tmp_path_factory.mktemp("bundling")
    (folder / "game.py").write_text(GAME, encoding="utf-8")
    command = [sys.executable, "-m", "PyInstaller", "--onedir", "--log-level", "ERROR"]
    command += [f"--exclude-module={name}" for name in NOT_A_GAMES]
    done = subprocess.run([*command, "game.py"], cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    shutil.copytree(SMALL_WORLD, folder / "dist" / "game" / "world")
    return folder / "dist" / "game"


def played(bundle: Path, model: str) -> Any:
    """Return what the game prints, for somebody who has neither Python nor models of their own."""
    env = {**os.environ, **dict.fromkeys(("HOME", "LOCALAPPDATA", "XDG_DATA_HOME"), str(bundle / "home"))}
    env.pop("NPC_MODELS", None)
    done = subprocess.run([bundle / "game", model], cwd=bundle, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_bundled_game_plays_without_a_model(bundle: Path) -> None:
    state, message, lines = played(bundle, "none")
    assert (state, message) == ("none", "")
    assert "inn" in lines[0][0]
    assert "铁匠" in lines[1][0]
    assert {model for _, model in lines} == {"none"}


@pytest.mark.model
def test_a_bundled_game_speaks_through_the_model_beside_it(bundle: Path, embedded_model_path: Path) -> None:
    (bundle / "models").mkdir()
    shutil.copy(embedded_model_path, bundle / "models")
    state, message, lines = played(bundle, "embedded")
    assert (state, message) == ("ready", "")
    assert lines[0][1].startswith("SmolLM2-135M")
    assert "inn" in lines[0][0].casefold()
    assert any(bundle.rglob("voices/smollm2-135m.gguf"))
