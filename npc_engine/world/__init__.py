"""The truth: what there is, what is true from when until when, and how it is said."""

from npc_engine.world.definitions import Entity, Predicate
from npc_engine.world.graph import World
from npc_engine.world.statements import Statement
from npc_engine.world.wording import Perspective, Wording

__all__ = ["Entity", "Perspective", "Predicate", "Statement", "Wording", "World"]
