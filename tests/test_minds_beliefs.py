"""What makes someone believe a thing: who says so, what speaks against it, and when it was learned."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from company import company, person
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import examples

from npc_engine import Belief, Engine, Statement
from npc_engine.mind.beliefs import YIELDS_AT, Beliefs
from npc_engine.mind.evidence import agree, combined, sources
from npc_engine.world import Predicate

START = datetime(1204, 5, 4)
RULES = {
    "condition": Predicate(id="condition", wording={"en": "…"}, single_valued=True),
    "owes": Predicate(id="owes", wording={"en": "…"}),
}
TELLERS = ["ana", "ben", "cleo", "dan"]


def told(*chain: str, sure: float = 0.6, of: str = "bridge condition sound", holds: bool = True, n: int = 0) -> Belief:
    at = START + timedelta(minutes=n)
    return Belief(Statement(*of.split()), "told", sure, holds, chain[-1], at, n, chain)


def mind(*beliefs: Belief) -> Beliefs:
    found = Beliefs(RULES)
    for belief in beliefs:
        found.adopt(belief)
    return found


def sure_of(beliefs: Beliefs, statement: str) -> float:
    held = beliefs.stance(statement)
    return held.confidence if held else 0.0


def test_two_who_say_the_same_are_believed_more_than_one() -> None:
    beliefs = mind(told("ana", sure=0.6), told("ben", sure=0.5))
    (held,) = beliefs.ask("bridge", "condition")
    assert held.confidence == pytest.approx(1 - 0.4 * 0.5)
    assert (held.by, held.backed_by) == ("ana", ("ben",))


@pytest.mark.parametrize(
    "again", [("ana",), ("ana", "ben"), ("ana", "cleo", "ben")], ids=["herself", "through ben", "through two"]
)
def test_what_leads_back_to_the_same_source_makes_nobody_surer(again: tuple[str, ...]) -> None:
    assert sure_of(mind(told("ana"), told(*again)), "bridge.condition.sound") == 0.6


def test_both_sides_of_a_contradiction_are_kept() -> None:
    beliefs = mind(told("ana", sure=0.7), told("ben", sure=0.5, of="bridge condition destroyed"))
    ((held, other),) = beliefs.contested("bridge")
    assert (held.statement.object, held.by) == ("sound", "ana")
    assert (other.statement.object, other.by, other.confidence) == ("destroyed", "ben", 0.5)
    assert beliefs.contested("bridge", object="destroyed") == []


def test_a_mind_changes_when_more_comes_to_speak_against_it() -> None:
    beliefs = mind(told("ana", sure=0.7), told("ben", sure=0.6, of="bridge condition destroyed"))
    assert beliefs.stance("bridge.condition.sound") is not None
    assert beliefs.adopt(told("cleo", sure=0.6, of="bridge condition destroyed"))
    assert beliefs.stance("bridge.condition.sound") is None
    ((held, other),) = beliefs.contested()
    assert held.confidence == pytest.approx(0.84)
    assert (other.by, other.confidence) == ("ana", 0.7)


def test_a_strangers_word_brings_nobody_back_to_what_they_gave_up() -> None:
    saw = Belief(Statement("bridge", "condition", "destroyed"), "saw", 1.0, at=START, event=1)
    beliefs = mind(saw, told("ana", sure=YIELDS_AT), told("ben", sure=0.5, of="bridge condition destroyed"))
    assert sure_of(beliefs, "bridge.condition.sound") == YIELDS_AT


def test_what_one_sees_change_is_no_contradiction() -> None:
    saw = Belief(Statement("bridge", "condition", "sound"), "saw", 1.0, at=START, event=9)
    beliefs = mind(told("ana", sure=0.9, of="bridge condition destroyed"), saw)
    assert beliefs.contested() == []
    assert sure_of(beliefs, "bridge.condition.sound") == 1.0


def test_other_amounts_contradict_too() -> None:
    twelve = Belief(Statement("tomas", "owes", "mira", {"amount": 12}), "authored", 0.9)
    twenty = Belief(Statement("tomas", "owes", "mira", {"amount": 20}), "told", 0.6, by="pip", chain=("pip",))
    beliefs = mind(twelve, twenty)
    ((held, other),) = beliefs.contested("tomas")
    assert (held.statement.qualifiers["amount"], other.statement.qualifiers["amount"]) == (12, 20)
    assert held.confidence == 0.9


testimony = st.builds(
    lambda chain, sure, object_, holds, n: told(
        *chain, sure=round(sure, 2), of=f"bridge condition {object_}", holds=holds, n=n
    ),
    st.lists(st.sampled_from(TELLERS), min_size=1, max_size=3, unique=True),
    st.floats(0.1, 1),
    st.sampled_from(["sound", "destroyed"]),
    st.booleans(),
    st.integers(1, 5000),
)


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(testimony, max_size=12))
def test_beliefs_never_contradict_each_other_and_none_is_lost(learned: list[Belief]) -> None:
    beliefs = mind(*learned)
    held = [belief for belief in beliefs if belief.holds]
    assert len({belief.statement.object for belief in held}) == len(held) <= 1
    assert beliefs.log() == tuple(learned)
    assert bool(list(beliefs)) == bool(learned)
    for side, *others in beliefs.contested():
        assert side in list(beliefs)
        assert others
        assert not any(agree(side, other) for other in others)


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(testimony, max_size=10), testimony)
def test_saying_it_again_changes_nothing(learned: list[Belief], last: Belief) -> None:
    once = mind(*learned, last)
    state, sides = list(once), once.contested()
    once.adopt(last)
    assert (list(once), once.contested()) == (state, sides)


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(testimony, min_size=1, max_size=10))
def test_grounds_add_up_to_more_than_any_of_them_but_never_to_more_than_all(grounds: list[Belief]) -> None:
    same = [belief for belief in grounds if agree(belief, grounds[0])]
    whole = combined(same)
    doubt = 1.0
    for ground in same:
        doubt *= 1 - ground.confidence
    assert max(ground.confidence for ground in same) <= whole.confidence <= 1 - doubt + 1e-4
    if len({whom for ground in same for whom in sources(ground)}) == 1:
        assert whole.confidence == max(ground.confidence for ground in same)


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(testimony, max_size=12), st.integers(0, 5000))
def test_asking_of_the_past_folds_only_the_past(learned: list[Belief], minutes: int) -> None:
    learned.sort(key=lambda belief: belief.at or START)
    moment = START + timedelta(minutes=minutes)
    then = mind(*(belief for belief in learned if belief.at and belief.at <= moment))
    as_of = mind(*learned).as_of(moment)
    assert list(as_of) == list(then)
    assert as_of.contested() == then.contested()


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(testimony, max_size=10), testimony)
def test_whether_it_would_be_held_can_be_asked_beforehand(learned: list[Belief], last: Belief) -> None:
    beliefs = mind(*learned)
    before = list(beliefs)
    expected = beliefs.would_hold(last)
    assert list(beliefs) == before
    assert beliefs.adopt(last) == expected


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_belief_says_whom_it_came_through(language: str) -> None:
    village = company(person("ana"), person("ben", temperament={"trusting": 1.0}), person("cleo"), person("dan"))
    with Engine.load(village, model="none", gossip=False) as engine:
        engine.language = language  # type: ignore[assignment]
        engine.tell("ben", ("ana", "has", "key"), by="cleo")
        engine.tell("ben", ("ana", "has", "key"), by="player")
        (belief,) = engine.beliefs("ben", "ana", "has")
        assert belief.confidence > 0.85
        asked = {"en": "Who has the key?", "zh": "谁有钥匙？"}[language]
        line = engine.talk_to("ben", speaker="dan").say(asked, language=language).line()  # type: ignore[arg-type]
        assert line.facts[0].belief.id == "ana.has.key"
        assert engine.events[-1].data["chain"] == {"ana.has.key": list(belief.chain)}
        (heard,) = engine.beliefs("dan", "ana", "has")
        assert heard.chain == (*belief.chain, "ben")
        assert heard.confidence < belief.confidence
        why = str(engine.why(line))
        assert engine.name(belief.backed_by[0], language) in why  # type: ignore[arg-type]


def test_ones_own_words_coming_back_prove_nothing() -> None:
    with Engine.load(company(person("ana"), person("ben")), model="none", gossip=False) as engine:
        engine.tell("ben", ("key", "buried_at", "bridge"), by="ana")
        line = engine.talk_to("ben", speaker="ana").say("Where is the key buried?").line()
        assert [fact.id for fact in line.facts] == ["key.buried_at.bridge"]
        assert engine.beliefs("ana", "key", "buried_at") == []


def test_one_can_be_wrong_and_the_engine_says_what_both_sides_are() -> None:
    with Engine.load(company(person("ana"), person("ben")), model="none", gossip=False) as engine:
        engine.record("The bridge is mended.", changes=[("bridge", "condition", "sound")], audience={"ana"})
        assert engine.beliefs("ben", "bridge", "condition")[0].statement.object == "destroyed"
        engine.tell("ben", ("bridge", "condition", "sound"), by="ana")
        ((held, other),) = engine.contested("ben", "bridge")
        assert (held.statement.object, other.statement.object, other.by) == ("destroyed", "sound", "ana")
        assert engine.contested("ana") == []
