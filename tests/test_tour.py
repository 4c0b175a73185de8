"""The recorded tour of the worlds goes as it went, word for word. `python -m tests.tour` records it again."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from tour.playing import RECORDED, SCRIPTS, dump, played, read

LONG = dict.fromkeys(("old_slot", "reedwater_en", "reedwater_zh"), pytest.mark.slow)
"""Those of the village, which has many lines to say."""


@pytest.mark.parametrize(
    "script",
    [one if one.stem.startswith("ford") else pytest.param(one, marks=pytest.mark.slow) for one in SCRIPTS],
    ids=lambda script: script.stem,
)
def test_a_tour_goes_as_it_went(script: Path) -> None:
    then, now = read(RECORDED / script.name), played(script)
    assert len(then) == len(now), f"{script.name} has other steps than its record: python -m tests.tour {script.stem}"
    differing = [n for n, (before, after) in enumerate(zip(then, now, strict=True)) if before != after]
    if differing:
        pytest.fail(report(script, [(n + 1, then[n], now[n]) for n in differing]), pytrace=False)


def report(script: Path, differing: list[tuple[int, Any, Any]]) -> str:
    """Return the steps that went otherwise, each with a diff of what came of it."""
    told = [f"{len(differing)} steps of {script.name} went otherwise (if they should: python -m tests.tour)"]
    for number, then, now in differing:
        lines = unified_diff(dump(then).splitlines(), dump(now).splitlines(), "recorded", "now", n=99, lineterm="")
        told += ["", f"step {number}", *list(lines)[3:]]
    return "\n".join(told)
