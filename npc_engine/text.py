"""Reading plain text in English and Chinese: which language it is, its sentences, and the terms it is found by."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from npc_engine.errors import UnknownNameError

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
FULL_WIDTH: frozenset[Language] = frozenset({"zh"})
"""Languages that are written with full-width marks: ，。！"""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN_RUN = re.compile(f"[{_HAN}]+")
_WORD = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+(?:['’][^\W_{_HAN}]+)*")
_CLOSERS = "\"'”’」』）》】)\\]"
_ENDING = re.compile(rf"(?:[.!?…]+[{_CLOSERS}]*(?=\s|$)|[。！？…]+[{_CLOSERS}]*|\n)")
_LAST_WORD = re.compile(r"([A-Za-z][A-Za-z.]*)\.$")
_INITIAL = re.compile(r"(?:^|\s)[A-HJ-Z]\.$")
_GLANCE = 32
"""Characters on either side of a full stop that tell what it stands for."""
_STEMMING = threading.Lock()  # a stemmer keeps the word it works on in itself

_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours and moves of the cursor
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles, links and other strings, up to their end
    r"|\x1b[ -/]*[0-~]?"
)
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_JOINER = "\u200d"

# Words so common that they find nothing. Closed classes of English; for Chinese, particles and pronouns.
STOP_WORDS = frozenset(
    """a an the and or but if so as of at by for from in into on onto to with without about than then that this
    these those there here it its is am are was were be been being do does did done doing have has had having
    will would shall should can could may might must not no nor i me my mine you your yours he him his she her
    hers we us our ours they them their theirs what which who whom whose when where why how s t m d ll re ve
    just also too very really""".split()
)

# Words that are not another word misspelt, though a letter away from many.
COMMON_WORDS = STOP_WORDS | frozenset(
    """about above after again alone along among around asked because before began begin behind being below better
    between bring brought called carry catch cause change child chance clear close could course didn doing doesn
    early earth enough every everyone everything evening family father fetch field fight first follow forever forget
    forgot forgive found friend front garden going green ground happen happy heard heart heavy hello house hurry
    known large later laugh learn least leave letter light little lived lives living looking losing lovely making
    maybe means might money month morning mother never night nothing often older other paper people perhaps place
    plain plant please point quick quiet quite rather ready really remember right river round share sharp shore short
    should since sister small smith someone something sorry sound speak spend spoke stand start state still stone
    story strange stranger strong sweet table taken taking tells thank thanks there these thing things think third
    those though thought three through today together tomorrow tonight toward tried trouble trust truth under until
    village visit voice waiting watch water weather whether where which while white whole whose woman wonder world
    worry worse worth would write wrong yesterday young yours""".split()
)


def known_language(code: str) -> Language:
    """Return a language by its code.

    Raises:
        UnknownNameError: it is none that the engine speaks.
    """
    for language in LANGUAGES:
        if language == code:
            return language
    raise UnknownNameError("language", str(code), LANGUAGES)


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


def is_han(character: str) -> bool:
    """Tell whether a character is a Chinese one."""
    return bool(_HAN_RUN.match(character))


def language_of(text: str, default: Language = "en") -> Language:
    """Give the language a text is mostly in; `default` where it has no letters at all.

    A Chinese character carries about as much as a word, so characters are weighed against words.
    """
    han = sum(len(run) for run in _HAN_RUN.findall(text))
    words = sum(1 for word in _WORD.findall(text) if not is_han(word[0]) and not word.isdigit())
    if not han and not words:
        return default
    return "zh" if han >= words else "en"


def fold(text: str) -> str:
    """Give a text with width, case and apostrophes evened out, for comparing."""
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")


def words(text: str) -> list[str]:
    """Give the words of a text in order, folded: English words, and whole runs of Chinese."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Give an English word's stem (Snowball)."""
    with _STEMMING:
        return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    import snowballstemmer  # which takes a while, and what only cleans a text does without

    return snowballstemmer.stemmer("english")


def terms(text: str) -> list[str]:
    """Give what a text is found by: stems of its English words, and its Chinese character pairs.

    Chinese has no spaces; pairs of neighbouring characters find more there than single characters or
    the tokenizers of SQLite do. A lone character stands for itself.
    """
    found: list[str] = []
    for word in words(text):
        if is_han(word[0]):
            if len(word) == 1:
                found.append(word)
            found.extend(word[i : i + 2] for i in range(len(word) - 1))
        else:
            bare = word[:-2] if word.endswith("'s") else word
            if bare not in STOP_WORDS:
                found.append(stem(bare))
    return found


def findable(text: str) -> list[str]:
    """Give what a text is kept under: its terms, and the single characters of its Chinese pairs.

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
    """Tell whether a sentence goes on after a mark: `before` ends with it, `after` is what follows."""
    rest = after.lstrip(" \t")
    if mark == "\n" or not rest or rest[0] == "\n":
        return False
    bare = mark.rstrip(_CLOSERS)
    if bare.endswith(("…", "..")) and bare == mark and (is_han(rest[0]) or rest[0].islower()):
        return True
    if mark == "." and _abbreviates(before, rest):
        return True
    if is_han(rest[0]):
        return bare != mark and bool(_saying().match(rest))
    return spelt and rest[0].islower()


def _abbreviates(before: str, rest: str) -> bool:
    """Tell whether a full stop belongs to the word before it and not to the sentence."""
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    short, data = word[1].lower(), text_data()
    if short in data["titles"] or short in data["going_on"]:
        return True
    if short in data["numbered"] and rest[0].isdigit():
        return True
    return (bool(_INITIAL.search(before)) and rest[0].isupper()) or (rest[0].islower() and "." in short)


@cache
def _saying() -> re.Pattern[str]:
    """Return the pattern of who says what was just quoted: 她说。"""
    return re.compile(rf"[^，。！？；：“”「」\s]{{0,6}}?(?:{'|'.join(text_data()['saying'])})(?:[，。：；]|着|$)")


def asks(phrase: str) -> bool:
    """Tell whether a phrase is a question word, in any language: where, how many, 哪里."""
    return _bare(phrase) in _listed("asking")


def is_everywhere(phrase: str) -> bool:
    """Tell whether a phrase is in every other sentence, or a mere letter, so that it names nothing in particular."""
    bare = _bare(phrase)
    letter = len(bare) == 1 and not is_han(bare) and not bare.isdigit()
    return letter or bare in STOP_WORDS or bare in _listed("little") or bare in _listed("asking")


def _bare(phrase: str) -> str:
    return " ".join(fold(phrase).split())


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(phrase for listed in text_data()[kind].values() for phrase in listed)


@cache
def text_data() -> dict[str, Any]:
    """Return the lists of words that reading plain text goes by."""
    source = files(__package__).joinpath("text.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(source)
    return data


def join_sentences(parts: list[str], language: Language) -> str:
    """Give sentences as one text: with a space between them in English, without one in Chinese."""
    return ("" if language == "zh" else " ").join(part for part in parts if part)
