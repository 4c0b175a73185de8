"""Who tells something is heard: it is said back in the second person, or asked about, and never talked past."""

from __future__ import annotations

from itertools import pairwise

import pytest

from npc_engine import Engine
from npc_engine.dialogue.understand.echo import echo
from npc_engine.lang import pack
from npc_engine.lang.persons import to_listener
from npc_engine.testing import SMALL_WORLD


@pytest.mark.parametrize(
    ("language", "said", "back"),
    [
        ("en", "well, i crossed the Morrow on barrels once, and it rained", "you crossed the Morrow on barrels once"),
        ("en", "Honestly I was the youngest of nine.", "you were the youngest of nine"),
        ("en", "im teaching my brother to read", "you're teaching your brother to read"),
        ("en", "My father built boats on the coast", "your father built boats on the coast"),
        ("zh", "唉，我在码头给人记账。", "你在码头给人记账"),
        ("zh", "其实我从京城来找哥哥", "你从京城来找哥哥"),
    ],
)
def test_a_statement_can_be_said_back(language: str, said: str, back: str) -> None:
    assert to_listener(echo(said, language), pack(language)) == back


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "i like your hat"),
        ("en", "my father knew you"),
        ("en", "i think so"),
        ("en", "did i lose the way?"),
        ("en", "what a day"),
        ("en", "i know this place very well"),
        ("zh", "我喜欢你的茶"),
        ("zh", "我觉得不错"),
        ("zh", "我能坐这儿吗"),
    ],
)
def test_what_speaks_of_both_or_of_nothing_is_not_said_back(language: str, said: str) -> None:
    assert echo(said, language) == ""


def test_nobody_is_echoed_twice_running() -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        conversation = engine.talk_to("mira")
        told = [
            "I used to be the youngest of nine.",
            "I lost nine men on the Morrow once.",
            "I left it all behind at twenty.",
        ]
        lines = [conversation.say(text).line() for text in told]
    echoed = ["said:back" in line.reasons for line in lines]
    assert any(echoed)
    assert not any(before and after for before, after in pairwise(echoed))
    assert all(line.initiative is None for line in lines if "listened" in line.reasons)
