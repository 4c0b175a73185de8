"""Deeds that a line asks for in several pieces, put together: 'I'd like a bow, the cheapest.'"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from npc_engine.dialogue.wants import Selection, Slot, Want


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is wanted done, or only seems so: where it stands, and for which `reasons` it is none.

    It is `bare` where nothing but a name or a number says so.
    """

    start: int
    end: int
    want: Want | None
    reasons: frozenset[str] = frozenset()
    bare: bool = False


def waits(deed: Deed) -> bool:
    """Return whether nothing says which thing a deed is about."""
    slots = deed.want.readings[0].slots.values() if deed.want else ()
    return any(isinstance(slot, Selection) and slot.is_open for slot in slots)


def together(found: Sequence[Deed]) -> list[Deed]:
    """Return deeds, those put together of which the one only says more of the other."""
    kept: list[Deed] = []
    for deed in found:
        last = kept[-1] if kept else None
        merged = _merged(last.want, deed.want) if last and last.want and deed.want else None
        if last and last.bare and not deed.bare and not merged and last.want and deed.want:
            merged = _led(last.want, deed.want)
        if last and merged:
            kept[-1] = Deed(last.start, deed.end, merged, last.reasons | deed.reasons)
        else:
            kept.append(deed)
    return kept


def _merged(one: Want, other: Want) -> Want | None:
    """Return two wants as one: 'Engrave it: "For Anna".', 'I'd like a bow, the cheapest.' None where they are two."""
    first, second = one.readings[0], other.readings[0]
    if first.action != second.action:
        return None
    slots = dict(first.slots)
    for name, slot in second.slots.items():
        before = slots.get(name)
        if before is None or is_open(before):
            slots[name] = slot
        elif slot == before:
            continue
        elif isinstance(slot, Selection) and isinstance(before, Selection) and slot.back and slot.named == before.named:
            if first.slots.keys() & second.slots.keys() != {name}:
                return None
        elif isinstance(slot, Selection) and isinstance(before, Selection) and not slot.named and not slot.other:
            if not slot.is_open:
                slots[name] = replace(slot, named=before.named, said=before.said | slot.said)
            elif slot.back and not set(second.slots) - {name}:
                return None
        else:
            return None
    return Want((replace(first, slots=slots), *one.readings[1:]), one.unsure and other.unsure)


def _led(one: Want, other: Want) -> Want | None:
    """Return a want of which what is to be done it with was named before: 'Two potions, send them to the inn.'"""
    first, second = one.readings[0], other.readings[0]
    shared = [n for n, slot in second.slots.items() if isinstance(slot, Selection) and slot.back and n in first.slots]
    if not shared:
        return None
    told = {n: slot for n, slot in first.slots.items() if n in shared or n not in second.slots}
    return replace(other, readings=tuple(replace(one, slots={**one.slots, **told}) for one in other.readings))


def is_open(slot: Slot) -> bool:
    """Return whether nothing was told of which one is meant."""
    return isinstance(slot, Selection) and slot.is_open and not slot.every
