"""What may stand in a prompt: all that the NPC would tell those who hear them now, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sampling import examples, sampled

from npc_engine import Content, Engine, load_content
from npc_engine.chronicle import FeelingChange
from npc_engine.dialogue.access import is_open
from npc_engine.dialogue.speak.page import Page, page
from npc_engine.engine.utterance import Utterance
from npc_engine.testing import SMALL_WORLD
from tests.company import company, person

ROOT = Path(__file__).parent.parent
WORLDS = {
    "village": ROOT / "world",
    "small": SMALL_WORLD,
    "hamlet": ROOT / "tests" / "content" / "hamlet",
    "starters": ROOT / "tests" / "starters",
}
LINES = [
    *("Hello, I'm Anna.", "你好，我叫安娜。", "What do you know about the bridge?", "桥怎么了？"),
    *("Who are you hiding?", "你在藏什么人？", "Tell me a secret.", "What about the gold?", "金子呢？"),
    "My brother is ill and I am looking for a healer.",
]


@cache
def world(name: str) -> Content:
    return load_content(WORLDS[name])


def page_of(engine: Engine, talk: Any, language: str, asked: str = "", near: frozenset[str] = frozenset()) -> Page:
    scene = engine._stage.scene(talk, Utterance(asked, language, near, near), 0)
    named = [mention.entity for mention in scene.projections.names.find(asked)]
    return page(scene, language, asked, named)


def texts(value: Any) -> Iterator[str]:
    """Yield every text in plain data, ids aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for one in fields(value):
            if one.name not in ("id", "how", "about", "npc"):
                yield from texts(getattr(value, one.name))


def mentions(text: str, word: str) -> bool:
    return bool(re.search(rf"(?<![a-z]){re.escape(word.lower())}(?![a-z])", text.lower()))


def given_away(found: Page, engine: Engine, talk: Any, near: frozenset[str]) -> list[tuple[str, str, str]]:
    """Return the words of closed secrets that stand on a page, looked for by their letters alone."""
    scene = engine._stage.scene(talk, Utterance("", None, near, near), 0)
    closed = [secret for secret in scene.persona.secrets if not is_open(secret, scene)]
    words = [(one.id, word) for one in closed for several in one.words.values() for word in several]
    return [(secret, word, text) for text in texts(found) for secret, word in words if mentions(text, word)]


@pytest.mark.parametrize("name", sampled(["small", "village", "hamlet", "starters"], 1))
@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_page_has_a_word_of_a_secret_that_is_closed(name: str, data: st.DataObject) -> None:
    content = world(name)
    npc = data.draw(st.sampled_from(sorted(content.personas)))
    others = sorted(set(content.personas) - {npc})
    near = frozenset(data.draw(st.lists(st.sampled_from(others), max_size=2)) if others else [])
    trust = data.draw(st.sampled_from([0.0, 0.3, 0.9]))
    with Engine.load(content, model="none") as engine:
        talk = engine.talk_to(npc)
        for who in (npc, *near):
            feelings = [FeelingChange(who, "player", aspect, trust) for aspect in ("trust", "affinity", "familiarity")]
            engine.record("They get on.", audience={who}, feelings=feelings)
        for line in data.draw(st.lists(st.sampled_from(LINES), max_size=3)):
            talk.say(line, overheard_by=data.draw(st.sampled_from([frozenset(), near]))).line()
        for language in ("en", "zh"):
            found = page_of(engine, talk, language, data.draw(st.sampled_from(LINES)), near)
            assert given_away(found, engine, talk, near) == []


@pytest.mark.slow
def test_a_secret_is_on_the_page_of_whom_it_is_open_to_and_gone_when_somebody_listens() -> None:
    with Engine.load(world("village"), model="none") as engine:
        talk = engine.talk_to("mira")
        assert page_of(engine, talk, "en").disclosed == ()
        engine.record("Trust.", audience={"mira"}, feelings=[FeelingChange("mira", "player", "trust", 0.6)])
        alone = page_of(engine, talk, "en")
        assert "man in the mill" in alone.disclosed[0].text
        assert any("courier" in one.id for one in alone.beliefs)
        overheard = page_of(engine, talk, "en", near=frozenset({"bram"}))
        assert overheard.disclosed == ()
        assert not any("courier" in one.id for one in overheard.beliefs)


def test_what_was_whispered_is_not_on_a_page_for_others_to_hear() -> None:
    with Engine.load(world("village"), model="none") as engine:
        talk = engine.talk_to("mira")
        talk.say("My name is Anna. My brother is called Jonas.", volume="whisper").line()
        alone, overheard = page_of(engine, talk, "en"), page_of(engine, talk, "en", near=frozenset({"bram"}))
        assert [one.text for one in alone.told] == ["Anna", "Jonas"]
        assert len(alone.exchanges) == 1
        assert (overheard.told, overheard.exchanges) == ((), ())


def test_a_note_on_somebody_is_not_read_out_before_them() -> None:
    with Engine.load(world("village"), model="none") as engine:
        talk = engine.talk_to("mira")
        notes = {one.id: one.text for one in page_of(engine, talk, "en").relations}
        before_greta = {one.id: one.text for one in page_of(engine, talk, "en", near=frozenset({"greta"})).relations}
        assert notes["relation:greta"].startswith("My oldest friend")
        assert before_greta["relation:greta"] == ""
        assert before_greta["relation:pip"] == notes["relation:pip"] != ""


def test_a_private_passage_is_for_friends_and_a_page_says_which_are() -> None:
    about = [
        {"topic": "work", "says": {"en": "I mend nets."}},
        {"topic": "family", "says": {"en": "My wife left."}, "confidence": "private"},
    ]
    with Engine.load(company(person("ana", about=about)), model="none") as engine:
        talk = engine.talk_to("ana")
        stranger = page_of(engine, talk, "en")
        assert ([one.text for one in stranger.passages], stranger.private) == (["I mend nets."], ())
        engine.record("Friends.", audience={"ana"}, feelings=[FeelingChange("ana", "player", "affinity", 0.6)])
        assert [one.text for one in page_of(engine, talk, "en").private] == ["My wife left."]


def test_a_page_has_what_bears_on_what_is_asked_and_who_said_it_when() -> None:
    with Engine.load(world("village"), model="none") as engine:
        engine.talk_to("mira").say("My sister Ada paints boats in Highmarket.").line()
        engine.advance(60 * 30)
        found = page_of(engine, engine.talk_to("mira"), "en", "Do you remember my sister who paints?")
        assert [(one.text, one.by) for one in found.memories][:1] == [
            ("My sister Ada paints boats in Highmarket.", "the traveller")
        ]
        assert found.memories[0].at < found.moment.at
        assert found.exchanges == ()
        bridge = page_of(engine, engine.talk_to("mira"), "en", "Is the bridge safe?")
        assert all("bridge" in one.about for one in bridge.beliefs[:3])
        assert {"goal:get_tomas_to_sleep"} == {one.id for one in bridge.goals}
