"""The engine's threads: some that think, one that writes the save slot."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeVar

from npc_engine.chronicle import Event
from npc_engine.errors import SaveError
from npc_engine.stores import SaveSlot

T = TypeVar("T")
_Job = Callable[[], None]


class Workers:
    """A few daemon threads that do jobs in the order they came; they never keep a process from ending."""

    def __init__(self, most: int, name: str) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._run, name=f"npc-{name}-{n}", daemon=True) for n in range(most)]
        self._lock = threading.Lock()
        self._started = 0
        self._busy = 0

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Have a job done soon, and give the future of what it gives."""
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = job()
            except BaseException as error:  # handed to whoever waits for the future
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._lock:
            if self._busy >= self._started and self._started < len(self._threads):
                self._threads[self._started].start()
                self._started += 1
            self._busy += 1
        self._jobs.put(run)
        return future

    def close(self) -> None:
        """Let the threads end when what they have in hand is done."""
        with self._lock:
            started = self._started
        for _ in range(started):
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
    is written next, so nothing is lost while the game runs.
    """

    def __init__(self, slot: SaveSlot) -> None:
        self._slot = slot
        self._workers = Workers(1, "writer")
        self._unwritten: deque[tuple[Sequence[Event], dict[str, str]]] = deque()

    def append(self, events: Sequence[Event], meta: dict[str, str]) -> Future[None]:
        """Write events; the future is done when they survive a crash, and fails with SaveError."""
        self._unwritten.append((events, meta))
        return self._workers.submit(self._write)

    def run(self, job: Callable[[SaveSlot], T], *, after_writing: bool = True) -> Future[T]:
        """Do a job on the slot, once all that came before is written."""

        def work() -> T:
            if after_writing:
                self._write()
            return job(self._slot)

        return self._workers.submit(work)

    def drop_unwritten(self) -> None:
        """Forget what is not written yet; called on the writer's own thread, when a slot is replaced."""
        self._unwritten.clear()

    def close(self) -> None:
        """Write what is left and close the slot.

        Raises:
            SaveError: it could not be written.
        """
        trouble: list[SaveError] = []

        def last(slot: SaveSlot) -> None:
            try:
                self._write()
            except SaveError as error:
                trouble.append(error)
            slot.close()

        self.run(last, after_writing=False)
        self._workers.close()
        self._workers.join()
        if trouble:
            raise trouble[0]

    def _write(self) -> None:
        events: list[Event] = []
        meta: dict[str, str] = {}
        batches = list(self._unwritten)
        if not batches:
            return
        for several, values in batches:
            events.extend(several)
            meta.update(values)
        self._slot.append(events, meta)
        for _ in batches:
            self._unwritten.popleft()
