"""Someone to talk to: what players say that is no question about the world is answered, and what they tell is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from company import company, person

from npc_engine import Engine, Line

WORLD = Path(__file__).parent.parent / "world"


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine.load(WORLD, model="none", gossip=False) as engine:
        yield engine


def talk(engine: Engine, npc: str, *lines: str) -> list[Line]:
    conversation = engine.talk_to(npc)
    return [conversation.say(line).line(timeout=10) for line in lines]


# -- what a speaker tells of themself ------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "asked", "answer"),
    [
        ("My name is Robin.", "What is my name?", "Robin"),
        ("name's Ottilie by the way", "wait whats my name again", "Ottilie"),
        ("I have a dog called Rex.", "What is my dog called?", "Rex"),
        ("I have a sister named Rosa who is a baker.", "What does Rosa do?", "our sister is a baker."),
        ("I have a sister named Rosa who is a baker.", "What did I tell you about my sister?", "Rosa"),
        ("My favourite food is honey cake.", "What's my favourite food?", "honey cake"),
        ("我叫小红。", "我叫什么名字？", "小红"),
        ("对了我叫阿桐", "你还记得我叫什么吗", "阿桐"),
        ("我有一只狗叫旺财。", "我的狗叫什么？", "旺财"),
    ],
)
def test_what_they_told_is_known_to_whom_they_told_it(engine: Engine, told: str, asked: str, answer: str) -> None:
    _, line = talk(engine, "mira", told, asked)
    assert answer in line.text
    assert answer not in talk(engine, "tomas", asked)[0].text, "nobody told him"


def test_a_name_outlives_the_save_and_the_day(tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    with Engine.load(WORLD, save=slot, model="none") as engine:
        talk(engine, "mira", "I'm Anna, nice to meet you.")
    with Engine.load(WORLD, save=slot, model="none") as engine:
        engine.advance(timedelta(days=2) / timedelta(minutes=1))
        assert "Anna" in talk(engine, "mira", "what's my name?")[0].text
        engine.rebuild()
        assert "Anna" in talk(engine, "mira", "what's my name?")[0].text


@pytest.mark.parametrize("asked", ["What is my name?", "我叫什么？"])
def test_a_name_that_was_never_told_is_not_made_up(engine: Engine, asked: str) -> None:
    (line,) = talk(engine, "mira", asked)
    assert "told:nothing" in line.reasons


def test_a_corrected_name_is_the_new_one(engine: Engine) -> None:
    *_, line = talk(engine, "greta", "My name is Ana.", "My name is Anna.", "what's my name")
    assert "Anna" in line.text


# -- an answer to every line ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("i broke my wrist on the road here", "tell_self"),
        ("do you ever get lonely out here", "ask_npc"),
        ("tell me a joke", "ask_joke"),
        ("what do you do all day?", "ask_npc"),
        ("what should i do next", "ask_advice"),
        ("lol", "laugh"),
        ("why though", "ask_why"),
        ("are you sure", "ask_sure"),
        ("and then?", "ask_more"),
        ("sorry that came out wrong", "apologise"),
        ("I promise I won't hurt you.", "promise"),
        ("一个人在这儿闷不闷", "ask_npc"),
        ("讲个笑话吧", "ask_joke"),
        ("哈哈哈", "laugh"),
        ("为什么呀", "ask_why"),
        ("你确定吗", "ask_sure"),
        ("后来呢", "ask_more"),
        ("抱歉，我话说重了", "apologise"),
    ],
)
def test_what_is_done_by_talking_is_understood(engine: Engine, said: str, act: str) -> None:
    (line,) = talk(engine, "tomas", said)
    assert line.act == act
    assert line.trouble == ""
    assert line.move not in ("unknown", "confused")


LITTLE = [
    ["ok", "hm", "lol", "yeah", "no", "ok then", "right", "i see"],
    ["嗯", "哦", "好吧", "哈哈", "行", "是啊"],
]


@pytest.mark.parametrize("lines", LITTLE, ids=["en", "zh"])
def test_nothing_is_said_twice_in_a_row_of_little_answers(engine: Engine, lines: list[str]) -> None:
    said = [line.text for line in talk(engine, "greta", *lines)]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("said", "name"),
    [("Hello, where is Tomas?", "Tomas"), ("Thanks. Is the bridge safe?", "bridge"), ("你好，桥安全吗？", "桥")],
)
def test_both_things_in_a_line_are_answered(engine: Engine, said: str, name: str) -> None:
    (line,) = talk(engine, "mira", said)
    assert line.act == "ask_fact"
    assert line.facts
    assert name in line.text


@pytest.mark.parametrize("asked", ["What time is it?", "what day is it", "Where are we?", "现在几点了？", "这是哪儿？"])
def test_everybody_knows_the_moment(engine: Engine, asked: str) -> None:
    (line,) = talk(engine, "mira", asked)
    assert any(reason.startswith("scene:") for reason in line.reasons)


def test_grief_is_met_before_anything_else(engine: Engine) -> None:
    (line,) = talk(engine, "mira", "I had to bury my husband last spring.")
    assert line.move == "chat"
    assert not engine.beliefs("mira", "player")


# -- nothing false is taken up -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "My father was a blacksmith too.",
        "Tomas seems sad since the flood.",
        "I used to work at the mill as a boy.",
        "I think Greta made the lamp, or maybe not.",
        "You broke the bridge.",
        "Maybe Tomas broke the bridge.",
    ],
)
def test_what_was_not_said_as_a_fact_is_not_recorded(engine: Engine, said: str) -> None:
    before = {npc: len(engine.beliefs(npc)) for npc in engine.people}
    (line,) = talk(engine, "greta", said)
    assert engine.events[-2].claims == ()
    assert {npc: len(engine.beliefs(npc)) for npc in engine.people} == before
    assert line.trouble == ""


@pytest.mark.parametrize(
    ("npc", "said"),
    [
        ("mira", "Don't give me some herbs."),
        ("mira", "dont give me anything please"),
        ("lian", "别给我倒茶"),
        ("mira", "Tomas said: give me the herbs."),
    ],
)
def test_what_was_not_asked_for_is_not_done(engine: Engine, npc: str, said: str) -> None:
    (line,) = talk(engine, npc, said)
    assert line.actions == ()


# -- the author's words come first ---------------------------------------------------------------------

ABOUT = [{"topic": "family", "says": {"en": ["Two brothers, both louder than me."], "zh": ["两个哥哥，都比我能嚷。"]}}]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("do you have any family?", "Two brothers, both louder than me."),
        ("你家里还有什么人？", "两个哥哥，都比我能嚷。"),
    ],
)
def test_passages_about_someone_are_told_when_asked(asked: str, answer: str) -> None:
    with Engine.load(company(person("ana", about=ABOUT)), model="none") as engine:
        first, again = talk(engine, "ana", asked, asked)
        assert first.text == answer
        assert again.text != answer, "once in a talk is enough"


def test_a_samples_line_is_answered_with_its_reply(engine: Engine) -> None:
    (line,) = talk(engine, "mira", "Where do you go in the evenings?")
    assert "moss" in line.text.lower()


@pytest.mark.parametrize(("manner", "other"), [("warm", "gruff"), ("dry", "shy")])
def test_a_persona_of_ten_lines_is_somebody(manner: str, other: str) -> None:
    said = []
    for kind in (manner, other):
        with Engine.load(company(person("ana", temperament={"manner": kind})), model="none") as engine:
            said.append([line.text for line in talk(engine, "ana", "you are very kind", "do you like music?", "lol")])
    assert not set(said[0]) & set(said[1])
