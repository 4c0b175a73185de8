"""What people in games ask for again and again, however it is put: to sell, to have a look, to sign up, to set out.

Each language lists the ways in `senses.yaml`. An action has those that its author's texts have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from npc_engine.lang import pack
from npc_engine.text import Language


@dataclass(frozen=True, slots=True)
class Sensed:
    """A way of putting something that stands in a text: what it asks for, and where its words stand."""

    name: str
    start: int
    end: int


def senses_in(text: str, language: Language) -> Iterable[Sensed]:
    """Yield what the words of a folded text ask for, whatever they are about: for each sense the longest way."""
    for name, pattern in _patterns(language).items():
        longest = max(pattern.finditer(text), key=lambda match: len(match.group()), default=None)
        if longest is not None:
            yield Sensed(name, *longest.span())


@lru_cache(maxsize=8)
def _patterns(language: Language) -> Mapping[str, re.Pattern[str]]:
    speech = pack(language)
    listed = speech.data("senses")
    return {name: speech.deeds.pattern(ways, spaced=speech.spaced) for name, ways in listed.items()}
