"""Questions of somebody's own life, follow-ups that leave things out, questions that may not end in just any fact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from company import company, of_few_words, person

from npc_engine import Engine, Line, load_content
from npc_engine.dialogue.speak.repertoire import LIFE, LIFE_NONE, remarks
from npc_engine.dialogue.understand import own_life
from npc_engine.lang import HOME, pack
from npc_engine.persona import Manner

WORLD = Path(__file__).parent.parent / "world"
ALONE = "Nobody under my roof but the kettle."
FAMILY = {"topic": "family", "says": {"en": [ALONE], "zh": ["屋里只有一把水壶。"]}}


@pytest.fixture
def village() -> Iterator[Engine]:
    with Engine.load(WORLD, model="none") as engine:
        yield engine


def talk(engine: Engine, npc: str, *lines: str) -> list[Line]:
    conversation = engine.talk_to(npc)
    return [conversation.say(line).line(timeout=10) for line in lines]


def ana(asked: str, *before: str, **more: Any) -> Line:
    with Engine.load(company(person("ana", **more)), model="none") as engine:
        return talk(engine, "ana", *before, asked)[-1]


# -- the hearer's own life -----------------------------------------------------------------------------

MATTERS = [
    (
        "children",
        ["do u have kids", "any kids?", "got any children", "have you ever had children?", "are you a mother?"],
    ),
    ("children", ["你有孩子吗", "有娃没", "你家孩子呢", "有没有儿女", "膝下有几个孩子"]),
    ("spouse", ["are you married", "u married?", "is there a Mr Ana", "you got a wife?", "why did you never marry"]),
    ("spouse", ["你嫁人了没", "成家了没", "你当家的呢", "有老伴吗", "你结婚了吗"]),
    ("sweetheart", ["ever been in love?", "you ever been left", "got a boyfriend?", "are you seeing someone"]),
    ("sweetheart", ["有心上人吗", "你有没有喜欢的人", "你爱过谁吗", "你被人甩过吗"]),
    ("pets", ["do u have a dog", "got any pets?", "have you got a cat", "any animals?"]),
    ("pets", ["你养狗吗", "养猫了没", "你有宠物吗"]),
    ("siblings", ["do you have any brothers", "got a sister?", "any siblings?"]),
    ("siblings", ["你有兄弟姐妹吗", "有没有弟弟", "你姐姐呢"]),
    ("origin", ["where r u from", "where did you grow up", "you from round here?", "were you born here"]),
    ("origin", ["你是哪里人", "哪儿人", "你老家在哪", "你是本地人吗"]),
    ("how_long", ["how long have you been here", "how long u been doing this", "when did you come here"]),
    ("how_long", ["来多久了", "你干这行几年了", "你什么时候来的"]),
    ("taught", ["who taught you", "where'd you learn that", "how did you learn to cook", "are you self-taught"]),
    ("taught", ["跟谁学的", "谁教你的", "你在哪学的", "师从何人"]),
    ("doing", ["what are you even doing", "wyd", "what you up to", "r u busy"]),
    ("doing", ["你在干嘛", "忙啥呢", "你在做什么", "你忙吗"]),
    ("alone", ["do you live alone", "you live here on ur own?", "does anyone live with you"]),
    ("alone", ["你一个人住吗", "谁跟你一起住", "屋里就你一个"]),
    ("friends", ["got any friends?", "who is your best friend", "do you have mates"]),
    ("friends", ["你有朋友吗", "你最好的朋友是谁"]),
    ("sleep", ["can you sleep", "does it keep you up at night", "how do you sleep"]),
    ("sleep", ["你睡得好吗", "你夜里睡不着吗"]),
    ("reward", ["whats in it for me", "what do i get out of it", "is there a reward"]),
    ("reward", ["我有什么好处", "有报酬吗"]),
]


@pytest.mark.parametrize(("matter", "asked"), [(matter, one) for matter, several in MATTERS for one in several])
def test_a_question_of_their_own_life_is_known_by_its_matter(matter: str, asked: str) -> None:
    language = "en" if asked.isascii() else "zh"
    found = own_life.asked(asked, language)
    assert found is not None
    assert found.name == matter


@pytest.mark.parametrize(
    "said",
    [
        "my wife left me", "i have two kids", "i have a dog called Biscuit", "the kids are playing outside",
        "did you see the children at the mill?", "what are you doing about the bridge?", "how long is the bridge?",
        "who taught Pip to read?", "cats or dogs?", "i was born by the sea", "i live alone",
        "我有个孩子", "我老婆走了", "上个月那姑娘嫁人了", "我养了条狗", "桥塌了多久了", "谁教皮普认字的",
    ],
)  # fmt: skip
def test_what_tells_or_asks_of_others_is_no_question_of_the_hearers_life(said: str) -> None:
    assert own_life.asked(said, "en" if said.isascii() else "zh") is None


@pytest.mark.parametrize("language", HOME)
def test_every_matter_has_a_modest_line_for_every_temperament_where_nothing_else_can_be_said(language: str) -> None:
    for manner in get_args(Manner):
        someone = person("ana", temperament={"manner": manner})
        for matter, entry in pack(language).life["matters"].items():
            modest, none = remarks(LIFE + matter, someone, language), remarks(LIFE_NONE + matter, someone, language)
            assert modest or none, (matter, manner)
            assert bool(none) == bool(entry["none"])


@pytest.mark.parametrize(("asked", "none"), [("do u have kids", "No"), ("u married?", "No"), ("你有孩子吗", "没")])
def test_who_gave_their_family_has_no_other(asked: str, none: str) -> None:
    line = ana(asked, about=[FAMILY], temperament={"manner": "courtly"})
    said = line.text
    assert "life:" in " ".join(line.reasons)
    assert none in said or "尚未" in said or "Unmarried" in said
    assert (ALONE if asked.isascii() else "水壶") in said


def test_what_a_passage_says_of_a_matter_is_said_and_not_that_there_is_none() -> None:
    boys = {"topic": "family", "says": {"en": ["Two boys, both at sea."]}}
    first, again = "do you have kids", "got any children?"
    assert ana(first, about=[boys]).text == "Two boys, both at sea."
    assert ana(again, first, about=[boys]).text.endswith("Two boys, both at sea.")


def test_nobody_says_that_they_have_none_whose_author_says_nothing() -> None:
    line = ana("do you have kids", temperament={"manner": "warm"})
    assert line.reasons == ("life:children",)
    assert not line.text.startswith(("No", "None"))


def test_a_topic_on_the_very_matter_comes_first() -> None:
    topics = [
        {"asks": {"en": ["Is anyone here in love?"]}, "says": {"en": ["Always."]}},
        {
            "asks": {"en": ["Have you got a husband?", "were you ever married"]},
            "says": {"en": ["Two, both elsewhere."]},
        },
    ]
    assert ana("so is there a mr ana", topics=topics).text == "Two, both elsewhere."


def test_what_the_world_knows_of_it_is_told(village: Engine) -> None:
    assert "Harl taught me" in talk(village, "greta", "who taught you smithing")[-1].text
    assert "奥达教" in talk(village, "mira", "你认草药是跟谁学的")[-1].text
    assert "Pip" in talk(village, "greta", "do you live alone")[-1].text


@pytest.mark.parametrize("asked", ["do you have any sisters?", "got a sister?", "你有姐妹吗"])
def test_a_secret_of_ones_own_life_is_no_denial_and_no_answer(village: Engine, asked: str) -> None:
    line = talk(village, "lian", asked)[-1]
    assert line.move == "deflect"
    assert line.withheld
    assert "Xia" not in line.text
    assert "林霞" not in line.text


def test_what_they_are_doing_now_is_what_their_day_has_at_this_hour() -> None:
    day = [{"from": "00:00", "place": "inn", "doing": {"en": "counting spoons", "zh": "数勺子"}}]
    assert "counting spoons" in ana("what are you even doing", schedule=day).text
    assert "数勺子" in ana("你在忙啥呢", schedule=day).text


# -- what is left out ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "asked", "act", "topic"),
    [
        ((), "knees went before the pension did. yours?", "ask_npc", "health"),
        (("my wife says I talk too much",), "how's yours holding up", "ask_npc", "life:spouse"),
        ((), "im from the coast. you?", "ask_npc", "life:origin"),
        ((), "im scared of the dark, are you?", "ask_npc", "afraid"),
        ((), "You the innkeeper.", "ask_npc", "identity"),
        ((), "you ever been to sea", "ask_npc", "past"),
        ((), "我怕打雷，你呢", "ask_npc", "fears"),
        ((), "我是卖布的，您呢", "ask_npc", "work"),
    ],
)
def test_what_is_left_out_is_filled_in(before: tuple[str, ...], asked: str, act: str, topic: str) -> None:
    phrases = {f"ask_{one}": {"en": [f"<{one}>"], "zh": [f"<{one}>"]} for one in ("health", "family", "past", "fears")}
    about = [{"topic": "identity", "says": {"en": ["<identity>"], "zh": ["<identity>"]}},
             {"topic": "work", "says": {"en": ["<work>"], "zh": ["<work>"]}},
             {"topic": "past", "says": {"en": ["<past>"], "zh": ["<past>"]}}]  # fmt: skip
    line = ana(asked, *before, phrases=phrases, about=about)
    assert line.act in (act, "ask_fact")
    assert f"<{topic}>" in line.text or any(topic in reason for reason in line.reasons)


def test_the_line_stays_as_it_was_said(village: Engine) -> None:
    conversation = village.talk_to("bram")
    conversation.say("i hate tea. and you?").line(timeout=10)
    heard = [one.text for one in village.recall("bram", "tea", limit=20)]
    assert any("i hate tea. and you?" in text for text in heard), heard


def test_and_you_is_answered_to_what_was_told(village: Engine) -> None:
    assert "can't stand tea" in talk(village, "bram", "i hate tea. and you?")[-1].text


def test_a_bare_question_word_asks_on(village: Engine) -> None:
    lines = talk(village, "greta", "who made the bridge", "was it Oda?", "so who then?")
    assert [fact.id for fact in lines[0].facts] == ["harl.made.bridge"]
    assert lines[1].text.startswith("No")
    assert "Harl" in lines[1].text
    assert [fact.id for fact in lines[2].facts] == ["harl.made.bridge"]


def test_a_guess_at_who_did_it_is_kept_back_as_the_question_was(village: Engine) -> None:
    for line in talk(village, "tomas", "who broke the bridge", "was it bram?", "so who"):
        assert line.move == "deflect"
        assert line.withheld


def test_pronouns_mean_whom_the_npc_spoke_of(village: Engine) -> None:
    lines = talk(village, "mira", "你认草药是跟谁学的", "她埋在哪")
    assert [fact.id for fact in lines[1].facts] == ["oda.buried_at.shrine"]
    lines = talk(village, "mira", "tomas looks bad. what does he owe you")
    assert [fact.id for fact in lines[-1].facts] == ["tomas.owes.mira"]


# -- what is said of somebody to them ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("npc", "said", "fact"),
    [
        ("tomas", "You saved your boat.", "tomas.saved.ferry_boat"),
        ("tomas", "you owe mira money", "tomas.owes.mira"),
    ],
)
def test_what_is_said_of_somebody_to_them_is_confirmed(village: Engine, npc: str, said: str, fact: str) -> None:
    line = talk(village, npc, said)[-1]
    assert line.act == "observe"
    assert [one.id for one in line.facts] == [fact]


@pytest.mark.parametrize(
    "said",
    ["You don't sleep either. I can tell.", "you keep changing the subject bro",
     "you look like hell", "你袖子湿了", "你刚才笑了，我看见了"],
)  # fmt: skip
def test_what_is_noticed_is_taken_up(said: str) -> None:
    line = ana(said, phrases={"observe": {"en": ["Do I?"], "zh": ["是吗？"]}})
    assert line.text in ("Do I?", "是吗？")


@pytest.mark.parametrize("said", ["you should rest", "you're a good man", "you can go now", "thank you", "你真厉害"])
def test_advice_and_praise_are_nothing_noticed(said: str) -> None:
    assert ana(said).act != "observe"


# -- no fact that merely shares a word -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("npc", "asked"),
    [
        ("bram", "What rhymes with Moss"), ("bram", "what colour is the mill"), ("bram", "does greta snore"),
        ("tomas", "got any mates"), ("tomas", "you got a favourite hat"), ("mira", "桥是什么颜色的"),
        ("mira", "托马斯打呼噜吗"), ("greta", "what do you reckon brought it down? just water?"),
        ("pip", "what's lian's tea taste like"), ("tomas", "what happened to her"), ("lian", "nice tea. how you do it"),
    ],
)  # fmt: skip
def test_a_question_with_no_sure_reading_ends_in_no_fact(village: Engine, npc: str, asked: str) -> None:
    assert talk(village, npc, asked)[-1].facts == ()


@pytest.mark.parametrize(
    ("npc", "asked", "about"),
    [
        ("bram", "tell me about moss", "moss"),
        ("bram", "who is Greta", "greta"),
        ("tomas", "what's highmarket like", "highmarket"),
        ("mira", "说说苔苔", "moss"),
        ("mira", "格蕾塔是什么人", "greta"),
        ("bram", "and tomas, whats his deal", "tomas"),
        ("tomas", "what's the river like when it floods", "river"),
    ],
)
def test_who_asks_what_something_is_is_told(village: Engine, npc: str, asked: str, about: str) -> None:
    assert about in {fact.belief.statement.subject for fact in talk(village, npc, asked)[-1].facts}


@pytest.mark.parametrize(
    ("asked", "facts"),
    [
        ("how much is bram in for", ["bram.owes.greta"]),
        ("who made that old bridge anyway, good ironwork what's left of it", ["harl.made.bridge"]),
        ("who could put the bridge back up?", ["greta.can_mend.bridge"]),
    ],
)
def test_players_ways_of_asking(village: Engine, asked: str, facts: list[str]) -> None:
    assert [fact.id for fact in talk(village, "greta", asked)[-1].facts] == facts


@pytest.mark.parametrize("asked", ["how much does the bridge weigh", "does tomas snore"])
def test_of_what_is_known_nobody_says_that_they_know_nothing(asked: str) -> None:
    with Engine.load(WORLD, model="none") as engine:
        line = talk(engine, "mira", asked)[-1]
        named = any(name in line.text.lower() for name in ("bridge", "tomas"))
        assert not (named and line.move == "unknown"), line.text
    with Engine.load(of_few_words(load_content(WORLD)), model="none") as engine:
        text = talk(engine, "mira", asked)[-1].text
        assert "bridge" not in text.lower()
        assert "Tomas" not in text


@pytest.mark.parametrize(
    ("before", "asked", "first"),
    [
        ("Give me the herbs.", "is that a yes", "<maybe>"),
        ("hello", "so thats a no?", "<maybe>"),
        ("你好", "那算答应了吗", "<maybe>"),
    ],
)
def test_whether_that_was_a_yes(before: str, asked: str, first: str) -> None:
    phrases = {key: {"en": [first], "zh": [first]} for key in ("that_a_yes", "yes_meant", "no_meant")}
    assert ana(asked, before, phrases=phrases).text == first


@pytest.mark.parametrize(
    ("npc", "said", "act"),
    [
        ("bram", "走啦", "part"),
        ("lian", "好好好，我走了", "part"),
        ("mira", "bye then", "part"),
        ("greta", "dont give me anything please", "forbid"),
        ("greta", "dont help me", "forbid"),
        ("greta", "i cant walk, please help me", "request_help"),
    ],
)
def test_what_is_surely_done_is_answered_as_such(village: Engine, npc: str, said: str, act: str) -> None:
    line = village.talk_to(npc).say(said).line(timeout=10)
    assert line.act == act
    if act in ("part", "forbid"):
        assert f"act:{act}" in line.reasons, "and not with what an author wrote on one of its words"


@pytest.mark.parametrize(
    ("npc", "said", "unlike"),
    [
        ("lian", "你今天挺高兴嘛", "topic:What are you proud of?"),
        ("greta", "whats the best thing you ever cooked", "greta.sells.nails:authored"),
        ("mira", "my dog ran off this morning", "theme:morning"),
    ],
)
def test_one_word_in_common_is_not_what_is_meant(village: Engine, npc: str, said: str, unlike: str) -> None:
    assert unlike not in village.talk_to(npc).say(said).line(timeout=10).reasons


@pytest.mark.parametrize(
    ("said", "told"), [("who brought you up", "Greta is bringing me up"), ("谁把你养大的", "格蕾塔")]
)
def test_who_brought_somebody_up_is_known(village: Engine, said: str, told: str) -> None:
    assert told in village.talk_to("pip").say(said).line(timeout=10).text
