"""What a world of statements can be asked, wherever the statements are kept: in memory or on a server."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime

from npc_engine.world.definitions import Predicate
from npc_engine.world.periods import BEGINNING, Placed
from npc_engine.world.rules import infer
from npc_engine.world.statements import Statement


class Askable(ABC):
    """A world that can be asked. Where its statements are kept is for `_find` to know."""

    predicates: Mapping[str, Predicate]

    @abstractmethod
    def _find(
        self, subject: str | None, predicate: str | None, object: str | None, at: datetime | None
    ) -> Iterable[Placed]:
        """Return the statements said outright that hold at a game time (None: still), in any order."""

    @abstractmethod
    def _periods(self, subject: str | None, predicate: str | None) -> Iterable[Statement]:
        """Return every period of the statements about a subject, in any order."""

    @abstractmethod
    def _touching(self, entities: frozenset[str], at: datetime | None) -> Iterable[Placed]:
        """Return the statements that hold with one of some entities on either side, in any order, perhaps twice."""

    def ask(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        *,
        at: datetime | None = None,
    ) -> list[Statement]:
        """Return the statements true at a game time (None: the last known), inferred ones included.

        A part left out matches anything. What has been true longest comes first.
        """

        def match(s: str | None, p: str | None, o: str | None) -> list[Statement]:
            return _oldest_first(self._find(s, p, o, at))

        return infer(match, self.predicates, subject, predicate, object)

    def holds(self, fact: str, *, at: datetime | None = None) -> bool:
        """Return whether `subject predicate object` is true."""
        subject, predicate, object_ = fact.split()
        return bool(self.ask(subject, predicate, object_, at=at))

    def history(self, subject: str | None = None, predicate: str | None = None) -> list[Statement]:
        """Return every period of the statements about a subject, ended ones too, oldest first."""
        found = self._periods(subject, predicate)
        return sorted(found, key=lambda one: (one.since or BEGINNING, one.id, one.event or 0))

    def around(self, entity: str, steps: int = 1, *, at: datetime | None = None) -> list[Statement]:
        """Return the statements within so many steps of an entity, either way, that are true at a game time.

        Only what is said outright counts. What has been true longest comes first.
        """
        found: dict[Statement, Placed] = {}
        seen: set[str] = set()
        edge = {entity}
        for _ in range(steps):
            seen |= edge
            reached = {one.statement: one for one in self._touching(frozenset(edge), at)} if edge else {}
            edge = {end for one in reached for end in (one.subject, one.object)} - seen
            found |= reached
        return _oldest_first(found.values())


def _oldest_first(found: Iterable[Placed]) -> list[Statement]:
    return [one.statement for one in sorted(found, key=_age)]


def _age(one: Placed) -> tuple[datetime, int, str, int]:
    # Authored facts keep the order they were written in; of one event's changes any fixed order will do.
    since, event = one.statement.since or BEGINNING, one.statement.event or 0
    return since, event, one.statement.id if event else "", one.order
