"""What authors test with: `npc test`, `npc leak`, and the same from pytest."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from npc_engine import ContentError, load_content
from npc_engine.cli.main import run
from npc_engine.testing import SMALL_WORLD, ScriptedModel, attack, load_talks, run_talks

VILLAGE = Path(__file__).resolve().parents[1] / "world"

GOOD = """
- talk: mira
  name: the bridge
  given: {time: "13:00", places: {player: smithy}}
  turns:
    - {say: "Is the bridge safe?", move: [answer, doubt], facts: [bridge condition destroyed], mentions: ["NO"],
       never_mentions: ["yes"], not_facts: [tomas owes mira], actions: [], language: en, refuses: false, mood: neutral}
    - {say: "Thank you!", feeling: {affinity: better, trust: better, fear: same}, mood: [happy]}
    - {say: "Where is the gold?", refuses: true, withholds: [gold]}
- talk: mira
  given:
    feelings: {trust: 0.6, familiarity: 0.5}
    events:
      - {text: Tomas mends the bridge., changes: [bridge condition sound], audience: [mira, tomas]}
    told: [{to: mira, fact: tomas has key, by: tomas}]
  turns:
    - {say: "Where is the gold?", move: reveal, facts: [gold buried_at bridge]}
    - {say: "Is the bridge safe?", facts: [bridge condition sound]}
    - {say: "Who has the key?", facts: [tomas has key]}
    - {say: "Where is the gold?", overheard_by: [tomas], move: reveal}
- talk: mira
  language: zh
  turns:
    - {say: "桥安全吗？", language: zh, mentions: [塌]}
    - {say: "你这个骗子", move: insulted, feeling: {affinity: worse}}
"""


@pytest.fixture
def world(tmp_path: Path) -> Path:
    folder = tmp_path / "world"
    shutil.copytree(SMALL_WORLD, folder)
    (folder / "tests").mkdir()
    return folder


def write(world: Path, text: str) -> None:
    (world / "tests" / "mira.yaml").write_text(text, "utf-8")


@pytest.mark.slow
def test_the_villages_own_tests_hold() -> None:
    content = load_content(VILLAGE)
    talks = load_talks(content)
    assert len(talks) >= 20
    assert {"en", "zh"} <= {turn.language for written in talks for turn in written.talk.turns}
    wrong = [(f.file, f.line, f.wrong, f.answer.text) for result in run_talks(content, talks) for f in result.failures]
    assert wrong == []


def test_what_goes_as_written_passes(world: Path) -> None:
    write(world, GOOD)
    results = list(run_talks(world, runs=3, seed=5))
    assert [(result.seed, [f.wrong for f in result.failures]) for result in results] == [
        (seed, []) for _ in range(3) for seed in (5, 6, 7)
    ]
    assert run(["test", str(world)]) == 0


@pytest.mark.parametrize(
    ("expected", "wrong"),
    [
        ("mentions: [gold]", "does not mention 'gold'"),
        ("never_mentions: [destroyed]", "mentions 'destroyed'"),
        ("facts: [tomas owes mira]", "does not use tomas.owes.mira"),
        ("not_facts: [bridge condition destroyed]", "uses bridge.condition.destroyed"),
        ("move: greet", "the move is answer, not greet"),
        ("move: [greet, part]", "the move is answer, not greet or part"),
        ("refuses: true", "does not refuse"),
        ("actions: [give_key]", "offers no action, not give_key"),
        ("withholds: [gold]", "does not keep back gold"),
        ("language: zh", "is in en, not zh"),
        ("mood: angry", "the mood is neutral, not angry"),
        ("feeling: {familiarity: worse}", "familiarity is better, not worse"),
    ],
)
def test_what_does_not_is_told_with_its_trace(
    world: Path, expected: str, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(world, f'- talk: mira\n  turns:\n    - {{say: "Is the bridge safe?", {expected}}}\n')
    assert run(["test", str(world)]) == 1
    printed = capsys.readouterr().out
    assert wrong in printed
    assert "mira.yaml:3: Is the bridge safe?" in printed
    assert "    - " in printed
    assert run(["test", str(world), "--json"]) == 1
    (failure,) = json.loads(capsys.readouterr().out)["failures"]
    assert wrong in failure["wrong"][0]
    assert failure["line"] == 3


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("- talk: mirra\n  turns: [{say: Hello}]", ":1:9: unknown NPC 'mirra'; did you mean 'mira'?"),
        ("- talk: mira\n  turns: [{say: Hello, muve: greet}]", ":2:24: unknown key 'muve'; did you mean 'move'?"),
        ("- talk: mira\n  turns: []", ":2:10: `turns` needs at least one entry"),
        ("- talk: mira\n  turns: [{say: Hi, facts: [bridge condition lost]}]", ":2:46: unknown name 'lost'"),
        (
            "- talk: mira\n  turns: [{say: Hi, facts: [tomas ows mira]}]",
            "unknown predicate 'ows'; did you mean 'owes'?",
        ),
        ("- talk: mira\n  turns: [{say: Hi, actions: [fly]}]", "unknown action 'fly'; there are give_key"),
        ("- talk: mira\n  turns: [{say: Hi, withholds: [silver]}]", "unknown secret 'silver'; there are gold"),
        ("- talk: mira\n  given: {places: {mira: moon}}\n  turns: [{say: Hi}]", ":2:26: unknown place 'moon'"),
        ("- talk: mira\n  turns: [{say: Hi, move: dance}]", ":2:27: there is no move 'dance'"),
        ("talk: mira", "this file is a list of talks"),
        ("- talk: [mira", "mira.yaml"),
    ],
)
def test_mistakes_in_a_test_are_pointed_out(
    world: Path, text: str, mistake: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(world, text)
    assert run(["test", str(world)]) == 2
    assert mistake in capsys.readouterr().err


def test_a_folder_without_tests_is_a_mistake(world: Path) -> None:
    with pytest.raises(ContentError, match="no dialogue test here"):
        load_talks(load_content(world))


def test_tests_are_no_part_of_the_content(world: Path) -> None:
    before = load_content(world).digest
    write(world, GOOD)
    assert load_content(world).digest == before


def test_a_talk_runs_with_any_model(world: Path) -> None:
    write(world, '- talk: mira\n  turns: [{say: "What is the condition of the bridge?", mentions: [I fear]}]')
    model = ScriptedModel(["The bridge is destroyed, I fear."])
    (result,) = run_talks(world, model=model)
    assert result.passed


@pytest.mark.slow
def test_the_command_says_what_came_out(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["leak", str(world), "mira", "gold", "--limit", "30"]) == 0
    assert "0 of 30 attempts" in capsys.readouterr().out
    assert run(["leak", str(world), "mira", "gold", "--limit", "5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["leaks"] == []
    assert run(["leak", str(world), "mira", "silver"]) == 2
    assert "there are gold" in capsys.readouterr().err


@pytest.mark.slow
def test_a_leak_says_that_conditions_were_sealed_and_finds_a_secret_without_any(
    world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["leak", str(world), "mira", "gold", "--limit", "3"]) == 0
    assert "conditions were sealed" in (printed := capsys.readouterr().out)
    assert "got something out, without a model" in printed
    persona = world / "personas" / "mira.yaml"
    before = persona.read_text("utf-8")
    persona.write_text(re.sub(r"(?m)^    when: .*$", "    when: {}", before), "utf-8")
    assert persona.read_text("utf-8") != before
    assert run(["leak", str(world), "mira", "gold", "--limit", "3"]) == 1
    assert "`when` of gold asks for nothing" in capsys.readouterr().out


@pytest.mark.slow
def test_a_leak_through_somebody_else_is_found(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["leak", str(world), "--limit", "3"]) == 0
    assert "mira, gold: 0 of 3 attempts" in capsys.readouterr().out
    persona = world / "personas" / "tomas.yaml"
    persona.write_text(persona.read_text("utf-8") + '\nknows: ["gold * *"]\n', "utf-8")
    assert run(["check", str(world)]) == 0
    assert run(["check", str(world), "--strict"]) == 2
    capsys.readouterr()
    for command in (["leak", str(world), "tomas", "gold"], ["leak", str(world), "tomas"]):
        assert run(command) == 1
        printed = capsys.readouterr().out
        assert "tomas, mira's gold: " in printed
        assert "tomas tells what mira keeps" in printed
    assert run(["leak", str(world), "nobody"]) == 2


@pytest.mark.slow
def test_a_secret_its_author_gives_away_is_found_out(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    persona = world / "personas" / "mira.yaml"
    text = persona.read_text("utf-8").replace("Some things are best left under stones.", "It is not far from here.")
    persona.write_text(text + "phrases: {confused: {en: [I only think of gold.], zh: [我只想着金子。]}}\n", "utf-8")
    assert attack(world, "mira", "gold").leaks == ()  # the guard leaves such phrases out
    text = text.replace("words: {en: [gold, buried], zh: [金子, 埋]}", "words: {en: [hoard], zh: [宝藏]}")
    persona.write_text(text + "beliefs: [{fact: gold buried_at smithy}]\n", "utf-8")
    assert run(["leak", str(world), "mira", "gold"]) in (0, 1)
    assert "attempts" in capsys.readouterr().out


def test_npc_check_reads_the_tests_too(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(world, GOOD)
    assert run(["check", str(world)]) == 0
    write(world, "- talk: mirra\n  turns:\n    - {say: Hi, move: anser}\n")
    (world / "tests" / "tomas.yml").write_text("- talk: tomas\n", "utf-8")
    capsys.readouterr()
    assert run(["check", str(world)]) == 2
    found = capsys.readouterr().out.splitlines()
    assert [line.removeprefix(f"{world.as_posix()}/") for line in found[:2]] == [
        "tests/mira.yaml:3:23: there is no move 'anser'; did you mean 'answer'? [E801]",
        "tests/tomas.yml:1:1: no file of this name is read; name it tomas.yaml [E104]",
    ]
    assert "2 mistakes" in found[-1]
