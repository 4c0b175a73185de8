"""Asides: what a trained voice says beside its plan, kept where people say such things and cut where nobody does.

A small model's turns of phrase are good where it has them from somebody and babble where it makes them up. What it may
have them from is known: the hand-written lines it was trained on, and the persona. Each clause is looked at in groups
of three words (in Chinese, pairs of characters); those of the plan count as one blank.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from npc_engine.dialogue.check.grounds import persona_texts
from npc_engine.lang import pack, registry
from npc_engine.persona import Persona
from npc_engine.text import Language, is_han, stem, stop_words, terms, words

MOST_UNKNOWN = 1
"""How many groups of words an aside may have that nobody ever wrote; two words ('mind you') do no harm."""
_GROUP, _GROUP_ZH = 3, 2

_BLANK, _START, _END = "_", "<", ">"
_MERE_NAME = 3
_ENDS = ".!?…"
_ENDS_ZH = "。！？…"
_CLAUSE = re.compile(r"([,;:.!?…—–，。！？；：、]+[\"'”’]*\s*)")


def trimmed(sentence: str, bare: Sequence[str], heard: str, own: frozenset[int], language: Language) -> str:
    """Return a sentence without the asides that nobody would say; nothing where it was nothing else.

    `bare` is what is to be said and `heard` what was: a clause with words of theirs is no aside. `own` are the turns of
    phrase of the speaker's own (`turns_of_phrase`).
    """
    if pack(language).recited:
        return _recited(sentence, bare, "".join((*bare, heard)), own | book(language), language)
    return _spoken(sentence, " ".join((*bare, heard)), own | book(language), language)


def _recited(sentence: str, bare: Sequence[str], given: str, written: frozenset[int], language: Language) -> str:
    """Keep the clauses that recite the plan, and of the others those that somebody would say."""
    speech = pack(language)
    planned = [clause for text in bare for clause in speech.clauses_of(text)]
    parts, kept = parted(sentence, speech.marks), ""
    recited = [one for one in planned if any(speech.is_clause(one, clause) for clause, _ in parts)]
    for clause, mark in parts:
        unknown = sum(group not in written for group in groups(clause, given))
        echo = len(clause) > _MERE_NAME and any(clause in one and clause != one for one in recited)
        if any(speech.is_clause(one, clause) for one in planned) or (unknown <= MOST_UNKNOWN and not echo):
            kept += clause + mark
    kept = kept.lstrip(speech.marks)
    ends = kept[-1:] in _ENDS_ZH
    if ends or not kept:
        return kept
    return kept.rstrip(speech.marks) + (sentence[-1] if sentence[-1] in _ENDS_ZH else speech.full_stop)


def _spoken(sentence: str, given: str, written: frozenset[int], language: Language) -> str:
    """Keep the clauses that say something of the plan, and of the others those that somebody would say."""
    joining, unfinished = _joining(language)
    none = frozenset[str]()
    definite = "".join(pack(language).articles[:1]).strip()
    parts = _CLAUSE.split(sentence)
    clauses = [_Clause(t, m) for t, m in zip(parts[::2], [*parts[1::2], ""], strict=True) if words(t)]
    content = set(terms(given))
    for at, clause in enumerate(clauses):
        own = content & set(terms(clause.text))
        others = {term for one in clauses if one is not clause and not one.cut for term in terms(one.text)}
        unknown = 0
        if not own and len(words(clause.text)) != 2:
            unknown = sum(group not in written for group in groups(clause.text, given))
        # What says nothing of the plan, or says it over again in more words, has to be what somebody would say.
        again = bool(own and own <= others and set(terms(clause.text)) - content - others)
        again = again or any(_is_within(clause, one, joining) for one in clauses[:at] if not one.cut)
        again = again or (0 < at < len(clauses) - 1 and _is_stutter(clause, clauses[at + 1]))
        allowed = MOST_UNKNOWN if len(words(clause.text)) > 1 else 0
        if (
            unknown > allowed
            or again
            or (not own and _is_broken(clause, unfinished if clause is clauses[-1] else none, definite))
        ):
            clause.cut = True
            before = next((one for one in reversed(clauses[:at]) if not one.cut), None)
            if before and words(before.text)[-1] in unfinished:
                before.cut = True
    if not any(clause.cut for clause in clauses):
        return sentence
    return _joined(clauses, sentence, joining)


def _is_within(clause: _Clause, other: _Clause, joining: re.Pattern[str]) -> bool:
    """Return whether a clause says nothing but what another said: 'very well, and very well'."""
    said = words(joining.sub("", clause.text))
    return len(said) > 1 and set(said) <= set(words(other.text))


def _is_stutter(clause: _Clause, following: _Clause) -> bool:
    """Return whether a clause is one word that the next begins over with: 'the wall, Masha, and Masha commands'."""
    said = words(clause.text)
    return len(said) == 1 and said[0] in words(following.text)[:3]


def _is_broken(clause: _Clause, unfinished: frozenset[str], definite: str) -> bool:
    """Return whether an aside breaks off at the end, or names a thing and says nothing of it ('The pot.')."""
    said = words(clause.text)
    return said[-1] in unfinished or (said[0] == definite and len(said) <= _MERE_NAME)


@dataclass(slots=True)
class _Clause:
    """A clause, the mark that ends it, and whether it is cut."""

    text: str
    mark: str
    cut: bool = False


def parted(said: str, marks: str) -> list[tuple[str, str]]:
    """Return what was said as clauses, each with the marks behind it."""
    parts = re.split(f"([{marks}]+)", said)
    return [(text, mark) for text, mark in zip(parts[::2], [*parts[1::2], ""], strict=True) if text or mark]


def groups(text: str, given: str) -> Iterator[int]:
    """Yield the groups of words that a text's clauses are made of, each as a number (CRC-32)."""
    for clause in _CLAUSE.split(text)[::2]:
        row = [_START, *blanked(clause, given), _END]
        size = _GROUP_ZH if any(map(is_han, clause)) else _GROUP
        if len(row) > 2:
            yield from (zlib.crc32(" ".join(row[at : at + size]).encode()) for at in range(len(row) - size + 1))


def blanked(clause: str, given: str) -> list[str]:
    """Return a clause's words, or Chinese characters, with one blank for any that stand together and are `given`."""
    own = set(terms(given))
    row: list[str] = []
    for word in words(clause):
        if is_han(word[0]):
            known = [word[at : at + 2] in own for at in range(len(word))]
            tokens = [_BLANK if known[at] or (at and known[at - 1]) else c for at, c in enumerate(word)]
        else:
            tokens = [_BLANK if _bare(word) not in stop_words() and stem(_bare(word)) in own else word]
        row += [token for token in tokens if token != _BLANK or row[-1:] != [_BLANK]]
    return row


@lru_cache(maxsize=8)
def _joining(language: Language) -> tuple[re.Pattern[str], frozenset[str]]:
    """Return what finds the word that joins a clause on, and the words that none can end in."""
    tables = pack(language).checks
    listed = "|".join(map(re.escape, tables["joining"])) or "(?!)"
    return re.compile(rf"^({listed})\s+", re.IGNORECASE), frozenset(tables["unfinished"].split())


@lru_cache(maxsize=8)
def book(language: Language) -> frozenset[int]:
    """Return the groups of words in a language's hand-written lines (`npc voice style`)."""
    numbers = array("I")
    numbers.frombytes(pack(language).asides)
    return frozenset(numbers)


def write_book(found: Iterable[int]) -> bytes:
    """Return groups as they are kept: unsigned numbers of four bytes, sorted, little-endian."""
    return b"".join(number.to_bytes(4, "little") for number in sorted(set(found)))


def turns_of_phrase(persona: Persona, language: Language) -> frozenset[int]:
    """Return the groups of words in what an author wrote for a persona to say, and of them."""
    return frozenset(group for text in persona_texts(persona, language) for group in groups(text, ""))


def _bare(word: str) -> str:
    return registry().spaced[0].bare(word)


def _joined(clauses: list[_Clause], whole: str, joining: re.Pattern[str]) -> str:
    """Put the clauses that are kept together again, as one sentence that begins with a capital and ends with a mark."""
    text = "".join(f"{clause.text}{clause.mark}" for clause in clauses if not clause.cut).strip()
    text = joining.sub("", text).rstrip(" ,;:—–")
    if text and text[-1] not in _ENDS:
        end = whole.rstrip()[-1]
        text += end if end in _ENDS else "."
    return text[:1].upper() + text[1:]
