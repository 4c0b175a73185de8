"""`npc new`: a world that passes every check, can be talked to at once, and writes over nothing."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from sampling import sampled

from npc_engine import Engine
from npc_engine.authoring.scaffold import SETTINGS
from npc_engine.cli.main import run
from npc_engine.content import examine, load_content

LANGUAGES = {"en": ("en",), "zh": ("zh",), "both": ("en", "zh")}
SMALL_TALK = {
    "en": ["Hello!", "Who are you?", "What do you do all day?", "I had a bad day.", "Do you like it here?", "Goodbye."],
    "zh": ["你好！", "你是谁？", "你平时都做什么？", "我今天倒霉透了。", "你喜欢这儿吗？", "再见。"],
}


class Terminal(io.TextIOWrapper):
    """A terminal at which somebody answers what is asked."""

    def __init__(self, *answers: str) -> None:
        super().__init__(io.BytesIO("".join(f"{answer}\n" for answer in answers).encode()), encoding="utf-8")

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("setting", sampled(SETTINGS, 1))
def test_a_new_world_has_no_mistakes_and_its_talks_go_as_written(
    setting: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    assert run(["new", str(folder), "--setting", setting, "--language", language]) == 0
    found = examine(folder)
    assert (found.mistakes, found.advice) == ((), ())
    assert found.content is not None
    assert tuple(found.content.world.languages) == LANGUAGES[language]
    assert len(found.content.personas) == 2
    assert run(["test", str(folder)]) == 0
    assert "all went as written" in capsys.readouterr().out
    for path in folder.rglob("*.yaml"):
        text = path.read_text("utf-8")
        assert text.startswith("# yaml-language-server: $schema="), path
        assert (path.parent / text.splitlines()[0].partition("=")[2]).is_file()
        assert "#en:" not in text
        assert "#zh:" not in text


@pytest.mark.parametrize("setting", sampled(SETTINGS, 1))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_its_people_are_pleasant_to_talk_to(setting: str, language: str, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert run(["new", str(folder), "--setting", setting]) == 0
    content = load_content(folder)
    with Engine.load(content, model="none") as engine:
        for npc, persona in content.personas.items():
            talk = engine.talk_to(npc)
            lines = [talk.say(text, language=language).line(timeout=10) for text in SMALL_TALK[language]]
            said = [line.text for line in lines]
            assert any(said[0].startswith(own) for own in persona.says("greeting", language))
            assert persona.names[language] in said[1]
            assert len(set(said)) == len(said)
            assert {line.language for line in lines} == {language}
            assert not any("{" in text for text in said)


def test_it_is_called_as_wished(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    named = ["--name", "Cold Reach", "--place", "the Deck", "--person", "Ana", "--person", "老白"]
    assert run(["new", str(folder), "--setting", "custom", *named]) == 0
    content = examine(folder).content
    assert content is not None
    assert (content.world.id, content.world.names) == ("cold_reach", {"en": "Cold Reach", "zh": "Cold Reach"})
    assert {persona.names["en"] for persona in content.personas.values()} == {"Ana", "老白"}
    assert content.entities[content.personas["ana"].home or ""].names["en"] == "the Deck"
    assert run(["test", str(folder)]) == 0


def test_a_name_stands_wherever_the_setting_has_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert run(["new", str(folder), "--setting", "village", "--language", "en", "--name", "Oakend"]) == 0
    assert "Saltmere" not in "".join(path.read_text("utf-8") for path in folder.rglob("*.yaml"))
    assert run(["test", str(folder)]) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_is_added(language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    run(["new", str(folder), "--language", language])
    given = ["--role", "the smith", "--manner", "gruff"] if language == "en" else []
    assert run(["new", str(folder), "--persona", "Old Bess", *given]) == 0
    found = examine(folder)
    assert (found.mistakes, found.advice) == ((), ())
    assert found.content is not None
    bess = found.content.personas["old_bess"]
    assert set(bess.names.values()) == {"Old Bess"}
    assert bess.home in found.content.entities
    if language == "en":
        assert (bess.role["en"], bess.temperament.manner) == ("the smith", "gruff")
    with Engine.load(folder, model="none") as engine:
        spoken = LANGUAGES[language][0]
        said = engine.talk_to("old_bess").say(SMALL_TALK[spoken][0], language=spoken).line(timeout=10).text
        assert any(said.startswith(own) for own in bess.says("greeting", spoken))


@pytest.mark.slow
def test_people_of_other_scripts_get_an_id_too(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    run(["new", str(folder), "--language", "zh"])
    assert run(["new", str(folder), "--persona", "老白"]) == 0
    assert run(["new", str(folder), "--persona", "小红"]) == 0
    content = examine(folder).content
    assert content is not None
    assert {"person", "person_2"} <= set(content.personas)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--setting", "moon"], "unknown setting 'moon'"),
        (["--language", "fr"], "unknown language 'fr'"),
        (["--place", "inn"], "add --setting custom"),
        (["--pronoun", "she"], "add --setting custom"),
        (["--name", "a: b"], "letters, digits, spaces"),
        (["--role", "the smith"], "add --persona NAME"),
        (["--setting", "custom", *["--person", "A"] * 3], "a new world has 2 people"),
    ],
)
def test_what_can_not_be_made_is_told_in_a_sentence(
    arguments: list[str], complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", str(tmp_path / "mine"), *arguments]) == 2
    error = capsys.readouterr().err
    assert complaint in error
    assert error.count("\n") == 1
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("name", ["Hanne", "hanne", "the bakery", "geese", ""])
def test_nobody_takes_anothers_name(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    run(["new", str(folder)])
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert run(["new", str(folder), "--persona", name]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", "utf-8")
    assert run(["new", str(tmp_path / "mine")]) == 2
    assert "is there already and is not written over" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    assert run(["new", str(tmp_path / "mine" / "notes.txt")]) == 2
    (tmp_path / "empty").mkdir()
    assert run(["new", str(tmp_path / "empty")]) == 0


def test_a_terminal_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("zh", "custom", "远方", "码头", "阿青", "", "女", "she"))
    assert run(["new", str(tmp_path / "mine")]) == 0
    content = examine(tmp_path / "mine").content
    assert content is not None
    assert content.world.names == {"zh": "远方"}
    assert "阿青" in [persona.names["zh"] for persona in content.personas.values()]
    assert [persona.pronoun for persona in content.personas.values()] == ["they", "she"]
    told = capsys.readouterr().out
    assert "跟阿青说话" in told
    assert "阿什的代词暂且写成 they" in told
    monkeypatch.setattr(sys, "stdin", Terminal("船夫", "he"))
    assert run(["new", str(tmp_path / "mine"), "--persona", "老白"]) == 0
    content = examine(tmp_path / "mine").content
    assert content is not None
    assert content.personas["person"].role == {"zh": "船夫"}
    assert content.personas["person"].pronoun == "he"
    assert "暂且写成" not in capsys.readouterr().out


def test_a_pronoun_is_as_said_or_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    people = ["--person", "Ana", "--person", "Odo"]
    assert run(["new", str(folder), "--setting", "custom", "--language", "en", *people, "--pronoun", "she"]) == 0
    told = capsys.readouterr().out
    assert "Written with `pronoun: they`: Odo." in told
    assert "personas/odo.yaml" in told
    assert run(["new", str(folder), "--persona", "Bess", "--pronoun", "she"]) == 0
    assert "they" not in capsys.readouterr().out
    assert run(["new", str(folder), "--persona", "Rook"]) == 0
    assert "Written with `pronoun: they`: Rook." in capsys.readouterr().out
    assert run(["new", str(folder), "--persona", "Wren", "--pronoun", "her"]) == 2
    assert "a pronoun is one of she, he, they and it, not 'her'" in capsys.readouterr().err
    content = load_content(folder)
    assert {id: one.pronoun for id, one in content.personas.items()} == {
        "ana": "she", "bess": "she", "odo": "they", "rook": "they",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "mark", "other", "closing"),
    [("the lamplighter", "zh: 待翻译", "zh", "Chinese"), ("点灯的人", "en: to be translated", "en", "English")],
)
def test_a_text_that_is_copied_into_another_language_is_to_be_translated(
    role: str, mark: str, other: str, closing: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    run(["new", str(folder)])
    assert run(["new", str(folder), "--persona", "Odo Brack", "--pronoun", "he", "--role", role]) == 0
    assert f"The role stands in {closing} as you wrote it: translate it in" in capsys.readouterr().out
    file = folder / "personas" / "odo_brack.yaml"
    assert f"  # {mark}" in file.read_text("utf-8")
    (advice,) = examine(folder).advice
    assert advice.message == f"`role` stands in {closing} as in another language: translate it"
    source = {"zh": "en", "en": "zh"}[other]
    assert run(["strings", "export", str(folder), "--to", other, "--from", source]) == 0
    entry = next(part for part in capsys.readouterr().out.split("\n\n") if f'msgid "{role}"' in part)
    assert "#, fuzzy" in entry
    file.write_text(file.read_text("utf-8").replace(f'"{other}": "{role}"', f'"{other}": "…"'), "utf-8")
    assert examine(folder).advice == ()
