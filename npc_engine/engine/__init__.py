"""The engine itself: the only owner of threads, time and stores."""

from npc_engine.engine.budget import Budget, Limit, Prices
from npc_engine.engine.causes import Felt
from npc_engine.engine.conversation import Conversation
from npc_engine.engine.editing import Reload
from npc_engine.engine.engine import Engine
from npc_engine.engine.fitting import Misfit, misfits_of
from npc_engine.engine.gathering import Gathering
from npc_engine.engine.journal import JournalEntry, StoryBeat
from npc_engine.engine.ledger import UsageReport
from npc_engine.engine.model_loader import VoiceState
from npc_engine.engine.reply import Reply
from npc_engine.engine.standing import Status
from npc_engine.engine.why import Why

__all__ = [
    "Budget",
    "Conversation",
    "Engine",
    "Felt",
    "Gathering",
    "JournalEntry",
    "Limit",
    "Misfit",
    "Prices",
    "Reload",
    "Reply",
    "Status",
    "StoryBeat",
    "UsageReport",
    "VoiceState",
    "Why",
    "misfits_of",
]
