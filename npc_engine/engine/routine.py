"""What happens by itself as time goes by: people go where their day takes them, and the story moves on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta

from npc_engine.chronicle import Change, Event
from npc_engine.mind import Views, met
from npc_engine.persona import Appointment, Persona
from npc_engine.world.definitions import Beat


def appointment(persona: Persona, now: datetime) -> Appointment | None:
    """Give what someone's schedule has them do now; before the day's first entry, the last one of the day before."""
    due = [entry for entry in persona.schedule if _clock(entry) <= now.time()]
    if due:
        return max(due, key=_clock)
    return max(persona.schedule, key=_clock) if persona.schedule else None


def next_change(personas: Iterable[Persona], now: datetime) -> datetime:
    """Give when someone's schedule next says something new; a day from now where nobody has one."""
    moments = [now + timedelta(days=1)]
    for persona in personas:
        for entry in persona.schedule:
            at = datetime.combine(now.date(), _clock(entry))
            moments.append(at if at > now else at + timedelta(days=1))
    return min(moments)


def moves(personas: Mapping[str, Persona], views: Views, now: datetime) -> list[tuple[str, str]]:
    """Give who should be somewhere else by now: who, and where."""
    found = []
    for who, persona in personas.items():
        due = appointment(persona, now)
        place = due.place if due else persona.home
        if place and place_of(views, who) != place:
            found.append((who, place))
    return found


def place_of(views: Views, who: str) -> str | None:
    """Give where someone is, as the world has it."""
    found = views.world.ask(who, "at")
    return found[0].object if found else None


def moved(who: str, place: str, views: Views, at: datetime, event_id: int) -> Event:
    """Give the event of someone's going to a place, seen by those at either end."""
    before = place_of(views, who)
    there = {
        statement.subject
        for end in (before, place)
        if end
        for statement in views.world.ask(None, "at", end)
        if statement.subject in views.cast.personas or statement.subject in views.minds
    }
    return Event(
        id=event_id,
        at=at,
        kind="moved",
        audience=frozenset({who, *there}),
        actor=who,
        place=place,
        changes=(Change(who, "at", place),),
    )


def reached(story: Sequence[Beat], done: set[str], views: Views, now: datetime, player: str) -> list[Beat]:
    """Give the steps of the story that are reached now and were not before."""
    return [beat for beat in story if beat.id not in done and met(beat.when, views, now=now, speaker=player)]


def _clock(entry: Appointment) -> time:
    return time.fromisoformat(entry.from_)
