"""What is answered to feelings, to names, to "why?" and "are you sure?", to matters of taste, to who wants advice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from company import company, person

from npc_engine import Engine, Line

WORLD = Path(__file__).parent.parent / "world"
FELT = {
    one: {"en": [f"{one.upper()}."], "zh": [f"{one.upper()}。"]}
    for one in ("tell_grief", "tell_hurt", "tell_afraid", "tell_glad", "tell_ashamed", "tell_hurried", "tell_tired")
}


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine.load(WORLD, model="none") as engine:
        yield engine


def talk(engine: Engine, npc: str, *lines: str) -> list[Line]:
    conversation = engine.talk_to(npc)
    return [conversation.say(line).line(timeout=10) for line in lines]


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("My brother died yesterday. Where is the bridge?", "TELL_GRIEF"),
        ("I had to bury my husband last spring.", "TELL_GRIEF"),
        ("can you heal me? i cut my arm", "TELL_HURT"),
        ("i'm so scared", "TELL_AFRAID"),
        ("today is the best day of my life!", "TELL_GLAD"),
        ("i feel ashamed of what i did", "You feel ashamed of what you did. TELL_ASHAMED"),
        ("i'm in a hurry", "TELL_HURRIED"),
        ("我哥哥昨天去世了。桥在哪儿？", "TELL_GRIEF"),
        ("我受伤了", "TELL_HURT"),
        ("我好害怕", "TELL_AFRAID"),
        ("今天是我最开心的一天！", "TELL_GLAD"),
        ("我赶时间", "TELL_HURRIED"),
    ],
)
def test_how_somebody_is_gets_the_first_sentence(said: str, first: str) -> None:
    with Engine.load(company(person("ana", phrases=FELT)), model="none") as engine:
        (line,) = talk(engine, "ana", said)
        assert line.text.startswith(first)


@pytest.mark.parametrize("said", ["I'm not hurt.", "I was never afraid.", "我没受伤。", "我不害怕。"])
def test_who_denies_a_feeling_is_not_comforted(said: str) -> None:
    with Engine.load(company(person("ana", phrases=FELT)), model="none") as engine:
        (line,) = talk(engine, "ana", said)
        assert not line.text.startswith("TELL_")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["my name is Ana", "no, it's Anna with two n's", "what's my name?"], "Anna"),
        (["I'm called Jon.", "No, John.", "What is my name?"], "John"),
        (["我叫安", "不对，是安娜", "我叫什么名字？"], "安娜"),
    ],
)
def test_a_name_that_is_corrected_is_kept_as_corrected(engine: Engine, lines: list[str], name: str) -> None:
    _, corrected, asked = talk(engine, "mira", *lines)
    assert name in corrected.text
    assert name in asked.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "asked", "answer"),
    [
        ("My heel hurts.", "Where am I hurt?", "your heel"),
        ("My sister is missing.", "Who am I looking for?", "your sister"),
        ("I'm looking for a red mule.", "What am I looking for?", "a red mule"),
        ("我脚后跟疼。", "我哪儿疼？", "脚后跟"),
        ("我妹妹失踪了。", "我在找谁？", "你妹妹"),
    ],
)
def test_what_is_wrong_and_what_is_looked_for_is_remembered(engine: Engine, told: str, asked: str, answer: str) -> None:
    line = talk(engine, "greta", told, asked)[-1]
    assert line.reasons == ("told:before",)
    assert answer.removeprefix("your ") in line.text


@pytest.mark.parametrize(("said", "asked"), [("I'm Tomas.", "What is my name?"), ("我是托马斯", "我叫什么名字？")])
def test_who_claims_to_be_somebody_they_know_is_not_believed(engine: Engine, said: str, asked: str) -> None:
    claimed, after = talk(engine, "greta", said, asked)
    assert claimed.move == "doubt"
    assert not any(name in after.text for name in ("Tomas", "托马斯"))
    (own,) = talk(engine, "tomas", said)
    assert own.reasons == ("name:own",)


@pytest.mark.parametrize(
    "said", ["why?", "really?", "are you sure?", "how do you know?", "为什么呀", "真的吗？", "你确定吗", "你怎么知道的"]
)
def test_what_was_never_said_is_nothing_to_be_sure_of(engine: Engine, said: str) -> None:
    (line,) = talk(engine, "mira", said)
    assert line.reasons == ("asked:nothing said",)


@pytest.mark.parametrize(
    ("question", "again", "whom"),
    [("Does Tomas like nails?", "How do you know?", "Greta"), ("托马斯喜欢钉子吗？", "你怎么知道的？", "格蕾塔")],
)
def test_how_they_know_is_whom_they_have_it_from(engine: Engine, question: str, again: str, whom: str) -> None:
    engine.tell("mira", ("tomas", "likes", "nails"), by="greta")
    answered, grounds = talk(engine, "mira", question, again)
    assert answered.facts
    assert whom in grounds.text


def test_three_questions_in_a_row_are_about_one_and_the_same(engine: Engine) -> None:
    lines = talk(engine, "mira", "Who can mend the bridge?", "really?", "are you sure?", "how do you know?")
    assert [line.reasons for line in lines[1:]] == [("asked:grounds",)] * 3
    assert len({line.text for line in lines}) == 4


@pytest.mark.parametrize(
    ("asked", "why", "sure"),
    [("What is the condition of the bridge?", "why?", "are you sure?"), ("桥怎么样了？", "为什么？", "你确定吗？")],
)
def test_why_is_answered_with_what_brought_it_about_and_a_mere_opinion_is_owned_up_to(
    engine: Engine, asked: str, why: str, sure: str
) -> None:
    _, caused, owned = talk(engine, "mira", asked, why, sure)
    assert {fact.id for fact in caused.facts} == {"flood.broke.bridge"}
    unsure = ("not sure", "wouldn't swear", "Sure? No", "说不准", "不敢打包票", "拿不准")
    assert any(words in owned.text for words in unsure)


def test_whether_they_are_sure_that_they_dont_know(engine: Engine) -> None:
    _, sure = talk(engine, "mira", "Where is Xanadu?", "are you sure?")
    assert sure.reasons == ("asked:nothing known",)


@pytest.mark.parametrize(
    ("said", "among"),
    [("What's your favourite colour?", "blue green red grey yellow wood"), ("cats or dogs?", "cats dogs")],
)
def test_a_taste_nobody_wrote_is_drawn_once_and_kept(tmp_path: Path, said: str, among: str) -> None:
    world = company(person("ana"))

    def answer(seed: int) -> str:
        with Engine.load(world, model="none", seed=seed, save=tmp_path / "slot.npc") as engine:
            text = talk(engine, "ana", said)[0].text.lower()
        return next(one for one in among.split() if one in text)

    assert answer(1) == answer(2) == answer(3)
    kept = [
        event for event in Engine.load(world, model="none", save=tmp_path / "slot.npc").events if "taste" in event.data
    ]
    assert len(kept) == 3


@pytest.mark.parametrize(("said", "thing"), [("do you like pancakes?", "pancakes"), ("你喜欢下雪吗？", "下雪")])
def test_everybody_has_a_taste_and_not_everybody_the_same(said: str, thing: str) -> None:
    people = [person(one) for one in ("ana", "ben", "cleo", "dan", "eve", "finn", "gwen", "hal")]
    with Engine.load(company(*people), model="none") as engine:
        lines = [talk(engine, one.id, said)[0] for one in people]
        assert all(line.reasons == ("taste:own",) for line in lines)
        assert len({engine.events[line.event_id - 1].data["taste"][1] for line in lines}) == 2
        assert any(thing in line.text.lower() for line in lines)


@pytest.mark.parametrize(
    ("said", "again"), [("What do you think about love?", "Do you like love?"), ("你怎么看下雪？", "你喜欢下雪吗？")]
)
def test_what_they_think_of_a_thing_is_whether_they_like_it(said: str, again: str) -> None:
    with Engine.load(company(person("ana")), model="none") as engine:
        thought, liked = talk(engine, "ana", said, again)
        assert thought.reasons == liked.reasons == ("taste:own",)
        tastes = [engine.events[line.event_id - 1].data["taste"] for line in (thought, liked)]
        assert tastes[0] == tastes[1]


@pytest.mark.parametrize("said", ["do you like war?", "你喜欢打仗吗？"])
def test_nobody_likes_what_is_loathed(said: str) -> None:
    people = [person(one, temperament={"cheerful": 1.0}) for one in ("ana", "ben", "cleo", "dan", "eve", "finn")]
    with Engine.load(company(*people), model="none") as engine:
        lines = [talk(engine, one.id, said)[0] for one in people]
        assert {engine.events[line.event_id - 1].data["taste"][1] for line in lines} == {"likes not"}


def test_what_an_author_says_of_tastes_comes_first(engine: Engine) -> None:
    (line,) = talk(engine, "mira", "Do you like tea?")
    assert {fact.id for fact in line.facts} == {"mira.likes.tea"}


@pytest.mark.parametrize("said", ["What should I do?", "What should I do about the bridge?", "我该怎么办？"])
def test_advice_is_what_they_believe_would_help(engine: Engine, said: str) -> None:
    (line,) = talk(engine, "greta", said)
    assert {"bridge.condition.destroyed", "greta.can_mend.bridge", "greta.needs.rope"} <= {
        fact.id for fact in line.facts
    }


@pytest.mark.parametrize("npc", ["pip", "greta", "lian", "bram", "mira", "tomas"])
@pytest.mark.parametrize("hello", ["你好，{name}！", "{name}，你好！", "嗨{name}"])
def test_a_greeting_with_a_name_that_was_never_heard_is_a_greeting(engine: Engine, npc: str, hello: str) -> None:
    assert talk(engine, npc, hello.format(name=engine.name(npc, language="zh")))[0].act == "greet"


@pytest.mark.parametrize("npc", ["pip", "mira"])
def test_who_says_that_they_dont_know_is_not_taken_to_be_new_here_or_lost(engine: Engine, npc: str) -> None:
    line = talk(engine, npc, "Hello!", "I don't know.")[1]
    assert (line.act, [reason for reason in line.reasons if reason.startswith("topic:")]) == ("dont_know", [])


def test_what_the_speaker_is_to_do_is_advice_and_telling_more_goes_on(engine: Engine) -> None:
    asked, more = talk(engine, "bram", "我接下来该干嘛", "再多讲讲")
    assert (asked.act, more.act) == ("ask_advice", "ask_more")
    assert talk(engine, "bram", "你在干嘛")[0].act == "ask_npc"


@pytest.mark.parametrize(
    ("npc", "said"),
    [
        ("bram", "alright i gotta go, dont let the cat boss you about"),
        ("mira", "我得走了，别让猫欺负你"),
    ],
)
def test_who_has_to_go_may_say_more_after_it(engine: Engine, npc: str, said: str) -> None:
    (line,) = talk(engine, npc, said)
    assert line.act == "part"


def test_who_greets_twice_in_a_line_is_greeted_once() -> None:
    greeting = {"en": ["GREETED."], "zh": ["问好。"]}
    with Engine.load(company(person("ana", phrases={"greeting": greeting})), model="none") as engine:
        assert talk(engine, "ana", "hi. anyone awake here lol")[0].text.count("GREETED.") == 1


@pytest.mark.parametrize(
    ("said", "about"),
    [("he died last year. he used to do that laugh too", "LAUGHING."), ("他去年死了，以前也这么笑", "笑。")],
)
def test_who_tells_of_a_death_is_not_told_what_somebody_laughs_at(said: str, about: str) -> None:
    laughing = {
        "asks": {"en": ["What makes you laugh?"], "zh": ["什么会让你笑？"]},
        "says": {"en": ["LAUGHING."], "zh": ["笑。"]},
    }
    ana = person("ana", topics=[laughing], phrases=FELT)
    with Engine.load(company(ana), model="none", language="en" if said.isascii() else "zh") as engine:
        (line,) = talk(engine, "ana", said)
    assert about not in line.text
    assert "TELL_GRIEF" in line.text


@pytest.mark.parametrize(
    ("asked", "ones"),
    [
        ("would you rather fly or swim", ("be fly.", "be swim.")),
        ("would u rather be rich or famous", ("be rich.", "be famous.")),
        ("你想飞还是想游泳", ("是飞，", "是游泳，")),
    ],
)
def test_of_two_things_one_is_taken_and_not_the_question(asked: str, ones: tuple[str, str]) -> None:
    with Engine.load(company(person("ana")), model="none", language="en" if asked.isascii() else "zh") as engine:
        (line,) = talk(engine, "ana", asked)
    assert "taste:own" in line.reasons
    assert any(one in line.text for one in ones)


@pytest.mark.parametrize("asked", ["are you a man or a ghost", "你是人还是鬼"])
def test_who_somebody_is_is_no_matter_of_taste(asked: str) -> None:
    with Engine.load(company(person("ana")), model="none", language="en" if asked.isascii() else "zh") as engine:
        assert "taste:own" not in talk(engine, "ana", asked)[0].reasons
