"""Content: a folder of YAML becomes a world; what cannot be read is named; `npc check` says so in a line each."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from npc_engine.cli.check import check
from npc_engine.content import check_content, examine, load_content
from npc_engine.errors import ContentError

HERE = Path(__file__).parent
HAMLET = HERE / "content" / "hamlet"
VILLAGE = HERE.parent / "world"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The hamlet, to change at will; it is `w` in messages."""
    shutil.copytree(HAMLET, tmp_path / "w")
    monkeypatch.chdir(tmp_path)
    return Path("w")


def told(folder: Path) -> list[str]:
    return [str(mistake) for mistake in check_content(folder)]


def test_the_village_is_clean() -> None:
    assert [str(mistake) for mistake in check_content(VILLAGE)] == []
    assert [str(advice) for advice in examine(VILLAGE).advice] == []


def test_a_folder_becomes_a_world() -> None:
    content = load_content(HAMLET)
    assert content.folder == HAMLET
    assert content.world.start == datetime(2024, 5, 1, 8)
    assert set(content.personas) == {"greta", "tomas"}
    assert {id: entity.kind for id, entity in content.entities.items()} == {
        "smithy": "place",
        "bridge": "place",
        "iron_pin": "thing",
        "guild": "group",
        "player": "person",
        "greta": "person",
        "tomas": "person",
    }
    assert content.entities["greta"].pronoun == "she"
    assert content.entities["player"].pronoun == "they"
    assert content.facts[0].triple == ("bridge", "condition", "broken")
    assert content.facts[2].qualifiers == {"amount": 12}
    assert set(content.actions) == {"give_pin"}
    assert [beat.id for beat in content.story] == ["bridge_mended"]
    assert examine(HAMLET).advice == ()


def test_only_the_world_and_one_persona_are_needed(folder: Path) -> None:
    for path in folder.glob("*.yaml"):
        if path.name != "world.yaml":
            path.unlink()
    (folder / "personas" / "greta.yaml").unlink()
    tomas = folder / "personas" / "tomas.yaml"
    tomas.write_text(tomas.read_text("utf-8").split("beliefs:")[0], "utf-8")
    content = load_content(folder)
    assert set(content.entities) == {"player", "tomas"}


def test_whereabouts_are_built_in_and_a_world_may_word_them_anew(folder: Path) -> None:
    at = load_content(folder).predicates["at"]
    assert at.single_valued
    assert at.asks == ["where"]
    assert at.wording["zh"] == "{subject}在{object}"
    with (folder / "predicates.yaml").open("a", encoding="utf-8") as file:
        file.write('\n- id: at\n  wording: {en: "{subject} {stays|stay} at {object}", zh: "{subject}待在{object}"}\n')
    assert load_content(folder).predicates["at"].wording["zh"] == "{subject}待在{object}"


def test_the_digest_changes_with_any_byte_and_with_nothing_else(folder: Path) -> None:
    before = load_content(folder).digest
    (folder / "notes.txt").write_text("not content")
    os.utime(folder / "facts.yaml", (1, 1))
    assert load_content(folder).digest == before == load_content(HAMLET).digest
    with (folder / "facts.yaml").open("a") as file:
        file.write("# a remark\n")
    assert load_content(folder).digest != before


def test_what_has_not_changed_is_not_examined_again(folder: Path) -> None:
    before = load_content(folder)
    os.utime(folder / "facts.yaml", (1, 1))
    assert load_content(folder) is before
    facts = folder / "facts.yaml"
    facts.write_bytes(facts.read_bytes() + b"# a remark\n")
    assert load_content(folder) is not before
    facts.write_bytes(facts.read_bytes() + b"- bridge condition\n")
    assert len(examine(folder).mistakes) == len(examine(folder).mistakes) > 0


def test_loading_raises_every_mistake_at_once(folder: Path) -> None:
    (folder / "facts.yaml").write_text("- brigde conditon broken\n- bridge at smithi\n")
    with pytest.raises(ContentError) as raised:
        load_content(folder)
    assert not raised.value.can_continue
    assert str(raised.value).splitlines() == [
        "w/facts.yaml:1:3: unknown entity 'brigde'; did you mean 'bridge'?",
        "w/facts.yaml:1:10: unknown predicate 'conditon'; did you mean 'condition'?",
        "w/facts.yaml:2:13: unknown entity 'smithi'; did you mean 'smithy'?",
    ]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere", "nowhere:1:1: this folder does not exist"),
        ("w/world.yaml", "w/world.yaml:1:1: this is no folder"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_no_folder(path: str, message: str) -> None:
    assert told(Path(path)) == [message]


def test_missing_files_are_named(folder: Path) -> None:
    (folder / "world.yaml").unlink()
    shutil.rmtree(folder / "personas")
    assert told(folder) == [
        "w/personas:1:1: there is no persona: put one in this folder, such as personas/mira.yaml",
        "w/world.yaml:1:1: this file is missing: it says the world's id, names, start, setting and player",
    ]


def test_files_of_other_names_are_not_passed_over_in_silence(folder: Path) -> None:
    (folder / "place.yaml").write_text("")
    (folder / "facts.yml").write_text("")
    (folder / "personas" / "mira.yml").write_text("")
    (folder / "personas" / ".greta.yaml.swp.yaml").write_text("an editor's own")
    assert told(folder) == [
        "w/facts.yml:1:1: no file of this name is read; did you mean 'facts.yaml'?",
        "w/personas/mira.yml:1:1: no file of this name is read; name it mira.yaml",
        "w/place.yaml:1:1: no file of this name is read; did you mean 'places.yaml'?",
    ]


@pytest.mark.parametrize(
    ("name", "misnamed", "told_of_it"),
    [
        ("personas/greta.yaml", "personas/greta.yml", "; name it greta.yaml"),
        ("predicates.yaml", "predicate.yaml", "; did you mean 'predicates.yaml'?"),
        ("places.yaml", "Places.yml", "; did you mean 'places.yaml'?"),
        ("world.yaml", "world.yml", "; did you mean 'world.yaml'?"),
    ],
)
def test_a_misnamed_file_is_the_only_mistake(folder: Path, name: str, misnamed: str, told_of_it: str) -> None:
    (folder / name).rename(folder / misnamed)
    assert told(folder) == [f"w/{misnamed}:1:1: no file of this name is read{told_of_it}"]


def test_a_folder_that_is_not_read_is_the_only_mistake(folder: Path) -> None:
    (folder / "personas" / "village").mkdir()
    (folder / "personas" / "greta.yaml").rename(folder / "personas" / "village" / "greta.yaml")
    assert told(folder) == ["w/personas/village:1:1: a folder in personas is not read: move what is in it one up"]
    (folder / "personas" / "village" / "greta.yaml").rename(folder / "personas" / "greta.yaml")
    (folder / "personas").rename(folder / "persona")
    assert told(folder) == ["w/persona:1:1: no folder of this name is read; did you mean 'personas'?"]


def test_an_empty_file_is_a_mistake_where_something_is_needed(folder: Path) -> None:
    (folder / "personas" / "tomas.yaml").write_text("")
    (folder / "story.yaml").write_text("# to come\n")
    assert told(folder) == ["w/personas/tomas.yaml:1:1: this file is empty"]
    assert [str(advice) for advice in examine(folder).advice] == [
        "w/story.yaml:1:1: this file is empty; it may as well be deleted"
    ]


def test_lists_and_mappings_are_not_mixed_up(folder: Path) -> None:
    (folder / "personas" / "tomas.yaml").write_text("- id: tomas\n")
    (folder / "story.yaml").write_text("id: end\n")
    assert told(folder) == [
        "w/personas/tomas.yaml:1:1: this file is a mapping: it begins with `id: …`, without a dash",
        "w/story.yaml:1:1: this file is a list: each entry begins with a dash, `- id: …`",
    ]


def test_a_file_that_is_too_large_or_no_file_is_not_read(folder: Path) -> None:
    (folder / "facts.yaml").write_bytes(b"# " + b"x" * 1_000_000)
    (folder / "story.yaml").unlink()
    (folder / "story.yaml").mkdir()
    assert told(folder) == [
        "w/facts.yaml:1:1: the file is larger than 1 MB, and no second one is read: take out what is not content",
        "w/story.yaml:1:1: this is not a file",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    (folder / "facts.yaml").unlink()
    os.mkfifo(folder / "facts.yaml")
    assert told(folder) == ["w/facts.yaml:1:1: this is not a file"]


def test_links_may_not_lead_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere.yaml"
    outside.write_text("- bridge condition broken\n")
    (folder / "facts.yaml").unlink()
    try:
        (folder / "facts.yaml").symlink_to(outside)
        (folder / "story.yaml").rename(folder / "story.txt")
        (folder / "story.yaml").symlink_to("story.txt")
        (folder / "things.yaml").unlink()
        (folder / "things.yaml").symlink_to("things.yaml")
    except OSError:
        pytest.skip("links cannot be made here")
    mistakes = told(folder)
    assert mistakes[0] == ("w/facts.yaml:1:1: this is a link to a file outside of the folder: put the file itself here")
    assert mistakes[1].startswith("w/things.yaml:1:1: the file cannot be read: ")
    assert len(mistakes) == 2


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who may not read everything")
def test_a_file_that_may_not_be_read_is_named(folder: Path) -> None:
    (folder / "facts.yaml").chmod(0)
    assert told(folder) == ["w/facts.yaml:1:1: the file cannot be read: Permission denied"]


def run_check(folder: str) -> tuple[int, list[str]]:
    app = typer.Typer()
    app.command()(check)
    result = CliRunner().invoke(app, [folder])
    return result.exit_code, result.output.splitlines()


@pytest.mark.usefixtures("folder")
def test_npc_check_is_friendly_when_all_is_well() -> None:
    assert run_check("w/") == (0, ["w/: 2 personas, 3 facts, no mistakes"])


def test_npc_check_gives_a_line_to_each_mistake(folder: Path) -> None:
    with (folder / "facts.yaml").open("a") as file:
        file.write("- greta has iron_pim\n")
    (folder / "story.yaml").write_text("")
    assert run_check("w") == (
        2,
        [
            "w/facts.yaml:7:13: unknown entity 'iron_pim'; did you mean 'iron_pin'? [E301]",
            "w/story.yaml:1:1: advice: this file is empty; it may as well be deleted [A119]",
            "w/: 1 mistake, 1 piece of advice",
        ],
    )
