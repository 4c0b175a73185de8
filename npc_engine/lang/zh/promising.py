"""Telling a Chinese promise from what only has the words of one: 我保证修好, not 我保证是他."""

from __future__ import annotations

import re
from collections.abc import Sequence

from npc_engine.lang.base import LanguagePack

_TO_WHOM = re.compile(r"^(?:了|你|您|你们|，)*")
_OF_OTHERS = re.compile(r"^(?:过|的|不了|不到|不起|什么|谁|哪|多少|他|她|它|这|那|没|是|都|从|已经)")
_ASKING = re.compile(r"(?:什么|谁|哪|吗|呢|没有|没)$")
_FREELY = ("我答应", "我承诺", "我许诺", "我向你承诺")
"""Words that are said of one's own deeds alone, and not to make something believed."""


def gives_word(clause: str, clauses: Sequence[str], pack: LanguagePack) -> bool:
    """Return whether a clause gives the speaker's word on a deed, of its own or of another clause."""
    cues = pack.words.cues
    found = [(clause.find(cue), cue) for cue in cues["promise"] if cue in clause]
    if not found:
        return False
    at, cue = max(found, key=lambda entry: len(entry[1]))
    before, after = clause[:at], _TO_WHOM.sub("", clause[at + len(cue) :])
    if any(word in before for word in cues["if"]) or _OF_OTHERS.search(clause[at + len(cue) :]):
        return False
    if _OF_OTHERS.search(after) or _ASKING.search(clause):
        return False
    if after and cue in _FREELY:
        return True
    others = [before, after] if after else [before, *(other for other in clauses if other != clause)]
    return any(pack.intends(other) for other in others)
