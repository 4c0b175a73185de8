"""`npc import` and `npc export`: what people have comes in, can be talked to without a model, and goes out again."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from sampling import sampled

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


@pytest.mark.parametrize("one", sampled(PEOPLE, 4), ids=IDS)
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
        greeting = (
            engine.talk_to(npc).say({"en": "Hello!", "zh": "你好！"}[language], language=language).line(timeout=10)
        )
        said = persona.get("phrases", {}).get("greeting", {}).get(language, [])
        own = [one if isinstance(one, str) else one["text"] for one in said]
        assert one["greets"] in " ".join(own)
        assert not own or greeting.text.startswith(own[0]), "the first message is the first thing said"
        for asked, word in one["says"].items():
            with Engine.load(world, model="none") as fresh:
                said = fresh.talk_to(npc).say(asked, language=language).line(timeout=10).text
            assert any(each.casefold() in said.casefold() for each in word.split("|")), f"{asked} -> {said}"


# -- and out again ---------------------------------------------------------------------------------


def exported(world: Path, npc: str, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    capsys.readouterr()
    assert run(["export", str(world), npc, "--card", *options]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("one", sampled(PEOPLE, 4), ids=IDS)
def test_what_was_imported_comes_out_again(
    one: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert run(["import", str(put(tmp_path, one)), "--into", str(first)]) == 0
    npc, persona = the_one_in(first)
    card = exported(first, npc, capsys)
    assert (card["spec"], card["spec_version"]) == ("chara_card_v3", "3.0")
    whole = {"v1": v1, "v2": lambda one: v2(one)["data"], "v3": lambda one: v3(one)["data"]}
    made = whole.get(one["form"].partition(".")[0])
    if made is not None:
        original = made(one)
        assert {key: card["data"][key] for key in original} == original
        assert [value for key, value in card["data"].items() if key not in original and value] == []
    (tmp_path / "again.json").write_text(json.dumps(card), "utf-8")
    assert run(["import", str(tmp_path / "again.json"), "--into", str(second)]) == 0
    again_id, again = the_one_in(second)
    same = {key: value for key, value in persona.items() if key != "portrait"}
    assert (again_id, again) == (npc, same)
    assert exported(second, npc, capsys) == card


def test_what_an_author_changed_goes_out_changed_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = next(one for one in PEOPLE if one["name"] == "Sable")
    world = tmp_path / "world"
    run(["import", str(put(tmp_path, one)), "--into", str(world)])
    before = exported(world, "sable", capsys)["data"]
    path = world / "personas" / "sable.yaml"
    path.write_text(path.read_text("utf-8").replace("Mind the rope.", "Mind your head."), "utf-8")
    after = exported(world, "sable", capsys)["data"]
    assert {key for key in before if before[key] != after[key]} == {"first_mes", "alternate_greetings"}
    assert "Mind your head." in after["alternate_greetings"]


@pytest.mark.slow
def test_somebody_written_by_hand_goes_out_and_comes_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = Path(__file__).parent.parent
    world = root / "world"
    card = exported(world, "mira", capsys)["data"]
    assert card["name"] == "Mira"
    assert "left heel" in card["first_mes"]
    assert not any("vial" in json.dumps(value) for value in card.values()), "a secret's word"
    (tmp_path / "mira.json").write_text(json.dumps({"spec": "chara_card_v3", "data": card}), "utf-8")
    assert run(["import", str(tmp_path / "mira.json"), "--into", str(tmp_path / "other")]) == 0
    with Engine.load(tmp_path / "other", model="none") as engine:
        answer = engine.talk_to("mira").say("what's good for a blister?").line(timeout=10)
    assert "yarrow" in answer.text
    chinese = exported(world, "mira", capsys, "--language", "zh")["data"]
    assert chinese["name"] == "米拉"


@pytest.mark.slow
def test_a_picture_carries_the_card(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = next(one for one in PEOPLE if one["form"] == "v3.png")
    world = tmp_path / "world"
    run(["import", str(put(tmp_path, one)), "--into", str(world)])
    npc, persona = the_one_in(world)
    assert (world / persona["portrait"]).read_bytes().startswith(b"\x89PNG")
    out = tmp_path / "out.png"
    assert run(["export", str(world), npc, str(out)]) == 0
    assert run(["export", str(world), npc, str(out)]) == 2
    assert "exists already" in capsys.readouterr().err
    assert run(["import", str(out), "--into", str(tmp_path / "second")]) == 0
    assert the_one_in(tmp_path / "second")[1] == persona
    assert run(["export", str(Path(__file__).parent.parent / "world"), "mira", str(tmp_path / "mira.png")]) == 2
    assert "name one with --picture" in capsys.readouterr().err


# -- lorebooks -------------------------------------------------------------------------------------

LORE = [
    (["Gull Rock", "the Rock"], "Gull Rock is an island of bad weather. It belongs to nobody since the war."),
    (["Iron Choir"], "The Iron Choir is a guild of bell founders. They cast the bell that cracked."),
    (["/wh(ale|ales)/i"], "Whales sing in the outer bay. Nobody hunts them now."),
]
BOOKS: dict[str, Any] = {
    "sillytavern": {
        "entries": {
            str(at): {"uid": at, "key": keys, "keysecondary": [], "comment": keys[0], "content": content, "order": at}
            for at, (keys, content) in enumerate(LORE)
        }
    },
    "novelai": {
        "lorebookVersion": 5,
        "entries": [
            {
                "text": content,
                "displayName": keys[0],
                "keys": keys,
                "enabled": True,
                "contextConfig": {"budgetPriority": 4},
            }
            for keys, content in LORE
        ],
    },
    "agnai": {
        "kind": "memory",
        "name": "bay",
        "entries": [{"name": keys[0], "keywords": keys, "entry": content, "enabled": True} for keys, content in LORE],
    },
    "risu": {
        "type": "risu",
        "ver": 1,
        "data": [
            {"key": ", ".join(keys), "comment": "", "content": content, "mode": "normal"} for keys, content in LORE
        ],
    },
    "v3": {"spec": "lorebook_v3", "data": book({"lore": LORE})},
    "card's own": book({"lore": LORE}),
}


@pytest.mark.parametrize("kind", sampled(BOOKS, 1))
def test_a_lorebook_is_told_by_whom_it_comes_with(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lore.json").write_text(json.dumps(BOOKS[kind]), "utf-8")
    card = put(tmp_path, next(one for one in PEOPLE if one["name"] == "Ondine"))
    world = tmp_path / "world"
    assert run(["import", str(card), str(tmp_path / "lore.json"), "--into", str(world)]) == 0
    content = examine(world).content
    assert content is not None
    assert content.entities["gull_rock"].kind == "place"
    assert content.entities["iron_choir"].kind == "group"
    with Engine.load(world, model="none") as engine:
        talk = engine.talk_to("ondine")
        for asked, word in {
            "What is Gull Rock?": "bad weather",
            "What did the Iron Choir cast?": "cracked",
            "do whales sing in the bay": "outer bay",
        }.items():
            assert word in talk.say(asked).line(timeout=10).text


@pytest.mark.parametrize("kind", sampled(BOOKS, 1))
def test_a_lorebook_by_itself_names_things_for_everybody(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = tmp_path / "world"
    run(["new", str(world), "--language", "en"])
    places = (world / "places.yaml").read_text("utf-8")
    (tmp_path / "lore.json").write_text(json.dumps(BOOKS[kind]), "utf-8")
    assert run(["import", str(tmp_path / "lore.json"), "--into", str(world)]) == 0
    assert (world / "places.yaml").read_text("utf-8").startswith(places)
    assert "kept in a comment" in capsys.readouterr().out
    with Engine.load(world, model="none") as engine:
        assert "island of bad weather" in engine.talk_to("hanne").say("What is Gull Rock?").line(timeout=10).text
    world = tmp_path / "another"
    run(["new", str(world), "--language", "en"])
    assert run(["import", str(tmp_path / "lore.json"), "--into", str(world), "--for", "corin"]) == 0
    with Engine.load(world, model="none") as engine:
        assert "cracked" in engine.talk_to("corin").say("What did the Iron Choir cast?").line(timeout=10).text
    assert run(["import", str(tmp_path / "lore.json"), "--into", str(world), "--for", "nobody"]) == 2


# -- what goes wrong -------------------------------------------------------------------------------


@pytest.fixture
def world(tmp_path: Path) -> Path:
    shutil.copytree(SMALL_WORLD, tmp_path / "world")
    return tmp_path / "world"


def everything_in(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


CARD = {"spec": "chara_card_v2", "data": {"name": "Ada", "description": "Ada is a smith.", "first_mes": "Hello."}}
BAD = {
    "empty.json": (b"", "is empty"),
    "words.json": (b"once upon a time", "neither a picture nor JSON"),
    "other.json": (b'{"a": 1}', "no card or lorebook that is known"),
    "list.json": (b"[1, 2]", "no card or lorebook that is known"),
    "nameless.json": (b'{"spec": "chara_card_v2", "data": {"name": ""}}', "names nobody"),
    "deep.json": (b"[" * 100_000 + b"]" * 100_000, "nested deeper"),
    "deeper.json": (b'{"name": ' + b'{"a":' * 90 + b"1" + b"}" * 91, "nested deeper"),
    "bare.png": (picture(), "a picture without a card in it"),
    "cut.png": (picture(text_chunk("chara", CARD))[:90], "cut off"),
    "damaged.png": (picture(text_chunk("chara", CARD).replace(b"ey", b"\x00\x01")), ""),
    "broken.charx": (b"PK\x03\x04 and nothing", "damaged archive"),
    "slip.charx": (archive(CARD, {"../../evil.txt": b"!"}), "names a file outside of itself"),
    "rooted.charx": (archive(CARD, {"/etc/evil": b"!"}), "names a file outside of itself"),
    "drive.charx": (archive(CARD, {"C:\\evil": b"!"}), "names a file outside of itself"),
    "empty.charx": (archive(CARD, {}).replace(b"card.json", b"cord.json"), "without a card.json"),
    "nameless.csv": (b"id,bio\n1,x\n", "no column `name`"),
    "rowless.csv": (b"id,name,bio,voice\n", "no row with a name"),
    "latin.csv": ("name,bio\nZoë,x".encode("latin-1"), "no table in UTF-8"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_card_is_told_in_a_sentence(
    name: str, world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, words = BAD[name]
    (tmp_path / name).write_bytes(data)
    before = everything_in(world)
    assert run(["import", str(tmp_path / name), "--into", str(world)]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
    assert everything_in(world) == before
    assert not (tmp_path / "evil.txt").exists()


@pytest.mark.slow
def test_bombs_are_not_unpacked(world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bomb.charx").write_bytes(archive({"spec": "chara_card_v3", "data": {"name": " " * 40_000_000}}, {}))
    many = archive(CARD, {f"{number}.txt": b"" for number in range(5_001)})
    (tmp_path / "many.charx").write_bytes(many)
    (tmp_path / "bomb.png").write_bytes(picture(text_chunk("chara", " " * 40_000_000, b"zTXt")))
    assert (tmp_path / "bomb.charx").stat().st_size < 100_000
    for name in ("bomb.charx", "many.charx", "bomb.png"):
        assert run(["import", str(tmp_path / name), "--into", str(world)]) == 2
        error = capsys.readouterr().err
        assert "larger than" in error or "holds 5002 files" in error
        assert error.count("\n") == 1


def test_one_that_does_not_fit_keeps_out_no_other(
    world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"name": "Mira", "bio": "Another Mira."}, {"id": "x1", "name": "Lotte", "bio": "Lotte is a weaver."}]
    (tmp_path / "people.csv").write_bytes(table(rows, ";"))
    assert run(["import", str(tmp_path / "people.csv"), "--into", str(world)]) == 2
    told = capsys.readouterr()
    assert "'Mira' of people.csv is the name of somebody" in told.err
    assert (world / "personas" / "x1.yaml").is_file()
    assert examine(world).mistakes == ()


def test_a_card_in_another_language_is_told_of(world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "english"
    run(["new", str(folder), "--language", "en"])
    card = put(tmp_path, next(one for one in PEOPLE if one["name"] == "沈青"))
    assert run(["import", str(card), "--into", str(folder)]) == 2
    assert "is in Chinese, and this world speaks English" in capsys.readouterr().err
    assert run(["import", str(card), "--into", str(world)]) == 0
    found = examine(world)
    assert found.mistakes == ()
    (advice,) = [one.message for one in found.advice if "missing in" in one.message]
    assert "texts are missing in English" in advice
    assert "npc strings export" in advice


def test_keys_and_secrets_of_other_programs_stay_there(tmp_path: Path) -> None:
    one = next(one for one in PEOPLE if one["form"] == "eliza.json")
    run(["import", str(put(tmp_path, one)), "--into", str(tmp_path / "world")])
    assert not any(b"sk-not-to-be-copied" in data for data in everything_in(tmp_path / "world").values())


def test_nothing_that_is_there_is_written_over(world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "card.json").write_text(json.dumps(CARD), "utf-8")
    (world / "cards").mkdir()
    (world / "cards" / "ada.json").write_text("mine", "utf-8")
    before = everything_in(world)
    assert run(["import", str(tmp_path / "card.json"), "--into", str(world)]) == 2
    assert "is not written over" in capsys.readouterr().err
    assert everything_in(world) == before
