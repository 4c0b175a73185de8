"""Swaps: words of a kind that may stand for one another, so that a voice learns to copy whatever word it is given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from npc_engine.packaged import read_yaml
from npc_engine.text import fold, stem, words
from npc_engine.training.lines import TrainingLine
from npc_engine.training.settings import SLOT

_OFTEN = 0.5
"""How often a word that may be swapped is: its own place is where its line reads best."""


class Swaps:
    """Words in classes; one may be put for another of its class wherever a line has it in exactly one form."""

    def __init__(self, classes: Sequence[Sequence[str]] = ()) -> None:
        self._classes = {word: tuple(some) for some in classes for word in some}

    def swapped(self, line: TrainingLine, chance: Random) -> TrainingLine:
        """Return a line with some of its words swapped, in what is asked, in the plan and in every reply alike."""
        texts = (line.say, *line.said, *line.replies)
        spoken = [set(words(SLOT.sub(" ", text))) for text in texts]
        every = set().union(*spoken)
        stems = [stem(word) for word in every]
        for word in sorted(spoken[0] & self._classes.keys()):
            everywhere = all(word in found for found in spoken[len(line.said) + 1 :])
            # 'Sells' can't become 'hides' where a reply goes on to talk of selling.
            if not everywhere or stems.count(stem(word)) > 1 or chance.random() >= _OFTEN:
                continue
            others = [o for o in self._classes[word] if o not in every and _vowel(o) == _vowel(word)]
            if others:
                line = _with(line, word, chance.choice(others))
        return line


def load_swaps(path: Path) -> Swaps:
    """Read classes of words, a list of lists; a missing file has none."""
    return Swaps(read_yaml(path)) if path.exists() else Swaps()


def _with(line: TrainingLine, word: str, other: str) -> TrainingLine:
    whole = re.compile(rf"(?<![\w{{.]){word}(?![\w}}])", re.IGNORECASE)

    def put(text: str) -> str:
        return whole.sub(lambda found: other.capitalize() if found.group()[0].isupper() else other, text)

    return replace(line, say=put(line.say), said=tuple(map(put, line.said)), replies=tuple(map(put, line.replies)))


def _vowel(word: str) -> bool:
    """Return whether 'an' stands before a word."""
    return fold(word)[0] in "aeiou"
