"""The talk benchmark: conversations played by engines and a rival, blind sheets, and scores of what judges wrote."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml

from benchmarks.measure import ROOT
from benchmarks.talk import commands
from benchmarks.talk.conversations import HELD_OUT, BadConversationError, Talk, read_talks, unplayable
from benchmarks.talk.judged import BadJudgementError, read_judged, read_key
from benchmarks.talk.played import play
from benchmarks.talk.rival import play_rival
from benchmarks.talk.scoring import agreements, groups, pair, scores_of
from benchmarks.talk.sheets import write_sheets
from benchmarks.talk.transcripts import Transcript, read_transcripts, write_transcript
from npc_engine.testing import SMALL_WORLD, ScriptedModel

LAST = '    - {say: "bye", note: "a goodbye"}\n'
TALK = (
    """
- id: village-en-t1
  world: village
  npc: mira
  language: en
  player: a traveller who comes back
  lines:
    - {say: "im anna btw, from the coast", note: "greets, or takes up the name"}
    - later: 26 hours
    - {say: "whats my name", note: "Anna"}
"""
    + LAST
)
OLD_ENGINE = '''
"""An engine of another day, with the same front door."""
from types import SimpleNamespace as Bag
Content = Conversation = LanguageModel = Mistake = object
ContentError = ValueError
load_content = str
open_model = lambda spec, **settings: Bag(close=lambda: None)
class Engine:
    load = classmethod(lambda cls, content, **settings: cls())
    place_of = advance = save = close = lambda self, *args, **more: None
    def talk_to(self, npc):
        def line(text):
            return lambda timeout: Bag(text=f"{npc} hears {text}", act="greet", move="greet", model="none", trouble="")
        return Bag(say=lambda text: Bag(line=line(text)), leave=lambda: None)
'''


@pytest.fixture
def talks(tmp_path: Path) -> list[Talk]:
    folder = tmp_path / "conversations"
    folder.mkdir()
    (folder / "some.yaml").write_text(TALK, encoding="utf-8")
    return read_talks(folder, says=3)


def say(folder: Path, talk: Talk, *replies: str) -> Path:
    """Write a transcript, as a system that gave these replies."""
    write_transcript(folder, Transcript(talk, tuple({"reply": reply, "act": "greet"} for reply in replies)))
    return folder


def judge(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_conversation_is_played_across_a_save(talks: list[Talk], tmp_path: Path) -> None:
    assert play(talks, tmp_path / "none") == 1
    played = read_transcripts(tmp_path / "none", talks)["village-en-t1"]
    assert len(played.texts) == 3
    assert "Anna" in played.texts[1]  # said before the game was closed
    assert played.replies[2]["act"] == "part"


def test_another_checkout_is_played_by_its_own_code(talks: list[Talk], tmp_path: Path) -> None:
    package = tmp_path / "checkout" / "npc_engine"
    package.mkdir(parents=True)
    (tmp_path / "checkout" / "world").mkdir()
    (package / "__init__.py").write_text(OLD_ENGINE, encoding="utf-8")
    play(talks, tmp_path / "old", engine=tmp_path / "checkout")
    said = read_transcripts(tmp_path / "old", talks)["village-en-t1"].texts
    assert said == ["mira hears im anna btw, from the coast", "mira hears whats my name", "mira hears bye"]


@pytest.mark.slow
def test_an_older_engine_reads_of_a_world_what_it_knows(
    talks: list[Talk], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(SMALL_WORLD, checkout / "world")
    (checkout / "npc_engine").symlink_to(ROOT / "npc_engine")
    for file, more in {
        "personas/mira.yaml": "star_sign: {en: the crab}\n",
        "facts.yaml": "- bridge is_haunted_by oda\n- {fact: bridge condition splendid}\n",
    }.items():
        with (checkout / "world" / file).open("a", encoding="utf-8") as written:
            written.write(more)
    play(talks, tmp_path / "old", engine=checkout)
    assert "4 things left out" in capfd.readouterr().err
    assert "Anna" in read_transcripts(tmp_path / "old", talks)["village-en-t1"].texts[1]


@pytest.mark.slow
def test_the_rival_has_the_persona_what_she_knows_and_the_whole_chat(talks: list[Talk], tmp_path: Path) -> None:
    model = ScriptedModel(["Hello, Anna. I am busy today. And the", "Anna.", "Bye"])
    play_rival(talks, tmp_path / "rival", model)
    said = read_transcripts(tmp_path / "rival", talks)["village-en-t1"].texts
    assert said == ["Hello, Anna. I am busy today.", "Anna.", "Bye"]  # without what the limit cut off
    system, *chat = [message.content for message in model.requests[-1].messages]
    assert "You are Mira" in system
    assert "The bridge is destroyed." in system
    assert "keep this secret" in system
    assert chat[1] == said[0]
    assert chat[2].startswith("(26 hours later")


def test_a_transcript_of_other_lines_is_none(talks: list[Talk], tmp_path: Path) -> None:
    folder = say(tmp_path / "one", talks[0], "Hello.", "Anna.", "Bye.")
    written = (folder / "village-en-t1.yaml").read_text(encoding="utf-8")
    (folder / "village-en-t1.yaml").write_text(written.replace("whats my name", "who am i"), encoding="utf-8")
    assert read_transcripts(folder, talks) == {}


@pytest.mark.parametrize(
    ("was", "now", "mistake"),
    [
        ("later: 26 hours", "later: next day", "`later: 26 hours`"),
        ('{say: "bye", note: "a goodbye"}', '{say: "bye"}', "should be `say` with `note`"),
        ("language: en", "language: de", "should be en or zh"),
        ("  npc: mira\n", "", "needs the keys"),
        (LAST, "", "2 lines of the player's, where 3 are wanted"),
        (TALK, TALK + TALK, "2 conversations have this id"),
    ],
)
def test_a_mistake_in_a_conversation_is_named(tmp_path: Path, was: str, now: str, mistake: str) -> None:
    (tmp_path / "some.yaml").write_text(TALK.replace(was, now), encoding="utf-8")
    with pytest.raises(BadConversationError, match=r"village-en-t1") as error:
        read_talks(tmp_path, says=3)
    assert mistake in str(error.value)


def test_a_conversation_with_nobody_is_found(talks: list[Talk], tmp_path: Path) -> None:
    (tmp_path / "some.yaml").write_text(TALK.replace("npc: mira", "npc: mirra"), encoding="utf-8")
    assert unplayable(talks) == []
    assert unplayable(read_talks(tmp_path, says=3)) == ["village-en-t1: nobody in village has the id 'mirra'"]


@pytest.mark.slow
def test_the_held_out_conversations_can_be_played() -> None:
    talks = read_talks(HELD_OUT)
    assert unplayable(talks) == []


@pytest.mark.slow
def test_a_sheet_tells_the_truth_and_hides_the_systems(talks: list[Talk], tmp_path: Path) -> None:
    systems = {
        "system_p": say(tmp_path / "p", talks[0], "Hello.", "You are Anna.", "Bye."),
        "system_v": say(tmp_path / "v", talks[0], "Hello.", "You are Anna.", "Bye."),
        "system_r": say(tmp_path / "r", talks[0], "Hi!", "I am Anna.", "See you!"),
    }
    assert write_sheets(talks, systems, tmp_path / "sheets", tmp_path / "key.yaml") == 1
    sheet = (tmp_path / "sheets" / "sheet-01.md").read_text(encoding="utf-8")
    assert "The bridge is destroyed." in sheet  # what everybody knows
    assert "Mira hides this" in sheet
    assert "26 hours later" in sheet
    assert "*greets, or takes up the name*" in sheet
    assert not any(name in sheet for name in systems)
    key = read_key(tmp_path / "key.yaml")["village-en-t1"]
    assert sorted(map(sorted, key.values())) == [
        ["system_p", "system_v"],
        ["system_r"],
    ]  # the same replies, judged once
    letter = next(letter for letter, names in key.items() if names == ["system_r"])
    assert f"- **{letter}:** I am Anna." in sheet


@pytest.mark.slow
def test_letters_are_shuffled_by_the_seed(talks: list[Talk], tmp_path: Path) -> None:
    systems = {name: say(tmp_path / name, talks[0], name, name, name) for name in ("one", "two", "three", "four")}
    keys = []
    for seed in (0, 0, 1, 2, 3):
        write_sheets(talks, systems, tmp_path / "sheets", tmp_path / "key.yaml", seed=seed)
        keys.append(yaml.safe_dump(read_key(tmp_path / "key.yaml")))
    assert keys[0] == keys[1]
    assert len(set(keys)) > 1


def test_scores_are_counted(talks: list[Talk], tmp_path: Path) -> None:
    key = {"village-en-t1": {"A": ["ours", "voiced"], "B": ["rival"]}}
    one = judge(tmp_path / "one.txt", "village-en-t1 A 2 2 1", "village-en-t1 B 2 0gi 1x")
    two = judge(tmp_path / "two.txt", "# another judge", "village-en-t1 B 2 1g 0  # circles")
    judged = read_judged([one, two], key, replies=3)
    scores = scores_of(judged, key, talks)
    assert scores["voiced"].score.tolist() == [[2, 2, 1]]
    assert scores["rival"].score.tolist() == [[2, 0.5, 0.5]]  # the mean of two judges
    assert scores["rival"].zero.tolist() == [[0, 0.5, 0.5]]
    assert scores["rival"].flags[0, 1].tolist() == [0.5, 0, 1, 0, 0, 0]
    against = pair(scores["ours"], scores["rival"])
    assert against.better.value == pytest.approx(2 / 3)
    assert against.equal == pytest.approx(1 / 3)
    assert pair(scores["ours"], scores["rival"], whole=True).better.value == 1
    after = groups(talks, {"village-en-t1": ["greet", "ask", "part"]})
    assert after["session"]["after a save"].tolist() == [[False, True, True]]
    assert np.array_equal(after["heard as"]["ask"], [[False, True, False]])
    (agreed,) = agreements(judged)
    assert (agreed.judges, agreed.replies) == (("one", "two"), 3)
    assert agreed.same == pytest.approx(1 / 3)
    assert agreed.same_zeros == pytest.approx(1 / 3)


def test_an_interval_spans_what_conversations_differ_in(talks: list[Talk], tmp_path: Path) -> None:
    many = [Talk(f"t{number}", "village", "mira", "en", "x", talks[0].lines) for number in range(40)]
    key = {talk.id: {"A": ["ours"], "B": ["rival"]} for talk in many}
    lines = [f"{talk.id} {letter} {good} {good} {good}"
             for number, talk in enumerate(many)
             for letter, good in (("A", 2), ("B", 2 * (number % 4 == 0)))]  # fmt: skip
    scores = scores_of(read_judged([judge(tmp_path / "one.txt", *lines)], key, replies=3), key, many)
    better = pair(scores["ours"], scores["rival"]).better
    assert better.value == 0.75
    assert 0.55 < better.low < 0.7
    assert 0.8 < better.high < 0.95


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("village-en-t1 A 2 1", "one.txt:1: village-en-t1 A: 2 judgements for 3 replies"),
        ("village-en-t1 A 2 1 3", "'3' is no judgement"),
        ("village-en-t1 A 2 1 1z", "'1z' is no judgement"),
        ("village-en-t1 C 2 1 1", "no such conversation and letter: village-en-t1 C"),
        ("village-en-t1 A 2 1 1\nvillage-en-t1 A 2 1 1", "one.txt:2: village-en-t1 A is judged twice"),
        ("", "village-en-t1 A is judged by nobody"),
    ],
)
def test_what_cannot_be_counted_is_named(tmp_path: Path, line: str, mistake: str) -> None:
    with pytest.raises(BadJudgementError) as error:
        read_judged([judge(tmp_path / "one.txt", line)], {"village-en-t1": {"A": ["ours"]}}, replies=3)
    assert mistake in str(error.value)


@pytest.mark.slow
def test_sheets_and_scores_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = TALK.replace(LAST, LAST * 8)
    (tmp_path / "some.yaml").write_text(lines, encoding="utf-8")
    (talk,) = read_talks(tmp_path)
    systems = [str(say(tmp_path / name, talk, *[name] * 10)) for name in ("ours", "theirs")]
    folder, key = ["--conversations", str(tmp_path)], ["--key", str(tmp_path / "key.txt")]
    assert commands.main(["sheets", *folder, *key, "--out", str(tmp_path / "sheets"), *systems]) == 0
    by_system = {names[0]: letter for letter, names in read_key(tmp_path / "key.txt")[talk.id].items()}
    scored = judge(
        tmp_path / "ann.txt",
        f"{talk.id} {by_system['ours']} 2 2 2 2 2 2 2 2 1 1r",
        f"{talk.id} {by_system['theirs']} 1 1 1 1 1 1 1 1 0x 1",
    )
    assert commands.main(["score", *folder, *key, "--acts", systems[0], str(scored)]) == 0
    rows = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "ours 10 1.80 (1.80–1.80) 0.0% 0.0 0.0 0.0 10.0 0.0 0.0" in rows
    assert "theirs 10 0.90 (0.90–0.90) 10.0% 0.0 0.0 0.0 0.0 10.0 0.0" in rows
    assert "ours theirs 90.0 (90.0–90.0) 10.0 100.0 (100.0–100.0) 0.0" in rows
    assert "after a save 9 1.78 (0% 0) 0.89 (11% 0)" in rows
    assert "greet 10 1.80 (0% 0) 0.90 (10% 0)" in rows


def test_a_broken_folder_is_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "some.yaml").write_text(TALK, encoding="utf-8")
    assert commands.main(["play", "--conversations", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "3 lines of the player's, where 10 are wanted" in capsys.readouterr().err
