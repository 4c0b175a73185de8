"""What comes to mind first, in both languages, and when time matters."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from npc_engine import Embedder, Engine, Entity
from npc_engine.mind.named_times import period

START = datetime(1204, 5, 4, 8)
PEOPLE = [("ana", "Ana", "安娜"), ("ben", "Ben", "阿本"), ("cleo", "Cleo", "克丽")]
TALKS = {
    0: [
        ("ana", "I sold my old boat to a stranger."),
        ("ben", "What did he look like?"),
        ("ana", "Tall, with a scar over one eye."),
        ("cleo", "The miller's cart broke down again."),
        ("ana", "我把旧船卖给了一个外乡人。"),
        ("ben", "他长什么样？"),
        ("ana", "个子很高，眼睛上有一道疤。"),
        ("cleo", "磨坊的大车又坏了。"),
    ],
    3: [
        ("ben", "My sister bakes honey cake on Sundays."),
        ("cleo", "I went to the market for nails."),
        ("ben", "我妹妹每逢集日烤蜂蜜糕。"),
        ("cleo", "我去集市买了铁钉。"),
    ],
    9: [
        ("cleo", "The roof of the barn leaks since last week."),
        ("ben", "I have three hens left."),
        ("cleo", "谷仓的屋顶从上周起就漏水。"),
        ("ben", "我只剩三只母鸡了。"),
    ],
}


@pytest.fixture
def engine() -> Iterator[Engine]:
    entities = [Entity(id=who, kind="person", names={"en": en, "zh": zh}) for who, en, zh in PEOPLE]
    with Engine.new(entities=entities, start=START) as engine:
        for day, talk in TALKS.items():
            for turn, (who, text) in enumerate(talk):
                at = START + timedelta(days=day, minutes=turn)
                engine.record(text, speaker=who, audience={"ana", "ben", "cleo"}, at=at)
        yield engine


def first(engine: Engine, query: str, limit: int = 1) -> list[str]:
    return [memory.text for memory in engine.recall("ben", query, limit)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Who bought the boat?", "I sold my old boat to a stranger."),
        ("Who sells boats?", "I sold my old boat to a stranger."),
        ("What did Cleo go to the market for?", "I went to the market for nails."),
        ("When did the roof begin to leak?", "The roof of the barn leaks since last week."),
        ("Any dessert here?", "My sister bakes honey cake on Sundays."),
        ("有什么点心？", "我妹妹每逢集日烤蜂蜜糕。"),
        ("谁把船卖了？", "我把旧船卖给了一个外乡人。"),
        ("克丽在集市上买了什么钉子？", "我去集市买了铁钉。"),
        ("屋顶什么时候开始漏的？", "谷仓的屋顶从上周起就漏水。"),
        ("阿本还有几只鸡？", "我只剩三只母鸡了。"),
    ],
)
def test_the_memory_that_answers_comes_first(engine: Engine, query: str, found: str) -> None:
    assert first(engine, query) == [found]


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("What did the stranger look like?", "Tall, with a scar over one eye."),
        ("外乡人长什么样？", "个子很高，眼睛上有一道疤。"),
    ],
)
def test_the_answer_comes_with_the_question_it_was_given_to(engine: Engine, query: str, answer: str) -> None:
    recalled = next(memory for memory in engine.recall("ben", query, 4) if memory.text == answer)
    assert recalled.parts["neighbours"] > 0


@pytest.mark.parametrize(
    ("query", "day"),
    [
        ("What did Ana say on 4 May?", 4),
        ("What happened on May 7th?", 7),
        ("What did Cleo say today?", 13),
        ("What happened six days ago?", 7),
        ("五月七日有什么事？", 7),
        ("九天前说了些什么？", 4),
    ],
)
def test_a_question_that_names_a_day_finds_what_was_said_then(engine: Engine, query: str, day: int) -> None:
    assert {memory.at.day for memory in engine.recall("ben", query, 2)} == {day}


@pytest.mark.parametrize("query", ["Who bought the boat?", "谁把船卖了？"])
def test_how_long_ago_it_was_changes_nothing_about_what_a_question_finds(engine: Engine, query: str) -> None:
    before = [(memory.event_id, memory.score) for memory in engine.recall("ben", query, 1)]
    engine.advance(minutes=60 * 24 * 400)
    assert [(memory.event_id, memory.score) for memory in engine.recall("ben", query, 1)] == before


def test_unasked_the_latest_comes_to_mind_and_what_matters_stays_longer(engine: Engine) -> None:
    assert set(first(engine, "", 4)) == {text for _, text in TALKS[9]}
    theft = engine.record("Someone took the silver cup.", audience={"ben"})
    engine.weigh("ben", theft, 1.0)
    engine.advance(minutes=60 * 24 * 5)
    rain = engine.record("It rained.", audience={"ben"})
    assert [memory.event_id for memory in engine.recall("ben", "", 2)] == [rain, theft]
    engine.advance(minutes=60 * 24 * 2)
    assert [memory.event_id for memory in engine.recall("ben", "", 2)] == [theft, rain]


@pytest.mark.parametrize(
    ("query", "begins", "days"),
    [
        ("What happened in April?", "1204-04-01", 30),
        ("in December", "1203-12-01", 31),
        ("on 30 May 1203", "1203-05-30", 1),
        ("last week", "1204-05-10", 7),
        ("三月二十一日", "1204-03-21", 1),
        ("三月初五的事", "1204-03-05", 1),
        ("十二月", "1203-12-01", 31),
        ("昨天", "1204-05-16", 1),
        ("两天前", "1204-05-15", 1),
    ],
)
def test_times_that_questions_name(query: str, begins: str, days: int) -> None:
    now = datetime(1204, 5, 17, 9)
    assert now.weekday() == 0
    since = datetime.fromisoformat(begins)
    assert period(query, now) == (since, since + timedelta(days=days))


@pytest.mark.parametrize(
    "query", ["May I ask you something?", "on 31 February", "How are you?", "你好", "三个月", "一天"]
)
def test_questions_that_name_no_time(query: str) -> None:
    assert period(query, datetime(1204, 5, 17)) is None


def test_new_memories_are_found_by_words_that_were_looked_for_before(engine: Engine) -> None:
    assert first(engine, "comet") == []
    engine.record("A comet!", audience={"ben"})
    assert first(engine, "comet") == ["A comet!"]


class Synonyms:
    """An embedder that knows a few words for the same, and that other texts are about something else."""

    GROUPS = (("physician", "healer", "大夫", "医者"), ("ale", "beer"))

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.asked += texts
        return [[*(float(any(word in text for word in group)) for group in self.GROUPS), 0.1] for text in texts]


class Broken:
    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        raise OSError("no such model")


SAID = ("The healer lives behind the mill.", "We brewed beer all week.", "The road is muddy.", "Two carts broke down.")


def told(embedder: Embedder | None, save: Path | None = None) -> Engine:
    engine = Engine.new(save=save, start=START, embedder=embedder)
    for text in SAID:
        engine.record(text, speaker="ana", audience={"ben"})
    return engine


def soon(engine: Engine, query: str) -> list[str]:
    """Return what comes to mind once the embedder has had the time for it."""
    ends = time.monotonic() + 5
    while not (found := first(engine, query)) and time.monotonic() < ends:
        time.sleep(0.01)
    return found


def test_an_embedder_finds_what_was_said_in_other_words() -> None:
    with told(None) as engine:
        assert first(engine, "Is there a physician?") == []
    with told(Synonyms()) as engine:
        assert soon(engine, "Is there a physician?") == [SAID[0]]
        assert soon(engine, "哪里有大夫？") == [SAID[0]]
        assert engine.recall("ben", "Is there a physician?", 1)[0].parts.keys() == {"meaning"}


def test_words_weigh_more_than_meaning() -> None:
    with told(Synonyms()) as engine:
        assert soon(engine, "any ale") == [SAID[1]]
        found = engine.recall("ben", "Is the road good for carrying ale?", 2)
        assert [memory.text for memory in found] == [SAID[2], SAID[1]]


@pytest.mark.parametrize("query", ["Who sells boats?", "谁把船卖了？", "the moon", "What did Cleo say today?"])
def test_without_an_embedder_meaning_has_no_part(engine: Engine, query: str) -> None:
    assert all("meaning" not in memory.parts for memory in engine.recall("ben", query, 10))


def test_vectors_are_made_again_from_the_save(tmp_path: Path) -> None:
    told(Synonyms(), tmp_path / "slot.npc").close()
    embedder = Synonyms()
    with Engine.new(save=tmp_path / "slot.npc", start=START, embedder=embedder) as engine:
        assert embedder.asked == []
        assert soon(engine, "Is there a physician?") == [SAID[0]]
        assert set(SAID) < set(embedder.asked)
        assert len(embedder.asked) == len(set(embedder.asked))


def test_recall_goes_on_without_an_embedder_that_fails() -> None:
    def found() -> list[str]:
        with told(Broken()) as engine:
            return [*first(engine, "Who brewed?"), *first(engine, "Is there a physician?")]

    with pytest.warns(RuntimeWarning, match="no such model"):
        assert found() == [SAID[1]]


def test_words_that_stand_in_very_many_memories_find_just_those() -> None:
    with Engine.new(start=START) as engine:
        turning: set[int] = set()
        for again in (1, 2):
            for number in range(300):
                turning.add(engine.record(f"The mill turned, mill {number}.", audience={"ben"}))
                engine.record("Rain again.", audience={"ben"})
                engine.record("老磨坊", audience={"ben"})
                engine.record("It is cold.", audience={"ben"})
            burnt = engine.record("The mill burned.", audience={"ben"})
            turning.add(burnt)
            assert {
                memory.event_id for memory in engine.recall("ben", "mill", 1000) if "words" in memory.parts
            } == turning
            assert engine.recall("ben", "Which mill burned?", 1)[0].event_id == burnt
            assert (
                len([memory for memory in engine.recall("ben", "磨坊", 1000) if "words" in memory.parts]) == 300 * again
            )


@pytest.mark.parametrize(
    "query",
    ["what did we do yesterday", "what happened last week", "昨天我们做了什么", "上周呢", "三天前", "900 days ago",
     "九十九天前", "in December", "前天", "today", "on 3 May", "last January"],
)  # fmt: skip
@pytest.mark.parametrize("days", [0, 1, 8])
@pytest.mark.parametrize("start", [datetime(1, 1, 1), datetime(9999, 12, 20)], ids=["first year", "last year"])
def test_a_time_is_asked_about_at_the_ends_of_the_calendar(start: datetime, days: int, query: str) -> None:
    with Engine.new(start=start) as engine:
        for day in range(days + 1):
            engine.record(f"We mended the net, day {day}. 我们补了网。", audience=["mira"])
            if day < days:
                engine.advance(24 * 60)
        found = engine.recall("mira", query)
        if query in ("what did we do yesterday", "昨天我们做了什么") and days:
            assert found[0].memory.text.startswith(f"We mended the net, day {days - 1}.")
        if query == "what happened last week" and days == 8 and start.year == 1:
            assert {one.memory.at.date() for one in found} & {datetime(1, 1, day).date() for day in range(1, 8)}
