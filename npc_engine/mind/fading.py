"""Feelings fade toward what the author gave someone to begin with, by game time and temperament."""

from __future__ import annotations

from datetime import datetime

from npc_engine.mind.feelings import Feelings
from npc_engine.persona import Temperament

FADED = "faded"
"""The kind of event by which feelings have faded; its `feelings` say by how much."""
KINDNESS_DAYS = 30.0
"""Game days in which half of what is felt above the baseline fades."""
GRUDGE_DAYS = 5.0
"""Game days in which half of what is felt below the baseline fades, for someone as forgiving as most."""
FEAR_DAYS = 4.0
"""Game days in which half of a fear fades."""
SETTLED = 0.002
"""A difference from the baseline that is no longer felt."""
NOTICED = 0.005
"""What at least one feeling toward someone must have faded by before it is taken note of."""


def half_life(aspect: str, above: bool, temperament: Temperament) -> float:
    """Return in how many game days half of a feeling above or below its baseline fades.

    A grudge lasts twice as long with those who don't forgive at all, and half as long with those who always do.
    """
    if aspect == "fear":
        return FEAR_DAYS
    return KINDNESS_DAYS if above else float(GRUDGE_DAYS * 2 ** (1 - 2 * temperament.forgiving))


def fading(feelings: Feelings, temperament: Temperament, now: datetime) -> list[tuple[str, str, float]]:
    """Return what fades by a game time: toward whom, in which respect, by how much.

    Familiarity stays: whom one knows one goes on knowing. What fades is counted from when a feeling toward someone
    first moved since the last time any of them faded.
    """
    found = []
    for other, since in feelings.unsettled().items():
        days = max(0.0, (now - since).total_seconds() / 86400)
        felt, baseline = feelings.toward(other), feelings.baseline(other)
        moves = []
        for aspect in ("affinity", "trust", "fear"):
            off = getattr(felt, aspect) - getattr(baseline, aspect)
            left = off * 0.5 ** (days / half_life(aspect, off > 0, temperament))
            settles = abs(left) < SETTLED
            if amount := round(-off if settles else left - off, 6):
                moves.append((other, aspect, amount, settles))
        if any(settles or abs(amount) >= NOTICED for _, _, amount, settles in moves):
            found += [(other, aspect, amount) for other, aspect, amount, _ in moves]
    return found
