"""What a statement claims in a language that has no frames of statements: one relation between two things, or a value.

A claim is written into minds, so it is taken only from words that say it: both sides fit the relation, the relation's
word stands beside one of them, and a noun of kinship is said of somebody ('X is my brother') rather than used of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from npc_engine.chronicle import Change
from npc_engine.dialogue.query import Query
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand.rules.grammar import Grammar
from npc_engine.dialogue.understand.rules.linking import Span


def claimed(
    named: Sequence[str], queries: Sequence[Query], found: Sequence[Span], grammar: Grammar, context: Context
) -> tuple[Change, ...]:
    """Return what the speaker asserts, as statements the world has words for: the likeliest one, or none.

    What stands between two things relates them, before anything else does: 'the spirit broke the bridge'.
    """
    holds = not grammar.speech.words.cued("negation", grammar.text)
    things = [at for at, span in enumerate(found) if span.term]
    inside = found[things[0] : things[-1]] if things else []
    between = {predicate for span in inside for predicate in span.predicates}
    for query in sorted(queries, key=lambda query: query.predicate not in between):
        if query.values:
            about = next((entity for entity in named if entity not in (context.npc, context.speaker)), None)
            if about:
                return (Change(about, query.predicate, query.values[0], holds),)
        elif not grammar.predicates[query.predicate].values and query.subject and query.object:
            subject, object_ = query.subject.entity, query.object.entity
            if subject and object_ and _is_said(query, found, grammar):
                return (Change(subject, query.predicate, object_, holds),)
    return ()


def _is_said(query: Query, found: Sequence[Span], grammar: Grammar) -> bool:
    """Return whether a statement's words say that a relation holds, rather than only bringing its parts together."""
    if not (
        grammar.fits(query.subject, query.predicate, "subject")
        and grammar.fits(query.object, query.predicate, "object")
    ):
        return False
    sides = {side.entity for side in (query.subject, query.object) if side}
    if any(_some(found, at) for at, span in enumerate(found) if span.term and span.term.entity in sides):
        return False
    cues = [at for at, span in enumerate(found) if query.predicate in span.predicates]
    return not cues or any(_relates(found, at, sides) for at in cues)


def _some(found: Sequence[Span], at: int) -> bool:
    """Return whether what is named is but one of a kind: 'a smith' is not the smith of the village."""
    return at > 0 and "counting" in found[at - 1].word_classes


def _relates(found: Sequence[Span], at: int, sides: set[str | None]) -> bool:
    """Return whether the thing before a relation's word is one of those it is to relate, and a noun is said of it."""
    cue, before = found[at], [span for span in found[:at] if span.term]
    if before and before[-1].term and before[-1].term.entity not in sides:
        return False
    if not cue.word_classes & {"noun", "he", "she"}:
        return True
    return any("be" in span.word_classes for span in found)
