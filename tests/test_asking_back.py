"""Asking about what an NPC just said: what is taken for it, what is answered to it, how it is taught."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import examples

from npc_engine import Engine
from npc_engine.dialogue.speak.repertoire import remarks
from npc_engine.dialogue.types import BACK
from npc_engine.dialogue.understand.asking_back import likelihood, marks, weights_for
from npc_engine.dialogue.understand.learned import ear
from npc_engine.lang import HOME
from npc_engine.testing import SMALL_WORLD
from npc_engine.text import Language
from npc_engine.training.asking_back import read_followed, taught
from tests.company import company, person

ROOT = Path(__file__).parents[1]
VILLAGE = ROOT / "world"


def asked_back(last: str, said: str, language: Language) -> float:
    weights = weights_for(language)
    assert weights is not None
    return likelihood(weights, marks(said, [one.span for one in ear(language).hear(said)], last, language))


CAT = {
    "asks": {"en": ["What is the cat called?"], "zh": ["那只猫叫什么？"]},
    "says": {"en": "Moss. She has turned away two bailiffs.", "zh": "叫苔苔。赶跑过两个收税的。"},
}
JARS = {
    "asks": {"en": ["Do you get lonely?"], "zh": ["你一个人住，晚上不无聊？"]},
    "says": {"en": "I talk to the jars when the door is shut.", "zh": "关了门，我听罐子们安静下来，挺好。"},
}


@pytest.mark.parametrize(
    ("language", "topic", "said", "key"),
    [
        ("en", CAT, "two bailiffs? how did she turn them away", "own_how"),
        ("en", CAT, "turned away? what did the bailiffs want", "own_what"),
        ("en", JARS, "do the jars ever answer back?", "own_yes_no"),
        ("zh", JARS, "罐子还会吵啊？里面装的什么", "own_what"),
    ],
)
def test_who_said_it_knows_it(language: Language, topic: dict[str, Any], said: str, key: str) -> None:
    world = company(person("ana", topics=[topic]), person("ben"))
    with Engine.load(world, model="none", language=language) as engine:
        talk = engine.talk_to("ana")
        talk.say(topic["asks"][language][0]).line()
        line = talk.say(said).line()
        persona = engine.people["ana"]
    assert line.reasons[0] == "own:remark", (line.text, line.reasons)
    assert any(one.text in line.text for one in remarks(key, persona, language)), line.text


@pytest.mark.slow
def test_what_an_author_tells_of_it_is_told() -> None:
    with Engine.load(VILLAGE, model="none") as engine:
        talk = engine.talk_to("bram")
        assert "bishop" in talk.say("What is the cat called?").line().text
        line = talk.say("a bishop?? what did the bishop want here").line()
    assert line.reasons[0] == "story:the_bishop", line.reasons


def test_what_goes_on_is_said_before_the_rest_is_kept_back() -> None:
    with Engine.load(VILLAGE, model="none") as engine:
        talk = engine.talk_to("pip")
        talk.say("What do you have for breakfast?").line()
        assert "author:then" in talk.say("why though").line().reasons


@pytest.mark.parametrize("said", ["Where is the golden crown?", "Who can mend the bridge?", "Is Tomas at the inn?"])
def test_what_is_asked_of_the_world_is_not_taken_for_it(said: str) -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        talk = engine.talk_to("mira")
        talk.say("Good morning!").line()
        assert "own:remark" not in talk.say(said).line().reasons


def test_the_first_line_asks_nothing_back() -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        assert "own:remark" not in engine.talk_to("mira").say("a bishop?? what did he want").line().reasons


@pytest.mark.parametrize(
    ("last", "said", "language", "back"),
    [
        ("A barge brings rice, and a plum, so that the barley may dream.", "barley dreams?? of what", "en", True),
        (
            "A barge brings rice, and a plum, so that the barley may dream.",
            "my brother broke his leg today",
            "en",
            False,
        ),
        ("关门以后，听见罐子们安静下来，我觉得挺好。", "罐子还会吵啊？里面装的什么", "zh", True),
        ("关门以后，听见罐子们安静下来，我觉得挺好。", "我今天骑了一天马，累坏了", "zh", False),
    ],
)
def test_it_is_told_by_what_both_have(last: str, said: str, language: Language, back: bool) -> None:
    assert (asked_back(last, said, language) >= BACK) is back


@settings(max_examples=examples(60), deadline=None)
@given(last=st.text(max_size=80), said=st.text(max_size=80), language=st.sampled_from(HOME))
def test_it_is_a_likelihood_whatever_is_said(last: str, said: str, language: Language) -> None:
    assert 0.0 <= asked_back(last, said, language) <= 1.0


def test_a_language_nobody_taught_it_does_without() -> None:
    assert weights_for("de") is None


@pytest.mark.slow
def test_what_is_taught_tells_other_talks_apart() -> None:
    for language in HOME:
        lines = read_followed(ROOT / "training" / "finding" / f"asking-back-{language}.tsv")
        weights, apart = taught(lines[:200], language)
        assert apart > 0.7
        assert len(weights) == 12 + len(ear(language).labels)


def test_a_line_in_another_form_is_named(tmp_path: Path) -> None:
    path = tmp_path / "asking-back-en.tsv"
    path.write_text("talk\tasks\tHm.\tWhat is it?\ntalk\tperhaps\tHm.\tWhat is it?\n", "utf-8")
    with pytest.raises(ValueError, match=r"asking-back-en.tsv:2: expected talk, asks or else"):
        read_followed(path)
