"""What an NPC says without being spoken to: a greeting to who comes near, a word on what just happened, a goodbye."""

from __future__ import annotations

from npc_engine.chronicle import Event
from npc_engine.dialogue.decide.greeting import greeting
from npc_engine.dialogue.decide.initiative import with_initiative
from npc_engine.dialogue.decide.reminding import known_name
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Plan, Reading
from npc_engine.mind.feelings import mood_word
from npc_engine.persona import SAW
from npc_engine.text import Language

MOVED = 0.02
"""How much a feeling must have moved with an event to be what somebody says something of."""


def reading_of(kind: str, language: Language) -> Reading:
    """Return the reading that an NPC would have answered by what they now say unasked: nobody has said anything."""
    return Reading("", language, (Act(kind),))


def greets(scene: Scene, language: Language) -> Plan:
    """Return the plan of greeting who comes near, and of asking after what they told, where there is something."""
    mood = mood_word(scene.mind.feelings.mood(scene.now), scene.mind.feelings.toward(scene.speaker).affinity)
    plan = Plan("greet", phrase=greeting(scene), listener=known_name(scene), mood=mood, reasons=("unasked:greeting",))
    return with_initiative(plan, reading_of("greet", language), scene)


def parts(scene: Scene) -> Plan:
    """Return the plan of saying goodbye to who goes."""
    return Plan("part", phrase="farewell", listener=known_name(scene), reasons=("unasked:goodbye",))


def comments(event: Event, scene: Scene) -> Plan:
    """Return the plan of a word on what just happened in an NPC's sight, by what it means to them.

    The author's phrases for the event's kind (`saw_KIND`) come first.
    """
    own = f"{SAW}{event.kind}"
    phrase = own if scene.persona.phrases.get(own) else f"saw_{meaning(event, scene)}"
    return Plan("chat", phrase=phrase, reasons=("unasked:comment", f"event:{event.kind}"))


def meaning(event: Event, scene: Scene) -> str:
    """Return what an event means to an NPC: `fear`, `bad`, `good`, or `odd` where it moved nothing.

    It is what their own feelings did with it.
    """
    mine = [change for change in event.feelings if change.who == scene.npc]
    if sum(change.amount for change in mine if change.aspect == "fear") > MOVED:
        return "fear"
    felt = sum(change.amount for change in mine if change.aspect not in ("fear", "familiarity"))
    return "good" if felt > MOVED else "bad" if felt < -MOVED else "odd"
