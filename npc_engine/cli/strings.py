"""What the command line shows a player, in the language they speak."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.resources import files

import yaml

from npc_engine.lang import pack


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
        return self("when", **pack(self.language).date(moment))


@cache
def _texts() -> dict[str, dict[str, str]]:
    read = (files("npc_engine.cli") / "strings.yaml").read_text(encoding="utf-8")
    texts: dict[str, dict[str, str]] = yaml.safe_load(read)
    return texts
