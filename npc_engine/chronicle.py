"""Whatever happens or is said: an append-only log of events, each with the audience that perceived it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

Qualifiers = Mapping[str, Any]


class Change(NamedTuple):
    """A statement that begins (`holds=True`) or ceases to be true.

    A plain `("bridge", "condition", "destroyed")` serves as well wherever changes are taken.
    `qualifiers` say more of it: `{"amount": 12}`.
    """

    subject: str
    predicate: str
    object: str
    holds: bool = True
    qualifiers: Qualifiers = MappingProxyType({})

    @classmethod
    def of_fact(cls, fact: str, holds: bool = True, qualifiers: Qualifiers = MappingProxyType({})) -> Change:
        """Give the change that `subject predicate object`, as an author writes it, stands for."""
        subject, predicate, object_ = fact.split()
        return cls(subject, predicate, object_, holds, qualifiers)

    @property
    def statement_id(self) -> str:
        """The id of the statement: `subject.predicate.object`."""
        return f"{self.subject}.{self.predicate}.{self.object}"


class FeelingChange(NamedTuple):
    """How much someone's feeling toward another moves, and in which respect.

    `aspect` is `affinity` or `trust` (each -1 to 1), `fear` or `familiarity` (each 0 to 1), or `mood`
    (-1 to 1, toward nobody in particular).
    """

    who: str
    toward: str
    aspect: str
    amount: float


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, at a game time, before an audience.

    `changes` became true in the world and were seen by the audience; `claims` were only said, and may be
    false. `cause` is the id of the event that led to this one. `data` holds what else is worth keeping; minds look
    at these keys of it: `volume` (how loud, where it isn't plain speech), `shown` (things the actor showed), `of`
    (the events a reflection was made from); and for claims, by statement id, at `confidence` (how sure the actor is)
    and `chain` (whom the actor has it from, the first to say it first). `lies` names claims that the actor made up.
    """

    id: int
    at: datetime
    kind: str
    audience: frozenset[str]
    text: str = ""
    actor: str | None = None
    place: str | None = None
    changes: tuple[Change, ...] = ()
    claims: tuple[Change, ...] = ()
    feelings: tuple[FeelingChange, ...] = ()
    cause: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Give the event as plain data for JSON, without the fields that are empty."""
        plain: dict[str, Any] = {"kind": self.kind, "audience": sorted(self.audience)}
        for name in ("text", "actor", "place", "cause"):
            if (value := getattr(self, name)) not in ("", None):
                plain[name] = value
        for name in ("changes", "claims", "feelings"):
            if value := getattr(self, name):
                plain[name] = [_trimmed(entry) for entry in value]
        if self.data:
            plain["data"] = dict(self.data)
        return plain

    @classmethod
    def from_dict(cls, id: int, at: datetime, plain: Mapping[str, Any]) -> Event:
        """Give back the event that `as_dict` made plain."""
        return cls(
            id=id,
            at=at,
            kind=plain["kind"],
            audience=frozenset(plain["audience"]),
            text=plain.get("text", ""),
            actor=plain.get("actor"),
            place=plain.get("place"),
            changes=tuple(Change(*entry) for entry in plain.get("changes", ())),
            claims=tuple(Change(*entry) for entry in plain.get("claims", ())),
            feelings=tuple(FeelingChange(*entry) for entry in plain.get("feelings", ())),
            cause=plain.get("cause"),
            data=plain.get("data", {}),
        )


def _trimmed(entry: Change | FeelingChange) -> list[Any]:
    """Give a tuple as a list, leaving off what a Change would have anyway."""
    values: list[Any] = list(entry)
    if isinstance(entry, Change):
        if not entry.qualifiers:
            values.pop()
            if entry.holds:
                values.pop()
        else:
            values[-1] = dict(entry.qualifiers)
    return values


class Chronicle:
    """The events of one game in the order they were recorded; ids count up from 1 without gaps."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events: list[Event] = []
        for event in events:
            self.append(event)

    @property
    def next_id(self) -> int:
        """The id the next event must carry."""
        return len(self._events) + 1

    def append(self, event: Event) -> None:
        """Add an event at the end."""
        if event.id != self.next_id:
            raise ValueError(f"event {event.id} does not follow {self.next_id - 1}")
        self._events.append(event)

    def __len__(self) -> int:
        return len(self._events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events)

    def __reversed__(self) -> Iterator[Event]:
        return reversed(self._events)

    def __getitem__(self, event_id: int) -> Event:
        """Give the event with an id; KeyError when there is none."""
        if not 1 <= event_id <= len(self._events):
            raise KeyError(event_id)
        return self._events[event_id - 1]

    def last_id_at(self, moment: datetime) -> int:
        """Give the id of the last event before anything later than a game time was recorded; 0 for none."""
        return next((event.id - 1 for event in self._events if event.at > moment), len(self._events))
