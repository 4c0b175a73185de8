"""What a question asks of the NPC's feelings, and toward whom: 'Do you trust Bram?', 你觉得我怎么样."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.words import Words, words_of
from npc_engine.text import Language, fold
from npc_engine.world.names import Mention

_WHOM = "{whom}"
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*")
_CLAUSE = re.compile(r"[,.;:!?…，。；：！？—]+")


def opinion_asked(text: str, mentions: Iterable[Mention], context: Context, cues: Words) -> tuple[str, str] | None:
    """Give what an utterance asks of the NPC's feelings and toward whom, where a clause asks that and nothing more."""
    folded = fold(text) if len(fold(text)) == len(text) else text.lower()
    patterns = _patterns(cues.language)
    for clause in _clauses(folded, cues):
        if found := patterns.get(clause):
            return found, context.speaker
    for mention in mentions:
        known = context.world.entities.get(mention.entity)
        if known is None or known.kind not in ("person", "group") or mention.entity == context.npc:
            continue
        for clause in _clauses(f"{folded[: mention.start]}{_WHOM}{folded[mention.end :]}", cues):
            if found := patterns.get(clause):
                return found, mention.entity
    return None


@lru_cache(maxsize=4)
def _patterns(language: Language) -> dict[str, str]:
    """Give every way of asking with what it asks; of who asks, it is also known without a name."""
    cues = words_of(language)
    found: dict[str, str] = {}
    for kind, listed in cues.opinions.items():
        if kind not in ("aside", "me"):
            for pattern in listed:
                found[_bare(pattern, cues)] = kind
                for me in cues.opinions["me"]:
                    found[_bare(pattern.replace(_WHOM, me), cues)] = kind
    return found


def _clauses(text: str, cues: Words) -> Iterator[str]:
    """Give the clauses of the last question in a text, or of all of it where nothing is marked as one."""
    marked = [sentence for sentence in _SENTENCE.split(text) if sentence.endswith(("?", "？"))]
    text = marked[-1] if marked else text
    for clause in _CLAUSE.split(text):
        if clause.strip():
            yield _bare(clause, cues)


def _bare(clause: str, cues: Words) -> str:
    """Give a clause without the words that change nothing in it."""
    gap = "" if cues.language == "zh" else " "
    clause = _aside(cues.language).sub(gap, clause.replace("’", "'").replace("您", "你"))
    return gap.join(clause.split())


@lru_cache(maxsize=4)
def _aside(language: Language) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, sorted(words_of(language).opinions["aside"], key=len, reverse=True)))
    return re.compile(listed if language == "zh" else rf"(?<![\w'])(?:{listed})(?!\w)")
