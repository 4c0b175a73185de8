"""The views are nothing but the chronicle folded: rebuilding them changes nothing, whatever happened."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import examples

from npc_engine.chronicle import Change, Event, FeelingChange
from npc_engine.content import load_content
from npc_engine.engine import Engine
from npc_engine.mind import CompiledWorld, Projections
from npc_engine.testing import SMALL_WORLD

CONTENT = load_content(SMALL_WORLD)
COMPILED = CompiledWorld(CONTENT.entities, CONTENT.predicates, CONTENT.facts, CONTENT.personas)
PEOPLE = ["mira", "tomas", "player", "pip"]
THINGS = ["bridge", "key", "gold", "smithy"]

people = st.sampled_from(PEOPLE)
changes = st.builds(
    Change,
    st.sampled_from(PEOPLE + THINGS),
    st.sampled_from(sorted(COMPILED.predicates)),
    st.sampled_from(PEOPLE + THINGS + ["sound", "destroyed"]),
    st.booleans(),
    st.dictionaries(st.just("amount"), st.integers(0, 20), max_size=1),
)
feelings = st.builds(
    FeelingChange,
    people,
    people,
    st.sampled_from(["affinity", "trust", "fear", "familiarity", "mood"]),
    st.floats(-2, 2, allow_nan=False),
)


@st.composite
def an_event(draw: st.DrawFn, number: int) -> Event:
    return Event(
        id=number,
        at=datetime(1204, 5, 4) + timedelta(minutes=draw(st.integers(-60, 6000))),
        kind=draw(st.sampled_from(["said", "changed", "moved"])),
        audience=draw(st.frozensets(people, max_size=4)),
        text=draw(st.sampled_from(["", "The bridge is gone.", "Mira 有钥匙。", "Tomas owes Mira money."])),
        actor=draw(st.none() | people),
        changes=tuple(draw(st.lists(changes, max_size=2))),
        claims=tuple(draw(st.lists(changes, max_size=2))),
        feelings=tuple(draw(st.lists(feelings, max_size=2))),
        data={"confidence": {}},
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    return [draw(an_event(number)) for number in range(1, draw(st.integers(1, 25)) + 1)]


@pytest.mark.slow
@settings(max_examples=examples(150), deadline=None)
@given(histories())
def test_folding_again_gives_the_same_views(history: list[Event]) -> None:
    grown = Projections(COMPILED)
    for event in history:
        grown.apply(event)
    assert Projections(COMPILED, history).state() == grown.state()


@pytest.mark.slow
@settings(max_examples=examples(60), deadline=None)
@given(histories())
def test_what_is_stored_folds_to_the_same_views(history: list[Event]) -> None:
    stored = [Event.from_dict(event.id, event.at, event.as_dict()) for event in history]
    assert Projections(COMPILED, stored).state() == Projections(COMPILED, history).state()


@settings(max_examples=examples(60), deadline=None)
@given(histories())
def test_nobody_knows_what_they_did_not_perceive(history: list[Event]) -> None:
    projections = Projections(COMPILED, history)
    for owner, mind in projections.minds.items():
        witnessed = {event.id for event in history if owner in event.audience}
        assert {memory.event_id for memory in mind.memories} <= witnessed
        assert {belief.event for belief in mind.beliefs.log()} - {None} <= witnessed


@settings(max_examples=examples(60), deadline=None)
@given(histories(), st.integers(-60, 6000))
def test_what_was_believed_then_is_what_the_past_alone_gives(history: list[Event], minutes: int) -> None:
    moment = datetime(1204, 5, 4) + timedelta(minutes=minutes)
    in_order = sorted(history, key=lambda event: event.at)
    ordered = [Event.from_dict(n, event.at, event.as_dict()) for n, event in enumerate(in_order, start=1)]
    before = [event for event in ordered if event.at <= moment]
    for owner in PEOPLE:
        now, then = (
            Projections(COMPILED, ordered).mind(owner).beliefs,
            Projections(COMPILED, before).mind(owner).beliefs,
        )
        assert list(now.as_of(moment)) == list(then)


def test_a_played_game_rebuilds_to_itself() -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        mira = engine.talk_to("mira")
        for said in ("Hello", "Who owes you money?", "Tomas has the key", "You liar", "Where is the gold?"):
            mira.say(said, overheard_by={"tomas"}).line()
        engine.record("The bridge is mended.", changes=[("bridge", "condition", "sound")], audience={"mira"})
        engine.advance(600)
        before = engine._timeline.projections.state()
        engine.rebuild()
        assert engine._timeline.projections.state() == before
        assert engine._timeline.projections.mind("mira").memories[0].text == "Hello"
