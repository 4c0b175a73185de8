"""What comes of 500 everyday lines after 30 days of gossip: statements that anybody holds and nobody wrote or did.

`python -m benchmarks gossip`. The lines are those that the ear learned from, said to everybody in the village by turns;
hardly one of them is about the village, so what is taken up of them is wrong unless it says so in so many words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random

from benchmarks.measure import ROOT, WORLD
from npc_engine import Engine
from npc_engine.lang import HOME
from npc_engine.training.ear.labelled_lines import read_folder

DAYS, LINES = 30, 500
"""Game days, and lines that are said in them."""
PATIENCE = 30
"""Seconds that an answer may take."""


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A statement that was taken from a line: its id, whether it holds, the line, and who believes it in the end."""

    statement: str
    holds: bool
    line: str
    believers: tuple[str, ...]


def measure() -> None:
    """Print what was taken up of everyday lines, and who believes it after 30 days."""
    found = list(after_gossip())
    print(f"\nGossip: {LINES} everyday lines in {DAYS} days, {len(found)} statements taken up")
    for one in found:
        believed = ", ".join(one.believers) or "nobody"
        print(f"  {one.statement} ({one.holds}) from {one.line!r}: {believed}")


def after_gossip(
    lines: int = LINES, days: int = DAYS, seed: int = 0, also: Sequence[tuple[str, str]] = ()
) -> Iterator[TakenUp]:
    """Yield every statement that was taken from the player, or that is believed in the end and not of the world.

    `also` are lines that are said besides, each with its language.
    """
    chance = Random(seed)
    folder = read_folder(ROOT / "training/understanding")
    by_language = {code: [one.text for one in chain(*folder[code].values())] for code in HOME}
    said = [(text, code) for code in HOME for text in chance.sample(by_language[code], lines // len(HOME))]
    said += also
    chance.shuffle(said)
    with Engine.load(WORLD, model="none", seed=seed) as engine:
        authored = _held(engine)
        people, a_day = sorted(engine.people), max(1, lines // days)
        for at, (text, language) in enumerate(said):
            if at % a_day == 0:
                engine.advance(minutes=24 * 60)
            engine.talk_to(people[at % len(people)]).say(text, language=language).line(timeout=PATIENCE)
        engine.advance(minutes=24 * 60)
        claimed = {
            (claim.statement_id, claim.holds): event.text
            for event in engine.events
            if event.actor not in engine.people
            for claim in (*event.claims, *(c for c in event.changes if event.kind == "said"))
        }
        held = {key: who for key, who in _held(engine).items() if key not in authored and not _true(key[0], engine)}
        for key in sorted({*claimed, *(key for key in held if key not in claimed)}):
            if key[0].split(".")[1] != "promised":  # their word is not about the world
                yield TakenUp(*key, claimed.get(key, ""), tuple(sorted(held.get(key, ()))))


def _held(engine: Engine) -> dict[tuple[str, bool], set[str]]:
    """Return what is held by anybody, with who holds it."""
    found: dict[tuple[str, bool], set[str]] = {}
    for who in engine.people:
        for belief in engine.beliefs(who):
            found.setdefault((belief.id, belief.holds), set()).add(who)
    return found


def _true(statement: str, engine: Engine) -> bool:
    """Return whether a statement is so in the world, or follows from what happened in it: where people were."""
    subject, predicate, object_ = statement.split(".")
    return predicate == "at" or bool(engine.ask(subject, predicate, object_))
