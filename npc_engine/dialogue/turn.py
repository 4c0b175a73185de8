"""The first half of a turn: hearing, recalling and deciding, each timed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from npc_engine.dialogue.decide import decide
from npc_engine.dialogue.hear import hear
from npc_engine.dialogue.plan import Heard, Plan
from npc_engine.dialogue.recall import Recollection, recall
from npc_engine.dialogue.scene import Scene
from npc_engine.text import language_of


@dataclass(frozen=True, slots=True)
class Thought:
    """What an NPC made of an utterance, and what it is going to say."""

    heard: Heard
    recollection: Recollection
    plan: Plan


class Stopwatch:
    """Milliseconds spent in each step of a turn."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what is done within."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.steps[name] = self.steps.get(name, 0.0) + (time.perf_counter() - began) * 1000


def at_a_loss(text: str, scene: Scene) -> Thought:
    """Return what is left of a turn that went wrong in the engine itself: words were heard, and not followed."""
    heard = Heard(text, language_of(text, scene.language or "en"), "small_talk")
    return Thought(heard, Recollection(), Plan("confused", phrase="confused", reasons=("the turn failed",)))


def think(text: str, scene: Scene, watch: Stopwatch, state: AbstractContextManager[object]) -> Thought:
    """Hear, recall and decide; `state` is held only while the minds are read, a step at a time."""
    with watch.step("hear"), state:
        heard = hear(text, scene)
    with watch.step("recall"), state:
        recollection = recall(heard, scene)
    with watch.step("decide"), state:
        plan = decide(heard, recollection, scene)
    return Thought(heard, recollection, plan)
