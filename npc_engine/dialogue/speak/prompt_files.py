"""The files of words that a model reads, and how their slots are filled."""

from __future__ import annotations

import re
from typing import Any

from npc_engine.lang import pack
from npc_engine.text import Language


def prompts(language: Language) -> dict[str, Any]:
    """Return all that a model reads in a language."""
    return pack(language).prompts


def filled(template: str, **slots: str) -> str:
    """Fill slots one by one: what a slot is filled with is never read as a template itself."""
    parts = re.split(r"\{([a-z]+)\}", template)
    return "".join(part if at % 2 == 0 else slots[part] for at, part in enumerate(parts))
