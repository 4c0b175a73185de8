"""The patterns by which a large model's words are known for what it must not say; each language's `faithful.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from npc_engine.lang import pack
from npc_engine.text import Language, fold, words

_CLAUSES = re.compile(r"[.!?。！？…,;:，；：、—–]|\band\b|\bbut\b")
_NEVER = re.compile(r"(?!)")


class Tables:
    """One language's patterns, by the name of the table; a table that it lacks finds nothing."""

    def __init__(self, data: Mapping[str, Any], *, spaced: bool) -> None:
        self._data, self.spaced = data, spaced
        self._patterns: dict[str, re.Pattern[str]] = {}

    def found(self, table: str, text: str) -> str:
        """Return what of a text a table's patterns find; empty for nothing."""
        match = self.pattern(table).search(plain(text))
        return match.group().strip() if match else ""

    def pattern(self, table: str) -> re.Pattern[str]:
        """Return all patterns of a table as one."""
        if table not in self._patterns:
            given = self._data.get(table) or ()
            listed = [given] if isinstance(given, str) else list(given)
            source = "|".join(f"(?:{one})" for one in listed)
            self._patterns[table] = re.compile(source) if source else _NEVER
        return self._patterns[table]

    def words_pattern(self, table: str) -> re.Pattern[str]:
        """Return a pattern for any of a table's words, whole where words stand apart."""
        source = self._data.get(table)
        if not source:
            return _NEVER
        return re.compile(rf"\b(?:{source})\b" if self.spaced else f"(?:{source})")

    def listed(self, table: str) -> frozenset[str]:
        """Return the words of a table."""
        given = self._data.get(table) or ()
        return frozenset(given.split() if isinstance(given, str) else given)

    def is_mine(self, text: str) -> bool:
        """Return whether somebody says a text of themself."""
        said = words(plain(text)) if self.spaced else plain(text)
        return any(one in said for one in self.listed("mine"))

    def by_key(self, table: str, key: str) -> str:
        """Return a table's entry."""
        return str((self._data.get(table) or {}).get(key, ""))

    @property
    def opposites(self) -> Sequence[tuple[re.Pattern[str], re.Pattern[str]]]:
        """Pairs of patterns for what can't both be so of the same."""
        return [(re.compile(one), re.compile(other)) for one, other in self._data.get("opposites") or ()]


def plain(text: str) -> str:
    """Return a text folded, with plain apostrophes."""
    return fold(text).replace("’", "'").replace("您", "你")


def clauses(text: str) -> list[str]:
    """Return the clauses of a text, as `plain` has it."""
    return [one for one in _CLAUSES.split(plain(text)) if one.strip()]


@lru_cache(maxsize=8)
def tables(language: Language) -> Tables:
    """Return a language's patterns."""
    speech = pack(language)
    return Tables(speech.data("faithful"), spaced=speech.spaced)
