"""What someone remembers and believes can be changed from outside, and every change is an event."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_snapshots import agree

from npc_engine import Engine, UnknownNameError
from npc_engine.testing import SMALL_WORLD


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine.load(SMALL_WORLD, model="none", save=tmp_path / "slot.npc")


def test_a_memory_is_put_in_other_words(engine: Engine) -> None:
    with engine:
        told = engine.record("I hid the gold.", speaker="player", audience=["mira", "tomas"])
        engine.record("It rains.", audience=["mira"])
        engine.advance(60)
        now = engine.amend("mira", told, "I hid the silver.")
        words = [memory.text for memory in engine.memories("mira")]
        assert words == ["I hid the silver.", "It rains."]
        (found,) = engine.recall("mira", "silver", limit=1)
        assert (found.event_id, found.speaker, found.at) == (now, "player", engine.events[told - 1].at)
        assert not [one for one in engine.recall("mira", "gold") if "gold" in one.text]
        assert engine.recall("tomas", "gold")[0].text == "I hid the gold."
        engine.amend("mira", now, "I hid the copper.")
        assert engine.memories("mira")[0].speaker == "player"
        agree(engine)


def test_a_memory_is_taken_away_and_stays_away(engine: Engine, tmp_path: Path) -> None:
    with engine:
        told = engine.record("I hid the gold.", speaker="player", audience=["mira", "tomas"])
        engine.record("It rains.", audience=["mira"])
        engine.forget("mira", told)
        agree(engine)
    with Engine.load(SMALL_WORLD, model="none", save=tmp_path / "slot.npc") as again:
        assert [memory.text for memory in again.memories("mira")] == ["It rains."]
        assert [memory.text for memory in again.memories("tomas")] == ["I hid the gold."]
        agree(again)
        again.rewind(told)
        assert [memory.text for memory in again.memories("mira")] == ["I hid the gold."]


def test_a_belief_is_settled_and_unlearned(engine: Engine) -> None:
    with engine:
        engine.record("The bridge fell.", changes=[("bridge", "condition", "destroyed")], audience=["mira"])
        before = engine.now
        engine.advance(10)
        engine.believe("mira", ("bridge", "condition", "sound"), confidence=0.4)
        (belief,) = engine.beliefs("mira", "bridge", "condition")
        assert (belief.statement.object, belief.confidence, belief.how) == ("sound", 0.4, "authored")
        assert engine.contested("mira", "bridge") == []
        engine.advance(10)
        engine.forget("mira", "bridge.condition.sound")
        assert engine.beliefs("mira", "bridge", "condition") == []
        assert [b.statement.object for b in engine.beliefs("mira", "bridge", as_of=before)] == ["destroyed"]
        assert [s.object for s in engine.ask("bridge", "condition")] == ["destroyed"]
        agree(engine)
        engine.save()
        engine.save()
        assert [b.statement.object for b in engine.beliefs("mira", "bridge", as_of=before)] == ["destroyed"]
        agree(engine)


def test_what_is_not_there_cannot_be_changed(engine: Engine) -> None:
    with engine:
        told = engine.record("I hid the gold.", audience=["tomas"])
        for use in (lambda: engine.amend("mira", told, "No."), lambda: engine.forget("mira", told)):
            with pytest.raises(UnknownNameError, match="unknown memory"):
                use()
        with pytest.raises(UnknownNameError, match="unknown belief"):
            engine.forget("mira", "bridge.condition.golden")
        with pytest.raises(UnknownNameError, match="did you mean 'mira'"):
            engine.memories("mirra")
        with pytest.raises(ValueError, match="needs words"):
            engine.amend("tomas", told, " ")
        with pytest.raises(ValueError, match="from 0 to 1"):
            engine.believe("mira", ("bridge", "condition", "sound"), confidence=7)
