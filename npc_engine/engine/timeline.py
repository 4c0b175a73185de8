"""One game's time: its chronicle, the views folded from it, its clock, and the slot they are kept in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from npc_engine.chronicle import Chronicle, Event
from npc_engine.engine.workers import Writer
from npc_engine.errors import TurnCancelledError
from npc_engine.mind import Cast, Views
from npc_engine.stores import SaveSlot

E = TypeVar("E", bound=Sequence[Event])
_CLOCK = "now"


class Timeline:
    """Where things stand. `lock` guards all of it and is only ever held for work in memory.

    `epoch` counts how often the past was exchanged (by rewinding or restoring): work begun in an earlier epoch is
    thrown away.
    """

    def __init__(self, cast: Cast, slot: SaveSlot, start: datetime) -> None:
        self.lock = threading.RLock()
        self.epoch = 0
        self.start = start
        self._path = slot.path
        self.chronicle = Chronicle(slot.events())
        self.views = Views(cast, self.chronicle)
        self.now = self._clock(slot.meta(_CLOCK))
        self._writer = Writer(slot)

    def _clock(self, stored: str | None) -> datetime:
        """Give the time it is: as the slot has it, or not before the last that happened."""
        now = datetime.fromisoformat(stored) if stored else self.start
        last = max((event.at for event in self.chronicle), default=now)
        return max(now, last)

    def commit(self, build: Callable[[int], E], *, epoch: int | None = None) -> tuple[E, Future[None]]:
        """Record the events that `build` gives for the next id, all or none; they are part of every view at once.

        The future is done when they are safe on disk.

        Raises:
            TurnCancelledError: the epoch they belong to is over.
        """
        with self.lock:
            if epoch is not None and epoch != self.epoch:
                raise TurnCancelledError("the past was exchanged before this was finished")
            events = build(self.chronicle.next_id)
            for event in events:
                self.chronicle.append(event)
                self.views.apply(event)
                self.now = max(self.now, event.at)
            return events, self._writer.append(events, {_CLOCK: self.now.isoformat()})

    def refold(self, cast: Cast) -> None:
        """Fold every view anew, from what authors now declare; long histories are folded without the lock."""
        with self.lock:
            epoch, events = self.epoch, list(self.chronicle)
        views = Views(cast, events)
        with self.lock:
            if epoch != self.epoch:
                views, events = Views(cast, self.chronicle), list(self.chronicle)
            for event in list(self.chronicle)[len(events) :]:
                views.apply(event)
            self.views = views

    def rewind(self, last_id: int) -> None:
        """Let what came after an event not have happened; blocks until the slot says so too."""
        kept = [self.chronicle[number] for number in range(1, last_id + 1)]
        now = max((event.at for event in kept), default=self.start)

        def drop(slot: SaveSlot) -> None:
            slot.rewind(last_id, {_CLOCK: now.isoformat()})

        self._exchange(drop, lambda slot: (kept, now))

    def restore(self, path: Path) -> None:
        """Put another slot's past in place of this one; blocks until the slot holds it."""

        def replace(slot: SaveSlot) -> None:
            slot.replace(path)

        def read(slot: SaveSlot) -> tuple[list[Event], datetime | None]:
            stored = slot.meta(_CLOCK)
            return slot.events(), datetime.fromisoformat(stored) if stored else None

        self._exchange(replace, read)

    def _exchange(
        self,
        change: Callable[[SaveSlot], None],
        read: Callable[[SaveSlot], tuple[list[Event], datetime | None]],
    ) -> None:
        """Change the slot's past, then fold the views anew from it.

        The epoch ends first, so that no turn can commit in between; if the slot can't be changed, all is as it was.
        """
        with self.lock:
            self.epoch += 1

        def work(slot: SaveSlot) -> tuple[list[Event], datetime | None]:
            change(slot)
            self._writer.drop_unwritten()
            return read(slot)

        events, now = self._writer.run(work).result()
        chronicle = Chronicle(events)
        views = Views(self.views.cast, chronicle)
        with self.lock:
            self.epoch += 1
            self.chronicle, self.views = chronicle, views
            self.now = self._clock(now.isoformat() if now else None)

    def save(self, path: Path | None) -> None:
        """Make sure all is on disk; with a path, as a copy there. Blocks until it is."""
        with self.lock:
            meta = {_CLOCK: self.now.isoformat()}
            written = self._writer.append((), meta)

        def copy(slot: SaveSlot) -> None:
            if path is not None:
                slot.copy_to(path)

        copied = self._writer.run(copy)
        written.result()
        copied.result()

    def close(self) -> None:
        """Write what is left and close the slot."""
        with self.lock:
            self.epoch += 1
            self._writer.append((), {_CLOCK: self.now.isoformat()})
        self._writer.close()

    @property
    def path(self) -> Path | None:
        """Where the slot is; None for a game kept in memory."""
        return self._path
