"""Who tells something is heard: it is said back in the second person, or asked about, and never talked past."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from npc_engine import Engine, load_content
from npc_engine.acts import acts
from npc_engine.dialogue.speak.repertoire import known_by, remarks
from npc_engine.dialogue.understand.echo import echo
from npc_engine.lang import pack
from npc_engine.lang.persons import to_listener
from npc_engine.persona import Persona
from npc_engine.testing import SMALL_WORLD


@cache
def persona_of(npc: str) -> Persona:
    return load_content(SMALL_WORLD).personas[npc]


@pytest.mark.parametrize(
    ("language", "said", "back"),
    [
        ("en", "well, i crossed the Morrow on barrels once, and it rained", "you crossed the Morrow on barrels once"),
        ("en", "Honestly I was the youngest of nine.", "you were the youngest of nine"),
        ("en", "im teaching my brother to read", "you're teaching your brother to read"),
        ("en", "My father built boats on the coast", "your father built boats on the coast"),
        ("en", "lost a finger to a winch", "you lost a finger to a winch"),
        ("en", "hes been poorly since winter", "he's been poorly"),
        ("en", "The attic is full of owls", "the attic is full of owls"),
        ("en", "Quite so. My tongue does fall over", "your tongue does fall over"),
        ("zh", "天天加班", "天天加班"),
        ("zh", "七斤八两呢 嗓门可大了", "嗓门可大了"),
        ("zh", "他也爱下棋", "他也爱下棋"),
        ("zh", "唉，我在码头给人记账。", "你在码头给人记账"),
        ("zh", "其实我从京城来找哥哥", "你从京城来找哥哥"),
    ],
)
def test_a_statement_can_be_said_back(language: str, said: str, back: str) -> None:
    assert to_listener(echo(said, language), pack(language)) == back


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "i like your hat"),
        ("en", "my father knew you"),
        ("en", "i think so"),
        ("en", "did i lose the way?"),
        ("en", "what a day"),
        ("en", "i know this place very well"),
        ("en", "got any bread"),
        ("zh", "来一碗热的"),
        ("zh", "你家的酒真好"),
        ("zh", "我喜欢你的茶"),
        ("zh", "我觉得不错"),
        ("zh", "我能坐这儿吗"),
    ],
)
def test_what_speaks_of_both_or_of_nothing_is_not_said_back(language: str, said: str) -> None:
    assert echo(said, language) == ""


def test_nobody_is_echoed_twice_running() -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        conversation = engine.talk_to("mira")
        told = [
            "I used to be the youngest of nine.",
            "I lost nine men on the Morrow once.",
            "I left it all behind at twenty.",
        ]
        lines = [conversation.say(text).line() for text in told]
    echoed = ["said:back" in line.reasons for line in lines]
    assert any(echoed)
    assert not any(before and after for before, after in pairwise(echoed))
    assert all(line.initiative is None for line in lines if "listened" in line.reasons)


@pytest.mark.parametrize(
    ("said", "met"),
    [
        ("i got robbed on the way here", "tell_mishap"),
        ("my cart fell apart on the hill", "tell_mishap"),
        ("it all worked out in the end, what a weight off me", "tell_relieved"),
        ("船没赶上，钱也叫人摸了去", "tell_mishap"),
        ("我的腿好多了", "tell_relieved"),
    ],
)
def test_misfortune_and_relief_are_met_as_such(said: str, met: str) -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        line = engine.talk_to("mira").say(said).line()
        persona = persona_of("mira")
    lines = [one.text for one in remarks(met, persona, line.language)]
    assert any(known_by(one) in line.text for one in lines), line.text


def test_what_another_feels_is_not_how_the_speaker_is() -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        line = engine.talk_to("mira").say("He is a terrier and he is afraid of carts.").line()
        persona = persona_of("mira")
    assert not any(one.text in line.text for one in remarks("tell_afraid", persona, "en"))


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("how long does a candle burn", "unknown_how"),
        ("what would a cat do if it ran the inn?", "unknown_suppose"),
        ("蜡烛能烧多久", "unknown_how"),
        ("what is the longest rope you tied", "unknown_self"),
        ("你怎么不骂我", "unknown_self"),
        ("要是青蛙会说话，它会说什么？", "unknown_suppose"),
    ],
)
def test_not_knowing_takes_up_how_it_was_asked(asked: str, key: str) -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        line = engine.talk_to("mira").say(asked).line()
        persona = persona_of("mira")
    assert line.move == "unknown"
    assert any(one.text in line.text for one in remarks(key, persona, line.language)), line.text


def test_nothing_is_asked_for_after_what_was_answered_beside() -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        line = engine.talk_to("mira").say("Sorry about before. The hen and the rest, all of that.").line()
        persona = persona_of("mira")
    assert not any(one.text in line.text for one in remarks("heard", persona, "en"))


@pytest.mark.parametrize(
    "said",
    [
        "for me it's the drive home when everyone else is going to bed",
        "and then one old man, mr harris, who cant sleep so we do crosswords together",
        "the part where i stopped to eat. haven't told a soul",
        "也没啥事，心里有点空",
        "借一步说几句话",
    ],
)
def test_a_word_of_a_question_makes_none_of_a_statement(said: str) -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        line = engine.talk_to("mira").say(said).line()
    assert not acts()[line.act].question
    assert line.move != "unknown"


@pytest.mark.parametrize(
    "said", ["tell me what you like", "and where do you live", "so how do you live, up here", "那你住哪"]
)
def test_a_question_is_one_without_its_mark(said: str) -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        line = engine.talk_to("mira").say(said).line()
    assert acts()[line.act].question


@pytest.mark.parametrize("said", ["（放下斗笠，笑）你是做什么的", "*takes off his hat* how old are you"])
def test_what_is_only_done_is_not_said_back(said: str) -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        line = engine.talk_to("mira").say(said).line()
    assert "斗笠" not in line.text
    assert "hat" not in line.text


@pytest.mark.slow
@pytest.mark.parametrize(("said", "sought"), [("my dog went missing", "your dog"), ("春天我家狗走丢了", "你家狗")])
def test_what_went_missing_is_hoped_for_and_not_mourned(said: str, sought: str) -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        line = engine.talk_to("mira").say(said).line()
    assert "told:seeks" in line.reasons
    assert sought in line.text
