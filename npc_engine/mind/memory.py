"""What one NPC perceived, in words, found again by words, people and time."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, overload

from npc_engine.mind.traces import length, with_entity, with_speaker, with_term

# BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"): saturation and length.
_K1 = 0.9
_B = 0.35


@dataclass(frozen=True, slots=True)
class Memory:
    """One thing perceived: in words, when, who said or did it, and the entities it is about.

    What was concluded rather than perceived has in `basis` the ids of the events it was concluded from, and in `there`
    who was there for all of them: it may be spoken of before nobody else.
    """

    event_id: int
    text: str
    at: datetime
    speaker: str | None = None
    about: frozenset[str] = frozenset()
    place: str | None = None
    basis: tuple[int, ...] = ()
    there: frozenset[str] | None = None


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


class Impressed(Protocol):
    """Gives what is remembered of an event, by the event's id."""

    def trace(self, event_id: int) -> str:
        """Give what a memory is found by, as a line: see `npc_engine.mind.traces`."""

    def memory(self, event_id: int) -> Memory:
        """Give the memory itself."""


class Memories(Sequence[Memory]):
    """One NPC's memories in the order they were made, and what finds them.

    Only the events' ids are kept here: what there is to remember of an event is shared by all who perceived it. A
    word is looked for in every memory when it is first asked for, and from then on only in the new ones.
    """

    WORDS_KEPT = 512

    def __init__(self, impressions: Impressed, event_ids: Iterable[int] = ()) -> None:
        self._shared = impressions
        self.event_ids = array("I", event_ids)
        self._traces: list[str] = []
        self._lengths = array("I")
        self._total_length = 0
        self._postings: dict[str, tuple[int, list[tuple[int, int]]]] = {}
        self._about: dict[str, tuple[int, list[int]]] = {}
        self._said_by: dict[str, tuple[int, list[int]]] = {}

    def add(self, event_id: int) -> None:
        """Keep a memory of an event."""
        self.event_ids.append(event_id)

    def exchange(self, old: int, new: int | None) -> None:
        """Put the memory of another event in the place of one, or nothing."""
        position = self.event_ids.index(old)
        if new is None:
            self.event_ids.pop(position)
        else:
            self.event_ids[position] = new
        self.forget_index()

    def drop(self, event_ids: Iterable[int]) -> None:
        """Keep the memories of some events no longer."""
        gone = set(event_ids)
        self.event_ids = array("I", (event_id for event_id in self.event_ids if event_id not in gone))
        self.forget_index()  # positions have shifted

    def __len__(self) -> int:
        return len(self.event_ids)

    @overload
    def __getitem__(self, position: int) -> Memory: ...

    @overload
    def __getitem__(self, position: slice) -> list[Memory]: ...

    def __getitem__(self, position: int | slice) -> Memory | list[Memory]:
        if isinstance(position, slice):
            return [self._shared.memory(event_id) for event_id in self.event_ids[position]]
        return self._shared.memory(self.event_ids[position])

    def bm25(self, query: Iterable[str]) -> dict[int, float]:
        """Score the memories that share terms with a query: position to score.

        BM25, raised by the share of the query's terms that a memory has, each counted by its rarity: half the
        question answered twice is worth less than the whole of it once.
        """
        scores: dict[int, float] = {}
        if not self.event_ids:
            return scores
        traces, lengths = self._all_traces(), self._lengths
        mean = self._total_length / len(traces) or 1.0
        found: dict[int, float] = {}
        wanted = 0.0
        for term in dict.fromkeys(query):
            postings = self._with_term(term)
            if not postings:
                continue
            rarity = math.log(1 + (len(traces) - len(postings) + 0.5) / (len(postings) + 0.5))
            wanted += rarity
            for position, count in postings:
                damp = _K1 * (1 - _B + _B * lengths[position] / mean)
                scores[position] = scores.get(position, 0.0) + rarity * count * (_K1 + 1) / (count + damp)
                found[position] = found.get(position, 0.0) + rarity
        return {position: score * (1 + found[position] / wanted) for position, score in scores.items()}

    def about(self, entity: str) -> list[int]:
        """Give the positions of the memories about an entity."""
        traces = self._all_traces()
        upto, found = self._about.get(entity, (0, []))
        found += with_entity(traces, entity, upto)
        self._about[entity] = len(traces), found
        return found

    def said_by(self, speaker: str) -> list[int]:
        """Give the positions of the memories of what someone said or did."""
        traces = self._all_traces()
        upto, found = self._said_by.get(speaker, (0, []))
        found += with_speaker(traces, speaker, upto)
        self._said_by[speaker] = len(traces), found
        return found

    def forget_index(self) -> None:
        """Let go of what is only kept to find memories faster."""
        self._traces, self._lengths, self._total_length = [], array("I"), 0
        for index in (self._postings, self._about, self._said_by):
            index.clear()

    def _with_term(self, term: str) -> list[tuple[int, int]]:
        """Give the positions of the memories with a term, and how often it stands in each."""
        traces = self._traces
        upto, found = self._postings.pop(term, (0, []))
        found += with_term(traces, term, upto)
        self._postings[term] = len(traces), found
        if len(self._postings) > self.WORDS_KEPT:
            del self._postings[next(iter(self._postings))]  # the one that was not asked for the longest
        return found

    def _all_traces(self) -> list[str]:
        if len(self._traces) < len(self.event_ids):
            lines = [self._shared.trace(event_id) for event_id in self.event_ids[len(self._traces) :]]
            lengths = array("I", map(length, lines))
            self._traces += lines
            self._lengths += lengths
            self._total_length += sum(lengths)
        return self._traces
