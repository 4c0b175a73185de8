"""A slot opens from snapshots of the views, and they are what folding every event anew gives."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import golden
import pytest
from sampling import sampled

from npc_engine import Change, Engine, FeelingChange, UnknownNameError, load_content
from npc_engine.chronicle import Chronicle, Event
from npc_engine.engine import snapshots
from npc_engine.engine.snapshots import FOLD_VERSION, Snapshots, stamp
from npc_engine.mind import CompiledWorld, Projections
from npc_engine.testing import SMALL_WORLD
from npc_engine.world import World

CONTENT = load_content(SMALL_WORLD)
PEOPLE = ["mira", "tomas", "player"]


def load(save: Path | None) -> Engine:
    return Engine.load(CONTENT, model="none", save=save)


def play(engine: Engine, chance: Random, events: int) -> None:
    """Let all sorts of things happen: what is said, done, shown and told, late and early, before few or many."""
    for number in range(events):
        there = set(chance.sample(PEOPLE, chance.randint(1, 3)))
        who, other = chance.sample(PEOPLE, 2)
        kind = chance.randrange(6)
        if kind == 0:
            engine.record(f"The bridge was looked at, {number}.", audience=there, speaker=who)
        elif kind == 1:
            state = chance.choice(["sound", "destroyed"])
            late = engine.now - timedelta(minutes=chance.choice([0, 0, 0, 90]))
            change = Change("bridge", "condition", state, chance.random() < 0.8)
            engine.record("The bridge!", changes=[change], audience=there, at=late)
        elif kind == 2:
            claim = Change(who, "owes", other, chance.random() < 0.7, {"amount": chance.randint(1, 20)})
            engine.tell(other, claim, by=chance.choice([None, who]), between_us=chance.random() < 0.3)
        elif kind == 3:
            moved = FeelingChange(who, other, chance.choice(["trust", "fear", "mood"]), chance.uniform(-1, 1))
            engine.record("", audience=there, speaker=who, feelings=[moved], shown=["key"])
        elif kind == 4:
            engine.move(who, chance.choice(["inn", "smithy"]))
        else:
            engine.advance(chance.choice([1, 30, 400]))
        if chance.random() < 0.1:
            engine.recall(who, "bridge")


def afresh(engine: Engine) -> Projections:
    """Return the views of a game folded from its first event on, beside the engine's own."""
    return Projections(engine._timeline.projections.compiled, engine.events)


def agree(engine: Engine) -> None:
    """See that everything the views answer is what folding anew answers, the present before the past."""
    mine, folded = engine._timeline.projections, afresh(engine)
    assert mine.whereabouts.plain() == folded.whereabouts.plain()
    assert mine.world.ask() == folded.world.ask()
    assert mine.world.ask(at=engine.now) == folded.world.ask(at=engine.now)
    for owner in PEOPLE:
        one, other = mine.mind(owner), folded.mind(owner)
        assert one.recall("the bridge", ["bridge"], 8) == other.recall("the bridge", ["bridge"], 8)
        assert list(one.beliefs) == list(other.beliefs)
    assert mine.state() == folded.state()


def parts_in(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as db:
        return dict(db.execute("SELECT part, upto FROM snapshots"))


@pytest.mark.parametrize("seed", sampled(range(6), 1))
def test_what_is_resumed_is_what_folding_anew_gives(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    path = tmp_path / "slot.npc"
    for sitting in range(4):
        with load(path) as engine:
            agree(engine) if sitting % 2 else None
            for _ in range(3):
                play(engine, chance, 40)
                if chance.random() < 0.5:
                    engine.save()
    assert parts_in(path)
    with load(path) as engine:
        agree(engine)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_rewinding_and_restoring_leave_what_the_past_alone_gives(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    with load(tmp_path / "playing.npc") as engine:
        for _ in range(4):
            play(engine, chance, 30)
            engine.save(tmp_path / "saved.npc")
            play(engine, chance, 30)
            engine.rewind(chance.randrange(len(engine.events)))
            agree(engine)
            play(engine, chance, 10)
            agree(engine)
            engine.restore(tmp_path / "saved.npc")
            agree(engine)
    with load(tmp_path / "playing.npc") as engine:
        agree(engine)


def test_neither_branch_sees_the_others_future(tmp_path: Path) -> None:
    chance = Random(7)
    with load(tmp_path / "one.npc") as one:
        play(one, chance, 60)
        with one.fork(tmp_path / "other.npc") as other:
            one.record("A gull stole the bread.", audience=PEOPLE)
            other.record("A magpie stole the ring.", audience=PEOPLE)
            one.save()
            other.save()
    for name, known, unknown in (("one", "gull", "magpie"), ("other", "magpie", "gull")):
        with load(tmp_path / f"{name}.npc") as engine:
            assert engine.recall("mira", known)[0].text.startswith("A ")
            assert not [found for found in engine.recall("mira", unknown) if unknown in found.text]
            agree(engine)


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    with load(tmp_path / "slot.npc") as engine:
        engine.record("All see this.", audience=PEOPLE)
        engine.save()
        engine.record("Only Mira sees this.", audience=["mira"])
        last = engine.record("And this.", audience=["mira"])
        engine.save()
        upto = parts_in_open(engine)
        assert {part for part, covers in upto.items() if covers >= last} == {
            "standing",
            "noted/mira",
            "inner/mira",
            "traces/0",
        }


def parts_in_open(engine: Engine) -> dict[str, int]:
    return dict(engine._timeline._writer._slot._db.execute("SELECT part, upto FROM snapshots"))


def test_a_snapshot_is_put_aside_when_authors_changed_something(tmp_path: Path) -> None:
    path = tmp_path / "slot.npc"
    with load(path) as engine:
        play(engine, Random(1), 50)
    tomas = CONTENT.personas["tomas"].model_copy(update={"knows": ["* * *"]})
    edited = replace(CONTENT, personas={**CONTENT.personas, "tomas": tomas})
    with Engine.load(edited, model="none", save=path) as engine:
        agree(engine)


@pytest.mark.parametrize(
    "damage", ["UPDATE snapshots SET body = x'00' || body", "DELETE FROM snapshots WHERE part = 'inner/mira'"]
)
def test_a_damaged_snapshot_is_folded_anew(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "slot.npc"
    with load(path) as engine:
        play(engine, Random(2), 50)
    with closing(sqlite3.connect(path)) as db:
        db.execute(damage)
        db.commit()
    with load(path) as engine:
        agree(engine)
        engine.save()
    with load(path) as engine:
        agree(engine)


def test_a_game_killed_after_its_last_save_has_the_rest_from_its_events(tmp_path: Path) -> None:
    with load(tmp_path / "slot.npc") as engine:
        play(engine, Random(3), 40)
        engine.save()
        play(engine, Random(4), 40)
        engine.flush()
        copied = tmp_path / "killed.npc"
        engine._timeline._writer.run(lambda slot: slot.copy_to(copied)).result()
    with load(copied) as engine:
        agree(engine)


def test_who_nobody_looks_into_sleeps_and_wakes_the_same(tmp_path: Path) -> None:
    with load(tmp_path / "slot.npc") as engine:
        play(engine, Random(5), 80)
        mira = engine._timeline.projections.minds["mira"]
        assert mira.beliefs is not None
        engine.save()
        assert mira.is_awake, "somebody looked into it since the last save"
        engine.save()
        assert not mira.is_awake
        agree(engine)


def test_a_world_that_changes_again_and_again_costs_no_more_each_time() -> None:
    def drawn(changes: int) -> int:
        world = World(predicates=CONTENT.predicates)
        drew = 0
        add = world._add

        def counting(*edge: object) -> None:
            nonlocal drew
            drew += 1
            add(*edge)  # type: ignore[arg-type]

        world._add = counting  # type: ignore[method-assign,assignment]
        for event in history(changes):
            world.apply(event)
        return drew

    assert drawn(400) == 2 * drawn(200) + 1


def history(changes: int) -> Chronicle:
    start = datetime(1204, 5, 4)
    return Chronicle(
        Event(
            number,
            start + timedelta(minutes=number),
            "changed",
            frozenset(),
            changes=(Change("bridge", "condition", ("sound", "destroyed")[number % 2]),),
        )
        for number in range(1, changes + 1)
    )


def test_a_long_chronicle_holds_its_end_as_objects_and_gives_all_of_it() -> None:
    long = history(Chronicle.HELD + 50)
    assert [event.id for event in long] == list(range(1, len(long) + 1))
    assert [event.id for event in reversed(long)][:2] == [len(long), len(long) - 1]
    assert long[1].changes[0].object == "destroyed"
    assert long.last_id_at(long[20].at) == 20
    assert long.latest() == long[len(long)].at


def test_a_snapshot_from_another_past_is_not_used() -> None:
    compiled = CompiledWorld(CONTENT.entities, CONTENT.predicates, CONTENT.facts, CONTENT.personas, CONTENT.world.start)
    snapshots = Snapshots(compiled)
    full = history(20)
    _, parts = Snapshots(compiled).changed(Projections(compiled, full), full, _NoLock())
    assert snapshots.resume(full.upto(10), parts).state() == Projections(compiled, full.upto(10)).state()


class _NoLock:
    def __enter__(self) -> None:
        pass

    def __exit__(self, *error: object) -> None:
        pass


def test_a_feeling_in_no_known_respect_is_refused() -> None:
    with load(None) as engine, pytest.raises(UnknownNameError, match="aspect of a feeling 'envy'"):
        engine.record("Hm.", audience=["mira"], feelings=[FeelingChange("mira", "tomas", "envy", 0.1)])


REGENERATE = "raise FOLD_VERSION if this was meant, and run `python tests/golden.py`"


def test_whoever_changes_folding_raises_its_number() -> None:
    kept = golden.written()
    assert kept["fold_version"] == FOLD_VERSION, REGENERATE
    assert golden.plain(Projections(golden.compiled(), golden.chronicle())) == kept["views"], REGENERATE


def test_a_snapshot_of_this_folding_is_read_as_it_was_written() -> None:
    kept, chronicle = golden.written(), golden.chronicle()
    resumed = Snapshots(golden.compiled()).resume(chronicle, golden.parts(kept))
    assert golden.plain(resumed) == kept["views"], REGENERATE
    short = Snapshots(golden.compiled()).resume(chronicle.upto(len(chronicle) - 1), golden.parts(kept))
    assert short.state() != resumed.state(), "a snapshot that knows more than the chronicle is not used"


def test_the_golden_chronicle_has_every_kind_of_event() -> None:
    kinds = {event.kind for event in golden.chronicle()}
    assert kinds >= {"said", "told", "changed", "shown", "moved", "edited", "reflection", "faded", "forgot", "happened"}


@pytest.mark.slow
def test_another_stemmer_or_folding_puts_snapshots_aside_and_another_comment_does_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = stamp(golden.compiled())
    with monkeypatch.context() as patched:
        patched.setattr("npc_engine.engine.snapshots.FOLD_VERSION", FOLD_VERSION + 1)
        assert stamp(golden.compiled()) != made
    with monkeypatch.context() as patched:
        patched.setattr("npc_engine.engine.snapshots._stemmer", lambda: "1.0")
        assert stamp(golden.compiled()) != made
    package = Path(snapshots.__file__).parents[1]
    copied = tmp_path / "npc_engine"
    shutil.copytree(package, copied, ignore=shutil.ignore_patterns("__pycache__"))
    for source in (copied / "mind").glob("*.py"):
        source.write_text(source.read_text("utf-8") + "\n# A remark.\n", "utf-8")
    code = "import golden; from npc_engine.engine.snapshots import stamp; print(stamp(golden.compiled()))"
    paths = os.pathsep.join([str(tmp_path), str(Path(__file__).parent)])
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": paths}
    )
    assert done.stdout.strip() == made, done.stderr
