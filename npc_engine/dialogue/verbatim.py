"""A grammar that has a plan word for word, and leaves room for a character's own words after it.

What a small model says a second time it says within this: nothing of the plan can get lost or turned round any more.
Room before the plan is not given: there a small model begins to say the plan in its own way, and then says it again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ROOM = "{3,60}"
"""Letters of the character's own words: room for an aside, none for a story."""
_UNQUOTABLE = re.compile(r'["\\\n]')


def verbatim(bare: Sequence[str]) -> str:
    """Give a GBNF grammar of English sentences with an aside at their end, or none."""
    said = ' [.!] " " '.join(f'"{_UNQUOTABLE.sub("", text.rstrip(".!?…"))}"' for text in bare)
    return "\n".join(
        [
            f'root ::= {said} ( [.!] | ", " own [.!] | [.!] " " aside [.!?] )',
            "own ::= ( [a-z] [a-z'] | \"I\" [ '] ) more",
            "aside ::= ( [A-HJ-Z] [a-z'] | \"I\" [ 'a-z] ) more",
            f"more ::= ( [a-z', ] | \" I\" [ '] ){_ROOM} [a-z]",
        ]
    )
