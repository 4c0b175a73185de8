"""Which matter of taste somebody is asked about: a thing, what they like best of a kind, which of two."""

from __future__ import annotations

import re
from functools import cache

from npc_engine.dialogue.query import Taste
from npc_engine.dialogue.understand.about_self import shaped
from npc_engine.lang import LanguagePack, pack
from npc_engine.text import Language, fold


def asked(text: str, language: Language) -> Taste | None:
    """Return the matter of taste that a stretch of text asks about; None where it asks about none."""
    speech = pack(language)
    folded = fold(text).strip()
    for kind, pattern in _patterns(speech):
        if (match := pattern.search(folded)) and (found := _taste(kind, match.groupdict(), speech)):
            return found
    return None


def _taste(kind: str, groups: dict[str, str | None], speech: LanguagePack) -> Taste | None:
    if kind in ("fond", "averse"):
        return Taste("fond" if kind == "fond" else "averse", "")
    if kind == "favourite":
        which = (groups.get("of") or "").strip()
        among = speech.about_self["kinds"].get(which)
        return Taste("favourite", which, tuple(among)) if among else None
    if kind == "either":
        both = tuple((groups.get(side) or "").strip() for side in ("one", "other"))
        return Taste("favourite", "/".join(both), both) if all(_is_thing(one, speech) for one in both) else None
    thing = (groups.get("value") or "").strip()
    if not _is_thing(thing, speech):
        return None
    if speech.words.any_of(speech.about_self["loathed"], thing):  # to nobody's taste, and a poor thing to joke about
        return None if kind == "thinks" else Taste("likes", thing, nobodys=True)
    return Taste("thinks" if kind == "thinks" else "likes", thing)


def _is_thing(words: str, speech: LanguagePack) -> bool:
    """Return whether some words can name what is to somebody's taste or not: no pronoun, no person meant by one."""
    barred = speech.about_self["no_tastes"]
    if not words or words in barred:
        return False
    return not any(words.startswith(f"{one}{speech.words.gap}") for one in barred) if speech.spaced else True


@cache
def _patterns(speech: LanguagePack) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = speech.about_self["tastes"]
    return tuple((row["kind"], re.compile(shaped(row["pattern"], speech), re.IGNORECASE)) for row in rows)
