"""What one NPC holds to be true: each belief with where it came from; contradictions are kept, one is held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from npc_engine.world.definitions import Predicate
from npc_engine.world.rules import infer
from npc_engine.world.statements import Statement

How = Literal["saw", "told", "inferred", "authored"]

YIELDS_AT = 0.75
"""News this certain replaces what contradicts it, however certain that was: the world changes. A stranger's word is
less certain than this, a friend's more (see `Mind.credence`)."""


@dataclass(frozen=True, slots=True)
class Belief:
    """A stance on a statement: that it holds, or with `holds=False` that it doesn't.

    `confidence` runs from 0 to 1. `by` names who told it, `at` the game time it was learned (None: always
    known), `event` the event it was learned from (None: authored).
    """

    statement: Statement
    how: How
    confidence: float = 1.0
    holds: bool = True
    by: str | None = None
    at: datetime | None = None
    event: int | None = None

    @property
    def id(self) -> str:
        """The id of the statement it is about."""
        return self.statement.id


class Beliefs:
    """All that one NPC ever came to believe, and what of it is held now."""

    def __init__(self, predicates: Mapping[str, Predicate]) -> None:
        self._predicates = predicates
        self._log: list[Belief] = []
        self._held: dict[str, Belief] = {}
        self._by_subject: dict[str, dict[str, None]] = {}
        self._by_object: dict[str, dict[str, None]] = {}
        self._by_predicate: dict[str, dict[str, None]] = {}

    def adopt(self, belief: Belief) -> bool:
        """Take in a belief; tell whether it is now held.

        What contradicts it gives way when the new belief is at least as sure, or sure enough in itself
        (`YIELDS_AT`); otherwise the new one is only remembered as heard.
        """
        self._log.append(belief)
        same = self._held.get(belief.id)
        rivals = self._rivals(belief)
        if same and same.holds != belief.holds:
            rivals.append(same)
        if any(belief.confidence < min(rival.confidence, YIELDS_AT) for rival in rivals):
            return False
        for rival in rivals:
            self._drop(rival)
        if same and same.holds == belief.holds and same.confidence > belief.confidence:
            return True
        self._hold(belief)
        return True

    def stance(self, statement_id: str) -> Belief | None:
        """Give what is held of a statement, for or against; None when there is no opinion."""
        return self._held.get(statement_id)

    def ask(self, subject: str | None = None, predicate: str | None = None, object: str | None = None) -> list[Belief]:
        """Give the beliefs that these statements hold, inferred ones included; a part left out matches any."""
        found = []
        for statement in infer(self._match, self._predicates, subject, predicate, object):
            if not statement.basis:
                found.append(self._held[statement.id])
                continue
            if (denied := self._held.get(statement.id)) and not denied.holds:
                continue
            found.append(self._inferred(statement))
        return found

    def denials(self, subject: str | None = None, predicate: str | None = None) -> list[Belief]:
        """Give the beliefs that statements do not hold."""
        return [
            belief
            for belief in self._held.values()
            if not belief.holds
            and subject in (None, belief.statement.subject)
            and predicate in (None, belief.statement.predicate)
        ]

    def __iter__(self) -> Iterator[Belief]:
        """Give what is held now, in the order it came to be held."""
        return iter(self._held.values())

    def __len__(self) -> int:
        return len(self._held)

    def log(self) -> tuple[Belief, ...]:
        """Give everything ever adopted, in order, held or not."""
        return tuple(self._log)

    def as_of(self, moment: datetime) -> Beliefs:
        """Give what was believed at an earlier game time."""
        then = Beliefs(self._predicates)
        for belief in self._log:
            if belief.at is None or belief.at <= moment:
                then.adopt(belief)
        return then

    def knows_of(self, entity: str) -> bool:
        """Tell whether anything is believed about an entity."""
        return bool(self._by_subject.get(entity) or self._by_object.get(entity))

    def _match(self, subject: str | None, predicate: str | None, object: str | None) -> Iterator[Statement]:
        if subject is not None:
            ids = self._by_subject.get(subject, {})
        elif object is not None:
            ids = self._by_object.get(object, {})
        elif predicate is not None:
            ids = self._by_predicate.get(predicate, {})
        else:
            ids = dict.fromkeys(self._held)
        for statement_id in ids:
            belief = self._held[statement_id]
            statement = belief.statement
            if (
                belief.holds
                and subject in (None, statement.subject)
                and predicate in (None, statement.predicate)
                and object in (None, statement.object)
            ):
                yield statement

    def _inferred(self, statement: Statement) -> Belief:
        """Give a belief as sure as the least sure of those it follows from."""
        grounds = [self._held[basis] for basis in statement.basis if basis in self._held]
        weakest = min(grounds, key=lambda belief: belief.confidence)
        if len(grounds) == 1:
            return Belief(statement, weakest.how, weakest.confidence, True, weakest.by, weakest.at, weakest.event)
        return Belief(statement, "inferred", weakest.confidence, at=weakest.at, event=weakest.event)

    def _rivals(self, belief: Belief) -> list[Belief]:
        """Give what is held that can't be true together with a belief."""
        statement = belief.statement
        rule = self._predicates.get(statement.predicate)
        if not belief.holds or rule is None or not rule.single_valued:
            return []
        held = (self._held[other] for other in self._by_subject.get(statement.subject, {}))
        return [
            other
            for other in held
            if other.holds
            and other.statement.predicate == statement.predicate
            and other.statement.object != statement.object
        ]

    def _hold(self, belief: Belief) -> None:
        statement = belief.statement
        self._held[belief.id] = belief
        self._by_subject.setdefault(statement.subject, {})[belief.id] = None
        self._by_object.setdefault(statement.object, {})[belief.id] = None
        self._by_predicate.setdefault(statement.predicate, {})[belief.id] = None

    def _drop(self, belief: Belief) -> None:
        statement = belief.statement
        del self._held[belief.id]
        del self._by_subject[statement.subject][belief.id]
        del self._by_object[statement.object][belief.id]
        del self._by_predicate[statement.predicate][belief.id]
