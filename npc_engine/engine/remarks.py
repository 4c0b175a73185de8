"""What NPCs say without being spoken to, where the player can hear it: events of kind `remark` that a game may show.

They greet the player who comes near and take leave of the player who goes, and say a word on what happened in their
sight. It is written by authors or in the repertoire; no model is asked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from npc_engine.chronicle import Event
from npc_engine.dialogue.decide import unasked
from npc_engine.dialogue.decide.commit import remark_of
from npc_engine.dialogue.scene import Exchange, Scene, Turn
from npc_engine.dialogue.speak.passing import prepare
from npc_engine.dialogue.speak.speaking import speak
from npc_engine.dialogue.types import Plan
from npc_engine.engine.stage import Stage
from npc_engine.engine.utterance import Utterance
from npc_engine.mind import Projections
from npc_engine.models import SilentModel
from npc_engine.payloads import REMARK, Occasion
from npc_engine.text import join_sentences

AT_ONCE = 1
"""Remarks that are made at one look, at most: each costs about a millisecond of a frame."""
PREPARED = 64
"""NPCs for whom what their first remark needs is made ready beforehand, at most."""
LOOKED_AT = 64
"""New events that are looked at in one look, at most."""
REST = timedelta(minutes=10)
"""Game time for which somebody who said something unasked says nothing more of that kind."""
GREETED = timedelta(hours=3)
"""Game time for which somebody who was greeted is not greeted again unasked."""
SPOKE = timedelta(minutes=15)
"""How long ago somebody must have talked to the player at most to say goodbye."""
OWN_KINDS = frozenset(
    (
        "said",
        "told",
        "gossip",
        "moved",
        "story",
        "came_true",
        "reflection",
        "faded",
        "forgot",
        "weighed",
        "shown",
        REMARK,
    )
)
"""Kinds of events that nobody comments on: talk, comings and goings, and what goes on in minds."""
PLAIN_KINDS = frozenset({"happened", "changed"})
"""Kinds that events have where the game gives them none."""


@dataclass
class Passing:
    """A talk that is none: somebody says something in passing."""

    npc: str
    speaker: str
    left: threading.Event = field(default_factory=threading.Event)
    exchanges: tuple[Exchange, ...] = ()

    def remember(self, exchange: Exchange) -> None:
        """Take in a finished turn: there is none."""


class Remarks:
    """Looks at what is new in the chronicle, and has those say something whom it moves to."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._timeline = stage.timeline
        self._begin()

    def look(self) -> list[Event]:
        """Let those speak whom something that happened since the last look makes speak; call it with the lock."""
        timeline = self._timeline
        if timeline.epoch != self._epoch or len(timeline.chronicle) < self._seen:
            self._begin()
        said: list[Event] = []
        last = min(len(timeline.chronicle), self._seen + LOOKED_AT)
        while self._seen < last and len(said) < AT_ONCE:
            self._seen += 1
            said += self._about(timeline.chronicle[self._seen])
        return said

    def prepare(self) -> Iterator[None]:
        """Make ready what the first remark of each NPC needs, one after the other: words and lines are read.

        It is for a thread of its own, so that the frame in which somebody first speaks is not a long one. No mind is
        looked into: what comes of a game must not hang on when this gets round to it.
        """
        language = self._stage.language
        for persona in list(self._stage.people.values())[:PREPARED]:
            prepare(persona, self._projections.compiled, language)
            yield

    def _begin(self) -> None:
        self._epoch = self._timeline.epoch
        self._seen = len(self._timeline.chronicle)
        self._spoke: dict[tuple[str, Occasion], datetime] = {}

    @property
    def _projections(self) -> Projections:
        return self._timeline.projections

    def _about(self, event: Event) -> Sequence[Event]:
        """Return what is said on one event: by one of those who perceived it, or nobody."""
        player = self._stage.player
        if event.kind == "moved" and event.actor == player:
            return self._greeting(event) or self._goodbye(event)
        if event.kind in OWN_KINDS or event.actor == player or not event.text:
            return ()
        return self._comment(event)

    def _greeting(self, event: Event) -> Sequence[Event]:
        there = [who for who in self._near(event) if self._projections.whereabouts.of(who) == event.place]
        there = [who for who in there if not self._spoken_to_since(who, event)]
        return self._by_the_likeliest(there, event, "greeting", GREETED, self._greets)

    def _greets(self, scene: Scene) -> Plan:
        return unasked.greets(scene, self._stage.language)

    def _goodbye(self, event: Event) -> Sequence[Event]:
        """Return the goodbye of somebody whom the player talked to a moment ago, and has walked away from."""
        left = [who for who in self._near(event) if self._projections.whereabouts.of(who) != event.place]
        talked = [who for who in left if self._talked_to(who)]
        return self._by_the_likeliest(talked, event, "goodbye", REST, unasked.parts)

    def _comment(self, event: Event) -> Sequence[Event]:
        if self._stage.player not in event.audience:
            return ()
        there = [who for who in self._near(event) if who != event.actor]
        if event.kind in PLAIN_KINDS:  # what the game gave no kind is worth a word only to those whom it moved
            there = [who for who in there if any(change.who == who for change in event.feelings)]
        return self._by_the_likeliest(there, event, "comment", REST, lambda scene: unasked.comments(event, scene))

    def _near(self, event: Event) -> list[str]:
        """Return the NPCs who perceived an event."""
        return sorted(event.audience & self._projections.compiled.personas.keys())

    def _talked_to(self, who: str) -> bool:
        """Return whether the player said something to somebody a moment ago, and neither took leave."""
        memories = self._projections.mind(who).memories
        said = memories.said_by(self._stage.player)
        return bool(said) and self._timeline.now - memories[said[-1]].at <= SPOKE

    def _spoken_to_since(self, who: str, event: Event) -> bool:
        """Return whether the player, who came near, said something to somebody before they could greet."""
        memories = self._projections.mind(who).memories
        said = memories.said_by(self._stage.player)
        return bool(said) and memories[said[-1]].event_id > event.id

    def _by_the_likeliest(
        self, those: Sequence[str], event: Event, occasion: Occasion, rest: timedelta, plan: Callable[[Scene], Plan]
    ) -> Sequence[Event]:
        """Return what the one of some says who is likeliest to, if they do."""
        now = self._timeline.now
        rested = [who for who in those if now - self._spoke.get((who, occasion), datetime.min) >= rest]
        for who in sorted(rested, key=lambda who: (-self._eagerness(who, event), who))[:1]:
            chance = Random(f"{self._stage.seed}/{event.id}/{who}/{occasion}")
            if chance.random() < self._eagerness(who, event):
                self._spoke[who, occasion] = now
                return self._said(who, event, occasion, plan, chance.getrandbits(31))
        return ()

    def _eagerness(self, who: str, event: Event) -> float:
        """Return how likely somebody is to speak unasked: the talkative, and who knows the player or is moved."""
        felt = self._projections.mind(who).feelings.toward(self._stage.player)
        moved = 3 * sum(abs(change.amount) for change in event.feelings if change.who == who)
        told = bool(self._projections.mind(who).counters.told.get(self._stage.player))
        eager = (
            0.2 + 0.5 * self._projections.compiled.personas[who].temperament.talkative + felt.familiarity / 2 + moved
        )
        return min(1.0, eager + 0.3 * told - felt.fear)  # whom one is afraid of one does not speak to unasked

    def _said(
        self, who: str, event: Event, occasion: Occasion, plan: Callable[[Scene], Plan], seed: int
    ) -> Sequence[Event]:
        stage, player = self._stage, self._stage.player
        place = event.place if occasion == "comment" else self._projections.whereabouts.of(who)
        hearers = stage.earshot.hearers(self._projections, who, "speech", place=place, to=[player])
        scene = stage.scene(Passing(who, player), Utterance("", heard_by=hearers), seed)
        turn = said_unasked(scene, plan(scene))
        if turn is None:
            return ()
        events, _ = self._timeline.commit(lambda first_id: [remark_of(*turn, first_id, event.id, occasion)])
        return events


def said_unasked(scene: Scene, plan: Plan) -> tuple[Turn, str] | None:
    """Return the turn of an NPC's saying something unasked, and its words; None where there are no words for it."""
    assert scene.language is not None
    turn = Turn("", scene, SilentModel())
    turn.reading, turn.plan = unasked.reading_of("silence", scene.language), plan
    spoken = speak(turn)
    turn.plan = spoken.plan
    words = join_sentences(list(spoken.sentences), turn.language)
    return (turn, words) if words else None
