"""What a model once made up of an NPC's own life: told again, by code, to who asks for it."""

from __future__ import annotations

from npc_engine.acts import acts
from npc_engine.dialogue.access import closed_guard, gives_away
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Plan
from npc_engine.text import Language, language_of, terms

FITTING = 0.5
"""How much of what is asked must have been spoken of: a share of its words, names and question words aside."""


def made_up_before(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return the answer that was improvised to such a question, in the words it was given in; None for none."""
    if not acts()[act.kind].question or not act.gist or set(act.named) - {scene.npc, scene.speaker}:
        return None
    best, event, share = "", 0, FITTING
    for text, event_id in scene.mind.counters.improvised.items():
        fits = len(act.gist & set(terms(text))) / len(act.gist)
        if fits >= share and language_of(text, language) == language:
            best, event, share = text, event_id, fits
    if not best or gives_away(best, closed_guard(scene)):
        return None
    return Plan("chat", says=(best,), reasons=(f"improvised:{event}",))
