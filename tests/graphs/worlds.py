"""Generated worlds and histories for the graph: rules of every kind, ids that would be Cypher, lies and confidences."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from company import company, person
from hypothesis import strategies as st

from npc_engine.chronicle import Change, Event, FeelingChange
from npc_engine.mind import CompiledWorld
from npc_engine.persona import Relationship, Secret
from npc_engine.world import Entity, Predicate
from npc_engine.world.definitions import FactDefinition

START = datetime(1204, 5, 4, 8)
CAST = company(person("ana"), person("ben", home=None), person("cleo", temperament={"trusting": 1.0})).personas
PEOPLE = ["ana", "ben", "cleo", "player"]
PLACES = ["inn", "ford", "hill"]
HOSTILE = ["`) DETACH DELETE (n", "a.b", "'; MATCH (n) DELETE n //", "{x: 1}", "\\u0060", "桥", "$a", "e:ana", "a|b"]
"""Ids that a game may use, and that would be Cypher if they ever stood in a query."""
NAMES = [*PEOPLE, *PLACES, *HOSTILE]
RULES = ["near", "inside", "holds_within", "owes", "condition", "believes"]
PREDICATES = [*RULES, "not`declared", "other"]

names, people = st.sampled_from(NAMES), st.sampled_from(PEOPLE)
qualifiers = st.sampled_from([{}, {}, {"amount": 12}, {"amount": 2**70}, {"note": "`'\"$x", "deep": {"a": [1, None]}}])
changes = st.builds(Change, names, st.sampled_from(PREDICATES), names, st.booleans(), qualifiers)


@st.composite
def worlds(draw: st.DrawFn) -> CompiledWorld:
    """Return what authors declare: rules that are symmetric, inverse, transitive and single-valued as it comes."""
    flags = st.booleans()
    predicates = {
        one: Predicate(id=one, wording={"en": "{subject} - {object}"}, symmetric=draw(flags), transitive=draw(flags),
                       single_valued=draw(flags))
        for one in RULES
    }  # fmt: skip
    if draw(flags):
        predicates["inside"] = predicates["inside"].model_copy(update={"inverse": "holds_within"})
    entities = {one: persona.entity for one, persona in CAST.items()}
    entities |= {one: Entity(id=one, kind="place", names={"en": one, "zh": "地"}) for one in PLACES}
    entities["player"] = Entity(id="player", kind="person", names={"en": "you"})
    return CompiledWorld(entities, predicates, tuple(draw(st.lists(_facts(), max_size=5))), draw(_personas()), START)


@st.composite
def _facts(draw: st.DrawFn) -> FactDefinition:
    ids = st.sampled_from([*PEOPLE, *PLACES])
    since = draw(st.sampled_from([None, START - timedelta(days=1), START]))
    until = draw(st.sampled_from([None, None, START + timedelta(minutes=30)]))
    fact = f"{draw(ids)} {draw(st.sampled_from(RULES))} {draw(ids)}"
    return FactDefinition(fact=fact, since=since, until=until, common=draw(st.booleans()))


@st.composite
def _personas(draw: st.DrawFn) -> dict[str, Any]:
    secret = Secret(id="kept", facts=["ana owes ben"], words={"en": ["debt"]}, when=[{"trust": 0.9}])  # type: ignore[list-item]
    felt = {"ben": Relationship(affinity=draw(st.sampled_from([-0.5, 0.25])), trust=0.5)}
    ana = CAST["ana"].model_copy(update={"secrets": [secret], "relationships": felt, "knows": ["* near *"]})
    return {**CAST, "ana": ana if draw(st.booleans()) else CAST["ana"]}


@st.composite
def histories(draw: st.DrawFn, most: int = 12) -> list[Event]:
    """Return events, some told late, some in confidence, some that move feelings or edit a mind."""
    count = draw(st.integers(0, most))
    events: list[Event] = []
    for number in range(1, count + 1):
        claimed, done = draw(st.lists(changes, max_size=2)), draw(st.lists(changes, max_size=2))
        data: dict[str, Any] = {}
        if claimed and draw(st.booleans()):
            data["confidence"] = {claimed[0].statement_id: draw(st.sampled_from([0.3, 0.7]))}
            data["chain"] = {claimed[0].statement_id: draw(st.lists(people, max_size=2, unique=True))}
        data |= draw(st.sampled_from([{}, {}, {"volume": "whisper"}, {"confided": True, "pass_on": ["ben"]}]))
        if number > 1 and draw(st.integers(0, 5)) == 0:
            data["confides"] = [draw(st.integers(1, number - 1))]
        if draw(st.integers(0, 3)) == 0:
            data["told"] = [["name", "self", draw(st.sampled_from(["Anna", "`Bob`"]))]]
        if draw(st.integers(0, 6)) == 0:
            data = {"edit": draw(st.sampled_from([{"confidence": 0.5}, {"unlearns": "ana.owes.ben"}]))}
        aspects = st.sampled_from(["trust", "fear", "mood", "affinity"])
        moved = draw(st.lists(st.builds(FeelingChange, people, people, aspects, st.floats(-1, 1)), max_size=1))
        minutes, late = number * 10, draw(st.sampled_from([0, 0, 0, 45]))
        events.append(
            Event(
                id=number,
                at=START + timedelta(minutes=minutes - late, microseconds=draw(st.sampled_from([0, 500_000]))),
                kind=draw(st.sampled_from(["said", "changed"])),
                audience=draw(st.frozensets(people, max_size=4)),
                text="They talked.",
                actor=draw(st.none() | people),
                changes=tuple(done),
                claims=tuple(claimed),
                feelings=tuple(moved),
                data=data,
            )
        )
    return events


moments = st.none() | st.integers(-60, 200).map(lambda minutes: START + timedelta(minutes=minutes))
parts = st.tuples(st.none() | names, st.none() | st.sampled_from(PREDICATES), st.none() | names)
