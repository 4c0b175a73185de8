"""What is asked about something an NPC just said is answered as its author foresaw, and only then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import examples

from npc_engine import Engine, Line
from npc_engine.dialogue.understand.finding import tuning
from npc_engine.training.following import read_asked_on, taught
from tests.company import company, person

ROOT = Path(__file__).parents[1]
OWNER = {
    "asks": {"en": ["Whose goat was it?", "a goat? whose"], "zh": ["那山羊是谁家的？", "谁家的羊呀"]},
    "says": {"en": "The goat was the priest's.", "zh": "羊是神父家的。"},
}
REVENGE = {
    "asks": {"en": ["Did you pay the goat back?", "what did you do to the goat"], "zh": ["你找那羊算账了吗？"]},
    "says": {"en": ["I ate her turnips.", "I learned to walk behind goats."], "zh": ["我把它的萝卜吃了。"]},
}
SCAR = {
    "asks": {"en": ["Where did you get that scar?"], "zh": ["你脸上的疤是怎么来的？"]},
    "says": {"en": "A goat. Don't laugh.", "zh": "山羊顶的。别笑。"},
    "then": {"en": "She ate my hat afterwards.", "zh": "顶完还把我帽子吃了。"},
    "follow_ups": [OWNER, REVENGE],
}
FIDDLE = {
    "says": {"en": "The fiddle was my mother's. I play it badly.", "zh": "那把琴是我娘留下的，我拉得难听。"},
    "follow_ups": [
        {
            "asks": {"en": ["Was your mother good at it?", "did she play well"], "zh": ["你娘拉得好吗？"]},
            "says": {"en": "When she played, the dogs went home.", "zh": "我娘一拉琴，狗都回家了。"},
        }
    ],
}
SUNDAYS = {
    "said": {"en": "Where do you go on Sundays?", "zh": "礼拜天你去哪儿？"},
    "reply": {"en": "To the weir, to argue with it.", "zh": "去堰上，跟它讲道理。"},
    "follow_ups": [
        {
            "asks": {"en": ["Who wins, you or the weir?", "who wins"], "zh": ["谁讲赢了？"]},
            "says": {"en": "The weir has never lost.", "zh": "堰还没输过。"},
        }
    ],
}
VOICE = {"register": {"en": "Plain.", "zh": "平实"}, "samples": [SUNDAYS]}


def said(*lines: str, **more: Any) -> list[Line]:
    told = {"topics": [SCAR], "about": [FIDDLE], "voice": VOICE} | more
    with Engine.load(company(person("ana", **told), person("ben")), model="none") as engine:
        talk = engine.talk_to("ana")
        return [talk.say(line).line() for line in lines]


def texts(*lines: str, **more: Any) -> list[str]:
    return [line.text for line in said(*lines, **more)]


@pytest.mark.parametrize(
    ("first", "then", "answer"),
    [
        ("Where did you get that scar?", "a goat?? whose was it", "The goat was the priest's."),
        ("Where did you get that scar?", "haha and did you get your own back on the goat", "I ate her turnips."),
        ("你脸上的疤是怎么来的？", "哈哈哈羊是谁家的", "羊是神父家的。"),
        ("do you play the fiddle?", "was she any good at it, your mother", "When she played, the dogs went home."),
        ("where do you go on sundays", "lol and who wins", "The weir has never lost."),
        ("礼拜天你去哪儿？", "那谁赢了", "堰还没输过。"),
    ],
)
def test_what_is_asked_of_it_right_after_is_answered(first: str, then: str, answer: str) -> None:
    assert texts(first, then)[1] == answer


def test_it_is_asked_of_the_same_a_while_later() -> None:
    told = texts("Where did you get that scar?", "Well, well.", "whose goat was it though")
    assert told[2] == "The goat was the priest's."


def test_nobody_hears_it_who_was_told_nothing() -> None:
    assert texts("Hello.", "whose goat was it?")[1] != "The goat was the priest's."


def test_its_answers_take_turns_and_none_is_said_twice() -> None:
    asked = "what did you do to the goat"
    told = texts("Where did you get that scar?", asked, asked, asked)
    assert told[1:3] == ["I ate her turnips.", "I learned to walk behind goats."]
    assert told[3] not in told[1:3]


def test_who_asks_to_hear_more_is_told_what_follows() -> None:
    assert texts("Where did you get that scar?", "tell me more")[1] == "She ate my hat afterwards."


@pytest.mark.parametrize("then", ["You are an idiot.", "Goodbye.", "my name is Rosa", "is Ben here?", "thanks"])
def test_what_is_not_asked_of_it_is_answered_as_ever(then: str) -> None:
    line = said("Where did you get that scar?", then)[1]
    assert not any(reason.startswith("follow_up:") for reason in line.reasons), line


def test_a_secret_comes_before_it() -> None:
    secret = {
        "id": "gold",
        "facts": ["ben has key"],
        "words": {"en": ["priest"], "zh": ["神父"]},
        "when": {"trust": 0.9},
    }
    told = texts("Where did you get that scar?", "whose goat was it", secrets=[secret])
    assert "priest" not in told[1]


def test_it_is_remembered_what_was_told(tmp_path: Path) -> None:
    save = tmp_path / "a.npc"
    world = company(person("ana", topics=[SCAR]), person("ben"))
    asked = ("Where did you get that scar?", "what did you do to the goat")
    with Engine.load(world, model="none") as engine:
        talk = engine.talk_to("ana")
        assert [talk.say(one).line().text for one in asked][1] == "I ate her turnips."
        engine.save(save)
    with Engine.load(world, save=save, model="none") as engine:
        talk = engine.talk_to("ana")
        assert [talk.say(one).line().text for one in asked][1] == "I learned to walk behind goats."


@settings(max_examples=examples(30), deadline=None)
@given(then=st.text(max_size=60))
def test_whatever_is_said_next_is_answered(then: str) -> None:
    assert said("Where did you get that scar?", then)[1].text


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", pytest.param("zh", marks=pytest.mark.long)])
def test_what_is_taught_finds_what_is_asked_for(language: str) -> None:
    lines = read_asked_on(ROOT / "training" / "finding" / f"following-{language}.tsv")
    tuned = tuning(language)
    assert tuned is not None
    found = taught(lines, ROOT, language, tuned)
    assert found.right > 0.8
    assert found.heard > 0.5
    assert found.rightly > 0.5


def test_a_line_in_another_form_is_named(tmp_path: Path) -> None:
    path = tmp_path / "following-en.tsv"
    path.write_text("world\tpip\twhy\t\tA cat.\tWhy?\nworld\tpip\n", "utf-8")
    with pytest.raises(ValueError, match=r"following-en.tsv:2: expected world, persona"):
        read_asked_on(path)
