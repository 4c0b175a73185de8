"""How well lines are heard: the acts of each as a set, how far a confidence may be believed, how long it took."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from npc_engine.dialogue.understand.learned import Stretch
from npc_engine.training.ear.labelled_lines import Labelled

CATCH_ALL = frozenset({"remark", "acknowledge", "gibberish"})
"""Acts that nothing much can be answered to: a line that was none of them and is taken for one of them was missed."""
DOUBTFUL = 0.3
"""A line whose surest act is below this counts as missed too."""
_BINS = 10


@dataclass
class Score:
    """What became of lines. Rates run from 0 to 1, times are in milliseconds."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    heard: list[tuple[float, bool]] = field(default_factory=list)
    topics: list[bool] = field(default_factory=list)
    parted: list[bool] = field(default_factory=list)
    caught: list[bool] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def micro(self) -> float:
        """F1 over all acts of all lines."""
        right = self.right.total()
        return 2 * right / max(1, 2 * right + self.wrong.total() + self.missed.total())

    def f1(self, kind: str) -> float:
        """Return the F1 of one act."""
        right = self.right[kind]
        return 2 * right / max(1, 2 * right + self.wrong[kind] + self.missed[kind])

    @property
    def macro(self) -> float:
        """The mean F1 of the acts that occur in the lines."""
        kinds = set(self.right) | set(self.missed)
        return sum(map(self.f1, kinds)) / max(1, len(kinds))

    @property
    def calibration_error(self) -> float:
        """How far confidence and the share that is right lie apart, over ten bands of confidence (ECE)."""
        bands: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
        for confidence, right in self.heard:
            bands[min(_BINS - 1, int(confidence * _BINS))].append((confidence, right))
        gaps = (abs(sum(c for c, _ in band) - sum(r for _, r in band)) for band in bands)
        return sum(gaps) / max(1, len(self.heard))

    def time(self, share: float) -> float:
        """Return the time that a share of the lines took at most: 0.5 is the median."""
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * share))]

    def __str__(self) -> str:
        return (
            f"micro F1 {self.micro:.3f}, macro F1 {self.macro:.3f}, calibration error {self.calibration_error:.3f}, "
            f"topics {mean(self.topics):.3f}, stretches counted right {mean(self.parted):.3f}, "
            f"catch-all {mean(self.caught):.3f}, {self.time(0.5):.2f} ms median, {self.time(0.95):.2f} ms p95"
        )


def mean(these: Sequence[bool]) -> float:
    """Return the share that is true; 0 for none."""
    return sum(these) / max(1, len(these))


def scored(hear: Callable[[str], Sequence[Stretch]], lines: Sequence[Labelled]) -> Score:
    """Return how well lines are heard."""
    score = Score()
    for line in lines:
        began = time.perf_counter()
        found = hear(line.text)
        score.times.append((time.perf_counter() - began) * 1000)
        got, gold = {one.kind for one in found}, line.kinds
        score.right.update(got & gold)
        score.wrong.update(got - gold)
        score.missed.update(gold - got)
        score.confused.update((meant, taken) for meant in gold - got for taken in got - gold)
        score.heard += [(one.confidence, one.kind in gold) for one in found]
        score.parted.append(len(found) == len(line.labels))
        surest = max(found, key=lambda one: one.confidence)
        score.caught.append(surest.confidence < DOUBTFUL or (surest.kind in CATCH_ALL and surest.kind not in gold))
        labels = {label for marks in line.labels for label in marks}
        score.topics += [f"{one.kind}/{one.topic}" in labels for one in found if one.topic and one.kind in gold]
    return score
