"""Questions that compare things or pick some out: which is stronger, the cheapest, anything under 500, what bows."""

from __future__ import annotations

from collections.abc import Sequence

from npc_engine.dialogue.query import Query
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand.filling_in import is_kind
from npc_engine.dialogue.understand.picking import Words, selection
from npc_engine.dialogue.wants import Choice, Limit, Rank, Selection


def choice(words: Words, start: int, queries: Sequence[Query], context: Context, *, yes_no: bool) -> Choice | None:
    """Return what a question that begins at `start` picks out; None where it asks for nothing of the kind.

    `queries` are its readings as a question about a relation: what is measured by one may be asked of what is picked.
    """
    others = [m for m in words.mentions if m.entity not in (context.npc, context.speaker)]
    named = [m for m in others if _is_comparable(m.entity, context)]
    kinds = [m for m in named if is_kind(m.entity, context.world)]
    measured = [query.predicate for query in queries if query.predicate in words.measures.predicates]
    picked = selection(words, named, start, context)
    asked = tuple(dict.fromkeys(measured))
    among = tuple(m.entity for m in named) if len(named) > len(kinds) else ()
    if picked.limits or (picked.rank and not (picked.rank.two and yes_no and len(named) == 1 and not kinds)):
        return Choice(picked, asked, yes_no, among)
    if picked.rank:  # 'Is the long bow stronger?'
        beside = Limit(picked.rank.predicate, beside="", more=picked.rank.high)
        return Choice(Selection(named=picked.named, limits=(beside,), back=True), asked, yes_no, among)
    if plain := _plainly(words, named, kinds):
        return Choice(Selection(named=picked.named, rank=plain, back=picked.back), asked, yes_no and not kinds, among)
    if asked and not named and (picked.ordinal or picked.other):
        return Choice(picked, asked, yes_no, among)
    if kinds and len(named) == len(kinds) and len(others) == len(kinds):
        return Choice(Selection(named=tuple(m.entity for m in kinds)), asked, yes_no, ())
    return None


def _is_comparable(entity: str, context: Context) -> bool:
    known = context.world.entities.get(entity)
    return known is not None and known.kind in ("thing", "idea")


def _plainly(words: Words, named: Sequence[object], kinds: Sequence[object]) -> Rank | None:
    """Return by what things are ranked where only an adjective asks for it: 'anything cheap?', 'a safe quest'."""
    several = len(named) - len(kinds)
    if several == 1:
        return None
    plain = next((one for one in words.compared if one.degree == "plain"), None)
    return Rank(plain.predicate, plain.high, two=several > 1) if plain else None  # 长剑和匕首哪个厉害
