"""A short plain statement of a speaker's that can be said back to them: 'i lost nine men there' as 'you lost nine men'.

How such a statement begins, what is left out before it and where it may break off stands in each language's
`self.yaml`, under `echo`. Whatever speaks of the listener is left alone: turned round it would be about two people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from npc_engine.lang import LanguagePack, pack
from npc_engine.text import Language, fold


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
    pattern = _pattern(pack(language))
    if pattern is None or text.rstrip().endswith(("?", "？")):
        return ""
    said = pattern.dropped.sub("", text.strip())
    clause = said[: found.start()] if (found := pattern.ends.search(said)) else said
    clause = clause.strip(" ,，.。!！~～…")
    size = len(clause.split()) if pack(language).spaced else len(clause)
    fits = pattern.shortest <= size <= pattern.longest
    return clause if fits and pattern.begins.match(fold(clause)) and not pattern.unfit.search(fold(clause)) else ""


@cache
def _pattern(speech: LanguagePack) -> _Pattern | None:
    rules: dict[str, Any] = speech.about_self.get("echo", {})
    if not rules:
        return None
    patterns = {key: re.compile(rules[key], re.IGNORECASE) for key in ("dropped", "begins", "ends", "unfit")}
    return _Pattern(**patterns, shortest=rules["shortest"], longest=rules["longest"])
