"""The files of words that a model reads."""

from __future__ import annotations

from typing import Any

from npc_engine.lang import pack
from npc_engine.text import Language


def prompts(language: Language) -> dict[str, Any]:
    """Return all that a model reads in a language."""
    return pack(language).prompts
