"""Telling a story in parts: the next one whenever somebody asks to hear on, in this talk or a later one."""

from __future__ import annotations

from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Plan
from npc_engine.talking_points import ANY_STORY, Story
from npc_engine.text import Language

INTERRUPTED = 2
"""How many turns ago a part may have been told for 'and then?' to mean the next one."""


def said_last(scene: Scene) -> tuple[str, ...]:
    """Return why the NPC's last line said what it did: the keys of what the author wrote among it."""
    return scene.exchanges[-1].line.reasons if scene.exchanges else ()


def told_on(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return the next part of the story that is being told, when its hearer asks for it."""
    if act.kind != "ask_more":
        return None
    lately = [reason for exchange in scene.exchanges[-INTERRUPTED:] for reason in exchange.line.reasons]
    for story in scene.persona.stories:
        parts = story.parts.get(language, [])
        begun = bool(parts) and scene.used(story.key) % len(parts) > 0
        if begun and scene.holds(story.when) and (story.key in lately or not scene.exchanges):
            return _part(story, language, scene)
    return None


def tell(key: str, language: Language, scene: Scene) -> Plan | None:
    """Return the next part of a story by its key, or of whichever comes first: one that was begun, one untold, any."""
    able = [story for story in scene.persona.stories if story.parts.get(language) and scene.holds(story.when)]
    if key != ANY_STORY:
        able = [story for story in able if story.key == key]
    if not able:
        return None

    def order(story: Story) -> tuple[bool, int]:
        times, parts = scene.used(story.key), len(story.parts[language])
        return times % parts == 0, times // parts

    return _part(min(able, key=order), language, scene)


def _part(story: Story, language: Language, scene: Scene) -> Plan:
    parts = story.parts[language]
    number = scene.used(story.key) % len(parts)
    reasons = (story.key, f"part {number + 1} of {len(parts)}")
    return Plan("chat", says=(parts[number],), written=(story.key,), reasons=reasons)
