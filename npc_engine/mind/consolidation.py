"""Going through one's memories: what stays whatever happens, what goes when there are too many, what is summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from npc_engine.acts import acts
from npc_engine.chronicle import Event
from npc_engine.mind.compiled_world import CompiledWorld
from npc_engine.mind.confidences import between
from npc_engine.mind.importance import importance
from npc_engine.mind.mind import Mind
from npc_engine.payloads import Addressed, Answered, Edited, KeptBack, Recorded

OLD = timedelta(days=2)
"""Talk older than this is summed up when it goes; small talk said before in the same words goes by itself then."""
WORTH_A_SUMMARY = 3
"""Remarks of one day with one person from which on a summary takes their place."""
SPARE = 0.1
"""The share of the budget that is free once somebody has gone through their memories."""
REPEATED = 0.5
"""How much less what was said before in the same words matters."""
TOPICS = 4
"""What a summary names at most, the most spoken of."""


@dataclass(frozen=True, slots=True)
class WeighedMemory:
    """A memory on the scales: how much it matters, whether it stays whatever happens, and what talk it belongs to."""

    event_id: int
    weight: float
    stays: bool
    chat: bool
    day: date
    partner: str | None
    text: str


@dataclass(frozen=True, slots=True)
class DayTalk:
    """A day's talk with someone, as the events that are forgotten for its summary."""

    partner: str
    event_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Eviction:
    """What goes: talk that is summed up, and what is forgotten without one."""

    talks: tuple[DayTalk, ...] = ()
    forgotten: tuple[int, ...] = ()


class Scales:
    """Weighs one NPC's memories at a game time."""

    def __init__(self, mind: Mind, compiled: CompiledWorld, now: datetime) -> None:
        self._mind, self._now = mind, now
        self._rests_on = mind.beliefs.rests_on()
        self._lasting = {rule.id for rule in compiled.predicates.values() if rule.lasting}
        persona = compiled.personas.get(mind.owner)
        secrets = persona.secrets if persona else ()
        self._secret = {fact.replace(" ", ".") for secret in secrets for fact in secret.facts}

    def weigh(self, event: Event) -> WeighedMemory:
        """Weigh the memory of an event."""
        owner = self._mind.owner
        partner = Addressed.read(event).to if event.actor == owner else event.actor
        return WeighedMemory(
            event.id,
            importance(event, owner, self._mind.feelings.toward, self._mind.counters, self._now),
            self._stays(event),
            not event.claims and not event.changes and acts().is_chat(Answered.read(event).act or ""),
            event.at.date(),
            partner if event.kind == "said" and partner != owner else None,
            event.text,
        )

    def _stays(self, event: Event) -> bool:
        """Return whether a memory is one that is never dropped.

        Such are those of what the game made lasting or somebody rewrote, of promises and debts, of secrets and
        what was confided, and whatever a belief rests on that is still held.
        """
        stated = (*event.changes, *event.claims)
        return (
            event.id in self._rests_on
            or Recorded.read(event).lasting
            or Edited.read(event).edit is not None
            or any(change.predicate in self._lasting for change in stated)
            or any(change.statement_id in self._secret for change in stated)
            or bool(KeptBack.read(event).withheld)
            or Answered.read(event).move == "reveal"
            or (bool(stated) and between(event.audience, event.data) is not None)
        )


def evict(weighed: Sequence[WeighedMemory], budget: int, now: datetime) -> Eviction:
    """Return what goes of someone's memories: old small talk said before, and, over the budget, what matters least.

    Where the budget is exceeded, so much goes that `SPARE` of it is free again; of two that matter alike the older
    goes. Of what is old, three remarks or more of one day with one person are summed up. What stays whatever
    happens may exceed the budget.
    """
    latest = {one.text: one.event_id for one in weighed}
    old = (now - OLD).date()

    def again(one: WeighedMemory) -> bool:
        return latest[one.text] != one.event_id

    goes = {one.event_id for one in weighed if one.chat and again(one) and one.day < old and not one.stays}
    if len(weighed) > budget:
        over = len(weighed) - len(goes) - int(budget * (1 - SPARE))
        free = (one for one in weighed if not one.stays and one.event_id not in goes)
        ranked = sorted((one.weight * (REPEATED if again(one) else 1.0), one.event_id) for one in free)
        goes |= {event_id for _, event_id in ranked[: max(0, over)]}
    return _summed(sorted((one for one in weighed if one.event_id in goes), key=lambda one: one.event_id), old)


def _summed(going: Iterable[WeighedMemory], old: date) -> Eviction:
    talks: dict[tuple[date, str], list[int]] = {}
    forgotten: list[int] = []
    for one in going:
        if one.partner and one.day < old:
            talks.setdefault((one.day, one.partner), []).append(one.event_id)
        else:
            forgotten.append(one.event_id)
    worth = {key: ids for key, ids in talks.items() if len(ids) >= WORTH_A_SUMMARY}
    forgotten += [event_id for key, ids in talks.items() if key not in worth for event_id in ids]
    return Eviction(
        tuple(DayTalk(partner, tuple(ids)) for (_, partner), ids in worth.items()), tuple(sorted(forgotten))
    )


def topics(talk: DayTalk, mind: Mind, about: Callable[[int], Iterable[str]]) -> list[str]:
    """Return what a talk was about, the most spoken of first: ids, without the two who talked."""
    named = Counter(entity for event_id in talk.event_ids for entity in sorted(about(event_id)))
    for who in (talk.partner, mind.owner):
        named.pop(who, None)
    return [entity for entity, _ in sorted(named.items(), key=lambda entry: (-entry[1], entry[0]))[:TOPICS]]
