"""What an event leaves in the memory of whoever perceives it: worked out once, and shared by all of them."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from sys import intern

from npc_engine.chronicle import Event
from npc_engine.mind.cast import Cast
from npc_engine.mind.memory import Memory, Trace
from npc_engine.text import terms
from npc_engine.world.names import Names

BLOCK = 1024
"""Events whose traces are stored together."""


class Impressions:
    """The traces and memories of events, by event id.

    `look` gives an event; the memories of the last few thousand that were asked for are kept.
    """

    KEPT = 8192

    def __init__(self, look: Callable[[int], Event], names: Names, cast: Cast) -> None:
        self._look = look
        self._names = names
        self._cast = cast
        self._traces: dict[int, Trace | str] = {}
        self._memories: dict[int, Memory] = {}

    @staticmethod
    def left_by(event: Event) -> bool:
        """Tell whether anyone will remember an event: only what is in words is remembered."""
        return bool(event.text and event.audience)

    def trace(self, event_id: int) -> Trace:
        """Give what a memory of an event is found by."""
        found = self._traces.get(event_id)
        if isinstance(found, Trace):
            return found
        trace = self._traces[event_id] = _unpacked(found) if found else self._work_out(self._look(event_id))
        return trace

    def memory(self, event_id: int) -> Memory:
        """Give the memory of an event."""
        found = self._memories.get(event_id)
        if found is None:
            event, about = self._look(event_id), self.trace(event_id).about
            basis = tuple(event.data.get("of", ())) if event.kind == "reflection" else ()
            found = Memory(event.id, event.text, event.at, event.actor, about, event.place, basis)
            if len(self._memories) >= self.KEPT:
                self._memories = {}
            self._memories[event_id] = found
        return found

    def blocks(self, since: int) -> Iterator[tuple[int, bytes]]:
        """Give what is known of events from an id on as plain bytes for `put_back`, in numbered blocks."""
        last = max(self._traces, default=0)
        for number in range(since // BLOCK, last // BLOCK + 1 if last else 0):
            lines = [self._line(event_id) for event_id in range(number * BLOCK, (number + 1) * BLOCK)]
            yield number, zlib.compress("\n".join(lines).encode(), 1)

    def put_back(self, number: int, block: bytes) -> None:
        """Take in a block that `blocks` gave."""
        lines = zlib.decompress(block).decode().split("\n")
        self._traces.update((event_id, line) for event_id, line in enumerate(lines, number * BLOCK) if line)

    def _line(self, event_id: int) -> str:
        found = self._traces.get(event_id, "")
        return _packed(found) if isinstance(found, Trace) else found

    def _work_out(self, event: Event) -> Trace:
        about = {mention.entity for mention in self._names.find(event.text)}
        for change in (*event.changes, *event.claims):
            about.update(part for part in (change.subject, change.object) if part in self._cast.entities)
        about.update(event.data.get("shown", ()))
        speaker = self._cast.entities.get(event.actor or "")
        found_by = [*speaker.names.values()] if speaker else [event.actor or ""]
        counts = Counter(_terms_of([event.text, *found_by, f"{event.at:%d %B %Y}"]))
        return Trace(dict(counts), counts.total(), frozenset(about), event.actor)


def _terms_of(texts: Iterable[str]) -> Iterator[str]:
    return (intern(term) for text in texts for term in terms(text))


def _packed(trace: Trace) -> str:
    # Without line breaks, which part the traces of a block: JSON escapes them.
    return json.dumps([trace.counts, sorted(trace.about), trace.speaker], ensure_ascii=False, separators=(",", ":"))


def _unpacked(line: str) -> Trace:
    counts, about, speaker = json.loads(line)
    terms_ = {intern(term): count for term, count in counts.items()}
    return Trace(terms_, sum(terms_.values()), frozenset(map(intern, about)), speaker)
