"""Teaching what finds an author's texts (`understand/finding.py`): lines of talks, and the texts that people chose.

A line is `folder of the world<TAB>persona<TAB>good keys<TAB>fair keys<TAB>what was typed`, keys parted by ` | `: the
texts under good keys were found to be good answers, those under fair ones passable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Self

import numpy as np

from npc_engine.content.loading import Content, load_content
from npc_engine.dialogue.understand.finding import Finder, Tuning, likelihoods
from npc_engine.dialogue.understand.learned import ear
from npc_engine.text import Language

if TYPE_CHECKING:
    from npc_engine.dialogue.understand.network import Array

STEPS, RATE, SHRUNK, AT_ONCE, SEED = 4000, 5e-3, 0.02, 16, 0
FOLDS = 4
"""Rounds in which it is tried on persons that it was not taught."""
SAID = 9000
"""Lines from which it is told what the ear makes of lines, at most."""
FAIR = 0.5
"""How much a line counts to which only passable texts were found: for those as much as for none of them."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A line typed to somebody, and the keys of their texts that would be good answers to it, or passable ones."""

    world: str
    npc: str
    good: frozenset[str]
    fair: frozenset[str]
    text: str

    @classmethod
    def of(cls, parts: Sequence[str]) -> Self:
        """Return a line by its five parts in a file, where ` | ` parts keys."""
        world, npc, *keys, text = parts
        good, fair = (frozenset(filter(None, several.split(" | "))) for several in keys)
        return cls(world, npc, good, fair, text)

    @property
    def person(self) -> tuple[str, str]:
        """Whom it was typed to."""
        return self.world, self.npc


@dataclass(frozen=True, slots=True)
class Example:
    """A line as it is learned from: the marks of each text, and which of them are good, and which passable."""

    chosen: Chosen
    marks: Array
    good: Sequence[int]
    fair: Sequence[int]


def read_chosen(path: Path) -> list[Chosen]:
    """Return the lines of a file.

    Raises:
        ValueError: a line has not the five parts it must have.
    """
    found = rows(path, 5, "world, persona, good keys, fair keys and the line")
    return [Chosen.of(parts) for _, parts in found]


def rows(path: Path, count: int, expected: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each line of a file by its number, from 1, with its parts, which tabs part.

    Raises:
        ValueError: a line has not as many parts as are `expected`.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        parts = line.split("\t")
        if len(parts) != count:
            raise ValueError(f"{path}:{number}: expected {expected}")
        yield number, parts


def taught(chosen: Sequence[Chosen], said: Sequence[str], root: Path, language: Language) -> tuple[Tuning, float]:
    """Return what some lines teach, and how often the first text found was good, of persons that were held out.

    `said` are lines of any kind, from which it is told what the ear makes of lines; `root` is what folders of worlds
    are in. The share is of lines for which there is a good text, in `FOLDS` rounds.
    """
    senses, _ = ear(language).impressions(Random(SEED).sample(said, min(SAID, len(said))))
    plain = Tuning(senses.mean(axis=0), senses.std(axis=0) + 1e-6, np.zeros(0, np.float32))
    given = list(examples(chosen, root, language, plain))
    persons = sorted({one.chosen.person for one in given})
    right = []
    for fold in (persons[at::FOLDS] for at in range(FOLDS)):
        weights = fit([one for one in given if one.chosen.person not in fold])
        tried = [one for one in given if one.chosen.person in fold and one.good]
        right += [int(likelihoods(weights, one.marks)[:-1].argmax()) in one.good for one in tried]
    weights = fit(given).astype(np.float32)
    return Tuning(plain.middle, plain.spread, weights), sum(right) / max(1, len(right))


def examples(chosen: Sequence[Chosen], root: Path, language: Language, tuned: Tuning) -> Iterator[Example]:
    """Yield each line with the marks of all texts of whom it was typed to; `root` is what folders of worlds are in."""
    content: Mapping[str, Content] = {name: load_content(root / name) for name in {one.world for one in chosen}}
    heard = ear(language)

    @cache
    def finder(world: str, npc: str) -> Finder:
        return Finder(content[world].personas[npc].wordings, language, tuned)

    for one in chosen:
        found = finder(*one.person)
        stretches = [stretch.span for stretch in heard.hear(one.text)]
        good, fair = ([at for at, key in enumerate(found.keys) if key in keys] for keys in (one.good, one.fair))
        yield Example(one, found.marks(one.text, stretches), good, fair)


def fit(given: Sequence[Example]) -> Array:
    """Return the weights of the marks, and of none of the texts, under which what was chosen is likeliest.

    By Adam (Kingma and Ba, 2015) with weights that shrink, on marks brought to one scale.
    """
    every = np.concatenate([one.marks for one in given])
    middle, spread = every.mean(axis=0), every.std(axis=0) + 1e-6
    scaled = [(one.marks - middle) / spread for one in given]
    random = np.random.default_rng(SEED)
    weights = np.append(np.zeros(every.shape[1]), 3.0)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = np.zeros_like(weights)
        for at in random.integers(len(given), size=AT_ONCE):
            slope += _slope(weights, scaled[at], given[at]) / AT_ONCE
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        rate = RATE * (1 - step / STEPS) + 1e-5
        weights[:-1] *= 1 - rate * SHRUNK
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] + plain @ middle)


def _slope(weights: Array, marks: Array, example: Example) -> Array:
    """Return the slope of the negative log likelihood of what was chosen for a line."""
    likely = likelihoods(weights, marks)
    none = len(likely) - 1
    right = list(example.good) or [*example.fair, none]
    wanted = np.zeros_like(likely)
    wanted[right] = likely[right] / likely[right].sum()
    off = (likely - wanted) * (1.0 if example.good or not example.fair else FAIR)
    return np.append(off[:-1] @ marks, off[-1])
