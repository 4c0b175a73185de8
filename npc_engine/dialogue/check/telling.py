"""What only a secret's own telling brings together: by that it is known however it is put.

A secret's words are those of the author's telling, of what it states and of what leads to it, thin ones aside. A
sentence that shares several of them gives it away, unless one thing that may be told, or what was just asked, has them
too; so do several words in a row as the author has them. Where words do not stand apart, characters are compared.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from npc_engine.dialogue.check.given import Given
from npc_engine.dialogue.check.tables import plain, tables
from npc_engine.lang import pack
from npc_engine.mind import CompiledWorld
from npc_engine.persona import Secret
from npc_engine.text import Language, is_han, terms

NEW, KNOWN = 1.0, 0.5
"""What a word counts that was never told, and one that was."""
RUN = 4
"""How many words, or characters, in a row as the author tells it count like one new word more."""
MUCH, MUCH_NEAR = {True: 1.5, False: 2.0}, {True: 1.0, False: 1.5}
"""How much of what only a secret brings together gives it away, and how much where it was just asked after.

That is by whether words stand apart: one character has more meanings than a word."""
CONFIDED = 1.0
"""How much, where a sentence says of itself that it confides something: 'between you and me'."""
SHARE = 0.15
"""The share of a sentence's own words that this is at least: a long one has something of anything."""
LESS = 0.5
"""What a word of its telling counts for coming near a secret, where one that leads to it counts 1."""
MOST_KNOWN = 8192
"""Texts of which the telling words are kept."""


@dataclass(frozen=True, slots=True)
class _Watched:
    """A secret made ready: words that lead to it, those in which it is told, their parts, and its telling as it is."""

    leads: frozenset[str]
    words: frozenset[str]
    tells: frozenset[str]
    text: str


class Telling:
    """Watches for what is told of some secrets by the words that only they bring together."""

    def __init__(self, secrets: Sequence[Secret], npc: str, world: CompiledWorld, given: Given, heard: Given) -> None:
        self._told, self._language = (given, heard), given.language
        self._secrets = {one.id: _made_ready(one, npc, world, given.language) for one in secrets}

    @cached_property
    def _entries(self) -> list[frozenset[str]]:
        return [parts(entry, self._language) for one in self._told for entry in one.entries]

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset().union(*self._entries)

    @cached_property
    def _told_text(self) -> str:
        return "\n".join(_in_a_row(entry, self._language) for one in self._told for entry in one.entries)

    def near(self, text: str, least: float) -> frozenset[str]:
        """Return the secrets that a text comes near: by words that lead to it, or more that tell it."""
        said = telling(plain(text), self._language)
        return frozenset(
            id
            for id, one in self._secrets.items()
            if len(said & one.leads) + LESS * len((said & one.words) - one.leads) >= least
        )

    def hinted(self, text: str) -> frozenset[str]:
        """Return the secrets of whose telling a text has a word that nothing which was told has."""
        known = frozenset().union(*(parts(entry, self._language) for entry in self._told[0].entries))
        said = parts(plain(text), self._language) - known
        return frozenset(id for id, one in self._secrets.items() if said & one.tells)

    def names(self, fragment: str, among: Collection[str], aside: frozenset[str]) -> str:
        """Return a word that a piece of a sentence has of those in which some secrets are told; empty for none."""
        said = telling(plain(fragment), self._language) - aside
        words = frozenset().union(*(self._secrets[id].leads | self._secrets[id].words for id in among))
        return next(iter(sorted(said & words)), "")

    def tells(self, sentence: str, near: Collection[str]) -> tuple[str, bool]:
        """Return the secret that a sentence tells of, and whether it has several words in a row as the author tells it.

        Less is enough of one that the talk is `near`; of none it is an empty one.
        """
        said = parts(plain(sentence), self._language)
        confides = bool(tables(self._language).found("confides", sentence))
        for id, one in self._secrets.items():
            much = (MUCH_NEAR if id in near else MUCH)[pack(self._language).spaced]
            much = CONFIDED if confides else much
            shared = said & one.tells
            run = self._runs(plain(sentence), one.text) if shared else 0
            if NEW * len(shared) + run < much:
                continue
            weight = self._weight(shared)
            if weight + run >= much and (weight >= SHARE * len(said) or run or confides):
                return id, bool(run)
        return "", False

    def _weight(self, shared: frozenset[str]) -> float:
        """Return what words count that a secret shares, but for those that one thing which was told has together."""
        return min(
            (sum(KNOWN if one in self._known else NEW for one in shared - entry) for entry in self._entries),
            default=NEW * len(shared),
        )

    def _runs(self, sentence: str, telling: str) -> float:
        """Return what it counts that a sentence has several words in a row as a secret is told, and nothing else is."""
        tokens = _in_a_row(sentence, self._language).split()
        rows = (f" {' '.join(tokens[at : at + RUN])} " for at in range(len(tokens) - RUN + 1))
        return NEW if any(row in telling and row not in self._told_text for row in rows) else 0.0


@lru_cache(maxsize=MOST_KNOWN)
def telling(text: str, language: Language) -> frozenset[str]:
    """Return the words of a text that tell something: without thin ones, which stand in anything."""
    thin = _thin(language)
    return frozenset(term for term in terms(text) if term not in thin and not (is_han(term[0]) and set(term) & thin))


@lru_cache(maxsize=MOST_KNOWN)
def parts(text: str, language: Language) -> frozenset[str]:
    """Return what tells something in a text, word by word; character by character where words do not stand apart."""
    if pack(language).spaced:
        return telling(text, language)
    return frozenset(filter(is_han, text)) - _thin(language)


@lru_cache(maxsize=MOST_KNOWN)
def _in_a_row(text: str, language: Language) -> str:
    """Return a text's words, or characters, with spaces between and around them."""
    spaced = pack(language).spaced
    return f" {' '.join(pack(language).tokens(text) if spaced else filter(str.isalnum, text))} "


@lru_cache(maxsize=8)
def _thin(language: Language) -> frozenset[str]:
    listed = tables(language).listed("thin")
    return frozenset({*listed, *terms(" ".join(listed))})


def _made_ready(secret: Secret, npc: str, world: CompiledWorld, language: Language) -> _Watched:
    return world.derived.get(("telling", npc, secret.id, language), lambda: _read(secret, npc, world, language))


def _read(secret: Secret, npc: str, world: CompiledWorld, language: Language) -> _Watched:
    leads: list[str] = [*secret.words.get(language, ())]
    relations: list[str] = []  # what people do, have and feel leads to nothing by itself
    for fact in secret.facts:
        subject, predicate, object_ = fact.split()
        rule = world.predicates.get(predicate)
        if rule is not None:
            relations += [*pack(language).own_words(rule.wording.get(language, "")), *rule.words.get(language, ())]
            value = rule.values.get(object_)
            leads += [*value.words.get(language, ()), value.names.get(language, "")] if value else []
        for entity in (world.entities.get(one) for one in (subject, object_) if one != npc):
            leads += [entity.names.get(language, ""), *entity.aliases.get(language, ())] if entity else []
    own = world.entities.get(npc)
    named = " ".join([own.names.get(language, ""), *own.aliases.get(language, ())] if own else [])
    told = plain(secret.reveal.get(language, ""))
    beside = [*leads, *relations] if pack(language).spaced else ()  # their characters stand in anything
    told_parts = parts(told, language).union(*(parts(plain(one), language) for one in beside))
    return _Watched(
        frozenset(one for text in leads for one in telling(plain(text), language)) - telling(plain(named), language),
        telling(" ".join([told, *map(plain, relations)]), language) - telling(plain(named), language),
        told_parts - parts(plain(named), language),
        _in_a_row(told, language),
    )
