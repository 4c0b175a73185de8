"""What to look for in memory when something is asked: its words, their kin, and whether a time is wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from npc_engine.packaged import packaged_yaml
from npc_engine.text import Language, fold, is_han, language_of, stem, terms

KIN_WEIGHT = 0.7
"""What a word of the same group, or for a thing of the kind, is worth beside the word that was asked for."""
CHARACTER_WEIGHT = 0.5
"""What one Chinese character of a pair is worth beside the pair."""

_ENGLISH_WORD = re.compile("[a-z]+")

Variants = tuple[tuple[str, float], ...]
"""The terms that stand for one word of a question, each with its weight: the first is the word itself, 1."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question looks for: each of its words with the terms that stand for it, and whether it asks when."""

    words: tuple[Variants, ...]
    when: bool


class _Cues:
    """One language's part of `recall.yaml`."""

    def __init__(self, plain: dict[str, Any]) -> None:
        asking = plain["asking"].split() if plain["asking"] else []
        self.asking = re.compile("|".join(sorted(asking, key=len, reverse=True)) or "(?!)")
        self.when = re.compile(plain["begins"] + "(?:" + "|".join(plain["when"]) + ")")
        self.times: frozenset[str] = frozenset(plain["times"].split())
        self.same: dict[str, list[str]] = {}
        for group in plain["same"]:
            for word in group.split():
                self.same.setdefault(word, []).extend(other for other in group.split() if other != word)
        for kind, members in plain["kinds"].items():
            self.same.setdefault(kind, []).extend(members.split())


@cache
def _cues(language: Language) -> _Cues:
    return _Cues(packaged_yaml("npc_engine.mind", "recall.yaml")[language])


@cache
def _english_kin() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for word, others in _cues("en").same.items():
        found.setdefault(stem(word), set()).update(map(stem, others))
    return {word: tuple(sorted(others - {word})) for word, others in found.items()}


@lru_cache(maxsize=256)
def sought(query: str) -> Sought:
    """Give what a question, or just some words, looks for."""
    folded, language = fold(query), language_of(query)
    cues = _cues(language)
    asks_when = bool(cues.when.search(folded))
    found: dict[str, dict[str, float]] = {}
    for term in terms(cues.asking.sub(" ", folded)):
        if is_han(term[0]):
            found[term] = {term: 1.0 if len(term) > 1 else CHARACTER_WEIGHT}
        else:
            found[term] = {term: 1.0} | dict.fromkeys(_english_kin().get(term, ()), KIN_WEIGHT)
    taken = set(found)
    for pair in [term for term in found if is_han(term[0])]:
        for character in dict.fromkeys(pair):
            if character in taken:
                continue
            taken.add(character)
            found[pair][character] = CHARACTER_WEIGHT
    for word, others in _cues("zh").same.items():
        if language == "zh" and word in folded:
            kin = {term for other in others for term in terms(other)} - taken
            taken |= kin
            itself = terms(word)[0]
            found.setdefault(itself, {itself: CHARACTER_WEIGHT}).update(dict.fromkeys(sorted(kin), KIN_WEIGHT))
    return Sought(tuple(tuple(variants.items()) for variants in found.values()), asks_when)


def tells_when(text: str) -> bool:
    """Tell whether something that was said names a time: yesterday, last week, in spring."""
    if not _cues("en").times.isdisjoint(_ENGLISH_WORD.findall(text.lower())):
        return True
    return not text.isascii() and any(time in text for time in _cues("zh").times)
