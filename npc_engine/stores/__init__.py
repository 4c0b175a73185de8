"""Where the chronicle is kept: the save slot."""

from npc_engine.stores.slot import FORMAT_VERSION, SaveSlot

__all__ = ["FORMAT_VERSION", "SaveSlot"]
