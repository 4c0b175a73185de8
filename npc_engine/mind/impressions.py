"""What an event leaves in the memory of those who perceive it: worked out once, and shared by all of them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from npc_engine.chronicle import Event
from npc_engine.mind.compiled_world import CompiledWorld
from npc_engine.mind.confidences import between
from npc_engine.mind.memory import Memory
from npc_engine.mind.traces import Codes
from npc_engine.payloads import REMARK, Edited, Heard, Recorded, Reflected
from npc_engine.text import findable
from npc_engine.world.names import Names

BLOCK = 1024
"""Events whose traces are stored together."""


class Events(Protocol):
    """Gives events by id."""

    def event(self, event_id: int) -> Event:
        """Return an event."""

    def plain(self, event_id: int) -> tuple[datetime, Mapping[str, Any]]:
        """Return an event's time and its `as_dict`."""


class Impressions:
    """The traces and memories of events, by event id.

    The memories that were asked for last are kept.
    """

    KEPT = 32_768

    def __init__(self, events: Events, names: Names, compiled: CompiledWorld) -> None:
        self._events = events
        self._names = names
        self._compiled = compiled
        self.codes = Codes()
        self._traces: dict[int, str] = {}
        self._memories: dict[int, Memory] = {}

    @staticmethod
    def left_by(event: Event) -> bool:
        """Return whether anyone will remember an event: only what is in words, and nothing said in passing but news."""
        return bool(event.text and event.audience) and (event.kind != REMARK or bool(event.claims))

    def trace(self, event_id: int) -> str:
        """Return what a memory of an event is found by: see `npc_engine.mind.traces`."""
        line = self._traces.get(event_id)
        if line is None:
            line = self._traces[event_id] = self._work_out(self._events.event(event_id))
        return line

    def memory(self, event_id: int) -> Memory:
        """Return the memory of an event."""
        found = self._memories.get(event_id)
        if found is None:
            at, event = self._events.plain(event_id)
            text = event["text"]
            while (edit := Edited.read(event.get("data", {})).edit) and edit.amends is not None:
                at, event = self._events.plain(edit.amends)  # when, where and by whom stay as they were
            found = _memory(event_id, text, at, event, self.codes.about(self.trace(event_id)))
            if len(self._memories) >= self.KEPT:
                self._memories = {}
            self._memories[event_id] = found
        return found

    def blocks(self, since: int) -> Iterator[tuple[int, bytes]]:
        """Yield what is known of events from an id on as plain bytes for `put_back`, in numbered blocks."""
        last = max(self._traces, default=0)
        for number in range(since // BLOCK, last // BLOCK + 1 if last else 0):
            traces = map(self._traces.get, range(number * BLOCK, (number + 1) * BLOCK))
            lines = (self.codes.packed(trace) if trace else "" for trace in traces)
            yield number, zlib.compress("\n".join(lines).encode(), 1)

    def put_back(self, number: int, block: bytes) -> None:
        """Take in a block that `blocks` gave."""
        lines = zlib.decompress(block).decode().split("\n")
        unpacked = self.codes.unpacked
        self._traces.update((event_id, unpacked(line)) for event_id, line in enumerate(lines, number * BLOCK) if line)

    def _work_out(self, event: Event) -> str:
        text = event.text
        while (edit := Edited.read(event).edit) and edit.amends is not None:
            event = self._events.event(edit.amends)
        named = {mention.entity for mention in self._names.find(text)}
        for change in (*event.changes, *event.claims):
            named.update(part for part in (change.subject, change.object) if part in self._compiled.entities)
        named.update(Recorded.read(event).shown)
        speaker = self._compiled.entities.get(event.actor or "")
        found_by = [*speaker.names.values()] if speaker else [event.actor or ""]
        worded = Reflected.read(event).worded.values()  # what is concluded is found in whichever language is spoken
        texts = [*dict.fromkeys((text, *worded)), *found_by, f"{event.at:%d %B %Y}"]
        return self.codes.trace((term for text in texts for term in findable(text)), named, event.actor)


def _memory(event_id: int, text: str, at: datetime, event: Mapping[str, Any], about: frozenset[str]) -> Memory:
    """Return what is remembered of an event, given as plain data, in the words `text`."""
    data, audience = event.get("data", {}), frozenset(event["audience"])
    reflected, heard = Reflected.read(data), Heard.read(data)
    there = None if reflected.there is None else frozenset(reflected.there)
    concluded = there is not None or event["kind"] == "reflection"
    return Memory(
        event_id,
        text,
        at,
        event.get("actor"),
        about,
        event.get("place"),
        basis=tuple(reflected.of) if event["kind"] == "reflection" else (),
        there=there,
        heard_by=audience,
        overheard_by=frozenset(heard.overheard),
        volume=heard.volume,
        between=audience | (there or frozenset()) if concluded else between(audience, data),
        stated=tuple(tuple(one[:3]) for one in (*event.get("changes", ()), *event.get("claims", ()))),
    )
