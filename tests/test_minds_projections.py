"""Minds are the chronicle folded, whatever stands in it: hearsay with its chains, lies, whispers, things shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from company import company, person
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import examples

from npc_engine.chronicle import Change, Event, FeelingChange
from npc_engine.mind import CompiledWorld, Projections

CONTENT = company(person("ana"), person("ben", home=None), person("cleo", temperament={"trusting": 1.0}))
COMPILED = CompiledWorld(CONTENT.entities, CONTENT.predicates, CONTENT.facts, CONTENT.personas, CONTENT.world.start)
PEOPLE = ["ana", "ben", "cleo", "player"]
START = CONTENT.world.start

people = st.sampled_from(PEOPLE)
claims = st.one_of(
    st.tuples(people, st.just("has"), st.sampled_from(["key", "gold"]), st.booleans()),
    st.tuples(st.just("bridge"), st.just("condition"), st.sampled_from(["sound", "destroyed"]), st.booleans()),
    st.tuples(people, st.just("at"), st.sampled_from(["inn", "smithy"]), st.just(True)),
    st.tuples(*map(st.just, ("ana", "owes", "ben", True)), st.sampled_from([{"amount": 12}, {"amount": 20}])),
).map(lambda parts: Change(*parts))


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    minutes = sorted(draw(st.lists(st.integers(0, 5000), min_size=1, max_size=20)))
    events: list[Event] = []
    for number, minute in enumerate(minutes, start=1):
        said = tuple(draw(st.lists(claims, max_size=2)))
        data: dict[str, Any] = {
            "confidence": {claim.statement_id: draw(st.sampled_from([0.3, 0.7, 1.0])) for claim in said},
            "chain": {claim.statement_id: draw(st.lists(people, max_size=3, unique=True)) for claim in said},
            "volume": draw(st.sampled_from(["whisper", "shout"])),
            "shown": draw(st.lists(st.sampled_from(["key", "gold"]), max_size=1)),
        }
        feelings = draw(
            st.lists(st.builds(FeelingChange, people, people, st.just("trust"), st.floats(-1, 1)), max_size=1)
        )
        events.append(
            Event(
                id=number,
                at=START + timedelta(minutes=minute),
                kind=draw(st.sampled_from(["said", "gossip", "changed", "shown"])),
                audience=draw(st.frozensets(people, max_size=4)),
                text=draw(st.sampled_from(["", "The bridge is gone.", "安娜有钥匙。"])),
                actor=draw(st.none() | people),
                changes=tuple(draw(st.lists(claims, max_size=1))),
                claims=said,
                feelings=tuple(feelings),
                data=data,
            )
        )
    return events


@settings(max_examples=examples(60), deadline=None)
@given(histories())
def test_what_is_stored_folds_to_the_same_minds(history: list[Event]) -> None:
    grown = Projections(COMPILED)
    for event in history:
        grown.apply(event)
    stored = [Event.from_dict(event.id, event.at, event.as_dict()) for event in history]
    assert Projections(COMPILED, stored).state() == grown.state()


@pytest.mark.slow
@settings(max_examples=examples(60), deadline=None)
@given(histories(), st.integers(0, 5000))
def test_what_was_believed_is_what_the_past_alone_gives(history: list[Event], minutes: int) -> None:
    moment = START + timedelta(minutes=minutes)
    now, then = (
        Projections(COMPILED, history),
        Projections(COMPILED, [event for event in history if event.at <= moment]),
    )
    for owner in PEOPLE:
        as_of, past = now.mind(owner).beliefs.as_of(moment), then.mind(owner).beliefs
        assert list(as_of) == list(past)
        assert as_of.contested() == past.contested()


@settings(max_examples=examples(60), deadline=None)
@given(histories())
def test_nobody_holds_or_has_news_of_what_they_did_not_perceive(history: list[Event]) -> None:
    projections = Projections(COMPILED, history)
    for owner, mind in projections.minds.items():
        there = {event.id for event in history if owner in event.audience}
        learned = [*mind.beliefs.log(), *mind.beliefs, *(tiding.belief for tiding in mind.news)]
        sides = [side for several in mind.beliefs.contested() for side in several]
        assert {belief.event for belief in (*learned, *sides)} - {None} <= there
        assert {memory.event_id for memory in mind.memories} <= there
        assert not any(owner in belief.chain for belief in learned)
        assert not any(belief.how == "lie" for belief in learned)
        said = {claim.statement_id for event in history if event.actor == owner for claim in event.claims}
        assert mind.told.keys() <= said
        assert {thing for _, thing in mind.shown} <= {
            thing for event in history if event.id in there for thing in event.data["shown"]
        }


def test_a_day_long_ago_is_still_a_fold() -> None:
    projections = Projections(COMPILED, [Event(1, datetime(1, 1, 1), "said", frozenset({"ana"}), "…", "ben")])
    assert len(projections.mind("ana").memories) == 1
