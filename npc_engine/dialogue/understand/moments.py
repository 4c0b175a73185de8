"""Which of the moments that come in any talk a stretch begins: as the ear has it, or by how it is put.

The ear knows moments by their manner, and may take "have you ever thrown someone out" for "have you ever stolen
something": where it is not quite sure, what is said has to be like one of a moment's own lines.
"""

from __future__ import annotations

import re
from functools import cache

from npc_engine.dialogue.understand.contract import LabelledStretch
from npc_engine.dialogue.understand.gists import gists_of
from npc_engine.dialogue.understand.qualifiers import is_denied
from npc_engine.lang import LanguagePack, pack
from npc_engine.text import Language, fold

HEARD = 0.45
"""Confidence of the ear from which a stretch is taken to begin a moment, if it is like one of its lines."""
CLEAR = 0.75
"""The same without that."""
LIKE = 0.2
"""How much a stretch must be like a line of a moment's."""


def begun(heard: LabelledStretch, text: str, language: Language) -> str:
    """Return the moment that a stretch of text begins; empty where it begins none."""
    name, sure = heard.moment or "", heard.moment_confidence
    heard_so = name and sure >= HEARD and (sure >= CLEAR or _is_like(name, text, language))
    found = name if heard_so else _put(text, language)
    return "" if _is_denied(found, text, language) else found  # 'don't give me anything' is no 'give me anything'


def is_clear(heard: LabelledStretch, moment: str) -> bool:
    """Return whether a stretch begins a moment beyond doubt: as it is heard, or by a pattern of what is put so."""
    by_ear = moment == heard.moment and heard.moment_confidence >= HEARD
    return bool(moment) and (not by_ear or heard.moment_confidence >= CLEAR)


def _is_denied(name: str, text: str, language: Language) -> bool:
    """Return whether a stretch denies what none of a moment's own lines denies."""
    listed = pack(language).exchanges.get(name, {}).get("asks", ())
    return is_denied(fold(text), language) and not any(is_denied(fold(one), language) for one in listed)


def _is_like(name: str, text: str, language: Language) -> bool:
    gists, listed = gists_of(language), pack(language).exchanges.get(name, {}).get("asks", ())
    line = gists.of(text)
    return any(gists.likeness(line, gists.of(one)) >= LIKE for one in listed)


def _put(text: str, language: Language) -> str:
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
