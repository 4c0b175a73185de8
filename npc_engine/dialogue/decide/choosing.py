"""Answering what compares things or picks some out: with those that it comes to, and the numbers that say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from npc_engine.dialogue.access import covering
from npc_engine.dialogue.decide.picking import everything_measured, measured, offered_here, picked, spoken_of
from npc_engine.dialogue.decide.wording import fact_of
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Phrase, Plan, Reading
from npc_engine.dialogue.wants import Choice, Selection
from npc_engine.mind import Belief, discretion
from npc_engine.mind.discretion import Kept

TOLD = 5
"""Things that are named in one answer at most."""


def chosen(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return the answer to a question that compares or picks out; None where nothing is known to compare."""
    choice = act.choice
    if choice is None:
        return None
    choice = _beside_what(choice, scene)
    selection = choice.selection
    if choice.yes_no and _asks_whether(choice):
        return _whether(choice, reading, scene)
    universe = offered_here(scene) or None
    found = picked(selection, universe, scene, reading.language)
    if not found and selection.named and not picked(_unbounded(selection), universe, scene, reading.language):
        found = picked(selection, None, scene, reading.language)
    by = _by(choice)
    beliefs = _telling([measured(one, predicate, scene) for one in found[:TOLD] for predicate in by])
    if not beliefs and found:
        beliefs = _kinds(found[:TOLD], choice, scene)
    beliefs = [one for one in beliefs if _may_tell(one, scene)]
    if beliefs:
        facts = tuple(fact_of(belief, scene, reading.language) for belief in beliefs)
        polarity = True if choice.yes_no else None
        return Plan("answer", facts=facts, polarity=polarity, chosen=tuple(found), reasons=("asked:choice",))
    known = everything_measured(by[0], scene) if by else []
    if found or not known or not (selection.limits or selection.rank):
        return None
    return Plan("answer", says=(Phrase("none_such"),), reasons=("asked:choice",))


def _by(choice: Choice) -> tuple[str, ...]:
    """Return by which relations an answer tells of each thing: those asked about, else those compared by."""
    selection = choice.selection
    compared = [limit.predicate for limit in selection.limits] + ([selection.rank.predicate] if selection.rank else [])
    return choice.predicates or tuple(dict.fromkeys(compared))


def _asks_whether(choice: Choice) -> bool:
    """Return whether it is asked if one thing is within a bound, rather than which are."""
    return len(choice.selection.named) == 1 and bool(choice.selection.limits) and choice.among != ()


def _whether(choice: Choice, reading: Reading, scene: Scene) -> Plan | None:
    """Return yes or no, with the numbers on both sides."""
    one, limit = choice.selection.named[0], choice.selection.limits[0]
    pair = [measured(one, limit.predicate, scene)]
    if limit.beside:
        pair.append(measured(limit.beside, limit.predicate, scene))
    if any(number is None for number in pair):
        return None
    within = bool(picked(choice.selection, None, scene, reading.language))
    beliefs = [belief for belief in _telling(pair) if _may_tell(belief, scene)]
    facts = tuple(fact_of(belief, scene, reading.language) for belief in beliefs)
    best = (one,) if within or not limit.beside else (limit.beside,)
    return Plan("answer", facts=facts, polarity=within, chosen=best, reasons=("asked:choice",)) if facts else None


def _beside_what(choice: Choice, scene: Scene) -> Choice:
    """Return a choice in which what is left out is what was spoken of last: 'Is the long bow stronger?'"""
    limits = choice.selection.limits
    if not any(limit.beside == "" for limit in limits):
        return choice
    others = [one for group in spoken_of(scene, None) for one in group if one not in choice.selection.named]
    beside = next((one for one in others if measured(one, limits[0].predicate, scene)), None)
    filled = tuple(replace(limit, beside=beside) if limit.beside == "" else limit for limit in limits)
    return replace(choice, selection=replace(choice.selection, limits=filled if beside else ()))


def _unbounded(selection: Selection) -> Selection:
    return Selection(named=selection.named)


def _kinds(found: Sequence[str], choice: Choice, scene: Scene) -> list[Belief]:
    """Return what tells of things of a kind of which no number was asked: what each costs, or else that it is one."""
    predicates = scene.projections.compiled.predicates
    for predicate in (one.id for one in predicates.values() if one.measure):
        told = _telling([measured(one, predicate, scene) for one in found])
        if len(told) == len(found):
            return told
    kind = choice.selection.named[0] if choice.selection.named else None
    return [belief for one in found for belief in scene.mind.beliefs.ask(one, "kind_of", kind)] if kind else []


def _telling(numbers: Iterable[tuple[float, Belief] | None]) -> list[Belief]:
    return list({number[1].id: number[1] for number in numbers if number is not None}.values())


def _may_tell(belief: Belief, scene: Scene) -> bool:
    return covering(belief, scene) is None and not isinstance(discretion.as_told(belief, scene.company), Kept)
