"""Who does what to whom: on which side of a relation the things of a question stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from npc_engine.dialogue.query import Query, Role, Term
from npc_engine.dialogue.understand.rules.grammar import Grammar, QuestionForm
from npc_engine.dialogue.understand.rules.linking import Span
from npc_engine.text import is_han

_Sides = tuple[Term | None, Term | None]


@dataclass(frozen=True)
class Clause:
    """A clause about a relation: its parts, the words that name the relation, and how it is asked about."""

    parts: Sequence[Span]
    cue: Span
    predicate: str
    form: QuestionForm
    grammar: Grammar

    @cached_property
    def left(self) -> list[Span]:
        """The things before the relation's words."""
        return [part for part in self.parts if part.term and part.start < self.cue.start]

    @cached_property
    def right(self) -> list[Span]:
        """The things behind the relation's words."""
        return [part for part in self.parts if part.term and part.start > self.cue.start]


def roles(clause: Clause) -> Query:
    """Return a question about a relation, with what stands on its sides by the order of words and kinds of things."""
    predicate, form, grammar = clause.predicate, clause.form, clause.grammar
    asked = Query(predicate, question_word=form.question_word, yes_no=form.yes_no)
    if grammar.predicates[predicate].values:
        bare = [_whose(part.term, predicate) for part in clause.parts if part.term]
        fit = [term for term in bare if grammar.fits(term, predicate, "subject")]
        return replace(asked, subject=fit[0] if fit else None)
    isolating = grammar.speech.isolating and any(map(is_han, clause.cue.text))
    sides = _split(_by_particles(clause) if isolating else _by_voice(clause), clause)
    subject, object_ = _fitting(sides, clause)
    return replace(asked, subject=subject, object=object_)


def _whose(term: Term | None, predicate: str) -> Term | None:
    """Return whose it is, of a phrase that names but what is asked: in 'Mira's trade' Mira."""
    link = term.link if term else None
    return link.given if link and predicate in link.predicates and link.role == "subject" else term


def _by_voice(clause: Clause) -> _Sides:
    """Return the sides by the order of words, turned round where what is done to somebody is said: 'was taught by'."""
    parts, left, right, grammar = clause.parts, clause.left, clause.right, clause.grammar
    subject, object_ = _in_order(left, right)
    between = [part for part in parts if len(left) > 1 and left[0].end <= part.start < left[-1].start]
    if not right and any(part.word_classes & {"that", "wh:where"} for part in between):
        subject, object_ = object_, subject  # 'Is it the mill that Mira owns?'
    at = list(parts).index(clause.cue)
    begins = max((i + 1 for i, part in enumerate(parts[:at]) if i and "that" in part.word_classes), default=0)
    by = any("by" in part.word_classes for part in parts)
    placed = at + 1 < len(parts) and "placed" in parts[at + 1].word_classes  # 'is located in', not 'is owed'
    where = clause.form.question_word == "where"
    if passive(parts[begins:at], clause.cue, clause.predicate, grammar) and (by or not (placed or where)):
        return object_, subject
    inside = left and not right and _inside(parts, left[-1], grammar)
    if inside and grammar.fits(left[-1].term, clause.predicate, "object"):
        return (left[-2].term if len(left) > 1 else None), left[-1].term  # 'In Reedwater, who lives?'
    return subject, object_


def _inside(parts: Sequence[Span], thing: Span, grammar: Grammar) -> bool:
    """Return whether a thing is a place that something is said to be in."""
    before = [part for part in parts if part.start < thing.start and "article" not in part.word_classes]
    return bool(before) and before[-1].text in grammar.words("inside")


def passive(before: Sequence[Span], cue: Span, predicate: str, grammar: Grammar) -> bool:
    """Return whether a relation's word says what is done to somebody: 'was taught', but not 'was born'."""
    being = any("be" in part.word_classes for part in before)
    return being and grammar.speech.is_participle(cue.text) and predicate not in grammar.lexicon.stative


def _in_order(left: list[Span], right: list[Span]) -> _Sides:
    if len(left) > 1 and not right:
        return left[0].term, left[-1].term
    if not left and len(right) > 1:
        return right[0].term, right[1].term
    return (left[-1].term if left else None), (right[0].term if right else None)


def _by_particles(clause: Clause) -> _Sides:
    """Return the sides by the particles that mark them, and by order: 被, 由, 是…的."""
    cue, left, right = clause.cue, clause.left, clause.right
    ordered = list(clause.parts)
    at = ordered.index(cue)
    asking = next(
        (i for i, part in enumerate(ordered) if "wh:who" in part.word_classes or "wh:what" in part.word_classes), None
    )
    doer = at - 1  # what stands right before the relation's word
    while doer > 0 and not (ordered[doer].term or any(kind.startswith("wh:") for kind in ordered[doer].word_classes)):
        doer -= 1
    if doer > 0 and (ordered[doer].term or doer == asking):
        marked = ordered[doer - 1].word_classes
        others = [part for part in left if part is not ordered[doer]]
        if "by" in marked or ("be" in marked and doer >= at - 2):
            named = "noun" in cue.word_classes and doer < at - 1
            if not named and (others or right or (asking is not None and asking < doer)):
                return ordered[doer].term, (others[0] if others else right[0]).term if others or right else None
    if asking is not None and left and not right and asking < ordered.index(left[0]):
        return None, left[-1].term  # 谁跟米拉学过
    if not left and len(right) > 1 and "be" in ordered[ordered.index(right[1]) - 1].word_classes:
        return right[1].term, right[0].term  # 欠米拉钱的是托马斯吗
    return _in_order(left, right)


def _split(sides: _Sides, clause: Clause) -> _Sides:
    """Take 'Are Mira and Tomas siblings?' apart."""
    predicate, grammar = clause.predicate, clause.grammar
    symmetric = grammar.predicates[predicate].symmetric
    both = next((term for term in sides if term and len(term.parts) == 2), None)
    alike = not grammar.shape(predicate).objects or (
        grammar.shape(predicate).subjects & grammar.shape(predicate).objects
    )
    if both and None in sides and clause.form.yes_no and (symmetric or alike):
        return both.parts[0], both.parts[1]
    return sides


def _fitting(sides: _Sides, clause: Clause) -> _Sides:
    """Swap subject and object if only the swapped order satisfies the kinds of things the relation holds between."""
    predicate, grammar = clause.predicate, clause.grammar
    subject, object_ = sides
    alone = (subject is None) != (object_ is None)
    if alone and clause.form.question_word == "where" and "where" in grammar.predicates[predicate].asks:
        term = subject or object_
        if grammar.fits(term, predicate, "subject"):
            return term, None
    if _fit(sides, predicate, grammar) < _fit((object_, subject), predicate, grammar):
        return object_, subject
    return sides


def _fit(sides: _Sides, predicate: str, grammar: Grammar) -> int:
    named: tuple[Role, Role] = ("subject", "object")
    return sum(grammar.fits(term, predicate, role) for term, role in zip(sides, named, strict=True))
