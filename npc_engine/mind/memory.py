"""What one NPC perceived, in words, found again by words, people and time."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate, islice, repeat
from typing import Protocol, overload

from npc_engine.mind.traces import Codes, by, length, of

# BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"): saturation and length.
_K1 = 0.9
_B = 0.35
_EVERYWHERE = 1 / 3
"""From which share of the memories on having a word tells little: it is passed over where others are asked for."""
_COMMON, _FEW = 0.1, 10
"""In how many memories what merely stands for a word may be: a share of them, and a few more."""
_MANY = 256
"""From how many times on that a word stands somewhere it is quicker to count the memories in between."""
_ENOUGH = 300
"""From how many memories on that have rarer words a more common one adds to their scores, and brings no others."""
_COUNT_BITS = 6
_MOST_COUNTED = 2**_COUNT_BITS - 1


@dataclass(frozen=True, slots=True)
class Memory:
    """One thing perceived: in words, when, who said or did it, and the entities it is about.

    What was concluded rather than perceived has in `basis` the ids of the events it was concluded from, and in `there`
    who was there for all of them.

    Whom it may go to follows from the rest (see `npc_engine.mind.discretion`): `heard_by` was there, of whom
    `overheard_by` were not spoken to; `volume` is how loud it was; where it was confided, it stays `between` these;
    `stated` is what it said or showed to be so, as subjects, predicates and objects.
    """

    event_id: int
    text: str
    at: datetime
    speaker: str | None = None
    about: frozenset[str] = frozenset()
    place: str | None = None
    basis: tuple[int, ...] = ()
    there: frozenset[str] | None = None
    heard_by: frozenset[str] = frozenset()
    overheard_by: frozenset[str] = frozenset()
    volume: str = "speech"
    between: frozenset[str] | None = None
    stated: tuple[tuple[str, str, str], ...] = ()


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

    codes: Codes
    """The characters that traces are made of."""

    def trace(self, event_id: int) -> str:
        """Return what a memory is found by: see `npc_engine.mind.traces`."""

    def memory(self, event_id: int) -> Memory:
        """Return the memory itself."""


class Memories(Sequence[Memory]):
    """One NPC's memories in the order they were made, and what finds them.

    Only the events' ids are kept here: what there is to remember of an event is shared by all who perceived it. A
    word is looked for in every memory when it is first asked for, and from then on only in the new ones.
    """

    WORDS_KEPT = 2048

    def __init__(self, impressions: Impressed, event_ids: Iterable[int] = ()) -> None:
        self._shared = impressions
        self.event_ids = array("I", event_ids)
        self._traces = ""
        self._starts = array("L")
        self._lengths = array("I")
        self._total_length = 0
        self._postings: dict[str, tuple[int, array[int]]] = {}
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

    def bm25(self, query: Iterable[Iterable[tuple[str, float]]]) -> dict[int, float]:
        """Score the memories that share terms with a query: position to score.

        A query is words, each given as the terms that may stand for it and their weights, 0 to 1, the word itself
        first. The others are passed over where so many memories have them that they tell nothing, and so is a word
        that is nearly everywhere, unless nothing else is asked for.

        BM25, raised by the share of the query's words that a memory has, each counted by its rarity: half the
        question answered twice is worth less than the whole of it once.
        """
        if not self.event_ids:
            return {}
        self._read_on()
        number, lengths = len(self._lengths), self._lengths
        several = [[(self._with_term(term), weight) for term, weight in variants] for variants in query]
        telling = [variants for variants in several if len(variants[0][0]) <= number * _EVERYWHERE]
        if any(postings for variants in telling for postings, _ in variants):
            several = telling
        scores: dict[int, float] = {}
        found: dict[int, float] = {}
        wanted = 0.0
        base, by_length = _K1 * (1 - _B), _K1 * _B * number / (self._total_length or 1)
        for variants in sorted(several, key=_reach):
            more = len(scores) < _ENOUGH
            most = 0.0
            having: dict[int, float] = {}
            for place, (postings, weight) in enumerate(variants):
                if not postings or (place and len(postings) > _FEW + _COMMON * number):
                    continue
                rarity = weight * math.log(1 + (number - len(postings) + 0.5) / (len(postings) + 0.5))
                most = max(most, rarity)
                worth = rarity * (_K1 + 1)
                for posting in postings:
                    position = posting >> _COUNT_BITS
                    if not more and position not in scores:
                        continue
                    count = posting & _MOST_COUNTED
                    score = worth * count / (count + base + by_length * lengths[position])
                    scores[position] = scores.get(position, 0.0) + score
                    if rarity > having.get(position, 0.0):
                        having[position] = rarity
            wanted += most
            for position, rarity in having.items():
                found[position] = found.get(position, 0.0) + rarity
        return {position: score * (1 + found[position] / wanted) for position, score in scores.items()}

    def about(self, entity: str) -> list[int]:
        """Return the positions of the memories about an entity."""
        self._read_on()
        upto, found = self._about.get(entity, (0, []))
        found += self._with(of(entity), upto)
        self._about[entity] = len(self._traces), found
        return found

    def said_by(self, speaker: str) -> list[int]:
        """Return the positions of the memories of what someone said or did."""
        self._read_on()
        upto, found = self._said_by.get(speaker, (0, []))
        found += self._with(by(speaker), upto)
        self._said_by[speaker] = len(self._traces), found
        return found

    def forget_index(self) -> None:
        """Let go of what is only kept to find memories faster."""
        self._traces, self._starts = "", array("L")
        self._lengths, self._total_length = array("I"), 0
        for index in (self._postings, self._about, self._said_by):
            index.clear()

    def _with_term(self, term: str) -> array[int]:
        """Return the positions of the memories with a term, each with how often it stands there in its last bits."""
        upto, found = self._postings.pop(term, (0, array("I")))
        for position, count in Counter(self._with(term, upto)).items():
            found.append(position << _COUNT_BITS | min(count, _MOST_COUNTED))
        self._postings[term] = len(self._traces), found
        if len(self._postings) > self.WORDS_KEPT:
            del self._postings[next(iter(self._postings))]  # the one that was not asked for the longest
        return found

    def _with(self, key: str, since: int) -> Iterable[int]:
        """Return the positions of the memories with a key, from a place in the traces on, once for each occurrence."""
        code = self._shared.codes.get(key)
        if code is None:
            return ()
        pieces = self._traces[since:].split(code)
        del pieces[-1]
        if len(pieces) > _MANY:  # then it is quicker to count the traces between
            passed = accumulate(map(str.count, pieces, repeat("\n")), initial=bisect_left(self._starts, since))
            return islice(passed, 1, None)
        ends = accumulate(map(len, pieces), initial=since)
        return (bisect_right(self._starts, end + nth) - 1 for nth, end in enumerate(islice(ends, 1, None)))

    def _read_on(self) -> None:
        """Take in the traces of new memories, one after the other in one text: keys are found fastest in that."""
        if len(self._lengths) < len(self.event_ids):
            traces = [self._shared.trace(event_id) for event_id in self.event_ids[len(self._lengths) :]]
            lengths = array("I", map(length, traces))
            self._starts += array("L", accumulate(map(len, traces[:-1]), initial=len(self._traces)))
            self._traces += "".join(traces)
            self._lengths += lengths
            self._total_length += sum(lengths)


def _reach(variants: Sequence[tuple[array[int], float]]) -> int:
    """Return in how many memories a word is, or what stands for it, at most."""
    return sum(len(postings) for postings, _ in variants)
