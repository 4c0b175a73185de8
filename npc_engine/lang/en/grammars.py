"""Grammars (GBNF) that English is generated within.

`verbatim` has a plan word for word, and leaves room for a character's own words behind it. A small model loses one of
several facts, and what it got wrong once it gets wrong again: within this nothing can get lost or turned round. Between
sentences there is room for one word, and before them for none: with more a small model begins to say what comes in its
own way, and then says it again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_ROOM = "{3,60}"
"""Letters of the character's own words: room for an aside, none for a story."""
_UNQUOTABLE = re.compile(r'["\\\n]')


def verbatim(bare: Sequence[str], stop_words: frozenset[str]) -> str:
    """Return a grammar of sentences, an `and` or a full stop between them, with an aside behind or none."""
    texts = [_UNQUOTABLE.sub("", text.rstrip(".!?…")) for text in bare]
    said = f'"{texts[0]}"'
    for before, text in pairwise(texts):
        if before in {"Yes", "No"}:
            said += f' [.!] " " "{text}"'
        else:
            said += f' word? ( [.!] " " "{text}" | ", " "and "? "{_within(text, stop_words)}" )'
    return "\n".join(
        [
            f'root ::= {said} ( [.!] | ", " own [.!] | [.!] " " aside [.!?] )',
            'word ::= ", " [a-z]{2,8}',
            "own ::= ( [a-z] [a-z'] | \"I\" [ '] ) more",
            "aside ::= ( [A-HJ-Z] [a-z'] | \"I\" [ 'a-z] ) more",
            f"more ::= ( [a-z', ] | \" I\" [ '] ){_ROOM} [a-z]",
        ]
    )


def _within(text: str, stop_words: frozenset[str]) -> str:
    """Return a sentence as it stands within another."""
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if first.lower() in stop_words - {"i"} and rest else text


def plain(bare: Sequence[str]) -> str:
    """Return a grammar of one or two plain sentences in which no name can be invented.

    Capitals stand only at a sentence's beginning, in `I`, and in names the plan itself has.
    """
    names = sorted({word.strip(".,!?;:'\"“”") for text in bare for word in text.split() if word[:1].isupper()})
    quoted = "".join(f' | "{name}"' for name in names if name.isalpha())
    return "\n".join(
        [
            'root ::= sentence (" " sentence)?',
            'sentence ::= first ([,;]? " " word){1,24} [.!?]',
            'first ::= [A-Z] [a-z]* ("\'" [a-z]+)?',
            f'word ::= [a-z] [a-z]* ("\'" [a-z]+)? | "I" ("\'" [a-z]+)?{quoted}',
        ]
    )
