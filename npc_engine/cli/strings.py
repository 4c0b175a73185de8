"""What the command line shows a player, in the language they speak."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from npc_engine.lang import pack
from npc_engine.packaged import packaged_yaml


class Strings:
    """Gives texts by key, in `language`, which may be changed."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **slots: object) -> str:
        """Give a text with its slots filled in."""
        texts = _texts()
        return (texts.get(self.language) or next(iter(texts.values())))[key].format(**slots)

    def when(self, moment: datetime) -> str:
        """Give a game time as one would write it in a diary."""
        return self("when", date=pack(self.language).date(moment), time=f"{moment:%H:%M}")


@cache
def _texts() -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = packaged_yaml("npc_engine.cli", "strings.yaml")
    return texts
