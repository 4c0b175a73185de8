"""What one NPC perceived, in words, found again by words, people and time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from npc_engine.text import terms

# BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"): saturation and length.
_K1 = 0.9
_B = 0.35


@dataclass(frozen=True, slots=True)
class Memory:
    """One thing perceived: in words, when, who said or did it, and the entities it is about.

    What was concluded rather than perceived has in `basis` the ids of the events it was concluded from.
    """

    event_id: int
    text: str
    at: datetime
    speaker: str | None = None
    about: frozenset[str] = frozenset()
    place: str | None = None
    basis: tuple[int, ...] = ()


def indexed(memory: Memory, found_by: Iterable[str] = ()) -> Counter[str]:
    """Give the terms a memory is found by; `found_by` are words beside its own, such as the speaker's names."""
    counts = Counter(terms(memory.text))
    counts.update(term for word in found_by for term in terms(word))
    return counts


@dataclass(frozen=True, slots=True)
class Recalled:
    """A memory that came to mind, with its score and what each part of the score was."""

    memory: Memory
    score: float
    parts: Mapping[str, float] = field(hash=False)

    @property
    def event_id(self) -> int:
        """The id of the event it is a memory of."""
        return self.memory.event_id

    @property
    def text(self) -> str:
        """What was perceived, in words."""
        return self.memory.text

    @property
    def at(self) -> datetime:
        """When it happened, in game time."""
        return self.memory.at

    @property
    def speaker(self) -> str | None:
        """Who said or did it."""
        return self.memory.speaker


class Memories:
    """One NPC's memories in the order they were made, with the index that finds them."""

    def __init__(self) -> None:
        self._all: list[Memory] = []
        self._postings: dict[str, list[tuple[int, int]]] = {}
        self._lengths: list[int] = []
        self._total_length = 0
        self._about: dict[str, list[int]] = {}
        self._said_by: dict[str, list[int]] = {}

    def add(self, memory: Memory, counts: Mapping[str, int] | None = None) -> None:
        """Keep a memory; `counts` are the terms it is found by, see `indexed`."""
        position = len(self._all)
        self._all.append(memory)
        counts = indexed(memory) if counts is None else counts
        length = sum(counts.values())
        self._lengths.append(length)
        self._total_length += length
        for term, count in counts.items():
            self._postings.setdefault(term, []).append((position, count))
        for entity in memory.about:
            self._about.setdefault(entity, []).append(position)
        if memory.speaker is not None:
            self._said_by.setdefault(memory.speaker, []).append(position)

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Memory]:
        return iter(self._all)

    def __getitem__(self, position: int) -> Memory:
        return self._all[position]

    def bm25(self, query: Iterable[str]) -> dict[int, float]:
        """Score the memories that share terms with a query: position to score.

        BM25, raised by the share of the query's terms that a memory has, each counted by its rarity: half the
        question answered twice is worth less than the whole of it once.
        """
        scores: dict[int, float] = {}
        if not self._all:
            return scores
        mean = self._total_length / len(self._all) or 1.0
        found: dict[int, float] = {}
        wanted = 0.0
        for term in dict.fromkeys(query):
            postings = self._postings.get(term)
            if not postings:
                continue
            rarity = math.log(1 + (len(self._all) - len(postings) + 0.5) / (len(postings) + 0.5))
            wanted += rarity
            for position, count in postings:
                damp = _K1 * (1 - _B + _B * self._lengths[position] / mean)
                scores[position] = scores.get(position, 0.0) + rarity * count * (_K1 + 1) / (count + damp)
                found[position] = found.get(position, 0.0) + rarity
        return {position: score * (1 + found[position] / wanted) for position, score in scores.items()}

    def about(self, entity: str) -> list[int]:
        """Give the positions of the memories about an entity."""
        return self._about.get(entity, [])

    def said_by(self, speaker: str) -> list[int]:
        """Give the positions of the memories of what someone said or did."""
        return self._said_by.get(speaker, [])
