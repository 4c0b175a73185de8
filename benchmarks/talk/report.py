"""The tables that scores are printed as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

from benchmarks.talk.judged import FLAGS
from benchmarks.talk.scoring import Agreement, Mask, Scores, Share, pair, resampled

_WIDE = 22
FEWEST = 5
"""Replies that a group has at least to be printed."""


def print_systems(scores: Mapping[str, Scores]) -> None:
    """Print each system's mean, share of zeros, and flags for each hundred replies."""
    flags = "".join(f"{name:>10}" for name in FLAGS.values())
    print(f"\n{'':<{_WIDE}}{'replies':>8}{'mean of 2 (95 %)':>22}{'scored 0':>10}   in 100:{flags}")
    for name, one in scores.items():
        figures = "".join(f"{100 * one.flags[:, :, at].mean():10.1f}" for at in range(len(FLAGS)))
        mean, replies = _interval(resampled(one.score), 2), one.score.size
        print(f"{name:<{_WIDE}}{replies:>8}{mean:>22}{100 * one.zero.mean():9.1f}%{'':>10}{figures}")


def print_pairs(scores: Mapping[str, Scores]) -> None:
    """Print how each system stands against each other, by replies and by whole conversations."""
    print(f"\n{'better than':<{2 * _WIDE}}{'by reply, % (95 %)':>24}{'equal':>8}{'by talk, % (95 %)':>24}{'equal':>8}")
    for one, other in permutations(scores, 2):
        row = f"{one:<{_WIDE}}{other:<{_WIDE}}"
        for whole in (False, True):
            found = pair(scores[one], scores[other], whole=whole)
            row += f"{_interval(found.better, 1, 100):>24}{100 * found.equal:8.1f}"
        print(row)


def print_groups(scores: Mapping[str, Scores], groups: Mapping[str, Mapping[str, Mask]]) -> None:
    """Print each system's mean and share of zeros in each group of replies, the largest groups first."""
    for kind, members in groups.items():
        print(f"\n{kind:<{_WIDE}}{'replies':>8}" + "".join(f"{name:>{_WIDE}.{_WIDE - 1}}" for name in scores))
        for name, where in sorted(members.items(), key=lambda member: (-member[1].sum(), member[0])):
            if where.sum() < FEWEST:
                continue
            cells = (
                f"{one.score[where].mean():.2f} ({100 * one.zero[where].mean():.0f}% 0)" for one in scores.values()
            )
            print(f"{name:<{_WIDE}}{where.sum():>8}" + "".join(f"{cell:>{_WIDE}}" for cell in cells))


def print_agreements(agreements: Sequence[Agreement]) -> None:
    """Print how far judges of the same replies agree."""
    if not agreements:
        print("\nNo replies were judged by two.")
        return
    print(f"\n{'judges':<{2 * _WIDE}}{'replies':>8}{'same score':>12}{'same on 0':>12}{'kappa':>8}")
    for one in agreements:
        judges = f"{one.judges[0]:<{_WIDE}}{one.judges[1]:<{_WIDE}}"
        print(f"{judges}{one.replies:>8}{100 * one.same:11.1f}%{100 * one.same_zeros:11.1f}%{one.kappa:8.2f}")


def _interval(share: Share, digits: int, scale: float = 1.0) -> str:
    value, low, high = (f"{scale * figure:.{digits}f}" for figure in (share.value, share.low, share.high))
    return f"{value} ({low}–{high})"
