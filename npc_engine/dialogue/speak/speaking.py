"""Surface realization: the plan put into words, by a model where one is fit to, sentence by checked sentence."""

from __future__ import annotations

from dataclasses import replace

from npc_engine.dialogue.scene import Turn
from npc_engine.dialogue.speak.guarded import guard_of, guarded
from npc_engine.dialogue.speak.guided import GuidedSpeaker
from npc_engine.dialogue.speak.realization import outline
from npc_engine.dialogue.speak.realizers import realizer_for
from npc_engine.dialogue.types import Spoken
from npc_engine.lang import pack


def speak(turn: Turn) -> Spoken:
    """Put a turn's plan into words and give each sentence to `turn.emit` once it is checked.

    Where the model can't, fails, takes longer than it may or says what it must not, the plan is worded by code.
    """
    plan, language, info = turn.plan, turn.language, turn.model.info
    with turn.state:
        turn.guard = guard_of(plan, turn.reading, turn.scene)
    parts = guarded(outline(plan, turn.scene, language), turn)
    turn.plan = replace(plan, initiative=parts.initiative)  # what is left of it to be said
    if info.size == "none" or not pack(language).prompts or language not in info.languages:
        return GuidedSpeaker(turn).say_by_code(parts)
    return realizer_for(info, turn.leading.realizer).say(turn, parts)
