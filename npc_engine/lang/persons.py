"""Words put in another's mouth: what somebody told of themself said back to them, what an author wrote of somebody said
by that one; and whose kin are whose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from npc_engine.lang.base import LanguagePack
from npc_engine.lang.writing_system import fill


def to_listener(words: str, speech: LanguagePack) -> str:
    """Return a speaker's words about themself as they are said to that speaker: 'my sister' becomes 'your sister'."""
    return _exchanged(words, speech, "to_listener")


def asked_over(words: str, speech: LanguagePack) -> str:
    """Return a question put to somebody as that one says it over: 'would you swap with me' becomes 'would I … you'."""
    return _exchanged(words, speech, "asked_over")


def in_first_person(words: str, pronoun: str, speech: LanguagePack) -> str:
    """Return an author's words about somebody as that one says them: 'with pins she can trust', 'that I can trust'."""
    return _exchanged(words, speech, pronoun)


def _exchanged(words: str, speech: LanguagePack, kind: str) -> str:
    exchanged = _forms(speech, kind)
    if not exchanged:
        return words
    return _pattern(speech, kind).sub(lambda found: exchanged[found[0].casefold()], words)


def _forms(speech: LanguagePack, kind: str) -> Mapping[str, str]:
    forms: Mapping[str, str] = speech.wording.get("exchanged", {}).get(kind, {})
    return forms


@cache
def _pattern(speech: LanguagePack, kind: str) -> re.Pattern[str]:
    forms = "|".join(map(re.escape, sorted(_forms(speech, kind), key=len, reverse=True)))
    edge = r"\b" if speech.spaced else ""
    return re.compile(f"{edge}(?:{forms}){edge}", re.IGNORECASE)


@cache
def own_kin(speech: LanguagePack) -> re.Pattern[str]:
    """Return the pattern by which a folded text names kin of its speaker's own: 'my little sister'."""
    pattern = speech.wording.get("own_kin")
    if not pattern:
        return re.compile(r"(?!)")
    kin = sorted(speech.about_self["relations"], key=len, reverse=True)
    return re.compile(fill(pattern, {"relations": "|".join(map(re.escape, kin))}))
