"""`npc schema`: what editors are given accepts what the engine accepts, and explains every key in both languages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from npc_engine.cli.main import run
from npc_engine.cli.schema import schemas
from npc_engine.content.json_schema import explanations, modeline
from npc_engine.content.source import parse
from npc_engine.content.spot import Findings
from npc_engine.persona import PHRASES
from npc_engine.testing import SMALL_WORLD

ROOT = Path(__file__).parent.parent
WORLDS = [ROOT / "world", SMALL_WORLD, ROOT / "tests" / "content" / "hamlet"]
FILES = [path for world in WORLDS for path in sorted(world.rglob("*.yaml"))]


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "") -> list[str]:
    """Return what a value has against a schema: as much of JSON Schema as ours use."""
    if "$ref" in schema:
        return faults(value, root["definitions"][schema["$ref"].rpartition("/")[2]], root, at)
    for each in schema.get("allOf", []):
        if found := faults(value, each, root, at):
            return found
    if "anyOf" in schema:
        tried = [faults(value, each, root, at) for each in schema["anyOf"]]
        return [] if [] in tried else [f"{at}: none of {len(tried)}: {tried}"]
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "number": (int, float), "integer": int}
    kind = schema.get("type")
    if kind and (not isinstance(value, kinds[kind]) or (kind != "boolean" and isinstance(value, bool))):
        return [f"{at}: {value!r} is no {kind}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{at}: {value!r} is none of {schema['enum']}"]
    found = []
    if isinstance(value, dict):
        found += [f"{at}: {key} is missing" for key in schema.get("required", []) if key not in value]
        for key, each in value.items():
            inside = schema.get("properties", {}).get(key)
            if inside is None and schema.get("patternProperties"):
                inside = next(iter(schema["patternProperties"].values()))
            if inside is None:
                inside = schema.get("additionalProperties", {})
            found += [f"{at}: unknown key {key}"] if inside is False else faults(each, inside, root, f"{at}/{key}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            found += faults(each, schema.get("items", {}), root, f"{at}/{number}")
    return found


@pytest.fixture(scope="module")
def ours() -> dict[str, dict[str, Any]]:
    return {name: json.loads(text) for name, text in schemas(SMALL_WORLD).items()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_whatever_the_engine_reads_the_schema_accepts(path: Path, ours: dict[str, dict[str, Any]]) -> None:
    kind = {"personas": "persona", "tests": "tests"}.get(path.parent.name, path.stem)
    spot = parse(path.read_bytes(), path.name, Findings())
    assert spot is not None
    schema = ours[f"{kind}.json"]
    assert faults(spot.plain(), schema, schema) == []


@pytest.mark.parametrize(
    ("file", "value", "complaint"),
    [
        ("persona.json", {"id": "mira"}, "names is missing"),
        (
            "persona.json",
            {"id": 3, "names": {}, "role": {}, "summary": {}, "voice": {"register": {}}},
            "3 is no string",
        ),
        ("world.json", {"id": "a", "nmaes": {}}, "unknown key nmaes"),
        ("places.json", [{"id": "inn", "names": {"fr": "auberge"}}], "unknown key fr"),
        ("things.json", [{"id": "inn", "names": {}, "kind": "palce"}], "'palce' is none of"),
        ("facts.json", [{"facts": "a b c"}], "none of"),
    ],
)
def test_what_is_wrong_is_underlined(file: str, value: Any, complaint: str, ours: dict[str, dict[str, Any]]) -> None:
    assert any(complaint in fault for fault in faults(value, ours[file], ours[file]))


def keys_of(schema: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return every key that an author may write, with its schema, but the languages that a text stands in."""
    found: list[tuple[str, dict[str, Any]]] = []
    models = [each for name, each in schema.get("definitions", {}).items() if name != "Sayings"]
    for each in [schema, *models]:
        found += [(key, inside) for key, inside in each.get("properties", {}).items()]
        found += list(each.get("properties", {}).get("phrases", {}).get("properties", {}).items())
    return found


def test_every_key_is_explained_in_both_languages(ours: dict[str, dict[str, Any]]) -> None:
    keys = [one for schema in ours.values() for one in keys_of(schema)]
    assert len(keys) > 300
    unexplained = {key for key, inside in keys if inside.get("description", "").count("\n\n") != 1}
    assert unexplained == set()


def test_nothing_is_explained_that_is_not_there(ours: dict[str, dict[str, Any]]) -> None:
    there = {
        model: set(each["properties"]) for schema in ours.values() for model, each in schema["definitions"].items()
    }
    roots = {"WorldDefinition": "world.json", "Persona": "persona.json"}
    there |= {model: set(ours[file]["properties"]) for model, file in roots.items()}
    there["phrases"] = set(PHRASES)
    assert {model: set(keys) - there[model] for model, keys in explanations().items() if set(keys) - there[model]} == {}


def test_texts_are_completed_in_the_worlds_languages_alone(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "content" / "hamlet", tmp_path / "world")
    world = tmp_path / "world" / "world.yaml"
    world.write_text("broken: [", "utf-8")
    any_language = json.loads(schemas(tmp_path / "world")["world.json"])
    assert {"en", "zh"} <= set(any_language["properties"]["names"]["properties"])


def test_the_command_writes_them_and_puts_the_line_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "world"
    shutil.copytree(SMALL_WORLD, folder)
    before = (folder / "world.yaml").read_text("utf-8")
    assert run(["schema", str(folder), "--modelines"]) == 0
    assert "10 schemas" not in capsys.readouterr().err
    line = "# yaml-language-server: $schema=.schema/world.json\n"
    assert (folder / "world.yaml").read_text("utf-8") == line + before
    for path in folder.rglob("*.yaml"):
        first = path.read_text("utf-8").splitlines()[0]
        named = first.rpartition("$schema=")[2]
        assert json.loads((path.parent / named).read_text("utf-8"))["$schema"].startswith("http://json-schema.org/")
    assert run(["schema", str(folder), "--modelines"]) == 0
    assert (folder / "world.yaml").read_text("utf-8") == line + before
    assert run(["check", str(folder)]) == 0
    assert run(["schema", str(tmp_path)]) == 2
    assert "holds no world.yaml" in capsys.readouterr().err


def test_a_files_line_leads_from_where_it_lies() -> None:
    assert modeline("world.yaml").endswith("$schema=.schema/world.json\n")
    assert modeline("personas/mira.yaml").endswith("$schema=../.schema/persona.json\n")
    assert modeline("tests/mira.yaml").endswith("$schema=../.schema/tests.json\n")
