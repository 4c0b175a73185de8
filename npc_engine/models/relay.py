"""Hands what a model says from the thread that hears it to the one that reads it, which may give up at any time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from npc_engine.errors import ModelError
from npc_engine.models.troubles import unreachable

T = TypeVar("T")

GLANCE = 0.02
"""Seconds between two looks at `cancel` while no text comes: short to a player, nothing to a processor."""


SILENCE = 5.0
"""Seconds for which a server that did not answer at all is left alone."""


class Relay(Generic[T]):
    """One answer on its way: the hearing thread calls `give` and `end`, the reading one iterates `take`.

    `stopped` is set as soon as nobody reads on; the hearing thread should then let the model go. It sets `begun` once
    the model gave any sign of answering.
    """

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.begun = False
        self._queue: SimpleQueue[T | ModelError | None] = SimpleQueue()

    def give(self, piece: T) -> None:
        """Pass on a piece; an empty one is left out."""
        if piece:
            self._queue.put(piece)

    def end(self, error: ModelError | None = None) -> None:
        """Say that no more will come, because the answer is whole or because of `error`."""
        self._queue.put(error)

    def take(self, cancel: threading.Event, timeout: float, who: str, *, remote: bool = False) -> Iterator[T]:
        """Yield the pieces as they come; end quietly once `cancel` is set.

        Of a `remote` model that says nothing at all it is taken that it will not soon.

        Raises:
            ModelUnreachableError: the answer was not whole after `timeout` seconds.
            ModelError: whatever error the hearing thread ended with.
        """
        deadline = time.monotonic() + timeout
        try:
            while not cancel.is_set():
                left = deadline - time.monotonic()
                if left <= 0:
                    if remote and not self.begun:
                        raise unreachable("unbegun", SILENCE, who=who, seconds=f"{timeout:g}")
                    raise unreachable("unfinished", who=who, seconds=f"{timeout:g}")
                try:
                    piece = self._queue.get(timeout=min(GLANCE, left))
                except Empty:
                    continue
                if piece is None:
                    return
                if isinstance(piece, ModelError):
                    raise piece
                yield piece
        finally:
            self.stopped.set()
