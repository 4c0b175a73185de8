"""Who does what to whom: on which side of a relation the things of a question stand."""

from __future__ import annotations

from collections.abc import Sequence

from npc_engine.dialogue.query import Query, Role, Term
from npc_engine.dialogue.understand.rules.grammar import Grammar
from npc_engine.dialogue.understand.rules.linking import Element

_Sides = tuple[Term | None, Term | None]


def roles(
    parts: Sequence[Element], cue: Element, predicate: str, asks: str | None, polar: bool, grammar: Grammar
) -> Query:
    """Give a question about a relation, with what stands on its sides by the order of words and the kinds of things."""
    things = [part for part in parts if part.term]
    rule = grammar.predicates[predicate]
    if rule.values:
        bare = [_whose(part.term, predicate) for part in things]
        fit = [term for term in bare if grammar.fits(term, predicate, "subject")]
        return Query(predicate, fit[0] if fit else None, None, asks=asks, polar=polar)
    left = [part for part in things if part.start < cue.start]
    right = [part for part in things if part.start > cue.start]
    chinese = grammar.language == "zh" and any("\u4e00" <= character <= "\u9fff" for character in cue.text)
    sides = (
        _chinese(parts, cue, left, right) if chinese else _english(parts, cue, left, right, predicate, asks, grammar)
    )
    sides = _split(sides, polar, rule.symmetric, predicate, grammar)
    subject, object_ = _fitting(sides, predicate, asks, grammar)
    return Query(predicate, subject, object_, asks=asks, polar=polar)


def _whose(term: Term | None, predicate: str) -> Term | None:
    """Give whose it is, of a phrase that names but what is asked: in 'Mira's trade' Mira."""
    link = term.link if term else None
    return link.given if link and predicate in link.predicates and link.role == "subject" else term


def _english(
    parts: Sequence[Element],
    cue: Element,
    left: list[Element],
    right: list[Element],
    predicate: str,
    asks: str | None,
    grammar: Grammar,
) -> _Sides:
    subject, object_ = _in_order(left, right)
    between = [part for part in parts if len(left) > 1 and left[0].end <= part.start < left[-1].start]
    if not right and any(part.kinds & {"that", "wh:where"} for part in between):
        subject, object_ = object_, subject  # 'Is it the mill that Mira owns?'
    at = list(parts).index(cue)
    clause = max((i + 1 for i, part in enumerate(parts[:at]) if i and "that" in part.kinds), default=0)
    by = any("by" in part.kinds for part in parts)
    placed = at + 1 < len(parts) and "placed" in parts[at + 1].kinds  # 'is located in', not 'is owed'
    if passive(parts[clause:at], cue, predicate, grammar) and (by or not placed) and (by or asks != "where"):
        return object_, subject
    if left and not right and _inside(parts, left[-1], grammar) and grammar.fits(left[-1].term, predicate, "object"):
        return (left[-2].term if len(left) > 1 else None), left[-1].term  # 'In Reedwater, who lives?'
    return subject, object_


def _inside(parts: Sequence[Element], thing: Element, grammar: Grammar) -> bool:
    """Tell whether a thing is a place that something is said to be in."""
    before = [part for part in parts if part.start < thing.start and "article" not in part.kinds]
    return bool(before) and before[-1].text in grammar.words("inside")


def passive(before: Sequence[Element], cue: Element, predicate: str, grammar: Grammar) -> bool:
    """Tell whether a relation's word says what is done to somebody: 'was taught', but not 'was born'."""
    being = any("be" in part.kinds for part in before)
    return being and _participle(cue.text) and predicate not in grammar.lexicon.stative


def _participle(word: str) -> bool:
    return word.endswith(("ed", "en", "wn", "ught", "lt", "ld", "nt", "de", "id")) and not word.endswith("ing")


def _in_order(left: list[Element], right: list[Element]) -> _Sides:
    if len(left) > 1 and not right:
        return left[0].term, left[-1].term
    if not left and len(right) > 1:
        return right[0].term, right[1].term
    return (left[-1].term if left else None), (right[0].term if right else None)


def _chinese(parts: Sequence[Element], cue: Element, left: list[Element], right: list[Element]) -> _Sides:
    ordered = list(parts)
    at = ordered.index(cue)
    asking = next((i for i, part in enumerate(ordered) if "wh:who" in part.kinds or "wh:what" in part.kinds), None)
    doer = at - 1  # what stands right before the relation's word
    while doer > 0 and not (ordered[doer].term or any(kind.startswith("wh:") for kind in ordered[doer].kinds)):
        doer -= 1
    if doer > 0 and (ordered[doer].term or doer == asking):
        marked = ordered[doer - 1].kinds
        others = [part for part in left if part is not ordered[doer]]
        if "by" in marked or ("be" in marked and doer >= at - 2):
            named = "noun" in cue.kinds and doer < at - 1
            if not named and (others or right or (asking is not None and asking < doer)):
                return ordered[doer].term, (others[0] if others else right[0]).term if others or right else None
    if asking is not None and left and not right and asking < ordered.index(left[0]):
        return None, left[-1].term  # 谁跟米拉学过
    if not left and len(right) > 1 and "be" in ordered[ordered.index(right[1]) - 1].kinds:
        return right[1].term, right[0].term  # 欠米拉钱的是托马斯吗
    return _in_order(left, right)


def _split(sides: _Sides, polar: bool, symmetric: bool, predicate: str, grammar: Grammar) -> _Sides:
    """Take 'Are Mira and Tomas siblings?' apart."""
    both = next((term for term in sides if term and len(term.parts) == 2), None)
    alike = not grammar.shape(predicate).objects or (
        grammar.shape(predicate).subjects & grammar.shape(predicate).objects
    )
    if both and None in sides and polar and (symmetric or alike):
        return both.parts[0], both.parts[1]
    return sides


def _fitting(sides: _Sides, predicate: str, asks: str | None, grammar: Grammar) -> _Sides:
    """Turn the sides round where only that way things of their kinds can stand in the relation."""
    subject, object_ = sides
    alone = (subject is None) != (object_ is None)
    if alone and asks == "where" and "where" in grammar.predicates[predicate].asks:
        term = subject or object_
        if grammar.fits(term, predicate, "subject"):
            return term, None
    if _fit(sides, predicate, grammar) < _fit((object_, subject), predicate, grammar):
        return object_, subject
    return sides


def _fit(sides: _Sides, predicate: str, grammar: Grammar) -> int:
    named: tuple[Role, Role] = ("subject", "object")
    return sum(grammar.fits(term, predicate, role) for term, role in zip(sides, named, strict=True))
