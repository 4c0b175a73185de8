"""One game's time: its chronicle, the views folded from it, its clock, and the slot they are kept in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from npc_engine.chronicle import Chronicle, Event, Packed
from npc_engine.engine.snapshots import Snapshots
from npc_engine.engine.workers import Writer
from npc_engine.errors import SaveError, TurnCancelledError
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
        self._saving = threading.Lock()
        try:
            self.chronicle = Chronicle.of(slot.rows())
            self._snapshots = Snapshots(cast)
            self.views = self._snapshots.resume(self.chronicle, slot.snapshot(self._snapshots.stamp))
            self.now = self._clock(slot.meta(_CLOCK))
        except BaseException:
            slot.close()  # or nobody could open it while somebody looks at the error
            raise
        self._writer = Writer(slot)
        # Every event was read and found whole. In the background, and it may fail: a copy is a kindness.
        self._writer.run(lambda slot: slot.keep_last_good())

    def _clock(self, stored: str | None) -> datetime:
        """Give the time it is: as the slot has it, or not before the last that happened."""
        if stored is not None:
            return datetime.fromisoformat(stored)  # written with every event, and never before it
        return max(self.start, self.chronicle.latest() or self.start)

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
            epoch, chronicle, folded = self.epoch, self.chronicle, len(self.chronicle)
        views = Views(cast, chronicle, upto=folded)
        with self.lock:
            if epoch != self.epoch:
                chronicle, folded = self.chronicle, len(self.chronicle)
                views = Views(cast, chronicle)
            for event_id in range(folded + 1, chronicle.next_id):
                views.apply(chronicle[event_id])
            self.views, self._snapshots = views, Snapshots(cast)

    def rewind(self, last_id: int) -> None:
        """Let what came after an event not have happened; blocks until the slot says so too."""
        now = self.chronicle.upto(last_id).latest() or self.start
        self._exchange(lambda slot: slot.rewind(last_id, {_CLOCK: now.isoformat()}))

    def restore(self, path: Path) -> None:
        """Put another slot's past in place of this one; blocks until the slot holds it."""
        self._exchange(lambda slot: slot.replace(path))

    def _exchange(self, change: Callable[[SaveSlot], None]) -> None:
        """Change the slot's past, then have the views that follow from it.

        The epoch ends first, so that no turn can commit in between; if the slot can't be changed, all is as it was.
        """
        with self.lock:
            self.epoch += 1
        snapshots = Snapshots(self.views.cast)

        def work(slot: SaveSlot) -> tuple[list[Packed], dict[str, bytes], str | None]:
            change(slot)
            self._writer.drop_unwritten()
            return slot.rows(), slot.snapshot(snapshots.stamp), slot.meta(_CLOCK)

        with self._saving:
            rows, parts, now = self._writer.run(work).result()
            chronicle = Chronicle.of(rows)
            views = snapshots.resume(chronicle, parts)
            with self.lock:
                self.epoch += 1
                self.chronicle, self.views, self._snapshots = chronicle, views, snapshots
                self.now = self._clock(now)

    def flush(self) -> None:
        """Make sure all that happened is on disk. Blocks until it is."""
        with self.lock:
            written = self._writer.append((), {_CLOCK: self.now.isoformat()})
        written.result()

    def save(self, path: Path | None) -> None:
        """Make sure all is on disk, with a snapshot of the views; with a path, as a copy there. Blocks until it is."""
        self.flush()
        with self._saving:
            self._keep_snapshot().result()
            if path is not None:
                self._writer.run(lambda slot: slot.copy_to(path)).result()

    def _keep_snapshot(self) -> Future[None]:
        """Begin writing what changed of the views; called by one thread at a time."""
        with self.lock:
            snapshots, views, chronicle = self._snapshots, self.views, self.chronicle
        upto, parts = snapshots.changed(views, chronicle, self.lock)
        return self._writer.run(lambda slot: snapshots.write(slot, upto, parts))

    def close(self) -> None:
        """Write what is left and close the slot."""
        with self.lock:
            self.epoch += 1
            self._writer.append((), {_CLOCK: self.now.isoformat()})
        with self._saving, suppress(SaveError):  # a snapshot only saves time: closing says whether all else is written
            self._keep_snapshot().result()
        self._writer.close()

    @property
    def path(self) -> Path | None:
        """Where the slot is; None for a game kept in memory."""
        return self._path
