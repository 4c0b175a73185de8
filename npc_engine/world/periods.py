"""Periods: how turns on a timeline become stretches of time in which a statement holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from npc_engine.chronicle import Change
from npc_engine.world.statements import Statement

BEGINNING = datetime.min
"""When what was always so began."""


class Placed(NamedTuple):
    """A period in which a statement holds, and its place among those that began together."""

    statement: Statement
    order: int


class TurningPoint(NamedTuple):
    """A point at which something began or ceased to hold; sorts by time, then by order of recording."""

    at: datetime
    order: int
    change: Change
    until: datetime | None
    event: int | None


@dataclass(slots=True)
class TurningPoints:
    """The turns of one statement, or of all the values of something single-valued, and what holds after the last."""

    turns: list[TurningPoint]
    held: TurningPoint | None = None

    def settle(self) -> None:
        """Work out again what holds after the last turn."""
        self.held = None
        for turn in self.turns:
            _, self.held = step(self.held, turn)

    def periods(self) -> Iterator[Placed]:
        """Yield the stretches of time in which each value held; saying it again begins no new one."""
        held: TurningPoint | None = None
        for turn in self.turns:
            ended, held = step(held, turn)
            yield from ended
        if held:
            yield drawn(held)

    def plain(self) -> list[Any] | None:
        """Return what holds after the last turn as plain data; None for nothing."""
        if self.held is None:
            return None
        at, order, change, until, event = self.held
        stated = [*change[:3], dict(change.qualifiers)]
        return [at.isoformat(), order, *stated, until.isoformat() if until else None, event]

    @classmethod
    def of(cls, plain: list[Any] | None) -> TurningPoints:
        """Return a timeline that begins with what `plain` gave."""
        if plain is None:
            return cls([])
        at, order, subject, predicate, object_, qualifiers, until, event = plain
        change = Change(subject, predicate, object_, True, qualifiers)
        ends = datetime.fromisoformat(until) if until else None
        held = TurningPoint(datetime.fromisoformat(at), order, change, ends, event)
        return cls([held], held)


def step(held: TurningPoint | None, turn: TurningPoint) -> tuple[list[Placed], TurningPoint | None]:
    """Return the periods that a turn ends, where `held` held before it, and what holds after it."""
    ended: list[Placed] = []
    if held and held.until is not None and held.until <= turn.at:
        ended.append(_period(held, held.until))
        held = None
    if not turn.change.holds:
        if held and held.change.object == turn.change.object:
            ended.append(_period(held, turn.at))
            held = None
        return ended, held
    if held and held.change == turn.change:
        return ended, held if held.until == turn.until else held._replace(until=turn.until)
    if held and held.at < turn.at:
        ended.append(_period(held, turn.at))
    return ended, turn


def drawn(held: TurningPoint) -> Placed:
    """Return the period of what still holds."""
    return _period(held, held.until)


def _period(turn: TurningPoint, until: datetime | None) -> Placed:
    change = turn.change
    since = None if turn.at == BEGINNING else turn.at
    stated = Statement(change.subject, change.predicate, change.object, change.qualifiers, since, until, turn.event)
    return Placed(stated, turn.order)
