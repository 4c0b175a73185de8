"""What players type when they were misheard, when they act beside speaking, when they leave, when they order."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from npc_engine import Engine, Line
from npc_engine.dialogue.speak.repertoire import remarks
from npc_engine.dialogue.understand.ellipsis import filled
from npc_engine.lang import HOME

VILLAGE = Path(__file__).parents[1] / "world"
NOTHING_SAID: Any = SimpleNamespace(exchanges=())


def talk(npc: str, language: str, *lines: str) -> list[Line]:
    with Engine.load(VILLAGE, model="none", language=language) as engine:
        conversation = engine.talk_to(npc)
        return [conversation.say(line).line() for line in lines]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("npc", "language", "first", "over", "reason"),
    [
        ("greta", "en", "Good evening!", "what do you mean? i only asked about your day", "about:day"),
        ("tomas", "en", "What a river.", "no, i was just asking how ur doing", "about:mood"),
        ("pip", "zh", "今天真热闹", "别打岔，我问你几岁了", "about:age"),
        ("lian", "zh", "静得很", "什么呀！我说我累了", "topic:I am tired."),
    ],
)
def test_who_asks_it_over_is_answered_that(npc: str, language: str, first: str, over: str, reason: str) -> None:
    assert talk(npc, language, first, over)[-1].reasons[0] == reason


def test_what_was_asked_of_others_is_not_asked_over() -> None:
    line = talk("bram", "en", "I asked Mira about the mill, just to be polite.")[0]
    assert not line.reasons[0].startswith("about:"), line


@pytest.mark.parametrize(
    ("npc", "language", "plain", "acted"),
    [
        ("bram", "en", "what is the cat called?", "*leans on the bar* what is the cat called?"),
        ("pip", "zh", "你几岁了？", "（蹲下来）你几岁了？"),
    ],
)
def test_a_gesture_beside_words_leaves_them_as_they_are(npc: str, language: str, plain: str, acted: str) -> None:
    assert talk(npc, language, acted)[0].reasons == talk(npc, language, plain)[0].reasons


def test_a_gesture_alone_is_still_heard() -> None:
    assert talk("mira", "en", "*nods*")[0].text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("npc", "language", "said"),
    [
        ("greta", "zh", "好吧 不烦你了 走了。替我跟皮普问好"),
        ("lian", "zh", "小气哈哈，逗你的。我回去赶论文了，下次来还迎我一回啊，拜拜"),
        ("tomas", "en", "highmarket, good, i go there. thank you tomas, good night, greet the cow from me!"),
        ("lian", "zh", "偶尔会吧。好啦不早了，我先回去了，茶钱多少，改天再来看你"),
    ],
)
def test_who_leaves_is_bidden_goodbye_whatever_else_they_say(npc: str, language: str, said: str) -> None:
    assert talk(npc, language, said)[0].move == "part"


@pytest.mark.slow
def test_whose_wife_is_gone_is_bidden_no_goodbye() -> None:
    assert talk("bram", "zh", "夫人走了睡不着…可怜。他后来好点没")[0].move != "part"


@pytest.mark.parametrize("said", ["没事，就是想找人聊聊", "没啥事 就想找人随便聊聊"])
def test_who_wants_to_chat_asks_for_nothing_to_be_told(said: str) -> None:
    assert talk("greta", "zh", said)[0].move != "unknown"


def test_who_orders_hears_the_price_and_no_tale() -> None:
    line = talk("bram", "en", "one eel pie please")[0]
    assert line.reasons[0] == "asked:goods", line
    assert "five" in line.text


def test_a_word_just_heard_is_no_name_misspelt() -> None:
    breakfast, lumps = talk("pip", "en", "what do you eat for breakfast?", "lumps?? what names")
    assert "lumps" in breakfast.text
    assert "lantern" not in lumps.text


def test_what_is_asked_of_another_is_no_topic_on_oneself() -> None:
    line = talk("greta", "en", "oh tomas! just talked to him, he told me about his mother. do you like him?")[0]
    assert "Tomas" in line.text, line


def test_who_asks_for_people_is_not_told_a_place() -> None:
    line = talk("tomas", "en", "who do you work with?")[0]
    assert not any("works_at" in reason for reason in line.reasons), line


def test_of_no_answer_nobody_gives_a_reason() -> None:
    nothing, line = talk("tomas", "en", "do you ever get tired of the river?", "why")
    with Engine.load(VILLAGE, model="none") as engine:
        owning_up = [one.text for one in remarks("ask_mean", engine.people["tomas"], "en")]
    assert "nothing believed of it" in nothing.reasons
    assert any(text in line.text for text in owning_up), line


@pytest.mark.parametrize(
    "said", ["*" + "a b " * 2500, "*a" * 5000, "i only asked about " * 500, "a" + " " * 9000 + "b", "is there a " * 900]
)
def test_a_long_line_is_filled_in_at_once(said: str) -> None:
    for language in HOME:
        began = time.process_time()
        filled(said, NOTHING_SAID, language)
        assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    ("language", "said", "reason"), [("zh", "你叫啥", "asked:relation"), ("en", "what do you like", "asked:relation")]
)
def test_a_plain_question_is_no_topic_that_shares_its_one_word(language: str, said: str, reason: str) -> None:
    assert talk("mira", language, said)[0].reasons[0] == reason
