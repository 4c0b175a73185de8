"""What an author wrote about somebody comes before what the engine ships or draws, and is found when asked again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from npc_engine import Engine
from npc_engine.cli.main import app
from npc_engine.testing import SMALL_WORLD
from tests.company import company, person


def talked(*lines: str, **more: Any) -> list[str]:
    """Return what Ana, of whom some more is written, says to each of some lines of one talk."""
    with Engine.load(company(person("ana", **more), person("ben")), model="none") as engine:
        talk = engine.talk_to("ana")
        return [talk.say(line).line().text for line in lines]


# -- a topic in the author's words -----------------------------------------------------------------

CLOCKS = {
    "asks": {"en": ["Which clock is right?", "What time is it?"], "zh": ["哪个钟是准的？", "几点了？"]},
    "says": {"en": "None of them. Together they come close.", "zh": "一个都不准，合起来倒差不多。"},
}


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("Which clock is right?", "Together they come close"),
        ("What time is it?", "Together they come close"),
        ("几点了？", "合起来倒差不多"),
        ("哪个钟是准的？", "合起来倒差不多"),
    ],
)
def test_a_topic_asked_word_for_word_comes_before_the_clock(asked: str, part: str) -> None:
    assert part in talked(asked, topics=[CLOCKS])[0]
    lives = "你住在哪儿？" if "几" in asked or "哪" in asked else "Where do you live?"
    assert part in talked(lives, asked, topics=[CLOCKS])[1]


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("What's my name?", "我叫什么？"),
        ("Who are you?", "你是谁？"),
        ("Any news?", "有什么新鲜事？"),
        ("How are you?", "你好吗？"),
        ("Do you like cats?", "你喜欢猫吗？"),
        ("What do you think of Ben?", "你觉得阿本怎么样？"),
        ("Lend me your boat.", "把你的船借我。"),
        ("Are you sure?", "你确定吗？"),
    ],
)
def test_a_topic_asked_word_for_word_comes_before_whatever_is_built_in(en: str, zh: str) -> None:
    topic = {"asks": {"en": en, "zh": zh}, "says": {"en": "Purple, seven times.", "zh": "紫色，七遍。"}}
    assert talked(en, topics=[topic]) == ["Purple, seven times."]
    assert talked(zh, topics=[topic]) == ["紫色，七遍。"]
    assert talked("My name is Sam.", en, topics=[topic])[1] == "Purple, seven times."


@pytest.mark.parametrize("asked", ["How many stairs are there?", "塔里有多少级楼梯？"])
def test_a_topic_is_known_by_near_words(asked: str) -> None:
    topic = {
        "asks": {"en": "How many steps does the lighthouse have?", "zh": "灯塔有多少级台阶？"},
        "says": {"en": "Two hundred and eleven.", "zh": "二百一十一级。"},
    }
    assert talked(asked, topics=[topic])[0] in topic["says"].values()


@pytest.mark.parametrize(
    ("asked", "meant"), [("do you trust me?", True), ("你信鬼吗", False), ("do you trust ghosts", False)]
)
def test_a_topic_on_whoever_asks_is_no_topic_on_something_else(asked: str, meant: bool) -> None:
    topic = {"asks": {"en": "Do you trust me?", "zh": "你信我吗？"}, "says": {"en": "Like my boots.", "zh": "像信鞋。"}}
    assert (talked(asked, topics=[topic])[0] in topic["says"].values()) == meant


def test_who_wrote_no_topic_on_it_tells_the_time() -> None:
    assert "morning" in talked("What time is it?")[0]


# -- a passage, asked for again --------------------------------------------------------------------

BROTHER = {
    "topic": "family",
    "says": {"en": "A brother on the mainland. He writes when he wants money.", "zh": "大陆上有个弟弟，要钱才写信。"},
}


@pytest.mark.parametrize(
    "asked",
    [
        ("Do you have any brothers?", "Do you have a family?"),
        ("Do you have a family?", "Do you have any brothers?"),
        ("Do you have a brother?", "Do you have a sister?"),
        ("Do you have siblings?", "Tell me about your family."),
        ("你有兄弟吗？", "你有家人吗？"),
        ("你有家人吗？", "你有兄弟姐妹吗？"),
        ("你有弟弟吗？", "你有妹妹吗？"),
        ("说说你的家人", "你有兄弟吗？"),
    ],
)
def test_a_passage_that_is_asked_for_again_is_said_again_and_owned_up_to(asked: tuple[str, str]) -> None:
    part = "要钱才写信" if "你" in asked[0] else "when he wants money"
    first, again = talked(*asked, about=[BROTHER])
    assert first == BROTHER["says"]["zh" if "你" in asked[0] else "en"]
    assert part in again
    assert again != first


def test_a_secret_that_is_not_asked_for_keeps_no_passage_back() -> None:
    secret = {
        "id": "gold",
        "facts": ["ana has gold"],
        "words": {"en": ["gold"], "zh": ["金子"]},
        "when": {"trust": 0.9},
        "cover": {"en": "Gold? I have mint.", "zh": "金子？我只有薄荷。"},
    }
    told = talked(
        "Do you have any brothers?", "Do you have a family?", "Where is the gold?", about=[BROTHER], secrets=[secret]
    )
    assert "mainland" in told[0]
    assert "mainland" in told[1]
    assert told[2] == "Gold? I have mint."


# -- yes and no ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("says", "asked"),
    [
        ("Four brothers, all at sea.", "Do you have a brother?"),
        ("Four brothers, all at sea.", "Do you have any siblings?"),
        ("I've a twin, somewhere.", "Do you have a sister?"),
        ("My boys are at sea.", "Do you have children?"),
        ("Two hounds and a debt.", "Do you have a dog?"),
        ("四个弟弟，全在海上。", "你有兄弟吗？"),
        ("四个弟弟，全在海上。", "你有兄弟姐妹吗？"),
        ("我跟我哥一块长大的。", "你有哥哥吗？"),
    ],
)
def test_no_shipped_no_stands_before_a_passage_that_says_the_opposite(says: str, asked: str) -> None:
    topic = "possessions" if "dog" in asked else "family"
    about = [{"topic": topic, "says": {"zh" if "你" in asked else "en": says}}]
    assert talked(asked, about=about) == [says]


def test_what_is_not_among_what_there_is_is_still_denied() -> None:
    first, again = talked("Are you married?", "Do you have children?", about=[BROTHER])
    assert first.endswith(BROTHER["says"]["en"])
    assert "mainland" not in again


def test_what_is_private_is_not_denied() -> None:
    about = [{"topic": "family", "says": {"en": "I left a daughter in the hills."}, "confidence": "private"}]
    with Engine.load(company(person("ana", about=about), person("ben")), model="none") as engine:
        line = engine.talk_to("ana").say("Do you have children?").line()
    assert "author:private" in line.reasons


# -- tastes ----------------------------------------------------------------------------------------

TASTES = {
    "topic": "tastes",
    "says": {
        "en": ["I like plum brandy and bad weather.", "I can't stand lighthouses, priests and cold soup."],
        "zh": ["我喜欢梅子酒和坏天气。", "我受不了灯塔、神父和凉汤。"],
    },
}


@pytest.mark.parametrize(
    ("asked", "at"),
    [
        ("Do you like lighthouses?", 1),
        ("Are you fond of plum brandy?", 0),
        ("Do you like priests?", 1),
        ("What do you think of lighthouses?", 1),
        ("Brandy or water?", 0),
        ("What's your favourite food?", 1),
        ("你喜欢灯塔吗？", 1),
        ("你喜欢喝梅子酒吗？", 0),
        ("你觉得神父怎么样？", 1),
    ],
)
def test_a_taste_that_stands_in_a_passage_is_not_drawn(asked: str, at: int) -> None:
    language = "zh" if "你" in asked else "en"
    first, again = talked(asked, asked, about=[TASTES])
    assert first == TASTES["says"][language][at]
    assert first[1:] in again


@pytest.mark.parametrize(
    ("asked", "at"),
    [
        ("What do you like?", 0),
        ("What do you like best?", 0),
        ("What do you hate?", 1),
        ("What can't you stand?", 1),
        ("你喜欢什么？", 0),
        ("你讨厌什么？", 1),
    ],
)
def test_what_they_like_and_what_they_can_not_bear_are_told_apart(asked: str, at: int) -> None:
    assert talked(asked, about=[TASTES]) == [TASTES["says"]["zh" if "你" in asked else "en"][at]]


def test_what_somebody_says_they_fear_is_no_matter_of_chance() -> None:
    about = [{"topic": "fears", "says": {"en": "Geese. You have not met these geese.", "zh": "鹅。这儿的鹅你没见过。"}}]
    assert talked("Do you like geese?", about=about) == ["Geese. You have not met these geese."]
    assert talked("你喜欢鹅吗？", about=about) == ["鹅。这儿的鹅你没见过。"]


# -- names in their own lines ----------------------------------------------------------------------

SEAL = {
    "asks": {"en": "Tell me about the stuffed seal.", "zh": "给我讲讲那只海豹标本。"},
    "says": {"en": "That's Gerald. He was here before the tavern was.", "zh": "那是老杰。酒馆还没有的时候它就在了。"},
    "then": {"en": "Old Hobb shot him. Nobody liked Hobb.", "zh": "是霍布打的。没人喜欢霍布。"},
}
PAST = {
    "topic": "past",
    "says": {"en": "I cooked on the Gannet once. She sank.", "zh": "我在塘鹅号上当过厨子。船沉了。"},
}


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("Who is Gerald?", "before the tavern"),
        ("who's gerald", "before the tavern"),
        ("Do you know Gerald?", "before the tavern"),
        ("What happened to Hobb?", "Old Hobb shot him"),
        ("What is the Gannet?", "I cooked on the Gannet"),
        ("老杰是谁？", "酒馆还没有的时候"),
        ("你认识老杰吗？", "酒馆还没有的时候"),
        ("塘鹅号是什么？", "当过厨子"),
        ("给我讲讲塘鹅号", "当过厨子"),
    ],
)
def test_a_name_in_their_own_lines_is_known_to_them(asked: str, part: str) -> None:
    first, again = talked(asked, asked, topics=[SEAL], about=[PAST])
    assert part in first
    assert part[1:] in again


@pytest.mark.parametrize("asked", ["Tell me about the ship that sank.", "给我讲讲那条沉了的船"])
def test_a_passage_is_found_by_what_it_speaks_of(asked: str) -> None:
    past = {"en": "I was a ship's cook once. The ship sank.", "zh": "我当过船上的厨子。船沉了。"}
    assert talked(asked, about=[{"topic": "past", "says": past}])[0] in past.values()


@pytest.mark.parametrize(
    "asked", ["Tell me about your past.", "tell me about your past", "说说你的过去", "讲讲你的过去吧"]
)
def test_who_is_bid_to_tell_of_something_of_theirs_tells_of_it(asked: str) -> None:
    assert talked(asked, about=[PAST])[0] in PAST["says"].values()


def test_what_is_about_a_name_answers_before_what_only_has_it() -> None:
    about = [
        {"topic": "work", "says": {"en": "I run salt in a boat called the Magpie.", "zh": "我开着喜鹊号贩盐。"}},
        {"says": {"en": "The Magpie is a black cutter.", "zh": "喜鹊号是条黑快船。"}},
    ]
    assert talked("What is the Magpie?", about=about) == ["The Magpie is a black cutter."]
    assert talked("喜鹊号是什么？", about=about) == ["喜鹊号是条黑快船。"]


def test_what_is_told_to_all_is_told_again_before_what_is_private() -> None:
    about = [
        {"topic": "family", "says": {"en": "A daughter, Mila.", "zh": "一个女儿，叫米娅。"}},
        {"says": {"en": "I pay for Mila's lessons.", "zh": "米娅的学费是我出的。"}, "confidence": "private"},
    ]
    for asked, name in ((("Do you have children?", "Who is Mila?"), "Mila"), (("你有孩子吗？", "米娅是谁？"), "米娅")):
        told = talked(*asked, about=about)
        assert all(name in line and "lessons" not in line and "学费" not in line for line in told), told


def test_a_name_that_stands_only_in_a_greeting_is_not_denied() -> None:
    greeting = {"en": ["Sit. Gerald won't mind."], "zh": ["坐，老杰不会介意的。"]}
    with Engine.load(company(person("ana", phrases={"greeting": greeting}), person("ben")), model="none") as engine:
        for asked in ("Who is Gerald?", "老杰是谁？"):
            assert "author:named" in engine.talk_to("ana").say(asked).line().reasons


def test_what_a_secret_covers_is_not_told_by_its_name() -> None:
    secret = {
        "id": "gold",
        "facts": ["ana has gold"],
        "words": {"en": ["Gerald"], "zh": ["老杰"]},
        "when": {"trust": 0.9},
        "cover": {"en": "Ask the smith.", "zh": "问铁匠去。"},
    }
    assert talked("Who is Gerald?", topics=[SEAL], secrets=[secret]) == ["Ask the smith."]
    assert talked("老杰是谁？", topics=[SEAL], secrets=[secret]) == ["问铁匠去。"]


def test_a_name_nobody_bears_means_nothing_to_them() -> None:
    with Engine.load(company(person("ana", topics=[SEAL]), person("ben")), model="none") as engine:
        assert engine.talk_to("ana").say("Who is Bartholomew?").line().move == "unknown_name"
        assert "about" not in " ".join(engine.talk_to("ana").say("What is your name?").line().reasons)


# -- npc check -------------------------------------------------------------------------------------


def checked(folder: Path, about: list[dict[str, Any]], *facts: Any) -> str:
    """Return what `npc check` says of the small world, with more said of Tomas, by himself and by facts."""
    shutil.copytree(SMALL_WORLD, folder, dirs_exist_ok=True)
    path = folder / "personas/tomas.yaml"
    persona = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**persona, "about": about}, allow_unicode=True), encoding="utf-8")
    known = yaml.safe_load((folder / "facts.yaml").read_text(encoding="utf-8"))
    (folder / "facts.yaml").write_text(yaml.safe_dump([*known, *facts], allow_unicode=True), encoding="utf-8")
    return CliRunner().invoke(app, ["check", str(folder)]).output


AGED = {"fact": "tomas aged years", "with": {"years": 47}}


@pytest.mark.parametrize(
    ("topic", "fact", "otherwise", "alike"),
    [
        ("age", AGED, ("Fifty-two.", "五十二。"), ("Forty-seven.", "四十七。")),
        ("home", "tomas lives_at inn", ("In a cave.", "山洞里。"), ("Over the inn.", "客栈楼上。")),
    ],
)
def test_check_notes_a_passage_that_a_fact_belies(
    tmp_path: Path, topic: str, fact: Any, otherwise: tuple[str, str], alike: tuple[str, str]
) -> None:
    for (en, zh), noted in ((otherwise, 1), (alike, 0), ((alike[0], otherwise[1]), 1), ((otherwise[0], alike[1]), 1)):
        told = checked(tmp_path / f"{en}{zh}", [{"topic": topic, "says": {"en": en, "zh": zh}}], fact)
        assert told.count("[A121]") == noted, told


def test_check_leaves_a_passage_alone_that_no_fact_belies(tmp_path: Path) -> None:
    about = [{"topic": "age", "says": {"en": "Fifty-two.", "zh": "五十二。"}}]
    assert "[A121]" not in checked(tmp_path / "none", about)
    when = {**about[0], "when": [{"trust": 0.5}]}
    assert "[A121]" not in checked(tmp_path / "when", [when], AGED)


# -- after a secret --------------------------------------------------------------------------------

FIRE = {
    "id": "fire",
    "facts": ["ana broke bridge"],
    "words": {"en": ["broke", "sawed"], "zh": ["弄塌", "锯"]},
    "when": {"trust": 0.9},
    "cover": {"en": "Rot, they say.", "zh": "听说是朽了。"},
}
A_BROTHER = {"topic": "family", "says": {"en": "A brother on the mainland.", "zh": "大陆上有个弟弟。"}}


@pytest.mark.parametrize(
    ("pressed", "asked", "told"),
    [
        (["Who broke the bridge?", "Did you do it?"], "Do you have a family?", "A brother on the mainland."),
        (["桥是谁弄塌的？", "是你干的吗？"], "你有家人吗？", "大陆上有个弟弟。"),
    ],
)
def test_a_harmless_question_after_a_secret_is_answered(pressed: list[str], asked: str, told: str) -> None:
    said = talked(*pressed, asked, secrets=[FIRE], about=[A_BROTHER])
    assert told not in said[:-1]
    assert said[-1] == told


def test_what_they_are_to_each_other_comes_first_where_no_opinion_is_held() -> None:
    with Engine.load(company(person("ana"), person("ben")), model="none") as engine:
        engine.record("Ben borrows.", changes=[("ben", "owes", "ana")], audience={"ana", "ben"})
        assert engine.talk_to("ana").say("What do you think of Ben?").line().text.startswith("Ben owes me")


def test_a_verb_that_begins_a_line_is_nobodys_name() -> None:
    for said in ("Mind if I sit down?", "Good evening. Mind if I sit here?", "Remember me?"):
        assert not any(verb in talked(said)[0] for verb in ("Mind", "Remember"))


@pytest.mark.parametrize("said", ["Don't give me anything, please.", "dont give me anything please", "什么都别给我"])
def test_who_wants_nothing_is_not_asked_which(said: str) -> None:
    with Engine.load(company(person("ana")), model="none") as engine:
        line = engine.talk_to("ana").say(said).line()
        assert line.act == "forbid"
        assert not line.text.endswith(("?", "？"))
