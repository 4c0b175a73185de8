"""What holds for every language that is written in a script: letters, words, clauses, comparing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""The characters of Chinese, as a regular expression's class has them."""
_HAN_RUN = re.compile(f"[{HAN}]+")
_WORD = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*")
_SLOT = re.compile(r"\{([^{}|]+)\}")
CLAUSE = re.compile(r"[,.;:!?…，。；：！？—]+")
"""The marks between clauses."""


def fill(template: str, slots: Mapping[str, object]) -> str:
    """Return a template with each `{slot}` filled that is given, and the others as they stand.

    What a slot is filled with is never read as a template itself.
    """
    return _SLOT.sub(lambda slot: str(slots.get(slot[1], slot[0])), template)


def is_han(character: str) -> bool:
    """Return whether a character is a Chinese one."""
    return bool(_HAN_RUN.match(character))


def fold(text: str) -> str:
    """Return a text with width, case and apostrophes evened out, for comparing."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")


def words(text: str) -> list[str]:
    """Return the words of a text in order, folded: spaced words, and whole runs of Chinese."""
    return _WORD.findall(fold(text))


def weigh(text: str) -> tuple[int, list[str]]:
    """Return how many Chinese characters a text has, and its other words that are no numbers, as they are written."""
    pieces = _WORD.findall(text)
    han = sum(len(piece) for piece in pieces if is_han(piece[0]))
    return han, [piece for piece in pieces if not is_han(piece[0]) and not piece.isdigit()]


@lru_cache(maxsize=16384)
def whole_words(phrase: str) -> re.Pattern[str]:
    """Return the pattern that finds a folded phrase where it stands as whole words."""
    return re.compile(rf"(?<![\w']){re.escape(phrase)}(?!\w)")
