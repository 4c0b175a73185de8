"""What the command line shows a player, in the language they speak."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.resources import files

import yaml


class Strings:
    """Gives texts by key, in `language`, which may be changed."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **slots: object) -> str:
        """Give a text with its slots filled in."""
        return _texts()[self.language][key].format(**slots)

    def when(self, moment: datetime) -> str:
        """Give a game time as one would write it in a diary."""
        if self.language == "zh":
            return f"{moment.month}月{moment.day}日 {moment:%H:%M}"
        return f"{moment.day} {moment:%B}, {moment:%H:%M}"


@cache
def _texts() -> dict[str, dict[str, str]]:
    read = (files("npc_engine.cli") / "strings.yaml").read_text(encoding="utf-8")
    texts: dict[str, dict[str, str]] = yaml.safe_load(read)
    return texts
