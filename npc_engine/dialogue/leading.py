"""How a game wants a model led to words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from npc_engine.world.definitions import Improvise

RealizerName = Literal["small", "medium", "large"]
"""How a model is led to words: it voices a plan, it converses with code's plan as direction, or it is shown all."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long an answer of a model's own may get, in sentences and characters.

    Of characters half of them where words do not stand apart.
    """

    sentences: int = 4
    characters: int = 350


@dataclass(frozen=True, slots=True)
class Leading:
    """How the game wants a model led and what it may make up; the model, the persona and the world say where None.

    `length` bounds the answers of a large one.
    """

    realizer: RealizerName | None = None
    improvise: Improvise | None = None
    length: Length = field(default_factory=Length)
