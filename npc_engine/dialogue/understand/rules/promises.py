"""Telling a promise from what only has the words of one: 'I promise to come', not 'I promise it was him'."""

from __future__ import annotations

import re

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.words import Words, found_in, whole_words
from npc_engine.text import fold

_CLAUSE = re.compile(r"[,.;:!?…，。；：！？—]+")
_TO_WHOM_EN = re.compile(r"^(?:\s*(?:you|to you|solemnly|faithfully|that|on my life|right now))*\s*")
_TO_WHOM_ZH = re.compile(r"^(?:了|你|您|你们|，)*")
_OF_OTHERS_ZH = re.compile(r"^(?:过|的|不了|不到|不起|什么|谁|哪|多少|他|她|它|这|那|没|是|都|从|已经)")
_ASKING_ZH = re.compile(r"(?:什么|谁|哪|吗|呢|没有|没)$")
_ARTICLE = re.compile(r"^(?:the|a|an|my|your|some)\s+")
_FREELY_ZH = ("我答应", "我承诺", "我许诺", "我向你承诺")
"""Words that are said of one's own deeds alone, and not to make something believed."""


def promises(text: str, context: Context, cues: Words) -> bool:
    """Tell whether a speaker gives a promise: their word on something they will do or leave undone.

    A bare 'I promise' says nothing that could be kept, so it is none; an assurance of how things are is none either.
    """
    if not cues.cued("promise", text) or text.rstrip().endswith(("?", "？")):
        return False
    clauses = [clause.strip() for clause in _CLAUSE.split(fold(text).replace("’", "'")) if clause.strip()]
    if cues.language == "zh":
        return any(_gives_zh(clause, clauses, cues) for clause in clauses)
    return any(_gives_en(clause, clauses, context, cues) for clause in clauses)


def requests_too(text: str, cues: Words) -> bool:
    """Tell whether something is asked for beside what is promised: 'Give me the key, I promise to bring it back.'"""
    clauses = _CLAUSE.split(fold(text))
    others = [clause for clause in clauses if not cues.cued("promise", clause) and not _intends(clause, cues)]
    return any(cues.cued("request", clause) for clause in others)


def _intends(clause: str, cues: Words) -> bool:
    """Tell whether a clause says what the speaker is going to do: 'I'll mend it', 我一定修好."""
    ahead = [word for word in cues.cues["ahead"] if cues.language == "zh" or word[0] in "iw"]
    return any(found_in(word, clause, cues.language) for word in ahead)


def _gives_en(clause: str, clauses: list[str], context: Context, cues: Words) -> bool:
    found = [match for cue in cues.cues["promise"] if (match := whole_words(cue).search(clause))]
    if not found:
        return False
    at = max(found, key=lambda match: match.end() - match.start())
    before, after = clause[: at.start()], _TO_WHOM_EN.sub("", clause[at.end() :])
    if any(whole_words(word).search(before) for word in cues.cues["if"]):
        return False
    starts = (*cues.cues["ahead"], "to")
    if after:
        if any(after == word or after.startswith(word + " ") for word in starts):
            return True
        thing = _ARTICLE.sub("", after)
        return any(mention.start == 0 and mention.end == len(thing) for mention in context.names.find(thing))
    others = [before, *(other for other in clauses if other != clause)]
    return any(_intends(other, cues) for other in others)


def _gives_zh(clause: str, clauses: list[str], cues: Words) -> bool:
    found = [(clause.find(cue), cue) for cue in cues.cues["promise"] if cue in clause]
    if not found:
        return False
    at, cue = max(found, key=lambda entry: len(entry[1]))
    before, after = clause[:at], _TO_WHOM_ZH.sub("", clause[at + len(cue) :])
    if any(word in before for word in cues.cues["if"]) or _OF_OTHERS_ZH.search(clause[at + len(cue) :]):
        return False
    if _OF_OTHERS_ZH.search(after) or _ASKING_ZH.search(clause):
        return False
    if after and cue in _FREELY_ZH:
        return True
    others = [before, after] if after else [before, *(other for other in clauses if other != clause)]
    return any(_intends(other, cues) for other in others)
