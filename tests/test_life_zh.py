"""Small talk of somebody's own life in Chinese: what any author left out is answered in a modest line, by anybody."""

from __future__ import annotations

import pytest
from company import company, person

from npc_engine import Engine, Line
from npc_engine.dialogue.understand import own_life
from npc_engine.lang import pack


def ana(asked: str) -> Line:
    """Return what somebody answers of whose life nothing was written."""
    with Engine.load(company(person("ana", temperament={"manner": "warm"})), model="none", language="zh") as engine:
        return engine.talk_to("ana").say(asked).line(timeout=10)


@pytest.mark.parametrize(
    ("matter", "asked"),
    [
        ("looked_after", "感觉你老在照顾别人 谁照顾你啊"),
        ("bored", "看你年纪轻轻累不累啊"),
        ("pupils", "您收徒弟吗"),
        ("hours", "你都几点睡啊"),
        ("leaving", "为什么你不回去？"),
        ("riches", "你一天能挣几个钱啊"),
        ("customers", "一般都是啥人来找你"),
        ("sums", "你多久洗一次澡"),
        ("ever_did", "那你呢 打过什么怪物没"),
        ("ever_do", "您平常熬夜不"),
    ],
)
def test_small_talk_of_a_life_is_answered_by_who_has_nothing_written_on_it(matter: str, asked: str) -> None:
    line = ana(asked)
    assert line.reasons == (f"life:{matter}",)
    assert line.text in [
        one if isinstance(one, str) else one["say"] for one in pack("zh").life["matters"][matter]["says"]
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "你有没有见过托马斯",
        "你还有房间吗",
        "他累不累",
        "那天夜里你摇过船吗",
        "天黑了还能过河吗",
        "这药苦不苦",
        "我有没有来过这儿",
    ],
)
def test_what_asks_of_the_world_of_others_or_of_one_night_is_no_small_talk(asked: str) -> None:
    assert own_life.asked(asked, "zh") is None


def test_no_price_no_hour_and_no_crime_is_named_by_anybody() -> None:
    matters = pack("zh").life["matters"]
    said = [
        one if isinstance(one, str) else one["say"]
        for name in ("charging", "hours", "fighting", "lying")
        for one in matters[name]["says"]
    ]
    assert not [one for one in said if any(word in one for word in ("文钱", "两银子", "点钟", "时辰", "杀过", "偷过"))]
