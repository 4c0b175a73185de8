"""A line in pieces, the units that the learned ear knows: words and their parts; characters in Chinese.

What many people type in many ways becomes one: width and case, letters drawn out, apostrophes left away, slang.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from npc_engine.lang import pack
from npc_engine.text import Language

UNKNOWN, OPENS, CLOSES = "[?]", "[<]", "[>]"
"""The pieces that stand for what has none, for the beginning of a line, and for its end."""
SPECIAL = ("[ ]", UNKNOWN, OPENS, CLOSES)
"""All pieces that no text has, in the order of their numbers; the first fills up a batch."""

LONGEST = 120
"""Pieces of a line that are looked at; what comes after belongs to its last stretch."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\s]")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0e\ufe0f")
_SAME = str.maketrans("’‘`´“”", "''''\"\"")
_MARKS = 3  # of the same kind in a row; more say no more
_LETTERS = 24  # of a word
_TOGETHER = 6  # characters of a piece where words do not stand apart
_PAUSE = ","


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece by its number in the vocabulary, and the stretch of the text that it stands for."""

    number: int
    start: int
    end: int


class PieceVocabulary:
    """The pieces of a language by number, and the slang that is read as something else."""

    def __init__(self, language: Language, pieces: Iterable[str], slang: Mapping[str, str]) -> None:
        self.language = language
        self.spaced = pack(language).spaced
        self.pieces = tuple(pieces)
        self.slang = dict(slang)
        self._numbers = {piece: number for number, piece in enumerate(self.pieces)}
        self._unknown = self._numbers[UNKNOWN]
        self.opens, self.closes = self._numbers[OPENS], self._numbers[CLOSES]
        self._of_word = lru_cache(maxsize=4096)(self._word_numbers)
        longest = sorted((key for key in self.slang), key=len, reverse=True)
        self._slang = re.compile("|".join(map(re.escape, longest))) if longest and not self.spaced else None

    def split(self, text: str) -> list[Piece]:
        """Return the pieces of a text in order, at most `LONGEST`."""
        plain, at = _plain(text)
        found = self._words(plain) if self.spaced else self._characters(plain.rstrip())
        return [Piece(number, at[start], at[end - 1] + 1) for number, start, end in found[:LONGEST]]

    def _words(self, text: str) -> list[tuple[int, int, int]]:
        found: list[tuple[int, int, int]] = []
        last, times = "", 0
        for match in _WORD.finditer(text):
            word, (start, end) = match.group(), match.span()
            if word[0].isalnum():
                last = ""
                found += [(number, start, end) for number in self._of_word(word)]
                continue
            times = times + 1 if word == last else 1
            last = word
            if times <= _MARKS:
                found.append((self._numbers.get(word, self._unknown), start, end))
            elif found:
                found[-1] = (*found[-1][:2], end)
        return found

    def _word_numbers(self, word: str) -> tuple[int, ...]:
        """Return the numbers of a word's pieces: the longest known beginning, the longest that goes on, and so on."""
        word = _DRAWN_OUT.sub(r"\1", word)
        numbers: list[int] = []
        for part in self.slang.get(word, word).split():
            for index, run in enumerate(part.split("'")):
                numbers += self._run_numbers(run[:_LETTERS], goes_on=index > 0)
        return tuple(numbers)

    def _run_numbers(self, run: str, goes_on: bool) -> list[int]:
        numbers: list[int] = []
        start = 0
        while start < len(run):
            mark = "##" if start or goes_on else ""
            for end in range(len(run), start, -1):
                number = self._numbers.get(mark + run[start:end])
                if number is not None:
                    break
            else:
                number, end = self._unknown, start + 1
            numbers.append(number)
            start = end
        return numbers

    def _characters(self, text: str, *, read_slang: bool = True) -> list[tuple[int, int, int]]:
        found: list[tuple[int, int, int]] = []
        start, last, times = 0, "", 0
        while start < len(text):
            if text[start].isspace():  # what a comma is elsewhere
                if found and last != _PAUSE:
                    found.append((self._numbers.get(_PAUSE, self._unknown), start, start + 1))
                start, last, times = start + 1, _PAUSE, 1
                continue
            slang = self._slang.match(text, start) if self._slang and read_slang else None
            if slang:
                meant = self._characters(self.slang[slang.group()], read_slang=False)
                found += [(number, start, slang.end()) for number, _, _ in meant]
                start, last = slang.end(), ""
                continue
            times = times + 1 if text[start] == last else 1
            last = text[start]
            if times > _MARKS and found:
                found[-1] = (*found[-1][:2], start + 1)
                start += 1
                continue
            for end in range(min(len(text), start + _TOGETHER), start, -1):
                number = self._numbers.get(text[start:end])
                if number is not None:
                    break
            else:
                number, end = self._unknown, start + 1
            found.append((number, start, end))
            start = end
        return found


def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text with width, case and quotation marks evened out, and where in the text each character stood."""
    if text.isascii():
        return text.lower().translate(_SAME), list(range(len(text)))
    plain: list[str] = []
    at: list[int] = []
    for index, character in enumerate(text):
        if character in _UNSEEN:
            continue
        for same in unicodedata.normalize("NFKC", character).lower().translate(_SAME):
            plain.append(same)
            at.append(index)
    return "".join(plain), at
