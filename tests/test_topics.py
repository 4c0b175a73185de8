"""What an author wrote of somebody is what they say: answers, passages, stories, questions of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from npc_engine import Engine, Line
from tests.company import company, person

SCAR = {
    "asks": {"en": ["Where did you get that scar?", "What happened to your cheek?"], "zh": ["你脸上的疤是怎么来的？"]},
    "says": {
        "en": ["A goat. Don't laugh.", "I told the smith it was a bear."],
        "zh": ["山羊顶的。别笑。", "我跟铁匠说是熊抓的。"],
    },
    "then": {
        "en": ["Her name was Duchess. She ate my hat afterwards.", "I still have the hat. Most of it."],
        "zh": ["那羊叫公爵夫人，顶完我还把帽子吃了。", "帽子我还留着，剩大半顶。"],
    },
}
HERON = {
    "id": "heron",
    "asks": {"en": ["Tell me about the white heron.", "What's the story of the heron?"], "zh": ["讲讲白鹭的故事吧。"]},
    "parts": {
        "en": [
            "Once a heron stood in the mill pond for nine days.",
            "On the tenth day it rained frogs.",
            "And nobody mentioned it.",
        ],
        "zh": ["从前有只白鹭，在磨坊塘里站了九天。", "到第十天，天上下起了青蛙。", "后来谁也不提这件事。"],
    },
}
OWL = {
    "id": "owl",
    "parts": {"en": ["There was an owl who could count.", "Up to two."], "zh": ["有只猫头鹰会数数。", "数到二。"]},
}
BEES = {
    "id": "bees",
    "asks": {"en": "Do you keep bees?", "zh": "你养蜂吗？"},
    "yes": {"en": "Then you know about patience.", "zh": "那你懂得什么叫耐心。"},
    "no": {"en": "You should. They listen better than people.", "zh": "该养几箱，蜂比人会听话。"},
    "says": {"en": "Well. Bees would have an opinion on that.", "zh": "唔，这话蜜蜂听了也得琢磨琢磨。"},
}


def opened(**more: Any) -> Engine:
    return Engine.load(company(person("ana", **more), person("ben")), model="none")


def said(engine: Engine, *lines: str) -> list[Line]:
    talk = engine.talk_to("ana")
    return [talk.say(line).line() for line in lines]


def texts(engine: Engine, *lines: str) -> list[str]:
    return [line.text for line in said(engine, *lines)]


# -- topics -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("how did you get the scar", "A goat. Don't laugh."),
        ("whats that scar from", "A goat. Don't laugh."),
        ("Your cheek, what happened?", "A goat. Don't laugh."),
        ("你脸上那道疤怎么弄的", "山羊顶的。别笑。"),
        ("疤是哪来的？", "山羊顶的。别笑。"),
    ],
)
def test_a_topic_is_found_by_what_is_meant(asked: str, answer: str) -> None:
    assert texts(opened(topics=[SCAR]), asked) == [answer]


@pytest.mark.parametrize(
    "asked", ["Where did you get that hat?", "What happened to the mill?", "你的帽子是哪来的？", "你今天好吗？"]
)
def test_what_is_put_alike_but_about_something_else_is_not_answered_by_it(asked: str) -> None:
    known = {text for several in SCAR["says"].values() for text in several}
    assert not known & set(texts(opened(topics=[SCAR]), asked))


def test_its_texts_take_turns_and_what_was_said_already_is_owned_up_to() -> None:
    first, second, third = texts(
        opened(topics=[{**SCAR, "then": {}}]), *["Where did you get that scar?"] * 2, "where's the scar from"
    )
    assert (first, second) == ("A goat. Don't laugh.", "I told the smith it was a bear.")
    assert third.endswith("goat. Don't laugh.")
    assert third != first


@pytest.mark.parametrize(
    ("asked", "on", "follows"),
    [
        ("How did you get the scar?", ("Tell me more.", "And then?"), SCAR["then"]["en"]),
        ("你脸上的疤怎么来的？", ("然后呢？", "接着说"), SCAR["then"]["zh"]),
    ],
)
def test_what_follows_is_told_when_they_are_asked_to_go_on(asked: str, on: tuple[str, str], follows: list[str]) -> None:
    assert texts(opened(topics=[SCAR]), asked, *on)[1:] == follows


def test_a_topic_with_conditions_is_for_when_they_hold() -> None:
    engine = opened(topics=[{**SCAR, "when": {"affinity": 0.5}}])
    assert "goat" not in texts(engine, "Where did you get that scar?")[0]
    engine = opened(topics=[{**SCAR, "when": {"affinity": 0.5}}], relationships={"player": {"affinity": 0.6}})
    assert texts(engine, "Where did you get that scar?") == ["A goat. Don't laugh."]


def test_a_topic_tells_no_secret_before_its_time() -> None:
    secret = {"id": "ring", "facts": ["ben has key"], "words": {"en": ["ring"], "zh": ["戒指"]}, "when": {"trust": 0.9}}
    topic = {"asks": {"en": "What is in your pocket?"}, "says": {"en": "The ring, of course."}}
    assert "ring" not in texts(opened(topics=[topic], secrets=[secret]), "What's in your pocket?")[0]


# -- passages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Do you play the fiddle?", "The fiddle was my mother's. I play it badly."),
        ("你会拉琴吗", "那把琴是我娘留下的，我拉得难听。"),
    ],
)
def test_a_passage_without_a_topic_answers_what_it_speaks_of(asked: str, answer: str) -> None:
    passage = {"en": "The fiddle was my mother's. I play it badly.", "zh": "那把琴是我娘留下的，我拉得难听。"}
    assert texts(opened(about=[passage]), asked) == [answer]


def test_what_is_private_is_for_people_they_like_or_trust() -> None:
    about = [{"topic": "family", "says": {"en": "I left a daughter in the hills."}, "confidence": "private"}]
    assert "daughter" not in texts(opened(about=about), "Do you have a family?")[0]
    close = opened(about=about, relationships={"player": {"trust": 0.4}})
    assert texts(close, "Do you have a family?") == ["I left a daughter in the hills."]


# -- stories ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (("Tell me about the white heron.", "And then?", "go on"), "en"),
        (("讲讲白鹭的故事", "然后呢？", "接着讲"), "zh"),
    ],
)
def test_a_story_is_told_in_parts(lines: tuple[str, ...], language: str) -> None:
    assert texts(opened(stories=[HERON]), *lines) == HERON["parts"][language]


def test_a_story_that_was_told_is_not_told_again_unless_it_is_asked_for() -> None:
    engine = opened(stories=[HERON])
    told = texts(engine, "Tell me about the white heron.", "And then?", "And then?", "And then?")
    assert told[3] not in HERON["parts"]["en"]
    assert texts(engine, "What's the story of the heron?") == [HERON["parts"]["en"][0]]


@pytest.mark.parametrize("asked", ["Tell me a story.", "do you know any stories", "给我讲个故事"])
def test_who_wants_a_story_whichever_gets_one_and_then_another(asked: str) -> None:
    engine = opened(stories=[OWL, HERON])
    language = "en" if asked.isascii() else "zh"
    on = "And then?" if asked.isascii() else "然后呢？"
    assert texts(engine, asked, on, asked) == [*OWL["parts"][language], HERON["parts"][language][0]]


def test_a_story_goes_on_where_it_was_after_a_save(tmp_path: Path) -> None:
    world = company(person("ana", stories=[HERON]))
    with Engine.load(world, model="none", save=tmp_path / "slot") as engine:
        assert texts(engine, "Tell me about the white heron.") == [HERON["parts"]["en"][0]]
    with Engine.load(world, model="none", save=tmp_path / "slot") as engine:
        assert texts(engine, "go on") == [HERON["parts"]["en"][1]]


# -- questions of their own -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("idle", "answer", "reply"),
    [
        ("Hm.", "Yes.", BEES["yes"]["en"]),
        ("Hm.", "no", BEES["no"]["en"]),
        ("Hm.", "My uncle had a hive in the orchard.", BEES["says"]["en"]),
        ("嗯。", "养。", BEES["yes"]["zh"]),
        ("嗯。", "没有", BEES["no"]["zh"]),
        ("嗯。", "是的", BEES["yes"]["zh"]),
    ],
)
def test_their_question_is_put_and_its_answer_met(idle: str, answer: str, reply: str) -> None:
    asking = opened(asks=[BEES], temperament={"talkative": 1.0})
    question, met = texts(asking, idle, answer)
    assert question.endswith(BEES["asks"]["en" if idle.isascii() else "zh"])
    assert met == reply


def test_a_question_is_put_to_somebody_once() -> None:
    engine = opened(asks=[BEES], temperament={"talkative": 1.0})
    asked = [line for line in texts(engine, "Hm.", "No.", "Hm.", "I see.", "Hm.") if "bees?" in line]
    assert len(asked) == 1


# -- phrases ----------------------------------------------------------------------------------------------


def test_phrases_greetings_and_barks_may_be_for_the_moment() -> None:
    lit = {"text": "The lamp is lit at last.", "when": {"world": ["ben has key"]}}
    greetings = {"en": ["Hello.", lit], "zh": ["你好。"]}
    engine = opened(phrases={"greeting": greetings, "bark": {"en": ["Hm.", lit], "zh": ["嗯。"]}})
    assert engine.bark("ana", "en") == "Hm."
    assert texts(engine, "Hello!")[0].startswith("Hello.")
    engine.record("Ben takes the lamp.", changes=[("ben", "has", "key")], audience=["ana"])
    assert engine.bark("ana", "en") == "The lamp is lit at last."
    again = opened(phrases={"greeting": greetings})
    again.record("Ben takes the lamp.", changes=[("ben", "has", "key")], audience=["ana"])
    assert texts(again, "Hello!")[0].startswith("The lamp is lit at last.")


# -- samples, goals, notes, summary -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "reply"),
    [("where do you go on sundays", "To the weir, to argue with it."), ("礼拜天你都去哪儿啊", "去堰上，跟它讲道理。")],
)
def test_a_sample_is_answered_with_its_reply(asked: str, reply: str) -> None:
    sample = {
        "said": {"en": "Where do you go on Sundays?", "zh": "礼拜天你去哪儿？"},
        "reply": {"en": "To the weir, to argue with it.", "zh": "去堰上，跟它讲道理。"},
    }
    voice = {"register": {"en": "Plain.", "zh": "朴实。"}, "samples": [sample]}
    assert texts(opened(voice=voice), asked) == [reply]


@pytest.mark.parametrize(
    ("asked", "goal"), [("What are your plans?", "to see the mill turn again"), ("你有什么打算？", "看磨坊再转起来")]
)
def test_an_open_goal_is_told_to_who_asks_for_plans(asked: str, goal: str) -> None:
    goals = [
        {
            "id": "mill",
            "text": {"en": "to see the mill turn again", "zh": "看磨坊再转起来"},
            "until": {"world": ["ben has key"]},
        }
    ]
    assert goal in texts(opened(goals=goals), asked)[0]
    engine = opened(goals=goals)
    engine.record("It turns.", changes=[("ben", "has", "key")], audience=["ana"])
    assert goal not in texts(engine, asked)[0]


def test_a_goal_with_a_secret_in_it_stays_unsaid() -> None:
    secret = {"id": "ring", "facts": ["ben has key"], "words": {"en": ["ring"], "zh": ["戒指"]}, "when": {"trust": 0.9}}
    engine = opened(goals=[{"id": "sell", "text": {"en": "to sell the ring"}}], secrets=[secret])
    assert "ring" not in texts(engine, "What are your plans?")[0]


@pytest.mark.parametrize(
    ("asked", "note"), [("What do you think of Ben?", "He owes me a hat."), ("你觉得阿本怎么样？", "他欠我一顶帽子。")]
)
def test_a_note_in_their_own_words_is_what_they_think_of_somebody(asked: str, note: str) -> None:
    relationships = {
        "ben": {"affinity": 0.4, "familiarity": 0.6, "note": {"en": "He owes me a hat.", "zh": "他欠我一顶帽子。"}}
    }
    assert texts(opened(relationships=relationships), asked)[0].startswith(note)


@pytest.mark.parametrize(
    ("asked", "sentence"), [("Who are you?", "Bell-founder, third of that name."), ("你是谁？", "铸钟的，传到第三代。")]
)
def test_who_they_are_has_the_summary_in_it(asked: str, sentence: str) -> None:
    summary = {"en": "Bell-founder, third of that name. She hums.", "zh": "铸钟的，传到第三代。爱哼歌。"}
    assert texts(opened(summary=summary, pronoun="she"), asked)[0].endswith(sentence)


def test_two_answers_to_one_question_each_have_their_time() -> None:
    whole = {"asks": {"en": "How is the bridge?", "zh": "桥怎么样？"}, "says": {"en": "It stands.", "zh": "立着呢。"}}
    fond = {**whole, "says": {"en": "For you? It stands.", "zh": "你问嘛，立着呢。"}, "when": {"familiarity": 0.9}}
    with opened(topics=[fond, whole]) as engine:
        assert texts(engine, "How is the bridge?") == ["It stands."]
    with opened(topics=[whole, fond]) as engine:
        assert texts(engine, "How is the bridge?") == ["It stands."]


def test_a_taste_that_the_author_wrote_is_not_drawn() -> None:
    moss = {
        "asks": {"en": ["Do you like moss?"], "zh": ["你喜欢苔藓吗？"]},
        "says": {"en": ["It grows where I kneel."], "zh": ["我跪的地方就长它。"]},
    }
    with opened(topics=[moss]) as engine:
        assert texts(engine, "do you like moss?") == ["It grows where I kneel."]


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("My watch only runs at night, can you mend it?", "My watch only runs at night. Can you mend it?"),
        ("Have you ever seen a wreck?", "did you ever see any shipwrecks"),
    ],
)
def test_a_question_is_known_in_two_sentences_and_by_a_word_of_its_kind(wording: str, said: str) -> None:
    topic = {"asks": {"en": [wording]}, "says": {"en": ["Four."], "zh": ["四个。"]}}
    with opened(topics=[topic]) as engine:
        assert texts(engine, said) == ["Four."]


def test_one_word_of_a_long_question_does_not_ask_for_a_short_one() -> None:
    riddle = {"asks": {"zh": ["考考我"]}, "says": {"en": ["A kettle."], "zh": ["茶壶！"]}}
    with opened(topics=[riddle]) as engine:
        assert "茶壶" not in texts(engine, "唉 说正经的，你说我是再考一回还是回去种地")[0]


def test_what_the_author_answers_in_the_open_is_no_secret() -> None:
    words = {"en": ["wreck"], "zh": ["沉船"]}
    secret = {"id": "ring", "facts": ["ben has key"], "words": words, "when": {"trust": 0.9}}
    topic = {
        "asks": {"en": ["Have you ever seen a wreck?"], "zh": ["你见过沉船吗？"]},
        "says": {"en": ["Four, from up here."], "zh": ["见过四回，就在这儿看的。"]},
    }
    with opened(topics=[topic], secrets=[secret]) as engine:
        assert texts(engine, "Have you ever seen a wreck?") == ["Four, from up here."]
    with opened(topics=[topic], secrets=[secret]) as engine:
        assert texts(engine, "你见过沉船吗？") == ["见过四回，就在这儿看的。"]
    with opened(topics=[topic], secrets=[secret]) as engine:
        assert said(engine, "What do you know of the wreck?")[0].withheld
