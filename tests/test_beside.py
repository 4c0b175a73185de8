"""Answers that are not beside the point: a fact where it covers what is asked, a favour where one is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from company import of_few_words

from npc_engine import Engine, Line, load_content
from npc_engine.dialogue.understand.saying_over import said_over

WORLD = Path(__file__).parent.parent / "world"
NOIR = Path(__file__).parent.parent / "benchmarks" / "talk" / "worlds" / "noir"


@pytest.fixture(scope="module")
def village() -> Iterator[Engine]:
    with Engine.load(load_content(WORLD), model="none") as engine:
        yield engine


@pytest.fixture(scope="module")
def few_words() -> Iterator[Engine]:
    """The village, whose people have no answers of their own to what is likely to be asked."""
    with Engine.load(of_few_words(load_content(WORLD)), model="none") as engine:
        yield engine


@pytest.fixture(scope="module")
def city() -> Iterator[Engine]:
    with Engine.load(load_content(NOIR), model="none") as engine:
        yield engine


def say(engine: Engine, to: str, text: str) -> Line:
    return engine.talk_to(to).say(text).line(timeout=60)


# -- what is believed covers what is asked ----------------------------------------------------------------

BESIDE = [
    ("greta", "have you got a customer like that?"),
    ("greta", "whats the worst thing about that rope like a snake"),
    ("mira", "you always send men off like that?"),
    ("pip", "whats the worst job your aunt makes you do lol"),
    ("pip", "psst. hey you, is anyone looking"),
    ("greta", "how long and how much, i havent got all day"),
    ("lian", "have you ever been late for someone"),
    ("greta", "what would you do without pip"),
    ("bram", "what is it like keeping an inn all these years"),
    ("bram", "一把年纪了 手不抖吗"),
    ("greta", "你慌什么，火又不吃人"),
    ("bram", "你要是能出远门 最想去哪旮沓"),
]


@pytest.mark.parametrize(("to", "said"), BESIDE)
def test_a_fact_that_does_not_cover_what_is_asked_is_no_answer(village: Engine, to: str, said: str) -> None:
    line = say(village, to, said)
    assert not line.facts, line.text
    assert not {one for one in line.reasons if one.startswith(("scene:", "about:identity", "about:day"))}


@pytest.mark.parametrize("said", ["does Moss like Lian", "do you like Moss"])
def test_a_liking_that_is_asked_for_is_told(village: Engine, said: str) -> None:
    assert say(village, "bram", said).facts


@pytest.mark.parametrize("said", ["any idea what a guy like that should do", "so whats on tonight, sad or sadder"])
def test_nothing_is_listed_over_everybody(city: Engine, said: str) -> None:
    assert not say(city, "vivian", said).facts


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("bram", "how much for a velvet saddle?"),
        ("pip", "a kite? do you have one? how much"),
        ("bram", "风筝呢？铁匠铺有没有风筝卖，多少钱"),
        ("mira", "法国的首都是哪里"),
    ],
)
def test_nothing_is_listed_of_what_nobody_knows(few_words: Engine, to: str, said: str) -> None:
    assert not say(few_words, to, said).facts


@pytest.mark.parametrize("said", ["how much?", "多少钱呀"])
def test_what_names_nothing_else_is_told_all_there_is(few_words: Engine, said: str) -> None:
    assert {fact.belief.statement.predicate for fact in say(few_words, "bram", said).facts} == {"costs"}


@pytest.mark.parametrize("said", ["why are you afraid of thunder?", "你为什么怕打雷呢？"])
def test_a_reason_is_not_what_was_named_in_asking(few_words: Engine, said: str) -> None:
    assert not say(few_words, "pip", said).facts


@pytest.mark.parametrize(
    ("to", "said", "told"),
    [
        ("bram", "几点开门", "苍鹭客栈晌午开门"),
        ("bram", "what do you sell", "ale"),
        ("greta", "do you sell hats?", ""),
        ("bram", "what time is it", "8"),
        ("bram", "现在几点", "8"),
        ("greta", "who are you", "Greta"),
        ("mira", "你叫什么", "米拉"),
    ],
)
def test_what_is_asked_plainly_is_answered(village: Engine, to: str, said: str, told: str) -> None:
    assert told in say(village, to, said).text


# -- a question is said over ------------------------------------------------------------------------------

OVER = [
    ("do you ever get used to it do you think", "Do I ever get used to it"),
    ("cant you go any faster than that", "Can't I go any faster than that"),
    ("whats the first thing youd teach somebody", "What's the first thing I'd teach somebody"),
    ("noted. and whats the worst job your aunt makes you do lol", "What's the worst job my aunt makes me do"),
    ("ouch. you always send men off like that?", "I always send men off like that"),
    ("would you marry me", "Would I marry you"),
    ("why'd you even keep it", "Why'd I even keep it"),
    ("so what would you do in my shoes", "What would I do in your shoes"),
    ("do you guys have wifi up there or what", ""),
    ("nice boat", ""),
    ("你平时跟谁下啊", "我平时跟谁下"),
    ("您这辈子有啥后悔的事没", "我这辈子有啥后悔的事没"),
    ("你爹对你好吗", "我爹对我好吗"),
    ("你慌什么，老雷又不吃人", "我慌什么"),
    ("你要是能出远门 最想去哪旮沓", "我要是能出远门最想去哪旮沓"),
    ("你是不是不喜欢我", ""),
    ("今天天气不错", ""),
]
WANTED = [
    ("teach me one thing", "Teach you one thing"),
    ("can you hold this for me", "Can I hold this for you"),
    ("could i sleep in your stable", "Could you sleep in my stable"),
    ("lend me a boat", "Lend you a boat"),
    ("借我把伞呗", "借你把伞"),
    ("送我一程行不行", "送你一程"),
]


@pytest.mark.parametrize(("said", "over"), OVER)
def test_a_question_is_said_over_by_whom_it_is_put_to(said: str, over: str) -> None:
    assert said_over(said, "en" if said.isascii() else "zh") == over


@pytest.mark.parametrize(("said", "over"), WANTED)
def test_a_request_is_said_over_by_whom_it_is_put_to(said: str, over: str) -> None:
    assert said_over(said, "en" if said.isascii() else "zh", wanted=True) == over


def test_no_question_is_said_over_right_after_another(few_words: Engine) -> None:
    talk = few_words.talk_to("mira")
    first = talk.say("whats the weirdest thing you ever mended").line(timeout=60)
    second = talk.say("have you a nickname for your hammer").line(timeout=60)
    assert "said:over" in first.reasons
    assert "said:over" not in second.reasons


# -- what is asked for ------------------------------------------------------------------------------------

FAVOURS = [
    ("greta", "can i try hitting something? once?", "let_me_try"),
    ("tomas", "can i come back tomorow", "may_i_come_back"),
    ("lian", "play you at chess someday", "play_a_game"),
    ("pip", "race you to the well", "play_a_game"),
    ("bram", "I shall wash your mugs for a bowl of something", "work_for_food"),
    ("greta", "hold this for me", "keep_an_eye"),
    ("greta", "hold on a sec", "give_me_a_minute"),
    ("mira", "抱一下 走啦", "can_i_hug_you"),
    ("pip", "玩石头剪刀布 我出布", "play_a_game_with_me"),
    ("bram", "那我给你递一下午槌子 换口面包 成不", "work_for_food"),
    ("bram", "等我一下", "give_me_a_minute"),
    ("tomas", "帮我看着这包", "keep_an_eye"),
    ("greta", "让我试试", "let_me_try"),
]


@pytest.mark.parametrize(("to", "said", "moment"), FAVOURS)
def test_a_small_favour_is_met_as_one(few_words: Engine, to: str, said: str, moment: str) -> None:
    assert f"moment:{moment}" in say(few_words, to, said).reasons


@pytest.mark.parametrize(
    ("to", "said", "told"),
    [
        ("lian", "two cakes to take with me", "Honey cake costs two copper coins"),
        ("lian", "can i get a honey cake?", "Honey cake costs two copper coins"),
        ("bram", "can i have some honey cake", "Lian sells honey cake"),
        ("bram", "来块蜂蜜糕", "林莲卖蜂蜜糕"),
        ("lian", "给我包两块蜂蜜糕", "两枚铜币"),
    ],
)
def test_goods_that_are_wanted_are_priced_or_where_to_get_them_told(
    few_words: Engine, to: str, said: str, told: str
) -> None:
    assert told in say(few_words, to, said).text


def test_who_would_drink_anything_is_offered_what_there_is(village: Engine) -> None:
    talk = village.talk_to("bram")
    offered = talk.say("pour me something").line(timeout=60)
    assert not offered.actions
    assert offered.pending is not None
    assert [one.name for one in talk.say("yes please").line(timeout=60).actions] == ["pour_ale"]


def test_what_was_said_last_is_said_once_more(village: Engine) -> None:
    talk = village.talk_to("tomas")
    first = talk.say("good oak, that plank").line(timeout=60)
    assert first.text in talk.say("wait say that again i want to write it down").line(timeout=60).text


@pytest.mark.parametrize(
    ("to", "said", "named"), [("lian", "lend me a boat", "Lend you a boat?"), ("bram", "借我把伞呗", "借你把伞？")]
)
def test_a_refusal_names_what_is_refused(few_words: Engine, to: str, said: str, named: str) -> None:
    line = say(few_words, to, said)
    assert line.move == "refuse"
    assert named in line.text


# -- what is asked of the NPC -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "said", "topic"),
    [
        ("greta", "how are you holding up", "mood"),
        ("bram", "so what do you do here", "work"),
        ("bram", "身子骨还硬朗吗", "health"),
        ("pip", "你几岁啦", "age"),
    ],
)
def test_a_passage_on_the_topic_that_is_asked_for_is_told(village: Engine, to: str, said: str, topic: str) -> None:
    line = say(village, to, said)
    assert any(topic in one for one in line.reasons), line.reasons


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("greta", "is that hot"),
        ("greta", "have you ever thrown someone out"),
        ("pip", "do u still rember the club password"),
        ("bram", "你平时跟谁下啊"),
        ("bram", "你听见没有"),
        ("tomas", "你可曾做过一件事，做完便再睡不着？"),
    ],
)
def test_a_passage_on_another_matter_is_not_told(village: Engine, to: str, said: str) -> None:
    assert not [one for one in say(village, to, said).reasons if one.startswith(("about:", "moment:ever_stolen"))]


def test_a_secret_that_only_a_word_leads_to_does_not_stand_before_what_the_author_wrote() -> None:
    with Engine.load(WORLD, model="none") as engine:
        greta = engine.talk_to("greta")
        assert greta.say("How do you make a good knife?").line().text == "Heat it slow. Hit it less than you want to."
        assert greta.say("Have you made a whistle?").line().withheld


# -- what was done beside a question is passed over ---------------------------------------------------------


@pytest.mark.parametrize(
    ("npc", "alone", "told"),
    [
        ("vivian", "ever been married?", "Too late, she got the house. I miss the dog. What about you, "),
        ("vivian", "How many hatpins do you have?", "my old ladies always scream when i touch them. "),
        ("vivian", "How many hatpins do you have?", "i collect buttons, by the way. "),
    ],
)
def test_a_question_is_answered_without_a_word_on_what_was_told_with_it(npc: str, alone: str, told: str) -> None:
    with (
        Engine.load(load_content(NOIR), model="none") as first,
        Engine.load(load_content(NOIR), model="none") as second,
    ):
        assert say(first, npc, told + alone).text == say(second, npc, alone).text


def test_grief_is_met_before_anything_else_is_answered(city: Engine) -> None:
    line = say(city, "vivian", "my brother died last week. how many hatpins do you have?")
    assert "Nine" in line.text
    assert not line.text.startswith("Nine")


# -- the way, and whether there is one ------------------------------------------------------------------------

PLACED = [
    ("mira", "how do i get to the ferry", "ferry_boat.at.ferry_landing:authored"),
    ("mira", "which way to the smithy", "smithy.located_near.square:authored"),
    ("mira", "how do i find the inn", "inn.located_near.square:authored"),
    ("greta", "how do i reach highmarket", "highmarket.reached_by.bridge:authored"),
    ("mira", "怎么去渡口", "ferry_landing.located_near.bridge:authored"),
    ("mira", "铁匠铺怎么走", "smithy.located_near.square:authored"),
    ("greta", "is there a healer here", "mira.usually_at.herb_hut:inferred"),
    ("bram", "my blade is chipped, is there a smith in these parts", "greta.usually_at.smithy:inferred"),
    ("greta", "do you have a doctor here", "mira.usually_at.herb_hut:inferred"),
    ("tomas", "这里有客栈吗", "inn.located_near.square:authored"),
    ("lian", "你们这有没有看腰的大夫", "mira.usually_at.herb_hut:inferred"),
]


@pytest.mark.parametrize(("whom", "asked", "known"), PLACED)
def test_the_way_and_whether_there_is_one_are_answered_by_where_it_is(
    village: Engine, whom: str, asked: str, known: str
) -> None:
    assert known in say(village, whom, asked).reasons


@pytest.mark.parametrize("asked", ["is there a smith in the village?", "村里有铁匠吗"])
def test_who_is_what_one_looks_for_says_so(village: Engine, asked: str) -> None:
    assert say(village, "greta", asked).reasons == ("asked:identity",)


# -- whose kin they are ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("told", ["my sister is getting married tomorrow", "我妹妹明天出嫁", "my little sister is ill"])
def test_what_is_told_of_ones_own_kin_touches_no_secret_on_theirs(village: Engine, told: str) -> None:
    assert not say(village, "lian", told).withheld


@pytest.mark.parametrize(
    "asked",
    ["my sister misses me. do you have a sister?", "my sister told me you have a letter", "我妹妹想我了，你有妹妹吗"],
)
def test_what_is_asked_beside_it_does(village: Engine, asked: str) -> None:
    assert say(village, "lian", asked).withheld
