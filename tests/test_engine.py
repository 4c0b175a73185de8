"""The front door, as a game uses it."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from npc_engine import Engine, Entity, SaveError, TurnCancelledError, UnknownNameError
from npc_engine.testing import SMALL_WORLD, ScriptedModel


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        yield engine


def test_a_reply_can_be_polled_from_a_game_loop() -> None:
    model = ScriptedModel(["The bridge is destroyed."] * 9, delay=0.01)
    with Engine.load(SMALL_WORLD, model=model) as engine:
        began = time.perf_counter()
        reply = engine.talk_to("mira").say("What is the condition of the bridge?")
        assert time.perf_counter() - began < 0.05, "say() must not wait for the model"
        assert not reply.done
        seen = set()
        while not reply.done:
            engine.advance(minutes=1 / 60)
            seen.add(reply.text)
            time.sleep(0.001)
        assert reply.line().text == reply.text
        assert all(reply.text.startswith(text) for text in seen)


def test_a_reply_can_be_awaited(engine: Engine) -> None:
    async def talk() -> str:
        mira = engine.talk_to("mira")
        first, second = await asyncio.gather(mira.say("Hello"), engine.talk_to("tomas").say("Hello"))
        assert first.speaker == "mira"
        assert second.speaker == "tomas"
        return (await mira.say("Is the bridge safe?")).text

    assert "destroyed" in asyncio.run(talk())


def test_saying_more_gives_up_the_answer_on_its_way() -> None:
    with Engine.load(SMALL_WORLD, model=ScriptedModel(["The bridge is destroyed."] * 9, delay=0.05)) as engine:
        mira = engine.talk_to("mira")
        first = mira.say("What is the condition of the bridge?")
        second = mira.say("Hello")
        with pytest.raises(TurnCancelledError):
            first.line(timeout=10)
        assert first.cancelled
        assert second.line(timeout=10).act == "greet"
        assert [text for who, text in mira.history if who == "player"] == ["Hello"]


def test_what_is_recorded_is_believed_and_remembered_by_who_was_there(engine: Engine) -> None:
    event_id = engine.record(
        "The bridge is whole again.",
        changes=[("bridge", "condition", "sound")],
        audience={"tomas"},
        at=datetime(1204, 5, 9, 12),
    )
    assert engine.now == datetime(1204, 5, 9, 12)
    (found,) = engine.recall("tomas", "bridge whole")
    assert (found.event_id, found.text) == (event_id, "The bridge is whole again.")
    assert found.score == pytest.approx(sum(found.parts.values()))
    assert [b.statement.object for b in engine.beliefs("tomas", "bridge", "condition")] == ["sound"]
    assert [b.statement.object for b in engine.beliefs("mira", "bridge", "condition")] == ["destroyed"]
    assert engine.recall("mira", "bridge whole") == []
    before = datetime(1204, 5, 8)
    assert [b.statement.object for b in engine.beliefs("tomas", "bridge", as_of=before)] == ["destroyed"]


def test_what_is_told_is_believed_as_far_as_the_teller_is_trusted(engine: Engine) -> None:
    engine.tell("tomas", ("mira", "has", "key"), by="player")
    (belief,) = engine.beliefs("tomas", "mira", "has")
    assert (belief.how, belief.by) == ("told", "player")
    assert 0.3 < belief.confidence < 0.9
    assert engine.ask("mira", "has") == [], "telling changes nothing in the world"


def test_whoever_overhears_can_be_asked_about_it(engine: Engine) -> None:
    engine.talk_to("mira").say("The moon fell into my soup.", overheard_by={"tomas"}).line()
    (found, *_) = engine.recall("tomas", "moon soup")
    assert found.speaker == "player"
    line = engine.talk_to("tomas").say("Did you overhear what I said about the moon?").line()
    assert line.move == "remember"
    assert "moon fell into your soup" in line.text


def test_people_follow_their_day(engine: Engine) -> None:
    assert engine.place_of("mira") == "inn"
    assert engine.doing("mira") == "brewing tea"
    assert engine.advance(minutes=60) == []
    (moved,) = engine.advance(minutes=4 * 60)
    assert (moved.kind, moved.actor, moved.place, moved.at.hour) == ("moved", "mira", "smithy", 12)
    assert "tomas" in moved.audience, "he works there and saw her come"
    assert engine.beliefs("tomas", "mira", "at")[0].statement.object == "smithy"
    assert engine.doing("mira", "zh") == "来看托马斯"
    engine.advance(minutes=24 * 60)
    assert engine.place_of("mira") == "smithy"


def test_the_story_moves_when_the_game_performs_an_action(engine: Engine) -> None:
    mira = engine.talk_to("mira")
    for said in ("Hello", "I like rain", "I like snow"):
        mira.say(said).line()
    (action,) = mira.say("May I have the key?").line().actions
    assert action.text == "Mira gives the traveller the key."
    assert engine.ask("player", "has") == [], "nothing has happened before the game did it"
    engine.record(action.text, speaker=action.actor, changes=action.changes, audience={"player"})
    (event,) = engine.advance(0)
    assert event.kind == "story"
    (beat,) = engine.story("zh")
    assert (beat.id, beat.title, beat.ending) == ("key_in_hand", "一把钥匙", True)
    assert engine.advance(0) == []


def test_why_leads_from_words_back_to_events(engine: Engine) -> None:
    event_id = engine.record("Tomas picks up the key.", changes=[("tomas", "has", "key")], audience={"mira"})
    line = engine.talk_to("mira").say("Who has the key?").line()
    why = engine.why(line)
    assert [event.id for event in why.events] == [event_id]
    assert [belief.id for belief in why.beliefs] == ["tomas.has.key"]
    assert "seen, on 4 May" in str(why)
    assert engine.why(line.event_id).beliefs == why.beliefs
    engine.language = "zh"
    assert "亲眼所见" in str(engine.why(line))


def test_the_journal_says_what_one_was_told_and_by_whom(engine: Engine) -> None:
    engine.talk_to("mira").say("Who owes you money?").line()
    (entry,) = engine.journal("player")
    assert (entry.teller, entry.statement_id) == ("mira", "tomas.owes.mira")
    assert entry.text == "Tomas owes Mira twelve silver coins."
    assert engine.journal("player", "zh")[0].text == "托马斯欠米拉十二枚银币。"


def test_the_same_seed_chooses_alike() -> None:
    def play(seed: int) -> list[str]:
        with Engine.load(SMALL_WORLD, model="none", seed=seed) as engine:
            mira = engine.talk_to("mira")
            return [mira.say(said).line().text for said in ("Hello", "Why?", "Thanks", "You fool", "Bye")]

    assert play(1) == play(1)
    assert len({tuple(play(seed)) for seed in range(8)}) > 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda e: e.talk_to("mirra"), "unknown NPC 'mirra'; did you mean 'mira'?"),
        (lambda e: e.record("x", audience={"tomsa"}), "unknown NPC 'tomsa'; did you mean 'tomas'?"),
        (lambda e: e.record("x", audience=(), place="smity"), "unknown place 'smity'; did you mean 'smithy'?"),
        (
            lambda e: e.record("x", audience=(), changes=[("bridge", "conditon", "sound")]),
            "unknown predicate 'conditon'; did you mean 'condition'?",
        ),
        (
            lambda e: e.record("x", audience=(), changes=[("bridge", "condition", "soud")]),
            "unknown value of condition 'soud'; did you mean 'sound'?",
        ),
        (lambda e: e.recall("mirra", "x"), "unknown NPC 'mirra'; did you mean 'mira'?"),
        (lambda e: e.why(99999), "unknown event '99999'"),
        (lambda e: e.rewind(99999), "unknown event '99999'"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(engine: Engine, call: object, message: str) -> None:
    events = engine.events
    with pytest.raises(UnknownNameError) as caught:
        call(engine)  # type: ignore[operator]
    assert str(caught.value) == message
    assert engine.events == events


def test_an_empty_world_takes_ids_as_they_come() -> None:
    with Engine.new(entities=[Entity(id="ana", kind="person", names={"en": "Ana"})]) as engine:
        start = datetime(2023, 5, 8, 13, 56)
        said = [("ana", "I adopted a grey cat."), ("ben", "Lovely! Mine is called Soot."), ("ana", "I paint too.")]
        ids = [
            engine.record(text, speaker=who, audience={"ana", "ben"}, at=start + timedelta(minutes=n))
            for n, (who, text) in enumerate(said)
        ]
        assert engine.recall("ben", "What cat did Ana adopt?", limit=1)[0].event_id == ids[0]
        assert engine.recall("nobody", "cat") == []
        assert [m.event_id for m in engine.recall("ana", "cat", limit=2)] == ids[:2]
        with pytest.raises(UnknownNameError):
            engine.talk_to("ana")


def test_rewinding_lets_people_forget_what_did_not_happen(engine: Engine) -> None:
    mira = engine.talk_to("mira")
    kept = mira.say("The rain smells of iron.").line()
    mira.say("My boots are purple.").line()
    engine.rewind(kept.event_id)
    assert engine.recall("mira", "purple boots") == []
    assert engine.recall("mira", "rain iron")
    assert mira.history == []
    assert mira.say("Hello").line().event_id == kept.event_id + 2


def test_a_fork_goes_its_own_way(tmp_path: Path) -> None:
    with Engine.load(SMALL_WORLD, model="none", save=tmp_path / "one.npc") as one:
        one.talk_to("mira").say("The rain smells of iron.").line()
        with one.fork(tmp_path / "two.npc") as two:
            two.record("A comet!", audience={"mira"})
            one.record("A wedding!", audience={"mira"})
            assert [m.text for m in two.recall("mira", "comet wedding", 1)] == ["A comet!"]
            assert [m.text for m in one.recall("mira", "comet wedding", 1)] == ["A wedding!"]
            assert two.recall("mira", "rain iron")
        with pytest.raises(SaveError, match="exists already"):
            one.fork(tmp_path / "two.npc")


def test_an_edited_persona_is_taken_over_and_a_broken_one_refused(tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "world"
    shutil.copytree(SMALL_WORLD, folder)
    with Engine.load(folder, model="none") as engine:
        persona = folder / "personas" / "mira.yaml"
        text = persona.read_text(encoding="utf-8")

        def edited(to: str) -> str:
            persona.write_text(to, encoding="utf-8")
            deadline = time.monotonic() + 10
            while time.monotonic() < deadline:
                if (reload := engine.check_content()) is not None:
                    return str(reload)
                time.sleep(0.02)
            raise AssertionError("the edit was not noticed")

        assert "mira.yaml:" in edited(text.replace("summary:", "sumary:"))
        assert engine.people["mira"].summary["en"] == "A wry herbalist."
        assert edited(text.replace("A wry herbalist.", "A stern herbalist.")) == ""
        assert engine.people["mira"].summary["en"] == "A stern herbalist."
        assert engine.talk_to("mira").say("Hello").line().text


def test_whom_the_game_moves_stays_until_their_next_appointment(engine: Engine) -> None:
    engine.move("mira", "smithy")
    assert engine.advance(60) == []
    assert engine.place_of("mira") == "smithy"
    engine.advance(4 * 60)
    engine.move("mira", "inn")
    engine.advance(19 * 60)
    assert engine.place_of("mira") == "inn", "her day begins at the inn again"


def test_what_a_part_does_is_documented_on_the_engine() -> None:
    for name in ("talk_to", "record", "advance", "ask", "why", "amend", "save"):
        method = getattr(Engine, name)
        assert inspect.getdoc(method)
        assert "self" in inspect.signature(method).parameters
    with Engine.new() as engine:
        assert "changes" in inspect.signature(engine.record).parameters
