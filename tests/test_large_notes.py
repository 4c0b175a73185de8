"""What a large model's note says of a line: what is known, recalled, told before, kept back, and the hour it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from npc_engine import Engine, load_content
from npc_engine.testing import ScriptedModel

ROOT = Path(__file__).parent.parent
WORLD = load_content(ROOT / "world")
UNKNOWN = {"en": "Nothing listed answers it", "zh": "列着的都答不了它"}


def notes(npc: str, *turns: tuple[str, Any], language: str = "en", minutes: float = 0) -> list[str]:
    """Return the note of each line of one talk, to which the model answers as given."""
    asked = ScriptedModel([json.dumps(reply, ensure_ascii=False) for _, reply in turns])
    with Engine.load(WORLD, model=asked) as engine:
        if minutes:
            engine.advance(minutes)
        here = engine.talk_to(npc)
        for said, _ in turns:
            here.say(said, language=language).line()
    return [request.messages[-1].content for request in asked.requests]


SIT = {"say": "Sit."}


@pytest.mark.parametrize(
    ("said", "told", "language"),
    [
        ("Does Tomas like apples?", True, "en"),
        ("托马斯爱吃苹果吗？", True, "zh"),
        ("What did I tell you a moment ago?", False, "en"),
        ("Do you think the sea is blue?", False, "en"),
        ("Tell me a joke about a goat.", False, "en"),
        ("给我讲个笑话吧。", False, "zh"),
        ("你觉得大海是什么颜色？", False, "zh"),
    ],
)
def test_that_nothing_is_known_is_said_only_where_the_world_is_asked_after(
    said: str, told: bool, language: str
) -> None:
    assert (UNKNOWN[language] in notes("greta", (said, SIT), language=language)[0]) == told


@pytest.mark.parametrize(
    ("told", "back", "work", "language"),
    [
        ("I'm a carpenter.", "I'm no carpenter, I lied. I'm a thief.", ("a carpenter", "a thief"), "en"),
        ("我是木匠。", "我不是木匠，我骗了你，我是贼。", ("木匠", "贼"), "zh"),
    ],
)
@pytest.mark.parametrize("names_another", [True, False])
def test_what_is_owned_up_to_is_told_no_more(
    told: str, back: str, work: tuple[str, str], language: str, names_another: bool
) -> None:
    say, now = {"en": "Ah.", "zh": "哦。"}[language], work[1] if names_another else ""
    first, gone = (
        {"say": say, "intent": act, "told": [{"slot": "work", "about": "", "value": value}]}
        for act, value in (("tell_self", work[0]), ("confess", now))
    )
    seen = notes("mira", (told, first), (back, gone), ("Hm?", {"say": say}), language=language)
    assert f"work {work[0]}" in seen[1]
    assert f"work {work[0]}" not in seen[2]
    assert (f"work {work[1]}" in seen[2]) == names_another


def test_a_note_that_bears_on_the_line_is_shown_before_later_ones() -> None:
    turns = [(f"I saw a {one} today.", {"say": "Did you?", "remember": f"saw a {one}"}) for one in (
        "heron", "hedgehog", "badger", "kestrel", "weasel", "squirrel"
    )]  # fmt: skip
    seen = notes("mira", *turns, ("Remember the heron?", SIT))
    noted = seen[-1].partition("You noted of them: ")[2].partition(".")[0]
    assert {"saw a heron", "saw a squirrel"} < {*noted.split("; ")}
    assert noted.count(";") == 3


@pytest.mark.parametrize(("language", "said"), [("en", "Wake up!"), ("zh", "醒醒！")])
def test_who_sleeps_was_woken_and_days_are_counted_on(language: str, said: str) -> None:
    night = notes("mira", (said, SIT), language=language, minutes=20 * 60)[0]
    assert {"en": "they have just woken you", "zh": "刚被对方叫醒"}[language] in night
    assert {"en": "1 days ago: count days on", "zh": "1天前的情形"}[language] in night


def test_what_touched_on_a_secret_is_named_as_such_in_the_talk() -> None:
    asked = ScriptedModel([json.dumps({"say": "Ask the river."})] * 2)
    with Engine.load(WORLD, model=asked) as engine:
        bram = engine.talk_to("bram")
        bram.say("Do you water the ale?").line()
        bram.say("Fine, then.").line()
    talk = [one.content for one in asked.requests[-1].messages[1:-1]]
    assert talk[0] == "(something you keep to yourself)"
    assert "…" not in talk
