"""What a game passes wrongly is told in one sentence, and nothing has happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from npc_engine import ArgumentError, Engine, NpcError, UnknownNameError
from npc_engine.testing import SMALL_WORLD


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        yield engine


BRIDGE = "('bridge', 'condition', 'destroyed')"
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
CALLS: list[tuple[Callable[[Any], object], type[NpcError], str]] = [
    # What is said
    (lambda e: e.talk_to("mira").say(None), ArgumentError, "`text` is a text, not None"),
    (lambda e: e.talk_to("mira").say(5), ArgumentError, "`text` is a text, not 5"),
    (lambda e: e.gather(["mira"]).say(b"Hi"), ArgumentError, "`text` is a text, not a bytes"),
    (lambda e: e.record(None, audience={"mira"}), ArgumentError, "`text` is a text, not None"),
    # Ids
    (
        lambda e: e.record("x", audience="mira"),
        ArgumentError,
        "`audience` takes several ids: write {'mira'}, not 'mira'",
    ),
    (lambda e: e.record("x", audience={"mira"}, to="tomas"), ArgumentError, "`to` takes several ids: write {'tomas'}"),
    (
        lambda e: e.record("x", audience={"mira"}, shown="pin"),
        ArgumentError,
        "`shown` takes several ids: write {'pin'}",
    ),
    (
        lambda e: e.record("x", audience=5),
        ArgumentError,
        "`audience` takes several ids, such as {'mira', 'tomas'}, not 5",
    ),
    (
        lambda e: e.record("x", audience=[None]),
        ArgumentError,
        "`audience` takes ids, which are texts, and None is none",
    ),
    (lambda e: e.gather("mira"), ArgumentError, "`members` takes several ids: write {'mira'}, not 'mira'"),
    (
        lambda e: e.talk_to("mira").say("Hi", overheard_by="tomas"),
        ArgumentError,
        "`overheard_by` takes several ids: write {'tomas'}, not 'tomas'",
    ),
    (lambda e: e.summarise("mira", [1], "x", audience="tomas"), ArgumentError, "`audience` takes several ids"),
    (
        lambda e: e.talk_to("mira", speaker="zz"),
        UnknownNameError,
        "unknown speaker 'zz'; there are mira, player and tomas",
    ),
    (lambda e: e.talk_to("mira", speaker=None), ArgumentError, "`speaker` is an id such as 'mira', not None"),
    (lambda e: e.gather(["mira"], speaker="tomsa"), UnknownNameError, "unknown speaker 'tomsa'; did you mean 'tomas'?"),
    (lambda e: e.move("tomsa", "smithy"), UnknownNameError, "unknown NPC 'tomsa'; did you mean 'tomas'?"),
    (lambda e: e.record("x", audience={"mira"}, speaker=5), ArgumentError, "`speaker` is an id such as 'mira', not 5"),
    (
        lambda e: e.record("x", audience={"mira"}, place=["smithy"]),
        ArgumentError,
        "`place` is an id such as 'mira', not a",
    ),
    (lambda e: e.talk_to({"mira"}), ArgumentError, "`npc` is an id such as 'mira', not a set"),
    (
        lambda e: e.tell(None, ("bridge", "condition", "sound")),
        ArgumentError,
        "`npc` is an id such as 'mira', not None",
    ),
    # Changes
    (
        lambda e: e.record("x", audience={"mira"}, changes=["ada flies moon"]),
        ArgumentError,
        "a change is a tuple such as ('ada', 'flies', 'moon'), not 'ada flies moon'",
    ),
    (
        lambda e: e.record("x", audience={"mira"}, changes=("bridge", "condition", "destroyed")),
        ArgumentError,
        f"a change is a tuple such as {BRIDGE}, not 'bridge'",
    ),
    (lambda e: e.record("x", audience={"mira"}, changes=5), ArgumentError, "`changes` takes a list, not 5"),
    (
        lambda e: e.record("x", audience={"mira"}, changes=[("bridge", "condition")]),
        ArgumentError,
        f"a change is a tuple of subject, predicate and object such as {BRIDGE}, not ('bridge', 'condition')",
    ),
    (
        lambda e: e.record("x", audience={"mira"}, changes=[("bridge", "condition", None)]),
        ArgumentError,
        f"subject, predicate and object of a change are texts, as in {BRIDGE}, not ('bridge', 'condition', None)",
    ),
    (
        lambda e: e.record("x", audience={"mira"}, changes=[("bridge", "condition", "sound", {"since": 1})]),
        ArgumentError,
        "a change may go on with True or False and then qualifiers such as {'amount': 12}",
    ),
    (lambda e: e.tell("mira", "bridge condition sound"), ArgumentError, "a change is a tuple such as ('bridge',"),
    (lambda e: e.believe("mira", "bridge"), ArgumentError, f"a change is a tuple such as {BRIDGE}, not 'bridge'"),
    # Feelings
    (
        lambda e: e.record("x", audience={"mira"}, feelings=[("mira", "player", "luck", 0.1)]),
        UnknownNameError,
        "unknown aspect of a feeling 'luck'; there are affinity, familiarity, fear, mood and trust",
    ),
    (
        lambda e: e.record("x", audience={"mira"}, feelings=["mira"]),
        ArgumentError,
        "a change of feeling is a tuple such as ('mira', 'player', 'trust', 0.1), not 'mira'",
    ),
    (
        lambda e: e.record("x", audience={"mira"}, feelings=[("mira", "player", "trust", "much")]),
        ArgumentError,
        "a change of feeling has three texts and a number",
    ),
    # Time
    (lambda e: e.advance(-5), ArgumentError, "time goes forward only, so `minutes` can't be -5: `rewind` takes back"),
    (lambda e: e.advance("5"), ArgumentError, "`minutes` is a number of game minutes, not '5'"),
    (lambda e: e.advance(float("nan")), ArgumentError, "`minutes` is a number of game minutes, not nan"),
    (lambda e: e.advance(1e15), ArgumentError, "1e+15 minutes lead beyond the year 9999, where the calendar ends"),
    (
        lambda e: e.record("x", audience={"mira"}, at=NOON),
        ArgumentError,
        "`at` has a time zone, and the game's calendar has",
    ),
    (lambda e: e.record("x", audience={"mira"}, at="noon"), ArgumentError, "`at` is a datetime of the game's calendar"),
    # Languages and volumes
    (lambda e: e.bark("mira", "fr"), UnknownNameError, "unknown language 'fr'; there are en and zh"),
    (
        lambda e: e.talk_to("mira").say("Hi", language="fr"),
        UnknownNameError,
        "unknown language 'fr'; there are en and zh",
    ),
    (lambda e: e.name("mira", "english"), UnknownNameError, "unknown language 'english'; there are en and zh"),
    (lambda e: setattr(e, "language", ""), UnknownNameError, "unknown language ''; there are en and zh"),
    (
        lambda e: e.talk_to("mira").say("Hi", volume="loud"),
        UnknownNameError,
        "unknown volume 'loud'; there are shout, speech and whisper",
    ),
    (lambda e: e.record("x", audience={"mira"}, volume=3), UnknownNameError, "unknown volume '3'"),
    # Shares
    (
        lambda e: e.believe("mira", ("bridge", "condition", "sound"), confidence=2),
        ArgumentError,
        "`confidence` runs from 0",
    ),
    (lambda e: e.weigh("mira", 1, "much"), ArgumentError, "`importance` runs from 0 to 1, so it can't be 'much'"),
]


@pytest.mark.parametrize(("call", "error", "words"), CALLS, ids=[words for _, _, words in CALLS])
def test_what_is_wrong_is_one_sentence(engine: Engine, call: Any, error: type[NpcError], words: str) -> None:
    events, now = engine.events, engine.now
    with pytest.raises(error) as caught:
        call(engine)
    assert str(caught.value).startswith(words)
    assert "\n" not in str(caught.value)
    assert (engine.events, engine.now, engine.language) == (events, now, "en")


@pytest.mark.parametrize("language", ["fr", "EN", "zh-CN"])
def test_a_language_that_nobody_speaks_is_refused_at_once(language: Any) -> None:
    words = f"unknown language '{language}'"
    with pytest.raises(UnknownNameError, match=words):
        Engine.load(SMALL_WORLD, model="none", language=language)
    with pytest.raises(UnknownNameError, match=words):
        Engine.new(language=language)


def test_changes_and_feelings_may_be_lists_or_tuples(engine: Engine) -> None:
    done = engine.record(
        "The bridge is mended.",
        audience=["mira"],
        changes=[["bridge", "condition", "sound", True, {"by": "tomas"}]],  # type: ignore[list-item]
        feelings=[("mira", "tomas", "trust", 0.1)],  # type: ignore[list-item]
    )
    assert engine.events[done - 1].changes[0].statement_id == "bridge.condition.sound"
    assert engine.ask("bridge", "condition")[0].object == "sound"
