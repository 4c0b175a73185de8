"""A grammar that has a plan word for word, and leaves room for a character's own words behind it.

A small model loses one of several facts, and what it got wrong once it gets wrong again: within this nothing can get
lost or turned round. Between sentences there is room for one word, and before them for none: with more a small model
begins to say what comes in its own way, and then says it again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from npc_engine.text import STOP_WORDS

_ROOM = "{3,60}"
"""Letters of the character's own words: room for an aside, none for a story."""
_UNQUOTABLE = re.compile(r'["\\\n]')


def verbatim(bare: Sequence[str]) -> str:
    """Give a GBNF grammar of English sentences, an `and` or a full stop between them, with an aside behind or none."""
    texts = [_UNQUOTABLE.sub("", text.rstrip(".!?…")) for text in bare]
    said = f'"{texts[0]}"'
    for before, text in pairwise(texts):
        if before in {"Yes", "No"}:
            said += f' [.!] " " "{text}"'
        else:
            said += f' word? ( [.!] " " "{text}" | ", " "and "? "{_within(text)}" )'
    return "\n".join(
        [
            f'root ::= {said} ( [.!] | ", " own [.!] | [.!] " " aside [.!?] )',
            'word ::= ", " [a-z]{2,8}',
            "own ::= ( [a-z] [a-z'] | \"I\" [ '] ) more",
            "aside ::= ( [A-HJ-Z] [a-z'] | \"I\" [ 'a-z] ) more",
            f"more ::= ( [a-z', ] | \" I\" [ '] ){_ROOM} [a-z]",
        ]
    )


def _within(text: str) -> str:
    """Give a sentence as it stands within another."""
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if first.lower() in STOP_WORDS - {"i"} and rest else text
