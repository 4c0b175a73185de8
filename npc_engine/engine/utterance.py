"""Something said to an NPC: in which words, how loud, and who hears it and the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from npc_engine.chronicle import Event
from npc_engine.engine.reply import Reply
from npc_engine.mind import Volume
from npc_engine.text import Language


def _all(audience: frozenset[str]) -> frozenset[str]:
    return audience


def _not_yet() -> int | None:
    return None


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is said, and who is in earshot of it beside the two who talk: `heard_by`, and of what is answered.

    It is said to the `company`, who are in the talk; the others overhear it. What is `confided` stays between those who
    hear it and whom the speaker lets know (`pass_on`). `staying` leaves of the answer's audience those who are still
    there when it is given. An utterance that was said before, and is now answered by another, gives its event with
    `said_before`; it waits until `after` is done.
    """

    text: str
    language: Language | None = None
    heard_by: frozenset[str] = frozenset()
    answer_heard_by: frozenset[str] = frozenset()
    volume: Volume | None = None
    after: Reply | None = None
    said_before: Callable[[], int | None] = _not_yet
    staying: Callable[[frozenset[str]], frozenset[str]] = _all
    company: frozenset[str] = frozenset()
    confided: bool = False
    pass_on: frozenset[str] = frozenset()

    @property
    def overheard_by(self) -> frozenset[str]:
        """Everyone who hears any of it."""
        return self.heard_by | self.answer_heard_by

    def events(self, asked: Event, answered: Event) -> tuple[Event, ...]:
        """Give a turn's events with the audience of each; only the answer where the rest was said before."""
        pair = frozenset(who for who in (asked.actor, answered.actor) if who)
        answered = self._heard(answered, pair, pair | self.staying(self.answer_heard_by))
        before = self.said_before()
        if before is not None:
            return (replace(answered, id=asked.id, cause=before),)
        return self._heard(asked, pair, pair | self.heard_by), answered

    def _heard(self, event: Event, pair: frozenset[str], audience: frozenset[str]) -> Event:
        """Return one of the events with its audience, and how it came to them."""
        data = dict(event.data)
        if self.volume not in (None, "speech"):
            data["volume"] = self.volume
        if self.volume != "shout" and (others := audience - pair - self.company):
            data["overheard"] = sorted(others)
        if self.confided:
            data["confided"] = True
        if self.pass_on:
            data["pass_on"] = sorted({*data.get("pass_on", ()), *self.pass_on})
        return replace(event, audience=audience, data=data)
