"""Memory consolidation in game time, a small step at a time: conclusions, fading feelings, full memories."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

from npc_engine.chronicle import Event, FeelingChange
from npc_engine.engine import arguments
from npc_engine.engine.concluding import Reflections
from npc_engine.engine.routine import Routine
from npc_engine.engine.stage import Stage
from npc_engine.mind import Mind, Projections
from npc_engine.mind.consolidation import SPARE, Eviction, Scales, WeighedMemory, evict
from npc_engine.mind.counters import FORGOT
from npc_engine.mind.fading import FADED, fading
from npc_engine.payloads import Forgotten, details

AT_NIGHT = time(3)
"""When, each game day, everyone goes through what happened to them."""
PACE = timedelta(seconds=5)
"""Game time between two steps of that."""
AT_A_TIME = 6
"""Memories that are weighed in one step: so few that a game which moves its clock by a minute at once, twelve steps,
loses no frame. A village goes through its memories in a few hours of the night, a town of a thousand in a week."""
MOST_NOTICED = 512
"""New events that are looked through in one step, for whom they concern."""

Step = list[Event]


class Keeping:
    """Schedules memory consolidation for every NPC: nightly, and when over budget.

    Budgets are checked every hour. The work is done in steps at their own game times, so that no frame is long and
    the result does not depend on how the clock is moved. Work begun before the chronicle was exchanged or the content
    edited is discarded. Its results are events: `reflection`, `faded` and `forgot`.
    """

    def __init__(self, stage: Stage, routine: Routine) -> None:
        """Go by the stage's words and memory budget at the time: content may be edited while the game runs."""
        self._stage = stage
        self._timeline = timeline = stage.timeline
        self._routine = routine
        self._language = stage.language
        with timeline.lock:
            self._begin()

    def advance(self, minutes: float = 0.0) -> list[Event]:
        """Let game time go by; return what happened by itself.

        That is people who `moved`, their `gossip`, facts that `came_true`, and steps of the `story`; what NPCs say of
        themselves where the player hears it, each a `remark` whose `text` a game may show beside its `actor`: a
        greeting, a word on what happened in their sight, a goodbye, the lines of two who meet; and what everyone
        comes to at night, going through what happened to them: a `reflection`, feelings that have `faded`, and what
        they `forgot`. Cheap enough for every frame.

        Raises:
            ArgumentError: `minutes` is no number, or less than 0.
        """
        timeline = self._timeline
        minutes = arguments.minutes(minutes, timeline.now)
        happened: list[Event] = []
        with timeline.lock:
            if timeline.epoch != self._epoch or self._projections.compiled is not self._compiled:
                self._begin()
            target = timeline.now + timedelta(minutes=minutes)
            while (due := min(self._night, self._next)) <= target:
                happened += self._pass(due)
                happened += self._work()
                target = max(target, timeline.now)
            happened += self._pass(target)
        return happened

    def _begin(self) -> None:
        """Begin with nothing in hand."""
        self._epoch = self._timeline.epoch
        self._compiled = self._projections.compiled
        self._seen = len(self._timeline.chronicle)
        self._went_through: dict[str, int] = {}
        self._restless = {who for who in self._people if self._timeline.projections.minds[who].event_ids}
        self._waiting: dict[str, None] = {}
        self._job: Iterator[Step] | None = None
        self._night = _next_night(self._timeline.now)
        self._next = _next_hour(self._timeline.now)

    @property
    def _budget(self) -> int:
        return self._stage.memory_budget

    @property
    def _writer(self) -> Reflections:
        return Reflections(self._timeline, self._stage.wording, self._language)

    @property
    def _people(self) -> list[str]:
        return list(self._projections.compiled.personas)

    @property
    def _projections(self) -> Projections:
        return self._timeline.projections

    def _pass(self, moment: datetime) -> list[Event]:
        """Let the time up to a moment go by."""
        minutes = max(timedelta(0), moment - self._timeline.now) / timedelta(minutes=1)
        happened = self._routine.advance(minutes)
        self._timeline.now = max(self._timeline.now, moment)
        return happened

    def _work(self) -> Step:
        """Do the next step, and see when the one after it is due."""
        now = self._timeline.now
        self._notice()
        if self._night <= now:
            self._night = _next_night(now)
            self._waiting.update((who, None) for who in self._people if self._has_something_new(who))
        done: Step = []
        if self._job is None and self._waiting:
            who = next(iter(self._waiting))
            del self._waiting[who]
            self._job = self._gone_through(who)
        if self._job is not None:
            try:
                done = next(self._job)
            except StopIteration:
                self._job = None
        busy = self._job or self._waiting or self._seen < len(self._timeline.chronicle)
        self._next = now + PACE if busy else _next_hour(now)
        return done

    def _has_something_new(self, who: str) -> bool:
        return who in self._restless or len(self._projections.minds[who].memories) != self._went_through.get(who, 0)

    def _notice(self) -> None:
        """See whom what happened since the last look has touched, and who has too much in mind by now."""
        chronicle, projections = self._timeline.chronicle, self._projections
        touched: set[str] = set()
        last = min(len(chronicle), self._seen + MOST_NOTICED)
        for event_id in range(self._seen + 1, last + 1):
            event = chronicle[event_id]
            touched |= event.audience
            self._restless.update(change.who for change in event.feelings)
        self._seen = last
        for who in sorted(touched & projections.compiled.personas.keys()):
            if len(projections.minds[who].memories) > self._most(who):
                self._waiting[who] = None

    def _most(self, who: str) -> int:
        """Return how many memories are too many: the budget, or somewhat more than stayed last time."""
        left = self._went_through.get(who, 0)
        return self._budget if left <= self._budget else left + int(self._budget * SPARE)

    def _gone_through(self, who: str) -> Iterator[Step]:
        """Have someone go through what happened to them, a step at a time."""
        if who not in self._projections.compiled.personas:
            return
        mind = self._mind(who)
        while mind.waiting > AT_A_TIME:
            mind.take_in(AT_A_TIME)
            yield []
            mind = self._mind(who)
        looked_into = mind.looked_into
        yield self._conclude(mind) + self._fade(mind)
        if self._is_due(mind):
            yield from self._tidied(who)
        mind = self._mind(who)
        self._went_through[who] = len(mind.memories)
        mind.looked_into = looked_into  # this is no reason to keep it awake

    def _mind(self, who: str) -> Mind:
        return self._projections.mind(who)

    def _conclude(self, mind: Mind) -> Step:
        return self._record(lambda first: self._writer.concluded(mind, first))

    def _fade(self, mind: Mind) -> Step:
        now, who = self._timeline.now, mind.owner
        fades = fading(mind.feelings, self._projections.compiled.personas[who].temperament, now)
        moves = tuple(FeelingChange(who, *fade) for fade in fades)
        done: Step = []
        if moves:
            done = self._record(lambda first: [Event(first, now, FADED, frozenset(), actor=who, feelings=moves)])
        self._restless.discard(who)
        if mind.feelings.unsettled():
            self._restless.add(who)
        return done

    def _is_due(self, mind: Mind) -> bool:
        many = len(mind.memories)
        return many > self._budget or many - mind.counters.left >= max(1, int(self._budget * SPARE))

    def _tidied(self, who: str) -> Iterator[Step]:
        mind, now, chronicle = self._mind(who), self._timeline.now, self._timeline.chronicle
        scales = Scales(mind, self._projections.compiled, now)
        ids = list(mind.memories.event_ids)
        weighed: list[WeighedMemory] = []
        for start in range(0, len(ids), AT_A_TIME):
            weighed += [scales.weigh(chronicle[event_id]) for event_id in ids[start : start + AT_A_TIME]]
            yield []
        gone = evict(weighed, self._budget, now)
        mind = self._mind(who)
        yield self._record(lambda first: self._forgetting(mind, gone, first))

    def _forgetting(self, mind: Mind, gone: Eviction, first_id: int) -> Step:
        """Return the events of someone's summing up and forgetting."""
        timeline = self._timeline
        writer = self._writer
        events = [writer.summary(talk, mind, first_id + number) for number, talk in enumerate(gone.talks)]
        many = sum(len(talk.event_ids) for talk in gone.talks) + len(gone.forgotten)
        data = details(Forgotten(gone.forgotten, len(mind.memories) - many + len(events)))
        there = frozenset({mind.owner})
        return [*events, Event(first_id + len(events), timeline.now, FORGOT, there, actor=mind.owner, data=data)]

    def _record(self, build: Callable[[int], Step]) -> Step:
        events, _ = self._timeline.commit(build)
        return events


def _next_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _next_night(now: datetime) -> datetime:
    night = datetime.combine(now.date(), AT_NIGHT)
    return night if night > now else night + timedelta(days=1)
