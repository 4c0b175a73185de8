"""What was read of a line, beside what the author wrote for its hearer and what was said to it last."""

from __future__ import annotations

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Reading
from npc_engine.dialogue.understand.asking_back import with_asking_back
from npc_engine.dialogue.understand.finding import with_near
from npc_engine.dialogue.understand.following import with_follow_ups


def compared(read: Reading, context: Context) -> Reading:
    """Return what was read with the author's texts and follow-ups that answer it, and whether it asks back."""
    return with_follow_ups(with_asking_back(with_near(read, context), context), context)
