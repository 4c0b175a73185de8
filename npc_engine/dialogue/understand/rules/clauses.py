"""Clauses that stand for somebody by what is done: 'who owns the mill', 'Mira was taught by', 住在磨坊的人."""

from __future__ import annotations

from collections.abc import Sequence

from npc_engine.dialogue.query import Link, Role, Term
from npc_engine.dialogue.understand.rules.grammar import Grammar
from npc_engine.dialogue.understand.rules.linking import Element, merged
from npc_engine.dialogue.understand.rules.roles import passive

HEADS = frozenset({"people", "men", "women", "things"})
"""Kinds of words that a clause may say more of."""
_WIDE = 4
"""Words that may stand between the parts of 'the one who once lived at …'."""
Made = tuple[int, int, Element] | None
"""A phrase that was found: from which part up to which, and what they amount to."""


def whoever(parts: list[Element], at: int, grammar: Grammar) -> Made:
    """'the woman who lives at the mill', 'those Mira taught', 住在磨坊的人, 米拉教过的人."""
    if "owner" in parts[at].kinds:
        return _whoever_zh(parts, at, grammar)
    head = parts[at]
    if not head.kinds & HEADS or head.meanings or head.term:
        return None
    step = _skip(parts, at + 1)
    if step >= len(parts):
        return None
    gender = "he" if "men" in head.kinds else "she" if "women" in head.kinds else None
    first = parts[step]
    if first.meanings and first.predicates:
        given = _skip(parts, step + 1, cue=first)
        if given < len(parts) and parts[given].term:
            link = _clause_link(first, parts[given].term, "object", gender, parts[step + 1 : given], grammar)
            return at, given + 1, merged(head, parts[given], Term("", link=link), grammar.text)
    elif first.term:
        verb = _skip(parts, step + 1)
        if verb < len(parts) and parts[verb].meanings and parts[verb].predicates:
            last = verb
            role: Role = "subject"
            if passive(parts[step:verb], parts[verb], parts[verb].predicates[0], grammar):
                role = "object"  # 'the one Mira was taught by', 'the one by whom Mira was taught'
                last += verb + 1 < len(parts) and "by" in parts[verb + 1].kinds
            link = _clause_link(parts[verb], first.term, role, gender, (), grammar)
            return at, last + 1, merged(head, parts[last], Term("", link=link), grammar.text)
    return None


def _whoever_zh(parts: list[Element], at: int, grammar: Grammar) -> Made:
    step = at + 1
    while step < len(parts) and "article" in parts[step].kinds:
        step += 1
    if step >= len(parts) or not parts[step].kinds & HEADS or at < 2:
        return None
    gender = "he" if "men" in parts[step].kinds else "she" if "women" in parts[step].kinds else None
    last = _before_what_is_owed(parts, at)
    second, first = parts[last], parts[last - 1]
    start, role = last - 1, None
    cue, given = None, None
    if second.term and first.meanings:
        cue, given, role = first, second, "object"
    elif second.meanings and first.term:
        cue, given, role = second, first, "subject"
    elif second.meanings and at >= 3 and first.term is None and parts[at - 3].meanings and second.term is None:
        return None
    elif second.meanings and first.kinds and at >= 3 and parts[at - 3].term:
        cue, given, role, start = second, parts[at - 3], "subject", at - 3
    if cue is None or given is None or given.term is None or not cue.predicates:
        return None
    if start > 0 and role == "object" and parts[start - 1].term:
        return None  # 米拉教过的…: the one who does it is named before
    if start > 0 and "toward" in parts[start - 1].kinds:
        start -= 1
    link = _clause_link(cue, given.term, "object" if role == "object" else "subject", gender, (), grammar)
    return start, step + 1, merged(parts[start], parts[step], Term("", link=link), grammar.text)


def _before_what_is_owed(parts: list[Element], at: int) -> int:
    """Give where a clause before 的 ends, but for a word that only says what: 欠米拉钱的, 欠米拉债的, 教米拉打铁的."""
    last = at - 1
    while last > 1 and at - last <= _WIDE and not parts[last].term:
        said = parts[last].meanings and taken_up(parts[last], parts[:last])
        if not said and (parts[last].meanings or parts[last].kinds):
            break
        last -= 1
    return last if parts[last].term and parts[last - 1].predicates else at - 1


def _skip(parts: list[Element], at: int, cue: Element | None = None) -> int:
    """Give where the next thing or relation stands, no more than a few words on."""
    for step in range(at, min(at + _WIDE + 1, len(parts))):
        part = parts[step]
        if part.term or (part.meanings and not (cue and set(part.predicates) & set(cue.predicates))):
            return step
        if "light" in part.kinds and part.meanings:
            continue
    return len(parts)


def taken_up(noun: Element, before: Sequence[Element]) -> bool:
    """Tell whether a relation's noun only repeats what was said before it: the debt in 欠米拉的债."""
    return any(set(noun.predicates) & set(part.predicates) for part in before if part.meanings)


def _clause_link(
    cue: Element, given: Term | None, role: Role, gender: str | None, between: Sequence[Element], grammar: Grammar
) -> Link:
    predicate = cue.predicates[0]
    if any("by" in part.kinds for part in between):
        role = "subject"
    other: Role = "subject" if role == "object" else "object"
    if not grammar.fits(given, predicate, role) and grammar.fits(given, predicate, other):
        role = other
    return Link(cue.predicates, given, role, gender)
