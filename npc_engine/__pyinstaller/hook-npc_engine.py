"""Puts into a bundle what an import does not show: our YAML and voices, our entry points, modules loaded by name."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules, copy_metadata


def _needed_to_play(module: str) -> bool:
    return not module.startswith(("npc_engine.__pyinstaller", "npc_engine.training"))


datas = collect_data_files("npc_engine") + copy_metadata("npc-engine")
hiddenimports = collect_submodules("npc_engine", filter=_needed_to_play)
