"""What a player told is found again: by what a pronoun went on about, and by what a question asks for."""

from __future__ import annotations

import pytest

from npc_engine import Engine
from npc_engine.testing import SMALL_WORLD


@pytest.mark.parametrize(
    ("told", "asked", "found"),
    [
        (["I have a goat.", "His name is Barnaby and he kicks."], "What was my goat's name again?", "Barnaby"),
        (["my cart was stolen on sunday", "it was green with one bad wheel"], "what colour was my cart?", "green"),
        (["The satchel has a brass buckle shaped like a fish."], "The buckle, tell me. What was the buckle?", "fish"),
        (["They say the old well is three hundred feet deep."], "How deep was the well again?", "three hundred"),
        (["My cousin Ilse moved to the coast."], "who moved to the coast?", "Ilse"),
        (["你有小狗吗 我有一只叫煤球"], "我的小狗叫什么来着？", "煤球"),
        (["我妹妹叫小雨，在城里学画画"], "她学什么的？", "画画"),
        (["我昨天把雨伞丢了，蓝色的"], "我丢了什么来着？", "伞"),
    ],
)
def test_what_was_told_is_found_again(told: list[str], asked: str, found: str) -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        conversation = engine.talk_to("mira")
        for text in told:
            conversation.say(text).line()
        line = conversation.say(asked).line()
    assert found in line.text, line.text
    assert "told:before" in line.reasons


def test_a_question_about_the_hearer_is_not_answered_by_what_the_speaker_told() -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        conversation = engine.talk_to("mira")
        conversation.say("I have a brother in the navy.").line()
        line = conversation.say("Have you ever been in the navy?").line()
    assert "told:before" not in line.reasons


@pytest.mark.parametrize("asked", ["How old is the frog?", "那只青蛙几岁了？"])
def test_the_age_of_what_nobody_knows_is_not_everybodys(asked: str) -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        line = engine.talk_to("mira").say(asked).line()
    assert line.facts == ()
