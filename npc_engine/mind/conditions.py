"""Whether what an author asked for holds: feelings, the state of the world, what the speaker knows, who listens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from npc_engine.mind.views import Views
from npc_engine.world.definitions import Conditions


def met(
    any_of: Iterable[Conditions],
    views: Views,
    *,
    now: datetime,
    npc: str | None = None,
    speaker: str | None = None,
    alone: bool = True,
) -> bool:
    """Tell whether any of the sets of conditions holds, all of it; no sets at all always hold."""
    sets = list(any_of)
    return not sets or any(_all_met(one, views, now, npc, speaker, alone) for one in sets)


def _all_met(one: Conditions, views: Views, now: datetime, npc: str | None, speaker: str | None, alone: bool) -> bool:
    if npc is not None and speaker is not None:
        felt = views.mind(npc).feelings.toward(speaker)
        for least, aspect in (
            (one.trust, felt.trust),
            (one.affinity, felt.affinity),
            (one.familiarity, felt.familiarity),
        ):
            if least is not None and aspect < least - 1e-9:
                return False
    if one.alone and not alone:
        return False
    if not all(views.world.holds(fact, at=now) for fact in one.world):
        return False
    if any(views.world.holds(fact, at=now) for fact in one.not_world):
        return False
    if one.speaker_knows:
        if speaker is None:
            return False
        known = views.mind(speaker).beliefs
        return all(known.ask(*fact.split()) for fact in one.speaker_knows)
    return True
