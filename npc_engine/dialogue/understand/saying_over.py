"""A question or a request that whoever it is put to can say over, turned round.

'do you ever get used to it?' as 'Do I ever get used to it?', 'teach me one thing' as 'Teach you one thing?' How such a
clause begins, what is left out before it, where it may break off and what shows that it was turned round wrongly stands
in each language's `self.yaml`, under `asked_over` and `wanted_over`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from npc_engine.acts import acts
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Act
from npc_engine.dialogue.understand.echo import echo
from npc_engine.lang import LanguagePack, pack
from npc_engine.lang.persons import asked_over
from npc_engine.text import Language, fold

_SENTENCES = re.compile(r"[^.!?;…\n]+[.!?;…\n]*")
_CLAUSES = re.compile(r"[^\s，,。.！!？?；;…]+[\s，,。.！!？?；;…]*")
_NOTHING = "(?!)"


@dataclass(frozen=True, slots=True)
class _Pattern:
    dropped: re.Pattern[str]
    begins: re.Pattern[str]
    ends: re.Pattern[str]
    unfit: re.Pattern[str]
    closed: re.Pattern[str]
    astray: re.Pattern[str]
    shortest: int
    longest: int


def said_again(part: str, act: Act, context: Context, language: Language) -> str:
    """Return what the hearer can say again of a stretch: a statement, or what they alone are asked, or asked for."""
    rule = acts()[act.kind]
    if not (rule.question or rule.deed):
        return echo(part, language, of_others=not act.named)
    others = {mention.entity for mention in context.names.find(part)} - {context.npc, context.speaker}
    return "" if others and not rule.deed else said_over(part, language, wanted=rule.deed)


def said_over(text: str, language: Language, *, wanted: bool = False) -> str:
    """Return a question that a stretch puts, or what it wants done, as its hearer says it over.

    It has no mark at its end; it is empty where nothing can be said over.
    """
    speech = pack(language)
    pattern = _pattern(speech, "wanted_over" if wanted else "asked_over")
    if pattern is None:
        return ""
    parts = _SENTENCES.findall(text) if speech.spaced else _CLAUSES.findall(text)
    joined = () if speech.spaced else (_bare(first) + last for first, last in pairwise(parts))
    found = next(filter(None, (_clause(one, pattern, speech) for one in (*parts, *joined))), "")
    said = asked_over(pattern.closed.sub("", found), speech)
    return "" if pattern.astray.search(said) else said[:1].upper() + said[1:]


def _clause(text: str, pattern: _Pattern, speech: LanguagePack) -> str:
    """Return the first clause of a text that says something, if it is as a pattern has it; else nothing."""
    said = pattern.dropped.sub("", text.strip())
    found = pattern.ends.search(said)
    clause = _bare(said[: found.start()] if found else said)
    size = len(clause.split()) if speech.spaced else len(clause)
    marked = fold(clause + said[len(clause) : len(clause) + 1])
    fits = pattern.shortest <= size <= pattern.longest
    if fits and pattern.begins.match(marked) and not pattern.unfit.search(fold(clause)):
        return clause
    rest = said[found.end() :] if found and found[0] == "," else ""
    return _clause(rest, pattern, speech) if rest.strip() else ""


def _bare(clause: str) -> str:
    return clause.strip(" ,，.。!！~～…")


@cache
def _pattern(speech: LanguagePack, which: str) -> _Pattern | None:
    rules: dict[str, Any] = speech.about_self.get(which, {})
    if not rules:
        return None
    keys = ("dropped", "begins", "ends", "unfit", "closed", "astray")
    patterns: dict[str, Any] = {key: re.compile(rules.get(key, _NOTHING), re.IGNORECASE) for key in keys}
    return _Pattern(**patterns, shortest=rules["shortest"], longest=rules["longest"])
