"""On which occasion somebody is greeted: again, after days, as a friend or a foe, in the morning."""

from __future__ import annotations

from datetime import timedelta

from npc_engine.dialogue.scene import Scene

AWAY = timedelta(hours=20)
"""After how long somebody who comes again is welcomed back."""


def greeting(scene: Scene) -> str:
    """Return the key of the phrase for a greeting: how they feel comes before the time of day."""
    felt = scene.mind.feelings.toward(scene.speaker)
    if any(act.kind == "greet" for exchange in scene.exchanges for act in exchange.reading.acts):
        return "greet_again"
    met = scene.mind.memories.said_by(scene.speaker)
    if met and felt.standing != "foe" and scene.now - scene.mind.memories[met[-1]].at >= AWAY:
        return "welcome_back"
    if felt.standing != "stranger":
        return "greeting_cold" if felt.standing == "foe" else "greeting_friend"
    if felt.familiarity >= 0.15 or not 5 <= scene.now.hour < 19:
        if 5 <= scene.now.hour < 11:
            return _authored("greeting_morning", scene)
        if scene.now.hour >= 18 or scene.now.hour < 5:
            return _authored("greeting_evening", scene)
    return "greeting"


def _authored(key: str, scene: Scene) -> str:
    """Return a greeting for the hour, or the plain one where that is the only one that the author wrote."""
    return "greeting" if "greeting" in scene.persona.phrases and key not in scene.persona.phrases else key
