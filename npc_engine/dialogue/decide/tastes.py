"""Matters of taste: what somebody likes whose author does not say is drawn once, and holds from then on."""

from __future__ import annotations

from random import Random

from npc_engine.dialogue.decide.own_lines import on_taste
from npc_engine.dialogue.query import Taste, Term
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Plan
from npc_engine.text import Language, fold

LIKES, LIKES_NOT = "likes", "likes not"
"""What a taste comes to where it is of one thing."""
_OPEN, _CHEERFUL = 0.4, 0.4
"""How likely somebody is to like a thing: by nature, and more as they are cheerful."""


def taste(act: Act, told: Plan, language: Language, scene: Scene) -> Plan | None:
    """Return the answer to a matter of taste, where what the NPC believes (`told`) is no answer to it.

    What their author wrote of it is said; else it is drawn from who they are, recorded with the answer, and the same
    from then on.
    """
    asked = act.taste
    if asked is None or told.polarity is not None or _of_people(act, scene):
        return None
    if asked.kind == "thinks" and told.facts and set(act.named) - {scene.npc, scene.speaker}:
        return None  # what is known of it is told
    if asked.kind in ("fond", "averse"):
        return None if "asked:relation" in told.reasons else on_taste(asked, language, scene)
    if (own := on_taste(asked, language, scene)) is not None:
        return own
    mine = own_taste(asked, scene)
    reasons = ("taste:own",)
    if asked.kind == "favourite":
        return Plan("chat", phrase="taste_favourite", topic=(Term(mine),), taste=(_key(asked), mine), reasons=reasons)
    liked = mine == LIKES
    phrase = "taste_like" if liked else "taste_dislike"
    return Plan("chat", phrase=phrase, topic=(Term(asked.thing),), taste=(_key(asked), mine), reasons=reasons)


def own_taste(asked: Taste, scene: Scene) -> str:
    """Return what an NPC's taste comes to: as they said it before, else as it is drawn."""
    if asked.nobodys:
        return LIKES_NOT
    before = scene.mind.counters.tastes.get(_key(asked))
    if before is not None and (not asked.among or before in asked.among):
        return before
    chance = Random(f"{scene.npc}/{_key(asked)}")
    if asked.kind == "favourite":
        return chance.choice(asked.among)
    return LIKES if chance.random() < _OPEN + _CHEERFUL * scene.persona.temperament.cheerful else LIKES_NOT


def _key(asked: Taste) -> str:
    return f"{'favourite' if asked.kind == 'favourite' else LIKES} {fold(asked.thing)}"


def _of_people(act: Act, scene: Scene) -> bool:
    """Return whether somebody is asked about: what is felt for people is no matter of taste."""
    known = scene.projections.compiled.entities
    others = set(act.named) - {scene.npc}
    return act.opinion is not None or any(
        one == scene.speaker or known[one].kind == "person" for one in others if one in known
    )
