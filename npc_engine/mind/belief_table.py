"""Beliefs as plain data: each of them once, and wherever else it stands by its number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from npc_engine.mind.evidence import Belief
from npc_engine.world.statements import Statement


class BeliefTable:
    """Turns beliefs into rows of plain data."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self._numbers: dict[int, int] = {}
        self._beliefs: list[Belief] = []  # so that no other can come by the same id()

    def number(self, belief: Belief) -> int:
        """Return the number of a belief's row."""
        found = self._numbers.get(id(belief))
        if found is None:
            found = self._numbers[id(belief)] = len(self.rows)
            self._beliefs.append(belief)
            self.rows.append(_row(belief))
        return found

    def numbers(self, beliefs: Iterable[Belief]) -> list[int]:
        """Return the numbers of several beliefs' rows."""
        return [self.number(belief) for belief in beliefs]


def read_beliefs(rows: Sequence[Sequence[Any]]) -> list[Belief]:
    """Return the beliefs that the rows of a table hold, by number."""
    return [_belief(*row) for row in rows]


def _row(belief: Belief) -> list[Any]:
    one = belief.statement
    row: list[Any] = [one.subject, one.predicate, one.object, belief.how, belief.confidence]
    row += [_iso(belief.at), belief.event, belief.by, list(belief.chain), int(belief.holds)]
    row += [one.event, _iso(one.since), dict(one.qualifiers), _iso(one.until), list(belief.backed_by), list(one.basis)]
    row.append(None if belief.between is None else sorted(belief.between))
    defaults: list[Any] = [None, None, None, [], 1, None, None, {}, None, [], [], None]
    while len(row) > 5 and row[-1] == defaults[len(row) - 6]:
        row.pop()
    return row


def _belief(
    subject: str,
    predicate: str,
    object: str,
    how: Any,
    confidence: float,
    at: str | None = None,
    event: int | None = None,
    by: str | None = None,
    chain: Sequence[str] = (),
    holds: int = 1,
    made_by: int | None = None,
    since: str | None = None,
    qualifiers: dict[str, Any] | None = None,
    until: str | None = None,
    backed_by: Sequence[str] = (),
    basis: Sequence[str] = (),
    between: Sequence[str] | None = None,
) -> Belief:
    statement = Statement(
        subject, predicate, object, qualifiers or {}, _moment(since), _moment(until), made_by, tuple(basis)
    )
    among = None if between is None else frozenset(between)
    return Belief(
        statement, how, confidence, bool(holds), by, _moment(at), event, tuple(chain), tuple(backed_by), among
    )


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None
