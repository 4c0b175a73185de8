"""One NPC's view of what happened: beliefs, memories and feelings, folded from the chronicle."""

from npc_engine.mind.beliefs import Belief, Beliefs
from npc_engine.mind.cast import Cast
from npc_engine.mind.conditions import met
from npc_engine.mind.earshot import Earshot
from npc_engine.mind.embedding import Embedder, Meanings
from npc_engine.mind.feelings import Feeling, Feelings
from npc_engine.mind.inner import would_know
from npc_engine.mind.memory import Memory, Recalled
from npc_engine.mind.mind import Mind
from npc_engine.mind.views import Views
from npc_engine.payloads import Volume

__all__ = [
    "Belief",
    "Beliefs",
    "Cast",
    "Earshot",
    "Embedder",
    "Feeling",
    "Feelings",
    "Meanings",
    "Memory",
    "Mind",
    "Recalled",
    "Views",
    "Volume",
    "met",
    "would_know",
]
