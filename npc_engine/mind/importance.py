"""How much a memory matters to its owner: by what happened, to whom, how it felt, and how often it came to mind.

No model is asked. The weights were set by hand, so that what a person would tell a year later outweighs small talk.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, timedelta

from npc_engine.chronicle import Event
from npc_engine.mind.counters import Counters
from npc_engine.mind.feelings import Feeling
from npc_engine.mind.reflection import KIND
from npc_engine.payloads import Addressed, Recorded, Reflected

SPOKEN, OWN_WORDS, HAPPENED, CLAIMED, CHANGED, SHOWN, CONCLUDED, SUMMED_UP = 0.1, 0.05, 0.2, 0.15, 0.25, 0.2, 0.5, 0.2
"""What happened: something was said, by others or oneself; happened; was claimed; changed; was shown; concluded."""
ABOUT_ME, TO_ME = 0.15, 0.05
"""To whom: it is about the owner, or was said to them."""
ABOUT_DEAR = 0.15
"""To whom: it is about somebody the owner feels most strongly for; less for weaker feelings."""
FELT, MOST_FELT = 0.8, 0.4
"""How it felt: for all that feelings moved with it, and at most."""
RECALLED, MOST_RECALLED = 0.1, 0.3
"""How often it came to mind: for each doubling, and at most."""
FRESH, FRESHNESS = 0.1, timedelta(days=3)
"""What is recent matters more; half of that is gone after so long."""


def importance(event: Event, owner: str, toward: Callable[[str], Feeling], counters: Counters, now: datetime) -> float:
    """Return how much the memory of an event matters to someone at a game time, from 0 to 1.

    What somebody said of it by `Engine.weigh` takes the place of what happened and to whom and how it felt.
    """
    weight = counters.weighed.get(event.id)
    if weight is None:
        weight = _happened(event, owner) + _whom(event, owner, toward) + _felt(event, owner)
    weight += min(MOST_RECALLED, RECALLED * math.log2(1 + counters.recalled.get(event.id, 0)))
    weight += FRESH * float(0.5 ** (max(timedelta(0), now - event.at) / FRESHNESS))
    return round(min(1.0, weight), 4)


def _happened(event: Event, owner: str) -> float:
    if event.kind == KIND:
        return SUMMED_UP if Reflected.read(event).summary else CONCLUDED
    weight = (OWN_WORDS if event.actor == owner else SPOKEN) if event.actor else HAPPENED
    weight += CLAIMED if event.claims else 0.0
    weight += CHANGED if event.changes else 0.0
    return weight + (SHOWN if Recorded.read(event).shown else 0.0)


def _whom(event: Event, owner: str, toward: Callable[[str], Feeling]) -> float:
    parts = {part for change in (*event.changes, *event.claims) for part in (change.subject, change.object)}
    others = (parts | ({event.actor} if event.actor else set())) - {owner}
    felt = [toward(other) for other in sorted(others)]
    dear = max((max(abs(one.affinity), abs(one.trust), one.fear) for one in felt), default=0.0)
    return (
        (ABOUT_ME if owner in parts else 0.0)
        + (TO_ME if Addressed.read(event).to == owner else 0.0)
        + ABOUT_DEAR * dear
    )


def _felt(event: Event, owner: str) -> float:
    return min(MOST_FELT, FELT * sum(abs(change.amount) for change in event.feelings if change.who == owner))
