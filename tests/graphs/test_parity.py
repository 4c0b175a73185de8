"""What is asked of a world on a server is answered as by one in memory; a graph is what its chronicle makes of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from sampling import examples

from npc_engine.chronicle import Event
from npc_engine.graphs import Fold, GraphWorld, folded, mapping
from npc_engine.graphs.bolt import Bolt
from npc_engine.graphs.opening import open_bolt
from npc_engine.graphs.store import GraphStore, Mark
from npc_engine.mind import CompiledWorld, Projections
from npc_engine.world import World

from .conftest import settings
from .server import Server
from .worlds import NAMES, PEOPLE, histories, moments, parts, worlds

FEW, MANY = 8, 250
"""Worlds and histories that are compared, for each of the two libraries: in every run, and in `make long`."""

numbers = itertools.count()


@contextmanager
def graph(bolt: Bolt, compiled: CompiledWorld) -> Iterator[tuple[GraphStore, GraphWorld]]:
    """Yield a game's graph of its own, and the world that is read from it."""
    slot = f"parity-{next(numbers)}"
    store = GraphStore(bolt, "generated", slot, "test")
    store.take_over()
    yield store, GraphWorld(lambda: bolt, compiled.predicates, "generated", slot)  # what it holds goes with the server


def in_batches(store: GraphStore, compiled: CompiledWorld, events: list[Event], cut: int) -> Fold:
    """Write a history in two batches, and return what it was folded to."""
    fold = folded(compiled, events[:cut])
    store.write(fold.delta(), Mark(cut, "half", ""))
    for event in events[cut:]:
        fold.take(event)
    store.write(fold.delta(), Mark(len(events), "whole", ""))
    return fold


@pytest.fixture(scope="module", params=["py2neo", "neo4j"])
def bolt(request: pytest.FixtureRequest, server: Server) -> Iterator[Bolt]:
    one = open_bolt(settings(server, library=request.param))
    GraphStore(one, "generated", "any", "test").prepare()
    yield one
    one.close()


QUESTIONS = st.lists(st.tuples(parts, moments), min_size=4, max_size=6)


@trying(max_examples=FEW, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds(), histories(), st.integers(0, 12), QUESTIONS)
def test_every_question_has_the_same_answer(
    bolt: Bolt, compiled: CompiledWorld, events: list[Event], cut: int, asked: list[Any]
) -> None:
    compare(bolt, compiled, events, cut, asked)


@pytest.mark.long
@trying(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds(), histories(), st.integers(0, 12), QUESTIONS)
def test_every_question_has_the_same_answer_in_hundreds_of_worlds(
    bolt: Bolt, compiled: CompiledWorld, events: list[Event], cut: int, asked: list[Any]
) -> None:
    compare(bolt, compiled, events, cut, asked)


def compare(bolt: Bolt, compiled: CompiledWorld, events: list[Event], cut: int, asked: list[Any]) -> None:
    """Ask a world on a server and one in memory the same."""
    memory = World(compiled.entities, compiled.predicates, compiled.facts)
    for event in events:
        memory.apply(event)
    with graph(bolt, compiled) as (store, there):
        in_batches(store, compiled, events, min(cut, len(events)))
        for (subject, predicate, object_), at in asked:
            question = f"{subject} {predicate} {object_} {at}"
            assert there.ask(subject, predicate, object_, at=at) == memory.ask(subject, predicate, object_, at=at), (
                question
            )
            if subject:
                assert there.around(subject, 2, at=at) == memory.around(subject, 2, at=at), question
        assert there.history() == memory.history()
        # The minds in the graph are those that the game itself folds, and following is the same as building whole.
        rows = store.rows()
        assert rows == folded(compiled, events).delta().new
        game = Projections(compiled, events)
        for owner in PEOPLE:
            mind = game.mind(owner)
            believed = {key[2]: row.said for key, row in rows.items() if key[:2] == ("BELIEVES", f"e:{owner}")}
            assert believed == {f"s:{one.id}": mapping.belief(one) for one in mind.beliefs}
            felt = {key[2]: row.said for key, row in rows.items() if key[:2] == ("FEELS", f"e:{owner}")}
            assert felt == {
                f"e:{other}": mapping.felt(mind.feelings.toward(other)) for other in mind.feelings.plain()[0]
            }


@pytest.mark.slow
@given(worlds(), histories(), st.integers(0, 12), st.integers(0, 12))
@trying(max_examples=examples(200), deadline=None)
def test_a_delta_leads_from_any_state_to_any_other(
    compiled: CompiledWorld, events: list[Event], here: int, there: int
) -> None:
    earlier, later = folded(compiled, events[:here]), folded(compiled, events[:there])
    standing = dict(earlier.delta().new)
    later.rows.after(earlier.rows)
    delta = later.delta()
    for key in delta.gone:
        del standing[key]
    assert not standing.keys() & delta.new.keys()
    assert delta.changed.keys() <= standing.keys()
    assert {**standing, **delta.new, **delta.changed} == folded(compiled, events[:there]).delta().new


def test_the_same_mistakes_are_the_same_errors(bolt: Bolt) -> None:
    compiled = CompiledWorld()
    with graph(bolt, compiled) as (_, there):
        for world in (World(), there):
            with pytest.raises(ValueError, match="not enough values"):
                world.holds("two words")
            with pytest.raises(TypeError, match="offset-naive"):
                world.ask("bridge", at=datetime(1204, 5, 4, tzinfo=UTC))
            assert world.ask("nobody") == []


@pytest.mark.parametrize("name", NAMES)
def test_an_id_never_becomes_part_of_a_query(bolt: Bolt, name: str) -> None:
    compiled = CompiledWorld()
    with graph(bolt, compiled) as (store, there):
        fold = Fold(compiled)
        change = (name, name, name, True, {name: name})
        fold.take(Event.from_dict(1, datetime(1204, 5, 4), {"kind": "x", "audience": [name], "changes": [change]}))
        store.write(fold.delta(), Mark(1, "", ""))
        (found,) = there.ask(name)
        assert (found.subject, found.predicate, found.object) == (name, name, name)
        assert store.rows() == {**fold_rows(compiled, name, change)}


def fold_rows(compiled: CompiledWorld, name: str, change: Any) -> dict[Any, Any]:
    event = Event.from_dict(1, datetime(1204, 5, 4), {"kind": "x", "audience": [name], "changes": [change]})
    return folded(compiled, [event]).delta().new
