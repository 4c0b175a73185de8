"""What of a statement is taken up: said outright, surely, of others. Numbers that are put are compared, not taken."""

from __future__ import annotations

from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.chronicle import Change
from npc_engine.dialogue.query import POSSESSION
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Act
from npc_engine.dialogue.understand.picking import even, look_through
from npc_engine.dialogue.understand.qualifiers import put_as_question, qualifiers
from npc_engine.dialogue.understand.rules.lexicon import lexicon_of
from npc_engine.lang import pack, words_of
from npc_engine.text import Language

VOUCHED = 0.5
"""Confidence from which a fact is taken up that words say in full."""
_UNVOUCHED = frozenset({"conditional", "reported", "hedged", "wished", "habit", "later"})
"""Qualifiers of what nobody vouches for."""
_NOT_NOW = frozenset({"past", "later"})
"""Qualifiers of what somebody had once, or will have."""


def taken_up(act: Act, part: str, context: Context, language: Language) -> tuple[Change, ...]:
    """Return the claims of a stretch that may be taken up: stated as a fact, surely, and without a reserve.

    Of themself a speaker is believed to have a thing, and no more; about the NPC nobody is taught. What is said with a
    number is not taken up, since a claim holds none.
    """
    if not acts()[act.kind].states or act.confidence < VOUCHED or words_of(language).cued("hedge", part):
        return ()
    qualified = qualifiers(even(part), language)
    if qualified & _UNVOUCHED or put_as_question(part):
        return ()
    if act.kind == "tell_self":
        own = [c for c in act.claims if c.subject == context.speaker and not qualified & _NOT_NOW]
        return tuple(c for c in own if act.topic == "possession" or c.predicate == POSSESSION)
    measured = lexicon_of(context.world).measured
    return tuple(
        claim
        for claim in act.claims
        if claim.subject not in (context.npc, context.speaker)
        and not (act.amount is not None and measured(claim.predicate))
    )


def amount_in(part: str, context: Context, language: Language) -> float | None:
    """Return the number that a stretch puts, if it puts one."""
    if not pack(language).numerals(even(part)):
        return None
    words = look_through(part, context, language)
    told = (one for one in words.numbers if one.end - one.start > 1 or one.value > 1 or part[one.start].isdigit())
    numbers = [one.value for one in told]
    return numbers[0] if len(numbers) == 1 and not words.bounds else None


def with_amount(act: Act, amount: float | None) -> Act:
    """Return an act that puts a number, and so do its questions: 'Does he owe you 20?'"""
    if amount is None:
        return act
    return replace(act, amount=amount, queries=tuple(replace(one, amount=amount) for one in act.queries))
