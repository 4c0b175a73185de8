"""Where the chronicle is kept: the save slot, and the lines it can be written as."""

from npc_engine.stores.json_lines import export_lines, import_lines
from npc_engine.stores.recovery import recover_save
from npc_engine.stores.slot import ExchangedError, SaveSlot, read_contents
from npc_engine.stores.tables import FORMAT_VERSION, SlotContents

__all__ = [
    "FORMAT_VERSION",
    "ExchangedError",
    "SaveSlot",
    "SlotContents",
    "export_lines",
    "import_lines",
    "read_contents",
    "recover_save",
]
