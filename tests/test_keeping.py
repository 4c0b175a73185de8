"""Keeping and forgetting: what people conclude, what fades, what a full memory lets go, and that it replays."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from company import company, person
from test_snapshots import CONTENT, agree, play

from npc_engine import Engine, FeelingChange, UnknownNameError
from npc_engine.chronicle import Event
from npc_engine.content import Content
from npc_engine.engine.keeping import AT_A_TIME
from npc_engine.mind import Projections
from npc_engine.testing import ScriptedModel
from npc_engine.text import Language

ANA = person("ana", relationships={"player": {"affinity": 0.1, "trust": 0.2}})
BEN = person("ben")
VILLAGE = company(ANA, BEN)
DAY = 24 * 60


def load(content: Content = VILLAGE, budget: int = 2000, save: Path | None = None) -> Engine:
    return Engine.load(content, model="none", save=save, gossip=False, memory_budget=budget)


def days(engine: Engine, many: float) -> list[Event]:
    return engine.advance(many * DAY)


def remembered(engine: Engine, who: str = "ana") -> list[str]:
    return [memory.text for memory in engine._timeline.projections.mind(who).memories]


def afresh(engine: Engine) -> Projections:
    return Projections(engine._timeline.projections.compiled, engine.events)


def keep_a_promise(engine: Engine, audience: set[str], number: int = 0) -> int:
    text = f"The traveller brings what was promised, {number}."
    change = ("player", "kept_promise", "ana")
    return engine.record(text, speaker="player", changes=[change], audience={"player", *audience})


# -- conclusions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "says"), [("en", "The traveller keeps every promise."), ("zh", "旅人说话算话。")])
def test_three_kept_promises_are_a_reflection(language: Language, says: str) -> None:
    with Engine.load(VILLAGE, model="none", language=language, gossip=False) as engine:
        kept = [keep_a_promise(engine, {"ana"}, number) for number in range(2)]
        assert not [event for event in days(engine, 1) if event.kind == "reflection"]
        kept.append(keep_a_promise(engine, {"ana"}, 2))
        before = engine.feeling("ana").trust
        (concluded,) = [event for event in days(engine, 1) if event.kind == "reflection"]
        assert concluded.text == says
        assert concluded.data["of"] == kept
        assert concluded.audience == {"ana"}
        assert concluded.data["there"] == ["ana", "player"]
        assert engine.feeling("ana").trust > before
        for query in ("promise traveller", "说话算话"):
            assert concluded.id in [found.event_id for found in engine.recall("ana", query, 10)]
        assert set(kept) <= {memory.event_id for memory in engine._timeline.projections.mind("ana").memories}


def test_who_was_away_concludes_nothing() -> None:
    with load() as engine:
        keep_a_promise(engine, {"ana", "ben"}, 1)
        keep_a_promise(engine, {"ana", "ben"}, 2)
        keep_a_promise(engine, {"ana"}, 3)
        (concluded,) = [event for event in days(engine, 1) if event.kind == "reflection"]
        assert concluded.actor == "ana"
        assert concluded.data["there"] == ["ana", "player"]
        assert not [text for text in remembered(engine, "ben") if "every promise" in text]


def test_broken_promises_take_the_place_of_what_was_thought() -> None:
    with load() as engine:
        for number in range(3):
            keep_a_promise(engine, {"ana"}, number)
        days(engine, 1)
        for _ in range(2):
            broken = [("player", "broke_promise", "ana")]
            engine.record("Nothing is brought.", changes=broken, audience={"ana", "player"})
        days(engine, 1)
        thought = [text for text in remembered(engine) if "promise" in text and text.startswith("The traveller")]
        assert "The traveller can't be relied on: promises get broken." in thought
        assert "The traveller keeps every promise." not in thought


def test_a_conclusion_says_what_it_came_from() -> None:
    with load() as engine:
        for number in range(3):
            keep_a_promise(engine, {"ana"}, number)
        (concluded,) = [event for event in days(engine, 1) if event.kind == "reflection"]
        why = engine.why(concluded.id)
        assert [event.id for event in why.events] == concluded.data["of"]
        assert "Ana came to this" in str(why)
        assert "From: “The traveller brings what was promised, 2.”" in str(why)
        assert "trust +0.12" in str(why)


# -- feelings ------------------------------------------------------------------------------------------

FLATTERY: dict[Language, list[str]] = {
    "en": ["You are wonderful.", "You are very kind.", "You are clever.", "I admire you.", "You are the best."],
    "zh": ["你真聪明。", "你真了不起。", "佩服你。", "你真漂亮。", "你手艺好。"],
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("anew", [False, True], ids=["in one talk", "taking leave each time"])
def test_ten_flatteries_level_off_and_annoy(language: Language, anew: bool) -> None:
    with load() as engine:
        talk = engine.talk_to("ana")
        liked, lines = [engine.feeling("ana").affinity], []
        for text in FLATTERY[language] * 2:
            talk = engine.talk_to("ana") if anew else talk
            lines.append(talk.say(text).line())
            liked.append(engine.feeling("ana").affinity)
        assert {line.act for line in lines} == {"compliment"}
        assert liked[1] > liked[0]
        assert liked[2] - liked[1] < liked[1] - liked[0]
        assert max(liked) < 0.3
        assert liked[-1] < liked[4]
        assert lines[0].mood == "happy"
        assert lines[-1].mood != "happy"
        assert {"en": "once too often", "zh": "听腻"}[language] in str(
            engine.why_feeling("ana", language=language)[-1].text
        )
        days(engine, 4)
        was = engine.feeling("ana").affinity
        engine.talk_to("ana").say(FLATTERY[language][0]).line()
        assert engine.feeling("ana").affinity > was, "after some days it is nice to hear again"


def test_those_who_trust_everyone_take_flattery_longer() -> None:
    trusting = company(person("ana", temperament={"trusting": 1.0}), person("ben", temperament={"trusting": 0.0}))
    with load(trusting) as engine:
        for who, patience in (("ana", 5), ("ben", 3)):
            talk = engine.talk_to(who)
            reasons = [talk.say(text).line().reasons for text in FLATTERY["en"] * 2]
            assert ["again:compliment" in reason for reason in reasons].index(True) == patience


@pytest.mark.parametrize("text", ["You are a fool and a liar!", "你这个骗子！"])
def test_an_insult_fades_over_days_and_slower_for_the_unforgiving(text: str) -> None:
    def after(forgiving: float) -> list[float]:
        ana = person("ana", relationships={"player": {"affinity": 0.1}}, temperament={"forgiving": forgiving})
        with load(company(ana)) as engine:
            assert engine.talk_to("ana").say(text).line().act == "insult"
            felt = [engine.feeling("ana").affinity]
            for _ in range(40):
                days(engine, 1)
                felt.append(engine.feeling("ana").affinity)
            return [one - 0.1 for one in felt]

    forgiving, plain, unforgiving = after(1.0), after(0.5), after(0.0)
    for felt in (forgiving, plain, unforgiving):
        assert felt == sorted(felt)
        assert felt[0] < -0.05
    for soon, later in ((forgiving, plain), (plain, unforgiving)):
        assert soon[3] / soon[0] < later[3] / later[0] - 0.05
    assert plain[5] / plain[0] == pytest.approx(0.5, abs=0.08)
    assert plain[-1] == pytest.approx(0, abs=1e-9)
    assert unforgiving[10] / unforgiving[0] == pytest.approx(0.5, abs=0.08)


def test_however_the_clock_is_moved_the_same_comes_of_it() -> None:
    def played(steps: int) -> list[tuple[datetime, str, tuple[FeelingChange, ...]]]:
        with load(budget=20) as engine:
            engine.talk_to("ana").say("You are a fool!").line()
            for number in range(60):
                engine.record(f"A cart passes, {number}.", audience={"ana"})
            for _ in range(steps):
                engine.advance(2880 / steps)
            return [(event.at, event.kind, event.feelings) for event in engine.events]

    assert played(1) == played(48) == played(2880)


def test_every_change_of_feeling_has_its_cause() -> None:
    with load() as engine:
        engine.talk_to("ana").say("You are a fool!").line()
        for number in range(3):
            keep_a_promise(engine, {"ana", "ben"}, number)
        engine.record(
            "The traveller pets the cat.", audience={"ana"}, feelings=[FeelingChange("ana", "player", "trust", 0.1)]
        )
        days(engine, 2)
        for language in ("en", "zh"):
            found = engine.why_feeling("ana", language=language)
            for aspect in ("affinity", "trust", "familiarity"):
                begun = {"affinity": 0.1, "trust": 0.2, "familiarity": 0.0}[aspect]
                total = sum(one.amount for one in found if one.aspect == aspect)
                assert begun + total == pytest.approx(getattr(engine.feeling("ana"), aspect), abs=1e-6)
            assert all(one.text and "{" not in one.text for one in found)
        told = "\n".join(one.text for one in engine.why_feeling("ana"))
        for cause in ("for an insult: “You are a fool!”", "what was promised, 1", "as time went by", "on concluding"):
            assert cause in told
        assert 0.03 in [one.amount for one in engine.why_feeling("ben") if one.aspect == "trust"]
        (faded, *_) = [event for event in engine.events if event.kind == "faded"]
        assert "as time went by" in str(engine.why(faded.id))


# -- a full memory -------------------------------------------------------------------------------------


def busy(engine: Engine) -> dict[str, int]:
    """Let much happen to Ana of which little matters, and give the events that do."""
    kept = {
        "authored": engine.record("Ana's mother gives her a ring.", audience={"ana"}, lasting=True),
        "debt": engine.tell("ana", ("ben", "owes", "ana"), by="ben", text="I owe you twelve, Ana."),
        "promise": engine.record(
            "I will bring you rope.", speaker="player", changes=[("player", "promised", "ana")], audience={"ana"}
        ),
        "belief": engine.record("The bridge falls!", changes=[("bridge", "condition", "destroyed")], audience={"ana"}),
        "secret": engine.tell("ana", ("gold", "buried_at", "bridge"), by="ben", between_us=True),
    }
    for number in range(30):
        engine.record(f"Nice weather, day {number}.", speaker="ben", audience={"ana"})
        if number % 3 == 0:
            engine.advance(60)
    return kept


def test_a_debt_stays_and_small_talk_goes() -> None:
    with load(budget=20) as engine:
        kept = busy(engine)
        engine.record("The debt is paid.", changes=[("ben", "owes", "ana", False)], audience={"ana", "ben"})
        last = engine.record(
            "A wolf bites Ana!", audience={"ana"}, feelings=[FeelingChange("ana", "ben", "mood", -0.6)]
        )
        days(engine, 1)
        mind = engine._timeline.projections.mind("ana")
        ids = list(mind.memories.event_ids)
        assert len(ids) <= 20
        assert {*kept.values(), last} <= set(ids)
        weather = [text for text in remembered(engine) if text.startswith("Nice weather")]
        assert weather == [f"Nice weather, day {number}." for number in range(30 - len(weather), 30)], "the oldest went"
        assert 0 < len(weather) < 20
        assert [event for event in engine.events if event.text == "Nice weather, day 0."], "what happened stays"
        assert engine.beliefs("ana", "bridge", "condition")[0].statement.object == "destroyed"


def test_what_goes_is_what_matters_least() -> None:
    with load(budget=20) as engine:
        busy(engine)
        before = {
            event: engine.importance("ana", event)
            for event in engine._timeline.projections.mind("ana").memories.event_ids
        }
        happened = [event for event in days(engine, 1) if event.actor == "ana"]
        ids = set(engine._timeline.projections.mind("ana").memories.event_ids)
        gone = before.keys() - ids
        assert gone == {event_id for event in happened for event_id in event.data.get("forgets", ())}
        assert max(before[one] for one in gone) <= min(before[one] for one in ids & before.keys()) + 0.1
        assert all(engine.importance("ana", one) == 0 for one in gone)


def test_importance_follows_from_what_happened_and_how_often_it_is_recalled() -> None:
    with load() as engine:
        chat = engine.record("The roof leaks over my bed.", audience={"ana"}, speaker="ben")
        dear = engine.record("The roof leaks over my bed.", speaker="player", audience={"ana"})
        news = engine.tell("ana", ("ben", "has", "key"), by="ben")
        mine = engine.tell("ana", ("ben", "owes", "ana"), by="ben")
        wolf = engine.record("A wolf!", audience={"ana"}, feelings=[FeelingChange("ana", "ben", "mood", -0.4)])
        ranked = [engine.importance("ana", one) for one in (chat, dear, news, mine, wolf)]
        assert ranked == sorted(ranked)
        assert len(set(ranked)) == 5
        was = engine.importance("ana", dear)
        line = engine.talk_to("ana").say("Do you remember what I told you?").line()
        assert dear in line.memories
        assert engine.importance("ana", dear) > was
        engine.weigh("ana", chat, 0.9)
        assert engine.importance("ana", chat) > 0.9
        assert engine.importance("ben", dear) == 0.0
        with pytest.raises(ValueError, match="0 to 1"):
            engine.weigh("ana", chat, 2)
        with pytest.raises(UnknownNameError):
            engine.weigh("ben", dear, 0.5)


def talk_of_old(engine: Engine) -> None:
    for number in range(12):
        engine.record(f"The bridge, the bridge, {number}.", speaker="ben", audience={"ana", "ben"})
    days(engine, 4)
    for number in range(30):
        engine.record(f"A cart passes, {number}.", audience={"ana"})


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "On 4 May I talked with Ben (12 remarks), of the bridge."),
        ("zh", "5月4日我和阿本说过话（12句），说到桥。"),
    ],
)
def test_old_talk_is_summed_up_for_those_who_were_there(language: Language, says: str) -> None:
    with Engine.load(VILLAGE, model="none", language=language, gossip=False, memory_budget=25) as engine:
        talk_of_old(engine)
        (summed,) = [event for event in days(engine, 1) if event.kind == "reflection"]
        assert summed.text == says
        assert summed.audience == {"ana"}
        assert summed.data["there"] == ["ana", "ben"]
        assert set(summed.data["of"]) == {event.id for event in engine.events if event.text.startswith("The bridge")}
        assert says in remembered(engine)
        assert not [text for text in remembered(engine) if text.startswith("The bridge")]
        for query in ("talked about the bridge", "说到桥"):
            assert summed.id in [found.event_id for found in engine.recall("ana", query)]
        assert len([text for text in remembered(engine, "ben") if text.startswith("The bridge")]) == 12
        with pytest.raises(ValueError, match="not perceived by ben"):
            engine.summarise("ana", [summed.id], "We spoke of the bridge.", audience={"ben"})
        again = engine.summarise("ana", [summed.id, engine.record("Cold.", audience={"ana", "player"})], "…")
        assert engine.events[again - 1].data["there"] == ["ana"]


def test_greetings_said_again_and_again_go_by_themselves() -> None:
    with load(budget=100) as engine:
        for _ in range(6):
            engine.talk_to("ana").say("Hello!").line()
            days(engine, 1)
        days(engine, 4)
        asked = [event for event in engine.events if event.kind == "said" and event.actor == "ana"]
        assert len([text for text in remembered(engine) if text == asked[-1].text]) < len(asked)


# -- time, saves, replay -------------------------------------------------------------------------------


def test_living_through_it_and_folding_it_anew_are_one(tmp_path: Path) -> None:
    path = tmp_path / "slot.npc"
    with load(budget=20, save=path) as engine:
        busy(engine)
        for number in range(3):
            keep_a_promise(engine, {"ana", "ben"}, number)
        engine.talk_to("ben").say("You are a fool!").line()
        days(engine, 2)
        assert {"reflection", "faded", "forgot"} <= {event.kind for event in engine.events}
        lived = engine._timeline.projections.state()
        assert afresh(engine).state() == lived
    with load(budget=20, save=path) as engine:
        assert engine._timeline.projections.state() == lived
        talk_of_old(engine)
        days(engine, 2)
        assert afresh(engine).state() == engine._timeline.projections.state()


def test_rewinding_brings_back_what_was_forgotten() -> None:
    with load(budget=20) as engine:
        busy(engine)
        known = remembered(engine)
        now = engine.now
        days(engine, 1)
        assert remembered(engine) != known
        engine.rewind(now)
        assert remembered(engine) == known


def test_a_save_loaded_in_the_middle_throws_the_work_away(tmp_path: Path) -> None:
    with load(budget=100) as engine:
        for number in range(110):
            engine.record(f"A cart passes, {number}.", audience={"ana"})
        engine.save(tmp_path / "saved.npc")
        known, events = remembered(engine), len(engine.events)
        engine.advance(60.1)
        assert engine._keeping._job is not None, "in the middle of it"
        engine.restore(tmp_path / "saved.npc")
        engine.advance(1)
        assert engine._keeping._job is None
        assert remembered(engine) == known
        assert len(engine.events) == events
        days(engine, 1)
        assert len(remembered(engine)) <= 100


def test_no_step_looks_at_more_than_a_few_memories(monkeypatch: pytest.MonkeyPatch) -> None:
    from npc_engine.mind.consolidation import Scales

    weighed = 0
    weigh = Scales.weigh

    def counting(self: Scales, event: Event) -> object:
        nonlocal weighed
        weighed += 1
        return weigh(self, event)

    with load(budget=300) as engine:
        for number in range(500):
            engine.record(f"A cart passes, {number}.", audience={"ana", "ben"})
        monkeypatch.setattr(Scales, "weigh", counting)
        most = 0
        for _ in range(90 * 12):
            before = weighed
            engine.advance(1 / 12)
            most = max(most, weighed - before)
        assert weighed == 1000
        assert most <= AT_A_TIME
        assert all(len(remembered(engine, who)) <= 300 for who in ("ana", "ben"))


def test_the_wall_clock_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def played() -> list[Event]:
        with load(budget=20) as engine:
            busy(engine)
            days(engine, 3)
            return engine.events

    once = played()
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert played() == once


def test_a_world_says_how_much_its_people_keep() -> None:
    world = VILLAGE.world.model_copy(update={"memory_budget": 15})
    small = company(ANA, BEN, world=world)
    with Engine.load(small, model="none", gossip=False) as engine:
        for number in range(40):
            engine.record(f"A cart passes, {number}.", audience={"ana"})
        engine.advance(timedelta(hours=3) / timedelta(minutes=1))
        assert len(remembered(engine)) <= 15


@pytest.mark.parametrize(("asker", "offered"), [("ben", True), ("player", False)])
def test_what_was_concluded_from_a_private_talk_is_offered_to_nobody_who_was_away(asker: str, offered: bool) -> None:
    model = ScriptedModel(["…"] * 20, size="large")
    with Engine.load(VILLAGE, model=model, gossip=False, memory_budget=25) as engine:
        talk_of_old(engine)
        days(engine, 1)
        engine.wait_for_voice()
        engine.talk_to("ana", speaker=asker).say("What do you know about the bridge?").line()
        asked = "".join(message.content for request in model.requests for message in request.messages)
        assert ("I talked with Ben" in asked) == offered


def test_the_budget_of_edited_content_holds_from_then_on_and_work_in_hand_is_begun_anew() -> None:
    with Engine.load(VILLAGE, model="none", gossip=False) as engine:
        for number in range(60):
            engine.record(f"A cart passes, {number}.", audience={"ana"})
        days(engine, 1)
        assert len(remembered(engine)) == 60
        world = VILLAGE.world.model_copy(update={"memory_budget": 50})
        engine._take_over(company(ANA, world=world))
        days(engine, 1)
        assert len(remembered(engine)) == 45


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_minds_that_forget_are_what_folding_anew_gives(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    for _ in range(3):
        with Engine.load(CONTENT, model="none", save=tmp_path / "slot.npc", memory_budget=12) as engine:
            agree(engine)
            play(engine, chance, 60)
            engine.save(tmp_path / "saved.npc")
            play(engine, chance, 30)
            if chance.random() < 0.5:
                engine.rewind(chance.randrange(len(engine.events)))
            else:
                engine.restore(tmp_path / "saved.npc")
            agree(engine)
            play(engine, chance, 30)
            forgot = [event for event in engine.events if event.kind == "forgot"]
    assert forgot
    assert all(set(event.data["forgets"]) <= set(range(1, event.id)) for event in forgot)


def test_why_does_not_tell_of_feelings_that_moved_by_nothing_one_would_write() -> None:
    with load() as engine:
        talk = engine.talk_to("ana")
        told = [str(engine.why(talk.say("Is the bridge safe?").line())) for _ in range(12)]
    assert "trust +0.01" in told[0]
    assert not any("+0.00" in why for why in told)
