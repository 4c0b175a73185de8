"""Who or what a stretch of text asks after, whether anything bears that name or not: 'Who is Gerald?', 老杰是谁."""

from __future__ import annotations

import re
from functools import cache

from npc_engine.dialogue.understand.about_self import shaped
from npc_engine.lang import LanguagePack, pack
from npc_engine.text import Language, fold


def sought(text: str, language: Language) -> str:
    """Return the words for whom or what a stretch of text asks after; empty where it asks after nobody."""
    speech = pack(language)
    folded = speech.even(fold(text)).strip()
    for pattern in _patterns(speech):
        if match := pattern.search(folded):
            return match["value"].strip()
    return ""


@cache
def _patterns(speech: LanguagePack) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(shaped(one, speech)) for one in speech.about_self["sought"])
