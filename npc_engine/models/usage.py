"""What an answer of a model's took: calls, tokens and seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Usage:
    """What was used: `tokens_in` of prompts, `cached` of them read before, and `tokens_out` of answers, thoughts too.

    `seconds` are those that a model was waited for, `money` is in the currency of the prices a game gave. `estimated`
    tells that some of the tokens are a guess, because the model told none or was not heard to its end.
    """

    calls: int = 0
    tokens_in: int = 0
    cached: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    money: float = 0.0
    estimated: bool = False

    @property
    def tokens(self) -> int:
        """All tokens, in and out."""
        return self.tokens_in + self.tokens_out

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.calls + other.calls,
            self.tokens_in + other.tokens_in,
            self.cached + other.cached,
            self.tokens_out + other.tokens_out,
            self.seconds + other.seconds,
            self.money + other.money,
            self.estimated or other.estimated,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return {
            "calls": self.calls,
            "tokens_in": self.tokens_in,
            "cached": self.cached,
            "tokens_out": self.tokens_out,
            "seconds": round(self.seconds, 3),
            "money": round(self.money, 6),
            "estimated": self.estimated,
        }


def usage_of(event: Any, before: Usage) -> Usage:
    """Return the tokens that a piece of a chat completion tells of, as servers count them; else those told before."""
    if not isinstance(event, Mapping):
        return before
    told, timings = event.get("usage"), event.get("timings")
    if isinstance(told, Mapping):
        details = told.get("prompt_tokens_details")
        cached = details.get("cached_tokens") if isinstance(details, Mapping) else told.get("prompt_cache_hit_tokens")
        tokens_in, tokens_out = _count(told.get("prompt_tokens")), _count(told.get("completion_tokens"))
        return replace(before, tokens_in=tokens_in, cached=_count(cached), tokens_out=tokens_out)
    if isinstance(timings, Mapping):  # of llama.cpp, which counts what it read and what it knew apart
        cached = _count(timings.get("cache_n"))
        tokens_in = _count(timings.get("prompt_n")) + cached
        return replace(before, tokens_in=tokens_in, cached=cached, tokens_out=_count(timings.get("predicted_n")))
    return before


def _count(value: Any) -> int:
    return int(value) if isinstance(value, int | float) and value > 0 else 0


def about(text: str) -> int:
    """Return about how many tokens a text is: a word of English is one and a third, a Chinese character one."""
    plain = len(text.encode("ascii", "ignore"))
    return -(-plain // 4) + len(text) - plain
