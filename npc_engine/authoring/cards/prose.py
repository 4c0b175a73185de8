"""Prose about somebody, taken apart: attributes, what is said aloud in it, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from npc_engine.lang import LanguagePack
from npc_engine.text import fold, is_han, sentences, words

_LINE = re.compile(
    r"^[ \t]*(?:[-*•+][ \t]+)?[*_]{0,2}([^\W\d][\w '’/-]{0,29})[*_]{0,2}[ \t]*[:：=][ \t]*[*_]{0,2}[ \t]*(\S.*)$"
)
_HEADING = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|[*_]{2})([^\W\d][\w '’/-]{0,29})[*_]{0,2}[:：]?[ \t]*$")
_CALLED = re.compile(r'([^\W\d][\w \'’/-]{0,29})\(((?:[^"()]{0,40}"[^"()]{0,200}"){1,40}[^"()]{0,40})\)')
_IN_QUOTES = re.compile(r'"([^"]{1,400})"')
_SPEECH = re.compile(r'"([^"\n]{2,2000})"|“([^“”\n]{2,2000})”|「([^「」\n]{2,2000})」|『([^『』\n]{2,2000})』')
_ACTION = re.compile(r"\*{1,3}[^*]{1,4000}\*{1,3}|(?<!\w)_[^_\n]{2,2000}_(?!\w)")
_ASIDE = re.compile(
    r"\(\([^()]{0,2000}\)\)|\[OOC[^\[\]]{0,2000}\]|<[^<>\n]{1,200}>|!\[[^\[\]]{0,200}\]\([^()]{0,500}\)|```[^`]{0,4000}```"
)
_MARKS = re.compile(r"[*_`#~]+")
_SPACES = re.compile(r"[ \t\u3000]+")


def attributes(text: str, speech: LanguagePack) -> tuple[dict[str, list[str]], str]:
    """Return what a description lists, by what it is to us (`age`, `role` …), and the prose that is left.

    Lines such as `Age: 30`, `[Mira's clothes= "apron"; …]` and `Personality("wry" + "kind")` are lists.
    """
    known = _labels(speech)
    found: dict[str, list[str]] = {}

    def put(label: str, value: str) -> bool:
        kind = _kind_of(label, known)
        quoted = _IN_QUOTES.findall(value) if value.count('"') >= 2 else []
        values = quoted or [value.strip(' "“”[]()+;')]
        if kind and any(values):
            found.setdefault(kind, []).extend(one.strip() for one in values if one.strip())
        return bool(kind)

    def called(match: re.Match[str]) -> str:
        return "" if put(match[1], match[2]) else match[0]

    text = _CALLED.sub(called, text)
    rest: list[str] = []
    under = ""
    for line in _lines(text):
        heading = _HEADING.match(line)
        if heading and _kind_of(heading[1], known):
            under = heading[1]
            continue
        listed = _LINE.match(line)
        if listed and put(listed[1], listed[2]):
            under = ""
        elif under and line.strip() and len(sentences(line)) <= 1 and len(line) < 200:
            put(under, line.strip(" -*•+"))
        else:
            under = under if not line.strip() else ""
            rest += [line] if any(map(str.isalnum, line)) or not line.strip() else []
    return found, "\n".join(rest).strip()


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text; what stands in brackets with semicolons is a line each."""
    for line in text.split("\n"):
        bare = line.strip()
        if bare.startswith("[") and bare.rstrip("]").count("[") == 1 and (";" in bare or "=" in bare):
            yield from bare.strip("[]").split(";")
        elif bare not in ("[", "]", "{", "}", "(", ")"):
            yield line


@cache
def _labels(speech: LanguagePack) -> Mapping[str, str]:
    listed: Mapping[str, list[str]] = speech.data("prose").get("labels", {})
    return {fold(label): kind for kind, labels in listed.items() for label in labels}


def _kind_of(label: str, known: Mapping[str, str]) -> str:
    bare = fold(label).strip()
    return known.get(bare) or known.get(re.sub(r"^.*['’]s ", "", bare), "")


def plain(text: str) -> str:
    """Return prose without marks of layout."""
    return _SPACES.sub(" ", _MARKS.sub("", _ASIDE.sub(" ", text))).strip()


def spoken(text: str) -> str:
    """Return what of a text is said aloud: what stands in quotes, or what is left without *actions*; may be nothing."""
    text = _ASIDE.sub(" ", text)
    quoted = [next(group for group in found if group) for found in _SPEECH.findall(text)]
    if quoted and sum(map(len, quoted)) >= 0.05 * len(text):
        aloud = " ".join(_ACTION.sub(_unless_stressed, one).strip() for one in quoted)
    else:
        aloud = _ACTION.sub(" ", text)
    return " ".join(plain(aloud).split())


def _unless_stressed(found: re.Match[str]) -> str:
    """Return what is marked amid a sentence, which is stressed; a gesture stands between sentences and is cut."""
    before = found.string[: found.start()].rstrip()
    after = found.string[found.end() :].lstrip()
    amid = before[-1:].isalnum() and (after[:1].islower() or is_han(after[:1] or " ") or not after[:1].isalnum())
    return found[0] if amid and after else " "


def first(text: str, most: int, speech: LanguagePack) -> tuple[str, str]:
    """Return the first sentences of a text, of `most` words or two characters for each, and what is left."""
    kept: list[str] = []
    found = sentences(text)
    length = 0
    for sentence in found:
        length += size(sentence)
        if kept and length > most:
            break
        kept.append(sentence)
    return speech.gap.join(kept), speech.gap.join(found[len(kept) :])


def chunks(text: str, most: int, speech: LanguagePack) -> list[str]:
    """Return a text in pieces that can be said one at a time."""
    found = []
    while text:
        piece, text = first(text, most, speech)
        found.append(piece)
    return found


def size(text: str) -> int:
    """Return about how long a text is, in words: two characters of Chinese are one."""
    han = sum(is_han(character) for character in text)
    return han // 2 + sum(not is_han(word[0]) for word in words(text))


def shortened(text: str, most: int, speech: LanguagePack) -> str:
    """Return a text that is no longer than `most` words, cut between sentences, else between words."""
    kept, _ = first(text, most, speech)
    if size(kept) <= most:
        return kept
    if speech.spaced:
        return " ".join(kept.split()[:most]).rstrip(",;: ") + "…"
    return kept[: 2 * most] + "…"


def has_word(text: str, listed: Iterable[str], speech: LanguagePack) -> bool:
    """Return whether any of some words stands in a text, as a whole word where words stand apart."""
    return any(speech.words.found(word, fold(text)) for word in listed)


def listed(values: list[str], speech: LanguagePack) -> str:
    """Return several values as they are listed in a sentence."""
    return speech.listed(values)


@cache
def data_of(speech: LanguagePack) -> Mapping[str, Any]:
    """Return how a language's prose is read."""
    return speech.data("prose")
