"""What events say besides: written and read in one place, in the form that slots have always had."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import npc_engine
from npc_engine.payloads import (
    PAYLOADS,
    Addressed,
    Answered,
    Claimed,
    Confided,
    Edit,
    Edited,
    Forgotten,
    Heard,
    Payload,
    Told,
    details,
    faulty,
)

PACKAGE = Path(npc_engine.__file__).parent


def test_nothing_else_spells_a_key() -> None:
    reads = re.compile(r"\.data(\.get\(|\[[\"'])|in \w+\.data\b")
    others = [path for folder in (PACKAGE, PACKAGE.parent / "demo_game") for path in sorted(folder.rglob("*.py"))]
    found = [path.name for path in others if path.name != "payloads.py" and reads.search(path.read_text("utf-8"))]
    assert found == []


def test_a_key_belongs_to_one_payload() -> None:
    keys = Counter(key for payload in PAYLOADS for key in payload.__dataclass_fields__)
    assert [key for key, times in keys.items() if times > 1] == []


def test_an_answer_stands_in_a_slot_as_it_always_did() -> None:
    answer = Answered("ask", "answer", "en", "none", ("known",))
    said = details(
        Addressed("player"), answer, Claimed({"a.b.c": 0.5}, {"a.b.c": ("mira",)}), Confided(True, {"tomas", "pip"})
    )
    assert list(said.items()) == [
        ("to", "player"),
        ("act", "ask"),
        ("move", "answer"),
        ("language", "en"),
        ("model", "none"),
        ("reasons", ["known"]),
        ("confidence", {"a.b.c": 0.5}),
        ("chain", {"a.b.c": ["mira"]}),
        ("confided", True),
        ("pass_on", ["pip", "tomas"]),
    ]
    assert Answered.read(said).reasons == ["known"]
    assert Edited.read(said).edit is None


@pytest.mark.parametrize(
    ("payload", "data"),
    [
        (Heard(), {}),
        (Heard("whisper", ["pip"]), {"volume": "whisper", "overheard": ["pip"]}),
        (Told([["likes", "", "rain"]]), {"told": [["likes", "", "rain"]]}),
        (Forgotten([3], 7), {"forgets": [3], "left": 7}),
        (Edited(Edit(confidence=1.0)), {"edit": {"confidence": 1.0}}),
        (Edited(Edit(amends=4)), {"edit": {"amends": 4}}),
    ],
)
def test_what_is_written_is_read(payload: Payload, data: dict[str, object]) -> None:
    assert payload.data() == data
    assert type(payload).read(data) == payload


@pytest.mark.parametrize(
    "data", [{"forgets": [9]}, {"edit": {"amends": 9}}, {"volume": "roar"}, {"overheard": "pip"}, {"told": [["likes"]]}]
)
def test_what_cannot_be_is_found(data: dict[str, object]) -> None:
    assert faulty(data, event_id=9) == next(iter(data))
