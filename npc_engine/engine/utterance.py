"""Something said to an NPC: in which words, how loud, and who hears it and the answer."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Protocol

from npc_engine.chronicle import Event
from npc_engine.dialogue.scene import Exchange
from npc_engine.engine.reply import Reply
from npc_engine.payloads import Confided, Heard, Volume, details
from npc_engine.text import Language


class OngoingTalk(Protocol):
    """The talk of a speaker with an NPC, as the turns in it see it."""

    npc: str
    speaker: str
    left: threading.Event
    """Set when the speaker has walked away."""

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The finished turns that the next one looks back on."""

    def remember(self, exchange: Exchange) -> None:
        """Take in a finished turn."""


class Circle(Protocol):
    """Those among whom something is said, as they come and go until it is answered."""

    @property
    def members(self) -> frozenset[str]:
        """Who is in the talk; anyone else who hears it overhears it."""

    @property
    def gone(self) -> frozenset[str]:
        """Who has left since it was said."""

    @property
    def said_in(self) -> int | None:
        """The event in which what is now answered was said; None before anybody has answered it."""


@dataclass(frozen=True, slots=True)
class TwoAlone:
    """The circle of two who talk with each other: nobody else is in it, and nobody of it leaves without ending it."""

    members: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    said_in: int | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is said, and who is in earshot of it beside the two who talk: `heard_by`, and of what is answered.

    It is said in a `circle`: who leaves it before the answer is given doesn't hear the answer. What is `confided` stays
    between those who hear it and whom the speaker lets know (`pass_on`). An utterance that somebody else answers
    first waits until that reply (`after`) is done; what was said is then in the chronicle already.
    """

    text: str
    language: Language | None = None
    heard_by: frozenset[str] = frozenset()
    answer_heard_by: frozenset[str] = frozenset()
    volume: Volume | None = None
    after: Reply | None = None
    circle: Circle = TwoAlone()
    confided: bool = False
    pass_on: frozenset[str] = frozenset()

    @property
    def overheard_by(self) -> frozenset[str]:
        """Everyone who hears any of it."""
        return self.heard_by | self.answer_heard_by

    def events(self, asked: Event, answered: Event) -> tuple[Event, ...]:
        """Return a turn's events with the audience of each; only the answer where the rest was said before."""
        pair = frozenset(who for who in (asked.actor, answered.actor) if who)
        answered = self._heard(answered, pair, pair | (self.answer_heard_by - self.circle.gone))
        before = None if self.after is None else self.circle.said_in
        if before is not None:
            return (replace(answered, id=asked.id, cause=before),)
        return self._heard(asked, pair, pair | self.heard_by), answered

    def _heard(self, event: Event, pair: frozenset[str], audience: frozenset[str]) -> Event:
        """Return one of the events with its audience, and how it came to them."""
        others = audience - pair - self.circle.members if self.volume != "shout" else frozenset()
        let_know = {*Confided.read(event).pass_on, *self.pass_on} if self.pass_on else ()
        how = Heard(self.volume or "speech", sorted(others))
        more = Confided(True if self.confided else None, sorted(let_know))
        return replace(event, audience=audience, data={**event.data, **details(how, more)})
