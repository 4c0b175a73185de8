"""The tones in which people tell something, and what is said to it whatever it is."""

from __future__ import annotations

from functools import cache
from typing import Any

from npc_engine.lang.base import LanguagePack


@cache
def tones_of(speech: LanguagePack) -> dict[str, dict[str, Any]]:
    """Return a language's tones by name, as its `tones.yaml` has them: what is said to each under `says`."""
    return speech.data("tones")
