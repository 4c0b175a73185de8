"""When people meet they talk: news goes from one to the other, and is recorded as events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from random import Random

from npc_engine.chronicle import Change, Event
from npc_engine.engine.stage import Stage
from npc_engine.mind.confidences import repeated
from npc_engine.mind.gossip import Telling, tellings
from npc_engine.payloads import Addressed, Claimed, Met, details
from npc_engine.world import Perspective

MOST_AN_HOUR = 3
"""Pieces of news that one person passes on in a game hour, at most."""
MOST_IN_ALL = 40
"""Pieces of news that are passed on anywhere in a game hour, at most."""
COMPANY = 4
"""People that someone who comes to a place falls to talking with, at most."""
MOST_MEETINGS = 12
"""Pairs who talk at one and the same moment, at most, so that no step of the clock costs a frame."""
_LOOKED_BACK = 400


class Meetings:
    """Has people who come together tell each other news.

    What is told follows from the seed and the chronicle, so that a replay tells the same; it takes no model.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._timeline = stage.timeline

    def after(self, came: Iterable[Event]) -> list[Event]:
        """Let those who just came to a place talk with whom they find there; return the events of it."""
        timeline = self._timeline
        met = self._met(came)
        if not met:
            return []
        told: list[tuple[Telling, frozenset[str], Event]] = []
        spent = self._spent()
        for one, other, arrival in met:
            for teller, listener in ((one, other), (other, one)):
                told += self._told(teller, listener, arrival, spent)
        if not told:
            return []

        def build(first_id: int) -> list[Event]:
            return [self._event(first_id + n, *entry) for n, entry in enumerate(told)]

        events, _ = timeline.commit(build)
        return events

    def _met(self, came: Iterable[Event]) -> list[tuple[str, str, Event]]:
        """Return the pairs of NPCs who come together: who came, whom they find, and the event of the coming."""
        projections = self._timeline.projections
        personas = projections.compiled.personas
        found: list[tuple[str, str, Event]] = []
        pairs: set[frozenset[str]] = set()
        for arrival in came:
            who, place = arrival.actor, arrival.place
            if who is None or place is None or who not in personas:
                continue
            there = [other for other in projections.present(place) if other != who and other in personas]
            felt = projections.mind(who).feelings
            for other in sorted(there, key=lambda other: (-felt.toward(other).affinity, other))[:COMPANY]:
                if len(found) < MOST_MEETINGS and frozenset((who, other)) not in pairs:
                    pairs.add(frozenset((who, other)))
                    found.append((who, other, arrival))
        return found

    def _told(
        self, teller: str, listener: str, arrival: Event, spent: Counter[str]
    ) -> list[tuple[Telling, frozenset[str], Event]]:
        """Return what one tells another, with who hears it."""
        projections, now = self._timeline.projections, self._timeline.now
        left = min(MOST_AN_HOUR - spent[teller], MOST_IN_ALL - spent.total())
        if left <= 0 or not projections.minds[teller].news:
            return []
        hearers = self._stage.earshot.hearers(projections, teller, "whisper", place=arrival.place, to=[listener])
        chance = Random(f"{self._stage.seed}/gossip/{arrival.id}/{teller}/{listener}")
        persona = projections.compiled.personas[teller]
        near = hearers - {teller, listener}
        told = tellings(persona, listener, projections, now=now, chance=chance, near=near)[:left]
        spent[teller] += len(told)
        return [(telling, hearers, arrival) for telling in told]

    def _spent(self) -> Counter[str]:
        """Return how much each person passed on in the last game hour."""
        since = self._timeline.now - timedelta(hours=1)
        spent: Counter[str] = Counter()
        for event in islice(reversed(self._timeline.chronicle), _LOOKED_BACK):
            if event.at < since:
                break
            if event.kind == "gossip" and event.actor is not None:
                spent[event.actor] += 1
        return spent

    def _worded(self, telling: Telling) -> str:
        """Return gossip in words, as it will be remembered."""
        belief, perspective = telling.belief, Perspective(telling.teller, telling.listener)
        return self._stage.wording.sentence(belief.statement, self._stage.language, perspective, holds=belief.holds)

    def _event(self, event_id: int, telling: Telling, hearers: frozenset[str], arrival: Event) -> Event:
        belief = telling.belief
        statement = belief.statement
        claim = Change(
            statement.subject, statement.predicate, statement.object, belief.holds, dict(statement.qualifiers)
        )
        return Event(
            id=event_id,
            at=self._timeline.now,
            kind="gossip",
            audience=hearers,
            text=self._worded(telling),
            actor=telling.teller,
            place=arrival.place,
            claims=(claim,),
            cause=belief.event or arrival.id,
            data=details(
                Addressed(telling.listener),
                Met(arrival.id),
                Claimed({belief.id: belief.confidence}, {belief.id: telling.chain} if telling.chain else {}),
                repeated([belief.between] if belief.between is not None else [], hearers),
            ),
        )
