"""What one NPC feels toward others, and their mood; every change is an event with its cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from typing import Any, Literal

from npc_engine.acts import Mood
from npc_engine.chronicle import FeelingChange

ASPECTS: dict[str, tuple[float, float]] = {
    "affinity": (-1.0, 1.0),
    "trust": (-1.0, 1.0),
    "fear": (0.0, 1.0),
    "familiarity": (0.0, 1.0),
}
"""The respects in which one feels toward another, with their lowest and highest values."""

Standing = Literal["stranger", "friend", "foe"]
"""What someone is to another."""

COLD, WARM, KNOWN = -0.25, 0.3, 0.25
"""Affinity to which someone is a foe and from which a friend, who must be that familiar."""

MOOD_HALF_LIFE = 90.0
"""Game minutes after which half of a mood is gone."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """What someone feels toward another: affinity and trust from -1 to 1, fear and familiarity from 0 to 1."""

    affinity: float = 0.0
    trust: float = 0.0
    fear: float = 0.0
    familiarity: float = 0.0

    @property
    def standing(self) -> Standing:
        """What the other is to the one who feels this."""
        if self.affinity <= COLD:
            return "foe"
        return "friend" if self.affinity >= WARM and self.familiarity >= KNOWN else "stranger"

    def moved(self, aspect: str, amount: float) -> Feeling:
        """Return the feeling after a change, within its bounds."""
        low, high = ASPECTS[aspect]
        return replace(self, **{aspect: round(min(high, max(low, getattr(self, aspect) + amount)), 6)})


NOTHING = Feeling()
"""What is felt toward a stranger."""


class Feelings:
    """One NPC's feelings toward everyone, and their mood.

    What they begin with is the baseline toward which feelings fade; `rest` is the mood that theirs fades toward.
    """

    def __init__(self, toward: Mapping[str, Feeling] | None = None, rest: float = 0.0) -> None:
        self._baseline = dict(toward or {})
        self._toward = dict(self._baseline)
        self._since: dict[str, datetime] = {}
        self._rest = rest
        self._mood = rest
        self._mood_at: datetime | None = None

    def toward(self, other: str) -> Feeling:
        """Return what is felt toward someone: nothing yet, for a stranger."""
        return self._toward.get(other, NOTHING)

    def mood(self, now: datetime) -> float:
        """Return the mood from -1 (wretched) to 1 (delighted); it fades by half every `MOOD_HALF_LIFE`."""
        if self._mood_at is None:
            return self._rest
        minutes = max(0.0, (now - self._mood_at).total_seconds() / 60)
        return float(self._rest + (self._mood - self._rest) * 0.5 ** (minutes / MOOD_HALF_LIFE))

    def baseline(self, other: str) -> Feeling:
        """Return what was felt toward someone to begin with."""
        return self._baseline.get(other, NOTHING)

    def unsettled(self) -> dict[str, datetime]:
        """Return toward whom feelings moved and have not faded whole, and since when."""
        return dict(self._since)

    def move(self, change: FeelingChange, at: datetime) -> None:
        """Take in a change."""
        if change.aspect == "mood":
            self._mood = round(min(1.0, max(-1.0, self.mood(at) + change.amount)), 6)
            self._mood_at = at
            return
        self._toward[change.toward] = self.toward(change.toward).moved(change.aspect, change.amount)
        if change.aspect != "familiarity":
            self._since.setdefault(change.toward, at)

    def faded(self, toward: Iterable[str], at: datetime) -> None:
        """Take note that what is felt toward some has faded up to a game time."""
        for other in toward:
            if self._settled(other):
                self._since.pop(other, None)
            else:
                self._since[other] = at

    def _settled(self, other: str) -> bool:
        return replace(self.toward(other), familiarity=0.0) == replace(self.baseline(other), familiarity=0.0)

    def state(self) -> dict[str, object]:
        """Return all of it as plain data, for comparing."""
        since = dict(sorted(self._since.items()))
        return {"toward": dict(sorted(self._toward.items())), "mood": (self._mood, self._mood_at), "since": since}

    def plain(self) -> list[Any]:
        """Return all of it as plain data for `resumed`."""
        toward = {other: astuple(feeling) for other, feeling in self._toward.items()}
        since = {other: at.isoformat() for other, at in self._since.items()}
        return [toward, self._mood, self._mood_at.isoformat() if self._mood_at else None, since]

    def resume(self, plain: Sequence[Any]) -> None:
        """Go on from what `plain` made plain; what was felt to begin with stays."""
        toward, mood, mood_at, since = plain
        self._toward = {other: Feeling(*levels) for other, levels in toward.items()}
        self._mood, self._mood_at = mood, datetime.fromisoformat(mood_at) if mood_at else None
        self._since = {other: datetime.fromisoformat(at) for other, at in since.items()}


def mood_word(level: float, affinity: float) -> Mood:
    """Return a mood in a word; low spirits are anger with someone disliked, and sadness otherwise."""
    if level <= -0.25:
        return "angry" if affinity < 0 else "sad"
    return "happy" if level >= 0.25 else "neutral"
