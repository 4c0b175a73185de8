"""Telling an English promise from what only has the words of one: 'I promise to come', not 'I promise it was him'."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from npc_engine.lang.base import LanguagePack
from npc_engine.lang.writing_system import whole_words

_TO_WHOM = re.compile(r"^(?:\s*(?:you|to you|solemnly|faithfully|that|on my life|right now))*\s*")
_ARTICLE = re.compile(r"^(?:the|a|an|my|your|some)\s+")


def gives_word(clause: str, clauses: Sequence[str], is_named: Callable[[str], bool], pack: LanguagePack) -> bool:
    """Return whether a clause gives the speaker's word on a deed, of its own or of another clause."""
    cues = pack.words.cues
    found = [match for cue in cues["promise"] if (match := whole_words(cue).search(clause))]
    if not found:
        return False
    at = max(found, key=lambda match: match.end() - match.start())
    before, after = clause[: at.start()], _TO_WHOM.sub("", clause[at.end() :])
    if any(whole_words(word).search(before) for word in cues["if"]):
        return False
    starts = (*cues["ahead"], "to")
    if after:
        if any(after == word or after.startswith(word + " ") for word in starts):
            return True
        return is_named(_ARTICLE.sub("", after))
    others = [before, *(other for other in clauses if other != clause)]
    return any(pack.intends(other) for other in others)
