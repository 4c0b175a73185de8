"""A sign of life of the author's, for as long as a model has no words yet: 'Hm. Let me see…'."""

from __future__ import annotations

import threading
from collections.abc import Callable
from random import Random
from types import TracebackType
from typing import Self

from npc_engine.dialogue.scene import Turn
from npc_engine.text import fold

KEY = "thinking"
"""The phrases by which somebody shows that they are thinking."""
AFTER = 0.7
"""Seconds after which somebody who has no answer yet shows that they are thinking."""


def sign_of(turn: Turn) -> str:
    """Return what the NPC says or does while they think, in the author's words; empty where all were used lately."""
    scene, language = turn.scene, turn.language
    lately = [fold(exchange.line.text) for exchange in scene.exchanges]
    with turn.state:
        written = scene.persona.says(KEY, language, scene.holds)
    fresh = [one for one in written if not any(fold(one) in line for line in lately) and not turn.guard.words(one)]
    return Random(f"{scene.seed}/{KEY}").choice(fresh) if fresh else ""


class Patience:
    """Calls `show` with some words if it is not left within a time; with no words it never does."""

    def __init__(self, words: str, show: Callable[[str], None], after: float = AFTER) -> None:
        self._timer = threading.Timer(after, show, (words,)) if words else None

    def __enter__(self) -> Self:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
