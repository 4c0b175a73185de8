"""What happens by itself as time goes by: people go where their day takes them, facts come true, the story moves on."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from npc_engine.chronicle import Change, Event
from npc_engine.content import Content
from npc_engine.engine.meeting import Meetings
from npc_engine.engine.timeline import Timeline
from npc_engine.engine.timetable import Timetable, appointment, began
from npc_engine.mind import Projections, met, would_know
from npc_engine.payloads import CameTrue, StoryStep
from npc_engine.persona import Persona
from npc_engine.world.definitions import Beat, FactDefinition

ASKED = 64
"""People of whom it is found out in one game minute whether they should set out, at most."""
LEAVING = 3
"""People who set out in one game minute, at most: a whole town leaving on the stroke would cost a frame."""
A_MINUTE = timedelta(minutes=1)


class Routine:
    """Sees to it that what is due happens when the clock is moved."""

    def __init__(self, timeline: Timeline, content: Content | None, meetings: Meetings | None = None) -> None:
        self._timeline = timeline
        self._meetings = meetings
        self._story: Sequence[Beat] = ()
        self._player = "player"
        self._next = timeline.now
        self._coming: list[FactDefinition] = []
        self._timetable = Timetable(())
        self._about_to_leave: dict[str, None] = {}
        self._go_on = datetime.max
        self._seen = -1
        if content is not None:
            self.follow(content)
        else:
            self.look_ahead()

    def follow(self, content: Content) -> None:
        """Go by this content from now on."""
        self._story = content.story
        self._player = content.world.player.id
        self.look_ahead()

    def look_ahead(self) -> None:
        """Find out again when something is next due; wanted whenever the past was exchanged."""
        with self._timeline.lock:
            self._timetable = Timetable(self._people)
            self._about_to_leave.clear()
            self._go_on = datetime.max
            self._coming = yet_to_come(self._timeline.projections)
            self._next = self._next_due()
            self._seen = -1

    def advance(self, minutes: float) -> list[Event]:
        """Move the clock, and give what happened by itself on the way."""
        timeline = self._timeline
        happened: list[Event] = []
        with timeline.lock:
            target = timeline.now + timedelta(minutes=minutes)
            while self._next <= target:
                timeline.now = max(timeline.now, self._next)
                happened += self._come_true()
                self._about_to_leave.update(dict.fromkeys(self._timetable.due_at(self._next)))
                happened += self._leave()
            timeline.now = target
            if len(timeline.chronicle) != self._seen:
                happened += self._come_true()
                happened += self._go_back()
                happened += self._tell()
                self._seen = len(timeline.chronicle)
        return happened

    def move(self, who: str, place: str) -> Event:
        """Let someone go to a place, and talk to whom they meet there."""
        timeline = self._timeline
        before = place_of(timeline.projections, who)
        (event,) = self._record(partial(moved, who, place, timeline.projections, timeline.now))
        if self._meetings and before not in (None, place):
            self._meetings.after([event])
        return event

    @property
    def _people(self) -> Iterable[Persona]:
        return self._timeline.projections.compiled.personas.values()

    def _leave(self) -> list[Event]:
        """Let those go who should be somewhere else by now: a few, and the others in the next minutes.

        Who is nowhere yet is put where their day has them, however many they are.
        """
        timeline = self._timeline
        happened: list[Event] = []
        came: list[Event] = []
        looked_at = 0
        while self._about_to_leave and len(came) < LEAVING and looked_at < ASKED:
            who = next(iter(self._about_to_leave))
            del self._about_to_leave[who]
            if (persona := timeline.projections.compiled.personas.get(who)) is None:
                continue
            place = goes_to(persona, timeline.projections, timeline.now)
            known = place_of(timeline.projections, who) is not None
            looked_at += known
            if place is None:
                continue
            happened += self._record(partial(moved, who, place, timeline.projections, timeline.now))
            came += happened[-1:] if known else ()
        if self._meetings and came:
            happened += self._meetings.after(came)
        self._go_on = timeline.now + A_MINUTE if self._about_to_leave else datetime.max
        self._next = self._next_due()
        return happened

    def _go_back(self) -> list[Event]:
        """Let those whom what happened since the last look took from where they should be go there again."""
        stirred = self._timeline.projections.whereabouts.stirred()
        lost = stirred if self._seen >= 0 else dict.fromkeys(one.id for one in self._people)
        waiting = bool(self._about_to_leave)
        self._about_to_leave.update(lost)
        return [] if waiting or not lost else self._leave()

    def _next_due(self) -> datetime:
        """Return when something next happens by itself."""
        timetabled = self._timetable.next_after(self._timeline.now)
        return min([timetabled, self._go_on, *(since_of(fact) for fact in self._coming)])

    def _come_true(self) -> list[Event]:
        """Let those who would know of a fact learn it now that its time has come, if it is still so."""
        timeline = self._timeline
        due = [fact for fact in self._coming if since_of(fact) <= timeline.now]
        self._coming = [fact for fact in self._coming if fact not in due]
        happened: list[Event] = []
        for fact in due:
            knowing = frozenset(one.id for one in self._people if would_know(one, fact))
            if knowing and timeline.projections.world.holds(fact.fact, at=timeline.now):
                happened += self._record(partial(came_true, fact, knowing, timeline.now))
        return happened

    def _tell(self) -> list[Event]:
        timeline = self._timeline
        happened: list[Event] = []
        while due := reached(self._story, timeline.projections.beats, timeline.projections, timeline.now, self._player):
            for beat in due:  # one may open the way to the next
                happened += self._record(partial(told, beat, self._player, timeline.now))
        return happened

    def _record(self, event: Callable[[int], Event]) -> Sequence[Event]:
        events, _ = self._timeline.commit(lambda first_id: [event(first_id)])
        return events


def yet_to_come(projections: Projections) -> list[FactDefinition]:
    """Return the facts that were not so yet when the game began, and of which nobody has learned since."""
    compiled = projections.compiled
    coming = [fact for fact in compiled.facts if compiled.start and fact.since and fact.since > compiled.start]
    return sorted((fact for fact in coming if fact.fact not in projections.came_true), key=since_of)


def since_of(fact: FactDefinition) -> datetime:
    """Return from when a fact is so."""
    return fact.since or datetime.min


def came_true(fact: FactDefinition, knowing: frozenset[str], at: datetime, event_id: int) -> Event:
    """Return the event of a fact's time having come, perceived by those who know of it at once."""
    change = Change.of_fact(fact.fact, qualifiers=fact.qualifiers)
    return Event(event_id, at, "came_true", knowing, changes=(change,), data=CameTrue(fact.fact).data())


def told(beat: Beat, player: str, at: datetime, event_id: int) -> Event:
    """Return the event of the story's coming to a step."""
    return Event(event_id, at, "story", frozenset({player}), data=StoryStep(beat.id).data())


def goes_to(persona: Persona, projections: Projections, now: datetime) -> str | None:
    """Return where someone should be by now; None when they may stay where they are.

    Whom the game itself moved since their last appointment began stays where the game wants them until the next.
    """
    due = appointment(persona, now)
    place = due.place if due else persona.home
    if not place or place_of(projections, persona.id) == place:
        return None
    here = projections.world.ask(persona.id, "at", at=now)
    since = here[0].since if here else None
    if since is not None and due is not None and since > began(due, now):
        return None
    return place


def place_of(projections: Projections, who: str) -> str | None:
    """Return where someone is, as the world has it."""
    return projections.whereabouts.of(who)


def moved(who: str, place: str, projections: Projections, at: datetime, event_id: int) -> Event:
    """Return the event of someone's going to a place, seen by those at either end."""
    before = place_of(projections, who)
    there = {other for end in (before, place) if end for other in projections.present(end)}
    return Event(
        id=event_id,
        at=at,
        kind="moved",
        audience=frozenset({who, *there}),
        actor=who,
        place=place,
        changes=(Change(who, "at", place),),
    )


def reached(
    story: Sequence[Beat], done: Container[str], projections: Projections, now: datetime, player: str
) -> list[Beat]:
    """Return the steps of the story that are reached now and were not before."""
    return [beat for beat in story if beat.id not in done and met(beat.when, projections, now=now, speaker=player)]
