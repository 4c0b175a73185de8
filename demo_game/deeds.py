"""What a villager has agreed to do, done: the game performs it and tells the engine who saw it."""

from __future__ import annotations

from collections.abc import Set

from npc_engine import Action, Engine

PLAYER = "player"


def perform(engine: Engine, action: Action, bystanders: Set[str]) -> None:
    """Let an action have happened, in front of the player, who does it, and anyone standing near."""
    engine.perform(action, audience={PLAYER, *bystanders}, place=engine.place_of(action.actor))
