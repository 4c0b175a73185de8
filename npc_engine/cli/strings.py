"""What the command line shows a player, in the language they speak."""

from __future__ import annotations

from npc_engine.phrasebook import Phrasebook
from npc_engine.text import Language, known_language


class Strings:
    """Gives texts by key, in `language`, which may be changed."""

    def __init__(self, language: str) -> None:
        self.language: Language = known_language(language)

    def __call__(self, key: str, **slots: object) -> str:
        """Return a text with its slots filled in."""
        return Phrasebook.load("npc_engine.cli", "strings.yaml")[self.language](key, **slots)
