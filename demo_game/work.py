"""Doing what may take a while (loading, saving) beside the game, so that no frame waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Work(Generic[T]):
    """Runs a function on a thread. Call `finished` every frame; what it raised is in `error`."""

    def __init__(self, task: Callable[[], T]) -> None:
        self._task = task
        self.result: T | None = None
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="demo-work", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.result = self._task()
        except Exception as error:
            self.error = error

    @property
    def finished(self) -> bool:
        """Whether it is over, well or ill."""
        return not self._thread.is_alive()

    def wait(self) -> None:
        """Block until it is over: only for when the game is closing."""
        self._thread.join()
