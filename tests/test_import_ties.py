"""Whom and what a card ties somebody to: tastes and kin are facts, sentences are cut and not lost, lore has kinds."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "cards"))

from npc_engine import Engine
from npc_engine.cli.main import run
from npc_engine.content import Content, examine, load_content
from npc_engine.packaged import read_yaml
from npc_engine.text import language_of

CARDS: list[dict[str, Any]] = read_yaml(Path(__file__).parent / "cards" / "tied.yaml")
each_card = pytest.mark.parametrize("one", CARDS, ids=[one["card"]["name"] for one in CARDS])


def brought(one: dict[str, Any], folder: Path) -> tuple[Content, str, str]:
    """Return the world that a card was brought into, whom it became, and the language it is in."""
    file = folder / "card.json"
    file.write_text(json.dumps({"spec": "chara_card_v2", "spec_version": "2.0", "data": one["card"]}), "utf-8")
    assert run(["import", str(file), "--into", str(folder / "world")]) == 0
    assert examine(folder / "world").mistakes == ()
    content = load_content(folder / "world")
    (npc,) = content.personas
    return content, npc, language_of(one["card"]["description"])


@each_card
def test_tastes_and_kin_are_facts(one: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, _, code = brought(one, tmp_path)
    assert sorted(fact.fact for fact in content.facts) == sorted(one["facts"])
    named = {entity.names[code]: entity for entity in content.entities.values()}
    for name, (kind, pronoun) in one["entities"].items():
        assert named[name].kind == kind, name
        assert not pronoun or named[name].pronoun == pronoun, name
    out = capsys.readouterr().out
    assert [told for told in one["told"] if told not in out] == []


@each_card
def test_they_are_answered_from(one: dict[str, Any], tmp_path: Path) -> None:
    content, npc, code = brought(one, tmp_path)
    for asked, word in one["says"].items():
        with Engine.load(content, model="none") as engine:
            said = engine.talk_to(npc).say(asked, language=code).line(timeout=10).text
        assert word in said, f"{asked} -> {said}"
        assert not [each for each in one["never"] if each in said], f"{asked} -> {said}"


@each_card
def test_what_they_like_answers_nothing_else(one: dict[str, Any], tmp_path: Path) -> None:
    content, npc, code = brought(one, tmp_path)
    liked = [f".{relation}." for relation in ("likes", "dislikes")]
    for asked in one.get("beside", ()):
        with Engine.load(content, model="none") as engine:
            line = engine.talk_to(npc).say(asked, language=code).line(timeout=10)
        assert not [fact.id for fact in line.facts if any(each in fact.id for each in liked)], f"{asked} -> {line.text}"


@each_card
def test_lore_is_asked_for_as_what_it_is(one: dict[str, Any], tmp_path: Path) -> None:
    content, npc, code = brought(one, tmp_path)
    asks = [text for topic in content.personas[npc].topics for text in topic.asks[code]]
    assert [text for text in one["asks"] if text not in asks] == []
    assert [text for text in one["asks_never"] if text in asks] == []
    about = [text for passage in content.personas[npc].about for text in passage.says[code]]
    assert [text for text in one.get("passages", ()) if text not in about] == []


def test_what_a_world_has_already_is_what_is_meant(tmp_path: Path) -> None:
    world = tmp_path / "world"
    assert run(["new", str(world), "--language", "en"]) == 0
    before = load_content(world)
    description = "Ada is a smith. She loves geese, Hanne and Paris. Her brother Corin keeps the gate."
    card = {"name": "Ada", "description": description, "first_mes": "Hello."}
    (tmp_path / "card.json").write_text(json.dumps({"spec": "chara_card_v2", "data": card}), "utf-8")
    assert run(["import", str(tmp_path / "card.json"), "--into", str(world)]) == 0
    content = load_content(world)
    assert set(content.entities) - set(before.entities) == {"ada"}
    assert {fact.fact for fact in content.facts} - {fact.fact for fact in before.facts} == {
        "ada likes geese", "ada likes hanne", "corin sibling_of ada",
    }  # fmt: skip
    with Engine.load(content, model="none") as engine:
        assert "Corin" in engine.talk_to("ada").say("Do you have a brother?").line(timeout=10).text


@pytest.mark.parametrize(
    ("description", "language"),
    [("Ada is a smith. She loves old bells and hates Ned.", "Chinese"), ("阿宁是铁匠。她喜欢打雷。", "English")],
)
def test_names_that_were_but_copied_are_to_be_translated(description: str, language: str, tmp_path: Path) -> None:
    world = tmp_path / "world"
    assert run(["new", str(world)]) == 0
    card = {"name": description.split(" ")[0].split("是")[0], "description": description, "first_mes": ""}
    (tmp_path / "card.json").write_text(json.dumps({"spec": "chara_card_v2", "data": card}), "utf-8")
    assert run(["import", str(tmp_path / "card.json"), "--into", str(world)]) == 0
    advice = [one for one in examine(world).advice if "as in another language" in one.message]
    assert {one.message for one in advice} == {f"`names` stands in {language} as in another language: translate it"}
