"""What somebody tells is answered in the tone in which it is told, and who leaves is bid farewell."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from npc_engine import Engine, load_content
from npc_engine.dialogue.speak.repertoire import remarks
from npc_engine.dialogue.understand.learned import hear
from npc_engine.dialogue.understand.qualifiers import takes_leave
from npc_engine.lang import HOME, pack
from npc_engine.persona import PHRASES
from npc_engine.testing import SMALL_WORLD
from npc_engine.text import fold


@cache
def lines_of(language: str, file: str) -> dict[str, list[Any]]:
    return {name: entry["says"] for name, entry in pack(language).data(file).items()}


@pytest.mark.parametrize("language", HOME)
def test_every_temperament_has_something_to_say_to_every_tone(language: str) -> None:
    temperaments = set(pack(language).temperaments)
    for tone, says in lines_of(language, "tones").items():
        assert sum(isinstance(one, str) for one in says) >= 10, tone
        assert {manner for one in says if isinstance(one, dict) for manner in one["manner"]} == temperaments, tone


def test_the_languages_know_the_same_tones() -> None:
    first, *others = (set(lines_of(language, "tones")) for language in HOME)
    assert all(other == first for other in others)


@pytest.mark.slow
@pytest.mark.parametrize("language", HOME)
@pytest.mark.parametrize("file", ["tones", "exchanges"])
def test_no_line_is_there_twice(language: str, file: str) -> None:
    said = [one if isinstance(one, str) else one["say"] for says in lines_of(language, file).values() for one in says]
    folded = [fold(one) for one in said]
    assert len(set(folded)) == len(folded)


@pytest.mark.parametrize("language", HOME)
def test_a_moment_can_be_learned_and_answered_by_anybody(language: str) -> None:
    for name, entry in pack(language).exchanges.items():
        assert len(entry["asks"]) >= 3, name
        assert any(isinstance(one, str) or "manner" not in one for one in entry["says"]), name


@pytest.mark.parametrize(
    ("said", "tone"),
    [
        ("I miss him. He died before I could come home for the funeral.", "grief"),
        ("I just came off a twelve hour night shift and my feet are killing me", "tired"),
        ("My mother makes a soup with small fish. I smell it when I sleep.", "fond"),
        ("被甩了 三年 说没感觉就没感觉了", "heartache"),
        ("我想跟您学医", "hopeful"),
    ],
)
def test_the_ear_hears_in_what_tone_something_is_told(said: str, tone: str) -> None:
    (stretch, *_) = hear(said, "en" if said.isascii() else "zh")
    assert stretch.mood == tone


def test_a_plain_fact_is_said_back_and_met_as_one() -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        line = engine.talk_to("mira").say("I am working in the kitchen of a hotel").line()
        persona = load_content(SMALL_WORLD).personas["mira"]
    assert "tone:plain" in line.reasons
    assert line.text.startswith("You are working in the kitchen")
    key = "tell_plain" if "tell_plain" in PHRASES else "tone_plain"
    assert any(one.text in line.text for one in remarks(key, persona, "en"))


@pytest.mark.parametrize(
    ("said", "language", "leaves"),
    [
        ("cant stay, gotta run", "en", True),
        ("going to bed now. night night", "en", True),
        ("Much obliged, I'll leave you to it.", "en", True),
        ("She left without so much as a goodbye.", "en", False),
        ("The evenings by us are so long and full of mosquitos", "en", False),
        ("我先撤了，回头聊", "zh", True),
        ("天不早了，我该回去了", "zh", True),
        ("我走了一天，腿都快断了", "zh", False),
    ],
)
def test_who_leaves_is_known_by_what_they_say_last(said: str, language: str, leaves: bool) -> None:
    assert takes_leave(said, language) is leaves


@pytest.mark.parametrize("said", ["sorry, cant stay, gotta go feed the cat", "算啦 下次再说 下线了"])
def test_who_leaves_is_bid_farewell(said: str) -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        assert engine.talk_to("mira").say(said).line().act == "part"


@pytest.mark.parametrize("said", ["路上把手腕摔坏了", "刚才不小心把脚踝扭了", "i fell and broke my wrist on the way"])
def test_who_hurt_themself_is_met_as_hurt_and_not_as_unlucky(said: str) -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        line = engine.talk_to("mira").say(said).line()
        persona = load_content(SMALL_WORLD).personas["mira"]
    assert any(one.text in line.text for one in remarks("tell_hurt", persona, line.language)), line.text


@pytest.mark.parametrize("said", ["再多讲讲", "i lost my dog this spring"])
def test_a_situation_that_is_half_heard_gives_way_to_what_is_surely_done(said: str) -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        line = engine.talk_to("mira").say(said).line()
    assert not any(reason.startswith("moment:") for reason in line.reasons)
