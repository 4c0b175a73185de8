"""Teaching by what a line asks about the last thing that was said (`understand/asking_back.py`).

A line is `talk<TAB>how<TAB>what the NPC said last<TAB>what was typed`; `how` is `asks` where the line asks about what
was said last, and `else` where it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from npc_engine.dialogue.understand.asking_back import marks
from npc_engine.dialogue.understand.learned import ear
from npc_engine.text import Language
from npc_engine.training.finding import rows

if TYPE_CHECKING:
    from npc_engine.dialogue.understand.network import Array

STEPS, RATE, SHRUNK = 800, 0.5, 0.1
FOLDS = 6
"""Rounds in which it is tried on talks that it was not taught."""
HOW = {"asks": 1.0, "else": 0.0}


@dataclass(frozen=True, slots=True)
class Followed:
    """A line of a talk, what was said before it, and whether it asks about that (1.0) or not (0.0)."""

    talk: str
    asks: float
    last: str
    text: str


def read_followed(path: Path) -> list[Followed]:
    """Return the lines of a file.

    Raises:
        ValueError: a line has not the four parts it must have.
    """
    expected = "talk, asks or else, what was said last and the line"
    found = []
    for number, (talk, how, last, text) in rows(path, 4, expected):
        if how not in HOW:
            raise ValueError(f"{path}:{number}: expected {expected}")
        found.append(Followed(talk, HOW[how], last, text))
    return found


def taught(lines: Sequence[Followed], language: Language) -> tuple[Array, float]:
    """Return the weights that some lines teach, and how well they tell lines of talks that were held out.

    That is how often, of a line that asks back and one that doesn't, the first is taken for likelier (0.5 is chance).
    """
    heard = ear(language)
    told = np.stack([
        marks(one.text, [stretch.span for stretch in heard.hear(one.text)], one.last, language) for one in lines
    ])  # fmt: skip
    asks = np.asarray([one.asks for one in lines])
    talks = sorted({one.talk for one in lines})
    fold = np.asarray([talks.index(one.talk) % FOLDS for one in lines])
    odds = np.zeros(len(lines))
    for number in range(FOLDS):
        weights = fit(told[fold != number], asks[fold != number])
        odds[fold == number] = told[fold == number] @ weights[:-1] + weights[-1]
    return fit(told, asks).astype(np.float32), _told_apart(odds, asks)


def fit(told: Array, asks: Array) -> Array:
    """Return the weights under which the lines are likeliest, the last one of nothing at all.

    By gradient descent on all lines at a time, with weights that shrink, on marks brought to one scale.
    """
    middle, spread = told.mean(axis=0), told.std(axis=0) + 1e-6
    scaled = (told - middle) / spread
    weights, nothing = np.zeros(scaled.shape[1]), 0.0
    for _ in range(STEPS):
        off = 1 / (1 + np.exp(-(scaled @ weights + nothing))) - asks
        weights -= RATE * (scaled.T @ off / len(asks) + SHRUNK * weights)
        nothing -= RATE * off.mean()
    plain = weights / spread
    return np.append(plain, nothing - plain @ middle)


def _told_apart(odds: Array, asks: Array) -> float:
    """Return the area under the curve of how likely lines are taken to ask back."""
    ranks = odds.argsort().argsort() + 1
    ones = asks.sum()
    return float((ranks[asks == 1].sum() - ones * (ones + 1) / 2) / (ones * (len(asks) - ones)))
