"""`npc memory`, `npc slots export` and `npc slots import`: a save is looked into, changed and carried elsewhere."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sampling import examples
from test_snapshots import load, play

from npc_engine import SaveError, export_lines, import_lines
from npc_engine.cli.main import run
from npc_engine.testing import SMALL_WORLD

WORLD = ["--world", str(SMALL_WORLD)]


@pytest.fixture
def slot(tmp_path: Path) -> Path:
    path = tmp_path / "slot.npc"
    with load(path) as engine:
        engine.record("I hid the [gold].", speaker="player", audience=["mira", "tomas"])
        engine.record("The bridge fell.", changes=[("bridge", "condition", "destroyed")], audience=["mira"])
    return path


def shown(slot: Path, *options: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert run(["memory", str(slot), "mira", *WORLD, "--json", *options]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_mind_is_shown_and_the_save_left_as_it_was(slot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = slot.read_bytes()
    assert run(["memory", str(slot), "mira", *WORLD]) == 0
    out = capsys.readouterr().out
    assert "Mira: 2 memories" in out
    assert "I hid the [gold]." in out
    assert "bridge.condition.destroyed" in out
    assert run(["memory", str(slot), "mira"]) == 0
    assert "The bridge fell." in capsys.readouterr().out
    assert slot.read_bytes() == before


def test_a_mind_is_searched(slot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = shown(slot, "--find", "gold", capsys=capsys)
    assert found["memories"][0]["text"] == "I hid the [gold]."
    assert all("gold" in belief["fact"] for belief in found["beliefs"])


def test_a_mind_is_changed(slot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold, _ = shown(slot, capsys=capsys)["memories"]
    found = shown(slot, "--edit", str(gold["id"]), "--text", "I hid the silver.", capsys=capsys)
    assert [one["text"] for one in found["memories"]] == ["I hid the silver.", "The bridge fell."]
    found = shown(slot, "--add", "A gull cried.", "--forget", str(found["memories"][0]["id"]), capsys=capsys)
    assert [one["text"] for one in found["memories"]] == ["The bridge fell.", "A gull cried."]
    found = shown(slot, "--believe", "bridge condition sound", "--sure", "0.5", capsys=capsys)
    assert [(b["fact"], b["confidence"]) for b in found["beliefs"] if b["fact"].startswith("bridge.condition")] == [
        ("bridge.condition.sound", 0.5)
    ]
    found = shown(slot, "--forget", "bridge.condition.sound", capsys=capsys)
    assert not [b for b in found["beliefs"] if b["fact"].startswith("bridge.condition")]
    with load(slot) as engine:
        engine.rebuild()
        assert [memory.text for memory in engine.memories("mira")] == ["The bridge fell.", "A gull cried."]
        assert engine.memories("tomas")[0].text == "I hid the [gold]."


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["mirra"], "unknown NPC 'mirra'; did you mean 'mira'?"),
        (["mira", "--edit", "1"], "give both, or neither"),
        (["mira", "--forget", "999"], "unknown memory '999'"),
        (["mira", "--forget", "bridge is"], "give a subject, a predicate and an object"),
        (["mira", "--believe", "bridge condition golden"], "unknown value of condition 'golden'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    options: list[str], words: str, slot: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["memory", str(slot), *options, *WORLD]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_a_slot_goes_out_and_comes_back_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, lines, copy = tmp_path / "slot.npc", tmp_path / "slot.jsonl", tmp_path / "copy.npc"
    with load(path) as engine:
        play(engine, Random(1), 80)
        engine.amend("mira", engine.record("Oh!", audience=["mira"]), "Ah!")
        now, events, state = engine.now, engine.events, engine._timeline.projections.state()
    assert run(["slots", "export", str(path), str(lines)]) == 0
    assert run(["slots", "import", str(lines), str(copy)]) == 0
    assert capsys.readouterr().out.count(f"{len(events)} events") == 2
    with load(copy) as engine:
        assert (engine.now, engine.events, engine._timeline.projections.state()) == (now, events, state)
    assert list(export_lines(copy)) == list(export_lines(path))


def test_nothing_is_written_over(slot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = tmp_path / "slot.jsonl"
    lines.write_text("mine")
    assert run(["slots", "export", str(slot), str(lines)]) == 2
    assert lines.read_text() == "mine"
    before = slot.read_bytes()
    assert run(["slots", "import", str(lines), str(slot)]) == 2
    assert slot.read_bytes() == before
    assert capsys.readouterr().err.count("exists already") == 2
    assert run(["slots", "export", str(tmp_path / "gone.npc"), str(tmp_path / "new.jsonl")]) == 2
    assert not (tmp_path / "new.jsonl").exists()


HEAD = '{"npc-engine":"save","lines":1}'
EVENT = {"at": "1204-05-04T08:00:00", "kind": "said", "audience": ["mira"]}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nonsense", "this is not JSON"),
        ("[1]", "a line holds one JSON object"),
        ({"id": 7}, "event 1 comes next, and this is 7"),
        ({"colour": "red"}, "an event has no `colour`"),
        ({"at": "yesterday"}, "`at` is a time such as"),
        ({"at": "1204-05-04T08:00:00+01:00"}, "without a zone"),
        ({"audience": "mira"}, "`audience` is a list of ids"),
        ({"text": 7}, "`text` is a text, not 7"),
        ({"cause": 3}, "`cause` is the id of an earlier event"),
        ({"changes": [["bridge", "condition"]]}, "`changes` holds lists such as"),
        ({"claims": [["a", "b", "c", "no"]]}, "with true or false"),
        ({"feelings": [["mira", "player", "envy", 1]]}, "a feeling has no 'envy'"),
        ({"data": {"confidence": {"a.b.c": "much"}}}, "`data` has"),
        ({"data": {"edit": {"amends": 9}}}, "`data` has"),
        ('{"at":"1204-05-04T08:00:00","kind":"said","audience":[],"data":{"x":NaN}}', "NaN is not a number"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(line: str | dict[str, Any], words: str, tmp_path: Path) -> None:
    text = line if isinstance(line, str) else json.dumps({**EVENT, **line})
    with pytest.raises(SaveError, match=r"^strange\.jsonl:2: ") as caught:
        import_lines([HEAD, text], tmp_path / "slot.npc", name="strange.jsonl")
    assert words in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "is empty"),
        (['{"kind":"said"}'], "this is no export of a save"),
        (['{"npc-engine":"save","lines":99}'], "a newer npc-engine wrote this"),
        (['{"npc-engine":"save","lines":1,"events":5}', json.dumps(EVENT)], "it is not whole"),
    ],
)
def test_a_file_that_is_no_whole_export_is_refused(lines: list[str], words: str, tmp_path: Path) -> None:
    with pytest.raises(SaveError, match=words):
        import_lines(lines, tmp_path / "slot.npc")
    assert list(tmp_path.iterdir()) == []


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
keys = st.sampled_from(["kind", "audience", "text", "actor", "place", "changes", "claims", "feelings", "data", "cause"])


@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=st.dictionaries(keys, anything, max_size=3))
def test_whatever_a_strangers_line_holds_it_is_refused_or_folds(line: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "slot.npc"
    path.unlink(missing_ok=True)
    try:
        import_lines([HEAD, json.dumps({**EVENT, **line})], path)
    except SaveError:
        assert not path.exists()
        return
    with suppress(SaveError), load(path) as engine:  # heard by nobody of this world, it is another world's game
        engine._timeline.projections.state()
