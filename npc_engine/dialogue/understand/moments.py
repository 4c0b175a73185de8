"""Which of the moments that come in any talk a stretch begins, where the ear does not know it: by how it is put."""

from __future__ import annotations

import re
from functools import cache

from npc_engine.lang import LanguagePack, pack
from npc_engine.text import Language, fold


def put(text: str, language: Language) -> str:
    """Return the moment that the patterns of a language's `exchanges.yaml` find in a stretch; empty where none do."""
    speech = pack(language)
    folded = speech.even(fold(text)).strip()
    return next((name for name, pattern in _patterns(speech) if pattern.search(folded)), "")


@cache
def _patterns(speech: LanguagePack) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile("|".join(entry["known_by"])))
        for name, entry in speech.exchanges.items()
        if entry.get("known_by")
    )
