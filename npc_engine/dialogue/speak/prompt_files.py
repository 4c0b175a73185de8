"""The files of words that a model reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from npc_engine.packaged import packaged_yaml
from npc_engine.text import Language


@lru_cache(maxsize=4)
def prompts(language: Language) -> dict[str, Any]:
    """Give all that a model reads in a language."""
    found: dict[str, Any] = packaged_yaml("npc_engine.dialogue.speak", "prompts", f"{language}.yaml")
    return found


def localized(texts: Mapping[str, str], language: Language) -> str:
    """Give a text in a language, or in whichever there is."""
    return str(texts.get(language) or next(iter(texts.values()), ""))
