"""One NPC's view of what happened: beliefs, memories and feelings, folded from the chronicle."""

from npc_engine.mind.beliefs import Belief, Beliefs
from npc_engine.mind.compiled_world import CompiledWorld
from npc_engine.mind.conditions import met
from npc_engine.mind.earshot import Earshot
from npc_engine.mind.embedding import Embedder, Meanings
from npc_engine.mind.feelings import Feeling, Feelings
from npc_engine.mind.memory import Memory, Recalled
from npc_engine.mind.mind import Mind
from npc_engine.mind.mind_state import would_know
from npc_engine.mind.projections import Projections
from npc_engine.payloads import Volume

__all__ = [
    "Belief",
    "Beliefs",
    "CompiledWorld",
    "Earshot",
    "Embedder",
    "Feeling",
    "Feelings",
    "Meanings",
    "Memory",
    "Mind",
    "Projections",
    "Recalled",
    "Volume",
    "met",
    "would_know",
]
