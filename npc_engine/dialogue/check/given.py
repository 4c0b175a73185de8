"""All that a model was told, made ready to be compared with: text by text, with what each names."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from weakref import WeakKeyDictionary

from npc_engine.dialogue.check.tables import plain, tables
from npc_engine.dialogue.types import ASKING
from npc_engine.lang import pack
from npc_engine.text import Language, stem, terms, words
from npc_engine.world.names import Mention, Names

MOST_KNOWN = 8192
"""Texts of which it is kept what they name."""
_NAMED: WeakKeyDictionary[Names, dict[str, frozenset[str]]] = WeakKeyDictionary()


@lru_cache(maxsize=MOST_KNOWN)
def terms_of(text: str) -> frozenset[str]:
    """Return the words of a text as they are compared; of one that was asked for before they are known."""
    return frozenset(terms(text))


class Given:
    """What was told, as texts; `entries` are they folded."""

    def __init__(self, texts: Sequence[str], names: Names, language: Language) -> None:
        self._names, self.language, self._pack = names, language, pack(language)
        self._texts = [text for text in texts if text]
        self.entries = [plain(text) for text in self._texts]
        self.text = "\n".join(self.entries)

    @cached_property
    def _entities(self) -> list[frozenset[str]]:
        return [self.named(text) for text in self._texts]

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(entity for named in self._entities for entity in named)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The words of all that was told, as they are compared."""
        return frozenset(term for entry in self.entries for term in terms_of(entry))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(one for entry in self.entries for one in _stems_of(entry, self.language))

    @cached_property
    def numbers(self) -> frozenset[float]:
        """The numbers that were told."""
        return frozenset(one.value for entry in self.entries for one in self._pack.numerals(entry))

    def named(self, text: str) -> frozenset[str]:
        """Return what a text names."""
        known = _NAMED.setdefault(self._names, {})
        if text not in known:
            if len(known) >= MOST_KNOWN:
                known.clear()
            known[text] = frozenset(mention.entity for mention in self._names.find(text))
        return known[text]

    def mentions(self, text: str) -> list[Mention]:
        """Return where a text names what."""
        return list(self._names.find(text))

    def speaks_of(self, entity: str) -> bool:
        """Return whether something was told of somebody."""
        return entity in self._known

    def entries_of(self, entities: Collection[str]) -> list[str]:
        """Return the texts that name all of some."""
        wanted = frozenset(entities)
        return [entry for entry, named in zip(self.entries, self._entities, strict=True) if wanted <= named]

    def entries_with(self, pattern: re.Pattern[str]) -> list[str]:
        """Return the texts that have a pattern and ask nothing."""
        return [entry for entry in self.entries if not entry.endswith(ASKING) and pattern.search(entry)]

    def has(self, phrase: str) -> bool:
        """Return whether a phrase was told as it stands."""
        return plain(phrase) in self.text

    def has_word(self, word: str) -> bool:
        """Return whether a word was told, in any of its forms."""
        return stem(self._pack.bare(word)) in self._stems or stem(word.removesuffix("'s")) in self._stems

    def has_kin(self, kin: str) -> bool:
        """Return whether kin of the NPC's own were told of."""
        own = tables(self.language).pattern("kin")
        return any(match[match.lastindex or 0] == kin for entry in self.entries for match in own.finditer(entry))


@lru_cache(maxsize=MOST_KNOWN)
def _stems_of(text: str, language: Language) -> frozenset[str]:
    return frozenset(stem(pack(language).bare(word)) for word in words(text))
