"""What a line states is taken from whole clauses, whatever their form; what nobody vouches for is not."""

from __future__ import annotations

import re
import time

import pytest

from benchmarks.requests import opened
from npc_engine.lang import pack

STATED = [
    ("en", "The bridge was broken by Bram.", ("bram", "broke", "bridge", True)),
    ("en", "It wasn't Tomas who broke the bridge.", ("tomas", "broke", "bridge", False)),
    ("en", "turns out greta hasnt got the rope", ("greta", "has", "rope", False)),
    ("en", "The mill belongs to Greta now.", ("greta", "owns", "mill", True)),
    ("en", "Pip's mother is Anke.", ("anke", "mother_of", "pip", True)),
    ("en", "Here, I've got the rope.", ("player", "has", "rope", True)),
    ("zh", "布拉姆把桥弄塌了！", ("bram", "broke", "bridge", True)),
    ("zh", "桥不是托马斯弄塌的", ("tomas", "broke", "bridge", False)),
    ("zh", "铁销在皮普口袋里", ("pip", "has", "iron_pin", True)),
    ("zh", "皮普的妈妈是安柯。", ("anke", "mother_of", "pip", True)),
    ("zh", "绳子我有", ("player", "has", "rope", True)),
]
NOT_STATED = [
    ("en", "Greta has the pin, they say."),
    ("en", "Tomas nearly broke the bridge."),
    ("en", "Greta had the rope last week."),
    ("en", "Oh sure, Bram owns the mill, and I'm the queen."),
    ("en", "Greta has the pin, doesn't she?"),
    ("en", "Pip says so. Tomas broke the bridge."),
    ("zh", "布拉姆非说桥是托马斯弄塌的"),
    ("zh", "托马斯差点弄塌桥"),
    ("zh", "绳子以前在格蕾塔那儿"),
    ("zh", "要是铁销在格蕾塔那儿就好了"),
    ("zh", "桥快修好了"),
]


def claims_of(line: str, language: str) -> list[tuple[str, str, str, bool]]:
    """Return what Mira takes up from a line."""
    with opened("reedwater") as engine:
        engine.talk_to("mira").say(line, language=language).line(timeout=30)
        return [one[:4] for event in engine.events for one in event.claims if event.actor == "player"]


@pytest.mark.parametrize(("language", "line", "claim"), STATED)
def test_what_is_stated_is_taken_up(language: str, line: str, claim: tuple[str, str, str, bool]) -> None:
    assert claims_of(line, language) == [claim]


@pytest.mark.parametrize(("language", "line"), NOT_STATED)
def test_what_nobody_vouches_for_is_not(language: str, line: str) -> None:
    assert claims_of(line, language) == []


def test_several_are_told_at_once() -> None:
    told = claims_of("Tomas and Greta are at the inn. Greta has the rope and the pin.", "en")
    assert {one[0] for one in told if one[1] == "at"} == {"tomas", "greta"}
    assert {one[2] for one in told if one[1] == "has"} == {"rope", "iron_pin"}


@pytest.mark.parametrize(
    ("language", "line"), [("en", "Greta, Bram and really Tomas " * 60), ("zh", "格蕾塔和布拉姆都已经" * 90)]
)
def test_a_line_without_end_is_read_in_no_time(language: str, line: str) -> None:
    began = time.process_time()
    claims_of(line, language)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_frame_is_one(language: str) -> None:
    statements = pack(language).statements
    for name in statements.frames:
        for way in ("state", "event", "able"):
            assert not re.search(r"\{[a-z]", statements.frame(name, way).pattern)
