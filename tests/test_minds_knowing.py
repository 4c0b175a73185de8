"""What someone takes from being told, and what they know once its time has come: said aloud, in both languages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from company import company, person

from npc_engine import Engine
from npc_engine.content import Content, load_content
from npc_engine.persona import Persona
from npc_engine.testing import SMALL_WORLD
from npc_engine.text import Language


def load(content: Content) -> Engine:
    return Engine.load(content, model="none", gossip=False)


# -- being told ----------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("language", "claim"), [("en", "The bridge is sound."), ("zh", "桥完好。")])
def test_the_second_who_says_so_is_not_doubted_if_they_are_believed(language: Language, claim: str) -> None:
    with load(company(person("ana"), person("ben"))) as engine:
        talk = engine.talk_to("ana")
        assert talk.say(claim, language=language).line().move == "doubt"
        assert engine.beliefs("ana", "bridge", "condition")[0].statement.object == "destroyed"
        line = engine.talk_to("ana", speaker="ben").say(claim, language=language).line()
        assert engine.beliefs("ana", "bridge", "condition")[0].statement.object == "sound"
        assert line.move == "learned"


@pytest.mark.parametrize(("language", "claim"), [("en", "The bridge is sound."), ("zh", "桥完好。")])
def test_saying_it_again_is_doubted_again(language: Language, claim: str) -> None:
    with load(company(person("ana"))) as engine:
        talk = engine.talk_to("ana")
        assert [talk.say(claim, language=language).line().move for _ in range(3)] == ["doubt"] * 3


# -- having heard of something -------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "asked"), [("en", "What is the wheel?"), ("zh", "水车是什么？")])
def test_what_came_after_their_time_is_nothing_they_can_describe(language: Language, asked: str) -> None:
    base = load_content(SMALL_WORLD)
    wheel = base.entities["key"].model_copy(
        update={
            "id": "wheel",
            "names": {"en": "wheel", "zh": "水车"},
            "summary": {"en": "a new water wheel", "zh": "一架新水车"},
            "since": datetime(1204, 5, 1),
        }
    )
    content = company(person("ana"), person("ben", horizon="1204-04-01 08:00"))
    content = company(*content.personas.values(), entities={**content.entities, "wheel": wheel})
    with load(content) as engine:
        assert engine.talk_to("ana").say(asked, language=language).line().facts
        line = engine.talk_to("ben").say(asked, language=language).line()
        assert (line.move, line.facts) == ("unknown", ())


# -- facts of the future -------------------------------------------------------------------------------

ASKED: dict[Language, str] = {"en": "Is the bridge destroyed?", "zh": "桥塌了吗？"}


def falling(*people: Persona, common: bool = True) -> Content:
    """The bridge will fall two days into the game."""
    fell = load_content(SMALL_WORLD).facts[0].model_copy(update={"since": datetime(1204, 5, 6, 9), "common": common})
    return company(*people, facts=(fell,))


def knows(engine: Engine, who: str, language: Language = "en") -> bool:
    return bool(engine.talk_to(who).say(ASKED[language], language=language).line().facts)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_common_is_known_from_the_hour_it_comes_true(language: Language) -> None:
    with load(falling(person("ana"), person("ben", horizon="1204-04-01 08:00"))) as engine:
        engine.advance(2 * 24 * 60)
        assert not knows(engine, "ana", language)
        (came,) = [event for event in engine.advance(90) if event.kind == "came_true"]
        assert (came.at, came.audience) == (datetime(1204, 5, 6, 9), {"ana"})
        line = engine.talk_to("ana").say(ASKED[language], language=language).line()
        assert engine.why(line).events == (came,)
        assert not knows(engine, "ben", language), "it came after their time"
        assert engine.advance(3 * 24 * 60) == [], "it comes true once"


def test_only_those_learn_it_who_would_know_it() -> None:
    people = person("ana", knows=["bridge condition *"]), person("ben"), person("cleo")
    with load(falling(*people, common=False)) as engine:
        engine.advance(3 * 24 * 60)
        assert [knows(engine, who) for who in ("ana", "ben", "cleo")] == [True, False, False]
        assert [one.statement.object for one in engine.beliefs("ana", "bridge")] == ["destroyed"]


def test_what_no_longer_is_so_is_not_learned_late() -> None:
    with load(falling(person("ana"))) as engine:
        mended = [("bridge", "condition", "sound")]
        engine.record("The bridge is mended.", changes=mended, audience={"ana"}, at=datetime(1204, 5, 8))
        engine.advance(60)
        assert [one.statement.object for one in engine.beliefs("ana", "bridge")] == ["sound"]


def test_going_back_in_time_makes_it_unknown_again(tmp_path: Path) -> None:
    with Engine.load(falling(person("ana")), save=tmp_path / "slot.npc", model="none") as engine:
        before = engine.events[-1].id
        engine.advance(3 * 24 * 60)
        assert knows(engine, "ana")
        engine.rewind(before)
        assert not knows(engine, "ana")
        engine.advance(3 * 24 * 60)
        assert knows(engine, "ana")
    with Engine.load(falling(person("ana")), save=tmp_path / "slot.npc", model="none") as engine:
        assert knows(engine, "ana")
        assert engine.advance(60) == []
