"""Kills, full disks, deleted and exchanged slots, second games and closed engines, in any order: nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("mishaps.py")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="plays in processes it forked")
@pytest.mark.parametrize(
    "runs", [pytest.param(7, marks=pytest.mark.slow), pytest.param(300, marks=[pytest.mark.slow, pytest.mark.long])]
)
def test_what_is_said_to_be_safe_is_there_whatever_happens(runs: int, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(SCRIPT), str(tmp_path), str(runs), "1"],
        capture_output=True,
        text=True,
        timeout=60 + 10 * runs,
    )
    assert (done.returncode, done.stderr) == (0, "")
    count = json.loads(done.stdout)
    print(f"{runs} games, {count}: 0 turns lost")
    assert count["turns"] > 10 * runs
    assert len(count) == 9, "every mishap, turns, and games that were killed"
