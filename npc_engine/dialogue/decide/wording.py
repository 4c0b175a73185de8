"""A belief as a fact of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Fact
from npc_engine.mind import Belief
from npc_engine.text import Language


def fact_of(belief: Belief, scene: Scene, language: Language) -> Fact:
    """Return a belief with the words in which the NPC would tell the speaker of it."""
    wording = scene.wording.sentence(belief.statement, language, scene.perspective, holds=belief.holds)
    return Fact(belief, wording)


def provenance(beliefs: Sequence[Belief]) -> tuple[str, ...]:
    """Return as reasons how each of some beliefs is known, and from whom."""
    return tuple(f"{belief.id}:{belief.how}{f':{belief.by}' if belief.by else ''}" for belief in beliefs)
