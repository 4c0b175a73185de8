"""Whatever happens or is said: an append-only log of events, each with the audience that perceived it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from npc_engine.errors import ArgumentError

Qualifiers = Mapping[str, Any]
_EXAMPLE = ("bridge", "condition", "destroyed")


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
    def of(cls, given: Any) -> Change:
        """Return a change that a caller wrote as a tuple of its parts, or as the change itself.

        Raises:
            ArgumentError: it is no such thing.
        """
        if isinstance(given, str) or not isinstance(given, Sequence):
            example = tuple(given.split()) if isinstance(given, str) and len(given.split()) == 3 else _EXAMPLE
            raise ArgumentError(f"a change is a tuple such as {example}, not {given!r}")
        if not 3 <= len(given) <= 5:
            raise ArgumentError(
                f"a change is a tuple of subject, predicate and object such as {_EXAMPLE}, not {given!r}"
            )
        change = cls(*given)
        if not all(isinstance(part, str) and part for part in change[:3]):
            raise ArgumentError(f"subject, predicate and object of a change are texts, as in {_EXAMPLE}, not {given!r}")
        if not isinstance(change.holds, bool) or not isinstance(change.qualifiers, Mapping):
            raise ArgumentError(
                f"a change may go on with True or False and then qualifiers such as {{'amount': 12}}, not as {given!r}"
            )
        return change

    @classmethod
    def of_fact(cls, fact: str, holds: bool = True, qualifiers: Qualifiers = MappingProxyType({})) -> Change:
        """Return the change that `subject predicate object`, as an author writes it, stands for."""
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

    @classmethod
    def of(cls, given: Any) -> FeelingChange:
        """Return a change of feeling that a caller wrote as a tuple of its four parts, or as the change itself.

        Raises:
            ArgumentError: it is no such thing.
        """
        example = ("mira", "player", "trust", 0.1)
        if isinstance(given, str) or not isinstance(given, Sequence) or len(given) != 4:
            raise ArgumentError(f"a change of feeling is a tuple such as {example}, not {given!r}")
        change = cls(*given)
        whose = all(isinstance(part, str) for part in change[:3])
        if not whose or isinstance(change.amount, bool) or not isinstance(change.amount, int | float):
            raise ArgumentError(f"a change of feeling has three texts and a number, as in {example}, not {given!r}")
        return change


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, at a game time, before an audience.

    `changes` became true in the world and were seen by the audience; `claims` were only said, and may be false.
    `cause` is the id of the event that led to this one. `data` holds what else is worth keeping, for the payloads of
    `npc_engine.payloads` to write and read.
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
        """Return the event as plain data for JSON, without the fields that are empty."""
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
        """Return the event that `as_dict` made plain."""
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
    """Return a tuple as a list, leaving off what a Change would have anyway."""
    values: list[Any] = list(entry)
    if isinstance(entry, Change):
        if not entry.qualifiers:
            values.pop()
            if entry.holds:
                values.pop()
        else:
            values[-1] = dict(entry.qualifiers)
    return values


Packed = tuple[str, str]
"""An event as a slot keeps it: its time in ISO 8601, and the rest of it as JSON."""


def packed(event: Event) -> Packed:
    """Return an event as text, a fifth of the size it has as objects."""
    return event.at.isoformat(), json.dumps(event.as_dict(), ensure_ascii=False, separators=(",", ":"))


def storable(event: Event) -> Packed:
    """Return an event as text that any slot takes and any mind can be folded from.

    Raises:
        ValueError: there is no such text: an id with half a character, a number that is none, an object of the game's.
    """
    changes, moved = (*event.changes, *event.claims), event.feelings
    ids = [event.kind, *event.audience, *(part for change in changes for part in change[:3])]
    ids += [part for change in moved for part in change[:3]]
    if wrong := [one for one in ids if not isinstance(one, str)]:
        raise ValueError(f"event {event.id} can't be stored: {wrong[0]!r} stands where an id does")
    if wrong_amounts := [one.amount for one in moved if not math.isfinite(one.amount)]:
        raise ValueError(f"event {event.id} can't be stored: a feeling moves by {wrong_amounts[0]}")
    if event.at.tzinfo is not None:
        raise ValueError(f"event {event.id} can't be stored: game time has no time zone, and {event.at} has one")
    try:
        plain = json.dumps(event.as_dict(), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        plain.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"event {event.id} can't be stored: {error}") from error
    return event.at.isoformat(), plain


def unpacked(id: int, row: Packed) -> Event:
    """Return the event that `packed` made text."""
    at, body = row
    return Event.from_dict(id, datetime.fromisoformat(at), json.loads(body))


class Chronicle:
    """The events of one game in the order they were recorded; ids count up from 1 without gaps.

    The last `HELD` are held as objects, older ones as text that is read when somebody asks: a long game opens at
    once and stays small.
    """

    HELD = 4096

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events: list[Event | Packed] = []
        self._read: dict[int, Event] = {}
        for event in events:
            self.append(event)

    @classmethod
    def of(cls, rows: Sequence[Packed]) -> Chronicle:
        """Return the chronicle of events that are text already, the first of them with id 1."""
        chronicle = cls()
        chronicle._events = list(rows)
        return chronicle

    @property
    def next_id(self) -> int:
        """The id the next event must carry."""
        return len(self._events) + 1

    def append(self, event: Event) -> None:
        """Add an event at the end."""
        if event.id != self.next_id:
            raise ValueError(f"event {event.id} does not follow {self.next_id - 1}")
        self._events.append(event)
        old = len(self._events) - self.HELD - 1
        if old >= 0 and isinstance(row := self._events[old], Event):
            self._events[old] = packed(row)

    def rows(self) -> list[Packed]:
        """Return every event as text, in order."""
        return [packed(row) if isinstance(row, Event) else row for row in list(self._events)]

    def upto(self, last_id: int) -> Chronicle:
        """Return the chronicle as it was when an event was its last."""
        return self.of(self._events[:last_id])  # type: ignore[arg-type]

    def latest(self) -> datetime | None:
        """Return the latest game time that anything happened at; None when nothing did."""
        return max(map(_time, self._events), default=None)

    def __len__(self) -> int:
        return len(self._events)

    def __iter__(self) -> Iterator[Event]:
        return (self._at(position) for position in range(len(self._events)))

    def __reversed__(self) -> Iterator[Event]:
        return (self._at(position) for position in reversed(range(len(self._events))))

    def __getitem__(self, event_id: int) -> Event:
        """Return the event with an id; KeyError when there is none."""
        if not 1 <= event_id <= len(self._events):
            raise KeyError(event_id)
        row = self._events[event_id - 1]
        if isinstance(row, Event):
            return row
        if (event := self._read.get(event_id)) is None:
            if len(self._read) >= self.HELD:
                self._read = {}  # a new one rather than an emptied one: another thread may be reading
            event = self._read[event_id] = unpacked(event_id, row)
        return event

    def plain(self, event_id: int) -> tuple[datetime, Mapping[str, Any]]:
        """Return an event's time and its `as_dict`, which for old ones is quicker than the event; KeyError for none."""
        if not 1 <= event_id <= len(self._events):
            raise KeyError(event_id)
        row = self._events[event_id - 1]
        if isinstance(row, Event):
            return row.at, row.as_dict()
        return datetime.fromisoformat(row[0]), json.loads(row[1])

    def last_id_at(self, moment: datetime) -> int:
        """Return the id of the last event before anything later than a game time was recorded; 0 for none."""
        return next((at for at, row in enumerate(self._events) if _time(row) > moment), len(self._events))

    def _at(self, position: int) -> Event:
        row = self._events[position]
        return row if isinstance(row, Event) else unpacked(position + 1, row)


def _time(row: Event | Packed) -> datetime:
    return row.at if isinstance(row, Event) else datetime.fromisoformat(row[0])
