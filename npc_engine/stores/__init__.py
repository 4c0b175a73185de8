"""Where the chronicle is kept: the save slot, and the lines it can be written as."""

from npc_engine.stores.lines import export_lines, import_lines
from npc_engine.stores.recovery import recover_save
from npc_engine.stores.slot import FORMAT_VERSION, SaveSlot

__all__ = ["FORMAT_VERSION", "SaveSlot", "export_lines", "import_lines", "recover_save"]
