"""What two NPCs who meet say to each other while the player can hear it: two to six lines of news, plans and teasing.

Each line is an event of kind `remark`, the news one of kind `gossip`: nothing is said aloud that those in earshot may
not hear. No model is asked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from npc_engine.chronicle import Event
from npc_engine.dialogue.decide.initiative import goals
from npc_engine.dialogue.speak.passing import phrase_in_passing
from npc_engine.dialogue.types import Phrase
from npc_engine.engine.remarks import Passing
from npc_engine.engine.stage import Stage
from npc_engine.engine.utterance import Utterance
from npc_engine.mind.gossip import Telling
from npc_engine.payloads import REMARK, Addressed, Heard, Met, Remarked, details

REST = timedelta(hours=2)
"""Game time for which a pair that talked before the player greets each other in passing, and no more."""
APART = timedelta(minutes=10)
"""Game time between two exchanges in the player's hearing: one listens to one at a time, the others talk quietly."""
LONGEST = 6
"""Lines that one exchange has, at most."""
REMEMBERED = 48
"""Lines that nobody says again so soon."""
FRIENDLY = 0.2
"""Affinity from which one is teased rather than greeted coolly."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of an exchange: who says it to whom, and their words or the news they tell."""

    who: str
    to: str
    said: str | Telling


class Exchanges:
    """Words what pairs of NPCs say when they meet in the player's hearing."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._last: dict[frozenset[str], datetime] = {}
        self._heard = datetime.min
        self._lately: deque[str] = deque(maxlen=REMEMBERED)

    def hearers(self, one: str, other: str, place: str | None) -> frozenset[str]:
        """Return who hears the two talk aloud; nobody where they talk quietly, and the player does not hear it."""
        stage = self._stage
        if timedelta(0) <= stage.now - self._heard < APART:
            return frozenset()
        heard = stage.earshot.hearers(stage.projections, one, "speech", place=place, to=[other])
        return heard if stage.player in heard else frozenset()

    def between(
        self, one: str, other: str, arrival: Event, news: Sequence[Telling], hearers: frozenset[str]
    ) -> list[Spoken]:
        """Return the lines that two say who met, in order; `news` is what they have to tell before the `hearers`."""
        pair = frozenset((one, other))
        now = self._stage.now
        fresh = now - self._last.get(pair, datetime.min) >= REST
        if not fresh and not news:
            return []
        self._last[pair] = self._heard = now
        chance = Random(f"{self._stage.seed}/exchange/{arrival.id}/{one}/{other}")
        lines: list[Spoken] = []
        if fresh:
            lines += self._lines([(one, other, "meet_open"), (other, one, "meet_reply")], hearers, chance)
        for telling in news[: (LONGEST - len(lines)) // 2]:
            lines.append(Spoken(telling.teller, telling.listener, telling))
            lines += self._lines([(telling.listener, telling.teller, "meet_heard")], hearers, chance)
        if len(lines) <= LONGEST - 2 and not news:
            lines += self._small_talk(one, other, hearers, chance)
        return lines

    def event(self, line: Spoken, arrival: Event, hearers: frozenset[str], event_id: int) -> Event:
        """Return a line in words as an event that all who hear it remember."""
        assert isinstance(line.said, str)
        others = hearers - {line.who, line.to}
        data = details(Addressed(line.to), Met(arrival.id), Remarked("meeting"), Heard(overheard=sorted(others)))
        return Event(
            id=event_id,
            at=self._stage.now,
            kind=REMARK,
            audience=hearers | {line.who, line.to},
            text=line.said,
            actor=line.who,
            place=arrival.place,
            cause=arrival.id,
            data=data,
        )

    def _small_talk(self, one: str, other: str, hearers: frozenset[str], chance: Random) -> list[Spoken]:
        """Return a plan of one's, or teasing between friends, or a leave taken."""
        felt = self._stage.projections.mind(other).feelings.toward(one)
        if chance.random() < self._stage.people[one].temperament.talkative:
            for phrase in self._goals(one, other, hearers):
                lines = self._lines([(one, other, phrase), (other, one, "acknowledge")], hearers, chance)
                if len(lines) == 2:
                    return lines
        if felt.affinity >= FRIENDLY:
            return self._lines([(other, one, "meet_tease"), (one, other, "meet_teased")], hearers, chance)
        return self._lines([(one, other, "meet_part")], hearers, chance)

    def _goals(self, one: str, other: str, hearers: frozenset[str]) -> Iterator[Phrase]:
        scene = self._stage.scene(Passing(one, other), Utterance("", heard_by=hearers), 0)
        return (found.phrase for found in goals(scene, self._stage.language))

    def _lines(
        self, wanted: Sequence[tuple[str, str, str | Phrase]], hearers: frozenset[str], chance: Random
    ) -> list[Spoken]:
        """Return lines by the phrases that they are said by; without those for which somebody has no words."""
        found: list[Spoken] = []
        for who, to, phrase in wanted:
            scene = self._stage.scene(Passing(who, to), Utterance("", heard_by=hearers), chance.getrandbits(31))
            said = phrase_in_passing(phrase if isinstance(phrase, Phrase) else Phrase(phrase), scene, self._lately)
            if said:
                self._lately.append(said)
                found.append(Spoken(who, to, said))
        return found
