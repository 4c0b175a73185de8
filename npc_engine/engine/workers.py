"""The engine's threads: some that think, one that writes the save slot."""

from __future__ import annotations

import queue
import threading
import warnings
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import TypeVar

from npc_engine.chronicle import Packed
from npc_engine.errors import SaveError, UnstoredError
from npc_engine.stores import ExchangedError, SaveSlot, SlotContents

Rows = Sequence[tuple[int, Packed]]
"""Events as text, each with its id."""

T = TypeVar("T")
_Job = Callable[[], None]


class GoneError(Exception):
    """The threads that did jobs are gone, and why; no job given to them now would ever be done."""


class Workers:
    """A few daemon threads that do jobs in the order they came; they never keep a process from ending."""

    def __init__(self, most: int, name: str) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._run, name=f"npc-{name}-{n}", daemon=True) for n in range(most)]
        self._lock = threading.Lock()
        self._started = 0
        self._busy = 0
        self._closed = False

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Have a job done soon, and give the future of what it gives.

        Raises:
            GoneError: there is no thread left that could do it.
        """
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = job()
            except BaseException as error:  # handed to the one who waits for the future
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._lock:
            if self._closed:
                raise GoneError("it was closed")
            if not all(thread.is_alive() for thread in self._threads[: self._started]):
                raise GoneError("this process was forked from the one that runs it")
            if self._busy >= self._started and self._started < len(self._threads):
                self._threads[self._started].start()
                self._started += 1
            self._busy += 1
            self._jobs.put(run)
        return future

    def close(self) -> None:
        """Let the threads end when what they have in hand is done."""
        with self._lock:
            self._closed = True
            for _ in range(self._started):
                self._jobs.put(None)

    def join(self, timeout: float | None = None) -> None:
        """Wait for the threads to end."""
        for thread in self._threads[: self._started]:
            thread.join(timeout)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            with self._lock:
                self._busy -= 1


class Writer:
    """Writes events to the save slot on a thread of its own, in order, none skipped.

    When the slot can't be written (a full disk), what is waiting is kept and tried again with whatever
    is written next, so nothing is lost while the game runs. Where the slot's file was deleted or exchanged, it is
    written whole again from the `contents` that the game has in mind.
    """

    def __init__(self, slot: SaveSlot, contents: Callable[[], SlotContents]) -> None:
        self._slot = slot
        self._contents = contents
        self._workers = Workers(1, "writer")
        self._unwritten: deque[tuple[Rows, Mapping[str, str]]] = deque()
        self._unstored: list[int] = []
        self.on_written: Callable[[], None] = lambda: None
        """Called on the writer's thread whenever something was written."""

    @property
    def safe(self) -> int:
        """The id of the last event that survives a crash."""
        return int(self._slot.last_id)

    def append(self, rows: Rows, meta: Mapping[str, str]) -> Future[None]:
        """Write events; the future is done when they survive a crash, and fails with SaveError."""
        self._unwritten.append((rows, meta))
        return self._submit(self._write)

    def run(self, job: Callable[[SaveSlot], T]) -> Future[T]:
        """Do a job on the slot, once all that came before is written; the future fails with SaveError."""

        def work() -> T:
            self._write()
            done = job(self._slot)
            self.on_written()
            return done

        return self._submit(work)

    def keep_last_good(self) -> None:
        """Keep a copy of the slot as it was opened, before anything is written to it, where that can be done."""
        self._submit(self._slot.keep_last_good)

    def drop_unwritten(self) -> None:
        """Forget what is not written yet: it belongs to a past that the slot no longer holds."""
        self._unwritten.clear()

    def close(self) -> None:
        """Write what is left and close the slot.

        Raises:
            SaveError: it could not be written.
        """

        def last() -> None:
            try:
                self._write()
            finally:
                self._slot.close()

        closed = self._submit(last)
        self._workers.close()
        closed.result()
        self._workers.join()
        self.report()

    def report(self) -> None:
        """Say, once, what could not be stored.

        Raises:
            UnstoredError: the disk would not take some events; all the others are stored.
        """
        unstored, self._unstored = self._unstored, []
        if unstored:
            raise UnstoredError(unstored)

    def _submit(self, job: Callable[[], T]) -> Future[T]:
        try:
            return self._workers.submit(job)
        except GoneError as error:
            failed: Future[T] = Future()
            failed.set_exception(SaveError(f"nothing more is written to {self._name}: {error}"))
            return failed

    @property
    def _name(self) -> str:
        return str(self._slot.path or "the slot in memory")

    def _write(self) -> None:
        """Write what is waiting, to a file that is there and ours before and after."""
        self._see_to_place()
        try:
            self._write_waiting()
        except ExchangedError:
            self._see_to_place()
            self._write_waiting()
        self._see_to_place()

    def _write_waiting(self) -> None:
        batches = list(self._unwritten)
        if not batches:
            return
        meta: dict[str, str] = {}
        for _, values in batches:
            meta.update(values)
        rows = [row for several, _ in batches for row in several if row[0] > self._slot.last_id]
        try:
            self._slot.append_packed(rows, meta)
        except UnstoredError as error:
            self._unstored.extend(error.event_ids)
        for _ in batches:
            self._unwritten.popleft()
        self.on_written()

    def _see_to_place(self) -> None:
        if self._slot.in_place():
            return
        aside = self._slot.write_anew(self._contents())
        kept = f"; what stood in its place is {aside}" if aside else ""
        words = f"{self._name} was deleted or exchanged while the game was open, and is written whole again{kept}"
        with suppress(RuntimeWarning):  # where warnings are errors: all is well
            warnings.warn(words, RuntimeWarning, stacklevel=2)
