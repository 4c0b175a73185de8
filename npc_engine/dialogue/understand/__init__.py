"""What was said, as the NPC takes it: text in, a reading out. Looks up names and relations, never a mind."""

from npc_engine.dialogue.understand.contract import Understander, open_understander

__all__ = ["Understander", "open_understander"]
