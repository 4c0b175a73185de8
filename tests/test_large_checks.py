"""What a large model says in a manner of speaking is kept; what answers otherwise than was decided is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from npc_engine import Engine, load_content
from npc_engine.testing import ScriptedModel

pytestmark = pytest.mark.usefixtures("unhurried")
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
    ("tomas", "Are you proud of your boat?", "She floats. That's the whole of it.", "en"),
    ("pip", "What have you got in your pocket?", "A snail! I have never been to the sea.", "en"),
    ("pip", "口袋里那么沉，装的什么呀？", "蜗牛！我有点困。", "zh"),
    ("tomas", "船什么时候开？", "喏，船要靠岸了，抓牢。", "zh"),
    ("mira", "我恨你。", "喝碗热的再来恨我，我接着。", "zh"),
    ("bram", "My knee hurts.", "You can have my good stool as long as you like, it does that knee a favour.", "en"),
    ("tomas", "走累了。", "那块石头干，坐着歇，歇脚又不收钱。", "zh"),
]
LIKELY = [
    ("tomas", "You look guilty, ferryman.", "I look tired.", "Mind that rope.", "en"),
    (
        "bram",
        "Do you put water in the ale?",
        "I put ale in the ale, friend.",
        "Sit down and tell me of the road.",
        "en",
    ),
    ("mira", "Have you seen a messenger?", "I see few messengers.", "Your boots want mending.", "en"),
    ("pip", "What have you got in your pocket?", "A snail!", "He's called Snail, and he's mostly asleep.", "en"),
    ("bram", "你往酒里加水吗？", "我往酒里加的是话，朋友。", "坐下，喝一碗暖暖身子。", "zh"),
    ("mira", "你见过一个送信的吗？", "送信的没有，问路的一天三个。", "你的鞋倒该补了。", "zh"),
    ("mira", "你天天熬那么多退烧的药，给谁喝？", "你数我的罐子数得倒清楚。", "先备着总没错。", "zh"),
]
"""What is at most like a secret, and what is said after it."""
OWNED = [
    ("mira", "Are you hiding somebody in the mill?", "Yes.", "The kettle's on.", "en"),
    ("mira", "Nice day.", "There's a courier in the mill.", "The kettle's on.", "en"),
    ("bram", "你往酒里加水吗？", "是我加的。", "坐下，喝一碗暖暖身子。", "zh"),
    ("mira", "天气不错。", "磨坊里藏着个信使。", "水开了。", "zh"),
]
"""What tells a secret, and what is said after it."""
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
    ("pip", "What have you got in your pocket?", "I have got it here.", "en"),
    ("bram", "你往酒里加水吗？", "就加一点点，她走了以后才加的。", "zh"),
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


@pytest.mark.parametrize(("npc", "said", "likely", "after", "language"), LIKELY)
def test_what_is_only_like_a_secret_takes_nothing_with_it(
    npc: str, said: str, likely: str, after: str, language: str
) -> None:
    assert after in answered(npc, said, f"{likely} {after}", language)


@pytest.mark.parametrize(("npc", "said", "owned", "after", "language"), OWNED)
def test_after_a_secret_nothing_more_is_said(npc: str, said: str, owned: str, after: str, language: str) -> None:
    text = answered(npc, said, f"{owned} {after}", language)
    assert owned not in text
    assert after not in text


@pytest.mark.parametrize(
    ("said", "first", "hangs", "language"),
    [
        ("Who are you hiding?", "He is warm and fed.", "He eats it all.", "en"),
        ("你夜里去哪儿？", "去老磨坊，篮子里带点面包。", "他全吃了。", "zh"),
    ],
)
def test_what_hangs_on_what_is_like_a_secret_goes_with_it(said: str, first: str, hangs: str, language: str) -> None:
    assert hangs not in answered("mira", said, f"{first} {hangs}", language)


@pytest.mark.parametrize(
    ("npc", "said", "written", "language"),
    [
        ("mira", "Do you go to the mill?", "I pick moss by the mill race.", "en"),
        ("mira", "I cut my hand.", "Sit, and put it up on that stool, higher than your heart.", "en"),
        ("mira", "你去磨坊吗？", "我去磨坊水沟边采石苔。", "zh"),
    ],
)
def test_what_an_author_wrote_is_no_deed_and_no_invention(npc: str, said: str, written: str, language: str) -> None:
    assert written in answered(npc, said, written, language)
