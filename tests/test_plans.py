"""Conversations as their authors would write them down: what is said, and what must come of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from npc_engine import Engine
from npc_engine.testing import SMALL_WORLD

PLANS = [
    pytest.param(talk, id=f"{path.stem}-{number}-{talk['talk']}")
    for path in sorted(Path(__file__).with_name("plans").glob("*.yaml"))
    for number, talk in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), start=1)
]


@pytest.mark.parametrize("talk", PLANS)
def test_a_conversation_goes_as_planned(talk: dict[str, Any]) -> None:
    with Engine.load(SMALL_WORLD, model="none", understander="rules") as engine:
        conversation = engine.talk_to(talk["talk"])
        for turn in talk["turns"]:
            line = conversation.say(turn["say"]).line(timeout=10)
            seen = f"{turn['say']!r} -> {line.move}: {line.text!r} {line.reasons}"
            assert line.move == turn["move"], seen
            for fact in turn.get("facts", ()):
                assert fact in [said.id for said in line.facts], seen
            for words in turn.get("says", ()):
                assert words.lower() in line.text.lower(), seen
            for words in turn.get("never", ()):
                assert words.lower() not in line.text.lower(), seen
            assert [action.name for action in line.actions] == turn.get("actions", []), seen
