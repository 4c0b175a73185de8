"""The model that never speaks: NPCs then say what code words for them."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from npc_engine.errors import ModelError
from npc_engine.models.model import ModelInfo, Request

_NONE = "there is no language model: the game was started with model='none'"


class SilentModel:
    """No model at all; its `info.size` is `none`, so nobody should ask it.

    `trouble` is why it stands where another model was asked for, if one was.
    """

    def __init__(self, trouble: ModelError | None = None) -> None:
        self.trouble = trouble

    @property
    def info(self) -> ModelInfo:
        """A size of `none`, and no languages."""
        return ModelInfo(name="none", size="none", languages=frozenset())

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        """Say nothing.

        Raises:
            ModelError: always, when the first piece is asked for.
        """
        yield from ()  # makes this a generator, so that the error comes with the first piece, as anywhere
        raise ModelError(_NONE)

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        """Choose nothing.

        Raises:
            ModelError: always.
        """
        raise ModelError(_NONE)

    def close(self) -> None:
        """Nothing to free."""


def open_silent(rest: str = "") -> SilentModel:
    """Return the model that `open_model("none")` names; `rest` must be empty.

    Raises:
        ModelError: something stood behind the colon.
    """
    if rest:
        raise ModelError(f"the model 'none' takes nothing behind a colon, not {rest!r}")
    return SilentModel()
