"""What a large model says in a manner of speaking is kept; what answers otherwise than was decided is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from npc_engine import Engine, load_content
from npc_engine.testing import ScriptedModel

WORLD = load_content(Path(__file__).parent.parent / "world")


def answered(npc: str, said: str, reply: str, language: str) -> str:
    """Return what somebody answers to a line, to which the model answers as given."""
    with Engine.load(WORLD, model=ScriptedModel([json.dumps({"say": reply}, ensure_ascii=False)] * 2)) as engine:
        return engine.talk_to(npc).say(said, language=language).line().text


KEPT = [
    ("mira", "I'm sorry I shouted.", "That apology is yours to keep, I've a drawer full.", "en"),
    ("mira", "You look tired.", "...Yeah.", "en"),
    ("mira", "I'm afraid of dying.", "So am I. Mostly I'm afraid of doing it badly.", "en"),
    ("bram", "What do you think of the bridge?", "Half the village blames the water and half the wood.", "en"),
    ("pip", "What's seven times eight?", "It's fifty-six!", "en"),
    ("mira", "你怎么不说话？", "沉默不收钱，我就多用一点。", "zh"),
    ("lian", "你喜欢下雨吗？", "喜欢的。", "zh"),
    ("mira", "我恨你。", "喝碗热的再来恨我，我接着。", "zh"),
]
STOPPED = [
    ("bram", "I can't pay.", "Put your purse away, your coin's no good here.", "en"),
    ("greta", "Who built the bridge?", "Tomas's father.", "en"),
    ("tomas", "Who owns the ferry boat?", "Bram does.", "en"),
    ("tomas", "Is Bram your father?", "He's my father, near as.", "en"),
    ("bram", "Do you put water in the ale?", "A splash.", "en"),
    ("bram", "我没带钱。", "钱袋收起来，今天你这顿记在我头上。", "zh"),
    ("greta", "桥是谁造的？", "托马斯的爹。", "zh"),
    ("mira", "你夜里去哪儿？", "去老磨坊，篮子里带点面包。", "zh"),
]


@pytest.mark.parametrize(("npc", "said", "reply", "language"), KEPT)
def test_a_manner_of_speaking_is_kept(npc: str, said: str, reply: str, language: str) -> None:
    assert answered(npc, said, reply, language).endswith(reply)


@pytest.mark.parametrize(("npc", "said", "reply", "language"), STOPPED)
def test_what_is_given_away_or_answered_wrong_is_not_said(npc: str, said: str, reply: str, language: str) -> None:
    assert reply not in answered(npc, said, reply, language)
