"""Where the chronicle is kept: the save slot, and the lines it can be written as."""

from npc_engine.stores.lines import export_lines, import_lines
from npc_engine.stores.recovery import recover_save
from npc_engine.stores.slot import ExchangedError, SaveSlot, read_past
from npc_engine.stores.tables import FORMAT_VERSION, Past

__all__ = [
    "FORMAT_VERSION",
    "ExchangedError",
    "Past",
    "SaveSlot",
    "export_lines",
    "import_lines",
    "read_past",
    "recover_save",
]
