"""What players tell of themselves, in chat style: kept, corrected, taken back, and put to them when they ask."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from company import company, person
from sampling import sampled

from npc_engine import Engine, Line
from npc_engine.lang import pack
from npc_engine.lang.persons import to_listener
from npc_engine.text import Language

QUIET = {"talkative": 0.0}


def talk(lines: Sequence[str], asked: str, *, later: bool = False, language: Language = "en") -> Line:
    with Engine.load(company(person("ana", temperament=QUIET)), model="none", language=language) as engine:
        conversation = engine.talk_to("ana")
        for line in lines:
            conversation.say(line).line(timeout=10)
        if later:
            engine.advance(60 * 26)
            conversation = engine.talk_to("ana")
        return conversation.say(asked).line(timeout=10)


NAMES = [
    ("My name is Anna.", "Anna"),
    ("name is Sir Aldous. i'll need free ale obviously", "Sir Aldous"),
    ("evening. retired, 30 yrs. name's Kowalski", "Kowalski"),
    ("Harold Finch. I taught geography for forty years.", "Harold Finch"),
    ("Hi, Dana Reyes, Belt Courier. Got five minutes?", "Dana Reyes"),
    ("good day! Jory's the name, pots n pans", "Jory"),
    ("I am Corwin of the Nine Strings, perhaps you have heard of me?", "Corwin of the Nine Strings"),
    ("im Tim btw sorry shouldve said", "Tim"),
    ("hi, im anna", "Anna"),
    ("actually im just a shepherd named Tobb lol", "Tobb"),
    ("鄙姓马，马四海，贩绸缎的。", "马四海"),
    ("在下柳青岩，云州人氏", "柳青岩"),
    ("叫我老钱就行，走南闯北", "老钱"),
    ("好今天先这样。记一下啊，我叫何同，住桥东头", "何同"),
    ("哦还没说呢，我叫周小满，在码头给人记账的", "周小满"),
]


@pytest.mark.parametrize(("said", "name"), NAMES)
def test_a_name_is_taken_in_whatever_form_it_is_given(said: str, name: str) -> None:
    asked = "what was my name again?" if said.isascii() else "我叫什么来着？"
    assert name in talk([said], asked).text


NO_NAMES = ["Carla. her names carla. she took the cat", "his name is biscuit", "im back", "im nobody", "hi im lost"]


@pytest.mark.parametrize("said", [*NO_NAMES, "她叫小红", "我叫什么", "别叫我"])
def test_what_is_nobodys_own_name_is_taken_for_none(said: str) -> None:
    line = talk([said], "whats my name" if said.isascii() else "我叫什么？")
    assert line.reasons[:1] == ("told:nothing",), line.text


@pytest.mark.parametrize(
    ("lines", "there", "gone"),
    [
        (["name is Sir Aldous", "actually im just a shepherd named Tobb lol. i made that up"], "Tobb", "Aldous"),
        (["My name is Anna.", "No, my name is Hannah."], "Hannah", "Anna."),
        (["My name is Anna.", "that's not my real name"], "", "Anna"),
        (["我叫小红。", "那不是我的真名。"], "", "小红"),
    ],
)
def test_a_name_is_corrected_and_taken_back(lines: list[str], there: str, gone: str) -> None:
    said = talk(lines, "whats my real name" if lines[0].isascii() else "我叫什么？").text
    assert there in said
    assert gone not in said.replace("Hannah", "H.")


ASKED = [
    (["im nobody, im from ohio, i hate musicals"], "im back. where am i from", "from ohio"),
    (["im nobody, im from ohio, i hate musicals"], "and what do i hate", "musicals"),
    (["do u have a dog", "i have one his name is biscuit"], "whats my dogs name do u remember", "Biscuit"),
    (["i have a dog, his name is biscuit, he plays dead"], "what can my dog do", "plays dead"),
    (["my dad fixes stuff too. well he did, he left"], "what did i say my dad does", "your dad fixes stuff"),
    (["im allergic to penicillin if that matters"], "whats that thing im allergic to, is it down?", "penicillin"),
    (["i miss my mother", "she make a soup"], "you remember what cooks my mother?", "your mother make a soup"),
    (["My wife Margaret died in January."], "Do you recall what I said about Margaret?", "your wife Margaret died"),
    (["My brother Tom owes me money and my mum lives in Carrow"], "wheres my mum live", "your mum lives in Carrow"),
    (["i had a fight with my husband"], "who did i fight with?", "your husband"),
    (["I'm a sailor from Port Ness."], "what do i do for a living?", "a sailor"),
    (["HI im Leo and im 9"], "how old am i", "9"),
    (["Carla. her names carla."], "what was her name again", "Carla"),
    (["i walked all night to get here"], "did i say anything stupid", "you walked all night"),
    (["i walked all night to get here"], "what did we talk about", "you walked all night"),
    (["i'm looking for a blue kettle"], "what was it i wanted", "a blue kettle"),
    (["Jory's the name", "i'm looking for a blue kettle"], "who am i", "Jory"),
    (["我是护士，天天照顾病人", "其实是跟我妈吵架了"], "那你说说我是干啥的？上回我跟谁闹别扭了来着", "你妈"),
    (["我叫何同，住桥东头"], "我住哪儿你还记得不", "住桥东头"),
    (["鄙姓马，马四海，贩绸缎的。"], "下回来你可别忘了我姓啥", "马"),
    (["我家有只狗叫旺财，它会握手"], "我家狗会什么", "握手"),
    (["我有个兄弟，当着我面掉海里，没拉住"], "我兄弟怎么了", "当着你面掉海里"),
    (["老子也跑过十几年船"], "我以前干啥的", "跑过十几年船"),
    (["我叫豆豆 我8岁"], "我几岁", "8"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "asked", "wanted"), ASKED)
@pytest.mark.parametrize("later", sampled([True, False], 1))
def test_what_was_told_is_put_to_who_asks_for_it(lines: list[str], asked: str, wanted: str, later: bool) -> None:
    line = talk(lines, asked, later=later)
    assert line.move == "remember"
    assert wanted.casefold() in line.text.casefold(), line.text


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        (["do you have a dog?"], "what's my dog's name?"),
        (["nice day"], "where am i from?"),
        (["hello there"], "what did i tell you about my brother"),
        (["is the bridge safe?"], "Do you remember what I said about Margaret?"),
        (["你有狗吗？"], "我家狗叫什么？"),
        (["你好"], "我跟你说过我哥哥的事吗？"),
    ],
)
def test_what_was_not_told_is_said_to_be_so_and_no_question_is_quoted(lines: list[str], asked: str) -> None:
    line = talk(lines, asked)
    assert line.move != "remember", line.text
    assert not any(said.rstrip("?？") in line.text for said in lines)


@pytest.mark.parametrize(
    ("told", "back", "wanted"),
    [
        (["name's Kowalski", "my knees hurt"], "hi its me again", ["Kowalski", "knee"]),
        (
            ["im Paulo", "i miss my country very much"],
            "good evening, it is me again",
            ["Paulo", "you miss your country"],
        ),
        (["i walked all night to get here"], "hello", ["you walked all night"]),
        (["我叫小鹿", "其实是跟我妈吵架了"], "我又来啦", ["小鹿", "你妈"]),
        (["我有个兄弟，当着我面掉海里"], "你好", ["当着你面掉海里"]),
    ],
)
def test_who_comes_back_is_hailed_with_what_they_told(told: list[str], back: str, wanted: list[str]) -> None:
    said = talk(told, back, later=True).text
    assert all(word in said for word in wanted), said


def test_nobody_is_asked_how_the_dead_are() -> None:
    for seed in range(4):
        with Engine.load(company(person("ana")), model="none", seed=seed) as engine:
            engine.talk_to("ana").say("My wife Margaret died in January.").line(timeout=10)
            engine.advance(60 * 26)
            said = engine.talk_to("ana").say("hello").line(timeout=10).text
            assert "Margaret" not in said


def test_what_was_whispered_in_confidence_is_not_said_before_others() -> None:
    with Engine.load(company(person("ana", temperament=QUIET), person("ben")), model="none") as engine:
        conversation = engine.talk_to("ana")
        conversation.say("Don't tell anyone, but I stole a horse in Carrow.", volume="whisper").line(timeout=10)
        said = conversation.say("What did I steal?", overheard_by={"ben"}).line(timeout=10).text
        assert "horse" not in said


@pytest.mark.parametrize(
    ("said", "put", "language"),
    [
        ("my wife and I were to go together", "your wife and you were to go together", "en"),
        ("im tired and i was robbed", "you're tired and you were robbed", "en"),
        ("you said you'd keep my stool", "I said I'd keep your stool", "en"),
        ("I've lost my way and mine is the blue one", "you've lost your way and yours is the blue one", "en"),
        ("我跟我妈吵架了", "你跟你妈吵架了", "zh"),
        ("我在下游码头记账", "你在下游码头记账", "zh"),
        ("老子跑过船", "你跑过船", "zh"),
    ],
)
def test_words_are_put_into_the_second_person(said: str, put: str, language: Language) -> None:
    assert to_listener(said, pack(language)) == put


def test_what_was_taken_back_is_gone_from_the_save(tmp_path: Path) -> None:
    slot, content = tmp_path / "slot.npc", company(person("ana", temperament=QUIET))
    with Engine.load(content, model="none", save=slot) as engine:
        talking = engine.talk_to("ana")
        for line in ("My name is Anna.", "I lied about my name."):
            talking.say(line).line(timeout=10)
    with Engine.load(content, model="none", save=slot) as engine:
        assert "Anna" not in engine.talk_to("ana").say("What's my name?").line(timeout=10).text


NOT_TOLD = [
    ("en", "I'm scared of thunder, always was.", "what did i say i do for a living?", "You're scared of thunder"),
    ("zh", "我从小最怕打雷了。", "我是干什么的？", "你从小最怕打雷"),
]


@pytest.mark.parametrize(("language", "told", "asked", "kept"), NOT_TOLD)
def test_who_asks_for_what_they_never_told_hears_what_they_did(language: str, told: str, asked: str, kept: str) -> None:
    line = talk([told], asked, language=language)
    assert line.reasons == ("told:nothing",)
    assert kept.casefold() in line.text.casefold()


@pytest.mark.parametrize(
    ("language", "told", "asked", "kept"),
    [
        ("en", "been gutting fish on the pier since i was fifteen", "what do i do for a living?", "gutting fish"),
        ("en", "I always buy two pears out of habit.", "and what is it i buy two of", "two pears"),
        ("zh", "天天在码头上扛麻袋，一扛就是十年。", "我是干什么的来着？", "扛麻袋"),
    ],
)
def test_what_was_told_answers_a_question_in_other_words(language: str, told: str, asked: str, kept: str) -> None:
    assert kept in talk([told], asked, language=language).text
