"""How what is said to an NPC moves their feelings: by what it is, their temperament, and how often they hear it."""

from __future__ import annotations

from npc_engine.chronicle import FeelingChange
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Heard, Plan

REACTIONS: dict[Act, dict[str, float]] = {
    "greeting": {"familiarity": 0.06, "affinity": 0.02},
    "farewell": {"familiarity": 0.02},
    "question": {"familiarity": 0.03, "trust": 0.01},
    "statement": {"familiarity": 0.04, "trust": 0.01},
    "request": {"familiarity": 0.03},
    "small_talk": {"familiarity": 0.04, "affinity": 0.01},
    "agreement": {"familiarity": 0.02},
    "thanks": {"affinity": 0.05, "trust": 0.03, "mood": 0.1},
    "compliment": {"affinity": 0.08, "trust": 0.01, "mood": 0.2},
    "insult": {"affinity": -0.15, "trust": -0.08, "mood": -0.35},
    "threat": {"affinity": -0.2, "trust": -0.15, "fear": 0.25, "mood": -0.4},
    "fiction": {},
    "promise": {"familiarity": 0.04, "trust": 0.01},
}
"""How each act of the speaker moves the NPC's feelings toward them; authored by hand, see `reaction`."""

WEARS: dict[Act, frozenset[str]] = {
    **dict.fromkeys(("compliment", "thanks", "greeting"), frozenset({"affinity", "trust", "familiarity", "mood"})),
    **dict.fromkeys(("question", "statement", "promise"), frozenset({"trust"})),
    "small_talk": frozenset({"affinity"}),
}
"""Acts that count half as much each time they come again, in which respects, until that wears off (see
`Keepsakes.used_to`). Who is talked with is better known each time, but not trusted for it."""
PATIENCE = 3.0, 2.0
"""Flatteries in a row that nobody minds; how many more those do not mind who trust everyone."""
ENOUGH: dict[str, float] = {"affinity": -0.03, "trust": -0.02, "mood": -0.12}
"""How flattery moves feelings once it is too much."""


def stale(heard: Heard, scene: Scene) -> bool:
    """Tell whether an utterance is flattery that the NPC has heard too often from this speaker of late."""
    if heard.act != "compliment":
        return False
    patience = PATIENCE[0] + PATIENCE[1] * scene.persona.temperament.trusting
    return _used_to(heard, scene) >= patience - 0.05  # what was said a moment ago has begun to wear off


def reaction(heard: Heard, plan: Plan, scene: Scene) -> tuple[FeelingChange, ...]:
    """Give how the turn moves what the NPC feels.

    Kindness counts less the more one is liked already, and hardly at all said again and again; flattery annoys in the
    end. Someone forgiving takes less offence.
    """
    felt = scene.mind.feelings.toward(scene.speaker)
    moves = dict(ENOUGH if stale(heard, scene) else REACTIONS[heard.act])
    if plan.move == "learned":
        moves["trust"] = moves.get("trust", 0.0) + 0.03
    gentle = 1.5 - scene.persona.temperament.forgiving
    changes = []
    for aspect, amount in moves.items():
        if amount > 0 and aspect in ("affinity", "trust"):
            amount *= 1 - max(0.0, getattr(felt, aspect))
        if amount < 0:
            amount *= gentle
        elif aspect in WEARS.get(heard.act, ()):
            amount *= 0.5 ** _used_to(heard, scene)
        if abs(amount) >= 0.0005:
            changes.append(FeelingChange(scene.npc, scene.speaker, aspect, round(amount, 4)))
    return tuple(changes)


def _used_to(heard: Heard, scene: Scene) -> float:
    return scene.mind.kept.used_to(scene.speaker, heard.act, scene.now)
