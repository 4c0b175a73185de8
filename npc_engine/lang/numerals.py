"""Numbers in what people type: digits and words, with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

_DIGITS = re.compile(
    r"(?<![\w.])\d{1,3}(?:[,，]\d{3})+(?!\d)|(?:(?<![\w.])|(?<=\Wx)|(?<=^x))\d+(?:\.\d+)?(?!\w*[a-z]\d)", re.ASCII
)
_TEN_THOUSAND = 10_000


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that stands in a text from `start` to `end` (characters, from 0)."""

    value: float
    start: int
    end: int


def in_digits(text: str) -> list[Numeral]:
    """Return the numbers that stand in digits: 12, 3.5, 1,200."""
    return [Numeral(_plain(float(re.sub("[,，]", "", one.group()))), *one.span()) for one in _DIGITS.finditer(text)]


def in_spaced_words(text: str, values: Mapping[str, float], scales: Mapping[str, float]) -> list[Numeral]:
    """Return the numbers that stand in words with spaces or hyphens between: twenty-five, two hundred and fifty.

    `values` are what words add (`five`), `scales` what they multiply by (`hundred`).
    """
    run, word = _number_words(frozenset((*values, *scales)))
    found = []
    for match in run.finditer(text):
        for value, start, end in _runs(match.group(), word.findall(match.group()), values, scales):
            found.append(Numeral(value, match.start() + start, match.start() + end))
    return found


@lru_cache(maxsize=16)
def _number_words(words: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds a run of number words, and each of them in it."""
    alternatives = "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"
    run = rf"(?<![\w'-])(?:{alternatives})(?:(?:[ -]|\s+and\s+)(?:{alternatives}))*(?![\w'])"
    return re.compile(run), re.compile(rf"(?:{alternatives})(?!\w)")


def _runs(
    run: str, words: list[str], values: Mapping[str, float], scales: Mapping[str, float]
) -> list[tuple[float, int, int]]:
    """Return the numbers of a run of number words: 'two hundred' is one, 'one two' are two."""
    found: list[tuple[float, int, int]] = []
    total, part, last, begun, at = 0.0, 0.0, float("inf"), 0, 0
    for word in words:
        start = run.index(word, at)
        value = values.get(word)
        if value is not None and 10 <= value < 100 and not total and 0 < part < 10 and run[at:start] == " ":
            part, last = part * 100 + value, value  # 'five fifty'
            at = start + len(word)
            continue
        if value is not None and part % 100 and not (last % 10 == 0 and 20 <= last < 100 and value < 10):
            found.append((_plain(total + part), begun, at))
            total, part, begun = 0.0, 0.0, start
        if value is None:
            scale = scales[word]
            if scale >= 1000:
                total, part = total + (part or 1) * scale, 0.0
            else:
                part = (part or 1) * scale
        else:
            part, last = part + value, value
        at = start + len(word)
    found.append((_plain(total + part), begun, at))
    return found


def in_characters(text: str, digits: Mapping[str, int], scales: Mapping[str, int]) -> list[Numeral]:
    """Return the numbers that stand in characters without spaces: 三, 二十五, 两百五, 一千零八."""
    run = re.compile(f"[{''.join((*digits, *scales))}]+")
    return [Numeral(_plain(_read(match.group(), digits, scales)), *match.span()) for match in run.finditer(text)]


def _read(run: str, digits: Mapping[str, int], scales: Mapping[str, int]) -> float:
    """Return what a run of characters comes to; a last digit counts a tenth of the scale before it: 两百五 is 250."""
    if not any(one in scales for one in run):
        return float("".join(str(digits[one]) for one in run)) if len(run) > 1 else float(digits[run])
    total, section, digit, last = 0, 0, None, 1
    for one in run:
        if one in digits:
            digit = digits[one]
            last = 10 if digit == 0 else last  # a zero ends the short form: 一百零五
        elif (scale := scales[one]) >= _TEN_THOUSAND:
            total, section, digit, last = total + (section + (digit or 0) or 1) * scale, 0, None, scale
        else:
            section, digit, last = section + (1 if digit is None else digit) * scale, None, scale
    if digit is not None:
        section += digit * (last // 10 if last >= 100 else 1)
    return total + section


def apart(found: Iterable[Numeral]) -> list[Numeral]:
    """Return numbers in order, without those that lie over one that comes before them in the list."""
    kept: list[Numeral] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _plain(value: float) -> float:
    """Return a whole number as one: 3 rather than 3.0."""
    return int(value) if value == int(value) else value
