"""How free a model is that converses: whether it may say more than was decided, and what it may make up."""

from __future__ import annotations

from npc_engine.dialogue.scene import Scene
from npc_engine.models.model import ModelInfo
from npc_engine.world.definitions import Improvise


def is_guided(scene: Scene, info: ModelInfo) -> bool:
    """Return whether the model may say no more than what was decided: by the persona's word, the world's or its own."""
    return (scene.persona.freedom or scene.freedom or info.freedom) == "guided"


def improvises(scene: Scene, chosen: Improvise | None) -> Improvise:
    """Return what a model may make up: as the game chose, else the persona, else the world, else of itself."""
    return chosen or scene.persona.improvise or scene.improvise or "self"
