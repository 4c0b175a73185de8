"""Whether a line sounds like its speaker: a classifier of manners, learned from hand-written lines.

Method: multinomial naive Bayes over letter groups (1 to 4) and words, with add-one smoothing. What the plan and the
player's words give away is taken out of every line first, so that only the manner is left to go by.
Source of the formula: Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), chapter 13.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from npc_engine.text import stem, words


class Classifier:
    """Tells manners apart by how they speak."""

    def __init__(self, lines: Mapping[str, Iterable[str]]) -> None:
        """Learn from lines by manner, each with its plan's words taken out (`bare`)."""
        self._counts = {manner: Counter(f for line in some for f in features(line)) for manner, some in lines.items()}
        self._totals = {manner: sum(counts.values()) for manner, counts in self._counts.items()}
        self._features = len(set().union(*self._counts.values()))

    def likelihood(self, manner: str, line: str) -> float:
        """Give the logarithm of how likely a line is for a manner, but for a constant."""
        counts, total = self._counts[manner], self._totals[manner]
        return sum(math.log((counts[f] + 1) / (total + self._features)) for f in features(line))

    def prefers(self, one: str, other: str, line: str) -> bool | None:
        """Tell whether a line sounds more like one manner than another; None when it sounds like neither."""
        difference = self.likelihood(one, line) - self.likelihood(other, line)
        return None if difference == 0 else difference > 0


def features(line: str) -> Iterator[str]:
    """Give what a line is told by: its words, and groups of letters within them."""
    for word in line.split():
        yield f"word {word}"
    padded = f" {line} "
    for size in (2, 3, 4):
        yield from (padded[at : at + size] for at in range(len(padded) - size + 1))


def bare(line: str, given: str) -> str:
    """Give a line with every word taken out that the plan or the player said."""
    known = {stem(word) for word in words(given)}
    return " ".join("_" if stem(word) in known else word for word in words(line))
