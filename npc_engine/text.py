"""Reading plain text in any language: which one it is, its sentences, and the terms it is found by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from npc_engine.lang import pack, registry
from npc_engine.lang.registry import languages
from npc_engine.lang.writing_system import fill, fold, is_han, weigh, words

Language = str
"""The code of a language: one of `languages()`."""

__all__ = [
    "Language",
    "cleaned",
    "date_and_time",
    "fill",
    "findable",
    "fold",
    "is_common",
    "is_everywhere",
    "is_han",
    "is_question_word",
    "join_sentences",
    "known_language",
    "language_of",
    "languages",
    "localized",
    "sentences",
    "stem",
    "stop_words",
    "terms",
    "words",
]  # fmt: skip

_CLOSERS = "\"'”’」』）》】)\\]"
_ENDING = re.compile(rf"(?:[.!?…]+[{_CLOSERS}]*(?=\s|$)|[。！？…]+[{_CLOSERS}]*|\n)")
_LAST_WORD = re.compile(r"([A-Za-z][A-Za-z.]*)\.$")
_INITIAL = re.compile(r"(?:^|\s)[A-HJ-Z]\.$")
_GLANCE = 32
"""Characters on either side of a full stop that tell what it stands for."""
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours and moves of the cursor
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles, links and other strings, up to their end
    r"|\x1b[ -/]*[0-~]?"
)
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_JOINER = "\u200d"


def known_language(code: str) -> Language:
    """Return a language by its code.

    Raises:
        UnknownNameError: it is none that is installed.
    """
    return pack(code).code


def cleaned(text: str) -> str:
    """Return a text as it may be stored, shown in a terminal and compared: without what can't be seen or encoded.

    Halves of surrogate pairs become one character, or `\ufffd` where the other half is missing; escape sequences of
    terminals, control characters and invisible format characters go, but for tabs, line breaks (as `\\n`) and what
    joins emoji.
    """
    if text.isprintable():
        return text
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    plain = _LINE_ENDS.sub("\n", _ESCAPES.sub("", whole))
    kept: list[str] = []
    for character in plain:
        if character == _JOINER:
            if kept and unicodedata.category(kept[-1]) in ("So", "Sk", "Mn"):
                kept.append(character)
        elif character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs"):
            kept.append(character)
    return "".join(kept)


def language_of(text: str, default: Language | None = None) -> Language:
    """Return the language a text is mostly in; `default`, or else the first, where it has no letters at all.

    A Chinese character carries about as much as a word, so characters are weighed against words. Of languages in one
    script the one whose common words are most of it, or the default where that is open.
    """
    han, spaced = weigh(text)
    known = registry()
    if not han and not spaced:
        return default or languages()[0]
    likely = known.unspaced if han >= len(spaced) else known.spaced
    if len(likely) > 1:
        folded = [fold(word) for word in spaced] if likely is known.spaced else list(text)
        common = {one.code: sum(word in one.stop_words for word in folded) for one in likely}
        most = max(common.values())
        likely = tuple(one for one in likely if common[one.code] == most)
    codes = [one.code for one in likely or tuple(known.packs.values())]
    return default if default in codes else codes[0]


@lru_cache(maxsize=65536)
def stem(word: str, language: Language | None = None) -> str:
    """Return a word's stem in a language, or in the first that has spaces between words."""
    return (pack(language) if language else registry().spaced[0]).stem(word)


def stop_words() -> frozenset[str]:
    """Return the words so common in their language that they find nothing."""
    return registry().stop_words


def is_common(word: str) -> bool:
    """Return whether a word is too common in its language to be another one misspelt."""
    return word in registry().common_words


def terms(text: str) -> list[str]:
    """Return what a text is found by: stems of its words, and its Chinese character pairs.

    Chinese has no spaces; pairs of neighbouring characters find more there than single characters or
    the tokenizers of SQLite do. A lone character stands for itself. Where several languages with spaces are installed,
    a word is found by its stems in each, so that it is found whatever it was said among.
    """
    found: list[str] = []
    for word in words(text):
        if is_han(word[0]):
            if len(word) == 1:
                found.append(word)
            found.extend(word[i : i + 2] for i in range(len(word) - 1))
        else:
            found.extend(_stems(word))
    return found


def _stems(word: str) -> Iterable[str]:
    spaced = registry().spaced
    if len(spaced) == 1:
        bare = spaced[0].bare(word)
        return () if bare in spaced[0].stop_words else (stem(bare, spaced[0].code),)
    bare_by_pack = [(one, one.bare(word)) for one in spaced]
    return dict.fromkeys(stem(bare, one.code) for one, bare in bare_by_pack if bare not in one.stop_words)


def findable(text: str) -> list[str]:
    """Return what a text is kept under: its terms, and the single characters of its Chinese pairs.

    What was said of a 钉 is found then by someone asking for 铁钉.
    """
    found = terms(text)
    return found + [character for word in words(text) if is_han(word[0]) and len(word) > 1 for character in word]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, trimmed, in order; what follows the last full stop counts as one.

    A mark ends none where the text plainly goes on: before a small letter ("is... blue", "9:30 a.m. sharp"), after a
    title or an initial ("Capt. Hook"), before the number it belongs to ("No. 5"), at an ellipsis in Chinese.
    """
    found: list[str] = []
    start = 0
    spelt = any(character.isupper() for character in text)  # who writes no capitals begins sentences without them
    for mark in _ENDING.finditer(text):
        end = mark.end()
        if not _goes_on(text[max(start, end - _GLANCE) : end], mark.group(), text[end : end + _GLANCE], spelt):
            found.append(text[start:end].strip())
            start = end
    return [sentence for sentence in (*found, text[start:].strip()) if sentence]


def _goes_on(before: str, mark: str, after: str, spelt: bool) -> bool:
    """Return whether a sentence goes on after a mark: `before` ends with it, `after` is what follows."""
    rest = after.lstrip(" \t")
    if mark == "\n" or not rest or rest[0] == "\n":
        return False
    bare = mark.rstrip(_CLOSERS)
    if bare.endswith(("…", "..")) and bare == mark and (is_han(rest[0]) or rest[0].islower()):
        return True
    if mark == "." and _abbreviates(before, rest):
        return True
    if is_han(rest[0]):
        return bare != mark and bool(_saying(registry().listed("saying")).match(rest))
    return spelt and rest[0].islower()


def _abbreviates(before: str, rest: str) -> bool:
    """Return whether a full stop belongs to the word before it and not to the sentence."""
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    short = word[1].lower()
    if short in registry().listed("titles") or short in registry().listed("going_on"):
        return True
    if short in registry().listed("numbered") and rest[0].isdigit():
        return True
    return (bool(_INITIAL.search(before)) and rest[0].isupper()) or (rest[0].islower() and "." in short)


@lru_cache(maxsize=4)
def _saying(verbs: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of who says what was just quoted: 她说。"""
    listed = "|".join(sorted(verbs, key=len, reverse=True)) or "(?!)"
    return re.compile(rf"[^，。！？；：“”「」\s]{{0,6}}?(?:{listed})(?:[，。：；]|着|$)")


def is_question_word(phrase: str) -> bool:
    """Return whether a phrase is a question word, in any language: where, how many, 哪里."""
    return _bare(phrase) in registry().listed("asking")


def is_everywhere(phrase: str) -> bool:
    """Return whether a phrase is in every other sentence, or a mere letter, so that it names nothing in particular."""
    bare = _bare(phrase)
    letter = len(bare) == 1 and not is_han(bare) and not bare.isdigit()
    return letter or bare in stop_words() or bare in registry().listed("little") or bare in registry().listed("asking")


def _bare(phrase: str) -> str:
    return " ".join(fold(phrase).split())


def join_sentences(parts: list[str], language: Language) -> str:
    """Return sentences as one text: with a space between them, or without one in Chinese."""
    return pack(language).gap.join(part for part in parts if part)


def date_and_time(moment: datetime, language: Language) -> str:
    """Return a game time as people write it in a language: 3 May, 14:00."""
    return pack(language).date_and_time(moment)


def localized(texts: Mapping[str, str], language: Language) -> str:
    """Return a text in a language, or in whichever there is."""
    return str(texts.get(language) or next(iter(texts.values()), ""))
