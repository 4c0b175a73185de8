"""Whether a line sounds like its speaker: a classifier of manners, learned from hand-written lines.

Method: multinomial naive Bayes over words, marks, pairs and threes of them, and groups of three and four letters, with
Lidstone smoothing. What the plan and the player's words give away is taken out of every line first, so that only the
manner is left to go by.
Source of the formula: Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), chapter 13.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from npc_engine.dialogue.check.asides import blanked
from npc_engine.lang.zh.recitation import MARKS
from npc_engine.text import fold, is_han, stem, words

SMOOTHING = 0.5

_TOKEN = re.compile(r"[\w']+|[.,!?;:…—-]+")
_MARKED = re.compile(f"([{MARKS}])")
_START, _GIVEN, _END = "<", "_", ">"


class Classifier:
    """Tells manners apart by how they speak."""

    def __init__(self, lines: Mapping[str, Iterable[str]]) -> None:
        """Learn from lines by manner, each with its plan's words taken out (`bare`)."""
        self._counts = {speaker: Counter(f for line in some for f in features(line)) for speaker, some in lines.items()}
        self._totals = {speaker: sum(counts.values()) for speaker, counts in self._counts.items()}
        self._features = len(set().union(*self._counts.values()))

    def likelihood(self, speaker: str, line: str) -> float:
        """Return the logarithm of how likely a line is for a manner, but for a constant."""
        counts, total = self._counts[speaker], self._totals[speaker] + SMOOTHING * self._features
        return sum(math.log((counts[feature] + SMOOTHING) / total) for feature in features(line))

    def prefers(self, one: str, other: str, line: str) -> bool | None:
        """Return whether a line sounds more like one manner than another; None when it sounds like neither."""
        difference = self.likelihood(one, line) - self.likelihood(other, line)
        return None if difference == 0 else difference > 0


def features(line: str) -> Iterator[str]:
    """Yield what a line is told by."""
    tokens = line.split()
    yield from (f"1 {token}" for token in tokens)
    yield from (f"2 {one} {two}" for one, two in pairwise(tokens))
    yield from (f"3 {' '.join(tokens[at : at + 3])}" for at in range(len(tokens) - 2))
    for size in (3, 4):
        yield from (line[at : at + size] for at in range(len(line) - size + 1))


def bare(line: str, given: str) -> str:
    """Return a line's words and marks, a blank for whatever of them the plan or the player said."""
    if is_han(line[0]):
        row = [token for part in _MARKED.split(line) for token in (blanked(part, given) if words(part) else [part])]
        return " ".join([_START, *row, _END])
    known = {stem(word) for word in words(given)}
    tokens = [_START]
    for token in _TOKEN.findall(fold(line)):
        token = _GIVEN if stem(token.removesuffix("'s")) in known else token
        if token != _GIVEN or tokens[-1] != _GIVEN:
            tokens.append(token)
    return " ".join([*tokens, _END])
