"""The package as it is installed: what importing it costs, and what its front door offers."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from importlib.metadata import distribution
from importlib.resources import files

import pytest

import npc_engine

HEAVY = ("networkx", "openai", "pydantic", "pygame", "rich", "sqlite3", "typer", "xllamacpp", "yaml")
MILLISECONDS = 150


def alone(code: str) -> str:
    """Return what a Python of its own prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip()


def test_importing_loads_nothing_that_is_not_used() -> None:
    assert alone(f"import sys, npc_engine; print([name for name in {HEAVY} if name in sys.modules])") == "[]"


@pytest.mark.slow
def test_an_engine_without_a_model_loads_no_model() -> None:
    code = (
        "import sys; from npc_engine import Engine; from npc_engine.testing import SMALL_WORLD\n"
        "with Engine.load(SMALL_WORLD, model='none') as engine: engine.talk_to('mira').say('Hello').line()\n"
        "print([name for name in ('openai', 'xllamacpp', 'pygame', 'typer') if name in sys.modules])"
    )
    assert alone(code) == "[]"


def test_importing_takes_no_time() -> None:
    code = "import time; began = time.perf_counter(); import npc_engine; print((time.perf_counter() - began) * 1000)"
    assert min(float(alone(code)) for _ in range(5)) < MILLISECONDS


def test_the_front_door_is_short_sorted_and_whole() -> None:
    assert list(npc_engine.__all__) == sorted(npc_engine._HOMES)
    assert len(npc_engine.__all__) <= 68


@pytest.mark.parametrize("name", npc_engine.__all__)
def test_every_name_is_what_its_home_calls_it(name: str) -> None:
    home = import_module(f"npc_engine.{npc_engine._HOMES[name]}")
    assert getattr(npc_engine, name) is getattr(home, name)
    assert name in dir(npc_engine)


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = npc_engine.nothing


def test_versions_agree() -> None:
    assert distribution("npc-engine").version == npc_engine.__version__


def test_the_command_is_installed() -> None:
    commands = {
        entry.name: entry.value for entry in distribution("npc-engine").entry_points.select(group="console_scripts")
    }
    assert commands["npc"] == "npc_engine.cli.main:run"


def test_strings_of_the_command_line_agree_in_every_language() -> None:
    import string

    import yaml

    texts = yaml.safe_load((files("npc_engine.cli") / "strings.yaml").read_text(encoding="utf-8"))
    english, chinese = texts["en"], texts["zh"]
    assert english.keys() == chinese.keys()
    for key in english:
        slots = [{slot for _, slot, _, _ in string.Formatter().parse(each[key]) if slot} for each in (english, chinese)]
        assert slots[0] == slots[1], key
