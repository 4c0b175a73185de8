"""The truth: what holds when, what follows, and how it is said."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npc_engine.chronicle import Change, Event
from npc_engine.world import Entity, Perspective, Predicate, Statement, Wording, World
from npc_engine.world.definitions import FactDefinition
from npc_engine.world.names import Names
from npc_engine.world.wording import number_words

DAY = datetime(1204, 5, 4)
ENTITIES = {
    entity.id: entity
    for entity in (
        Entity(id="tomas", kind="person", names={"en": "Tomas", "zh": "托马斯"}, pronoun="he"),
        Entity(id="mira", kind="person", names={"en": "Mira", "zh": "米拉"}, pronoun="she"),
        Entity(id="bridge", names={"en": "bridge", "zh": "桥"}, proper=False, kind="place"),
        Entity(
            id="inn", names={"en": "Heron", "zh": "苍鹭客栈"}, aliases={"en": ["The Heron", "tavern"]}, proper=False
        ),
    )
}
PREDICATES = {
    predicate.id: predicate
    for predicate in (
        Predicate(
            id="owes",
            wording={
                "en": "{subject} {owes|owe} {object} {amount} silver coins",
                "zh": "{subject}欠{object}{amount}枚银币",
            },
        ),
        Predicate(id="condition", wording={"en": "{subject} {is|am|are} {object}"}, single_valued=True),
        Predicate(id="near", wording={"en": "{subject} is near {object}"}, symmetric=True, transitive=True),
        Predicate(id="parent_of", wording={"en": "{subject} is {object's} parent"}, inverse="child_of"),
        Predicate(id="child_of", wording={"en": "{subject} is {object's} child"}),
    )
}


def world(*facts: str) -> World:
    return World(ENTITIES, PREDICATES, [FactDefinition(fact=fact) for fact in facts])


def changed(event_id: int, day: int, *changes: Change) -> Event:
    return Event(event_id, DAY + timedelta(days=day), "changed", frozenset(), changes=changes)


def test_a_single_valued_statement_ends_when_another_begins() -> None:
    there = world("bridge condition sound")
    there.apply(changed(1, 2, Change("bridge", "condition", "destroyed")))
    assert [s.object for s in there.ask("bridge", "condition")] == ["destroyed"]
    assert [s.object for s in there.ask("bridge", "condition", at=DAY)] == ["sound"]
    assert [(s.object, s.until) for s in there.history("bridge")] == [
        ("sound", DAY + timedelta(days=2)),
        ("destroyed", None),
    ]


def test_a_change_recorded_late_takes_its_place_in_time() -> None:
    there = world()
    there.apply(changed(1, 5, Change("bridge", "condition", "mended")))
    there.apply(changed(2, 2, Change("bridge", "condition", "destroyed")))
    assert [s.object for s in there.ask("bridge", at=DAY + timedelta(days=3))] == ["destroyed"]
    assert [s.object for s in there.ask("bridge")] == ["mended"]


def test_a_statement_can_cease_to_hold() -> None:
    there = world("tomas owes mira")
    there.apply(changed(1, 1, Change("tomas", "owes", "mira", holds=False)))
    assert there.ask("tomas", "owes") == []
    assert there.holds("tomas owes mira", at=DAY)


def test_rules_give_what_was_never_said() -> None:
    there = world("inn near bridge", "bridge near mill", "mira parent_of tomas")
    assert {s.object for s in there.ask("inn", "near")} == {"bridge", "mill"}
    assert [s.basis for s in there.ask("mill", "near", "inn")] == [("bridge.near.mill", "inn.near.bridge")]
    assert [s.object for s in there.ask("tomas", "child_of")] == ["mira"]
    assert [s.subject for s in there.ask(None, "parent_of", "tomas")] == ["mira"]


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from("abc"), st.booleans()), max_size=12))
def test_a_single_value_holds_at_a_time(turns: list[tuple[int, str, bool]]) -> None:
    there = world()
    for number, (day, value, holds) in enumerate(turns, start=1):
        there.apply(changed(number, day, Change("bridge", "condition", value, holds)))
    for day in range(11):
        assert len(there.ask("bridge", "condition", at=DAY + timedelta(days=day))) <= 1


@pytest.mark.parametrize(
    ("speaker", "listener", "english", "chinese"),
    [
        (None, None, "Tomas owes Mira twelve silver coins.", "托马斯欠米拉十二枚银币。"),
        ("tomas", "mira", "I owe you twelve silver coins.", "我欠你十二枚银币。"),
        ("mira", "tomas", "You owe me twelve silver coins.", "你欠我十二枚银币。"),
    ],
)
def test_a_statement_is_said_from_where_one_stands(
    speaker: str | None, listener: str | None, english: str, chinese: str
) -> None:
    wording = Wording(ENTITIES, PREDICATES)
    debt = Statement("tomas", "owes", "mira", {"amount": 12})
    view = Perspective(speaker, listener)
    assert wording.sentence(debt, "en", view) == english
    assert wording.sentence(debt, "zh", view) == chinese


def test_who_was_just_named_becomes_a_pronoun() -> None:
    wording = Wording(ENTITIES, PREDICATES)
    debt = Statement("tomas", "owes", "mira", {"amount": 2})
    assert wording.sentence(debt, "en", Perspective(mentioned="tomas")) == "He owes Mira two silver coins."
    assert wording.sentence(debt, "zh", Perspective(mentioned="tomas")) == "他欠米拉两枚银币。"


def test_what_nobody_worded_can_be_said_all_the_same() -> None:
    wording = Wording(ENTITIES, PREDICATES)
    assert wording.sentence(Statement("mira", "fond_of", "bridge"), "en") == "Mira fond of the bridge."


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (2, "two", "两"),
        (12, "twelve", "十二"),
        (20, "twenty", "二十"),
        (45, "forty-five", "四十五"),
        (120, "120", "120"),
    ],
)
def test_numbers_are_said_in_words(number: int, english: str, chinese: str) -> None:
    assert number_words(number, "en") == english
    assert number_words(number, "zh") == chinese


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Is Mira at the Heron?", ["mira", "inn"]),
        ("mira's tavern", ["mira", "inn"]),
        ("托马斯欠米拉钱吗", ["tomas", "mira"]),
        ("Mira 在苍鹭客栈吗", ["mira", "inn"]),
        ("the admiral", []),
        ("Is teh bridgge safe", ["bridge"]),
    ],
)
def test_names_are_found_in_what_people_write(text: str, found: list[str]) -> None:
    assert [mention.entity for mention in Names(ENTITIES).find(text, misspelt=True)] == found
