"""A thousand people with a thousand memories each: what they take of memory, and of the game's time."""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import time
from dataclasses import replace
from random import Random

from benchmarks.measure import ROOT, header, row
from npc_engine import Change, Engine, Persona, load_content
from npc_engine.content import Content
from npc_engine.testing import SMALL_WORLD
from npc_engine.world import Entity

PEOPLE = 1_000
MEMORIES = 1_000
AUDIENCE = 20
PLACES = 60
RECALLS = 400
MINUTES = 24 * 60
WARES = (
    "apples bread candles cloth eggs flour hay honey iron leather milk nails oats onions pots rope salt wool".split()
)
DONE = "sold bought lost found mended stole hid carried broke counted weighed painted buried burnt".split()


def a_crowd() -> None:
    """Print what a crowd costs, measured in a process of its own."""
    subprocess.run([sys.executable, "-m", "benchmarks.size"], cwd=ROOT, check=True)


def world(people: int = PEOPLE, places: int = PLACES) -> Content:
    """Return a town in which each has a home, a place to work, and an hour to go from one to the other."""
    chance = Random(0)
    base = load_content(SMALL_WORLD)
    houses = [
        Entity(id=f"house_{n}", kind="place", names={"en": f"house {n}", "zh": f"{n}号房"}, proper=False)
        for n in range(places)
    ]
    crowd = [_person(f"person_{n}", chance, [house.id for house in houses]) for n in range(people)]
    entities = {id: one for id, one in base.entities.items() if id not in base.personas}
    entities |= {one.id: one for one in (*houses, *(person.entity for person in crowd))}
    return replace(base, entities=entities, personas={one.id: one for one in crowd}, facts=(), story=())


def _person(who: str, chance: Random, places: list[str]) -> Persona:
    work, home = chance.sample(places, 2)
    name = {"en": who.replace("_", " ").title(), "zh": who}
    schedule = [
        {"from": f"{chance.randint(6, 9):02}:{chance.choice([0, 30]):02}", "place": work, "doing": {"en": "Working"}},
        {"from": f"{chance.randint(17, 20):02}:00", "place": home, "doing": {"en": "At home"}},
    ]
    return Persona.model_validate(
        {
            "id": who,
            "names": name,
            "role": {"en": "a townsman", "zh": "镇民"},
            "summary": {"en": "One of many.", "zh": "众人之一。"},
            "voice": {"register": {"en": "Plain.", "zh": "朴实。"}},
            "home": home,
            "schedule": schedule,
        }
    )


def _print() -> None:
    content = world()
    before = _megabytes()
    chance = Random(1)
    with Engine.load(content, model="none") as engine:
        people = [*engine.people]
        recorded, minutes, recalled = [], [], []
        for number in range(PEOPLE * MEMORIES // AUDIENCE):
            there = [people[(number * AUDIENCE + n) % PEOPLE] for n in range(AUDIENCE)]
            if number % PEOPLE == 0:
                chance.shuffle(people)
            text = f"{there[1].replace('_', ' ').title()} {chance.choice(DONE)} {number % 97} {chance.choice(WARES)}."
            changes = [Change(there[1], "at", f"house_{number % PLACES}")] if number % 5 == 0 else []
            began = time.perf_counter()
            engine.record(text, speaker=there[0], audience=there, changes=changes)
            recorded.append((time.perf_counter() - began) * 1000)
        for npc in people:  # nobody is left that has not taken in what they saw
            engine.beliefs(npc)
        engine.flush()
        held = _megabytes() - before
        gc.collect()
        gc.freeze()  # as the demo does before play begins: what is there mostly stays
        for _ in range(RECALLS):
            npc, query = chance.choice(people), f"Who {chance.choice(DONE)} the {chance.choice(WARES)}?"
            began = time.perf_counter()
            engine.recall(npc, query)
            recalled.append((time.perf_counter() - began) * 1000)
        for _ in range(MINUTES):
            began = time.perf_counter()
            engine.advance(1)
            minutes.append((time.perf_counter() - began) * 1000)
        memories = sum(len(mind.memories) for mind in engine._timeline.projections.minds.values())
        print(
            header(
                f"{PEOPLE} people, {memories} memories: {held:.0f} MB, {held + before:.0f} with Python and the world"
            )
        )
        print(row(f"record before an audience of {AUDIENCE}", recorded))
        print(row("recall by someone, chosen by chance", recalled))
        print(row("advance by a minute, through a day", minutes))


def _megabytes() -> float:
    """Return the most memory this process had resident."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    _print()
