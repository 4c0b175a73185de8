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

    `staying` leaves of the answer's audience those who are still there when it is given. An utterance that was
    said before, and is now answered by another, gives its event with `said_before`; it waits until `after` is done.
    """

    text: str
    language: Language | None = None
    heard_by: frozenset[str] = frozenset()
    answer_heard_by: frozenset[str] = frozenset()
    volume: Volume | None = None
    after: Reply | None = None
    said_before: Callable[[], int | None] = _not_yet
    staying: Callable[[frozenset[str]], frozenset[str]] = _all

    @property
    def overheard_by(self) -> frozenset[str]:
        """Everyone who hears any of it."""
        return self.heard_by | self.answer_heard_by

    def events(self, asked: Event, answered: Event) -> tuple[Event, ...]:
        """Give a turn's events with the audience of each; only the answer where the rest was said before."""
        pair = frozenset(who for who in (asked.actor, answered.actor) if who)
        loud = {"volume": self.volume} if self.volume not in (None, "speech") else {}
        audience = pair | self.staying(self.answer_heard_by)
        answered = replace(answered, audience=audience, data={**answered.data, **loud})
        before = self.said_before()
        if before is not None:
            return (replace(answered, id=asked.id, cause=before),)
        return replace(asked, audience=pair | self.heard_by, data={**asked.data, **loud}), answered
