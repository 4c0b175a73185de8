"""One NPC's view of what happened: beliefs, memories and feelings, folded from the chronicle."""

from npc_engine.mind.beliefs import Belief, Beliefs
from npc_engine.mind.conditions import met
from npc_engine.mind.feelings import Feeling, Feelings
from npc_engine.mind.memory import Memory, Recalled
from npc_engine.mind.views import Cast, Mind, Views

__all__ = ["Belief", "Beliefs", "Cast", "Feeling", "Feelings", "Memory", "Mind", "Recalled", "Views", "met"]
