"""How sure the rules are is what was counted, and holds on questions that nothing was counted on."""

from __future__ import annotations

import pytest

from benchmarks import calibration


@pytest.mark.long
def test_certainty_is_how_often_the_rules_are_right_on_questions_they_were_not_counted_on() -> None:
    read = list(calibration.read_questions("test"))
    assert len(read) > 1000
    assert calibration.off_by(read) < 0.02
