"""What a model is asked before anybody talks with it."""

from __future__ import annotations

from collections.abc import Callable

from npc_engine.lang.en import English
from npc_engine.models.model import Message, Request
from npc_engine.models.usage import Usage
from npc_engine.phrasebook import Phrasebook

SCHEMA = {
    "type": "object",
    "properties": {"say": {"type": "string"}, "mood": {"type": "string", "enum": ["calm", "cross"]}},
    "required": ["say", "mood"],
    "additionalProperties": False,
}

PATIENCE = 30.0
"""Seconds that a server may take for the first thing it is asked: it may have to load the model."""


def small_request(tell: Callable[[Usage], None] | None = None) -> Request:
    """Return a request that has of each setting what a turn's has; `tell` as in any."""
    texts = Phrasebook.load("npc_engine.models", "trial.yaml")[English.code]
    return Request(
        messages=(Message("system", texts["system"]), Message("user", texts["user"])),
        max_tokens=80,
        json_schema=SCHEMA,
        timeout=PATIENCE,
        tell=tell,
    )
