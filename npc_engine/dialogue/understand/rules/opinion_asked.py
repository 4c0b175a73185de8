"""What a question asks of the NPC's feelings, and toward whom: 'Do you trust Bram?', 你觉得我怎么样."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from npc_engine.dialogue.scene import Context
from npc_engine.lang import LanguagePack
from npc_engine.lang.writing_system import CLAUSE
from npc_engine.text import fold
from npc_engine.world.names import Mention

_WHOM = "{whom}"
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*")


def opinion_asked(
    text: str, mentions: Iterable[Mention], context: Context, speech: LanguagePack
) -> tuple[str, str] | None:
    """Return what is asked of the NPC's feelings and toward whom, where a clause asks that and nothing more."""
    folded = fold(text) if len(fold(text)) == len(text) else text.lower()
    patterns = _patterns(speech)
    for clause in _clauses(folded, speech):
        if found := patterns.get(clause):
            return found, context.speaker
    for mention in mentions:
        known = context.world.entities.get(mention.entity)
        if known is None or known.kind not in ("person", "group") or mention.entity == context.npc:
            continue
        for clause in _clauses(f"{folded[: mention.start]}{_WHOM}{folded[mention.end :]}", speech):
            if found := patterns.get(clause):
                return found, mention.entity
    return None


@lru_cache(maxsize=8)
def _patterns(speech: LanguagePack) -> dict[str, str]:
    """Return every way of asking with what it asks; of who asks, it is also known without a name."""
    opinions = speech.words.opinions
    found: dict[str, str] = {}
    for kind, listed in opinions.items():
        if kind not in ("aside", "me"):
            for pattern in listed:
                found[_bare(pattern, speech)] = kind
                for me in opinions.get("me", ()):
                    found[_bare(pattern.replace(_WHOM, me), speech)] = kind
    return found


def _clauses(text: str, speech: LanguagePack) -> Iterator[str]:
    """Return the clauses of the last question in a text, or of all of it where nothing is marked as one."""
    marked = [sentence for sentence in _SENTENCE.split(text) if sentence.endswith(("?", "？"))]
    text = marked[-1] if marked else text
    for clause in CLAUSE.split(text):
        if clause.strip():
            yield _bare(clause, speech)


def _bare(clause: str, speech: LanguagePack) -> str:
    """Return a clause without the words that change nothing in it."""
    gap = speech.words.gap
    return gap.join(speech.words.aside_pattern.sub(gap, speech.even(clause)).split())
