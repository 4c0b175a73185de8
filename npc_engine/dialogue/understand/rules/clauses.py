"""Clauses that stand for somebody by what is done: 'who owns the mill', 'Mira was taught by', 住在磨坊的人."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from npc_engine.dialogue.query import RelationPhrase, Role, Term
from npc_engine.dialogue.understand.rules.grammar import Grammar
from npc_engine.dialogue.understand.rules.linking import Span, merged
from npc_engine.dialogue.understand.rules.roles import passive

HEADS = frozenset({"people", "men", "women", "things"})
"""Kinds of words that a clause may say more of."""
_WIDE = 4
"""Words that may stand between the parts of 'the one who once lived at …'."""
Made = tuple[int, int, Span] | None
"""A phrase that was found: from which part up to which, and what they amount to."""


def free_relative(parts: list[Span], at: int, grammar: Grammar) -> Made:
    """'the woman who lives at the mill', 'those Mira taught', 住在磨坊的人, 米拉教过的人."""
    if "owner" in parts[at].word_classes:
        return _whoever_before(parts, at, grammar)
    head = parts[at]
    if not head.word_classes & HEADS or head.meanings or head.term:
        return None
    step = _skip(parts, at + 1)
    if step >= len(parts):
        return None
    gender = "he" if "men" in head.word_classes else "she" if "women" in head.word_classes else None
    first = parts[step]
    if first.meanings and first.predicates:
        given = _skip(parts, step + 1, cue=first)
        if given < len(parts) and parts[given].term:
            by = any("by" in part.word_classes for part in parts[step + 1 : given])
            phrase = RelationPhrase(first.predicates, parts[given].term, "subject" if by else "object", gender)
            link = _as_fits(phrase, grammar)
            return at, given + 1, merged(head, parts[given], Term("", link=link), grammar.text)
    elif first.term:
        verb = _skip(parts, step + 1)
        if verb < len(parts) and parts[verb].meanings and parts[verb].predicates:
            last = verb
            role: Role = "subject"
            if passive(parts[step:verb], parts[verb], parts[verb].predicates[0], grammar):
                role = "object"  # 'the one Mira was taught by', 'the one by whom Mira was taught'
                last += verb + 1 < len(parts) and "by" in parts[verb + 1].word_classes
            link = _as_fits(RelationPhrase(parts[verb].predicates, first.term, role, gender), grammar)
            return at, last + 1, merged(head, parts[last], Term("", link=link), grammar.text)
    return None


def _whoever_before(parts: list[Span], at: int, grammar: Grammar) -> Made:
    """The same where the clause stands before whom it tells of: 住在磨坊的人."""
    step = at + 1
    while step < len(parts) and "article" in parts[step].word_classes:
        step += 1
    if step >= len(parts) or not parts[step].word_classes & HEADS or at < 2:
        return None
    gender = "he" if "men" in parts[step].word_classes else "she" if "women" in parts[step].word_classes else None
    last = _before_what_is_owed(parts, at)
    second, first = parts[last], parts[last - 1]
    start = last - 1
    role: Role = "subject"
    cue, given = None, None
    if second.term and first.meanings:
        cue, given, role = first, second, "object"
    elif second.meanings and first.term:
        cue, given, role = second, first, "subject"
    elif second.meanings and at >= 3 and first.term is None and parts[at - 3].meanings and second.term is None:
        return None
    elif second.meanings and first.word_classes and at >= 3 and parts[at - 3].term:
        cue, given, role, start = second, parts[at - 3], "subject", at - 3
    if cue is None or given is None or given.term is None or not cue.predicates:
        return None
    if start > 0 and role == "object" and parts[start - 1].term:
        return None  # 米拉教过的…: the one who does it is named before
    if start > 0 and "toward" in parts[start - 1].word_classes:
        start -= 1
    link = _as_fits(RelationPhrase(cue.predicates, given.term, role, gender), grammar)
    return start, step + 1, merged(parts[start], parts[step], Term("", link=link), grammar.text)


def _before_what_is_owed(parts: list[Span], at: int) -> int:
    """Return where a clause before 的 ends, but for a word that only says what: 欠米拉钱的, 教米拉打铁的."""
    last = at - 1
    while last > 1 and at - last <= _WIDE and not parts[last].term:
        said = parts[last].meanings and taken_up(parts[last], parts[:last])
        if not said and (parts[last].meanings or parts[last].word_classes):
            break
        last -= 1
    return last if parts[last].term and parts[last - 1].predicates else at - 1


def _skip(parts: list[Span], at: int, cue: Span | None = None) -> int:
    """Return where the next thing or relation stands, no more than a few words on."""
    for step in range(at, min(at + _WIDE + 1, len(parts))):
        part = parts[step]
        if part.term or (part.meanings and not (cue and set(part.predicates) & set(cue.predicates))):
            return step
        if "light" in part.word_classes and part.meanings:
            continue
    return len(parts)


def taken_up(noun: Span, before: Sequence[Span]) -> bool:
    """Return whether a relation's noun only repeats what was said before it: the debt in 欠米拉的债."""
    return any(set(noun.predicates) & set(part.predicates) for part in before if part.meanings)


def _as_fits(phrase: RelationPhrase, grammar: Grammar) -> RelationPhrase:
    """Return a phrase with what is given on the side where things of its kind can stand."""
    predicate, role = phrase.predicates[0], phrase.role
    if role is None:
        return phrase
    other: Role = "subject" if role == "object" else "object"
    turned = not grammar.fits(phrase.given, predicate, role) and grammar.fits(phrase.given, predicate, other)
    return replace(phrase, role=other) if turned else phrase
