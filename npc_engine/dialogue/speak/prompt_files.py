"""The files of words that a model reads, and how their slots are filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from npc_engine.text import Language


@lru_cache(maxsize=4)
def prompts(language: Language) -> dict[str, Any]:
    """Give all that a model reads in a language."""
    source = files("npc_engine.dialogue.speak.prompts").joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(source)
    return found


def filled(template: str, **slots: str) -> str:
    """Fill slots one by one: what a slot is filled with is never read as a template itself."""
    parts = re.split(r"\{([a-z]+)\}", template)
    return "".join(part if at % 2 == 0 else slots[part] for at, part in enumerate(parts))


def localized(texts: Mapping[str, str], language: Language) -> str:
    """Give a text in a language, or in whichever there is."""
    return str(texts.get(language) or next(iter(texts.values()), ""))
