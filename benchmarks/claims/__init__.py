"""Whether what players say that is so is taken up, and nothing else: `python -m benchmarks claims`.

The lines lie beside this file, `*.yaml`; the README says how they are written. They are played without a model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.requests import PATIENCE, Entry, entries, groups, opened, perform, share

HERE = Path(__file__).parent

Record = tuple[str, str, str, bool]
"""Subject, predicate, object, and whether it is so."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken up from an entry, and what should have been."""

    entry: Entry
    taken: frozenset[Record]
    wanted: frozenset[Record]


def measure(folder: Path | None = None, *, show: bool = False) -> None:
    """Print how well the statements of a folder's lines are taken up; `show` prints where they are not."""
    found = [taken(entry) for entry in entries(folder or HERE)]
    if not found:
        print(f"\nClaims: no lines ({folder or HERE}/*.yaml)")
        return
    print(f"\nClaims, {len(found)} lines")
    print(f"{'':<18}{'lines':>7}{'right':>22}{'precision':>22}{'recall':>22}")
    for name, these in groups(found):
        _print_row(name, these)
    if show:
        for one in found:
            if one.taken != one.wanted:
                print(
                    f"{one.entry.place}: {one.entry.line}\n    wanted {sorted(one.wanted)}, taken {sorted(one.taken)}"
                )


def _print_row(name: str, these: Sequence[Taken]) -> None:
    right = sum(one.taken == one.wanted for one in these)
    hit = sum(len(one.taken & one.wanted) for one in these)
    figures = (
        share(right, len(these)),
        share(hit, sum(len(one.taken) for one in these)),
        share(hit, sum(len(one.wanted) for one in these)),
    )
    print(f"{name:<18}{len(these):>7}" + "".join(f"{figure:>22}" for figure in figures))


def taken(entry: Entry) -> Taken:
    """Return what is taken up from an entry."""
    with opened(entry.world) as engine:
        talk = engine.talk_to(entry.npc)
        for said in entry.say:
            perform(engine, talk.say(said, language=entry.language).line(timeout=PATIENCE))
        before = len(engine.events)
        line = talk.say(entry.line, language=entry.language).line(timeout=PATIENCE)
        said_by = [event for event in engine.events[before:] if event.actor == line.listener]
        claims = [claim for event in said_by for claim in event.claims]
        found = frozenset((one.subject, one.predicate, one.object, one.holds) for one in claims)
        return Taken(entry, found, frozenset(_record(one) for one in entry.data.get("records") or ()))


def _record(one: Sequence[Any] | Mapping[str, Any]) -> Record:
    subject, predicate, object_, holds = one
    return str(subject), str(predicate), str(object_), holds in (True, "yes")
