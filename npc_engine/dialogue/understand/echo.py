"""What a speaker says that can be said again by whom it is said to, turned round.

A short plain statement: 'i lost nine men there' as 'You lost nine men'. A question: 'do you ever get used to it?' as 'Do I
ever get used to it?' How each begins, what is left out before it and where it may break off stands in each language's
`self.yaml`, under `echo`, `asked_over` and `wanted_over`. A statement that speaks of the listener is left alone: turned round it would
be about two people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from npc_engine.lang import LanguagePack, pack
from npc_engine.lang.persons import asked_over
from npc_engine.text import Language, fold

_SENTENCES = re.compile(r"[^.!?;…\n]+[.!?;…\n]*")
_CLAUSES = re.compile(r"[^\s，,。.！!？?；;…]+[\s，,。.！!？?；;…]*")


@dataclass(frozen=True, slots=True)
class _Pattern:
    dropped: re.Pattern[str]
    begins: re.Pattern[str]
    ends: re.Pattern[str]
    unfit: re.Pattern[str]
    shortest: int
    longest: int


def echo(text: str, language: Language) -> str:
    """Return the first clause of a stretch in its speaker's own words, fit to be said back; empty where none is."""
    return (
        "" if text.rstrip().endswith(("?", "？")) else _clause(text, _pattern(pack(language), "echo"), pack(language))
    )


def question_over(text: str, language: Language, *, wanted: bool = False) -> str:
    """Return the question of a stretch as its hearer says it over, without its mark; empty where it can't be.

    With `wanted` it may be a request instead: 'teach me one thing' as 'Teach you one thing'.
    """
    speech = pack(language)
    which = "wanted_over" if wanted else "asked_over"
    pattern = _pattern(speech, which)
    parts = _SENTENCES.findall(text) if speech.spaced else _CLAUSES.findall(text)
    clauses = [*parts, *(_bare(first) + last for first, last in pairwise(parts) if not speech.spaced)]
    found = next(filter(None, (_clause(one, pattern, speech) for one in clauses)), "")
    said = asked_over(_closing(speech, which).sub("", found), speech)
    return said[:1].upper() + said[1:]


def _clause(text: str, pattern: _Pattern | None, speech: LanguagePack) -> str:
    """Return the first clause of a text that says something, if it is as a pattern has it; else nothing."""
    if pattern is None:
        return ""
    said = pattern.dropped.sub("", text.strip())
    clause = said[: found.start()] if (found := pattern.ends.search(said)) else said
    clause = _bare(clause)
    size = len(clause.split()) if speech.spaced else len(clause)
    folded = fold(clause + said[len(clause) : len(clause) + 1])
    fits = pattern.shortest <= size <= pattern.longest
    return clause if fits and pattern.begins.match(folded) and not pattern.unfit.search(fold(clause)) else ""


def _bare(clause: str) -> str:
    return clause.strip(" ,，.。!！~～…")


@cache
def _closing(speech: LanguagePack, which: str) -> re.Pattern[str]:
    """Return a pattern of what a question may end in that is not said over: 呢."""
    return re.compile(speech.about_self.get(which, {}).get("closed", "") or "(?!)")


@cache
def _pattern(speech: LanguagePack, which: str) -> _Pattern | None:
    rules: dict[str, Any] = speech.about_self.get(which, {})
    if not rules:
        return None
    patterns = {key: re.compile(rules[key], re.IGNORECASE) for key in ("dropped", "begins", "ends", "unfit")}
    return _Pattern(**patterns, shortest=rules["shortest"], longest=rules["longest"])
