"""A connection whose every call ends within some seconds, whatever the server and the library do.

A server that is frozen, or whose machine went without a word, leaves a library waiting for as long as the system keeps
the connection. So each connection works on a thread of its own, which is left behind when time is up.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeVar

from npc_engine.errors import GraphError, GraphUnreachableError
from npc_engine.graphs.bolt import Bolt, Query, broken_off, too_long
from npc_engine.graphs.settings import GraphSettings

T = TypeVar("T")

GRACE = 0.5
"""Seconds beyond the limit of a query, in which the library may end it by itself."""
WRITING = 6
"""How many times longer than a query a transaction that writes may take."""
LEAVING = 1.0
"""Seconds that hanging up may take."""


class LimitedBolt:
    """A connection that is never waited for longer than the settings say; after it was, it is of no more use."""

    def __init__(self, inner: Bolt, settings: GraphSettings) -> None:
        self.server, self.library = inner.server, inner.library
        self._inner, self._settings = inner, settings
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._late = False
        threading.Thread(target=self._run, name="npc-graph-line", daemon=True).start()

    def read(self, query: Query) -> list[dict[str, Any]]:
        """Return the rows that a query gives."""
        try:
            return self._within(self._settings.timeout + GRACE, lambda: self._inner.read(query))
        except LateError:
            raise too_long(self._settings) from None

    def write(self, queries: Sequence[Query]) -> list[list[dict[str, Any]]]:
        """Run queries in one transaction if the first gives rows, and return the rows of each."""
        return self._patiently(lambda: self._inner.write(queries))

    def run(self, query: Query) -> None:
        """Run a query in a transaction of its own."""
        self._patiently(lambda: self._inner.run(query))

    def close(self) -> None:
        """Hang up."""
        if not self._late:
            with suppress(GraphError, LateError):
                self._within(LEAVING, self._inner.close)
        self._jobs.put(None)

    def _patiently(self, job: Callable[[], T]) -> T:
        most = self._settings.timeout * WRITING
        try:
            return self._within(most, job)
        except LateError:
            raise GraphUnreachableError(
                f"the graph at {self._settings.uri} did not take what was written within {most:g} s"
            ) from None

    def _within(self, most: float, job: Callable[[], T]) -> T:
        if self._late:
            raise broken_off(self._settings)
        future: Future[T] = Future()

        def work() -> None:
            try:
                result = job()
            except BaseException as error:  # handed to the one who waits for the future
                future.set_exception(error)
            else:
                future.set_result(result)

        self._jobs.put(work)
        try:
            return future.result(most)
        except LateError:
            self._late = not future.done()
            raise

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
