"""How much of a test that is made many times over `make quick` and `make test` run; `make long` runs all of it.

What one run of a test costs is to be mended where it is spent. What is left is the number of runs: `make quick` draws a
tenth of the examples of a property and takes a few of many cases, `make test` draws three tenths and takes all cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings


def examples(number: int) -> int:
    """Return how many examples to try a property on: `number`, or the share of it that the profile leaves."""
    return max(5, number * settings().max_examples // settings.get_profile("default").max_examples)


def sampled(cases: Iterable[Any], quick: int = 4) -> list[Any]:
    """Return the cases of a parametrized test, all slow but for `quick` of them: the first, and from there evenly."""
    cases = list(cases)
    stay = {round(place * len(cases) / quick) for place in range(quick)}
    return [case if number in stay else _slow(case) for number, case in enumerate(cases)]


def _slow(case: Any) -> Any:
    """Return a case of a parametrized test, marked slow beside what marks and id it has."""
    if hasattr(case, "marks"):
        return pytest.param(*case.values, id=case.id, marks=[*case.marks, pytest.mark.slow])
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.slow)
