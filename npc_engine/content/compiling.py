"""From a world as authors wrote it to what the world and the minds are folded from."""

from __future__ import annotations

from npc_engine.content.loading import Content
from npc_engine.mind import CompiledWorld, Meanings


def compile_world(content: Content, meanings: Meanings | None = None) -> CompiledWorld:
    """Return who and what content declares, as minds and the world are folded from it."""
    world = content.world
    return CompiledWorld(
        content.entities,
        content.predicates,
        content.facts,
        content.personas,
        world.start,
        world.private,
        meanings=meanings,
        derived=content.derived,
    )
