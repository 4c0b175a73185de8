"""What someone takes from being told, and what they know once its time has come: said aloud, in both languages."""

from __future__ import annotations

from datetime import datetime

import pytest
from company import company, person

from npc_engine import Engine
from npc_engine.content import Content, load_content
from npc_engine.testing import SMALL_WORLD
from npc_engine.text import Language


def load(content: Content) -> Engine:
    return Engine.load(content, model="none", gossip=False)


# -- being told ----------------------------------------------------------------------------------------


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
