"""The ways in which a model is led to words, and which of them fits a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from npc_engine.dialogue.leading import RealizerName
from npc_engine.dialogue.scene import Scene, Turn
from npc_engine.dialogue.speak.large import Large
from npc_engine.dialogue.speak.medium import Medium
from npc_engine.dialogue.speak.realization import Outline
from npc_engine.dialogue.speak.small import Small
from npc_engine.dialogue.types import Spoken
from npc_engine.models.model import Message, ModelInfo
from npc_engine.text import Language
from npc_engine.world.definitions import Improvise


class Realizer(Protocol):
    """Leads a model to the words of a turn."""

    def say(self, turn: Turn, parts: Outline) -> Spoken:
        """Say a turn's plan, of which `parts` are code's own words, a checked sentence at a time.

        Whatever the model does, something is said. The turn has its guard; minds are read with `turn.state` held.

        Raises:
            Exception: what nobody foresaw; code then says the plan.
        """
        ...

    def beginning(
        self, scene: Scene, info: ModelInfo, language: Language, improvise: Improvise | None = None
    ) -> tuple[Message, ...]:
        """Return what every prompt of this NPC's before this speaker begins with, to be read ahead."""
        ...


REALIZERS: Mapping[RealizerName, Realizer] = {"small": Small(), "medium": Medium(), "large": Large()}

_BY_SIZE: Mapping[str, RealizerName] = {"small": "small", "medium": "medium", "large": "large"}


def realizer_for(info: ModelInfo, chosen: RealizerName | None = None) -> Realizer:
    """Return how a model is led: as the game chose, else by its size."""
    return REALIZERS[chosen or _BY_SIZE[info.size]]
