"""A language without a single word."""

from __future__ import annotations

from npc_engine.lang import LanguagePack


class Bare(LanguagePack):
    """A language of which the engine is told nothing but its name."""

    code = "bare"
    name = "Bare"
