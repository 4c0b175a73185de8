"""What holds threads and files, and lets go of them: when told to, at the end of a `with` block, or of the process."""

from __future__ import annotations

import atexit
import weakref
from abc import ABC, abstractmethod
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Self

from npc_engine.errors import SaveError


class Closeable(ABC):
    """Something that must be closed; a game that forgets to has it closed when the process ends."""

    _closed = True

    def _opened(self) -> None:
        """Be open from now on."""
        self._closed = False
        self._at_exit = partial(_close_at_exit, weakref.ref(self))
        atexit.register(self._at_exit)

    @abstractmethod
    def _let_go(self) -> None:
        """Let go of all that is held; called once."""

    def close(self) -> None:
        """Give up running turns, write what is left, close the slot and the model.

        One may still look afterwards; to say something gives a cancelled reply, and whatever would be written raises
        SaveError.

        Raises:
            SaveError: what was left could not be written.
        """
        if self._closed:
            return
        self._closed = True
        atexit.unregister(self._at_exit)
        self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            with suppress(SaveError):  # the first error is the one to tell
                self.close()


def _close_at_exit(one: weakref.ref[Closeable]) -> None:
    """Close what a game forgot to close, so that nothing is lost and no thread is cut off in a model."""
    left_open = one()
    if left_open is not None:
        with suppress(SaveError):
            left_open.close()
