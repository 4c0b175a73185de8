"""What PyInstaller reads when a game that imports npc-engine is bundled (entry point `pyinstaller40`)."""

from __future__ import annotations

from pathlib import Path


def get_hook_dirs() -> list[str]:
    """Return the folder in which PyInstaller finds our hook."""
    return [str(Path(__file__).parent)]
