"""What a model is asked before anybody talks with it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from npc_engine.lang.en import English
from npc_engine.models.model import LanguageModel, Message, Request
from npc_engine.models.usage import Usage, about
from npc_engine.phrasebook import Phrasebook

SCHEMA = {
    "type": "object",
    "properties": {"say": {"type": "string"}, "mood": {"type": "string", "enum": ["calm", "cross"]}},
    "required": ["say", "mood"],
    "additionalProperties": False,
}

LONG_PATIENCE = 300.0
"""Seconds for an answer that is timed: a slow model is what is looked for."""

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


def long_request(tell: Callable[[Usage], None] | None = None) -> Request:
    """Return a request with a head as a persona's, and an answer long enough to be timed."""
    texts = Phrasebook.load("npc_engine.models", "trial.yaml")[English.code]
    return Request(
        messages=(Message("system", texts["head"]), Message("user", texts["ask"])),
        max_tokens=64,
        timeout=LONG_PATIENCE,
        tell=tell,
    )


@dataclass(frozen=True, slots=True)
class Pace:
    """How a model answered once: seconds to its first words and to its last, and the tokens of both."""

    first_words: float
    last_words: float
    usage: Usage

    @property
    def tokens_a_second(self) -> float:
        """Tokens that it wrote a second, once it had begun."""
        return (self.usage.tokens_out - 1) / max(self.last_words - self.first_words, 1e-6)

    @property
    def reading(self) -> float:
        """Tokens that it read a second, of those it had not read before."""
        return (self.usage.tokens_in - self.usage.cached) / max(self.first_words, 1e-6)


def timed(model: LanguageModel, cancel: threading.Event, request: Callable[..., Request] = long_request) -> Pace:
    """Return how fast a model answers a request.

    Raises:
        ModelError: it can't answer.
    """
    told: list[Usage] = []
    asked = request(told.append)
    began, first, said = time.monotonic(), 0.0, ""
    for piece in model.stream(asked, cancel):
        first = first or time.monotonic() - began
        said += piece
    guess = sum(about(message.content) for message in asked.messages)
    counted = told[-1] if told and told[-1].tokens else Usage(tokens_in=guess, tokens_out=about(said), estimated=True)
    return Pace(first, time.monotonic() - began, counted)
