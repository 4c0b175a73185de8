"""`npc import` and `npc export`: what people have comes in, is pleasant to talk to without a model, and goes out again."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "cards"))
from packing import PEOPLE, archive, book, packed, picture, table, text_chunk, v1, v2, v3

from npc_engine import Engine
from npc_engine.cli.main import run
from npc_engine.content import examine
from npc_engine.content.source import parse
from npc_engine.content.spot import Findings
from npc_engine.testing import SMALL_WORLD
from npc_engine.text import language_of

IDS = [f"{one['name']}-{one['form']}" for one in PEOPLE]


def put(folder: Path, one: dict[str, Any], stem: str = "card") -> Path:
    ending, data = packed(one)
    path = folder / f"{stem}.{ending}"
    path.write_bytes(data)
    return path


def the_one_in(world: Path) -> tuple[str, dict[str, Any]]:
    """Return the id and the persona of the only one in a world."""
    (path,) = (world / "personas").glob("*.yaml")
    spot = parse(path.read_bytes(), path.name, Findings())
    assert spot is not None
    return path.stem, spot.plain()


def test_there_are_forty_cards_in_every_form() -> None:
    forms = {one["form"] for one in PEOPLE}
    assert len({one["name"] for one in PEOPLE}) == len(PEOPLE) >= 40
    assert forms == {
        "v1.json", "v2.json", "v2.png", "v3.json", "v3.png", "v3.charx", "pygmalion.json", "agnai.json", "eliza.json",
        "row.csv",
    }  # fmt: skip


@pytest.mark.parametrize("one", PEOPLE, ids=IDS)
def test_a_card_comes_in_and_answers_without_a_model(
    one: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = tmp_path / "world"
    assert run(["import", str(put(tmp_path, one)), "--into", str(world)]) == 0
    told = capsys.readouterr().out
    found = examine(world)
    assert found.mistakes == ()
    assert "no mistakes" in told
    npc, persona = the_one_in(world)
    text = (world / "personas" / f"{npc}.yaml").read_text("utf-8")
    assert "{{" not in text.partition("# What has no place")[0]
    language = language_of(one["name"] + str(one.get("description", one.get("bio", ""))))
    with Engine.load(world, model="none") as engine:
        greeting = engine.talk_to(npc).say({"en": "Hello!", "zh": "你好！"}[language], language=language).line(timeout=10)
        own = persona.get("phrases", {}).get("greeting", {}).get(language, [])
        assert one["greets"] in " ".join(own)
        assert not own or any(greeting.text.startswith(text) for text in own)
        for asked, word in one["says"].items():
            with Engine.load(world, model="none") as fresh:
                said = fresh.talk_to(npc).say(asked, language=language).line(timeout=10).text
            assert any(each.casefold() in said.casefold() for each in word.split("|")), f"{asked} -> {said}"
