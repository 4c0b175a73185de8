"""Which everyday matters a text is about: food, sleep, the sea. Each language lists the words of each."""

from __future__ import annotations

import re
from functools import cache

from npc_engine.lang import LanguagePack, pack
from npc_engine.text import Language, fold


def themes(text: str, language: Language) -> tuple[str, ...]:
    """Return the themes that words of a text belong to, those of the longest words first.

    Last stand those whose words mostly say when something was: 'My dog ran off this morning' is about dogs.
    """
    speech = pack(language)
    pattern, theme_of = _words(speech)

    def weighs(word: str) -> tuple[bool, int]:
        return not speech.themes[theme_of[word]].get("says_when", False), len(word)

    found = sorted(pattern.findall(fold(text)), key=weighs, reverse=True)
    return tuple(dict.fromkeys(theme_of[word] for word in found))


@cache
def _words(speech: LanguagePack) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of every word that belongs to a theme, and the theme of each: the first that lists it."""
    theme_of: dict[str, str] = {}
    for theme, entry in speech.themes.items():
        for word in entry["words"]:
            theme_of.setdefault(fold(word), theme)
    either = "|".join(map(re.escape, sorted(theme_of, key=len, reverse=True))) or "(?!)"
    return re.compile(rf"\b(?:{either})\b" if speech.spaced else either), theme_of
