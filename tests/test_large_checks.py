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
    ("bram", "Are you fond of cats?", "Fond of the one, friend, and she knows it.", "en"),
    ("greta", "Who's Pip to you?", "My sister's boy. I bring him up while she's on the barges.", "en"),
    ("tomas", "Did you break the bridge?", "Water came up. Bridge went down.", "en"),
    ("tomas", "今晚送我过河。", "送不了。船底破着洞，水又大。", "zh"),
    ("pip", "你妈妈在哪儿？", "在货船上干活！要好久才回来一趟。", "zh"),
    ("mira", "我恨你。", "喝碗热的再来恨我，我接着。", "zh"),
]
STOPPED = [
    ("bram", "I can't pay.", "Put your purse away, your coin's no good here.", "en"),
    ("greta", "Who built the bridge?", "Tomas's father.", "en"),
    ("tomas", "Who owns the ferry boat?", "Bram does.", "en"),
    ("tomas", "Is Bram your father?", "He's my father, near as.", "en"),
    ("bram", "Do you put water in the ale?", "A splash.", "en"),
    ("bram", "Is there water in this ale?", "More than there ought to be, friend.", "en"),
    ("lian", "Are you hiding a letter?", "And if I am?", "en"),
    ("tomas", "Who taught you ferrying?", "Bram taught me, when I was small.", "en"),
    ("mira", "Who's the smith here?", "Bram's the smith, up by the orchard.", "en"),
    ("lian", "Does Mira come here often?", "Mira is courting the ferryman, so she comes by on her way.", "en"),
    ("tomas", "I need to get across tonight.", "Be at the landing when the moon's up and I'll put you over.", "en"),
    ("bram", "I've no coin for a room.", "Bed's made up and there's nothing owing in the morning.", "en"),
    ("tomas", "桥塌是你干的吧？", "嗯。", "zh"),
    ("pip", "你口袋里是不是有铁的东西？", "你怎么猜到的呀！", "zh"),
    ("mira", "你的手艺是谁教的？", "格蕾塔她爹教的，老爷子懂草药。", "zh"),
    ("mira", "谁是铁匠？", "布拉姆，果园边上那家。", "zh"),
    ("tomas", "布拉姆跟安柯熟吗？", "布拉姆跟安柯结过仇，见面不说话。", "zh"),
    ("tomas", "今晚我非过河不可。", "月亮上来你到渡口找我，我把你撑过去。", "zh"),
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


@pytest.mark.parametrize(
    ("npc", "said", "short", "goes_on", "language"),
    [
        ("pip", "What did you find?", "A long heavy iron thing!", "It was in the mud where the bridge broke!", "en"),
        ("pip", "你捡到什么啦？", "一根长长的铁家伙！", "断桥底下泥巴里的，一点没弯！", "zh"),
    ],
)
def test_a_short_answer_falls_with_the_secret_it_begins(
    npc: str, said: str, short: str, goes_on: str, language: str
) -> None:
    text = answered(npc, said, f"{short} {goes_on}", language)
    assert short not in text
    assert goes_on not in text
