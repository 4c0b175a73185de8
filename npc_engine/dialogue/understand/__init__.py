"""What was said, as the NPC takes it: text in, a reading out. Looks up names and relations, never a mind."""

from npc_engine.dialogue.understand.contract import ReadsAhead, Understander, open_understander

__all__ = ["ReadsAhead", "Understander", "open_understander"]
