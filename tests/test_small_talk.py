"""Small questions of somebody's own life that no author wrote for: what they are taken for, and what comes first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from company import company, person

from npc_engine import Engine, Line
from npc_engine.dialogue.speak.repertoire import LIFE, remarks
from npc_engine.dialogue.understand import own_life
from npc_engine.lang import HOME, pack
from npc_engine.persona import Manner

WORLD = Path(__file__).parent.parent / "world"


@pytest.fixture
def village() -> Iterator[Engine]:
    with Engine.load(WORLD, model="none") as engine:
        yield engine


def ana(*lines: str, **more: Any) -> Line:
    with Engine.load(company(person("ana", **more)), model="none") as engine:
        talk = engine.talk_to("ana")
        return [talk.say(line).line(timeout=10) for line in lines][-1]


@pytest.mark.parametrize(
    ("matter", "asked"),
    [
        ("laughing", ["what makes you laugh", "last time you laughed?", "what makes u giggle"]),
        ("looked_after", ["who looks after you then", "does anyone take care of you"]),
        ("customers", ["what do people come to you with, mostly?", "strangest customer you ever had?"]),
        ("hardest", ["whats the hardest part of your work", "best bit of the job?"]),
        ("pupils", ["do u take pupils", "and you, you have pupil?", "could i learn from you"]),
        ("charging", ["so what would you charge me for a horseshoe", "how much do u charge"]),
        ("bored", ["isn't it boring", "and you, you get tired also of this?", "do u get bored"]),
        ("leaving", ["didnt u ever want to leave tho", "ever think of leaving?", "why do you stay"]),
        ("missing", ["do you miss yours, when they're away", "do you miss it"]),
        ("how_long", ["how many years you do this work", "how long you been doing this"]),
        ("being_it", ["what's it like being a doctor", "how does it feel to be old"]),
        ("becoming", ["how did you become a singer", "why this work"]),
        ("minding", ["am i in your way", "do u mind me asking"]),
        ("ever_did", ["have you ever been late for someone", "ever won a bet?"]),
        ("ever_do", ["do u ever get embarrassed", "do you still paint", "do you get nervous?"]),
    ],
)
def test_a_small_question_is_known_by_its_matter(matter: str, asked: list[str]) -> None:
    for one in asked:
        found = own_life.asked(one, "en")
        assert found is not None, one
        assert found.name == matter, one


@pytest.mark.parametrize(
    "said",
    [
        "do you still have the key", "did you ever see him angry", "have you heard the news", "do you remember my name",
        "do you ever see your brother", "how many people live here", "who takes care of the bridge", "what do you sell",
        "what do you always carry", "where were you last night", "did you kill him", "did you miss me", "i was bored",
        "do you still rember the password", "how often does the ship come", "can you sing me a song", "you still up.",
    ],
)  # fmt: skip
def test_what_asks_of_the_world_or_for_something_is_no_small_talk(said: str) -> None:
    assert own_life.asked(said, "en") is None


@pytest.mark.parametrize("asked", ["do u ever get embarrassed", "who looks after you then", "what would you hum"])
def test_a_small_question_is_answered_where_nobody_wrote_of_it(asked: str) -> None:
    line = ana(asked)
    assert line.move == "chat"
    assert line.reasons[0].startswith("life:")


@pytest.mark.parametrize("asked", ["have you ever been to the mill?", "do you ever get bored of Pip?"])
def test_where_something_of_the_world_is_named_it_is_no_small_talk(village: Engine, asked: str) -> None:
    line = village.talk_to("mira").say(asked).line(timeout=10)
    assert not any(one.startswith("life:") for one in line.reasons)


def test_a_passage_that_speaks_of_it_comes_first_and_once() -> None:
    said = "My sister looks after me, when she remembers."
    about = [{"topic": "health", "says": {"en": [said]}}]
    assert ana("who looks after you then", about=about).text == said
    again = ana("who looks after you then", "and who nurses you", about=about)
    assert said not in again.text
    assert again.reasons == ("life:looked_after",)


def test_a_net_lets_the_authors_word_on_the_topic_go_first() -> None:
    about = [{"topic": "health", "says": {"en": ["Sound as a bell."]}}]
    assert ana("do you ever get sick yourself?", about=about).text == "Sound as a bell."
    assert ana("do you ever get sick yourself?").reasons == ("life:ever_do",)


def test_a_topic_on_something_else_that_is_put_alike_is_not_meant() -> None:
    other = {"asks": {"en": ["What are you doing?", "Am I holding things up?"]}, "says": {"en": ["Counting."]}}
    assert ana("are you rich", topics=[other]).reasons[0] == "life:riches"
    own = {"asks": {"en": ["Are you rich?", "Have you money?"]}, "says": {"en": ["In buttons."]}}
    assert ana("are you rich, then", topics=[own]).text == "In buttons."


def test_a_moment_that_is_clearly_heard_comes_before_a_modest_line() -> None:
    assert "moment:what_makes_you_laugh" in ana("what makes you laugh").reasons


def test_lines_in_ones_own_manner_are_followed_by_anybodys() -> None:
    matters = {name: entry for name, entry in pack(HOME[0]).life["matters"].items() if entry.get("small")}
    for manner in get_args(Manner):
        someone = person("ana", temperament={"manner": manner})
        for name in matters:
            found = remarks(LIFE + name, someone, HOME[0])
            assert sum(one.anybodys for one in found) >= 4, name
            assert any(not one.anybodys for one in found), (name, manner)


def test_small_talk_commits_to_nothing() -> None:
    for name, entry in pack(HOME[0]).life["matters"].items():
        for one in entry["says"] if entry.get("small") else ():
            text = one if isinstance(one, str) else one["say"]
            assert "{" not in text, name
            assert "don't know" not in text, name
            assert not any(letter.isdigit() for letter in text), name
