"""A belief as a fact of a plan."""

from __future__ import annotations

from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Fact
from npc_engine.mind import Belief
from npc_engine.text import Language


def fact_of(belief: Belief, scene: Scene, language: Language) -> Fact:
    """Return a belief with the words in which the NPC would tell the speaker of it."""
    wording = scene.wording.sentence(belief.statement, language, scene.perspective, holds=belief.holds)
    return Fact(belief, wording)
