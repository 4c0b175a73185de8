"""Finding the things of a world by what they are called, in English and in Chinese without spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from npc_engine.text import COMMON_WORDS, fold, is_han
from npc_engine.world.definitions import Entity

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text where something is named: the entity, where the name stands, and how surely."""

    entity: str
    start: int
    end: int
    exact: bool = True


class Names:
    """Every name and alias of a world's entities, for finding them in what people write."""

    def __init__(self, entities: Mapping[str, Entity] | Iterable[Entity] = ()) -> None:
        self._english: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._chinese: dict[str, list[tuple[str, str]]] = {}
        self._single: dict[str, str] = {}  # names of one word, for those misspelt
        for entity in entities.values() if isinstance(entities, Mapping) else entities:
            self.add(entity)

    def add(self, entity: Entity) -> None:
        """Take in an entity's names and aliases, and its id."""
        names = [*entity.names.values(), *(a for several in entity.aliases.values() for a in several)]
        for name in [*names, entity.id.replace("_", " ")]:
            self._enter(name, entity.id)

    def _enter(self, name: str, entity: str) -> None:
        folded = fold(name).strip()
        if any(map(is_han, folded)):
            listed = self._chinese.setdefault(folded[0], [])
            if (folded, entity) not in listed:
                listed.append((folded, entity))
                listed.sort(key=lambda entry: -len(entry[0]))
            return
        for article in _ARTICLES:
            folded = folded.removeprefix(article)
        words = tuple(_bare(word) for word in _TOKEN.findall(folded))
        if not words:
            return
        entries = self._english.setdefault(words[0], [])
        if (words, entity) not in entries:
            entries.append((words, entity))
            entries.sort(key=lambda entry: -len(entry[0]))
        if len(words) == 1:
            self._single.setdefault(words[0], entity)

    def find(self, text: str, *, misspelt: bool = False) -> list[Mention]:
        """Give the mentions in a text in order, longest names first, none inside another.

        With `misspelt`, words of five letters or more that are nearly a name count too (`exact=False`).
        """
        folded = fold(text)
        if len(folded) != len(text):
            text = folded  # positions are then those of the folded text
        return sorted(
            [*self._find_chinese(folded), *self._find_english(folded, misspelt)],
            key=lambda found: found.start,
        )

    def _find_chinese(self, text: str) -> list[Mention]:
        found: list[Mention] = []
        position = 0
        while position < len(text):
            for name, entity in self._chinese.get(text[position], ()):
                if text.startswith(name, position):
                    found.append(Mention(entity, position, position + len(name)))
                    position += len(name)
                    break
            else:
                position += 1
        return found

    def _find_english(self, text: str, misspelt: bool) -> list[Mention]:
        tokens = list(re.finditer(r"[a-z0-9\u00c0-\u024f]+(?:['’][a-z0-9\u00c0-\u024f]+)*", text))
        words = [_bare(token.group()) for token in tokens]
        found: list[Mention] = []
        position = 0
        while position < len(words):
            step = 1
            for name, entity in self._english.get(words[position], ()):
                if tuple(words[position : position + len(name)]) == name:
                    step = len(name)
                    found.append(Mention(entity, tokens[position].start(), tokens[position + step - 1].end()))
                    break
            else:
                if misspelt and (near := self._near(words[position])):
                    found.append(Mention(near, tokens[position].start(), tokens[position].end(), exact=False))
            position += step
        return found

    def _near(self, word: str) -> str | None:
        """Give the entity a misspelt word most likely means: one slip from its name, or two in a long one."""
        if len(word) < 5 or not word.isalpha() or word in COMMON_WORDS:
            return None
        slips = 1 if len(word) < 8 else 2
        found = process.extractOne(word, self._single, scorer=OSA.distance, score_cutoff=slips)
        return self._single[found[0]] if found and len(found[0]) >= 4 else None


def _bare(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s")
