"""What a piece of a line tells an action: which of its names, numbers and texts is which of the action's params."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand.picking import KIND_OF, Words, counted, selection
from npc_engine.dialogue.understand.rules.lexicon import lexicon_of
from npc_engine.dialogue.wants import Request, Selection, Slot
from npc_engine.lang import pack
from npc_engine.mind.projections import CompiledWorld
from npc_engine.world.definitions import ActionDefinition, Param
from npc_engine.world.names import Mention

TOLD = 0.1
"""How much better an action fits for each name, number or text that it has a place for; worse for each it has not."""
UNTOLD = 0.15
ASIDE = 0.6
"""How much of that it is worse for something that is named and may yet say which one is meant."""
WHOLE = 0.1
"""How much better it fits where it is told all that it can't do without."""


def fit(
    definition: ActionDefinition, fits: float, words: Words, start: int, context: Context, missing: str | None = None
) -> Request:
    """Return how a piece of a line that begins at `start` reads as a request for an action.

    `missing` is the param that the NPC has just asked for: what names nothing is about that.
    """
    slots: dict[str, Slot] = {}
    used: set[int] = set()
    mentions = [m for m in words.mentions if m.entity not in (context.npc, context.speaker)]
    for param in definition.params:
        if not param.names_something:
            continue
        fitting = [m for m in mentions if m.start not in used and suits(m.entity, param, context)]
        if fitting:
            used |= {m.start for m in fitting}
            slots[param.id] = selection(words, fitting, start, context)
    named = [m for m in mentions if m.start in used]
    _point_back(slots, definition, words, start, context, missing)
    beside = tuple(m.entity for m in mentions if m.start not in used)
    for param in definition.params:
        if param.is_needed and param.where is not None and param.names_something and param.id not in slots:
            earlier = [m for m in words.before if suits(m.entity, param, context)]
            if earlier:  # 'I'll find the ring, with Runa.'
                slots[param.id] = Selection(named=(earlier[-1].entity,), back=True)
            elif beside:
                slots[param.id] = Selection(beside=beside)
    for name, slot in slots.items():
        if beside and isinstance(slot, Selection):
            slots[name] = replace(slot, beside=beside)
    told = _numbers(slots, definition, words, named, start) + _text(slots, definition, words, start)
    numbers = [
        n
        for n in words.numbers
        if n.value in slots.values() or not any(b.start <= n.start < b.end for b in words.bounds)
    ]
    loose = len(beside) * ASIDE + max(0, len(numbers) + len(words.quoted) - told)
    loose += sum(_is_out_of_place(slot, definition, name, context) for name, slot in slots.items())
    if not definition.params:
        return Request(definition.id, {}, fits)
    needed = [param.id for param in definition.params if param.is_needed and param.id in slots]
    fits += WHOLE * (len(needed) == sum(param.is_needed for param in definition.params) and bool(named or told))
    if any(words.measures.unit_after(words.text, n.end) for n in numbers if n.value not in slots.values()):
        fits -= 2 * UNTOLD  # what is paid is no small matter
    return Request(definition.id, slots, fits + TOLD * (len(named) + told) - UNTOLD * loose)


def _is_told(mention: Mention, slots: dict[str, Slot]) -> bool:
    """Return whether a name that stands in a text is what an action is already told: 刻匕首上."""
    return any(isinstance(slot, Selection) and mention.entity in slot.named for slot in slots.values())


def suits(entity: str, param: Param, context: Context) -> bool:
    """Return whether something may be what a param asks for, as far as its kind tells."""
    known = context.world.entities.get(entity)
    if known is None:
        return False
    if param.type in ("place", "person"):
        return known.kind == param.type
    if param.where is not None:
        kinds = _kinds_where(param, context)
        if kinds:
            return known.kind in kinds or is_kind(entity, context.world)
    if param.type == "thing":
        return known.kind == "thing" or is_kind(entity, context.world)
    return known.kind not in ("place", "person")


def _is_out_of_place(slot: Slot, definition: ActionDefinition, name: str, context: Context) -> bool:
    """Return whether something is named where authors have others stand: what the speaker has, to be sold to them."""
    param = next((one for one in definition.params if one.id == name), None)
    if param is None or param.where is None or not isinstance(slot, Selection) or not slot.named:
        return False
    known = context.world.derived.get(
        (KIND_OF, param.where, context.npc, context.speaker), lambda: _written_for(param, context)
    )
    return bool(known) and not any(one in known or is_kind(one, context.world) for one in slot.named)


def _written_for(param: Param, context: Context) -> frozenset[str]:
    """Return what stands in the authors' facts where a param does in its condition."""
    words = [{"{actor}": context.npc, "{speaker}": context.speaker}.get(one, one) for one in str(param.where).split()]
    mine = "{" + param.id + "}"
    facts = [fact.fact.split() for fact in context.world.facts]
    fitting = [fact for fact in facts if all(one in (mine, other) for one, other in zip(words, fact, strict=True))]
    return frozenset(part for fact in fitting for one, part in zip(words, fact, strict=True) if one == mine)


def _kinds_where(param: Param, context: Context) -> frozenset[str]:
    """Return what kinds of things authors have stand where a param is in its condition."""
    subject, predicate, object_ = (param.where or "").split()
    shape = lexicon_of(context.world).shapes.get(predicate)
    if shape is None:
        return frozenset()
    mine = "{" + param.id + "}"
    return shape.subjects if subject == mine else shape.objects if object_ == mine else frozenset()


def is_kind(entity: str, world: CompiledWorld) -> bool:
    """Return whether something is a kind that others are of: a bow."""
    kinds: frozenset[str] = world.derived.get(
        KIND_OF, lambda: frozenset(f.fact.split()[2] for f in world.facts if f.fact.split()[1] == KIND_OF)
    )
    return entity in kinds


def _point_back(
    slots: dict[str, Slot],
    definition: ActionDefinition,
    words: Words,
    start: int,
    context: Context,
    missing: str | None,
) -> None:
    """Have the thing that an action is about be picked out by whatever else stands there: 'it', 'the cheapest'."""
    named = [one for one in definition.params if one.names_something and (one.is_needed or one.id == missing)]
    main = next((one for one in named if one.id == missing), next(iter(named), None))
    if main is None or main.id in slots:
        return
    picked = selection(words, (), start, context)
    if picked.is_open and not words.has("indefinite", start):
        picked = replace(picked, back=True, implied=not picked.back)  # 'I'll take five.'
    earlier = [m for m in words.before if suits(m.entity, main, context)]
    if picked.back and picked.is_open and earlier and not words.has("ones", start):
        things = [m for m in earlier if not is_kind(m.entity, context.world)] or earlier
        picked = replace(picked, named=(things[-1].entity,), implied=False)  # 'Where is the mill? Mark it.'
    if picked.implied and not earlier and words.before:  # 'Tell Ulf: 250 or no deal.'
        picked = replace(picked, beside=tuple(m.entity for m in words.before))
    slots[main.id] = picked


def _numbers(
    slots: dict[str, Slot], definition: ActionDefinition, words: Words, named: Sequence[Mention], start: int
) -> int:
    """Enter the numbers that an action is told, and return how many."""
    needed = [one for one in definition.params if one.type == "number" and one.is_needed]
    counting = [one for one in definition.params if one.type == "number" and not one.is_needed]
    told = 0
    bounding = [(one.start, one.end) for one in words.bounds]
    free = [n for n in words.numbers if not any(a <= n.start < b for a, b in bounding)]
    paid = [n for n in free if words.measures.unit_after(words.text, n.end)]
    counts = counted(words, named[0] if named else None, start, only_counting=True)
    if counts is not None and counts not in paid:
        free = [n for n in free if n != counts]
    bounds = [n for n in words.numbers if n not in free and any(a <= n.start < b for a, b in bounding)]
    for param in needed:
        chosen = next((n for n in [*paid, *reversed(free), *bounds] if _in_range(n.value, param)), None)
        if chosen is not None:
            slots[param.id], told = _number(chosen.value), told + 1
            free = [n for n in free if n != chosen]
            if chosen in bounds:  # 'I won't pay more than 500'
                for name, slot in slots.items():
                    if isinstance(slot, Selection):
                        slots[name] = replace(slot, limits=(), back=slot.back or not slot.named)
    if counting:
        number = counts or (None if named else next((n for n in free if n not in paid), None))
        param = counting[0]
        if number is not None and _in_range(number.value, param) and float(number.value).is_integer():
            slots[param.id], told = int(number.value), told + 1
    return told


def _in_range(value: float, param: Param) -> bool:
    return (param.min is None or value >= param.min) and (param.max is None or value <= param.max)


def _number(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value


def _text(slots: dict[str, Slot], definition: ActionDefinition, words: Words, start: int) -> int:
    """Enter the text that an action is told: what is quoted, else what is led in. Return how many."""
    param = next((one for one in definition.params if one.type == "text"), None)
    if param is None:
        return 0
    if words.quoted:
        slots[param.id] = words.quoted[0][2]
        return 1
    for (text, begins), pattern in product(((words.text, start), (words.whole, 0)), pack(words.language).deeds.naming):
        if match := re.search(pattern, text[begins:]):
            at = begins + match.start(1)
            said = words.original[at : at + len(match[1])].strip(" .!?。！？,，\"'“”")
            of_thing = any(m.start == at for m in words.mentions if _is_told(m, slots))
            if said and not of_thing:
                slots[param.id] = said
                return 1
    return 0
