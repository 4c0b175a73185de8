"""`npc strings`: a world's texts go to a translator and come back; ids tell each, and reach the lines that are said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import polib
import pytest
from pydantic import BaseModel
from sampling import sampled

from npc_engine import Engine
from npc_engine.authoring.strings import strings_of
from npc_engine.cli.main import run
from npc_engine.content import examine, load_content
from npc_engine.content.schema import SEVERAL, bare, fields_of, is_model
from npc_engine.content.texts import SCHEMA
from npc_engine.lang import pack
from npc_engine.packaged import packaged_yaml
from npc_engine.persona import Persona
from npc_engine.testing import SMALL_WORLD
from npc_engine.world.definitions import Localized

ROOT = Path(__file__).parent.parent
WORLDS = {"small": SMALL_WORLD, "hamlet": ROOT / "tests" / "content" / "hamlet", "demo": ROOT / "world"}


def files_in(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.yaml")}


@pytest.mark.parametrize("name", sampled(WORLDS, 1))
def test_each_text_has_an_id_of_its_own(name: str) -> None:
    for language in ("en", "zh"):
        ids = [string.id for string in strings_of(WORLDS[name], language)]
        assert len(ids) == len(set(ids)) > 20


@pytest.mark.slow
@pytest.mark.parametrize("name", sampled(WORLDS, 1))
def test_what_was_not_touched_comes_back_byte_for_byte(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, po = tmp_path / "world", tmp_path / "world.po"
    shutil.copytree(WORLDS[name], world)
    assert run(["strings", "export", str(world), "--to", "zh", "--file", str(po)]) == 0
    assert run(["strings", "import", str(world), str(po), "--to", "zh"]) == 0
    assert "0 texts put in, 0 files changed" in capsys.readouterr().out
    assert files_in(world) == files_in(WORLDS[name])
    assert run(["strings", "export", str(world), "--to", "zh", "--file", str(po)]) == 2
    assert "exists already" in capsys.readouterr().err


def test_a_world_of_one_language_gets_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both, world, po = tmp_path / "both", tmp_path / "world", tmp_path / "world.po"
    run(["new", str(both), "--setting", "station"])
    run(["new", str(world), "--setting", "station", "--language", "en"])
    before = files_in(world)
    known = {string.id: string.texts["zh"] for string in strings_of(both, "en") if "zh" in string.texts}
    assert run(["strings", "export", str(world), "--to", "zh", "--file", str(po)]) == 0
    book = polib.pofile(str(po), encoding="utf-8")
    assert len(book) > 25
    assert all(entry.msgctxt and entry.occurrences for entry in book)
    assert any("said on being greeted" in entry.comment for entry in book)
    for entry in book:
        entry.msgstr = known[entry.msgctxt]
    book[0].flags.append("fuzzy")
    book.save()
    assert run(["strings", "import", str(world), str(po), "--to", "zh"]) == 0
    now = files_in(world)
    assert all(
        line in now[path].splitlines() for path, text in before.items() for line in text.splitlines() if line[:1] == "#"
    )
    left = [advice.message for advice in examine(world).mistakes]
    assert len(left) == 1, "the fuzzy one is left out"
    book[0].flags.remove("fuzzy")
    book.save()
    assert run(["strings", "import", str(world), str(po), "--to", "zh"]) == 0
    found = examine(world)
    assert (found.mistakes, found.advice) == ((), ())
    assert found.content is not None
    assert list(found.content.world.languages) == ["en", "zh"]
    whole = load_content(both)
    assert found.content.personas == whole.personas
    assert found.content.entities == whole.entities


@pytest.mark.slow
def test_each_text_tells_a_translator_what_it_is(tmp_path: Path) -> None:
    bare_of_notes = {
        (string.file, *map(str, string.keys)) for name in ("small", "demo") for string in strings_of(WORLDS[name], "en")
        if not string.note
    }  # fmt: skip
    assert bare_of_notes == set()
    notes = {string.id: string.note for string in strings_of(SMALL_WORLD, "en")}
    told = {id.rpartition(".")[2]: note for id, note in notes.items()}
    names = next(note for id, note in notes.items() if id.startswith("actions.") and ".names" in id)
    assert "behind 'Shall I'" in names
    assert "a whole sentence" in next(
        note for id, note in notes.items() if id.startswith("actions.") and id.endswith(".wording")
    )
    assert "part of a sentence" in next(
        note for id, note in notes.items() if id.startswith("predicates.") and id.endswith(".wording")
    )
    assert "give the secret away" in next(note for id, note in notes.items() if ".secrets." in id and ".words" in id)
    assert "must not give it away" in told["cover"]


def test_a_text_that_the_schema_gains_needs_a_note() -> None:
    texts = {(model.__name__, key) for kind in (*SCHEMA.values(), Persona) for model, key in texts_of(kind)}
    noted = packaged_yaml("npc_engine.authoring", "notes.yaml")
    assert {(model, key) for model, keys in noted.items() for key in keys} == texts


def texts_of(annotation: Any) -> Iterator[tuple[type[BaseModel], str]]:
    """Yield every key of the schema under which texts stand, phrases aside."""
    kind = bare(annotation)
    if not is_model(kind):
        for inner in get_args(kind):
            yield from texts_of(inner)
        return
    for key, field in fields_of(kind).items():
        if bare(field.annotation) == Localized or bare(field.annotation) in SEVERAL:
            yield kind, key
        else:
            yield from texts_of(field.annotation)


def test_what_a_world_lacks_in_a_language_is_one_line_a_file(tmp_path: Path) -> None:
    world = tmp_path / "world"
    run(["new", str(world), "--language", "en"])
    page = world / "world.yaml"
    page.write_text(page.read_text("utf-8").replace("languages: [en]", "languages: [en, zh]"), "utf-8")
    mistakes = [mistake for mistake in examine(world).mistakes if "missing in Chinese" in mistake.message]
    assert sorted({Path(one.file).name for one in mistakes}) == sorted(Path(one.file).name for one in mistakes)
    assert "`npc strings export WORLD --to zh` lists them" in mistakes[0].message
    assert len(mistakes) <= 6


def test_ids_stay_when_other_texts_come_beside(tmp_path: Path) -> None:
    world = tmp_path / "world"
    run(["new", str(world), "--language", "en"])
    before = {string.id: string.texts["en"] for string in strings_of(world, "en")}
    hanne = world / "personas" / "hanne.yaml"
    text = hanne.read_text("utf-8").replace('greeting: {en: ["', 'greeting: {en: [New here?, "')
    hanne.write_text(text.replace("topics:", "topics:\n  - {asks: {en: Why?}, says: {en: Because.}}"), "utf-8")
    after = {string.id: string.texts["en"] for string in strings_of(world, "en")}
    assert before.items() < after.items()
    hanne.write_text(text.replace("mind the flour!", "mind the dust!"), "utf-8")
    changed = {string.id for string in strings_of(world, "en")}
    assert len(set(before) - changed) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_line_says_which_text_it_is(language: str, tmp_path: Path) -> None:
    world = tmp_path / "world"
    run(["new", str(world)])
    known = {string.id: string for string in strings_of(world, "en")}
    with Engine.load(world, model="none") as engine:
        talk = engine.talk_to("hanne")
        line = talk.say({"en": "What bread do you have today?", "zh": "今天有什么面包？"}[language]).line(timeout=10)
        assert line.line_id
        assert known[line.line_id].texts[language] == line.text
        assert line.as_dict()["line_ids"] == [line.line_id]
        fact = talk.say({"en": "Where does Corin work?", "zh": "谁在村门干活？"}[language]).line(timeout=10)
        assert (fact.line_ids, fact.line_id) == ((), "")


@pytest.mark.slow
def test_a_line_of_several_texts_names_each_in_order(tmp_path: Path) -> None:
    with Engine.load(ROOT / "world", model="none") as engine:
        line = engine.talk_to("mira").say("Hello! How do I get rid of a blister?").line(timeout=10)
    known = {string.id: string for string in strings_of(ROOT / "world", "en")}
    assert pack("en").gap.join(known[id].texts["en"] for id in line.line_ids) == (line.text if line.line_ids else "")


@pytest.mark.parametrize(
    ("po", "complaint"), [("not a po", ""), ('msgid "a\nmsgstr', "no .po that gettext would read")]
)
def test_what_is_no_po_is_told_in_a_sentence(
    po: str, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = tmp_path / "world"
    shutil.copytree(SMALL_WORLD, world)
    (tmp_path / "a.po").write_text(po, "utf-8")
    assert run(["strings", "import", str(world), str(tmp_path / "a.po"), "--to", "zh"]) == 2
    error = capsys.readouterr().err
    assert complaint in error
    assert error.count("\n") == 1


def test_ids_that_nothing_has_any_more_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = tmp_path / "world"
    shutil.copytree(SMALL_WORLD, world)
    (tmp_path / "a.po").write_text('msgctxt "personas.gone.role"\nmsgid "x"\nmsgstr "y"\n', "utf-8")
    assert run(["strings", "import", str(world), str(tmp_path / "a.po"), "--to", "zh"]) == 0
    assert "nothing has the id personas.gone.role any more" in capsys.readouterr().out
