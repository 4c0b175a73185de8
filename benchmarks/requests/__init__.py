"""Whether what players want done is done, with the right values, and nothing else: `python -m benchmarks requests`.

The lines lie beside this file, `*.yaml`; the README says how they are written. They are played without a model.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from benchmarks.measure import ROOT, WORLD, quantile
from npc_engine import Engine, Line
from npc_engine.content import Content, load_content
from npc_engine.dialogue.understand import Understander, open_understander

HERE = Path(__file__).parent
WORLDS = {"shop": ROOT / "tests/content/shop", "quests": ROOT / "tests/content/quests", "reedwater": WORLD}
"""The worlds that lines are said in."""
PATIENCE = 30
"""Seconds that an answer may take."""
_Z = 1.96

Deed = tuple[str, frozenset[tuple[str, object]]]
"""An action, and what it is told."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that is said after others, and what comes of it by right."""

    line: str
    say: tuple[str, ...]
    world: str
    npc: str
    language: str
    data: Mapping[str, Any]
    place: str


@dataclass(frozen=True, slots=True)
class Played:
    """What came of an entry: what was done and what should have been, and the milliseconds of understanding."""

    entry: Entry
    done: frozenset[Deed]
    wanted: frozenset[Deed]
    answer: str
    took: float


def measure(folder: Path | None = None, *, show: bool = False) -> None:
    """Print how often the lines of a folder have the right thing done; `show` prints those that have not."""
    played = [play(entry, perform) for entry in entries(folder or HERE)]
    if not played:
        print(f"\nRequests: no lines ({folder or HERE}/*.yaml)")
        return
    print(f"\nRequests, {len(played)} lines")
    print(f"{'':<18}{'lines':>7}{'right':>22}{'precision':>22}{'recall':>22}{'params right':>22}")
    for name, these in groups(played):
        _print_row(name, these)
    took = [one.took for one in played]
    print(f"understanding: median {quantile(took, 0.5):.1f} ms, p95 {quantile(took, 0.95):.1f} ms")
    if show:
        for one in played:
            if one.done != one.wanted:
                print(f"{one.entry.place}: {' | '.join((*one.entry.say, one.entry.line))}")
                print(f"    wanted {_put(one.wanted)}, done {_put(one.done)}: {one.answer}")


def _print_row(name: str, these: Sequence[Played]) -> None:
    right = sum(one.done == one.wanted for one in these)
    names = [({deed[0] for deed in one.done}, {deed[0] for deed in one.wanted}) for one in these]
    hit = sum(len(done & wanted) for done, wanted in names)
    done, wanted = sum(len(one) for one, _ in names), sum(len(one) for _, one in names)
    exact = sum(len(one.done & one.wanted) for one in these)
    found = sum(len(one.wanted) for one in these if {d[0] for d in one.wanted} <= {d[0] for d in one.done})
    figures = (share(right, len(these)), share(hit, done), share(hit, wanted), share(min(exact, found), found))
    print(f"{name:<18}{len(these):>7}" + "".join(f"{figure:>22}" for figure in figures))


def entries(folder: Path) -> list[Entry]:
    """Return the entries of all the files of a folder."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        for number, one in enumerate(yaml.safe_load(path.read_text("utf-8")) or [], 1):
            said = one.get("say") or []
            said = [said] if isinstance(said, str) else said
            place = f"{path.name}:{number}"
            found.append(Entry(one["line"], tuple(said), one["world"], one["npc"], one["language"], one, place))
    return found


def play(entry: Entry, then: Callable[[Engine, Line], None]) -> Played:
    """Return what came of an entry; `then` is done after each line before the last."""
    with opened(entry.world) as engine:
        talk = engine.talk_to(entry.npc)
        for said in entry.say:
            then(engine, talk.say(said, language=entry.language).line(timeout=PATIENCE))
        began = time.perf_counter()
        line = talk.say(entry.line, language=entry.language).line(timeout=PATIENCE)
        took = line.timing.steps.get("understand", (time.perf_counter() - began) * 1000)
        done = frozenset(_deed(action.name, action.params, entry.world) for action in line.actions)
        wanted = frozenset(_deed(name, params, entry.world) for name, params in _wanted(entry.data))
        return Played(entry, done, wanted, line.text, took)


def opened(world: str) -> Engine:
    """Return an engine with one of the worlds; what is read of it is read once."""
    content, understander = _content(world)
    return Engine.load(content, model="none", gossip=False, remarks=False, understander=understander)


@cache
def _content(world: str) -> tuple[Content, Understander]:
    return load_content(WORLDS[world]), open_understander("cascade")


def perform(engine: Engine, line: Line) -> None:
    """Do what a line says that the game should do."""
    for action in line.actions:
        engine.perform(action)


def _wanted(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, object]]]:
    if "actions" in data:
        for one in data["actions"] or ():
            yield one["action"], one.get("params") or {}
    elif data.get("action"):
        yield data["action"], data.get("params") or {}


def _deed(name: str, params: Mapping[str, object], world: str) -> Deed:
    """Return an action with all that it is told, defaults included; texts count alike however they are marked."""
    told = dict(params)
    declared = _content(world)[0].actions
    for param in declared[name].params if name in declared else ():
        if param.default is not None:
            told.setdefault(param.id, param.default)
    return name, frozenset((key, _plain(value)) for key, value in told.items() if value is not None)


def _plain(value: object) -> object:
    return value.strip(" .!?。！？\"'“”「」").casefold() if isinstance(value, str) else value


def groups(played: Sequence[Any]) -> Iterator[tuple[str, list[Any]]]:
    """Yield what was played by language, by world and as a whole."""
    for language in sorted({one.entry.language for one in played}):
        yield language, [one for one in played if one.entry.language == language]
    for world in sorted({one.entry.world for one in played}):
        for language in sorted({one.entry.language for one in played if one.entry.world == world}):
            these = [one for one in played if (one.entry.world, one.entry.language) == (world, language)]
            yield f"{world}, {language}", these
    yield "all", list(played)


def share(part: int, whole: int) -> str:
    """Return a share with the bounds within which it lies 95 times of 100 (Wilson's interval)."""
    if not whole:
        return "none"
    p = part / whole
    middle = (p + _Z**2 / (2 * whole)) / (1 + _Z**2 / whole)
    spread = _Z * ((p * (1 - p) + _Z**2 / (4 * whole)) / whole) ** 0.5 / (1 + _Z**2 / whole)
    return f"{p:.3f} ({max(0.0, middle - spread):.3f}–{min(1.0, middle + spread):.3f})"


def _put(deeds: frozenset[Deed]) -> str:
    return ", ".join(f"{name}{dict(sorted(params, key=str))}" for name, params in sorted(deeds, key=str)) or "nothing"
