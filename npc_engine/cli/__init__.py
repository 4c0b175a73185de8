"""The `npc` command. It sees the engine as a game does: through the front door."""
