"""What judgements come to: scores of systems, pairs of them, and how far judges agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from benchmarks.talk.conversations import Later, Talk
from benchmarks.talk.judged import FLAGS, Judged, Judgement
from benchmarks.talk.sheets import Key

RESAMPLES = 2_000
Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scores:
    """A system's figures by conversation (rows) and reply (columns), each the mean of what its judges gave.

    `score` is 0 to 2, `zero` the share of judges who gave 0; `flags` has a layer for each of `FLAGS`.
    """

    score: Numbers
    zero: Numbers
    flags: Numbers


@dataclass(frozen=True, slots=True)
class Share:
    """A figure with its 95 % interval, from resampled conversations."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Pair:
    """How one system stands against another: in what share of replies, or conversations, it is better, or equal."""

    better: Share
    equal: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two judges of the same replies agree; `kappa` is Cohen's, weighted by the square of the distance."""

    judges: tuple[str, str]
    replies: int
    same: float
    same_zeros: float
    kappa: float


def scores_of(judged: Judged, key: Key, talks: Sequence[Talk]) -> dict[str, Scores]:
    """Return each system's scores, conversations in the order of `talks`; all of them are in the key."""
    rows: dict[str, list[list[list[float]]]] = defaultdict(list)
    for talk in talks:
        for letter, systems in key[talk.id].items():
            figures = [_figures(reply) for reply in zip(*judged[talk.id, letter].values(), strict=True)]
            for system in systems:
                rows[system].append(figures)
    return {
        system: Scores(found[:, :, 0], found[:, :, 1], found[:, :, 2:])
        for system, found in ((system, np.array(figures)) for system, figures in sorted(rows.items()))
    }


def _figures(reply: Sequence[Judgement]) -> list[float]:
    """Return the mean score of a reply, how many gave it 0, and each flag's share."""
    marks = [[one.score, one.score == 0, *(flag in one.flags for flag in FLAGS)] for one in reply]
    return [float(figure) for figure in np.mean(np.array(marks, dtype=float), axis=0)]


def resampled(values: Numbers) -> Share:
    """Return the mean of some values with its interval.

    Whole conversations are resampled, since replies of one hang together.
    """
    by_talk = values.mean(axis=1)
    drawn = np.random.default_rng(0).integers(len(by_talk), size=(RESAMPLES, len(by_talk)))
    low, high = np.quantile(by_talk[drawn].mean(axis=1), (0.025, 0.975))
    return Share(float(by_talk.mean()), float(low), float(high))


def pair(one: Scores, other: Scores, *, whole: bool = False) -> Pair:
    """Return how one system stands against another by replies, or by the sums of whole conversations."""
    ahead = one.score - other.score
    if whole:
        ahead = ahead.sum(axis=1, keepdims=True)
    return Pair(resampled((ahead > 0).astype(float)), float((ahead == 0).mean()))


def groups(talks: Sequence[Talk], acts: Mapping[str, Sequence[str]]) -> dict[str, dict[str, Mask]]:
    """Return the replies of each world, language, side of a save, and act that a line was heard as."""
    shape = (len(talks), len(talks[0].says))
    found: dict[str, dict[str, Mask]] = {}

    def put(kind: str, name: str, row: int, column: int) -> None:
        found.setdefault(kind, {}).setdefault(name, np.zeros(shape, dtype=bool))[row, column] = True

    for row, talk in enumerate(talks):
        back = False
        column = 0
        for line in talk.lines:
            if isinstance(line, Later):
                back = True
                continue
            put("world", talk.world, row, column)
            put("language", talk.language, row, column)
            put("session", "after a save" if back else "first", row, column)
            if talk.id in acts:
                put("heard as", acts[talk.id][column], row, column)
            column += 1
    return found


def agreements(judged: Judged) -> list[Agreement]:
    """Return how far each two judges who had replies in common agree."""
    common: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for by_judge in judged.values():
        for one, other in combinations(sorted(by_judge), 2):
            scores = ((a.score, b.score) for a, b in zip(by_judge[one], by_judge[other], strict=True))
            common[one, other] += scores
    return [_agreement(judges, scores) for judges, scores in sorted(common.items())]


def _agreement(judges: tuple[str, str], scores: Sequence[tuple[int, int]]) -> Agreement:
    one, other = np.array(scores).T
    by_chance = float(((one[:, None] - other[None, :]) ** 2).mean())
    kappa = 1 - float(((one - other) ** 2).mean()) / by_chance if by_chance else 1.0
    return Agreement(judges, len(scores), _share(one == other), _share((one == 0) == (other == 0)), kappa)


def _share(of: Mask) -> float:
    return float(of.mean())
