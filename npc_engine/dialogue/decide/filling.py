"""What becomes of what is wanted done: ready to be done, waiting for a word, or nothing that can be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import product

from npc_engine.dialogue.decide.picking import measured, open_to, picked, spoken_of
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.wants import Pending, Request, Selection, Value, Want
from npc_engine.text import Language
from npc_engine.world.definitions import ActionDefinition, Param

_BETTER = {"ready": 0.3, "waiting": 0.1, "unfit": -0.2}
"""How much it counts for a reading what comes of it."""


NEAR = 5
"""How many times more or less than what is known a number may be that is put against it."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A request as far as it could be filled in: each of `ready` is one time that the action is to be done.

    Where something is missing it is `pending`; `unfit` names what was asked for and is not to be had; `agreed` tells
    that the speaker said yes to it, `unsure` that they may not have asked for it, `vain` that it was no request at all:
    'The long bow is 450, is it?'
    """

    action: str
    ready: tuple[dict[str, Value], ...] = ()
    pending: Pending | None = None
    unfit: tuple[str, ...] = ()
    agreed: bool = False
    vain: bool = False
    unsure: bool = False
    fits: float = field(default=0.0, compare=False)


def filled(want: Want, scene: Scene, language: Language) -> Filled:
    """Return what comes of a want: of its readings the one that fits best, what there is counted in."""
    found = [_filled(request, scene, language) for request in want.readings if request.action in scene.actions]
    best = max(found, key=lambda one: one.fits, default=Filled(want.action))
    return replace(best, unsure=want.unsure)


def _filled(request: Request, scene: Scene, language: Language) -> Filled:
    definition = scene.actions[request.action]
    told = dict(request.slots)
    values: dict[str, Value] = {}
    several: dict[str, list[str]] = {}
    missing: tuple[Param, list[str]] | None = None
    for param in definition.params:
        slot = told.get(param.id)
        if isinstance(slot, Selection):
            options, unfit = _options(param, slot, values, scene, language)
            if len(options) > 1 and param.where is None:
                options = _spoken_of(param, options, scene)  # the sword that was bought a moment ago
            if unfit:
                return Filled(request.action, unfit=unfit, fits=request.fits + _BETTER["unfit"])
            if len(options) > 1 and slot.every and (len(slot.named) < 2 or len(options) == len(slot.named)):
                several[param.id] = options
            elif len(options) == 1:
                values[param.id] = options[0]
            elif param.is_needed:
                missing = missing or (param, options)
        elif slot is not None:
            values[param.id] = slot
        elif param.default is not None:
            values[param.id] = param.default
        elif param.is_needed:
            options = _spoken_of(param, _only_one(param, values, scene), scene)
            if len(options) == 1:
                values[param.id] = options[0]
            else:
                missing = missing or (param, options)
    if missing:
        return _waiting(request, definition, {**_plain(told), **values}, *missing, scene)
    _count_once(definition, values, several)
    if request.bid and not _may_be_bid(definition, values, scene):
        return Filled(request.action, fits=request.fits + _BETTER["unfit"], vain=True)
    if _is_so(definition, values, scene):
        return replace(Filled(request.action, ({**values},)), fits=request.fits, agreed=request.agreed)
    keys = list(several)
    ready = tuple(
        {**values, **dict(zip(keys, chosen, strict=True))} for chosen in product(*(several[key] for key in keys))
    )
    return Filled(request.action, ready, agreed=request.agreed, fits=request.fits + _BETTER["ready"])


def _options(
    param: Param, slot: Selection, values: dict[str, Value], scene: Scene, language: Language
) -> tuple[list[str], tuple[str, ...]]:
    """Return what a param may mean, and what was named that it can't be."""
    among = open_to(param, values, scene)
    asked = waiting(scene)
    narrowed = asked is not None and asked.missing == param.id and bool(asked.among) and not slot.named
    if asked is not None and narrowed and (found := picked(slot, asked.among, scene, language)):
        return found, ()
    if slot.implied and among and len(among) > 1 and (param.where or "").startswith("{speaker}"):
        return list(among), ()  # of what one has oneself, nothing says which
    found = picked(slot, among, scene, language)
    if not found and slot.named and among is not None:
        return [], slot.named
    if not found and among is not None and len(among) == 1 and slot.is_open:
        return list(among), ()
    return found, ()


def _is_so(definition: ActionDefinition, values: dict[str, Value], scene: Scene) -> bool:
    """Return whether the NPC believes all that an action would bring about, and it can't be done once more."""
    if not definition.changes or definition.not_changes or any(param.type == "number" for param in definition.params):
        return False
    known = {"actor": scene.npc, "speaker": scene.speaker, **{name: str(value) for name, value in values.items()}}
    facts = [[known.get(word.strip("{}"), word) for word in fact.split()] for fact in definition.changes]
    return all(any(one.holds for one in scene.mind.beliefs.ask(*fact)) for fact in facts)


def _count_once(definition: ActionDefinition, values: dict[str, Value], several: dict[str, list[str]]) -> None:
    """Let a number that says how many things there are not be how many of each are wanted: 'both swords', 两把都要."""
    numbers = {len(options) for options in several.values()}
    for param in definition.params:
        if param.type == "number" and param.default is not None and values.get(param.id) in numbers:
            values[param.id] = param.default


def _may_be_bid(definition: ActionDefinition, values: dict[str, Value], scene: Scene) -> bool:
    """Return whether a number that was put may be meant for what is named: not the very number that it has by a
    relation, nor far from that by which things are compared first."""
    numbers = [float(v) for p in definition.params if p.is_needed and isinstance(v := values.get(p.id), int | float)]
    things = [str(values[p.id]) for p in definition.params if p.names_something and p.id in values]
    ruled = [one.id for one in scene.projections.compiled.predicates.values() if one.measure]
    known = [told[0] for one in things for by in ruled if (told := measured(one, by, scene))]
    if not numbers or not known:
        return True
    return all(n not in known and known[0] / NEAR <= n <= known[0] * NEAR for n in numbers)


def _only_one(param: Param, values: dict[str, Value], scene: Scene) -> list[str]:
    """Return what a param can be of which nothing was said."""
    if not param.names_something or param.where is None:
        return []
    return open_to(param, values, scene) or []


def _spoken_of(param: Param, options: list[str], scene: Scene) -> list[str]:
    """Return of what a param can be the one that was spoken of last, if it was one: 'Can Runa come along?'"""
    last = next(iter(spoken_of(scene, options)), []) if len(options) > 1 else []
    return last if len(last) == 1 else options


def _waiting(
    request: Request,
    definition: ActionDefinition,
    values: dict[str, Value],
    param: Param,
    options: Iterable[str],
    scene: Scene,
) -> Filled:
    """Return a request that waits for one of its params."""
    among = tuple(options) or tuple((open_to(param, values, scene) if param.where else None) or ())
    known = {name: value for name, value in values.items() if name != param.id}
    pending = Pending(definition.id, known, param.id, among)
    return Filled(definition.id, pending=pending, fits=request.fits + _BETTER["waiting"])


def _plain(told: dict[str, Selection | Value]) -> dict[str, Value]:
    """Return what was told that needs no looking up."""
    return {name: slot for name, slot in told.items() if not isinstance(slot, Selection)}


def waiting(scene: Scene) -> Pending | None:
    """Return what waits for the speaker's word: what the NPC asked about in the last line, or offered."""
    last = scene.exchanges[-1].line if scene.exchanges else None
    return last.waits_for if last is not None and last.speaker == scene.npc else None


def unfilled(action: str) -> Want:
    """Return the want of an action of which nothing was said but that it be done."""
    return Want((Request(action),))
