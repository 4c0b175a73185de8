"""Whether what an author asked for holds: feelings, story, world, what the speaker knows and showed, who is near."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from npc_engine.mind.projections import Projections
from npc_engine.world.definitions import Conditions


def met(
    any_of: Iterable[Conditions],
    projections: Projections,
    *,
    now: datetime,
    npc: str | None = None,
    speaker: str | None = None,
    near: Collection[str] = (),
) -> bool:
    """Return whether any of the sets of conditions holds, all of it; no sets at all always hold.

    `near` are those within earshot beside the NPC and the speaker.
    """
    sets = list(any_of)
    return not sets or any(_all_met(one, projections, now, npc, speaker, near) for one in sets)


def _all_met(
    one: Conditions,
    projections: Projections,
    now: datetime,
    npc: str | None,
    speaker: str | None,
    near: Collection[str],
) -> bool:
    return (
        _felt(one, projections, npc, speaker)
        and not (one.alone and near)
        and not any(other in near for other in one.not_near)
        and all(beat in projections.beats for beat in one.beats)
        and all(projections.world.holds(fact, at=now) for fact in one.world)
        and not any(projections.world.holds(fact, at=now) for fact in one.not_world)
        and _known(one, projections, speaker)
        and _shown(one, projections, npc, speaker)
    )


def _felt(one: Conditions, projections: Projections, npc: str | None, speaker: str | None) -> bool:
    if npc is None or speaker is None:
        return True
    felt = projections.mind(npc).feelings.toward(speaker)
    return all(
        least is None or aspect >= least - 1e-9
        for least, aspect in (
            (one.trust, felt.trust),
            (one.affinity, felt.affinity),
            (one.familiarity, felt.familiarity),
        )
    )


def _known(one: Conditions, projections: Projections, speaker: str | None) -> bool:
    if not one.speaker_knows:
        return True
    if speaker is None:
        return False
    known = projections.mind(speaker).beliefs
    return all(known.ask(*fact.split()) for fact in one.speaker_knows)


def _shown(one: Conditions, projections: Projections, npc: str | None, speaker: str | None) -> bool:
    if not one.shown:
        return True
    seen = projections.mind(npc).shown if npc is not None else frozenset()
    return all((speaker, thing) in seen for thing in one.shown)
