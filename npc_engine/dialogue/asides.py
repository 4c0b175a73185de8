"""Asides: what a trained voice says beside its plan, kept where people say such things and cut where nobody does.

A small model's turns of phrase are good where it has them from somebody and babble where it makes them up. What it may
have them from is known: the hand-written lines it was trained on, and the persona. Each clause is looked at in groups
of three words; those of the plan count as one blank.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from npc_engine.dialogue.grounds import persona_texts
from npc_engine.persona import Persona
from npc_engine.text import STOP_WORDS, stem, terms, words

MOST_UNKNOWN = 1
"""How many groups of three words an aside may have that nobody ever wrote; one or two words ('mind you') do no harm."""

_BLANK, _START, _END = "_", "<", ">"
_JOINING = re.compile(r"^(and|but|for|so|though)\s+", re.IGNORECASE)
_UNFINISHED = frozenset(
    "a an the very so of my your his her their our its and or but to in on at by for from with into as than if that "
    "which who when where because i we they he i'm i'd i've i'll it's that's there's you're he's she's is are was were "
    "be been can could would should will must don't can't won't".split()
)
_MERE_NAME = 3
_ENDS = ".!?…"
_CLAUSE = re.compile(r"([,;:.!?…—–]+[\"'”’]*\s*)")


def trimmed(sentence: str, given: str, persona: Persona) -> str:
    """Give an English sentence without the asides that nobody would say; nothing where it was nothing else.

    `given` is what the plan and the speaker say: a clause with a word of the plan's own is no aside.
    """
    parts = _CLAUSE.split(sentence)
    clauses = [_Clause(t, m) for t, m in zip(parts[::2], [*parts[1::2], ""], strict=True) if words(t)]
    written, own_words = book(), _of_persona(persona)
    content = set(terms(given))
    for at, clause in enumerate(clauses):
        own = content & set(terms(clause.text))
        others = {term for one in clauses if one is not clause and not one.cut for term in terms(one.text)}
        unknown = 0
        if not own and len(words(clause.text)) > 2:
            unknown = sum(not (group in written or group in own_words) for group in groups(clause.text, given))
        # What says nothing of the plan, or says it over again in more words, has to be what somebody would say.
        again = bool(own and own <= others and set(terms(clause.text)) - content - others)
        again = again or any(_is_within(clause, one) for one in clauses[:at] if not one.cut)
        if unknown > MOST_UNKNOWN or again or (not own and _is_broken(clause, last=clause is clauses[-1])):
            clause.cut = True
            before = next((one for one in reversed(clauses[:at]) if not one.cut), None)
            if before and words(before.text)[-1] in _UNFINISHED:
                before.cut = True
    if not any(clause.cut for clause in clauses):
        return sentence
    return _joined(clauses, sentence)


def _is_within(clause: _Clause, other: _Clause) -> bool:
    """Tell whether a clause says nothing but what another said: 'very well, and very well'."""
    said = words(_JOINING.sub("", clause.text))
    return len(said) > 1 and set(said) <= set(words(other.text))


def _is_broken(clause: _Clause, last: bool) -> bool:
    """Tell whether an aside breaks off at the end, or names a thing and says nothing of it ('The pot.')."""
    said = words(clause.text)
    return (last and said[-1] in _UNFINISHED) or (said[0] == "the" and len(said) <= _MERE_NAME)


@dataclass(slots=True)
class _Clause:
    """A clause, the mark that ends it, and whether it is cut."""

    text: str
    mark: str
    cut: bool = False


def groups(text: str, given: str) -> Iterator[int]:
    """Give the groups of three words that a text's clauses are made of, each as a number (CRC-32)."""
    own = {stem(_bare(word)) for word in words(given)} - STOP_WORDS
    for clause in _CLAUSE.split(text)[::2]:
        row = [_START]
        for word in words(clause):
            token = _BLANK if _bare(word) not in STOP_WORDS and stem(_bare(word)) in own else word
            if token != _BLANK or row[-1] != _BLANK:
                row.append(token)
        row.append(_END)
        if len(row) > 2:
            yield from (zlib.crc32(" ".join(row[at : at + 3]).encode()) for at in range(len(row) - 2))


@lru_cache(maxsize=1)
def book() -> frozenset[int]:
    """Give the groups of words in the hand-written lines (`npc voice colour`)."""
    numbers = array("I")
    numbers.frombytes(files("npc_engine.dialogue").joinpath("asides.bin").read_bytes())
    return frozenset(numbers)


def write_book(found: Iterable[int]) -> bytes:
    """Give groups as they are kept: unsigned numbers of four bytes, sorted, little-endian."""
    return b"".join(number.to_bytes(4, "little") for number in sorted(set(found)))


def _of_persona(persona: Persona) -> frozenset[int]:
    kept = _KEPT.get(id(persona))
    if kept is None or kept[0] is not persona:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        found = frozenset(group for text in persona_texts(persona, "en") for group in groups(text, ""))
        kept = _KEPT[id(persona)] = (persona, found)
    return kept[1]


_KEPT: dict[int, tuple[Persona, frozenset[int]]] = {}
_MOST_KEPT = 256


def _bare(word: str) -> str:
    return word.removesuffix("'s")


def _joined(clauses: list[_Clause], whole: str) -> str:
    """Put the clauses that are kept together again, as one sentence that begins with a capital and ends with a mark."""
    text = "".join(f"{clause.text}{clause.mark}" for clause in clauses if not clause.cut).strip()
    text = _JOINING.sub("", text).rstrip(" ,;:—–")
    if text and text[-1] not in _ENDS:
        end = whole.rstrip()[-1]
        text += end if end in _ENDS else "."
    return text[:1].upper() + text[1:]
