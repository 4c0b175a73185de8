"""`npc check` for editors and builds: as JSON, and again whenever a file is saved."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from npc_engine.cli.main import run
from npc_engine.testing import SMALL_WORLD


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SMALL_WORLD, tmp_path / "world")
    return tmp_path / "world"


def test_json_has_each_mistake_in_its_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(folder), "--json"]) == 0
    fine = json.loads(capsys.readouterr().out)
    assert (fine["mistakes"], fine["personas"]) == ([], 2)
    mira = folder / "personas" / "mira.yaml"
    mira.write_text(mira.read_text("utf-8").replace("pronoun:", "pronuon:"), "utf-8")
    assert run(["check", str(folder), "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    (mistake,) = found["mistakes"]
    assert mistake["file"] == mira.as_posix()
    line = mira.read_text("utf-8").splitlines()[mistake["line"] - 1]
    assert line[mistake["column"] - 1 :].startswith("pronuon")
    assert "did you mean 'pronoun'?" in mistake["message"]
    assert found["personas"] is None


def test_json_lists_what_a_save_speaks_of_that_is_gone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slot = folder.parent / "slot.npc"
    run(["chat", str(folder), "mira", "--model", "none", "--save", str(slot), "--say", "I promise to help Tomas."])
    capsys.readouterr()
    assert run(["check", str(folder), "--json", "--save", str(slot)]) == 0
    assert json.loads(capsys.readouterr().out)["gone"] == []


@pytest.mark.slow
def test_watching_checks_again_when_a_file_is_saved(folder: Path) -> None:
    command = [sys.executable, "-m", "npc_engine.cli", "check", str(folder), "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as watching:
        try:
            assert watching.stdout is not None
            assert "no mistakes" in watching.stdout.readline()
            time.sleep(0.5)
            places = folder / "places.yaml"
            places.write_text(places.read_text("utf-8") + "- id: Inn\n", "utf-8")
            lines = [watching.stdout.readline() for _ in range(2)]
            assert "places.yaml" in lines[0]
        finally:
            watching.terminate()
