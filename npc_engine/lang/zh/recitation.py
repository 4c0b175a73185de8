"""Chinese plans said word for word: clause by clause, with little more than particles slipped in.

Chinese has no endings by which a word could be told in another form, and a character more or less says something else.
So a trained voice recites a plan, and colours it before, between and behind; English is checked word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from npc_engine.lang.words import Words

MARKS = "，。！？；：、—…"
PARTICLES = "嘛呀啊呢吧哦啦呗咯哟嘞哪喽哩"
_PAUSES = "，、…—"
_LEADS = "那可就这嘿哎唉哼喏哦啊嗯"
_BREAK = re.compile("[，；：、—…]+")
_MARKED = re.compile("([，；：、—…]+)")
_UNQUOTABLE = re.compile(r'["\\\n]')
_LEAST_ASIDE, _MOST_ASIDE = 2, 10
"""Characters of a clause that a voice adds of its own."""


def recites(bare: str, said: str) -> bool:
    """Return whether `said` has every clause of a plan's sentence as a clause of its own, in order.

    Particles and pauses may stand inside and behind, an exclamation before: 磨坊嘛，在桥边呢.
    """
    at = 0
    for clause in clauses_of(bare):
        begins = (place for place in range(at, len(said)) if place == 0 or said[place - 1] in MARKS)
        ends = next((end for end in (_end(clause, said, place) for place in begins) if end), 0)
        if not ends:
            return False
        at = ends
    return True


def clauses_of(bare: str) -> list[str]:
    """Return a sentence's clauses, without the marks between them."""
    return [clause for clause in _BREAK.split(bare.rstrip(MARKS)) if clause]


def is_clause(bare: str, said: str) -> bool:
    """Return whether a clause that was said is one of a plan's, particles aside."""
    return bool(said) and _end(bare, said, 0) == len(said)


def _end(clause: str, said: str, begin: int) -> int:
    """Return where a clause ends that is recited from a place in `said` on, or 0 if it isn't.

    Letter by letter, for a pattern of so many wide sets takes longer to compile than a hundred lines to look through.
    """
    places = {begin, begin + 1} if said[begin : begin + 1] in _LEADS else {begin}
    for number, letter in enumerate(clause):
        if number:
            places = {further for place in places for further in _slips(said, place)}
        places = {place + 1 for place in places if said[place : place + 1] == letter}
    ends = {_past(said, place, PARTICLES) for place in places}
    return max((end for end in ends if end == len(said) or said[end] in MARKS), default=0)


def _slips(said: str, place: int) -> Iterator[int]:
    """Yield the places at which a clause may go on: at once, after particles, and after a pause behind them."""
    for after in range(place, _past(said, place, PARTICLES) + 1):
        yield from range(after, _past(said, after, _PAUSES) + 1)


def _past(said: str, place: int, letters: str) -> int:
    """Return the first place from `place` on where none of some letters stands."""
    while place < len(said) and said[place] in letters:
        place += 1
    return place


def reciting(bare: Sequence[str], words: Words, answers: Mapping[str, Sequence[str]]) -> str:
    """Return a GBNF grammar of a plan recited, with room for clauses of a voice's own around each of its sentences.

    `answers` are the ways of saying `yes` and `no`.
    """
    answer, rest = (bare[0], bare[1:]) if words.is_answer(bare[0]) else ("", bare)
    parts = []
    if answer:
        key = "yes" if answer in words.phrases["yes"] else "no"
        parts.append("( " + " | ".join(f'"{word}"' for word in answers[key]) + " )")
    parts += [_sentence(text) for text in rest]
    before = "" if answer else "( own [，。！？] )? "
    return "\n".join(
        [
            f"root ::= {before}{' end ( own end )? '.join(parts)} ( final | end own ( final | [？] ) )",
            'own ::= clause ( "，" clause )?',
            f"clause ::= [\\u4e00-\\u9fff]{{{_LEAST_ASIDE},{_MOST_ASIDE}}}",
            f"part ::= [{PARTICLES}]?",
            'end ::= [，。！] | "……"',
            'final ::= [。！] | "……"',
        ]
    )


def _sentence(bare: str) -> str:
    parts = _MARKED.split(_UNQUOTABLE.sub("", bare.rstrip(MARKS)))
    return " ".join(f'"{text}"' + ("" if at % 2 else " part") for at, text in enumerate(parts) if text)
