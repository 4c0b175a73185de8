"""What a stretch of a line asks for, whatever it is about: its words without names and numbers, and how it is put."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from npc_engine.dialogue.understand.gists import Gist, Gists
from npc_engine.dialogue.understand.picking import Words, counted, measures, ordinals, spans
from npc_engine.dialogue.understand.qualifiers import unasked
from npc_engine.dialogue.understand.senses import senses_in
from npc_engine.lang import pack
from npc_engine.lang.numerals import Numeral
from npc_engine.text import Language

SENSED, BESIDES = 0.85, 0.88
"""How well words fit that put what is often asked for, and what each word beside them leaves of it."""
_MARK, _NUMBER, _GAP = "§", "#", "\0"
_TALK = frozenset({"talk"})
"""How it is qualified that something is asked to be said."""
_TAGGED = re.compile(rf"[^{_MARK}]*{_MARK}[\s?？!！.。]*")
_DRAWN = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True, slots=True)
class Asking:
    """A piece of a line without names and numbers: what is to be done, whether it is wanted or asked for, and how
    that is qualified."""

    gist: Gist
    wants: bool
    asks: bool
    qualified: frozenset[str]
    counts: bool = False
    nouns: frozenset[str] = frozenset()
    """Words that only stand for some thing or other: 'buy a sword'."""
    senses: tuple[Sense, ...] = ()
    named: frozenset[str] = frozenset()
    commits: bool = False
    tagged: bool = False
    """Whether it is asked at the end only: '… would you?', …好吗."""


@dataclass(frozen=True, slots=True)
class Sense:
    """Something that is often asked for: how well a piece of a line fits it, with the words that put it (`said`).

    It is `put` where nothing but words that any request may have stands before them.
    """

    name: str
    fits: float
    said: str
    put: bool


class Askings:
    """Reads what stretches of lines in one language ask for."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self.gists = DeedGists(language)
        deeds = pack(language).deeds
        self._pleading, self._committing = re.compile(deeds.pleading), re.compile(deeds.committing)
        self._fronted = re.compile(deeds.fronted)

    def asking_in(self, words: Words, start: int, end: int) -> Asking:
        """Return what a stretch of a text asks for."""
        words = words.within(start, end)
        counting = {counted(words, one, start, only_counting=True) for one in (*words.mentions, None)}
        plain = Masked(words, start)
        folded = plain.text()
        plain.blank([*spans(words.mentions), *spans(words.compared)])
        plain.blank((n.end, unit[1]) for n in words.numbers if (unit := words.measures.unit_after(words.text, n.end)))
        put = plain.marked([n for n in words.numbers if n not in counting and not words.only_counts(n)])
        plain.blank([*spans(words.bounds), *measures(words, start)])
        plain.blank([*words.described, *ordinals(words, start)])
        numbers = [n for n in words.numbers if plain.is_whole(n)]
        free = any(n not in counting and not words.only_counts(n) for n in numbers)
        asked = replace(self._asking(plain.marked(numbers), folded, put), counts=free)
        pleads = not free and (asked.asks or asked.wants) and self._pleading.search(words.text, start)  # 能不能便宜点
        return replace(asked, asks=False, wants=False, qualified=asked.qualified | {"pleads"}) if pleads else asked

    def _asking(self, rest: str, folded: str, put: str) -> Asking:
        """Return what a text asks for, masked, `folded`, and as senses are put in it."""
        if pack(self._language).spaced:
            rest = _DRAWN.sub(r"\1", rest)  # 'pleeease'
        wants, rest = _cut("wanting", rest, self._language)
        asks, rest = _cut("asking", rest, self._language)
        if (wants or asks) and _for_words(self._language).search(rest):
            return Asking(self.gists.of(""), False, False, _TALK)
        gap = " " if pack(self._language).spaced else ""
        senses = tuple(self._sensed(gap.join(put.split())))
        nouns = frozenset(match[1] for match in _things(self._language).finditer(rest))
        gist = self.gists.of(" ".join(rest.replace(_MARK, " ").replace(_NUMBER, " ").split()))
        qualified, commits = unasked(folded, self._language), bool(self._committing.search(put))
        tagged = asks and _TAGGED.fullmatch(rest) is not None
        return Asking(gist, wants, asks, qualified, False, nouns, senses, commits=commits, tagged=tagged)

    def _sensed(self, text: str) -> Iterator[Sense]:
        """Yield what is often asked for and stands in a text, names and all left out of it."""
        for one in senses_in(text, self._language):
            before, after = self._count(text[: one.start]), self._count(text[one.end :])
            put = not before or bool(self._fronted.match(text[: one.start]))
            yield Sense(one.name, SENSED * BESIDES ** (before + after), text[one.start : one.end], put)

    def _count(self, text: str) -> int:
        """Return how many words of a text tell what is to be done."""
        for kind in ("wanting", "asking"):
            text = _cut(kind, text, self._language)[1]
        return len(self.gists.of(" ".join(text.replace(_MARK, " ").replace(_NUMBER, " ").split())).words)

    def unlisted(self, words: Words, start: int) -> str:
        """Return what is left of a stretch without names, numbers, and what may stand beside things that are listed."""
        plain = Masked(words, start)
        plain.blank([*spans(words.mentions), *spans(words.compared), *spans(words.numbers)])
        plain.blank([*words.described, *ordinals(words, start)])
        for pattern in (_pattern("asking", self._language), _listing(self._language)):
            plain.blank([match.span() for match in pattern.finditer("".join(plain.letters), start)])
        return re.sub(r"[\W_]", "", plain.text())

    def tells(self, text: str) -> bool:
        """Return whether a folded text has words that tell what is to be done."""
        return bool(self._count(text))


class Masked:
    """A stretch of a text in which names and quotations are blanked out, and numbers marked."""

    def __init__(self, words: Words, start: int) -> None:
        self.letters, self._start = list(words.text), start
        self.blank((at, to) for at, to, _ in words.quoted)

    def blank(self, stretches: Iterable[tuple[int, int]]) -> None:
        """Put spaces in place of some stretches."""
        for start, end in stretches:
            self.letters[start:end] = " " * (end - start)

    def text(self) -> str:
        """Return the stretch as it is by now."""
        return "".join(self.letters[self._start :])

    def is_whole(self, number: Numeral) -> bool:
        """Return whether nothing of a number is blanked out."""
        return self.letters[number.start] != " "

    def marked(self, numbers: Iterable[Numeral]) -> str:
        """Return the stretch with a mark for each of some numbers."""
        letters = list(self.letters)
        for one in numbers:
            letters[one.start : one.end] = f"{_NUMBER}{_GAP * (one.end - one.start - 1)}"
        return "".join(letters[self._start :]).replace(_GAP, "")


class DeedGists(Gists):
    """Makes gists of requests: what is left without the words that any request may have."""

    frame_file = "deeds"
    whole_if_bare = False


def _cut(kind: str, text: str, language: Language) -> tuple[bool, str]:
    """Return whether any pattern of a kind stands in a text, and the text without it."""
    left = _pattern(kind, language).sub(_MARK, text)
    return left != text, left


@lru_cache(maxsize=16)
def _pattern(kind: str, language: Language) -> re.Pattern[str]:
    speech = pack(language)
    return speech.deeds.pattern(speech.deeds[kind], spaced=speech.spaced)


@lru_cache(maxsize=8)
def _listing(language: Language) -> re.Pattern[str]:
    """Return what finds words that may stand beside things that are counted out."""
    speech = pack(language)
    return speech.deeds.pattern([speech.deeds.listing], spaced=speech.spaced)


@lru_cache(maxsize=8)
def _for_words(language: Language) -> re.Pattern[str]:
    """Return what finds that words are asked for and no deed: 'I want to know'."""
    return re.compile(rf"{_MARK}\s*(?:{'|'.join(pack(language).deeds['nothing']) or '(?!)'})")


@lru_cache(maxsize=8)
def _things(language: Language) -> re.Pattern[str]:
    """Return what finds words that stand for some thing or other: behind an article, 一把 …"""
    return re.compile(pack(language).deeds.some_thing or "(?!)")
