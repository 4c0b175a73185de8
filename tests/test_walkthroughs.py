"""The ways through the village that its README promises, played through the front door without a model."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sampling import sampled

from npc_engine import Engine

WORLD = Path(__file__).parents[1] / "world"
SECTIONS = ("Shortest way through", "The kind way", "The two sisters, a side path")
LANGUAGES = ("en", "zh")


def lines(section: str, language: str) -> list[tuple[str, str]]:
    """Return whom to talk to and what to say, as a table of the README has it."""
    text = (WORLD / "README.md").read_text(encoding="utf-8").split(f"## {section}")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (\w+) \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    column = 1 + LANGUAGES.index(language)
    return [(row[0].lower(), row[column]) for row in rows if row[0] != "to"]


def play(engine: Engine, section: str, language: str) -> list[str]:
    """Walk a section and give what came of it: moves, actions performed, story beats."""
    found: list[str] = []
    talking, conversation = "", None
    for npc, said in lines(section, language):
        if npc != talking or conversation is None:
            talking, conversation = npc, engine.talk_to(npc)
        line = conversation.say(said).line(timeout=10)
        found.append(line.move)
        for action in line.actions:
            engine.record(action.text, speaker=action.actor, changes=action.changes, audience={"player"})
            found.append(action.name)
        found += [event.data["beat"] for event in engine.advance(1) if event.kind == "story"]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", sampled(SECTIONS[:2], 1))
def test_the_story_can_be_played_to_its_end(section: str, language: str) -> None:
    with Engine.load(WORLD, model="none", language=language) as engine:  # type: ignore[arg-type]
        found = play(engine, section, language)
        assert engine.story()[-1].ending, found


@pytest.mark.slow
@pytest.mark.parametrize("language", sampled(LANGUAGES, 1))
def test_the_two_sisters_are_brought_together(language: str) -> None:
    with Engine.load(WORLD, model="none", language=language) as engine:  # type: ignore[arg-type]
        found = play(engine, SECTIONS[2], language)
        assert "comply" in found, found
