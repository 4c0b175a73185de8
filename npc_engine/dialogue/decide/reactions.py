"""How what is said to an NPC moves their feelings: by what it is, their temperament, and how often they hear it."""

from __future__ import annotations

from npc_engine.acts import acts
from npc_engine.chronicle import FeelingChange
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Plan

PATIENCE = 3.0, 2.0
"""Flatteries in a row that nobody minds; how many more those do not mind who trust everyone."""
ENOUGH: dict[str, float] = {"affinity": -0.03, "trust": -0.02, "mood": -0.12}
"""How flattery moves feelings once it is too much."""


def stale(kind: str, scene: Scene) -> bool:
    """Return whether an utterance is flattery that the NPC has heard too often from this speaker lately."""
    if not acts()[kind].flatters:
        return False
    patience = PATIENCE[0] + PATIENCE[1] * scene.persona.temperament.trusting
    return _used_to(kind, scene) >= patience - 0.05  # what was said a moment ago has begun to wear off


def reaction(kind: str, plan: Plan, scene: Scene) -> tuple[FeelingChange, ...]:
    """Return how the turn moves what the NPC feels.

    Kindness counts less the more one is liked already, and hardly at all said again and again; flattery annoys in the
    end. Someone forgiving takes less offence, and an apology lifts their spirits the more the lower those were.
    """
    felt = scene.mind.feelings.toward(scene.speaker)
    moves = dict(ENOUGH if stale(kind, scene) else acts()[kind].feelings)
    if plan.move == "learned":
        moves["trust"] = moves.get("trust", 0.0) + 0.03
    if plan.move == "forgive":  # what is forgiven weighs on nobody as it did
        low = max(0.0, -scene.mind.feelings.mood(scene.now))
        moves["mood"] = max(moves.get("mood", 0.0), scene.persona.temperament.forgiving * low)
    gentle = 1.5 - scene.persona.temperament.forgiving
    changes = []
    for aspect, amount in moves.items():
        if amount > 0 and aspect in ("affinity", "trust"):
            amount *= 1 - max(0.0, getattr(felt, aspect))
        if amount < 0:
            amount *= gentle
        elif aspect in acts()[kind].wears:
            amount *= worn(kind, scene)
        if abs(amount) >= 0.0005:
            changes.append(FeelingChange(scene.npc, scene.speaker, aspect, round(amount, 4)))
    return tuple(changes)


def worn(kind: str, scene: Scene) -> float:
    """Return how much it still counts that something is said, from 1 down, by how often it was lately."""
    return float(0.5 ** _used_to(kind, scene))


def _used_to(kind: str, scene: Scene) -> float:
    return scene.mind.counters.used_to(scene.speaker, kind, scene.now)
