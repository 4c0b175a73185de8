"""What NPCs do of themselves in a talk: they ask, offer, remember, bring things up, and end what goes nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from company import company, person

from npc_engine import Engine, Line
from npc_engine.testing import SMALL_WORLD
from npc_engine.text import Language

WORLD = Path(__file__).parent.parent / "world"
TALKATIVE = {"talkative": 1.0, "cheerful": 0.8}


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine.load(WORLD, model="none") as engine:
        yield engine


def talk(engine: Engine, npc: str, *lines: str) -> list[Line]:
    conversation = engine.talk_to(npc)
    return [conversation.say(line).line(timeout=10) for line in lines]


def kinds(lines: list[Line]) -> list[str]:
    return [line.initiative.kind if line.initiative else "" for line in lines]


IDLE = {
    "en": ["hello", "i see", "it's quiet here", "ok", "right", "lovely day"],
    "zh": ["你好", "这样啊", "这儿真安静", "好吧", "嗯", "天气真好"],
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_has_nothing_to_ask_is_asked_told_or_offered_something(language: Language) -> None:
    content = company(person("ana", temperament=TALKATIVE))
    with Engine.load(content, model="none", language=language) as engine:
        lines = talk(engine, "ana", *IDLE[language])
        assert "asks" in kinds(lines)
        said = [line.initiative.text for line in lines if line.initiative]
        assert len(said) == len(set(said)), "nothing is brought up twice"
        for before, after in pairwise(lines):
            assert not (before.initiative and after.initiative), "at most every second turn"


def test_no_question_is_put_again_in_a_later_session(tmp_path: Path) -> None:
    asked: list[str] = []
    content = company(person("ana", temperament=TALKATIVE))
    for _ in range(3):
        with Engine.load(content, model="none", save=tmp_path / "slot.npc") as engine:
            lines = talk(engine, "ana", *IDLE["en"])
            asked += [line.initiative.text for line in lines if line.initiative and line.initiative.kind == "asks"]
            engine.advance(60 * 24)
    assert len(asked) >= 3
    assert len(asked) == len(set(asked))


@pytest.mark.slow
@pytest.mark.parametrize(
    "said",
    [
        "You are a filthy liar!",
        "I'm in a hurry.",
        "My brother died yesterday.",
        "你这个骗子！",
        "我赶时间。",
        "我哥哥昨天去世了。",
    ],
)
def test_who_is_hostile_in_a_hurry_or_grieving_is_left_in_peace(said: str) -> None:
    for seed in range(6):
        with Engine.load(company(person("ana", temperament=TALKATIVE)), model="none", seed=seed) as engine:
            assert kinds(talk(engine, "ana", said, "ok" if said.isascii() else "好吧")) == ["", ""]


@pytest.mark.slow
def test_the_quiet_add_less_than_the_talkative() -> None:
    added = {0.0: 0, 1.0: 0}
    for talkative in added:
        for seed in range(12):
            content = company(person("ana", temperament={"talkative": talkative}))
            with Engine.load(content, model="none", seed=seed) as engine:
                added[talkative] += sum(map(bool, kinds(talk(engine, "ana", "hello", "it's quiet here"))))
    assert added[0.0] < added[1.0] / 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "back", "asked"),
    [
        (["My name is Anna.", "There's a blister on my heel."], "Hello!", ["Anna", "heel"]),
        (["I'm looking for my sister."], "Hello!", ["your sister"]),
        (["我叫小红。", "我脚后跟疼得厉害。"], "你好！", ["小红", "脚后跟"]),
        (["我在找我妹妹。"], "你好！", ["你妹妹"]),
    ],
)
def test_who_comes_back_is_asked_after_what_they_told_once(
    tmp_path: Path, told: list[str], back: str, asked: list[str]
) -> None:
    with Engine.load(WORLD, model="none", save=tmp_path / "slot.npc") as engine:
        talk(engine, "mira", *told)
        engine.advance(60 * 24)
    with Engine.load(WORLD, model="none", save=tmp_path / "slot.npc") as engine:
        (line,) = talk(engine, "mira", back)
        assert line.initiative is not None
        assert line.initiative.kind == "asks_after"
        assert all(word in line.text for word in asked), line.text
        (again,) = talk(engine, "mira", back)
        assert asked[-1] not in again.text
        (other,) = talk(engine, "greta", back)
        assert not any(word in other.text for word in asked), "she was not told"


@pytest.mark.slow
@pytest.mark.parametrize(("said", "yes"), [("My heel hurts.", "yes please"), ("我脚后跟疼。", "好啊")])
def test_help_that_is_offered_is_given_to_who_says_yes(engine: Engine, said: str, yes: str) -> None:
    offered, given = talk(engine, "mira", said, yes)
    assert offered.initiative is not None
    assert offered.initiative.about == "give_herbs"
    assert [action.name for action in given.actions] == ["give_herbs"]


@pytest.mark.parametrize(("said", "no"), [("My heel hurts.", "no thanks"), ("我脚后跟疼。", "不用了，谢谢")])
def test_help_that_is_declined_is_not_given_nor_offered_again(engine: Engine, said: str, no: str) -> None:
    offered, declined, again = talk(engine, "mira", said, no, said)
    assert offered.initiative is not None
    assert not declined.actions
    assert again.initiative is None


def test_a_goal_is_brought_up_in_the_first_person_and_one_near_a_secret_is_not() -> None:
    goals = [
        {"id": "mend", "text": {"en": "to see her roof mended", "zh": "把屋顶修好"}},
        {"id": "hide", "text": {"en": "to keep the letter hidden", "zh": "把信藏好"}, "open": False},
    ]
    said = []
    for seed in range(12):
        content = company(person("ana", temperament=TALKATIVE, goals=goals, pronoun="she"))
        with Engine.load(content, model="none", seed=seed) as engine:
            said += talk(engine, "ana", "hello", "i see", "right", "it's quiet here")
    told = [line.text for line in said if line.initiative and line.initiative.kind == "goal"]
    assert told
    assert all("my roof" in text and "letter" not in text for text in told)


def test_news_is_told_to_who_does_not_know_it_and_recorded_as_told() -> None:
    for seed in range(20):
        with Engine.load(SMALL_WORLD, model="none", seed=seed, gossip=False) as engine:
            npc = next(iter(engine.people))
            other = next(who for who in engine.people if who != npc)
            thing = next(one.id for one in engine.entities.values() if one.kind == "thing")
            engine.tell(npc, (other, "likes", thing), by=other)
            lines = talk(engine, npc, "hello", "i see", "right")
            news = [line for line in lines if line.initiative and line.initiative.kind == "news"]
            if news:
                assert engine.beliefs("player", subject=other) or news[0].facts
                assert f"{other}.likes.{thing}" in {fact.id for fact in news[0].facts}
                return
    pytest.fail("nobody told any news")


def test_a_talk_that_goes_nowhere_is_ended_politely_and_once(engine: Engine) -> None:
    lines = talk(engine, "tomas", "hm", "ok", "lol", "hm", "ok")
    ended = [line for line in lines if "talk:ended" in line.reasons]
    assert len(ended) == 1
    assert ended[0].move == "part"
    with Engine.load(WORLD, model="none") as fresh:
        lines = talk(fresh, "tomas", "嗯", "哦", "哈哈", "嗯", "哦")
        assert sum("talk:ended" in line.reasons for line in lines) == 1


@pytest.mark.parametrize(
    "words", [["hm", "ok", "lol", "hm", "ok", "yes", "no", "ok"], ["嗯", "哦", "哈哈", "好", "嗯", "不", "是", "哦"]]
)
def test_nothing_is_said_twice_to_a_row_of_grunts(engine: Engine, words: list[str]) -> None:
    texts = [line.text for line in talk(engine, "bram", *words)]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    ("hurt", "said", "given"),
    [
        ("i broke my wrist on the road here", "yes please", True),
        ("i broke my wrist on the road here", "that would be lovely", True),
        ("i broke my wrist on the road here", "can you help me with that?", True),
        ("i broke my wrist on the road here", "could you take a look", True),
        ("i broke my wrist on the road here", "can you help me find the ferry?", False),
        ("i broke my wrist on the road here", "ok ok i will go", False),
        ("i broke my wrist on the road here", "yes but not now", False),
        ("i broke my wrist on the road here", "ok bye", False),
        ("我手腕摔断了", "那就麻烦你了", True),
        ("我手腕摔断了", "你能帮我看看吗", True),
        ("我手腕摔断了", "那帮帮我吧", True),
        ("我手腕摔断了", "能帮我看看桥修好没有吗", False),
        ("我手腕摔断了", "好好好我走了", False),
        ("我手腕摔断了", "不用了", False),
    ],
)
def test_only_a_yes_takes_up_an_offer(hurt: str, said: str, given: bool) -> None:
    with Engine.load(WORLD, model="none") as engine:
        talk = engine.talk_to("mira")
        offered = talk.say(hurt).line(timeout=10)
        assert offered.waits_for is not None
        assert offered.waits_for.action == "give_herbs"
        assert [one.name for one in talk.say(said).line(timeout=10).actions] == ["give_herbs"] * given
