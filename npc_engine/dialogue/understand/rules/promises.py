"""Telling a promise from what only has the words of one: 'I promise to come', not 'I promise it was him'."""

from __future__ import annotations

from npc_engine.dialogue.scene import Context
from npc_engine.lang import LanguagePack
from npc_engine.lang.writing_system import CLAUSE
from npc_engine.text import fold


def promises(text: str, context: Context, speech: LanguagePack) -> bool:
    """Return whether a speaker gives a promise: their word on something they will do or leave undone.

    A bare 'I promise' says nothing that could be kept, so it is none; an assurance of how things are is none either.
    """
    if not speech.words.cued("promise", text) or text.rstrip().endswith(("?", "？")):
        return False
    clauses = [clause.strip() for clause in CLAUSE.split(fold(text)) if clause.strip()]

    def is_named(thing: str) -> bool:
        return any(mention.start == 0 and mention.end == len(thing) for mention in context.names.find(thing))

    return any(speech.gives_word(clause, clauses, is_named) for clause in clauses)


def requests_too(text: str, speech: LanguagePack) -> bool:
    """Return whether something is asked for beside what is promised: 'Give me the key, I promise to bring it back.'"""
    cues = speech.words
    clauses = CLAUSE.split(fold(text))
    others = [clause for clause in clauses if not cues.cued("promise", clause) and not speech.intends(clause)]
    return any(cues.cued("request", clause) for clause in others)
