"""News that an NPC would tell of themself: fresh, of somebody else, and theirs to tell."""

from __future__ import annotations

from datetime import timedelta

from npc_engine.dialogue.scene import Scene
from npc_engine.mind import Belief
from npc_engine.mind.counters import PROMISED
from npc_engine.mind.discretion import as_told
from npc_engine.mind.gossip import LEAST_SURE
from npc_engine.world.wording import OF_THE_MOMENT

FRESH = timedelta(hours=48)
"""Game time for which something learned is news."""
_NO_NEWS = frozenset({"at", PROMISED})


def fresh_news(scene: Scene) -> list[Belief]:
    """Return what the NPC learned lately and may tell the speaker before all who hear it, the latest first.

    Left out is what everyone knows, what the speaker said, saw or is part of, and what they were told already.
    """
    found: list[Belief] = []
    seen: set[str] = set()
    for tiding in reversed(scene.mind.news):
        belief = scene.mind.beliefs.stance(tiding.belief.id)
        if belief is None or belief.id in seen or belief.at is None:
            continue
        seen.add(belief.id)
        statement = belief.statement
        stale = scene.now - belief.at > FRESH or belief.confidence < LEAST_SURE or belief.id in scene.projections.common
        known = scene.speaker in (statement.subject, statement.object, belief.by, *belief.chain, *tiding.known_to)
        if stale or known or statement.predicate in _NO_NEWS | OF_THE_MOMENT:
            continue
        if scene.npc in (statement.subject, statement.object) or scene.speaker in scene.mind.told.get(belief.id, ()):
            continue
        told = as_told(belief, scene.company)
        if isinstance(told, Belief):
            found.append(told)
    return found
