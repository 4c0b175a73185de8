"""The languages that are installed: packs come through the entry points `npc_engine.languages`, ours as well."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from npc_engine.errors import UnknownNameError
from npc_engine.lang.base import LanguagePack
from npc_engine.lang.words import Words
from npc_engine.plugins import installed, look_again

GROUP = "npc_engine.languages"
"""The entry points by which a package offers languages: each a `LanguagePack` subclass, named by its code."""
HOME = ("en", "zh")
"""The languages of the engine itself: those a world speaks that names none. They come first in every list."""


class Registry:
    """Every pack there is, ours first, the others by code."""

    def __init__(self) -> None:
        found: dict[str, LanguagePack] = {}
        offered = installed(GROUP)
        for code in sorted(offered, key=lambda code: (code not in HOME, code)):
            found[code] = offered[code].load()()
        self.packs: Mapping[str, LanguagePack] = found
        self.spaced = tuple(pack for pack in found.values() if pack.spaced)
        self.unspaced = tuple(pack for pack in found.values() if not pack.spaced)
        self.stop_words = frozenset[str]().union(*(pack.stop_words for pack in found.values()))
        self.common_words = frozenset[str]().union(*(pack.common_words for pack in found.values()))
        self._listed: dict[str, frozenset[str]] = {}
        self._alongside = {code: self._with(pack) for code, pack in found.items()}

    def _with(self, pack: LanguagePack) -> tuple[LanguagePack, ...]:
        others = self.unspaced if pack.spaced else self.spaced
        both = (pack, *others[:1])
        return tuple(sorted(both, key=lambda one: not one.spaced))

    def alongside(self, code: str) -> tuple[LanguagePack, ...]:
        """Return the pack of a language, and of the other way of writing the first: one for every word of a text."""
        return self._alongside[code]

    def listed(self, kind: str) -> frozenset[str]:
        """Return the words of a kind that any language lists for the reading of plain text (`text.yaml`)."""
        if kind not in self._listed:
            listed = (one.text.get(kind, ()) for one in self.packs.values())
            self._listed[kind] = frozenset(word for several in listed for word in several)
        return self._listed[kind]

    def by_script(self, code: str, *, spaced: bool) -> LanguagePack | None:
        """Return the pack that reads spaced words, or unspaced ones, in a text of a language."""
        return next((pack for pack in self._alongside[code] if pack.spaced == spaced), None)


@cache
def registry() -> Registry:
    """Return the languages that are installed, looked up once."""
    return Registry()


def rescan() -> None:
    """Look again at what is installed, after a package was added."""
    look_again()
    registry.cache_clear()


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that are installed, ours first."""
    return tuple(registry().packs)


def pack(code: str) -> LanguagePack:
    """Return the pack of a language.

    Raises:
        UnknownNameError: no installed package offers that language.
    """
    try:
        return registry().packs[code]
    except KeyError:
        raise UnknownNameError("language", str(code), languages()) from None


def words_of(code: str) -> Words:
    """Return the words of a language."""
    return pack(code).words


def found_in(phrase: str, text: str, code: str) -> bool:
    """Return whether a phrase stands in a text: as whole words, or anywhere where words do not stand apart."""
    return words_of(code).found(phrase, text)
