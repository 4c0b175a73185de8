"""News goes round when people meet: to whom, how far, how surely, and never what must be kept."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from company import company, person
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import examples

from npc_engine import Earshot, Engine, Event
from npc_engine.content import Content
from npc_engine.engine.meeting import MOST_AN_HOUR
from npc_engine.mind.gossip import LONGEST_CHAIN
from npc_engine.text import Language

CHATTY = {"temperament": {"talkative": 1.0}}
PLACES = ["inn", "smithy", "bridge"]
HOUR = timedelta(hours=1)


def friends(*others: str, **more: Any) -> dict[str, Any]:
    """Someone who talks, and likes these."""
    felt = {other: {"affinity": 1.0, "trust": 1.0, "familiarity": 1.0} for other in others}
    return {**CHATTY, "relationships": felt, **more}


def two(**more: Any) -> Content:
    ana, ben = person("ana", **friends("ben", **more)), person("ben", **CHATTY)
    return company(ana, ben, person("cleo", home="smithy"))


def load(content: Content, **more: Any) -> Engine:
    return Engine.load(content, model="none", **more)


def meet(engine: Engine, who: str = "ana", times: int = 1) -> list[Event]:
    """Let someone go out and come back to the inn."""
    before = len(engine.events)
    for _ in range(times):
        engine.move(who, "bridge")
        engine.move(who, "inn")
        engine.advance(61)
    return [event for event in engine.events[before:] if event.kind == "gossip"]


def test_who_comes_in_with_news_tells_it() -> None:
    with load(two()) as engine:
        seen = engine.record("Cleo finds a key.", changes=[("cleo", "has", "key")], audience={"ana"})
        (told,) = meet(engine)
        assert (told.actor, told.audience, told.place) == ("ana", {"ana", "ben"}, "inn")
        assert told.cause == seen
        (belief,) = engine.beliefs("ben", "cleo", "has")
        assert (belief.how, belief.by, belief.chain) == ("told", "ana", ("ana",))
        assert belief.confidence < 1
        assert engine.recall("ben", "Cleo key")[0].event_id == told.id
        line = engine.talk_to("ben").say("Who has the key?").line()
        assert "Ana" in line.text
        assert engine.why(line).events == (told,)


@pytest.mark.parametrize(("language", "words"), [("en", "Cleo has the key."), ("zh", "克丽有钥匙。")])
def test_gossip_is_remembered_in_the_games_language(language: Language, words: str) -> None:
    with load(two(), language=language) as engine:
        engine.record("", changes=[("cleo", "has", "key")], audience={"ana"})
        (told,) = meet(engine)
        assert told.text == words


@pytest.mark.parametrize("told_in", ["en", "zh"])
@pytest.mark.parametrize(
    ("language", "asked", "words"),
    [
        ("en", "Do you remember what Ana said about Cleo?", "Cleo does not have the key."),
        ("zh", "你还记得安娜说过克丽什么吗？", "克丽没有钥匙。"),
    ],
)
def test_gossip_is_told_again_in_the_language_of_who_asks(
    told_in: Language, language: Language, asked: str, words: str
) -> None:
    rules = dict(two().predicates)
    rules["has"] = rules["has"].model_copy(
        update={"denial": {"en": "{subject} does not have {object}", "zh": "{subject}没有{object}"}}
    )
    ana, ben, cleo = two().personas.values()
    with load(company(ana, ben, cleo, predicates=rules), language=told_in) as engine:
        engine.record("", changes=[("cleo", "has", "key", False)], audience={"ana"})
        (told,) = meet(engine)
        assert words in engine.talk_to("ben").say(asked, language=language).line().text
        assert engine.events[told.id - 1].text == told.text, "what happened stays as it was"


def test_nothing_is_told_twice_nor_to_whom_it_is_about_or_who_was_there() -> None:
    with load(two()) as engine:
        engine.record("", changes=[("ben", "has", "key")], audience={"ana"})
        engine.record("", changes=[("cleo", "has", "gold")], audience={"ana", "ben"})
        assert meet(engine, times=5) == []
        engine.record("", changes=[("cleo", "has", "key")], audience={"ana"})
        assert len(meet(engine, times=5)) == 1


def test_what_everyone_knows_is_no_news() -> None:
    with load(two()) as engine:
        engine.record("", changes=[("bridge", "condition", "destroyed")], audience={"ana"})
        assert meet(engine, times=5) == []


def test_gossip_can_be_turned_off() -> None:
    with load(two(), gossip=False) as engine:
        engine.record("", changes=[("cleo", "has", "key")], audience={"ana"})
        assert meet(engine, times=5) == []


SECRET = {"id": "key", "facts": ["cleo has key"], "words": {"en": ["key"], "zh": ["钥匙"]}}


def test_a_closed_secret_is_never_told() -> None:
    with load(two(secrets=[{**SECRET, "when": {"world": ["bridge condition sound"]}}])) as engine:
        engine.record("", changes=[("cleo", "has", "key")], audience={"ana"})
        assert meet(engine, times=12) == []
        engine.record("", changes=[("bridge", "condition", "sound")], audience={"cleo"})
        assert [event.claims[0].statement_id for event in meet(engine, times=3)] == ["cleo.has.key"]


@pytest.mark.slow
def test_what_was_confided_is_told_to_nobody_but_whom_it_may_be_told() -> None:
    def share(**how: Any) -> float:
        told = 0
        for seed in range(20):
            with load(two(), seed=seed) as engine:
                engine.tell("ana", ("cleo", "has", "key"), by="player", **how)
                told += len(meet(engine))
        return told / 20

    assert share() > 0.8
    assert share(between_us=True) == 0
    assert share(between_us=True, pass_on=["ben"]) > 0.8


def test_nobody_tells_those_they_cannot_stand() -> None:
    with load(two(relationships={"ben": {"affinity": -1.0, "trust": -1.0}})) as engine:
        engine.record("", changes=[("cleo", "has", "key")], audience={"ana"})
        assert meet(engine, times=8) == []


def test_news_grows_less_sure_with_everyone_it_goes_through_and_stops() -> None:
    ids = [f"p{n}" for n in range(8)]
    homeless = {"home": None, **friends(*ids)}
    with load(company(person("cleo"), *(person(one, **homeless) for one in ids))) as engine:
        for one in ids:
            engine.move(one, "bridge")
        engine.record("", changes=[("cleo", "has", "key")], audience={"p0"})
        engine.move("p0", "smithy")
        for teller, listener in pairwise(ids):
            engine.move(listener, "smithy")
            engine.advance(61)
            engine.record("", changes=[(teller, "at", "inn")], audience=())
        found = [belief for one in ids[1:] for belief in engine.beliefs(one, "cleo", "has")]
        assert [belief.chain for belief in found] == [tuple(ids[:n]) for n in range(1, LONGEST_CHAIN + 1)]
        sure = [belief.confidence for belief in found]
        assert sure == sorted(sure, reverse=True)
        assert sure[0] <= 0.95
        assert sure[-1] < sure[0] - 0.1


def test_those_who_stand_close_overhear() -> None:
    spots = {"ana": (0.0, 0.0), "ben": (1.0, 0.0), "cleo": (0.0, 1.0), "player": (0.5, 0.5)}
    ears = Earshot(positions=spots.get)
    with load(two(), earshot=ears) as engine:
        engine.move("player", "inn")
        engine.record("", changes=[("cleo", "has", "key")], audience={"ana"})
        (told,) = meet(engine)
        assert told.audience == {"ana", "ben", "cleo", "player"}
        spots["player"] = (30.0, 0.0)
        engine.record("", changes=[("cleo", "has", "gold")], audience={"ana"})
        (told,) = meet(engine, times=3)
        assert told.audience == {"ana", "ben", "cleo"}


days = st.lists(
    st.tuples(
        st.sampled_from(["ana", "ben", "dan", "eve"]),
        st.sampled_from(PLACES),
        st.sampled_from(["key", "gold", None]),
        st.integers(1, 90),
    ),
    max_size=30,
)


def play(engine: Engine, day: list[tuple[str, str, str | None, int]]) -> None:
    for who, place, thing, minutes in day:
        engine.move(who, place)
        if thing:
            engine.record("", changes=[("cleo", "has", thing)], audience={who})
        engine.advance(minutes)


@settings(max_examples=examples(25), deadline=None)
@given(days, st.integers(0, 3))
def test_gossip_replays_rebuilds_and_stays_within_its_bounds(
    day: list[tuple[str, str, str | None, int]], seed: int
) -> None:
    ids = ["ana", "ben", "dan", "eve"]
    content = company(
        person("cleo"),
        *(
            person(one, **friends(*ids, secrets=[{**SECRET, "when": {"trust": 1.0, "familiarity": 1.0}}]))
            if one == "eve"
            else person(one, **friends(*(other for other in ids if other != "eve")))
            for one in ids
        ),
    )
    with load(content, seed=seed) as engine, load(content, seed=seed) as again:
        play(engine, day)
        play(again, day)
        assert engine.events == again.events
        before = engine._timeline.projections.state()
        engine.rebuild()
        assert engine._timeline.projections.state() == before
        gossip = [event for event in engine.events if event.kind == "gossip"]
        for event in gossip:
            (claim,) = event.claims
            chain = event.data.get("chain", {}).get(claim.statement_id, [])
            assert len({*chain, event.actor, event.data["to"]}) == len(chain) + 2 <= LONGEST_CHAIN + 1
            hour = [one for one in gossip if one.actor == event.actor and event.at - HOUR < one.at <= event.at]
            assert len(hour) <= MOST_AN_HOUR
            told = engine.events[event.cause - 1]  # type: ignore[operator]
            assert event.actor in told.audience, "one tells what one learned"
        for mind in engine._timeline.projections.minds.values():
            for belief in mind.beliefs.log():
                assert mind.owner not in belief.chain


def test_a_move_with_gossip_costs_little() -> None:
    ids = [f"p{n}" for n in range(20)]
    content = company(person("cleo"), *(person(one, **friends(*ids)) for one in ids))
    with load(content) as engine:
        for n in range(200):
            engine.tell(ids[n % 3], ("cleo", "owes", ids[n % 17 + 3]), by="cleo")
        taken = []
        for n in range(60):
            who, place = ids[n % 20], PLACES[n % 3]
            began = time.perf_counter()
            engine.move(who, place)
            taken.append((time.perf_counter() - began) * 1000)
            engine.advance(7)
        assert any(event.kind == "gossip" for event in engine.events)
        assert statistics.median(taken) < 5, "generous: machines that test are busy"
