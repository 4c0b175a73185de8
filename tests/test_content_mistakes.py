"""What writers get wrong, and what they are told: every example is one change to the hamlet's files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from _pytest.mark.structures import ParameterSet

from npc_engine.content import check_content, examine

CONTENT = Path(__file__).parent / "content"
GRETA = "personas/greta.yaml"


def examples(name: str) -> list[ParameterSet]:
    """The examples of a file in tests/content, named by what they change."""
    entries = yaml.safe_load((CONTENT / f"{name}.yaml").read_text("utf-8"))
    return [
        pytest.param(*(entry[key] for key in ("file", "was", "becomes", "told")), id=entry["becomes"].strip()[:40])
        for entry in entries
    ]


@pytest.fixture(autouse=True)
def _in_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(CONTENT / "hamlet", tmp_path / "w")
    monkeypatch.chdir(tmp_path)


def change(file: str, was: str, becomes: str) -> None:
    path = Path("w") / file
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), "utf-8")


def told(file: str, was: str, becomes: str) -> list[str]:
    change(file, was, becomes)
    return [str(mistake) for mistake in check_content("w")]


@pytest.mark.parametrize(("file", "was", "becomes", "message"), examples("schema"))
def test_what_does_not_fit_the_schema(file: str, was: str, becomes: str, message: str) -> None:
    assert told(file, was, becomes) == [f"w/{file}:{message}"]


@pytest.mark.parametrize(("file", "was", "becomes", "message"), examples("references"))
def test_what_does_not_go_together(file: str, was: str, becomes: str, message: str) -> None:
    assert told(file, was, becomes) == [f"w/{file}:{message}"]


@pytest.mark.parametrize(("file", "was", "becomes", "message"), examples("advice"))
def test_what_had_better_be_mended(file: str, was: str, becomes: str, message: str) -> None:
    change(file, was, becomes)
    found = examine("w")
    assert found.mistakes == ()
    assert found.content is not None
    assert str(found.advice[0]) == f"w/{file}:{message}"


def test_an_answer_may_repeat_what_gives_a_secret_away() -> None:
    change(GRETA, "said: {en: Good day., zh: 你好。}", "said: {en: You have a debt?, zh: 有债？}")
    change(GRETA, "reply: {en: Day., zh: 嗯。}", "reply: {en: What debt?, zh: 什么债？}")
    assert examine("w").advice == ()
    change(GRETA, "zh: 有债？", "zh: 有钱？")
    (advice,) = examine("w").advice
    assert "'债' gives away the secret 'debt'" in advice.message


def test_what_is_common_gives_nothing_away() -> None:
    change("things.yaml", "- ", "- {id: ring, common: false, names: {en: ring, zh: 戒指}}\n- ")
    change("facts.yaml", "- bridge", "- tomas has ring\n- bridge")
    change(GRETA, "facts: [tomas owes greta]", "facts: [tomas owes greta, tomas has ring]")
    change(GRETA, "greeting: {en: [Well?, Day.]", "greeting: {en: [Well?, Ring twice.]")
    assert ["'ring'" in advice.message for advice in examine("w").advice] == [True]
    change("things.yaml", "common: false, ", "")
    assert examine("w").advice == ()


def test_a_world_of_one_language_needs_no_other() -> None:
    change("world.yaml", "[en, zh]", "[en]")
    assert told("predicates.yaml", ", zh: 断}", "}") == []


def test_words_that_yaml_would_twist_stay_as_written() -> None:
    phrases = "phrases:\n  no: {en: [No., Nay.], zh: [不。, 没有。]}\n  yes: {en: [on, off], zh: [是, 对]}"
    assert told(GRETA, "phrases:", phrases) == []
    content = examine("w").content
    assert content is not None
    greta = content.personas["greta"]
    assert greta.says("no", "en") == ["No.", "Nay."]
    assert greta.says("yes", "en") == ["on", "off"]
    assert greta.schedule[0].from_ == "06:30"


def test_a_broken_file_does_not_make_what_it_declares_unknown() -> None:
    change("facts.yaml", "tomas owes", "tomas ows")
    change("places.yaml", "- id: smithy", "- id: [smithy")
    assert [str(mistake) for mistake in check_content("w")] == [
        "w/facts.yaml:4:15: unknown predicate 'ows'; did you mean 'owes'?",
        "w/places.yaml:2:8: a comma or the closing ] is missing before this; a text with commas, quotes or "
        "braces in it needs quotes around the whole",
    ]


def test_a_world_with_many_mistakes_hears_of_all_of_them_in_order() -> None:
    shutil.copytree(CONTENT / "muddle", "muddle")
    expected = (CONTENT / "muddle.txt").read_text("utf-8").splitlines()
    assert len(expected) > 20
    assert [str(mistake) for mistake in check_content("muddle")] == expected


def test_a_qualifier_may_come_from_the_other_way_round() -> None:
    change("predicates.yaml", "  asks: [who, how_many]", "  asks: [who, how_many]\n  inverse: lent")
    with Path("w/predicates.yaml").open("a", encoding="utf-8") as file:
        file.write('- id: lent\n  wording: {en: "{subject} lent {amount}", zh: "{subject}借出{amount}"}\n')
    assert examine("w").advice == ()
