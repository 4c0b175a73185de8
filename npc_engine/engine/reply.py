"""An answer on its way: look at it every frame, wait for it, or await it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import Any

from npc_engine.dialogue.types import Line
from npc_engine.errors import NpcError, SaveError, TurnCancelledError
from npc_engine.text import Language, join_sentences


class Reply:
    """What an NPC is about to say.

    Poll `text` and `done` from a game loop, block on `line()`, or `await` it; all three may be mixed. None
    of the properties ever waits.
    """

    def __init__(self) -> None:
        self._future: Future[Line] = Future()
        self._cancel = threading.Event()
        self._text = ""

    @property
    def text(self) -> str:
        """What may be seen so far: it only grows, a checked sentence at a time."""
        return self._text

    @property
    def done(self) -> bool:
        """Whether the turn is over: said and safe in the save slot, given up, or failed."""
        return self._future.done()

    @property
    def cancelled(self) -> bool:
        """Whether the answer was given up; then the turn left no trace."""
        if self._future.done():
            return isinstance(self.error, TurnCancelledError)
        return self._cancel.is_set()

    @property
    def error(self) -> NpcError | None:
        """What went wrong, once `done`; None when nothing did."""
        if not self._future.done():
            return None
        error = self._future.exception()
        return error if isinstance(error, NpcError) else None

    def line(self, timeout: float | None = None) -> Line:
        """Wait for the whole line, at most `timeout` seconds.

        Raises:
            TurnCancelledError: the speaker walked away, a save was loaded or the engine closed before the end.
            SaveError: it was said, but could not be written; the game goes on and it is tried again.
            TimeoutError: it is not there yet; the reply goes on.
        """
        try:
            return self._future.result(timeout)
        except FutureTimeoutError:
            raise TimeoutError(f"no whole line within {timeout} seconds") from None

    def __await__(self) -> Generator[Any, None, Line]:
        """Wait for the whole line in async code, as `line` does."""
        return asyncio.shield(asyncio.wrap_future(self._future)).__await__()

    def cancel(self) -> None:
        """Give the answer up: what was said of it so far will not have been said."""
        self._cancel.set()

    # -- for the engine ----------------------------------------------------------------------------

    @property
    def said(self) -> bool:
        """Whether it is over and was said, even if it could not be written yet."""
        if not self._future.done():
            return False
        error = self._future.exception()
        return error is None or isinstance(error, SaveError)

    def when_done(self, then: Callable[[], None]) -> None:
        """Have something called once the turn is over, at once if it is already."""
        self._future.add_done_callback(lambda _: then())

    @property
    def cancelling(self) -> threading.Event:
        """Set when the answer is to be given up."""
        return self._cancel

    def show(self, sentence: str, language: Language) -> None:
        """Let a sentence be seen."""
        self._text = join_sentences([self._text, sentence], language)

    def finish(self, line: Line) -> None:
        """Put the whole line in place."""
        self._text = line.text
        self._future.set_result(line)

    def fail(self, error: BaseException) -> None:
        """End without a line."""
        self._future.set_exception(error)
