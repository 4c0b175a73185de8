"""A save goes on when its world was edited since: what was renamed is known again, what is gone is not nonsense."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from npc_engine import Change, ContentError, Engine, SaveError, export_lines, import_lines, load_content, misfits_of
from npc_engine.cli.main import run
from npc_engine.stores.slot import read_slot
from npc_engine.testing import SMALL_WORLD


def load(world: Path, save: Path | None) -> Engine:
    return Engine.load(world, model="none", save=save)


def edited(world: Path, *changes: tuple[str, str, str]) -> None:
    """Change files of a world: the file, what stands there, what is to stand there."""
    for file, old, new in changes:
        path = world / file
        text = path.read_text("utf-8")
        assert re.search(old, text), (file, old)
        path.write_text(re.sub(old, new, text), "utf-8")


def renamed(world: Path, old: str, new: str, formerly: bool = True) -> None:
    """Return somebody another id and name in every file."""
    for path in [*world.glob("*.yaml"), *world.glob("personas/*.yaml")]:
        path.write_text(re.sub(rf"\b{old}\b", new, path.read_text("utf-8")), "utf-8")
    persona = world / "personas" / f"{new}.yaml"
    (world / "personas" / f"{old}.yaml").rename(persona)
    text = persona.read_text("utf-8").replace("names: {en: Tomas, zh: 托马斯}", "names: {en: Edmund, zh: 埃德蒙}")
    persona.write_text(text + (f"formerly: [{old}]\n" if formerly else ""), "utf-8")


@pytest.fixture
def world(tmp_path: Path) -> Path:
    shutil.copytree(SMALL_WORLD, tmp_path / "world")
    return tmp_path / "world"


@pytest.fixture
def slot(world: Path, tmp_path: Path) -> Path:
    """A save in which Tomas remembers, owes, is promised to and is talked of."""
    slot = tmp_path / "slot.npc"
    with load(world, slot) as engine:
        tomas, mira = engine.talk_to("tomas"), engine.talk_to("mira")
        tomas.say("My horse is called Pepper.").line()
        tomas.say("I promise I will help you.").line()
        engine.record(
            "Tomas borrowed from the traveller.",
            changes=[Change("tomas", "owes", "player", True, {"amount": 30})],
            audience=["tomas", "mira", "player"],
        )
        engine.tell("mira", Change("tomas", "has", "gold"), by="tomas")
        mira.say("Where is Tomas?").line()
        engine.advance(24 * 60)
    return slot


def unmarked(slot: Path) -> None:
    """Make of a slot one that an engine wrote which did not note down the world."""
    with closing(sqlite3.connect(slot)) as db, db:
        db.execute("DELETE FROM meta WHERE key IN ('world', 'known')")


@pytest.mark.parametrize("older", [False, True], ids=["", "from before"])
def test_who_has_another_id_now_remembers_owes_and_is_known(older: bool, world: Path, slot: Path) -> None:
    if older:
        unmarked(slot)
    with load(world, slot) as engine:
        before = len(engine.memories("tomas"))
    renamed(world, "tomas", "edmund")
    for _ in range(2):  # the second time from a snapshot
        with load(world, slot) as engine:
            assert engine.misfits == ()
            assert len(engine.memories("edmund")) == before
            assert engine.recall("edmund", "horse Pepper")
            assert engine.ask("edmund", "owes", "player")[0].qualifiers["amount"] == 30
            assert engine.ask("player", "promised", "edmund")
            assert engine.beliefs("mira", "edmund", "has", "gold")[0].by == "edmund"
            assert engine.feeling("edmund").familiarity > 0
            line = engine.talk_to("mira").say("Who owes the traveller money?").line()
            assert "tomas" not in line.text.lower()
            engine.save()
    with load(world, slot) as engine:
        engine.save(slot.with_name("copy.npc"))
        before = len(engine.events)
        engine.restore(slot.with_name("copy.npc"))
        assert len(engine.events) == before
        assert engine.recall("edmund", "horse Pepper")


def test_predicates_values_things_and_steps_may_be_renamed_too(world: Path, slot: Path) -> None:
    with load(world, slot) as engine:
        engine.record("It fell.", changes=[("bridge", "condition", "sound")], audience=["mira"])
        engine.record(
            "Here.", changes=[("player", "has", "key")], audience=["mira", "player"], shown=["key"], speaker="player"
        )
        engine.advance(1)
        assert [beat.id for beat in engine.story()] == ["key_in_hand"]
    edited(
        world,
        ("predicates.yaml", r"id: owes", "id: in_debt_to\n  formerly: [owes]"),
        ("facts.yaml", r"tomas owes mira", "tomas in_debt_to mira"),
        ("personas/mira.yaml", r"tomas owes mira", "tomas in_debt_to mira"),
        ("predicates.yaml", r"sound: \{names", "intact: {formerly: [sound], names"),
        ("personas/tomas.yaml", r"condition sound", "condition intact"),
        ("things.yaml", r"\{id: key,", "{id: iron_key, formerly: [key],"),
        ("actions.yaml", r"has key", "has iron_key"),
        ("story.yaml", r"id: key_in_hand", "id: has_the_key\n  formerly: [key_in_hand]"),
        ("story.yaml", r"has key", "has iron_key"),
        ("world.yaml", r"id: ford", "id: the_ford\nformerly: [ford]"),
    )
    with load(world, slot) as engine:
        assert engine.misfits == ()
        assert engine.ask("tomas", "in_debt_to", "player")
        assert engine.ask("bridge", "condition")[0].object == "intact"
        assert engine.ask("player", "has", "iron_key")
        assert [beat.id for beat in engine.story()] == ["has_the_key"]
        said = engine.talk_to("mira").say("Is the bridge safe?").line()
        assert "not" not in said.text.lower()
        assert "intact.bridge" not in said.text
        assert said.facts[0].id == "bridge.condition.intact"


def test_a_value_that_is_gone_is_not_denied_with_its_own_word(world: Path, slot: Path) -> None:
    with load(world, slot) as engine:
        engine.record("It fell.", changes=[("bridge", "condition", "destroyed")], audience=["mira", "tomas"])
    edited(
        world,
        ("predicates.yaml", r"destroyed: \{names: \{en: destroyed", "ruined: {names: {en: ruined"),
        ("facts.yaml", r"condition destroyed", "condition ruined"),
    )
    with load(world, slot) as engine:
        assert [(one.kind, one.id) for one in engine.misfits] == [("value", "condition.destroyed")]
        for question in ("Is the bridge broken?", "Is the bridge destroyed?", "桥塌了吗？"):
            said = engine.talk_to("mira").say(question).line().text
            assert not re.search(r"\bno\b|not|没有", said, re.IGNORECASE), said
            assert "destroyed" not in said
    edited(world, ("predicates.yaml", r"ruined: \{", "ruined: {formerly: [destroyed], "))
    with load(world, slot) as engine:
        assert engine.misfits == ()
        assert engine.ask("bridge", "condition")[0].object == "ruined"


def gone(world: Path) -> None:
    """Take Tomas out of a world."""
    edited(
        world,
        ("facts.yaml", r".*\btomas\b.*\n", ""),
        ("personas/mira.yaml", r"tomas owes mira, ", ""),
    )
    (world / "personas" / "tomas.yaml").unlink()


def test_who_is_gone_keeps_a_name_that_can_be_said(world: Path, slot: Path) -> None:
    gone(world)
    with load(world, slot) as engine:
        assert [(one.kind, one.id, one.name) for one in engine.misfits] == [("entity", "tomas", "Tomas")]
        assert "tomas" not in engine.people
        held = engine.beliefs("mira", "tomas", "owes", "player")
        assert engine.word(held[0].statement) == "Tomas owes the traveller thirty silver coins."
        assert engine.word(held[0].statement, "zh").startswith("托马斯")
        assert "Tomas" in engine.talk_to("mira").say("Who owes me money?").line().text
        engine.record("Rain.", speaker="mira", place="smithy")
        assert "tomas" not in engine.events[-1].audience, "nobody hears who is not there"
        engine.save()
    with load(world, slot) as engine:
        assert engine.beliefs("mira", "tomas", "owes", "player"), "it is kept for good"


def test_who_is_gone_and_has_no_name_is_left_out(world: Path, slot: Path) -> None:
    unmarked(slot)
    gone(world)
    with load(world, slot) as engine:
        assert [one.id for one in engine.misfits] == ["tomas"]
        assert engine.beliefs("mira", "tomas") == []
        for question in ("Who owes me money?", "谁欠我钱？", "Who has the gold?"):
            assert "tomas" not in engine.talk_to("mira").say(question).line().text.lower()


def test_a_new_one_of_the_same_name_is_not_the_old_one(world: Path, slot: Path) -> None:
    renamed(world, "tomas", "thomas", formerly=False)
    edited(world, ("personas/thomas.yaml", r"Edmund, zh: 埃德蒙", "Tomas, zh: 托马斯"))
    with load(world, slot) as engine:
        assert [one.id for one in engine.misfits] == ["tomas"]
        assert engine.beliefs("mira", "tomas") == []
        assert engine.talk_to("mira").say("Where does Tomas work?").line().facts[0].id == "thomas.works_at.smithy"


def test_a_predicate_that_is_gone_is_left_out(world: Path, slot: Path) -> None:
    edited(world, ("predicates.yaml", r"(?s)- id: owes.*?(?=- id: sibling)", ""), ("facts.yaml", r".*owes.*\n", ""))
    edited(world, ("personas/mira.yaml", r"tomas owes mira, ", ""))
    with load(world, slot) as engine:
        assert [(one.kind, one.id) for one in engine.misfits] == [("predicate", "owes")]
        assert engine.beliefs("mira", "tomas", "owes") == []
        assert "owes" not in engine.talk_to("mira").say("What do you know about Tomas?").line().text


def test_an_edit_while_the_game_runs_is_fitted_as_well(world: Path, slot: Path) -> None:
    with load(world, slot) as engine:
        before = len(engine.events)
        renamed(world, "tomas", "edmund")
        engine._take_over(load_content(world))
        assert engine.misfits == ()
        assert engine.recall("edmund", "horse Pepper")
        engine.talk_to("edmund").say("Good day!").line()
        assert len(engine.events) == before + 2
        engine.save()
        state = engine._timeline.projections.state()
    with load(world, slot) as engine:
        assert engine._timeline.projections.state() == state


def test_the_author_is_told_what_no_longer_fits(world: Path, slot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = slot.read_bytes()
    assert run(["check", str(world), "--save", str(slot)]) == 0
    assert "all of it fits" in capsys.readouterr().out
    renamed(world, "tomas", "edmund", formerly=False)
    assert run(["check", str(world), "--save", str(slot)]) == 2
    told = capsys.readouterr().out
    assert "entity 'tomas' (Tomas) is gone, and" in told
    assert "write `formerly: [tomas]` beside that one" in told
    assert [one.id for one in misfits_of(slot, load_content(world))] == ["tomas"]
    assert slot.read_bytes() == before
    assert run(["check", str(world), "--save", str(slot.with_name("none.npc"))]) == 2
    assert "there is no save slot" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "old", "new", "mistake"),
    [
        ("personas/tomas.yaml", r"id: tomas", "id: tomas\nformerly: [mira]", r"tomas.yaml:2:12: 'mira' is the id of"),
        ("personas/tomas.yaml", r"id: tomas", "id: tomas\nformerly: [tomas]", r"tomas.yaml:2:12: .tomas. is its own"),
        ("things.yaml", r"\{id: (key|gold),", r"{id: \1, formerly: [pin],", r"yaml:2:\d+: 'pin' was 'key'"),
        ("predicates.yaml", r"sound: \{", "sound: {formerly: [destroyed], ", r"'destroyed' is the id of something"),
        ("things.yaml", r"\{id: key,", r"{id: key, formerly: [Old Key],", r"yaml:1:\d+"),
    ],
)  # fmt: skip
def test_a_former_id_that_cannot_be_one_is_a_mistake(file: str, old: str, new: str, mistake: str, world: Path) -> None:
    edited(world, (file, old, new))
    with pytest.raises(ContentError, match=mistake):
        load_content(world)


# -- another world's save ------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["open", "restore", "import"])
def test_another_worlds_save_is_refused_with_both_names(how: str, world: Path, slot: Path, tmp_path: Path) -> None:
    edited(world, ("world.yaml", r"id: ford\nnames: \{en: Ford", "id: star\nnames: {en: Orbital"))
    if how == "import":
        lines = list(export_lines(slot))
        slot = tmp_path / "imported.npc"
        import_lines(lines, slot)
    before = slot.read_bytes()
    use: Callable[[], object] = lambda: load(world, slot)  # noqa: E731
    with load(world, tmp_path / "mine.npc") as engine:
        engine.record("It rains.", audience=["mira"])
        now, events = engine.now, engine.events
        if how == "restore":
            use = lambda: engine.restore(slot)  # noqa: E731
        with pytest.raises(SaveError, match=r"was played in Ford \(ford\), and this is Orbital \(star\)"):
            use()
        assert (engine.now, engine.events) == (now, events)
    assert slot.read_bytes()[100:] == before[100:], "but for the counters in its head"
    with Engine.new(save=slot) as engine:
        assert engine.events, "without a world, any save may be looked into"


@pytest.mark.parametrize("how", ["open", "restore", "check"])
def test_another_worlds_save_that_does_not_say_so_is_known_by_its_people(
    how: str, world: Path, slot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unmarked(slot)
    for old, new in (("tomas", "lars"), ("mira", "ina")):
        renamed(world, old, new, formerly=False)
    words = r"was played in the world of mira and tomas, and this is Ford \(ford\)"
    if how == "check":
        assert run(["check", str(world), "--save", str(slot)]) == 2
        assert re.search(words, capsys.readouterr().err)
        return
    with load(world, tmp_path / "mine.npc") as engine, pytest.raises(SaveError, match=words):
        engine.restore(slot) if how == "restore" else load(world, slot)


def test_a_save_from_before_or_with_a_spoilt_note_is_taken_as_it_is(world: Path, slot: Path) -> None:
    for spoilt in (
        "nonsense",
        "[]",
        '{"id":1}',
        '{"entities":{"a":{}},"predicates":{}}',
        '{"entities":[],"predicates":3}',
    ):
        with closing(sqlite3.connect(slot)) as db, db:
            db.execute("UPDATE meta SET value=? WHERE key IN ('world', 'known')", (spoilt,))
        with load(world, slot) as engine:
            assert engine.misfits == ()
            assert engine.recall("tomas", "horse Pepper")
    assert "ford" in str(read_slot(slot)[1])
