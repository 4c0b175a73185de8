"""A save is one file: whole or not at all, whatever happens to it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sampling import examples

from npc_engine import Engine, SaveDamagedError, SaveError, SaveTooNewError
from npc_engine.chronicle import Change, Event
from npc_engine.stores import FORMAT_VERSION, SaveSlot
from npc_engine.stores.migrations import STEPS, checksum
from npc_engine.stores.slot import read_slot
from npc_engine.stores.tables import APPLICATION_ID
from npc_engine.testing import SMALL_WORLD

AT = datetime(1204, 5, 4, 8)


def some_events(count: int) -> list[Event]:
    return [
        Event(n, AT, "said", frozenset({"mira"}), f"line {n} 你好", "player", claims=(Change("a", "b", "c"),))
        for n in range(1, count + 1)
    ]


def load(save: Path) -> Engine:
    return Engine.load(SMALL_WORLD, model="none", save=save)


def test_a_game_goes_on_where_it_was_left(tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    with load(slot) as engine:
        engine.talk_to("mira").say("My horse is called Pepper.").line()
        engine.advance(300)
        now, state = engine.now, engine._timeline.projections.state()
    left = {path.name for path in tmp_path.iterdir()}
    assert left - {"slot.npc.bak"} == {"slot.npc"}  # no journal; the last good copy is made when there is time
    with load(slot) as engine:
        assert (engine.now, engine._timeline.projections.state()) == (now, state)
        assert engine.talk_to("mira").say("Do you remember my horse?").line().text.count("Pepper") == 1


def test_saving_copies_and_restoring_forgets(tmp_path: Path) -> None:
    with load(tmp_path / "playing.npc") as engine:
        mira = engine.talk_to("mira")
        mira.say("My horse is called Pepper.").line()
        engine.save(tmp_path / "monday.npc")
        state = engine._timeline.projections.state()
        mira.say("My cat is called Soot.").line()
        engine.advance(500)
        engine.restore(tmp_path / "monday.npc")
        assert engine._timeline.projections.state() == state
        assert engine.recall("mira", "cat Soot") == []
    with load(tmp_path / "playing.npc") as engine:
        assert engine._timeline.projections.state() == state, "the slot holds what was restored"


def test_a_slot_keeps_every_event_as_it_was(tmp_path: Path) -> None:
    events = some_events(200)
    with closing(SaveSlot(tmp_path / "s.npc")) as slot:
        slot.append(events[:150], {"now": "a"})
        slot.append(events[150:], {"now": "b"})
        assert slot.events() == events
        assert slot.meta("now") == "b"
        slot.rewind(10, {"now": "c"})
        assert slot.events() == events[:10]


@pytest.mark.parametrize("version", range(1, FORMAT_VERSION))
def test_an_older_format_is_brought_up_to_date(version: int, tmp_path: Path) -> None:
    path = tmp_path / "old.npc"
    (event,) = some_events(1)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for step in STEPS[:version]:
            step(db)
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        db.execute(f"PRAGMA user_version={version}")
        body = '{"kind":"said","audience":["mira"],"text":"line 1 你好","actor":"player","claims":[["a","b","c"]]}'
        row = {"id": 1, "at": AT.isoformat(), "body": body}
        if version > 1:
            row["crc"] = checksum(AT.isoformat(), body)
        db.execute(f"INSERT INTO events ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", [*row.values()])
    assert read_slot(path)[0] == [event], "it can be looked into without being changed"
    with closing(SaveSlot(path)) as slot:
        assert slot.events() == [event]
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (FORMAT_VERSION,)


def test_a_newer_format_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "new.npc"
    SaveSlot(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version={FORMAT_VERSION + 1}")
    for use in (load, read_slot):
        with pytest.raises(SaveTooNewError, match=r"saved by a newer npc-engine .* update npc-engine"):
            use(path)


@pytest.mark.parametrize("content", [b"not a save at all" * 99, b"SQLite format 3\0" + b"\0" * 4000, b"\xff" * 5000])
def test_what_is_no_save_is_refused_and_kept(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.npc"
    path.write_bytes(content)
    for use in (load, read_slot):
        with pytest.raises(SaveDamagedError, match="is damaged or is not a save slot"):
            use(path)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE photos (id)")
    before = path.read_bytes()
    with pytest.raises(SaveDamagedError):
        load(path)
    assert path.read_bytes() == before


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_is_noticed_or_harmless(data: st.DataObject, tmp_path: Path) -> None:
    events = some_events(60)
    path = tmp_path / "s.npc"
    path.unlink(missing_ok=True)
    with closing(SaveSlot(path)) as slot:
        slot.append(events, {"now": AT.isoformat()})
    whole = bytearray(path.read_bytes())
    if data.draw(st.booleans(), label="truncate"):
        whole = whole[: data.draw(st.integers(0, len(whole) - 1))]
    else:
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(bytes(whole))
    with suppress(SaveError):
        found, _ = read_slot(path)
        assert found == events


def test_damage_in_the_names_of_tables_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "s.npc"
    with closing(SaveSlot(path)) as slot:
        slot.append(some_events(3), {"now": AT.isoformat()})
    whole = bytearray(path.read_bytes())
    whole[whole.index(b"CREATE TABLE meta") + 14] ^= 0x80
    path.write_bytes(bytes(whole))
    for use in (load, read_slot):
        with pytest.raises(SaveDamagedError):
            use(path)


@pytest.mark.slow
def test_two_games_do_not_play_in_one_slot(tmp_path: Path) -> None:
    with load(tmp_path / "s.npc"), pytest.raises(SaveError, match="in use by another game"):
        load(tmp_path / "s.npc")


def test_a_save_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.npc").write_bytes(b"nonsense" * 100)
    with load(tmp_path / "s.npc") as engine:
        engine.record("A gull cries.", audience={"mira"})
        state = engine._timeline.projections.state()
        for path, words in (("bad.npc", "damaged"), ("gone.npc", "there is no save slot")):
            with pytest.raises(SaveError, match=words):
                engine.restore(tmp_path / path)
        assert engine._timeline.projections.state() == state
        engine.record("Another gull.", audience={"mira"})
        engine.flush()


def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with load(tmp_path / "s.npc") as engine:
        engine.flush()
        pages = engine._timeline._writer._slot._db.execute("PRAGMA page_count").fetchone()[0]
        engine._timeline._writer._slot._db.execute(f"PRAGMA max_page_count={pages}")
        engine.record("word " * 9000, audience={"mira"})
        with pytest.raises(SaveError, match="the disk is full"):
            engine.flush()
        reply = engine.talk_to("mira").say("Hello")
        with pytest.raises(SaveError, match="the disk is full"):
            reply.line()
        assert reply.text, "she answered all the same"
        engine._timeline._writer._slot._db.execute("PRAGMA max_page_count=100000")
        engine.flush()
        events = engine.events
    assert read_slot(tmp_path / "s.npc")[0] == events


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SaveError, match="can't be written"):
        load(tmp_path / "s.npc")


def test_a_place_where_no_file_can_be_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SaveError, match="can't be written"):
        load(tmp_path / "file" / "s.npc")
    with load(tmp_path / "s.npc") as engine, pytest.raises(SaveError, match="can't be written"):
        engine.save(tmp_path / "file" / "copy.npc")
