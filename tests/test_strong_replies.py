"""The corpus of strong models' replies is played as written, and what was measured on it does not get worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import strong

SEEDS = list(strong.entries(strong.HERE / "seed.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("entry", SEEDS, ids=[f"{one.kind}-{one.npc}-{one.place}" for one in SEEDS])
def test_honest_sentences_are_kept_and_bad_ones_stopped(entry: strong.Entry) -> None:
    played = strong.play(entry)
    assert played.stopped
    assert played.cut == () or entry.kind != strong.HONEST


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("- 3", "a mapping"),
        ("- {world: reedwater, language: en, npc: zoe, said: Hi, reply: Hi., kind: honest}", "nobody is called"),
        ("- {world: reedwater, language: en, npc: mira, said: Hi, reply: Hi., kind: odd}", "no kind"),
        ("- {world: reedwater, language: en, npc: mira, said: Hi, reply: Hi., kind: free}", "lists its bad"),
        (
            "- {world: reedwater, language: en, npc: mira, said: Hi, reply: Hi., kind: free, bad: [Ho.]}",
            "word for word",
        ),
        ("- {world: reedwater, language: en, npc: mira, said: Hi, reply: 3, kind: honest}", "reply is a text"),
        ("- {world: reedwater, language: en, npc: mira, said: Hi, reply: Hi., kind: honest, more: 1}", "unknown keys"),
    ],
)
def test_an_entry_that_can_not_be_played_is_told_of(tmp_path: Path, entry: str, why: str) -> None:
    (tmp_path / "a.yaml").write_text(entry, encoding="utf-8")
    with pytest.raises(strong.CorpusError, match=why):
        list(strong.entries(tmp_path))


def test_a_folder_without_entries_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strong.measure(tmp_path)
    assert "0 entries" in capsys.readouterr().out


@pytest.mark.slow
def test_what_a_talk_costs_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    said = [strong.cost.Said("mira", "en", line, '{"say": "Sit down."}') for line in ("Hello.", "Nice day.")]
    strong.cost.measure([(strong.load_content(strong.WORLDS["reedwater"]), said)])
    printed = capsys.readouterr().out
    assert "calls on average: 1.0" in printed
    assert "tokens in, en" in printed
