"""Which memories come to mind: by words, people, who said it, what was said next to it, the talk, and the time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from heapq import nlargest

from npc_engine.mind.cues import sought, tells_when
from npc_engine.mind.embedding import Meanings
from npc_engine.mind.memory import Memories, Recalled
from npc_engine.mind.named_times import period

ENTITY_WEIGHT = 0.08
SPEAKER_WEIGHT = 0.5
NEIGHBOUR_WEIGHT = 0.45
NEXT_BUT_ONE_WEIGHT = 0.2
ANSWER_WEIGHT = 0.25
TALK_WEIGHT = 0.3
TIME_WEIGHT = 0.3
NAMED_TIME_WEIGHT = 0.6
MEANING_WEIGHT = 0.25
"""Shares of the best word score; set by hand on long conversations, where each raised the share of evidence found."""

SAME_TALK = timedelta(hours=1)
"""How far apart two memories of the same talk may be."""
WORTH_A_LOOK = 0.05
"""Share of the best word score from which on words alone bring a memory to mind."""
SPREADING = 30
"""How many of the memories that fit best bring their neighbours to mind."""
HALF_FADED = timedelta(days=1)
"""After how long a memory comes to mind unasked half as readily."""
LATELY = 400
"""How many of the latest memories may come to mind unasked."""
WEIGHED = 500
"""How many of the latest memories an embedder is asked about, besides those that fit best without one."""
ALIKE = 0.8
"""From where on, between the least and the most alike, likeness in meaning alone brings a memory to mind."""

Part = dict[int, float]


def recall(
    memories: Memories,
    query: str,
    named: Iterable[str],
    limit: int,
    now: datetime | None = None,
    meanings: Meanings | None = None,
) -> list[Recalled]:
    """Return up to `limit` memories that bear on a query, best first.

    `named` are the entities the query names; `now` is what `yesterday` counts from, the time of the latest memory if
    left out. The score is the sum of its parts, each from 0 to about 1: `words` (BM25 as a share of the best),
    `people` (about what is named), `speaker` (said by the one who is named), `neighbours` (said next to something
    that fits, the more if that was a question and this its answer), `talk` (said in a talk of which much fits),
    `time` (in the time that is named, or naming one where the query asks when) and, where there is an embedder,
    `meaning` (how near it is, between the farthest and the nearest). Equal scores give the later memory first; how
    long ago it was counts for nothing else.
    """
    if limit <= 0 or not memories:
        return []
    asked_of = list(dict.fromkeys(named))
    now = now or memories[-1].at
    wanted = sought(query)
    lexical = memories.bm25(wanted.words)
    best = max(lexical.values(), default=0.0)
    words = {position: score / best for position, score in lexical.items() if score > WORTH_A_LOOK * best}
    fitting = _highest(words, SPREADING)
    parts = {"words": words, "neighbours": _neighbours(memories, words, fitting), "people": _about(memories, asked_of)}
    totals = dict(words)
    _add(totals, parts["neighbours"], parts["people"])
    if meant := period(query, now):
        parts["time"] = dict.fromkeys(_within(memories, *meant), NAMED_TIME_WEIGHT)
        _add(totals, parts["time"])
    speakers = [entity for entity in asked_of if memories.said_by(entity)]
    if len(speakers) == 1:  # of two who are named, who said it tells nothing
        parts["speaker"] = {at: SPEAKER_WEIGHT for at in memories.said_by(speakers[0]) if at in totals}
        _add(totals, parts["speaker"])
    if meanings:
        parts["meaning"] = _alike(memories, query, totals, meanings)
        _add(totals, parts["meaning"])
    hopeful = _highest(totals, max(limit, 4 * SPREADING))
    parts["talk"] = _talks(memories, words, hopeful)
    _add(totals, parts["talk"])
    if wanted.when and not meant:
        parts["time"] = {at: TIME_WEIGHT for at in hopeful if tells_when(memories[at].text)}
        _add(totals, parts["time"])
    return _best(memories, totals, parts, limit)


def unasked(
    memories: Memories, present: Iterable[str], limit: int, now: datetime, matters: Callable[[int], float]
) -> list[Recalled]:
    """Return up to `limit` memories that come to mind by themselves.

    Parts of the score (after Park et al. 2023, "Generative Agents"): `recency`, 1 now and half of that for every
    `HALF_FADED` gone by; `importance`, what `matters` gives for an event's id, 0 to 1; `people`, about who is present.
    """
    late = range(max(0, len(memories) - LATELY), len(memories))
    recency = {at: float(0.5 ** (max(now - memories[at].at, timedelta()) / HALF_FADED)) for at in late}
    importance = {at: matters(memories[at].event_id) for at in late}
    people = {at: share for at, share in _about(memories, present).items() if at in recency}
    totals: Part = {}
    _add(totals, recency, importance, people)
    return _best(memories, totals, {"recency": recency, "importance": importance, "people": people}, limit)


def _best(memories: Memories, totals: Part, parts: dict[str, Part], limit: int) -> list[Recalled]:
    return [
        Recalled(
            memories[at],
            round(totals[at], 6),
            {name: round(shares[at], 6) for name, shares in parts.items() if at in shares},
        )
        for at in _highest(totals, limit)
    ]


def _highest(shares: Part, number: int) -> list[int]:
    """Return the positions with the highest shares, of equal ones the later first."""
    return [at for _, at in nlargest(number, zip(shares.values(), shares, strict=True))]


def _add(totals: Part, *parts: Part) -> None:
    for shares in parts:
        for at, share in shares.items():
            totals[at] = totals.get(at, 0.0) + share


def _about(memories: Memories, entities: Iterable[str]) -> Part:
    found: Part = {}
    for entity in entities:
        for at in memories.about(entity):
            found[at] = found.get(at, 0.0) + ENTITY_WEIGHT
    return found


def _neighbours(memories: Memories, words: Part, fitting: Iterable[int]) -> Part:
    found: Part = {}
    for position in fitting:
        for neighbour, weight in _around(memories, position):
            found[neighbour] = max(found.get(neighbour, 0.0), weight * words[position])
    return found


def _around(memories: Memories, position: int) -> Iterator[tuple[int, float]]:
    """Yield the memories said next to one, in the same hour, with the weight that nearness has."""
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


def _talks(memories: Memories, words: Part, hopeful: Iterable[int]) -> Part:
    """Return each of some memories its talk's share: what the two memories in it that fit best come to."""
    talks: list[list[int]] = []
    for position in sorted(hopeful):
        if not talks or memories[position].at - memories[talks[-1][-1]].at > SAME_TALK:
            talks.append([])
        talks[-1].append(position)
    worth = [sum(sorted(words.get(at, 0.0) for at in talk)[-2:]) for talk in talks]
    most = max(worth, default=0.0)
    return {at: TALK_WEIGHT * one / most for talk, one in zip(talks, worth, strict=True) if one > 0 for at in talk}


def _alike(memories: Memories, query: str, totals: Part, meanings: Meanings) -> Part:
    """Return how near memories are to a query in meaning: those that fit, and of the latest those that are nearest."""
    latest = range(max(0, len(memories) - WEIGHED), len(memories))
    near = meanings.near(query, {at: memories[at].text for at in {*_highest(totals, 4 * SPREADING), *latest}})
    least, most = min(near.values(), default=0.0), max(near.values(), default=0.0)
    if most <= least:
        return {}
    shares = {at: (cosine - least) / (most - least) for at, cosine in near.items()}
    return {at: MEANING_WEIGHT * share for at, share in shares.items() if share >= ALIKE or at in totals}


def _within(memories: Memories, begins: datetime, ends: datetime) -> range:
    """Return the positions of the memories from one time until another; they stand in the order of time."""
    first = bisect_left(memories, begins, key=lambda memory: memory.at)
    return range(first, bisect_left(memories, ends, lo=first, key=lambda memory: memory.at))
