"""How long a long game takes to save and to open, and how large its file is, beside plain SQLite."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

from benchmarks.measure import WORLD
from npc_engine import Change, Engine, FeelingChange, load_content
from npc_engine.content import Content

EVENTS = 100_000
BETWEEN_SAVES = 1_000
"""Events after which the game saves itself."""
SINCE = 100
"""Events between the last two saves, the one that is measured among them."""
MEASURED = 5
"""How often each figure is taken; the median is printed."""
AUDIENCE = 4


def saving_and_loading(events: int = EVENTS) -> None:
    """Print what saving and opening a slot of so many events cost."""
    content = load_content(WORLD)
    with tempfile.TemporaryDirectory() as folder:
        slot, copy = Path(folder) / "slot.npc", Path(folder) / "copy.npc"
        worst = _play(content, slot, events)
        _print_size(slot, events)
        times: dict[str, list[tuple[float, float]]] = {}
        for _ in range(MEASURED):
            with _timed(times, "load"):
                engine = _open(content, slot)
            with _timed(times, "first recall"):
                engine.recall("mira", "loaves miller bridge")
            with _timed(times, "recall"):
                engine.recall("mira", "bread morning")
            _happen(engine, Random(1), SINCE)
            with _timed(times, "save"):
                engine.save()
            with _timed(times, "copy"):
                engine.save(copy)
            engine.close()
            with _timed(times, "read"):
                rows = _read(slot)
            with _timed(times, "write"):
                _write(Path(folder) / "plain.db", rows)
    held = sum("mira" in json.loads(body)["audience"] for _, _, body, _ in rows)
    figures = [
        ("open it", "load", "read"),
        (f"save {SINCE} new events into it", "save", ""),
        ("save a copy of it", "copy", "write"),
        ("plain SQLite reads the same events", "read", ""),
        ("plain SQLite writes the same events", "write", ""),
        (f"first recall of who was there for {held}", "first recall", ""),
        ("the next", "recall", ""),
    ]
    print(f"{'':<44}{'seconds':>10}{'of CPU':>10}{'plain SQLite':>16}")
    for name, one, other in figures:
        wall, cpu = (_median(times[one], which) for which in (0, 1))
        ratio = f"{wall / _median(times[other], 0):14.1f} x" if other else ""
        print(f"{name:<44}{wall:10.3f}{cpu:10.3f}{ratio}")
    print(f"the longest save while playing, of {events // BETWEEN_SAVES}: {worst:.3f} s")


def _median(times: list[tuple[float, float]], which: int) -> float:
    return sorted(one[which] for one in times)[len(times) // 2]


def _open(content: Content, slot: Path) -> Engine:
    return Engine.load(content, model="none", save=slot, gossip=False)


def _play(content: Content, slot: Path, events: int) -> float:
    """Play a game of so many events that saves now and then; give the longest a save took."""
    chance, worst = Random(0), 0.0
    with _open(content, slot) as engine:
        for _ in range(0, events, BETWEEN_SAVES):
            left = min(BETWEEN_SAVES, events - len(engine.events))
            _happen(engine, chance, left)
            began = time.perf_counter()
            engine.save()
            worst = max(worst, time.perf_counter() - began)
    return worst


def _happen(engine: Engine, chance: Random, events: int) -> None:
    """Let so many things be said, done, told and felt, each before a few."""
    people = [*engine.people, "player"]
    places = [one.id for one in engine.entities.values() if one.kind == "place"]
    for number in range(events):
        who, other = chance.sample(people, 2)
        there = {who, *chance.sample(people, AUDIENCE - 1)}
        kind = chance.random()
        if kind < 0.6:
            loaves = f"I sold {number} loaves to the miller by the old bridge this morning"
            engine.record(f"{loaves}, and {chance.randrange(99)} to {other}.", speaker=who, audience=there)
        elif kind < 0.8:
            engine.move(who, chance.choice(places))
        elif kind < 0.9:
            owed = {"amount": chance.randint(1, 40)}
            engine.tell(who, Change(other, "owes", chance.choice(people), True, owed), by=other)
        else:
            felt = [FeelingChange(who, other, "trust", -0.1)]
            engine.record("They quarrel.", speaker=who, audience=there, feelings=felt)


def _print_size(slot: Path, events: int) -> None:
    with closing(sqlite3.connect(slot)) as db:
        text = sum(len(json.loads(body).get("text", "").encode()) for (body,) in db.execute("SELECT body FROM events"))
    size = os.path.getsize(slot)
    print(f"\nA slot of {events} events, {text / events:.0f} bytes of text each: {size / 1e6:.1f} MB")
    print(f"bytes an event beyond its text           {(size - text) / events:7.0f}")


def _read(slot: Path) -> list[tuple[int, str, str, int]]:
    with closing(sqlite3.connect(slot)) as db:
        return db.execute("SELECT id, at, body, crc FROM events ORDER BY id").fetchall()


def _write(path: Path, rows: list[tuple[int, str, str, int]]) -> None:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, at TEXT, body TEXT, crc INTEGER)")
        db.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", rows)
        db.commit()


@contextmanager
def _timed(times: dict[str, list[tuple[float, float]]], name: str) -> Iterator[None]:
    began, spent = time.perf_counter(), time.process_time()
    yield
    times.setdefault(name, []).append((time.perf_counter() - began, time.process_time() - spent))
