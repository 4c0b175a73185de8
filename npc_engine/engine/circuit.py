"""A circuit breaker: a model that can't be reached is not asked again before a look in the background finds it back."""

from __future__ import annotations

import threading
from collections.abc import Callable

from npc_engine.errors import ModelError, ModelUnreachableError

IN_A_ROW = 2
"""Answers that must have broken off one after the other before the model is taken to be out of reach."""

SOON, SELDOM = 2.0, 60.0
"""Seconds before the first look whether it is back, and the most between two looks: each waits twice as long."""


class Circuit:
    """Whether the model may be asked. `look` asks it something small and raises what goes wrong.

    `broken` is set for as long as it may not.
    """

    def __init__(self, look: Callable[[threading.Event], None]) -> None:
        self.broken = threading.Event()
        self._look = look
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._in_a_row = 0
        self._last: ModelError | None = None

    @property
    def last(self) -> ModelError | None:
        """What went wrong when the model was last asked; None where nothing did."""
        return self._last

    def reason(self) -> ModelError | None:
        """Return why the model may not be asked now; None where it may."""
        return self._last if self.broken.is_set() else None

    def worked(self) -> None:
        """Note that the model answered."""
        with self._lock:
            self._in_a_row, self._last = 0, None
            self.broken.clear()

    def failed(self, error: ModelError) -> None:
        """Note that it did not; where it is out of reach, it is not asked until it is found to be back."""
        with self._lock:
            self._last = error
            if not isinstance(error, ModelUnreachableError) or self.broken.is_set() or self._closed.is_set():
                return
            self._in_a_row += 1
            if error.wait is None and self._in_a_row < IN_A_ROW:
                return
            self.broken.set()
            wait = SOON if error.wait is None else error.wait
            threading.Thread(target=self._watch, args=(wait,), name="npc-probe", daemon=True).start()

    def close(self) -> None:
        """Look no more."""
        self._closed.set()

    def _watch(self, wait: float) -> None:
        while not self._closed.wait(wait):
            try:
                self._look(self._closed)
            except ModelError as error:
                named = error.wait if isinstance(error, ModelUnreachableError) else None
                wait = max(min(2 * wait, SELDOM), named or 0.0)
                self._last = error
            else:
                if not self._closed.is_set():
                    self.worked()
                return
