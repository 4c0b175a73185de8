"""What of a statement is taken up: said outright, surely, of others. Numbers that are put are compared, not taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.chronicle import Change
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Act
from npc_engine.dialogue.understand.contract import LabelledStretch
from npc_engine.dialogue.understand.picking import even, look_through
from npc_engine.dialogue.understand.qualifiers import is_denied, put_as_question, qualifiers
from npc_engine.dialogue.understand.rules.lexicon import lexicon_of
from npc_engine.dialogue.understand.rules.stating import Stated, vouched
from npc_engine.lang import pack, words_of
from npc_engine.text import Language

OTHERWISE = 0.9
"""Confidence of the ear from which what it takes for a question, a guess or a report is none that states anything."""
_UNVOUCHED = frozenset({"guess", "report"})
"""Acts by which something is brought up that nobody vouches for."""


def taken_up(
    heard: LabelledStretch, part: str, said: Sequence[Stated], context: Context, language: Language
) -> tuple[Change, ...]:
    """Return the claims that may be taken up of what is stated in a stretch: outright, and without a reserve.

    What is said with a number is not taken up, since a claim holds none.
    """
    if heard.confidence >= OTHERWISE and (acts()[heard.kind].question or heard.kind in _UNVOUCHED):
        return ()
    claims = tuple(one.claim for one in said if vouched(one, context))
    measured = lexicon_of(context.world).measured
    if any(measured(one.predicate) for one in claims) and amount_in(part, context, language) is not None:
        return tuple(one for one in claims if not measured(one.predicate))
    return claims


def as_stated(act: Act, claims: tuple[Change, ...]) -> Act:
    """Return an act that states something outright: words that it shares with a question ask nothing."""
    if not claims or not (act.kind == "ask_fact" or acts()[act.kind].states):
        return act
    return replace(act, kind="tell_fact", claims=claims, queries=(), question_word=None, yes_no=False)


def reserves(text: str, language: Language) -> frozenset[str]:
    """Return what keeps a whole line from being vouched for, or from asking for something.

    These are its qualifiers, `negated` only where every clause is; `not` tells that it has a word of denial, `asked`
    that it ends as a question.
    """
    plain = even(text)
    found = set(qualifiers(plain, language) - {"negated"})
    words = words_of(language)
    told = {
        "negated": is_denied(plain, language),
        "hedged": words.cued("hedge", text),
        "not": words.cued("negation", text),
        "asked": put_as_question(text),
    }
    return frozenset(found | {name for name, so in told.items() if so})


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
