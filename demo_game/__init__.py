"""Millbrook in Pygame: a small village that shows what npc-engine does. It sees only the engine's front door."""
