"""Which memories come to mind: words shared, people named, who said it, and what was said next to it."""

from __future__ import annotations

from collections.abc import Iterable

from npc_engine.mind.memory import Memories, Recalled
from npc_engine.text import terms

ENTITY_WEIGHT = 0.08
SPEAKER_WEIGHT = 0.3
NEIGHBOUR_WEIGHT = 0.4
"""Shares of the best word score; set by hand on conversations, where each raised the share found."""


def recall(memories: Memories, query: str, named: Iterable[str], limit: int) -> list[Recalled]:
    """Give up to `limit` memories that bear on a query, best first.

    `named` are the entities the query names. The score is the sum of its parts, each from 0 to about 1: `words`
    (BM25 as a share of the best), `people` (about what is named), `speaker` (said by someone named),
    `neighbours` (said right before or after something that fits). Equal scores give the later memory first.
    """
    if limit <= 0:
        return []
    lexical = memories.bm25(terms(query))
    best = max(lexical.values(), default=0.0)
    parts: dict[int, dict[str, float]] = {
        position: {"words": score / best} for position, score in lexical.items() if best > 0
    }
    for entity in dict.fromkeys(named):
        for position in memories.about(entity):
            part = parts.setdefault(position, {})
            part["people"] = part.get("people", 0.0) + ENTITY_WEIGHT
        for position in memories.said_by(entity):
            if position in parts:
                parts[position]["speaker"] = SPEAKER_WEIGHT
    for position, share in [(at, part["words"]) for at, part in parts.items() if "words" in part]:
        for neighbour in (position - 1, position + 1):
            if 0 <= neighbour < len(memories) and _near(memories, position, neighbour):
                part = parts.setdefault(neighbour, {})
                part["neighbours"] = max(part.get("neighbours", 0.0), NEIGHBOUR_WEIGHT * share)
    ranked = sorted(parts, key=lambda at: (-sum(parts[at].values()), -at))
    return [
        Recalled(memories[at], round(sum(parts[at].values()), 6), {k: round(v, 6) for k, v in parts[at].items()})
        for at in ranked[:limit]
    ]


def _near(memories: Memories, one: int, other: int) -> bool:
    """Tell whether two memories are of the same stretch of talk: within an hour of each other."""
    return abs((memories[one].at - memories[other].at).total_seconds()) <= 3600
