"""What one NPC feels toward others, and their mood; every change is an event with its cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from typing import Any, Literal

from npc_engine.chronicle import FeelingChange

Mood = Literal["neutral", "happy", "angry", "sad", "afraid", "surprised"]
"""What a face can show."""

ASPECTS: dict[str, tuple[float, float]] = {
    "affinity": (-1.0, 1.0),
    "trust": (-1.0, 1.0),
    "fear": (0.0, 1.0),
    "familiarity": (0.0, 1.0),
}
"""The respects in which one feels toward another, with their lowest and highest values."""

MOOD_HALF_LIFE = 90.0
"""Game minutes after which half of a mood is gone."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """What someone feels toward another: affinity and trust from -1 to 1, fear and familiarity from 0 to 1."""

    affinity: float = 0.0
    trust: float = 0.0
    fear: float = 0.0
    familiarity: float = 0.0

    def moved(self, aspect: str, amount: float) -> Feeling:
        """Give the feeling after a change, within its bounds."""
        low, high = ASPECTS[aspect]
        return replace(self, **{aspect: round(min(high, max(low, getattr(self, aspect) + amount)), 6)})


class Feelings:
    """One NPC's feelings toward everyone, and their mood."""

    def __init__(self, toward: dict[str, Feeling] | None = None) -> None:
        self._toward = dict(toward or {})
        self._mood = 0.0
        self._mood_at: datetime | None = None

    def toward(self, other: str) -> Feeling:
        """Give what is felt toward someone: nothing yet, for a stranger."""
        return self._toward.get(other, Feeling())

    def mood(self, now: datetime) -> float:
        """Give the mood from -1 (wretched) to 1 (delighted); it fades by half every `MOOD_HALF_LIFE`."""
        if self._mood_at is None:
            return 0.0
        minutes = max(0.0, (now - self._mood_at).total_seconds() / 60)
        return float(self._mood * 0.5 ** (minutes / MOOD_HALF_LIFE))

    def move(self, change: FeelingChange, at: datetime) -> None:
        """Take in a change."""
        if change.aspect == "mood":
            self._mood = round(min(1.0, max(-1.0, self.mood(at) + change.amount)), 6)
            self._mood_at = at
            return
        self._toward[change.toward] = self.toward(change.toward).moved(change.aspect, change.amount)

    def state(self) -> dict[str, object]:
        """Give all of it as plain data, for comparing."""
        return {"toward": dict(sorted(self._toward.items())), "mood": (self._mood, self._mood_at)}

    def plain(self) -> list[Any]:
        """Give all of it as plain data for `resumed`."""
        toward = {other: astuple(feeling) for other, feeling in self._toward.items()}
        return [toward, self._mood, self._mood_at.isoformat() if self._mood_at else None]

    @classmethod
    def resumed(cls, plain: Sequence[Any]) -> Feelings:
        """Give the feelings that `plain` made plain."""
        toward, mood, mood_at = plain
        feelings = cls({other: Feeling(*levels) for other, levels in toward.items()})
        feelings._mood, feelings._mood_at = mood, datetime.fromisoformat(mood_at) if mood_at else None
        return feelings


def mood_word(level: float, affinity: float) -> Mood:
    """Give a mood in a word; low spirits are anger with someone disliked, and sadness otherwise."""
    if level <= -0.25:
        return "angry" if affinity < 0 else "sad"
    return "happy" if level >= 0.25 else "neutral"
