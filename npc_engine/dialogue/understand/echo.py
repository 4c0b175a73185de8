"""A short plain statement that can be said back to its speaker: 'i lost nine men there' as 'you lost nine men'.

How such a statement begins, of the speaker (`begins`), of others (`others`) or without a subject where the speaker is
meant (`alone`, with the `subject` it gets), what is left out before it and where it may break off stands in each
language's `self.yaml`, under `echo`. Whatever speaks of the listener is left alone: turned round it would be about two
people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from npc_engine.lang import LanguagePack, pack
from npc_engine.lang.retelling import ACTED
from npc_engine.text import Language, fold

CLAUSES = 3
"""Clauses of a stretch that are looked at: what comes later is beside what was said first."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    dropped: re.Pattern[str]
    begins: re.Pattern[str]
    others: re.Pattern[str]
    alone: re.Pattern[str]
    ends: re.Pattern[str]
    unfit: re.Pattern[str]
    shortest: int
    longest: int
    subject: str
    spelled: Mapping[str, str]


def echo(text: str, language: Language, *, of_others: bool = True) -> str:
    """Return the first clause of a stretch that is fit to be said back, as its speaker put it; empty where none is.

    Without `of_others` only what it says of its speaker counts: where it names somebody whom the world knows, saying it
    back would sound like vouching for it.
    """
    pattern = _pattern(pack(language))
    if pattern is None or text.rstrip().endswith(("?", "？")):
        return ""
    said = pattern.dropped.sub("", ACTED.sub(" ", text).strip())
    fit = (_fit(clause, pattern, pack(language), of_others=of_others) for clause in pattern.ends.split(said)[:CLAUSES])
    return next(filter(None, fit), "")


def _fit(part: str, pattern: _Pattern, speech: LanguagePack, *, of_others: bool) -> str:
    """Return a clause as it is said back; empty where it is too short or too long for that, or begins otherwise."""
    clause = part.strip(" ,，.。!！~～…")
    size = len(clause.split()) if speech.spaced else len(clause)
    folded = fold(clause)
    if not pattern.shortest <= size <= pattern.longest or pattern.unfit.search(folded):
        return ""
    if pattern.begins.match(folded):
        return _spelled(clause, pattern)
    if pattern.alone.match(folded):
        return _spelled(pattern.subject + clause[:1].lower() + clause[1:], pattern)
    return _spelled(clause[:1].lower() + clause[1:], pattern) if of_others and pattern.others.match(folded) else ""


def _spelled(clause: str, pattern: _Pattern) -> str:
    """Return a clause with words that are typed without their marks as they are written."""
    if not pattern.spelled:
        return clause
    return re.sub(r"\w+", lambda word: pattern.spelled.get(word[0].casefold(), word[0]), clause)


@cache
def _pattern(speech: LanguagePack) -> _Pattern | None:
    rules: dict[str, Any] = speech.about_self.get("echo", {})
    if not rules:
        return None
    keys = ("dropped", "begins", "others", "alone", "ends", "unfit")
    patterns: dict[str, Any] = {key: re.compile(rules[key], re.IGNORECASE) for key in keys}
    sizes = {"shortest": rules["shortest"], "longest": rules["longest"]}
    return _Pattern(**patterns, **sizes, subject=rules.get("subject", ""), spelled=rules.get("spelled", {}))
