"""Which memories come to mind: words shared, people named, who said it, and what was said next to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from heapq import nlargest

from npc_engine.mind.memory import Memories, Recalled
from npc_engine.text import terms

ENTITY_WEIGHT = 0.08
SPEAKER_WEIGHT = 0.45
NEIGHBOUR_WEIGHT = 0.45
NEXT_BUT_ONE_WEIGHT = 0.2
ANSWER_WEIGHT = 0.25
"""Shares of the best word score; set by hand on long conversations, where each raised the share of evidence found."""

SAME_TALK = timedelta(hours=1)
"""How far apart two memories of the same talk may be."""
SPREADING = 60
"""How many of the memories that fit best bring their neighbours to mind."""


def recall(memories: Memories, query: str, named: Iterable[str], limit: int) -> list[Recalled]:
    """Give up to `limit` memories that bear on a query, best first.

    `named` are the entities the query names. The score is the sum of its parts, each from 0 to about 1: `words`
    (BM25 as a share of the best), `people` (about what is named), `speaker` (said by the one who is named),
    `neighbours` (said next to something that fits, the more if that was a question and this its answer). Equal
    scores give the later memory first.
    """
    if limit <= 0:
        return []
    lexical = memories.bm25(terms(query))
    best = max(lexical.values(), default=0.0)
    words = {position: score / best for position, score in lexical.items() if best > 0}
    parts: dict[int, dict[str, float]] = {position: {"words": share} for position, share in words.items()}
    for position, share in nlargest(SPREADING, words.items(), key=lambda entry: (entry[1], entry[0])):
        for neighbour, weight in _around(memories, position):
            part = parts.setdefault(neighbour, {})
            part["neighbours"] = max(part.get("neighbours", 0.0), weight * share)
    asked_of = list(dict.fromkeys(named))
    for entity in asked_of:
        for position in memories.about(entity):
            part = parts.setdefault(position, {})
            part["people"] = part.get("people", 0.0) + ENTITY_WEIGHT
    speakers = [entity for entity in asked_of if memories.said_by(entity)]
    if len(speakers) == 1:  # of two who are named, who said it tells nothing
        for position in memories.said_by(speakers[0]):
            if position in parts:
                parts[position]["speaker"] = SPEAKER_WEIGHT
    totals = {at: sum(part.values()) for at, part in parts.items()}
    ranked = nlargest(limit, totals, key=lambda at: (totals[at], at))
    return [
        Recalled(memories[at], round(totals[at], 6), {name: round(share, 6) for name, share in parts[at].items()})
        for at in ranked
    ]


def _around(memories: Memories, position: int) -> Iterator[tuple[int, float]]:
    """Give the memories said next to one, in the same hour, with the weight that nearness has."""
    here = memories[position]
    for step, weight in (
        (-1, NEIGHBOUR_WEIGHT),
        (1, NEIGHBOUR_WEIGHT + (ANSWER_WEIGHT if here.text.rstrip().endswith(("?", "？")) else 0.0)),
        (-2, NEXT_BUT_ONE_WEIGHT),
        (2, NEXT_BUT_ONE_WEIGHT),
    ):
        other = position + step
        if not 0 <= other < len(memories):
            continue
        if abs(memories[other].at - here.at) <= SAME_TALK:
            yield other, weight
