"""What people think of somebody when they are asked, what they are promised, and how far mere talk is trusted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from company import company, person

from npc_engine import Engine, Line
from npc_engine.content import Content
from npc_engine.text import Language

DAY = 24 * 60
SAYS = {
    "yes": {"en": ["It is so."], "zh": ["没错。"]},
    "no": {"en": ["It isn't."], "zh": ["不是这样。"]},
    "opening": {"en": ["Well."], "zh": ["这个嘛。"]},
}
EITHER: tuple[Language, ...] = ("en", "zh")


def ana(**more: Any) -> Content:
    return company(person("ana", phrases=SAYS, **more), person("ben"), person("cleo"))


def feeling(**toward: float) -> Content:
    return ana(relationships={"player": {"familiarity": 0.5, **toward}})


def load(content: Content, save: Path | None = None) -> Engine:
    return Engine.load(content, model="none", save=save, gossip=False)


def say(engine: Engine, text: str, *overheard_by: str, to: str = "ana") -> Line:
    return engine.talk_to(to).say(text, overheard_by=overheard_by).line(timeout=10)


def deeds(engine: Engine, predicate: str, times: int, who: str = "player", *beside: str) -> None:
    for _ in range(times):
        change = (who, predicate, "ana")
        engine.record("It is done.", speaker=who, changes=[change], audience={who, "ana", *beside})
    engine.advance(DAY)


# -- what is felt ----------------------------------------------------------------------------------------

FELT = [
    ({"trust": 0.4}, "Do you trust me?", "Yes.", ["I trust you", "I have faith in you"]),
    ({"trust": -0.4}, "Do you trust me?", "No.", ["I don't trust you", "I would not rely on you"]),
    ({"trust": -0.4}, "Don't you trust me, Ana?", "No.", ["I don't trust you", "I would not rely on you"]),
    ({"trust": 0.4}, "Do you still mistrust me?", "No.", ["I trust you", "I have faith in you"]),
    ({"trust": 0.4}, "你信得过我吗？", "是的。", ["我信得过你", "你的话我信"]),
    ({"trust": -0.4}, "您信任我吗？", "不。", ["我信不过你", "你的话我可不敢信"]),
    ({"trust": 0.4}, "你是不是不信任我？", "不。", ["我信得过你", "你的话我信"]),
    ({"affinity": 0.4}, "Do you like me?", "Yes.", ["I like you", "I think well of you"]),
    ({"affinity": 0.4}, "So, are we friends now?", "Yes.", ["I like you", "I think well of you"]),
    ({"affinity": -0.4}, "Do you hate me?", "Yes.", ["I don't much like you", "I don't care for you"]),
    ({"affinity": 0.4}, "你喜欢我吗？", "是的。", ["我挺喜欢你", "我觉得你人不错"]),
    ({"affinity": 0.4}, "你讨厌我吗？", "不。", ["我挺喜欢你", "我觉得你人不错"]),
    ({"affinity": -0.4}, "你讨厌我吗？", "是的。", ["我不大喜欢你", "我跟你合不来"]),
    ({"fear": 0.5}, "Are you afraid of me?", "Yes.", ["I am afraid of you", "I would rather keep away from you"]),
    ({"fear": 0.0}, "Do I scare you?", "No.", ["I have no fear of you"]),
    ({"fear": 0.5}, "你怕我吗？", "是的。", ["我有点怕你", "我宁可离你远点"]),
    ({"fear": 0.0}, "你怕不怕我？", "不。", ["我不怕你"]),
]


@pytest.mark.parametrize(("felt", "asked", "answer", "says"), FELT)
def test_yes_and_no_go_by_what_is_felt(felt: dict[str, float], asked: str, answer: str, says: list[str]) -> None:
    with load(feeling(**felt)) as engine:
        line = say(engine, asked)
        assert line.act == "ask_fact"
        assert line.text.startswith(answer), line.text
        assert any(words in line.text for words in says), line.text
        assert "asked:opinion" in line.reasons


OPEN = [
    (
        "What do you think of me?",
        ["hardly know you", "don't know you well enough"],
        ["mind about you", "can't say yet"],
    ),
    ("Do you trust me?", ["hardly know you", "don't know you well enough"], ["mind about you", "can't say yet"]),
    ("你觉得我怎么样？", ["还不熟", "还不怎么了解"], ["没个准主意", "还说不准"]),
    ("你信得过我吗？", ["还不熟", "还不怎么了解"], ["没个准主意", "还说不准"]),
]


@pytest.mark.parametrize(("asked", "stranger", "acquainted"), OPEN)
def test_who_feels_little_either_way_says_so(asked: str, stranger: list[str], acquainted: list[str]) -> None:
    with load(ana()) as engine:
        text = say(engine, asked).text
        assert any(words in text for words in stranger), text
    with load(feeling(trust=0.05)) as engine:
        text = say(engine, asked).text
        assert any(words in text for words in acquainted), text


@pytest.mark.parametrize(
    ("asked", "likes", "mistrusts"),
    [
        ("What do you think of me?", ["I like you", "I think well of you"], ["I don't trust you", "I would not rely"]),
        ("你对我有什么看法？", ["我挺喜欢你", "我觉得你人不错"], ["我信不过你", "你的话我可不敢信"]),
    ],
)
def test_what_is_thought_altogether_has_no_yes_and_no_number(
    asked: str, likes: list[str], mistrusts: list[str]
) -> None:
    with load(feeling(affinity=0.6, trust=-0.3)) as engine:
        text = say(engine, asked).text
        assert any(text.startswith(words) for words in likes), text
        assert any(words in text for words in mistrusts), text
        assert not any(letter.isdigit() for letter in text)


@pytest.mark.parametrize(
    ("asked", "own", "other", "plain"),
    [
        ("Do you trust me?", "With my last goat.", "Do you trust Ben?", ["I trust Ben", "I have faith in Ben"]),
        ("你信得过我吗？", "羊都敢交给你。", "你信得过阿本吗？", ["我信得过阿本", "阿本的话我信"]),
    ],
)
def test_a_persona_has_words_of_their_own(asked: str, own: str, other: str, plain: list[str]) -> None:
    phrases = {**SAYS, "trusted": {"en": ["With my last goat."], "zh": ["羊都敢交给你。"]}}
    toward = {"trust": 0.5, "familiarity": 0.5}
    people = person("ana", phrases=phrases, relationships={"player": toward, "ben": toward}), person("ben")
    with load(company(*people)) as engine:
        assert say(engine, asked).text.endswith(own)
        text = say(engine, other).text
        assert any(words in text for words in plain), text
        assert own not in text


@pytest.mark.parametrize(
    "asked",
    [
        "Do you trust me to mend the bridge?",
        "Do you like me? And where is the bridge?",
        "What do you think of the bridge?",
        "你信得过我修桥的手艺吗？",
        "你觉得桥怎么样？",
    ],
)
def test_what_asks_more_or_of_no_person_is_no_opinion(asked: str) -> None:
    with load(feeling(trust=0.5)) as engine:
        assert "asked:opinion" not in say(engine, asked).reasons


# -- what was concluded ----------------------------------------------------------------------------------

KEPT = {"en": "You keep every promise.", "zh": "你说话算话。"}
VIEW = {"en": "What do you think of me?", "zh": "你觉得我怎么样？"}
TRUST = {"en": "Do you trust me?", "zh": "你信得过我吗？"}
YES, NO = {"en": "Yes.", "zh": "是的。"}, {"en": "No.", "zh": "不。"}


@pytest.mark.parametrize("language", EITHER)
def test_what_was_concluded_is_told_first(language: Language, tmp_path: Path) -> None:
    with load(ana(), tmp_path / "slot") as engine:
        deeds(engine, "kept_promise", 3)
        line = say(engine, VIEW[language])
        assert line.text.startswith(KEPT[language])
        assert "concluded:keeps_promises" in line.reasons
        assert [event.kind for event in engine.events if event.id in line.memories] == ["reflection"]
        line = say(engine, TRUST[language])
        assert line.text.startswith(YES[language])
        assert line.text.endswith(KEPT[language])
    with load(ana(), tmp_path / "slot") as engine:
        assert say(engine, VIEW[language]).text.startswith(KEPT[language]), "it is still known when the game is resumed"


@pytest.mark.parametrize("language", EITHER)
def test_broken_promises_outweigh_an_old_trust(language: Language) -> None:
    broken = {"en": "You can't be relied on: your promises get broken.", "zh": "你靠不住，答应了的事不算数。"}[language]
    with load(feeling(trust=0.9)) as engine:
        deeds(engine, "kept_promise", 3)
        deeds(engine, "broke_promise", 2)
        assert engine.feeling("ana").trust > 0.15
        text = say(engine, TRUST[language]).text
        assert text.startswith(NO[language])
        assert text.endswith(broken)
        assert KEPT[language] not in say(engine, VIEW[language]).text


@pytest.mark.parametrize("language", EITHER)
def test_a_conclusion_is_kept_from_who_was_not_there(language: Language) -> None:
    with load(ana()) as engine:
        deeds(engine, "kept_promise", 3)
        alone = say(engine, VIEW[language]).text
        overheard = say(engine, VIEW[language], "ben").text
        assert KEPT[language] in alone
        assert KEPT[language] not in overheard
        assert "concluded:keeps_promises" not in say(engine, TRUST[language], "ben").reasons


# -- of others -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "describes", "likes", "concluded"),
    [
        ("What do you think of Ben?", "a villager", "I like Ben", "Ben keeps every promise."),
        ("你觉得阿本怎么样？", "村民", "我喜欢阿本", "阿本说话算话。"),
    ],
)
def test_of_others_it_is_told_beside_what_they_are(asked: str, describes: str, likes: str, concluded: str) -> None:
    def told(content: Content, beside: str) -> str:
        with load(content) as engine:
            deeds(engine, "kept_promise", 3, "ben", beside)
            return say(engine, asked).text

    friend = ana(relationships={"ben": {"affinity": 0.5, "familiarity": 0.5}})
    text = told(friend, "player")
    assert describes in text
    assert likes in text
    assert concluded in text
    assert concluded not in told(friend, "cleo"), "who asks was not there"
    with load(ana()) as engine:
        text = say(engine, asked).text
        assert describes in text
        assert likes not in text


@pytest.mark.parametrize("asked", ["Do you trust Ben?", "你信得过阿本吗？"])
def test_of_others_of_whom_nothing_is_thought_nothing_is_said(asked: str) -> None:
    with load(ana()) as engine:
        assert say(engine, asked).move == "unknown"


# -- promises --------------------------------------------------------------------------------------------

PROMISES = [
    ("I promise to bring you the key.", "What did I promise you?", "you promise to bring me the key"),
    ("I'll pay you back, I promise.", "Do you remember what I promised you?", "you'll pay me back, you promise"),
    ("You have my word: I will mend the bridge.", "Did I promise you anything?", "your word: you will mend the bridge"),
    ("Ana, I promise you I won't tell anyone.", "What have I promised?", "you promise me you won't tell anyone"),
    ("I promise you the key.", "What did I promise you?", "you promise me the key"),
    ("我答应给你带草药。", "我答应过你什么？", "你答应给我带草药"),
    ("我明天就还你钱，我保证。", "你还记得我答应过你什么吗？", "你明天就还我钱，你保证"),
    ("我向你保证，我一定把桥修好。", "我有没有答应过你什么？", "你向我保证，你一定把桥修好"),
    ("我发誓不告诉别人。", "我发过什么誓？", "你发誓不告诉别人"),
]


@pytest.mark.parametrize(("given", "asked", "put"), PROMISES)
def test_a_promise_is_taken_and_remembered(given: str, asked: str, put: str) -> None:
    with load(ana()) as engine:
        line = say(engine, given)
        assert line.act == "promise"
        (recorded,) = [event for event in engine.events if event.text == given]
        assert [change.statement_id for change in recorded.changes] == ["player.promised.ana"]
        assert recorded.claims == ()
        say(engine, "What a day!")
        engine.advance(30 * DAY)
        line = say(engine, asked)
        assert line.move == "remember"
        assert put in line.text.replace("You", "you")
        assert recorded.id in line.memories


@pytest.mark.parametrize(
    "said",
    [
        "Where is the bridge? I promise to mend it.",
        "Give me the key. I promise to bring it back.",
        "把钥匙给我，我保证还给你。",
    ],
)
def test_what_is_asked_beside_a_promise_is_answered(said: str) -> None:
    with load(ana()) as engine:
        assert say(engine, said).act in ("ask_fact", "request")
        assert said[-8:-1] in say(engine, "What did I promise you?").text


@pytest.mark.parametrize("asked", ["Tell me about yourself.", "What's new?", "说说你自己。", "有什么新鲜事？"])
def test_who_promised_is_not_told_so_unasked(asked: str) -> None:
    with load(ana()) as engine:
        say(engine, "I promise to bring you the key.")
        assert "player.promised.ana" not in [fact.id for fact in say(engine, asked).facts]


@pytest.mark.parametrize(
    ("key", "rope", "asked"),
    [
        ("I promise to bring you the key.", "I promise to mend the bridge.", "What did I promise you about the key?"),
        ("我答应给你带钥匙。", "我答应修好桥。", "关于钥匙，我答应过你什么？"),
    ],
)
def test_of_several_promises_the_one_that_is_asked_about(key: str, rope: str, asked: str) -> None:
    with load(ana()) as engine:
        say(engine, key)
        say(engine, rope)
        assert key[-3:-1] in say(engine, asked).text


@pytest.mark.parametrize("asked", ["What did I promise you?", "我答应过你什么？"])
def test_no_promise_is_made_up(asked: str) -> None:
    with load(ana()) as engine:
        say(engine, "The bridge is destroyed.")
        text = say(engine, asked).text
        assert text in ("You promised me nothing.", "你没答应过我什么。")


@pytest.mark.parametrize(
    "said",
    [
        "I promise.",
        "I promise you the bridge is destroyed.",
        "I swear it was Ben.",
        "If I promise to come, will you wait?",
        "Do I promise too much?",
        "I promised you nothing.",
        "我答应你。",
        "我保证是阿本干的。",
        "我发誓我没拿钥匙。",
        "我保证不了。",
        "我答应过阿本。",
        "要是我答应给你带草药呢？",
    ],
)
def test_what_only_has_the_words_of_a_promise_is_none(said: str) -> None:
    with load(ana()) as engine:
        assert say(engine, said).act != "promise"
        assert not [change for event in engine.events for change in event.changes if change.predicate == "promised"]


@pytest.mark.parametrize(("given", "asked", "put"), [PROMISES[0], PROMISES[5]])
def test_a_promise_outlasts_a_full_memory(given: str, asked: str, put: str) -> None:
    with Engine.load(ana(), model="none", gossip=False, memory_budget=20) as engine:
        say(engine, given)
        for number in range(60):
            engine.record(f"A cart passes, {number}.", audience={"ana"})
        engine.advance(3 * DAY)
        assert put in say(engine, asked).text.replace("You", "you")


# -- mere talk -------------------------------------------------------------------------------------------

ASKED = {
    "en": ["Where is the bridge?", "Who is Ben?", "Is Cleo here?"],
    "zh": ["桥在哪儿？", "阿本是谁？", "克丽在吗？"],
}


@pytest.mark.slow
@pytest.mark.parametrize("language", EITHER)
@pytest.mark.parametrize("anew", [False, True], ids=["in one talk", "in many"])
def test_fifty_questions_earn_little_trust(language: Language, anew: bool) -> None:
    with load(ana()) as engine:
        talk = engine.talk_to("ana")
        trusted = []
        for number in range(50):
            talk = engine.talk_to("ana") if anew else talk
            assert talk.say(ASKED[language][number % 3]).line(timeout=10).act == "ask_fact"
            trusted.append(engine.feeling("ana").trust)
        assert trusted == sorted(trusted)
        assert 0 < trusted[0] < trusted[1]
        assert trusted[-1] < 0.05
        assert trusted[-1] - trusted[24] < 0.002
        assert engine.feeling("ana").familiarity > 0.9, "who talks so much with her is well known to her"


@pytest.mark.slow
@pytest.mark.parametrize("language", EITHER)
def test_fifty_fresh_claims_earn_little_trust(language: Language) -> None:
    zh = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
    names = [{"en": f"Vor{chr(97 + number)}ix", "zh": f"霍{zh[number]}"} for number in range(24)]
    people = [person(f"p{number}", names=name) for number, name in enumerate(names)]
    with load(company(person("ana"), *people)) as engine:
        learned = 0
        for one in people:
            for thing, zh in (("key", "钥匙"), ("gold", "金子")):
                name = one.names[language]
                text = f"{name} has the {thing}." if language == "en" else f"{name}有{zh}。"
                learned += say(engine, text).move == "learned"
        assert learned > 20, learned
        assert engine.feeling("ana").trust < 0.12
