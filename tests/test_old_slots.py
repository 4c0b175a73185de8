"""Saves made by earlier versions open, and everybody remembers. `slots/NAME.yaml` says what was played in NAME.npc.

`tour/old_slot.yaml` looks at more of the same slot, number by number.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from npc_engine import Engine, import_lines

HERE = Path(__file__).parent
WORLD = HERE.parent / "world"
SLOT = HERE / "slots" / "november_2026.npc"


@pytest.fixture(params=["slot", "lines"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """The old game, from its slot or from the lines that were exported of it."""
    slot = tmp_path / "game.npc"
    if request.param == "slot":
        shutil.copy(SLOT, slot)
    else:
        import_lines(SLOT.with_suffix(".jsonl").read_text("utf-8").splitlines(), slot)
    with Engine.load(WORLD, save=slot, model="none") as engine:
        yield engine


@pytest.mark.slow
def test_what_happened_is_all_there(engine: Engine) -> None:
    assert len(engine.events) == 131
    assert str(engine.now) == "1204-05-05 07:17:00"
    assert engine.ask("player", "has", "iron_pin")
    assert {"green_light", "the_iron_pin", "what_tomas_did"} <= {beat.id for beat in engine.story()}


@pytest.mark.slow
def test_what_was_said_is_remembered(engine: Engine) -> None:
    texts = {npc: [memory.text for memory in engine.memories(npc)] for npc in engine.people}
    assert "I promise to bring you the tin whistle." in texts["mira"]
    assert "I have a horse called Bess." in texts["mira"]
    assert "你看见了什么？" in texts["pip"]
    assert "A cart goes through the ice of the mill pond." in texts["lian"]
    assert "Pip has the tin whistle." in texts["greta"]
    assert not any("Pip has the tin whistle." in texts[other] for other in texts if other != "greta")


def test_what_was_learned_is_believed_and_has_its_source(engine: Engine) -> None:
    (ale,) = engine.beliefs("greta", "bram", "waters", "ale")
    assert (ale.how, ale.by) == ("told", "lian")
    (pin,) = engine.beliefs("tomas", "player", "has", "iron_pin")
    assert pin.how == "saw"
    assert engine.beliefs("mira", "player", "kept_promise", "mira")
    assert not engine.beliefs("pip", "bram", "waters", "ale")


def test_what_was_felt_is_still_felt(engine: Engine) -> None:
    assert engine.feeling("mira").trust > 0.1
    assert engine.feeling("pip").affinity > 0.1
    assert engine.feeling("tomas").affinity < 0
    assert any(felt.aspect == "affinity" and felt.amount < 0 for felt in engine.why_feeling("tomas"))


def test_folding_it_all_again_comes_to_the_same(engine: Engine) -> None:
    before = {npc: (engine.memories(npc), engine.beliefs(npc), engine.feeling(npc)) for npc in engine.people}
    engine.rebuild()
    after = {npc: (engine.memories(npc), engine.beliefs(npc), engine.feeling(npc)) for npc in engine.people}
    assert after == before


def test_the_talk_goes_on_where_it_was(engine: Engine) -> None:
    line = engine.talk_to("mira").say("What did I promise you?").line(timeout=30)
    assert "tin whistle" in line.text
    line = engine.talk_to("greta").say("Who waters the ale?").line(timeout=30)
    assert [(kept.secret, kept.reason) for kept in line.withheld] == [("bram.waters.ale", "confided")]
