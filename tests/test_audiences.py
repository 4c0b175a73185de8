"""Who hears what: by place, loudness, distance and walls; and in company, by who was there."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator

import pytest
from company import company, person
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import examples

from npc_engine import Earshot, Engine, TurnCancelledError, UnknownNameError
from npc_engine.content import load_content
from npc_engine.mind import Volume
from npc_engine.testing import SMALL_WORLD, ScriptedModel
from npc_engine.text import Language
from npc_engine.world import Predicate
from npc_engine.world.definitions import FactDefinition

BESIDE = Predicate(id="beside", wording={"en": "…", "zh": "…"}, within_call=True)
WHERE = {"ana": "inn", "ben": "inn", "cleo": "smithy", "dan": "bridge"}
PEOPLE = [person(who, home=place) for who, place in WHERE.items()]
VILLAGE = company(
    *PEOPLE,
    predicates={**load_content(SMALL_WORLD).predicates, "beside": BESIDE},
    facts=(FactDefinition(fact="smithy beside inn"),),
)


def load(**more: object) -> Engine:
    return Engine.load(VILLAGE, **{"model": "none", "gossip": False, **more})  # type: ignore[arg-type]


@pytest.fixture
def engine() -> Iterator[Engine]:
    with load() as engine:
        engine.move("player", "inn")
        yield engine


def heard(engine: Engine, event_id: int) -> set[str]:
    return set(engine.events[event_id - 1].audience)


# -- by place ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("volume", "expected"),
    [
        ("whisper", {"player", "ben"}),
        ("speech", {"player", "ana", "ben"}),
        ("shout", {"player", "ana", "ben", "cleo"}),
    ],
)
def test_without_positions_the_place_decides(engine: Engine, volume: Volume, expected: set[str]) -> None:
    event_id = engine.record("Fire!", speaker="player", volume=volume, to=["ben"])
    assert heard(engine, event_id) == expected
    assert {who for who in WHERE if engine.recall(who, "fire")} == expected - {"player"}
    assert engine.events[event_id - 1].place == "inn"


def test_who_hears_changes_with_who_is_there(engine: Engine) -> None:
    engine.move("ben", "bridge")
    assert heard(engine, engine.record("Hello?", speaker="player")) == {"player", "ana"}
    assert heard(engine, engine.record("桥响了一声。", place="bridge")) == {"ben", "dan"}
    assert engine.within_earshot("dan") == {"ben"}
    assert engine.within_earshot("cleo", "shout") == {"ana", "player"}


def test_the_games_own_word_comes_first(engine: Engine) -> None:
    assert heard(engine, engine.record("…", speaker="player", audience={"dan"}, volume="shout")) == {"player", "dan"}
    assert heard(engine, engine.record("…", audience=())) == set()


def test_nobody_guesses_an_audience() -> None:
    with Engine.new() as engine, pytest.raises(ValueError, match="give an `audience` or a `place`"):
        engine.record("Hello, Ana and Ben!", speaker="cleo")


def test_a_conversation_reaches_as_far_as_it_is_loud(engine: Engine) -> None:
    conversation = engine.talk_to("ana")
    quiet = conversation.say("The moon is made of cheese.").line()
    aloud = conversation.say("The sun is a lamp.", volume="speech").line()
    shouted = conversation.say("The river is a road!", volume="shout").line()
    whispered = conversation.say("The wind is a cat.", volume="whisper").line()
    assert [heard(engine, line.event_id) - {"player", "ana"} for line in (quiet, aloud, shouted, whispered)] == [
        set(),
        {"ben"},
        {"ben", "cleo"},
        set(),
    ]
    assert engine.events[whispered.event_id - 1].data["volume"] == "whisper"


# -- by distance ---------------------------------------------------------------------------------------

SPOTS = {"player": (0.0, 0.0), "ana": (1.0, 0.0), "ben": (5.0, 0.0), "cleo": (0.0, 30.0), "dan": (100.0, 0.0)}


@pytest.mark.parametrize(
    ("volume", "expected"),
    [("whisper", {"ana"}), ("speech", {"ana", "ben"}), ("shout", {"ana", "ben", "cleo"})],
)
def test_with_positions_distance_decides(volume: Volume, expected: set[str]) -> None:
    with load(earshot=Earshot(positions=SPOTS.get)) as engine:
        assert engine.within_earshot("player", volume) == expected
        assert heard(engine, engine.record("…", speaker="player", volume=volume)) == expected | {"player"}
        line = engine.talk_to("ana").say("The moon is made of cheese.", volume=volume).line()
        assert heard(engine, line.event_id - 1) == expected | {"player"}


def test_with_an_earshot_every_conversation_is_overheard() -> None:
    with load(earshot=Earshot(positions=SPOTS.get)) as engine:
        line = engine.talk_to("ana").say("Hello!").line()
        assert heard(engine, line.event_id) == {"player", "ana", "ben"}


def test_walls_stop_voices_and_units_are_the_games_own() -> None:
    def wall(source: str, hearer: str) -> bool:
        return hearer == "ben"

    pixels = {who: (32 * x, 32 * y) for who, (x, y) in SPOTS.items()}
    radii: dict[Volume, float] = {"whisper": 48, "speech": 320, "shout": 1280}
    with load(earshot=Earshot(positions=pixels.get, blocked=wall, radii=radii)) as engine:
        assert engine.within_earshot("player") == {"ana"}
    with pytest.raises(ValueError, match="shout"):
        Earshot(radii={"whisper": 1, "speech": 2})


def test_whom_the_game_has_no_position_of_hears_by_place() -> None:
    spots = {"player": (0.0, 0.0), "ana": (90.0, 0.0)}
    with load(earshot=Earshot(positions=spots.get)) as engine:
        engine.move("player", "inn")
        assert engine.within_earshot("player") == {"ben"}


anyone = st.sampled_from([*WHERE, "player"])
coordinates = st.tuples(st.integers(-50, 50), st.integers(-50, 50))


@settings(max_examples=examples(80), deadline=None)
@given(st.dictionaries(anyone, coordinates), st.sampled_from(["whisper", "speech", "shout"]))
def test_louder_reaches_further_and_hearing_is_mutual(spots: dict[str, tuple[int, int]], volume: Volume) -> None:
    ears = Earshot(positions=spots.get)
    with load(earshot=ears) as engine:
        projections = engine._timeline.projections
        for who in spots:
            found = ears.hearers(projections, who, volume)
            for other in spots:
                near = math.dist(spots[who], spots[other]) <= ears.radii[volume]
                assert (other in found) == near
                assert (who in ears.hearers(projections, other, volume)) == near
            assert (
                ears.hearers(projections, who, "whisper")
                <= ears.hearers(projections, who)
                <= ears.hearers(projections, who, "shout")
            )


@settings(max_examples=examples(50), deadline=None)
@given(st.lists(st.tuples(anyone, st.sampled_from(["inn", "smithy", "bridge"])), max_size=12))
def test_where_everyone_is_at_hand_is_what_the_world_says(moves: list[tuple[str, str]]) -> None:
    with load() as engine:
        for who, place in moves:
            engine.move(who, place)
        projections = engine._timeline.projections
        for who in [*WHERE, "player"]:
            there = [statement.object for statement in projections.world.ask(who, "at")]
            assert ([engine.place_of(who)] if engine.place_of(who) else []) == there
        for place in ("inn", "smithy", "bridge"):
            assert set(projections.present(place)) == {one.subject for one in projections.world.ask(None, "at", place)}


# -- in company ----------------------------------------------------------------------------------------


def test_everyone_there_hears_and_the_one_called_answers(engine: Engine) -> None:
    table = engine.gather(["ana", "ben", "cleo"])
    line = table.say("Ben, is the bridge safe?").line()
    assert line.speaker == "ben"
    assert heard(engine, line.event_id) == heard(engine, line.event_id - 1) == {"player", "ana", "ben", "cleo"}
    assert engine.recall("ana", "bridge safe")
    assert engine.recall("dan", "bridge safe") == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Cleo, is the bridge safe?", "cleo"),
        ("en", "Is the bridge safe, Cleo?", "cleo"),
        ("en", "Is Ana honest?", "ben"),
        ("en", "Ana! Where is Ben?", "ana"),
        ("zh", "克丽，桥安全吗？", "cleo"),
        ("zh", "桥安全吗，克丽？", "cleo"),
        ("zh", "安娜在哪儿？", "ben"),
    ],
)
def test_who_is_spoken_to(engine: Engine, language: Language, text: str, expected: str) -> None:
    table = engine.gather(["ana", "ben", "cleo"])
    assert table.say(text, language=language).line().speaker == expected
    again = {"en": "And the river?", "zh": "河呢？"}[language]
    assert table.say(again).line().speaker == expected, "whoever answered last"
    assert table.say(text, to="ana").line().speaker == "ana"


def test_one_after_another_answers_and_the_question_is_heard_once(engine: Engine) -> None:
    table = engine.gather(["ana", "ben", "cleo"])
    first = table.say("Is the bridge safe?", to="ana")
    second, third = table.and_you(), table.and_you()
    assert second is not None
    assert third is not None
    lines = [first.line(), second.line(), third.line()]
    assert [line.speaker for line in lines] == ["ana", "ben", "cleo"]
    asked = [event for event in engine.events if event.text == "Is the bridge safe?"]
    assert len(asked) == 1
    assert all(engine.events[line.event_id - 1].cause == asked[0].id for line in lines)
    assert table.and_you() is None
    assert [who for who, _ in table.history] == ["player", "ana", "ben", "cleo"]
    with pytest.raises(UnknownNameError, match="unknown NPC in this company"):
        table.say("And you?", to="dan")


def test_who_comes_and_goes_hears_what_is_said_meanwhile_and_no_more(engine: Engine) -> None:
    table = engine.gather(["ana", "ben"])
    table.say("The moon is made of cheese.", to="ana").line()
    table.join("cleo")
    table.say("The sun is a lamp.", to="ana").line()
    table.leave("ben")
    table.say("The heron is a duke.", to="ana").line()
    said = {"moon cheese": {"ana", "ben"}, "sun lamp": {"ana", "ben", "cleo"}, "heron duke": {"ana", "cleo"}}
    for words, there in said.items():
        assert {who for who in WHERE if engine.recall(who, words)} == there
    assert table.present == {"player", "ana", "cleo"}


def test_a_whisper_in_company_is_for_one(engine: Engine) -> None:
    table = engine.gather(["ana", "ben"])
    line = table.say("The moon is made of cheese.", to="ana", volume="whisper").line()
    assert heard(engine, line.event_id) == heard(engine, line.event_id - 1) == {"player", "ana"}
    assert table.and_you() is None


def waiting(model: ScriptedModel) -> None:
    deadline = time.monotonic() + 5
    while not model.requests and time.monotonic() < deadline:
        time.sleep(0.002)
    assert model.requests


def test_who_leaves_during_an_answer_heard_the_question_only() -> None:
    model = ScriptedModel(["The bridge is destroyed."] * 3, delay=0.08)
    with load(model=model) as engine:
        table = engine.gather(["ana", "ben"])
        reply = table.say("What is the condition of the bridge?", to="ana")
        waiting(model)
        table.leave("ben")
        line = reply.line(timeout=10)
        assert heard(engine, line.event_id - 1) == {"player", "ana", "ben"}
        assert heard(engine, line.event_id) == {"player", "ana"}


@pytest.mark.parametrize("who", ["ana", None])
def test_an_answer_whose_speaker_or_listener_left_is_never_given(who: str | None) -> None:
    model = ScriptedModel(["The bridge is destroyed."] * 3, delay=0.08)
    with load(model=model) as engine:
        table = engine.gather(["ana", "ben"])
        events = engine.events
        reply = table.say("What is the condition of the bridge?", to="ana")
        then = table.and_you()
        waiting(model)
        table.leave(who)
        for one in (reply, then):
            assert one is not None
            with pytest.raises(TurnCancelledError):
                one.line(timeout=10)
        assert engine.events == events


def test_secrets_are_kept_in_company() -> None:
    gold = {"id": "gold", "facts": ["gold buried_at bridge"], "words": {"en": ["gold"], "zh": ["金子"]}}
    ana = person("ana", secrets=[{**gold, "when": {"alone": True}}])
    with Engine.load(company(ana, person("ben")), model="none") as engine:
        assert engine.gather(["ana", "ben"]).say("Where is the gold?", to="ana").line().move == "deflect"
        assert engine.talk_to("ana").say("Where is the gold?").line().move == "reveal"


def test_rewinding_lets_a_company_forget(engine: Engine) -> None:
    table = engine.gather(["ana", "ben"])
    kept = table.say("The moon is made of cheese.", to="ana").line()
    table.say("The sun is a lamp.", to="ana").line()
    engine.rewind(kept.event_id)
    assert table.history == []
    assert table.and_you() is None
    assert table.say("Hello!", to="ben").line().event_id == kept.event_id + 2


def test_nobody_unknown_is_gathered(engine: Engine) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'ana'"):
        engine.gather(["anna"])
    with pytest.raises(UnknownNameError, match="unknown NPC"):
        engine.gather([]).say("Hello?")
    with pytest.raises(UnknownNameError, match="did you mean 'ben'"):
        engine.talk_to("ana").say("Hello!", overheard_by={"benn"})
