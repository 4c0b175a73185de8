"""How good NPCs are to talk to: conversations by others, played, and judged blind beside rivals. See README.md."""
