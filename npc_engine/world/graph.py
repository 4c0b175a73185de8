"""The truth: a graph of entities and the statements between them, folded from the chronicle."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import networkx as nx

from npc_engine.chronicle import Change, Event
from npc_engine.world.asking import Askable
from npc_engine.world.definitions import Entity, FactDefinition, Predicate
from npc_engine.world.periods import BEGINNING, Placed, TurningPoint, TurningPoints, drawn, step
from npc_engine.world.statements import Statement

Edge = tuple[str, str, tuple[str | int, ...]]
"""Where a period is drawn: subject, object, and what tells it from others between the two."""

Watch = Callable[[Edge, Placed | None], None]
"""Is told of a period that is drawn, or with None of one that is drawn no more."""


class World(Askable):
    """What is true, and was.

    `watch` is told of whatever changes in the graph, from the facts that authors declared on.
    """

    def __init__(
        self,
        entities: Mapping[str, Entity] | None = None,
        predicates: Mapping[str, Predicate] | None = None,
        facts: Iterable[FactDefinition] = (),
        watch: Watch | None = None,
    ) -> None:
        self.entities = dict(entities or {})
        self.predicates: dict[str, Predicate] = dict(predicates or {})
        self._watch = watch
        self._facts = tuple(facts)
        self._begin()

    def _begin(self) -> None:
        """Start out with what authors declared."""
        self._graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self._points: dict[tuple[str, ...], TurningPoints] = {}
        self._edges_of: dict[tuple[str, ...], list[Edge]] = {}
        self._touched: dict[tuple[str, ...], None] = {}
        self._order = 0
        self._applied = 0
        self._latest = BEGINNING
        self._missing: Callable[[int], Iterable[Event]] | None = None
        for fact in self._facts:
            self._turn(Change(*fact.triple, qualifiers=fact.qualifiers), fact.since or BEGINNING, fact.until, None)

    @property
    def graph(self) -> nx.MultiDiGraph[str]:
        """A `networkx.MultiDiGraph`: entities and values are nodes, each period in which a statement holds is an edge.

        The edge has the `Statement` under `statement`. Read it freely; only events change it.
        """
        self._recollect()
        return self._graph

    def apply(self, event: Event) -> None:
        """Take in what an event changed."""
        if event.changes and event.at < self._latest:
            self._recollect()
        for change in event.changes:
            self._turn(change, event.at, None, event.id)
        self._applied = event.id

    def periods(self) -> list[Statement]:
        """Return every period of every statement, in a fixed order: two equal worlds give equal lists."""
        self._recollect()
        return sorted(
            self._periods(None, None),
            key=lambda statement: (statement.id, statement.since or BEGINNING, statement.event or 0),
        )

    def present(self) -> dict[str, Any]:
        """Return what holds now as plain data for `resume`; what was is left out, for the chronicle has it."""
        latest = max((self._latest, *(t.turns[-1].at for t in self._points.values() if t.turns)))
        held = [[list(key), self._points[key].plain()] for key in self._touched]
        return {"latest": latest.isoformat(), "order": self._order, "applied": self._applied, "held": held}

    def resume(self, present: Mapping[str, Any], events: Callable[[int], Iterable[Event]]) -> None:
        """Go on from what held once; `events` gives those up to an id, and is called if the past is asked for."""
        for key_parts, plain in present["held"]:
            key = tuple(key_parts)
            self._points[key] = TurningPoints.of(plain)
            self._touched[key] = None
            self._draw(key)
        self._order, self._applied = present["order"], present["applied"]
        self._latest = datetime.fromisoformat(present["latest"])
        self._missing = events

    def _recollect(self) -> None:
        """Fold the past as well, where only the present was resumed."""
        if self._missing is None:
            return
        past = self._missing(self._applied)
        self._begin()
        for event in past:
            self.apply(event)

    def _find(
        self, subject: str | None, predicate: str | None, object: str | None, at: datetime | None
    ) -> Iterator[Placed]:
        if at is not None and at < self._latest:
            self._recollect()
        return (one for one in self._edges(subject, predicate, object) if one.statement.holds_at(at))

    def _periods(self, subject: str | None, predicate: str | None) -> Iterator[Statement]:
        self._recollect()
        return (one.statement for one in self._edges(subject, predicate, None))

    def _touching(self, entities: frozenset[str], at: datetime | None) -> Iterator[Placed]:
        for entity in entities:
            yield from self._find(entity, None, None, at)
            yield from self._find(None, None, entity, at)

    def _edges(self, subject: str | None, predicate: str | None, object: str | None) -> Iterator[Placed]:
        graph = self._graph
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
                yield Placed(statement, data["order"])

    def _turn(self, change: Change, at: datetime, until: datetime | None, event: int | None) -> None:
        """Add a change to its turning points, and draw what it begins and ends.

        What is single-valued shares its turning points over all its objects, so that a new value ends the old one
        even when it is recorded late.
        """
        rule = self.predicates.get(change.predicate)
        single = rule is not None and rule.single_valued
        key = (change.subject, change.predicate, *(() if single else (change.object,)))
        if event is not None:
            self._touched[key] = None
        self._order += 1
        turn = TurningPoint(at, self._order, change, until, event)
        points = self._points.setdefault(key, TurningPoints([]))
        if points.turns and turn[:2] < points.turns[-1][:2]:
            insort(points.turns, turn, key=lambda one: one[:2])
            points.settle()
            self._draw(key)
            return
        points.turns.append(turn)
        before = points.held
        ended, points.held = step(before, turn)
        if points.held is before:
            return
        edges = self._edges_of.setdefault(key, [])
        if before is not None:  # its edge says that it still holds
            self._remove(edges.pop())
        for period in (*ended, *((drawn(points.held),) if points.held else ())):
            self._add(key, edges, period)

    def _draw(self, key: tuple[str, ...]) -> None:
        """Redraw the periods of one statement."""
        for edge in self._edges_of.pop(key, ()):
            self._remove(edge)
        edges = self._edges_of[key] = []
        for period in self._points[key].periods():
            self._add(key, edges, period)

    def _add(self, key: tuple[str, ...], edges: list[Edge], period: Placed) -> None:
        statement = period.statement
        edge: Edge = (statement.subject, statement.object, (*key, len(edges)))
        self._graph.add_edge(*edge, statement=statement, order=period.order)
        edges.append(edge)
        if self._watch:
            self._watch(edge, period)

    def _remove(self, edge: Edge) -> None:
        self._graph.remove_edge(*edge)
        if self._watch:
            self._watch(edge, None)
