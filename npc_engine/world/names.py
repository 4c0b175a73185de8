"""Finding the things of a world by what they are called, in words with spaces and in Chinese without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from npc_engine.lang import registry
from npc_engine.lang.base import Case
from npc_engine.lang.registry import Registry
from npc_engine.lang.writing_system import HAN
from npc_engine.text import fold, is_common, is_han
from npc_engine.world.definitions import Entity

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONG_RUN = re.compile(f"[{HAN}]{{3,}}")
_LONGEST_HOLED = 6
LOOKED = 256
"""Texts of which is kept what is named in them."""
_CASES: tuple[Case, ...] = ("subject", "object", "possessive")
_BELONGING = (" ", "", "的", "'s ", "’s ", "那个", "那位")
"""What may stand between a place and who is told by it."""
_GRAMMATICAL = frozenset("的了在是有和跟与同不没谁哪什么几多少吗呢啊吧这那我你他她它们把被给到去来住叫说欠问请")
"""Characters that are a word of their own before they are a slip in a name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text where something is named: the entity, where the name stands, and how surely."""

    entity: str
    start: int
    end: int
    exact: bool = True


class Names:
    """Every name and alias of a world's entities, for finding them in what people write.

    Of several people of one name the one is meant of whom the text says where they are or what they are: `known_by` has
    such texts for each; else who comes first in the order of `as_seen`, else who was declared first.
    """

    def __init__(
        self,
        entities: Mapping[str, Entity] | Iterable[Entity] = (),
        known_by: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._known_by = known_by or {}
        self._shared: dict[str, list[str]] = {}
        self._owners: dict[str, str] = {}
        self._order: Sequence[str] = ()
        self._spaced: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._unspaced: dict[str, list[tuple[str, str]]] = {}
        self._single: dict[str, str] = {}  # names of one word, for those misspelt
        self._holed: dict[str, set[str]] = {}  # Chinese names with one character left open, likewise
        self._looked: dict[tuple[str, bool], tuple[Mention, ...]] = {}
        for entity in entities.values() if isinstance(entities, Mapping) else entities:
            self.add(entity)

    def add(self, entity: Entity) -> None:
        """Take in an entity's names and aliases, and its id."""
        self._looked.clear()
        names = [*entity.names.values(), *(a for several in entity.aliases.values() for a in several)]
        for name in [*names, entity.id.replace("_", " ")]:
            self._enter(name, entity.id)
        if not entity.proper and entity.kind in ("thing", "idea", "place"):
            for language, called in [*entity.names.items(), *_aliases(entity)]:
                if (several := _several(called, language)) is not None:
                    self._enter(several, entity.id, unless_taken=True)

    def _enter(self, name: str, entity: str, *, unless_taken: bool = False) -> None:
        folded = fold(name).strip()
        if folded in _of_speech(registry()):
            return
        first = self._owners.setdefault(folded, entity)
        if first != entity:
            self._shared.setdefault(first, [first]).append(entity)
        if any(map(is_han, folded)):
            listed = self._unspaced.setdefault(folded[0], [])
            if (folded, entity) not in listed:
                listed.append((folded, entity))
                listed.sort(key=lambda entry: -len(entry[0]))
            for holed in _holed(folded):
                self._holed.setdefault(holed, set()).add(entity)
            return
        for article in (article for one in registry().spaced for article in one.articles):
            folded = folded.removeprefix(article)
        words = tuple(_bare(word) for word in _TOKEN.findall(folded))
        if not words:
            return
        entries = self._spaced.setdefault(words[0], [])
        if unless_taken and any(known == words for known, _ in entries):
            return
        if (words, entity) not in entries:
            entries.append((words, entity))
            entries.sort(key=lambda entry: -len(entry[0]))
        if len(words) == 1:
            self._single.setdefault(words[0], entity)

    def as_seen(self, order: Sequence[str]) -> Names:
        """Return the names as they are meant by who has some people before others: those near, those at this place."""
        if not self._shared:
            return self
        seen = copy(self)
        seen._order, seen._looked = order, {}
        return seen

    def find(self, text: str, *, misspelt: bool = False) -> list[Mention]:
        """Return the mentions in a text in order, longest names first, none inside another.

        With `misspelt`, words of five letters or more that are nearly a name count too (`exact=False`), and three
        Chinese characters or more of which one is wrong. What was found in the last texts is kept: of a line that is
        said, one asks many times.
        """
        found = self._looked.get((text, misspelt))
        if found is None:
            if len(self._looked) >= LOOKED:
                self._looked.clear()
            found = self._looked[text, misspelt] = tuple(self._look(text, misspelt))
        return list(found)

    def _look(self, text: str, misspelt: bool) -> list[Mention]:
        folded = fold(text)
        if len(folded) != len(text):
            text = folded  # positions are then those of the folded text
        found = [*self._find_unspaced(folded), *self._find_spaced(folded, misspelt, text)]
        if misspelt:
            found += self._find_holed(folded, found)
        found.sort(key=lambda mention: mention.start)
        return self._all_told_apart(found, folded) if self._shared else found

    def _all_told_apart(self, found: list[Mention], text: str) -> list[Mention]:
        """Return mentions as those of the right people; a place right before a name is part of it: 'the mill guard'."""
        apart: list[Mention] = []
        for mention in found:
            meant = self._told_apart(mention, text)
            before = apart[-1] if apart and mention.entity in self._shared else None
            if before and text[before.end : mention.start] in _BELONGING:
                place = text[before.start : before.end]
                if any(fold(known) == place for known in self._known_by.get(meant.entity, ())):
                    apart.pop()
                    meant = replace(meant, start=before.start)
            apart.append(meant)
        return apart

    def _told_apart(self, mention: Mention, text: str) -> Mention:
        """Return a mention of somebody as one of the right person of that name."""
        same = self._shared.get(mention.entity)
        if same is None:
            return mention
        rest = f"{text[: mention.start]} {text[mention.end :]}"
        rank = {entity: place for place, entity in reversed(list(enumerate(self._order)))}

        def fits(entity: str) -> tuple[int, int]:
            told = sum(
                any(_stands_in(word, rest) for word in _clues(known)) for known in self._known_by.get(entity, ())
            )
            return -told, rank.get(entity, len(self._order))

        return replace(mention, entity=min(dict.fromkeys(same), key=fits))

    def _find_unspaced(self, text: str) -> list[Mention]:
        found: list[Mention] = []
        position = 0
        while position < len(text):
            for name, entity in self._unspaced.get(text[position], ()):
                if text.startswith(name, position):
                    found.append(Mention(entity, position, position + len(name)))
                    position += len(name)
                    break
            else:
                position += 1
        return found

    def _find_holed(self, text: str, found: list[Mention]) -> list[Mention]:
        """Return where a Chinese name stands with one character wrong, if only one name comes near."""
        more: list[Mention] = []
        windows = (
            (start, end)
            for run in _LONG_RUN.finditer(text)
            for start in range(run.start(), run.end() - 2)
            for end in range(min(run.end(), start + _LONGEST_HOLED), start + 2, -1)
        )
        for start, end in windows:
            if any(mention.start < end and start < mention.end for mention in (*found, *more)):
                continue
            meant = {
                entity
                for at in range(start, end)
                if text[at] not in _GRAMMATICAL
                for entity in self._holed.get(f"{text[start:at]}*{text[at + 1 : end]}", ())
            }
            if len(meant) == 1:
                more.append(Mention(meant.pop(), start, end, exact=False))
        return more

    def _find_spaced(self, text: str, misspelt: bool, original: str) -> list[Mention]:
        tokens = list(re.finditer(r"[a-z0-9\u00c0-\u024f]+(?:['’][a-z0-9\u00c0-\u024f]+)*", text))
        words = [_bare(token.group()) for token in tokens]
        found: list[Mention] = []
        position = 0
        while position < len(words):
            step = 1
            for name, entity in self._spaced.get(words[position], ()):
                if tuple(words[position : position + len(name)]) == name:
                    step = len(name)
                    found.append(Mention(entity, tokens[position].start(), tokens[position + step - 1].end()))
                    break
            else:
                if misspelt and (near := self._near(words[position], _capital(original, tokens[position].start()))):
                    found.append(Mention(near, tokens[position].start(), tokens[position].end(), exact=False))
            position += step
        return found

    def _near(self, word: str, capital: bool) -> str | None:
        """Return the entity a misspelt word most likely means: one slip from its name, or two in a long one.

        Of four letters only a word that is written like a name, with a capital within the sentence.
        """
        if len(word) < (4 if capital else 5) or not word.isalpha() or is_common(word):
            return None
        slips = 1 if len(word) < 8 else 2
        found = process.extractOne(word, self._single.keys(), scorer=OSA.distance, score_cutoff=slips)
        return self._single[found[0]] if found and len(found[0]) >= 4 else None


@lru_cache(maxsize=8)
def _of_speech(known: Registry) -> frozenset[str]:
    """Return the words for whoever speaks and whoever listens: a player called 'you' is not who they say that to."""
    persons = (one.pronoun(who, case) for one in known.packs.values() for who in ("I", "you") for case in _CASES)
    return frozenset(map(fold, filter(None, persons)))


def _aliases(entity: Entity) -> list[tuple[str, str]]:
    return [(language, alias) for language, several in entity.aliases.items() for alias in several]


def _several(name: str, language: str) -> str | None:
    """Return the name of a thing as it stands for several: 'healing potions'; None where it has no such form."""
    speech = registry().packs.get(language)
    if speech is None or not speech.spaced or not name.strip():
        return None
    *before, noun = name.split()
    several = " ".join([*before, speech.plural(noun)])
    return None if several == name else several


def _bare(word: str) -> str:
    return _bare_by(registry(), word.replace("’", "'"))


@lru_cache(maxsize=16384)
def _bare_by(known: Registry, word: str) -> str:
    return next((bare for one in known.spaced if (bare := one.bare(word)) != word), word)


def _clues(text: str) -> list[str]:
    """Return the words of a text that tell something."""
    return [word for word in _TOKEN.findall(fold(text)) if not is_common(word) or any(map(is_han, word))]


def _stands_in(word: str, text: str) -> bool:
    return word in text if any(map(is_han, word)) else word in _TOKEN.findall(text)


def _capital(text: str, at: int) -> bool:
    return at > 0 and text[at : at + 1].isupper()


def _holed(name: str) -> list[str]:
    """Return a name of three Chinese characters or more with each of them left open in turn."""
    if not 3 <= len(name) <= _LONGEST_HOLED or not all(map(is_han, name)):
        return []
    return [f"{name[:at]}*{name[at + 1 :]}" for at in range(len(name))]
