"""The truth: a graph of entities and the statements between them, folded from the chronicle."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

import networkx as nx

from npc_engine.chronicle import Change, Event
from npc_engine.world.definitions import Entity, FactDefinition, Predicate
from npc_engine.world.rules import infer
from npc_engine.world.statements import Statement

_BEGINNING = datetime.min


class _Turn(NamedTuple):
    """A point at which something began or ceased to hold; sorts by time, then by order of recording."""

    at: datetime
    order: int
    change: Change
    until: datetime | None
    event: int | None


class World:
    """What is true, and was.

    `graph` is a `networkx.MultiDiGraph`: entities and values are nodes, each period in which a statement
    holds is an edge with the `Statement` under `statement`. Read it freely; only events change it.
    """

    def __init__(
        self,
        entities: Mapping[str, Entity] | None = None,
        predicates: Mapping[str, Predicate] | None = None,
        facts: Iterable[FactDefinition] = (),
    ) -> None:
        self.entities = dict(entities or {})
        self.predicates = dict(predicates or {})
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self._timelines: dict[tuple[str, ...], list[_Turn]] = {}
        self._drawn: dict[tuple[str, ...], list[tuple[str, str, tuple[str | int, ...]]]] = {}
        self._order = 0
        for fact in facts:
            change = Change(*fact.triple, qualifiers=fact.qualifiers)
            self._turn(change, fact.since or _BEGINNING, fact.until, None)

    def apply(self, event: Event) -> None:
        """Take in what an event changed."""
        for change in event.changes:
            self._turn(change, event.at, None, event.id)

    def ask(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        *,
        at: datetime | None = None,
    ) -> list[Statement]:
        """Give the statements true at a game time (None: the last known), inferred ones included.

        A part left out matches anything.
        """

        def match(s: str | None, p: str | None, o: str | None) -> Iterator[Statement]:
            return (statement for statement in self._edges(s, p, o) if statement.holds_at(at))

        return infer(match, self.predicates, subject, predicate, object)

    def history(self, subject: str | None = None, predicate: str | None = None) -> list[Statement]:
        """Give every period of the statements about a subject, ended ones too, oldest first."""
        found = self._edges(subject, predicate, None)
        return sorted(found, key=lambda statement: (statement.since or _BEGINNING, statement.id))

    def holds(self, fact: str, *, at: datetime | None = None) -> bool:
        """Tell whether `subject predicate object` is true."""
        subject, predicate, object_ = fact.split()
        return bool(self.ask(subject, predicate, object_, at=at))

    def periods(self) -> list[Statement]:
        """Give every period of every statement, in a fixed order: two equal worlds give equal lists."""
        return sorted(
            self._edges(None, None, None),
            key=lambda statement: (statement.id, statement.since or _BEGINNING, statement.event or 0),
        )

    def _edges(self, subject: str | None, predicate: str | None, object: str | None) -> Iterator[Statement]:
        graph = self.graph
        if subject is not None and object is not None:
            edges = ((subject, object, data) for data in graph.get_edge_data(subject, object, default={}).values())
        elif subject is not None:
            edges = graph.out_edges(subject, data=True) if subject in graph else iter(())
        elif object is not None:
            edges = graph.in_edges(object, data=True) if object in graph else iter(())
        else:
            edges = graph.edges(data=True)
        for _, _, data in edges:
            statement: Statement = data["statement"]
            if predicate is None or statement.predicate == predicate:
                yield statement

    def _turn(self, change: Change, at: datetime, until: datetime | None, event: int | None) -> None:
        """Put a change on its timeline and draw the periods of that timeline anew.

        What is single-valued shares one timeline over all its objects, so that a new value ends the old one
        even when it is recorded late.
        """
        rule = self.predicates.get(change.predicate)
        single = rule is not None and rule.single_valued
        key = (change.subject, change.predicate, *(() if single else (change.object,)))
        self._order += 1
        timeline = self._timelines.setdefault(key, [])
        insort(timeline, _Turn(at, self._order, change, until, event), key=lambda turn: turn[:2])
        self.graph.remove_edges_from(self._drawn.pop(key, ()))
        drawn = self._drawn[key] = []
        for number, statement in enumerate(_periods(timeline)):
            edge = (statement.subject, statement.object, (*key, number))
            self.graph.add_edge(*edge, statement=statement)
            drawn.append(edge)


def _periods(timeline: list[_Turn]) -> Iterator[Statement]:
    """Give the stretches of time in which each value of a timeline held; saying it again begins no new one."""
    held: _Turn | None = None
    for turn in timeline:
        if held and held.until is not None and held.until <= turn.at:
            yield _period(held, held.until)
            held = None
        if not turn.change.holds:
            if held and held.change.object == turn.change.object:
                yield _period(held, turn.at)
                held = None
        elif held and held.change == turn.change:
            held = held._replace(until=turn.until)
        else:
            if held and held.at < turn.at:
                yield _period(held, turn.at)
            held = turn
    if held:
        yield _period(held, held.until)


def _period(turn: _Turn, until: datetime | None) -> Statement:
    change = turn.change
    since = None if turn.at == _BEGINNING else turn.at
    return Statement(change.subject, change.predicate, change.object, change.qualifiers, since, until, turn.event)
