"""What to look for in memory when something is asked: its words, their kin, and whether a time is wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from npc_engine.lang import LanguagePack, registry
from npc_engine.lang.registry import Registry
from npc_engine.text import fold, is_han, language_of, terms

KIN_WEIGHT = 0.7
"""What a word of the same group, or for a thing of the kind, is worth beside the word that was asked for."""
CHARACTER_WEIGHT = 0.5
"""What one Chinese character of a pair is worth beside the pair."""

_WORD = re.compile(r"[^\W\d_]+")

Variants = tuple[tuple[str, float], ...]
"""The terms that stand for one word of a question, each with its weight: the first is the word itself, 1."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question looks for: each of its words with the terms that stand for it, and whether it asks when."""

    words: tuple[Variants, ...]
    when: bool


class _Cues:
    """What memory is asked by in one language, ready for looking up."""

    def __init__(self, speech: LanguagePack) -> None:
        plain, related = speech.recall, speech.thesaurus
        asking = plain["asking"].split() if plain["asking"] else []
        self._pack = speech
        self.asking = re.compile("|".join(sorted(asking, key=len, reverse=True)) or "(?!)")
        self.when = re.compile(f"{plain['begins']}(?:{'|'.join(plain['when'])})" if plain["when"] else "(?!)")
        self.times: frozenset[str] = frozenset(plain["times"].split())
        self.same: dict[str, list[str]] = {}
        groups = [[base, *forms] for base, forms in related["forms"].items()]
        for group in (*groups, *(group.split() for group in related["related"])):
            for word in group:
                self.same.setdefault(word, []).extend(other for other in group if other != word)
        for kind, members in related["kinds"].items():
            self.same.setdefault(kind, []).extend(members.split())

    @cached_property
    def kin(self) -> dict[str, tuple[str, ...]]:
        """The stems that are looked for with a stem."""
        found: dict[str, set[str]] = {}
        for word, others in self.same.items():
            found.setdefault(self._pack.stem(word), set()).update(map(self._pack.stem, others))
        return {word: tuple(sorted(others - {word})) for word, others in found.items()}


@lru_cache(maxsize=16)
def _cues(speech: LanguagePack) -> _Cues:
    return _Cues(speech)


def sought(query: str) -> Sought:
    """Return what a question, or just some words, looks for."""
    return _sought(query, registry())


@lru_cache(maxsize=256)
def _sought(query: str, known: Registry) -> Sought:
    folded, language = fold(query), language_of(query)
    speech = known.packs[language]
    cues = _cues(speech)
    spaced = known.by_script(language, spaced=True)
    related = _cues(spaced).kin if spaced else {}
    asks_when = bool(cues.when.search(folded))
    found: dict[str, dict[str, float]] = {}
    for term in terms(cues.asking.sub(" ", folded)):
        if is_han(term[0]):
            found[term] = {term: 1.0 if len(term) > 1 else CHARACTER_WEIGHT}
        else:
            found[term] = {term: 1.0} | dict.fromkeys(related.get(term, ()), KIN_WEIGHT)
    taken = set(found)
    for pair in [term for term in found if is_han(term[0])]:
        for character in dict.fromkeys(pair):
            if character in taken:
                continue
            taken.add(character)
            found[pair][character] = CHARACTER_WEIGHT
    for word, others in cues.same.items() if not speech.spaced else ():
        if word in folded:
            kin = {term for other in others for term in terms(other)} - taken
            taken |= kin
            itself = terms(word)[0]
            found.setdefault(itself, {itself: CHARACTER_WEIGHT}).update(dict.fromkeys(sorted(kin), KIN_WEIGHT))
    return Sought(tuple(tuple(variants.items()) for variants in found.values()), asks_when)


def tells_when(text: str) -> bool:
    """Return whether something that was said names a time: yesterday, last week, in spring."""
    known = registry()
    spoken = _WORD.findall(text.lower())
    if any(not _cues(one).times.isdisjoint(spoken) for one in known.spaced):
        return True
    return not text.isascii() and any(time in text for one in known.unspaced for time in _cues(one).times)
