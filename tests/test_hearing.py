"""What is not taken for more, nor for less, than was asked: word by word, in a small world and in both languages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from company import company, person

from npc_engine import Engine, Line
from npc_engine.content import load_content
from npc_engine.testing import SMALL_WORLD
from npc_engine.text import stem
from npc_engine.world.definitions import FactDefinition

FACTS = ["ben has key", "cleo works_at inn", "ana works_at smithy", "ana sibling_of cleo", "cleo fears bridge"]
SAYS = {"yes": {"en": ["Yes."], "zh": ["是的。"]}, "opening": {"en": ["Well."], "zh": ["这个嘛。"]}}


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    fears = {
        "id": "fears",
        "wording": {"en": "{subject} {fears|fear} {object}", "zh": "{subject}怕{object}"},
        "words": {"en": ["fear", "afraid", "scared"], "zh": ["怕"]},
        "asks": ["what", "who"],
    }
    base = load_content(SMALL_WORLD)
    rules = {**base.predicates, "fears": type(base.predicates["has"]).model_validate(fears)}
    people = person("ana", knows=["* * *"], phrases=SAYS), person("ben"), person("cleo")
    facts = tuple(FactDefinition(fact=fact) for fact in FACTS)
    with Engine.load(
        company(*people, facts=facts, predicates=rules), model="none", understander="rules", gossip=False
    ) as engine:
        yield engine


def say(engine: Engine, text: str) -> Line:
    return engine.talk_to("ana").say(text).line(timeout=10)


def told(line: Line) -> list[str]:
    return [fact.id for fact in line.facts]


@pytest.mark.parametrize(
    "asked",
    [
        "这儿有什么好喝的？",
        "这里有什么吃的？",
        "有什么好玩的？",
        "客栈里有什么好喝的？",
        "这儿有井吗？",
        "有人在吗？",
        "有空吗？",
        "谁有狗？",
        "有没有人有狗？",
        "有什么要帮忙的吗？",
        "Who has wine?",
        "Does anyone have a dog?",
        "Has anybody got wine?",
        "Who works in the palace?",
        "Where do the miners work?",
        "矿工在哪儿干活？",
        "What is there to drink?",
        "Is there a well here?",
    ],
)
def test_what_nobody_has_words_for_is_not_answered_with_something_else(engine: Engine, asked: str) -> None:
    line = say(engine, asked)
    assert (line.move, told(line)) in [("unknown", []), ("confused", [])], line.text


@pytest.mark.parametrize(
    ("asked", "fact"),
    [
        ("谁有钥匙？", "ben.has.key"),
        ("阿本有什么？", "ben.has.key"),
        ("Who has the key?", "ben.has.key"),
        ("What has Ben got?", "ben.has.key"),
        ("What does Ben have there?", "ben.has.key"),
    ],
)
def test_what_somebody_has_is_still_found(engine: Engine, asked: str, fact: str) -> None:
    assert told(say(engine, asked)) == [fact]


@pytest.mark.parametrize(
    ("asked", "fact"),
    [
        ("Do you work at the palace?", "ana.works_at.smithy"),
        ("Do you work in a quarry?", "ana.works_at.smithy"),
        ("Is Cleo afraid of spiders?", "cleo.fears.bridge"),
        ("Does the king fear the bridge?", "cleo.fears.bridge"),
        ("你在皇宫干活吗？", "ana.works_at.smithy"),
        ("克丽怕蜘蛛吗？", "cleo.fears.bridge"),
        ("国王怕桥吗？", "cleo.fears.bridge"),
    ],
)
def test_neither_yes_nor_no_is_said_to_what_was_not_understood(engine: Engine, asked: str, fact: str) -> None:
    line = say(engine, asked)
    assert told(line) == [fact]
    assert not line.text.startswith(("Yes", "No", "是的", "不"))


@pytest.mark.parametrize(
    "asked",
    [
        "Do you work at the smithy?",
        "Is Cleo afraid of the bridge?",
        "你在铁匠铺干活吗？",
        "克丽怕桥吗？",
        "难道克丽怕桥？",
        "克丽怕桥？",
    ],
)
def test_yes_is_said_to_what_was(engine: Engine, asked: str) -> None:
    assert say(engine, asked).text.startswith(("Yes.", "是的。"))


@pytest.mark.parametrize(
    "asked",
    [
        "Who are you?",
        "So who are you, then?",
        "Who are you, stranger?",
        "What's your name?",
        "And who might you be?",
        "Tell me who you are.",
        "What should I call you, friend?",
        "What are you called around here?",
        "Is your name Cleo?",
        "你是谁？",
        "你到底是谁啊？",
        "请问您贵姓？",
        "你叫什么名字呀？",
        "我该怎么称呼你？",
        "你的名字是什么？",
    ],
)
def test_who_asks_for_a_name_is_told_it(engine: Engine, asked: str) -> None:
    assert "ana.named.ana" in told(say(engine, asked))


@pytest.mark.parametrize(
    "asked",
    [
        "Who are you hiding in the smithy?",
        "Who are you angry with?",
        "Who are you waiting for?",
        "Who gave you your name?",
        "Who are you to tell me that?",
        "Who are you going to marry?",
        "你是谁派来的？",
        "你是谁的女儿？",
        "你是谁救下来的？",
        "你的名字是谁起的？",
    ],
)
def test_who_asks_more_is_not_told_a_name(engine: Engine, asked: str) -> None:
    line = say(engine, asked)
    assert (line.move, told(line)) == ("unknown", []), line.text


def test_a_longer_question_that_is_understood_is_answered(engine: Engine) -> None:
    assert told(say(engine, "Who are you a sister of?")) == ["ana.sibling_of.cleo"]
    assert told(say(engine, "你是谁的姐妹？")) == ["ana.sibling_of.cleo"]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Who is Cleo?", True),
        ("Who is Cleo, anyway?", True),
        ("Do you know who Cleo is?", True),
        ("Who is Cleo hiding?", False),
        ("Who is Cleo so angry with?", False),
        ("Who is Cleo waiting for?", False),
        ("克丽是谁？", True),
        ("你知道克丽是谁吗？", True),
        ("克丽到底是谁啊？", True),
        ("克丽藏着的是谁？", False),
        ("克丽在等谁？", False),
    ],
)
def test_who_somebody_is_is_said_only_if_no_more_is_asked(engine: Engine, asked: str, answered: bool) -> None:
    assert ("cleo.described.cleo" in told(say(engine, asked))) is answered


@pytest.mark.parametrize(
    ("asked", "fact"),
    [
        ("Where does Ana toil?", "ana.works_at.smithy"),
        ("Where is Cleo employed?", "cleo.works_at.inn"),
        ("What does Cleo dread?", "cleo.fears.bridge"),
        ("What is Cleo terrified of?", "cleo.fears.bridge"),
        ("Who is Cleo's twin?", "ana.sibling_of.cleo"),
        ("安娜在哪儿上班？", "ana.works_at.smithy"),
        ("克丽畏惧什么？", "cleo.fears.bridge"),
    ],
)
def test_another_word_for_the_same_will_do(engine: Engine, asked: str, fact: str) -> None:
    assert told(say(engine, asked)) == [fact]


@pytest.mark.parametrize("asked", ["Where does Ana work?", "安娜在哪儿干活？", "安娜在哪里工作？"])
def test_where_somebody_works_is_not_where_they_are(engine: Engine, asked: str) -> None:
    assert told(say(engine, asked)) == ["ana.works_at.smithy"]


def test_a_word_of_the_worlds_own_comes_before_another_word_for_the_same(engine: Engine) -> None:
    assert told(say(engine, "Who works with a terrified look at the inn?")) == ["cleo.works_at.inn"]


@pytest.mark.parametrize(
    ("asked", "fact"),
    [
        ("Where do I find Cleo's sister?", "ana.at.inn"),
        ("Who, in the smithy, works?", "ana.works_at.smithy"),
        ("In the inn, who works?", "cleo.works_at.inn"),
    ],
)
def test_a_place_put_first_is_still_the_place(engine: Engine, asked: str, fact: str) -> None:
    assert fact in told(say(engine, asked))


@pytest.mark.slow
def test_words_are_stemmed_alike_however_many_hear_at_once() -> None:
    """Minds are read on several threads; the stemmer works on one word at a time."""
    spoken = [f"{start}{middle}ing" for start in ("walk", "sing", "mend", "hurry") for middle in map(str, range(500))]
    alone = [stem.__wrapped__(word) for word in spoken]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda _: [stem.__wrapped__(word) for word in spoken], range(8)))
    finally:
        sys.setswitchinterval(interval)
    assert all(found == alone for found in together)
