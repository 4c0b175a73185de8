"""One game's time: its chronicle, the projections folded from it, its clock, and the slot they are kept in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from npc_engine.chronicle import Chronicle, Event, storable
from npc_engine.engine.fitting import KNOWN, WORLD, Fitting
from npc_engine.engine.snapshots import Snapshots
from npc_engine.engine.workers import Writer
from npc_engine.errors import SaveError, TurnCancelledError
from npc_engine.graphs import Standing
from npc_engine.mind import CompiledWorld, Projections
from npc_engine.stores import SaveSlot, SlotContents, read_contents
from npc_engine.text import cleaned

_CLOCK = "now"


class Timeline:
    """Where things stand. `lock` guards all of it and is only ever held for work in memory.

    `epoch` counts how often the past was exchanged (by rewinding or restoring): work begun in an earlier epoch is
    thrown away.
    """

    def __init__(self, compiled: CompiledWorld, slot: SaveSlot, start: datetime, fitting: Fitting) -> None:
        self.lock = threading.RLock()
        self.epoch = 0
        self.start = start
        self._path = slot.path
        self.declared = compiled
        self._saving = threading.Lock()
        try:
            self._meta = slot.values()
            rows = slot.rows()
            fitting.require_same_world(slot.path or Path(), SlotContents(rows, self._meta))
            rows = fitting.rows(rows)
            gone = fitting.gone(rows, self._meta)
            self.misfits, compiled = fitting.misfits(rows, gone), fitting.fitted(compiled, gone)
            self.chronicle = Chronicle.of(rows)
            self._snapshots = Snapshots(compiled)
            self.projections = self._snapshots.resume(self.chronicle, slot.snapshot(self._snapshots.stamp))
            self.now = self._clock(self._meta.get(_CLOCK), self.chronicle)
        except BaseException:
            slot.close()  # or nobody could open it while somebody looks at the error
            raise
        self._closed = False
        self._writer = Writer(slot, self._contents)
        self._writer.keep_last_good()  # every event was read and found whole
        self._fit(fitting, self._meta)

    def _fit(self, fitting: Fitting, meta: Mapping[str, str]) -> None:
        """Have the slot, which has these values, say of which world it is; called once it can be written."""
        with self.lock:
            self._fitting, said = fitting, fitting.meta(meta)
            self._meta = {key: value for key, value in {**meta, **said}.items() if key in (WORLD, KNOWN)}
            if said:
                self._writer.append((), said)

    def _clock(self, stored: str | None, chronicle: Chronicle) -> datetime:
        """Return the time it is: as the slot has it, or not before the last that happened."""
        if stored is not None:
            return datetime.fromisoformat(stored)  # written with every event, and never before it
        return max(self.start, chronicle.latest() or self.start)

    def commit(
        self, build: Callable[[int], Sequence[Event]], *, epoch: int | None = None
    ) -> tuple[list[Event], Future[None]]:
        """Record the events that `build` gives for the next id, all or none; they are part of every view at once.

        Return them with the future that is done when they are safe on disk.

        Raises:
            TurnCancelledError: the epoch they belong to is over.
            SaveError: the game is closed.
            ValueError: one of them can't be stored.
        """
        with self.lock:
            if epoch is not None and epoch != self.epoch:
                raise TurnCancelledError("the past was exchanged before this was finished")
            if self._closed:
                raise SaveError("the engine is closed: nothing more can happen in this game")
            events = [replace(event, text=cleaned(event.text)) for event in build(self.chronicle.next_id)]
            rows = [(event.id, storable(event)) for event in events]
            before = len(self.chronicle)
            try:
                for event in events:
                    self.chronicle.append(event)
                    self.projections.apply(event)
            except Exception:
                self._take_back(before)
                raise
            self.now = max((self.now, *(event.at for event in events)))
            return events, self._writer.append(rows, {_CLOCK: self.now.isoformat()})

    def _take_back(self, last_id: int) -> None:
        """Let what came after an event, and was not given to the slot, not have happened."""
        compiled = self.projections.compiled
        self.chronicle = self.chronicle.upto(last_id)
        self.projections, self._snapshots = Projections(compiled, self.chronicle), Snapshots(compiled)

    def _contents(self) -> SlotContents:
        """Return all that happened so far, as a slot holds it."""
        with self.lock:
            chronicle, meta = self.chronicle.upto(len(self.chronicle)), {**self._meta, _CLOCK: self.now.isoformat()}
        return SlotContents(chronicle.rows(), meta)

    def refold(self, compiled: CompiledWorld, fitting: Fitting | None = None) -> None:
        """Rebuild every projection from what authors now declare; long histories are folded without the lock."""
        if fitting is not None:
            compiled = self._refitted(compiled, fitting)
        with self.lock:
            epoch, chronicle, folded = self.epoch, self.chronicle, len(self.chronicle)
        projections = Projections(compiled, chronicle, upto=folded)
        with self.lock:
            if epoch != self.epoch:
                chronicle, folded = self.chronicle, len(self.chronicle)
                projections = Projections(compiled, chronicle)
            for event_id in range(folded + 1, chronicle.next_id):
                projections.apply(chronicle[event_id])
            self.projections, self._snapshots = projections, Snapshots(compiled)

    def _refitted(self, compiled: CompiledWorld, fitting: Fitting) -> CompiledWorld:
        """Take over what authors renamed and dropped while the game runs, and return the cast with what is gone."""
        self.declared = compiled
        with self.lock:
            rows, meta = self.chronicle.rows(), self._meta
            renamed = fitting.rows(rows)
            gone = fitting.gone(renamed, meta)
            self.misfits, compiled = fitting.misfits(renamed, gone), fitting.fitted(compiled, gone)
            if renamed != rows:  # a rare thing, in which the game may wait
                self.chronicle = Chronicle.of(renamed)
                self.projections, self._snapshots = Projections(compiled, self.chronicle), Snapshots(compiled)
            self._fit(fitting, meta)
        return compiled

    def rewind(self, last_id: int) -> None:
        """Let what came after an event not have happened; blocks until the slot says so too."""
        with self._saving:
            with self.lock:
                chronicle = self.chronicle.upto(last_id)
            now = chronicle.latest() or self.start
            snapshots = Snapshots(self.projections.compiled)
            parts = self._writer.run(lambda slot: slot.snapshot(snapshots.stamp)).result()
            projections = snapshots.resume(chronicle, parts)
            self._exchange(
                chronicle, projections, snapshots, now, lambda slot: slot.rewind(last_id, {_CLOCK: now.isoformat()})
            )

    def restore(self, path: Path) -> None:
        """Put another slot's past in place of this one; blocks until the slot holds it."""
        contents, fitting = read_contents(path), self._fitting
        fitting.require_same_world(path, contents)
        rows = fitting.rows(contents.rows)
        gone = fitting.gone(rows, contents.meta)
        compiled = fitting.fitted(self.declared, gone)
        chronicle = Chronicle.of(rows)
        now = self._clock(contents.meta.get(_CLOCK), chronicle)
        with self._saving:
            snapshots = Snapshots(compiled)
            projections = snapshots.resume(chronicle, contents.parts(snapshots.stamp))
            self._exchange(chronicle, projections, snapshots, now, lambda slot: slot.replace(contents))
            self.misfits = fitting.misfits(rows, gone)
            self._fit(fitting, contents.meta)

    def _exchange(
        self,
        chronicle: Chronicle,
        projections: Projections,
        snapshots: Snapshots,
        now: datetime,
        change: Callable[[SaveSlot], None],
    ) -> None:
        """Change the slot's past, then have the projections that follow from it.

        The epoch ends first, so that no turn can commit in between; if the slot can't be changed, all is as it was.
        What happens in between belongs to the past that is over, and goes with it.
        """
        with self.lock:
            self.epoch += 1

        def work(slot: SaveSlot) -> None:
            change(slot)
            with self.lock:
                self._writer.drop_unwritten()
                self.epoch += 1
                self.chronicle, self.projections, self._snapshots = chronicle, projections, snapshots
                self.now = now

        self._writer.run(work).result()

    def flush(self) -> None:
        """Make sure all that happened is on disk. Blocks until it is."""
        with self.lock:
            written = self._writer.append((), {_CLOCK: self.now.isoformat()})
        written.result()
        self._writer.report()

    def save(self, path: Path | None) -> None:
        """Make sure all is on disk, with a snapshot of the projections; with a path, as a copy there. Blocks."""
        self.flush()
        with self._saving:
            self._keep_snapshot().result()
            if path is not None:
                self._writer.run(lambda slot: slot.copy_to(path)).result()

    def _keep_snapshot(self) -> Future[None]:
        """Begin writing what changed of the projections; called by one thread at a time."""
        with self.lock:
            snapshots, projections, chronicle = self._snapshots, self.projections, self.chronicle
        upto, parts = snapshots.changed(projections, chronicle, self.lock)
        return self._writer.run(lambda slot: snapshots.write(slot, upto, parts))

    def close(self) -> None:
        """Write what is left and close the slot.

        Raises:
            SaveError: it could not be written.
        """
        with self.lock:
            self.epoch += 1
            self._closed = True
            self._writer.append((), {_CLOCK: self.now.isoformat()})
        with self._saving, suppress(SaveError):  # a snapshot only saves time: closing says whether all else is written
            self._keep_snapshot().result()
        self._writer.close()

    def standing(self) -> Standing:
        """Return where things stand, for who follows them from another thread."""
        with self.lock:
            chronicle, compiled, snapshots = self.chronicle, self.projections.compiled, self._snapshots
            safe = min(self._writer.safe, len(chronicle))
        return Standing(chronicle, safe, compiled, lambda: snapshots.stamp)

    def tell_when_written(self, tell: Callable[[], None]) -> None:
        """Have somebody told, on the writer's thread, whenever something is safe on disk."""
        self._writer.on_written = tell

    @property
    def path(self) -> Path | None:
        """Where the slot is; None for a game kept in memory."""
        return self._path
