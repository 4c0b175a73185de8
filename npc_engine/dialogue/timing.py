"""How long a turn took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of a turn: to its first words, to its end, and in each step."""

    first_words: float
    end: float
    steps: Mapping[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON, rounded."""
        return {
            "first_words": round(self.first_words, 1),
            "end": round(self.end, 1),
            "steps": {name: round(ms, 2) for name, ms in self.steps.items()},
        }
