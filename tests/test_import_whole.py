"""What a card says is in the persona it becomes: asked for, it is answered; and what has no place is told of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from npc_engine import Engine
from npc_engine.cli.main import run
from npc_engine.content import examine, load_content
from npc_engine.packaged import read_yaml
from npc_engine.text import language_of

CARDS: list[dict[str, Any]] = read_yaml(Path(__file__).parent / "cards" / "strangers.yaml")
NAMES = [one["card"]["name"] for one in CARDS]


def brought(one: dict[str, Any], folder: Path) -> Path:
    """Return a world that a card was brought into."""
    file = folder / "card.json"
    file.write_text(json.dumps({"spec": "chara_card_v2", "spec_version": "2.0", "data": one["card"]}), "utf-8")
    assert run(["import", str(file), "--into", str(folder / "world")]) == 0
    return folder / "world"


@pytest.mark.parametrize("one", CARDS, ids=NAMES)
def test_what_a_card_says_is_answered(one: dict[str, Any], tmp_path: Path) -> None:
    world = brought(one, tmp_path)
    code = language_of(one["card"]["description"])
    (npc,) = load_content(world).personas
    for asked, word in one["says"].items():
        with Engine.load(world, model="none") as engine:
            said = engine.talk_to(npc).say(asked, language=code).line(timeout=10).text
        assert word in said, f"{asked} -> {said}"
        assert not [each for each in one["never"] if each in said], f"{asked} -> {said}"


@pytest.mark.parametrize("one", CARDS, ids=NAMES)
def test_the_first_message_is_the_first_thing_said(one: dict[str, Any], tmp_path: Path) -> None:
    world = brought(one, tmp_path)
    code = language_of(one["card"]["description"])
    (npc,) = load_content(world).personas
    hello = {"en": "Hello!", "zh": "你好！"}[code]
    with Engine.load(world, model="none") as engine:
        first = engine.talk_to(npc).say(hello, language=code).line(timeout=10).text
        assert first.startswith(one["greets"])
        assert not [each for each in one["never"] if each in first]
        again = [engine.talk_to(npc).say(hello, language=code).line(timeout=10).text for _ in range(3)]
    assert any(text.startswith(one.get("later", "")) for text in again)


@pytest.mark.parametrize("one", CARDS, ids=NAMES)
def test_who_they_are_is_all_there(one: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = brought(one, tmp_path)
    told = capsys.readouterr().out
    content = load_content(world)
    code = language_of(one["card"]["description"])
    (persona,) = content.personas.values()
    assert persona.role[code] == one["role"]
    assert persona.traits[code] == one["traits"]
    assert persona.temperament.manner == one["manner"]
    assert one["private"] not in persona.summary[code]
    kept = [text for passage in persona.about if passage.confidence == "private" for text in passage.says[code]]
    assert any(one["private"] in text for text in kept)
    if "setting" in one:
        assert content.world.setting[code] == one["setting"]
    assert f"role: {one['role']}" in told
    assert "a secret is better" in told
    assert all(advice.message in told for advice in examine(world).advice)


def test_what_is_too_much_for_a_persona_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    traits = [f"trait number {chr(97 + number)}" for number in range(15)]
    long = "someone who would rather walk through a whole night of rain than ask any living soul for a bed"
    likes = ", ".join(f"thing {chr(97 + number)}" for number in range(14))
    description = f"Oda is a carter.\nLikes: {likes}"
    card = {"name": "Oda", "description": description, "personality": ", ".join([*traits, long]), "first_mes": "Hm."}
    world = brought({"card": card}, tmp_path)
    out = capsys.readouterr().out
    page = (world / "personas" / "oda.yaml").read_text("utf-8")
    for each in [*traits, long, "thing n"]:
        assert each in page, each
    assert "personality" in out
    assert "listed: tastes" in out


def test_a_scenario_stays_in_a_comment_where_the_world_has_a_setting(tmp_path: Path) -> None:
    world = tmp_path / "world"
    run(["new", str(world), "--language", "en"])
    before = (world / "world.yaml").read_bytes()
    brought(CARDS[0], tmp_path)
    assert (world / "world.yaml").read_bytes() == before
    assert "#   Somebody brings a broken watch" in (world / "personas" / "vesna_kolar.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("at", "old", "new", "label"),
    [(0, "I drink black tea.", "I live on black tea.", "In own words"), (2, "我爱喝红茶。", "我只喝红茶。", "自述")],
)
def test_an_edit_changes_its_own_sentence_of_the_card(
    at: int, old: str, new: str, label: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = CARDS[at]
    world = brought(one, tmp_path)
    (npc,) = load_content(world).personas
    path = world / "personas" / f"{npc}.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    capsys.readouterr()
    assert run(["export", str(world), npc, "--card"]) == 0
    card = json.loads(capsys.readouterr().out)
    kept, _, own = card["data"]["description"].partition("\n")
    assert kept
    assert one["card"]["description"].startswith(kept), "nothing else of it is another"
    assert own == f"{label}: {new}"
    (tmp_path / "again.json").write_text(json.dumps(card), "utf-8")
    assert run(["import", str(tmp_path / "again.json"), "--into", str(tmp_path / "again")]) == 0
    again = load_content(tmp_path / "again").personas[npc]
    assert any(new in texts for passage in again.about for texts in passage.says.values())
