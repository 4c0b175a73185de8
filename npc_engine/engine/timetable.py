"""Whose day says what when: found without asking everyone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from npc_engine.persona import Appointment, Persona


class Timetable:
    """The schedules of many people, by the time of day."""

    def __init__(self, people: Iterable[Persona]) -> None:
        self._due: dict[time, dict[str, None]] = {}
        for persona in people:
            for entry in persona.schedule:
                self._due.setdefault(clock(entry), {})[persona.id] = None
        self._clocks = sorted(self._due)

    def next_after(self, now: datetime) -> datetime:
        """Return when someone's schedule next says something new; a day from now where nobody has one."""
        if not self._clocks:
            return now + timedelta(days=1)
        later = bisect_right(self._clocks, now.time())
        if later < len(self._clocks):
            return datetime.combine(now.date(), self._clocks[later])
        return datetime.combine(now.date() + timedelta(days=1), self._clocks[0])

    def due_at(self, now: datetime) -> Iterable[str]:
        """Return whose schedule says something new at just this time."""
        return self._due.get(now.time(), {})


def clock(entry: Appointment) -> time:
    """Return the time of day at which an appointment begins."""
    return time.fromisoformat(entry.from_)


def appointment(persona: Persona, now: datetime) -> Appointment | None:
    """Return what someone's schedule has them do now; before the day's first entry, the last one of the day before."""
    due = [entry for entry in persona.schedule if clock(entry) <= now.time()]
    if due:
        return max(due, key=clock)
    return max(persona.schedule, key=clock) if persona.schedule else None


def began(due: Appointment, now: datetime) -> datetime:
    """Return when the appointment that someone is at began, today or yesterday; not before the calendar does."""
    at = datetime.combine(now.date(), clock(due))
    return at if at <= now else at - min(timedelta(days=1), at - datetime.min)


def usual_places(personas: Mapping[str, Persona], now: datetime) -> dict[str, str]:
    """Return where each person's day has them at this hour."""
    due = {who: appointment(persona, now) for who, persona in personas.items()}
    return {who: entry.place for who, entry in due.items() if entry is not None}
