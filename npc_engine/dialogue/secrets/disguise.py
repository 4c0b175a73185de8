"""Words found again in whatever they are dressed up in: spelled out, reversed, ciphered, encoded, as an acrostic."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any
from urllib.parse import unquote

from npc_engine.lang import registry
from npc_engine.packaged import packaged_yaml
from npc_engine.text import fold, is_han, sentences

SHORTEST = 3
"""Letters of the shortest English word that is looked for in disguise."""
_SHORTEST_SHIFTED = 4
"""Letters of the shortest word looked for under every shift of the alphabet; shorter ones turn up by chance."""

_TOKEN = re.compile(r"[a-z0-9]+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_CLAUSE = re.compile(r"[，。！？；：、…,.!?;:\n]+")
_CODED = re.compile(r"[A-Za-z0-9+/_-]{4,}={0,2}")
_BASE32 = re.compile(r"[A-Z2-7]{4,}=*")
_HEX = re.compile(r"(?:(?:\\?0?x)?[0-9a-fA-F]{2}[\s,:-]*){3,}")
_ESCAPED = re.compile(r"(?:\\u|U\+)([0-9a-fA-F]{4})|&#(\d{2,5});|&#x([0-9a-fA-F]{2,4});")
_NUMBERS = re.compile(r"\d+(?:[\s,.-]+\d+){2,}")
_MORSE = re.compile(r"(?:[.-]{1,4}[\s/|]+){2,}[.-]{1,4}")


class Needles:
    """Words to look for, English and Chinese, with everything they can be turned into."""

    def __init__(self, words: Iterable[str]) -> None:
        folded = {fold(word) for word in words}
        self.chinese = frozenset(word for word in folded if any(map(is_han, word)) and len(word) > 1)
        squeezed = {_letters(word) for word in folded if not any(map(is_han, word))}
        self.english = frozenset(word for word in squeezed if len(word) >= SHORTEST)
        self.forms: dict[str, str] = {}
        for word in sorted(self.english):
            for form in _forms(word):
                self.forms.setdefault(form, word)
        self.sounds: dict[tuple[str, ...], str] = {}
        for word in sorted(self.chinese):
            said = tuple(map(sound, word))
            if all(said):
                self.forms.setdefault("".join(said), word)
                if len(word) > 2:
                    self.sounds[said] = word
        self.longest = max(map(len, self.forms), default=0)


@lru_cache(maxsize=64)
def needles(words: frozenset[str]) -> Needles:
    """Return the needles for some words."""
    return Needles(words)


def hidden(text: str, sought: Needles) -> str | None:
    """Return a word that a text has in it, plain or in any disguise; None when there is none."""
    if not sought.english and not sought.chinese:
        return None
    plain = _undressed(text)
    return (
        _in_latin(plain, sought)
        or _in_leet(text, sought)
        or _in_initials(text, plain, sought)
        or _in_chinese(text, sought)
        or _in_code(text, sought)
    )


@lru_cache(maxsize=8192)
def sound(character: str) -> str:
    """Return how a character is said, in Latin letters; empty where no language tells."""
    return next((said for one in registry().unspaced if (said := one.sound(character))), "")


def _forms(word: str) -> Iterator[str]:
    """Yield what an English word may be turned into, itself first."""
    yield word
    yield word[::-1]
    yield "".join(letter * 2 for letter in word)
    start = next((at for at, letter in enumerate(word) if letter in "aeiou"), 0)
    for ending in ("ay", "way", "yay"):
        yield word[start:] + word[:start] + ending
    yield "".join(chr(219 - ord(letter)) if letter.isalpha() else letter for letter in word)
    for shift in range(1, 26) if len(word) >= _SHORTEST_SHIFTED else (13,):
        yield "".join(chr((ord(letter) - 97 + shift) % 26 + 97) if letter.isalpha() else letter for letter in word)


def _in_latin(plain: str, sought: Needles) -> str | None:
    """Look through whole words, and words that several pieces make together: `go ld`, `g-o-l-d`."""
    tokens = _TOKEN.findall(plain)
    found = _joined(tokens, sought) or _joined([token.rstrip("12345") for token in tokens], sought)
    if found:
        return found
    singles = [token for token in tokens if len(token) == 1]
    for letters in ("".join(singles), "".join(letter for letter in singles if letter not in "ai")):
        if word := _within(letters, sought):
            return word
    return None


def _joined(tokens: list[str], sought: Needles) -> str | None:
    for start in range(len(tokens)):
        text = ""
        for token in tokens[start:]:
            text += token
            if len(text) > sought.longest:
                break
            if text in sought.forms:
                return sought.forms[text]
    return None


def _in_leet(text: str, sought: Needles) -> str | None:
    pieces = [piece for piece in fold(text).split() if re.search(r"[^\W\d_]", piece) or len(piece) == 1]
    signs = _tables()["leet"]
    for which in (0, -1):
        table = str.maketrans({sign: letters[which] for sign, letters in signs.items()})
        tokens = [_letters(piece.strip("!.,?;:\"'").translate(table)) for piece in pieces]
        if word := _joined([token for token in tokens if token], sought):
            return word
    return None


def _in_initials(text: str, plain: str, sought: Needles) -> str | None:
    """Look down the first and last letters of words, of sentences, of lines, and along the capitals."""
    tokens = re.findall(r"[a-z]+(?:'[a-z]+)?", plain)
    columns = [
        tokens,
        [_letters(_undressed(s)) for s in sentences(text)],
        [_letters(_undressed(s)) for s in text.split("\n")],
    ]
    for column in columns:
        column = [entry for entry in column if entry]
        if len(column) >= SHORTEST:
            for letters in ("".join(entry[0] for entry in column), "".join(entry[-1] for entry in column)):
                if word := _within(letters, sought):
                    return word
    capitals = "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isupper()).lower()
    return _within(capitals, sought) if len(capitals) > SHORTEST else None


def _within(letters: str, sought: Needles) -> str | None:
    if len(letters) < SHORTEST:
        return None
    backwards = letters[::-1]
    return next((word for word in sorted(sought.english) if word in letters or word in backwards), None)


def _in_chinese(text: str, sought: Needles) -> str | None:
    folded = fold(text)
    runs = ["".join(_HAN.findall(part)) for part in re.split(r"[。！？\n]", folded)]
    alone = set(_HAN.findall(folded))
    clauses = [_HAN.findall(part) for part in _CLAUSE.split(folded)]
    columns = ["".join(found[0][0] for found in clauses if found), "".join(found[-1][-1] for found in clauses if found)]
    for word in sorted(sought.chinese):
        han = "".join(_HAN.findall(word))
        backwards = han[::-1]
        if word in folded or any(han in run for run in (*runs, *columns)) or backwards in alone:
            return word
        if len(han) > 2 and any(backwards in run for run in runs):
            return word
    for run in _spoken_together(clauses) if sought.sounds else ():
        sounds = tuple(map(sound, run))
        for said, word in sought.sounds.items():
            if any(sounds[at : at + len(said)] == said for at in range(len(sounds) - len(said) + 1)):
                return word
    return None


def _spoken_together(clauses: list[list[str]]) -> list[str]:
    """Return the clauses, those of one character joined: 加，了，水 sounds like something, 涨价了，谁来 does not."""
    alone = groupby(("".join(one) for one in clauses if one), key=lambda said: len(said) == 1)
    return [run for single, some in alone for run in (["".join(some)] if single else some)]


def _in_code(text: str, sought: Needles) -> str | None:
    for decoded in _decoded(text):
        plain = _letters(_undressed(decoded))
        for word in sorted(sought.english):
            if word in plain or word in plain[::-1]:
                return word
        if found := next((word for word in sorted(sought.chinese) if word in decoded), None):
            return found
    return None


def _decoded(text: str) -> Iterator[str]:
    """Yield everything in a text that may be a code, read as one."""
    for match in _CODED.finditer(text):
        code = match.group().rstrip("=").replace("-", "+").replace("_", "/")
        yield from _bytes(lambda code=code: base64.b64decode(code + "=" * (-len(code) % 4), validate=True))
    for match in _BASE32.finditer(text):
        code = match.group().rstrip("=")
        yield from _bytes(lambda code=code: base64.b32decode(code + "=" * (-len(code) % 8)))
    for match in _HEX.finditer(text):
        digits = re.sub(r"\\?0?x|[\s,:-]", "", match.group())
        yield from _bytes(lambda digits=digits: binascii.unhexlify(digits))
    if "%" in text:
        yield unquote(text)
    if escapes := _ESCAPED.findall(text):
        yield "".join(chr(int(u or x, 16) if u or x else int(d)) for u, d, x in escapes)
    for match in _NUMBERS.finditer(text):
        found = re.findall(r"\d+", match.group())
        yield from _numbers(found)
    if bits := re.findall(r"[01]{7,8}", text):
        yield "".join(chr(int(bit, 2)) for bit in bits)
    letters = _tables()["morse"]
    for match in _MORSE.finditer(text.replace("·", ".").replace("—", "-").replace("–", "-").replace("−", "-")):
        yield "".join(letters.get(sign, "") for sign in re.split(r"[\s/|]+", match.group()))


def _bytes(decode: Any) -> Iterator[str]:
    try:
        raw: bytes = decode()
    except (ValueError, binascii.Error):
        return
    for encoding in ("utf-8", "gb18030"):
        try:
            yield raw.decode(encoding)
        except UnicodeDecodeError:
            continue


def _numbers(found: list[str]) -> Iterator[str]:
    """Yield numbers as letters, by their place in the alphabet and by their codes."""
    values = [int(number) for number in found if len(number) < 6]
    if all(1 <= value <= 26 for value in values):
        yield "".join(chr(96 + value) for value in values)
    if all(32 <= value < 0xD800 for value in values):
        yield "".join(map(chr, values))


def _undressed(text: str) -> str:
    """Return a text without accents, invisible characters and letters that only look Latin."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    bare = "".join(letter for letter in parts if unicodedata.category(letter) not in ("Mn", "Cf"))
    return bare.translate(_lookalikes())


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text)


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = packaged_yaml("npc_engine.dialogue.secrets", "disguises.yaml")
    return tables


@lru_cache(maxsize=1)
def _lookalikes() -> dict[int, str]:
    return str.maketrans(_tables()["lookalikes"])
