"""One turn, its steps in order; what each does stands in the room of that name."""

from __future__ import annotations

from npc_engine.dialogue.decide.deciding import decide
from npc_engine.dialogue.decide.recollection import recall
from npc_engine.dialogue.scene import Turn
from npc_engine.dialogue.speak.speaking import speak
from npc_engine.dialogue.types import Spoken
from npc_engine.dialogue.understand.base import Understander


def take(turn: Turn, understander: Understander) -> Spoken:
    """Take a turn as far as its words: what is said to whom is settled, nothing is recorded."""
    scene = turn.scene
    with turn.watch.step("understand"):
        turn.reading = understander.understand(turn.text, scene.context)
    with turn.watch.step("recall"), turn.state:
        recollection = recall(turn.reading, scene)
    with turn.watch.step("decide"), turn.state:
        turn.plan = decide(turn.reading, recollection, scene)
    with turn.watch.step("speak"):
        spoken = speak(turn)
    turn.watch.steps["check"] = spoken.checking * 1000
    turn.watch.steps["speak"] -= turn.watch.steps["check"]
    return spoken
