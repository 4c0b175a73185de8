"""The words by which people ask for deeds and pick things out, as a language's `deeds.yaml` has them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from npc_engine.lang.writing_system import fill

Listed = list[str]
_compiled = cache(re.compile)


@dataclass(frozen=True)
class Deeds:
    """One language's words of requests; the head of each part in `deeds.yaml` says what it is for.

    Each part that a file leaves out is empty: what it would tell is then not told.
    """

    wanting: Listed = field(default_factory=list)
    asking: Listed = field(default_factory=list)
    intending: str = "(?!)"
    frame: str = ""
    nothing: Listed = field(default_factory=list)
    for_sale: Listed = field(default_factory=list)
    qualifiers: dict[str, Listed] = field(default_factory=dict)
    limits: dict[str, Listed] = field(default_factory=dict)
    measured: dict[str, Listed] = field(default_factory=dict)
    comparative: Listed = field(default_factory=list)
    superlative: Listed = field(default_factory=list)
    less: Listed = field(default_factory=list)
    least: Listed = field(default_factory=list)
    irregular: dict[str, Listed] = field(default_factory=dict)
    than: Listed = field(default_factory=list)
    back: Listed = field(default_factory=list)
    other: Listed = field(default_factory=list)
    ones: Listed = field(default_factory=list)
    either: Listed = field(default_factory=list)
    plural: Listed = field(default_factory=list)
    indefinite: Listed = field(default_factory=list)
    ordinals: dict[int, Listed] = field(default_factory=dict)
    adding: Listed = field(default_factory=list)
    joining: Listed = field(default_factory=list)
    quotes: Listed = field(default_factory=list)
    naming: Listed = field(default_factory=list)
    measures: str = "(?!)"
    few: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    extra: dict[str, int] = field(default_factory=dict)
    of_things: str = "(?!)"
    no_number: str = "(?!)"
    not_counting: str = "(?!)"
    some_thing: str = "(?!)"
    no_comparing: str = "(?!)"
    pleading: str = "(?!)"
    listing: str = "(?!)"
    fronted: str = "(?!)"
    whether: str = "(?!)"
    committing: str = "(?!)"
    singled: str = "(?!)"
    calling: str = "(?!)"
    called_on: str = "(?!)"
    going_on: Listed = field(default_factory=list)
    dropping: Listed = field(default_factory=list)
    polite: Listed = field(default_factory=list)
    helping: str = "(?!)"

    def pattern(self, listed: Listed, *, spaced: bool) -> re.Pattern[str]:
        """Return what finds any of some patterns, at the edges of words where words stand apart."""
        before, after = (r"(?<![\w'])(?:", r")(?!\w)") if spaced else ("(?:", ")")
        return re.compile("|".join(f"{before}{one}{after}" for one in listed) or "(?!)")

    def finds(self, part: str) -> re.Pattern[str]:
        """Return a part that is one pattern, such as `singled`, compiled once."""
        return _compiled(self[part])

    def compared(self, adjective: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return how it is said by words alone that something is more so than another, and most so."""
        more, most = (
            tuple(fill(one, {"word": adjective}) for one in shapes) for shapes in (self.comparative, self.superlative)
        )
        return more, most

    def __getitem__(self, part: str) -> Any:
        """Return a part by its name."""
        return getattr(self, part)
