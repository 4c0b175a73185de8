"""What a clause has that makes it no request of the one who hears it: denied, reported, under a condition, past."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from npc_engine.dialogue.types import ASKING
from npc_engine.lang import pack, words_of
from npc_engine.lang.retelling import without_fillers
from npc_engine.text import Language, fold

WHOLE = frozenset({"conditional", "reported", "hedged", "later"})
"""Qualifiers that hold of a whole sentence, wherever in it they stand; the others hold of their clause."""


OF_STATEMENTS = frozenset({"wished", "habit"})
"""Qualifiers that keep a statement from being vouched for, and make a request no less of one."""
_APART = re.compile(r"[.!;:,，。！；：…\s]+")
_SENTENCES = re.compile(r"[.!;:…]+\s*")
_CLAUSES = re.compile(r"[,.;!?，。；！？…]+")
CALLED = 3
"""Words before a clause by which somebody is called or greeted, and that it says nothing more of: 'Mira, who …'."""
_AFTER = 3
"""Words, or characters, that may follow what somebody leaves with: 'good night, old friend'."""


def unasked(text: str, language: Language) -> frozenset[str]:
    """Return by which qualifiers a folded text is no request."""
    return qualifiers(text, language) - OF_STATEMENTS


@lru_cache(maxsize=1024)  # of a clause, one asks several times
def qualifiers(text: str, language: Language) -> frozenset[str]:
    """Return how a folded text is qualified: `negated`, `reported`, `conditional`, `past`, `later`, `hedged`, `asks`,
    `others`, `wished`, `habit`."""
    return frozenset(name for name, pattern in _patterns(language).items() if pattern.search(text.strip()))


def is_denied(text: str, language: Language) -> bool:
    """Return whether every clause of a folded text is denied: 'Don't give me anything', not 'I can't walk, help me'."""
    apart = [clause for clause in re.split(r"[,，]", text) if clause.strip()]
    clauses = [clause for clause in apart if not words_of(language).means_nothing(clause)] or apart  # '…, please'
    return bool(clauses) and all("negated" in qualifiers(clause, language) for clause in clauses)


def put_as_question(text: str) -> bool:
    """Return whether a text ends as a question, or as what is left open."""
    return text.rstrip(" \"'”’」").endswith(("?", "？"))


@lru_cache(maxsize=8)
def _patterns(language: Language) -> Mapping[str, re.Pattern[str]]:
    speech = pack(language)
    return {
        name: speech.deeds.pattern(listed, spaced=speech.spaced) for name, listed in speech.deeds.qualifiers.items()
    }


def takes_leave(part: str, language: Language) -> bool:
    """Return whether a clause ends in words by which people leave, said for oneself: 'can't stay, gotta run'.

    Who asks nothing may say more after that: 'I gotta go, don't let the cat boss you about'.
    """
    folded = fold(part)
    before = [] if put_as_question(part) else _CLAUSES.split(folded)[:-1]
    return _ends_in_leaving(folded, language, _AFTER) or any(_ends_in_leaving(one, language) for one in before)


def _ends_in_leaving(clause: str, language: Language, room: int = 0) -> bool:
    """Return whether a clause ends so, with no more than so many words, or characters, after it."""
    words, speech = words_of(language), pack(language)
    for cue in words.those_of(words.cues.get("part", ()), clause):
        before, _, after = clause.rpartition(fold(cue))
        if len(speech.tokens(after)) <= room and not words.any_of(speech.about_self["third"], before):
            return True
    return False


def is_put(part: str, language: Language) -> bool:
    """Return whether a stretch has the form of a question: 'She never said how she felt' only has a word of one.

    Nor has a clause that says more of what came before it: 'and an old man, who can't sleep'. What somebody bids
    another tell does: 'tell me what you like'.
    """
    if part.rstrip().endswith(ASKING):
        return True
    speech = pack(language)
    if not speech.spaced:
        return any(speech.puts_question(clause) for clause in _APART.split(fold(part)) if clause)
    relative = tuple(f"{word} " for word in speech.about_self["relative"])
    for sentence in _SENTENCES.split(speech.words.framing_pattern.sub(" ", fold(part))):
        led = 0
        for clause in filter(None, sentence.split(",")):
            asks = speech.puts_question(without_fillers(clause, speech))
            if asks and not (led > CALLED and clause.strip().startswith(relative)):
                return True
            led += len(speech.tokens(clause))
    return False
