"""Phrases that stand for something: 'Mira and Tomas', 'her brother', 'the one who owns the mill', 住在磨坊的人."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from npc_engine.dialogue.query import RelationPhrase, Role, Term
from npc_engine.dialogue.understand.rules.clauses import HEADS, Made, free_relative, taken_up
from npc_engine.dialogue.understand.rules.grammar import Grammar
from npc_engine.dialogue.understand.rules.linking import Span, merged
from npc_engine.lang import pack
from npc_engine.text import is_han
from npc_engine.world.definitions import Predicate


def reduced(found: Sequence[Span], grammar: Grammar) -> list[Span]:
    """Put phrases together until none is left to: 'Mira and Tomas', 'her brother', 'the one who owns the mill'."""
    parts = _weighed(found)
    rules = (_either, _several, _possessed, _of, free_relative, _having, _by_value)
    changed = True
    while changed:
        changed = False
        for rule in rules:
            for at in range(len(parts)):
                if made := rule(parts, at, grammar):
                    start, stop, span = made
                    parts[start:stop] = [span]
                    changed = True
                    break
            if changed:
                break
    return parts


def _either(parts: list[Span], at: int, grammar: Grammar) -> Made:
    """'man or woman', 男的或女的: somebody, whatever they are."""
    step = at + 2
    if not (parts[at].word_classes & HEADS and at + 1 < len(parts) and "or" in parts[at + 1].word_classes):
        return None
    while step < len(parts) and "article" in parts[step].word_classes:
        step += 1
    if (
        step >= len(parts)
        or not parts[step].word_classes & HEADS
        or any(part.term for part in (parts[at], parts[step]))
    ):
        return None
    first, last = parts[at], parts[step]
    said = grammar.text[first.start : last.end]
    return at, step + 1, Span(first.start, last.end, said, word_classes=frozenset({"people"}))


def _several(parts: list[Span], at: int, grammar: Grammar) -> Made:
    if at + 2 >= len(parts):
        return None
    first, between, last = parts[at : at + 3]
    if not (first.term and last.term and "and" in between.word_classes and not first.owner):
        return None
    both = (*(first.term.parts or (first.term,)), *(last.term.parts or (last.term,)))
    return at, at + 3, merged(first, last, Term("", parts=both), grammar.text)


def _possessed(parts: list[Span], at: int, grammar: Grammar) -> Made:
    """'Mira's own sister', 米拉的妹妹, 她哥哥."""
    owner = parts[at]
    if not owner.term:
        return None
    isolating = any(map(is_han, owner.text[-1:])) or grammar.speech.isolating
    step = at + 1
    marked = owner.owner
    if isolating and (of := _own_of(parts, step)) is not None:
        marked, step = True, of + 1
    if isolating and not marked and step < len(parts) and "stands_for" in parts[step].word_classes:
        step += 1  # 米拉她哥哥
    while step < len(parts) and _beside(parts, step, marked, isolating):
        step += 1
    if step >= len(parts) or not parts[step].meanings:
        return _of_no_relation(parts, at, step, grammar) if marked else None
    noun = parts[step]
    if not marked and not (isolating and "noun" in noun.word_classes):
        return None
    if grammar.speech.is_gerund(noun.text) or not noun.predicates or "light" in noun.word_classes:
        return None
    if not noun.word_classes & {"noun", "she", "he"} and taken_up(noun, parts[:at]):
        return None  # 欠米拉的钱: the debt is said already
    if isolating and not marked and step + 1 < len(parts) and parts[step + 1].term:
        return None
    return at, step + 1, merged(owner, noun, Term("", link=_noun_link(noun, owner.term, grammar)), grammar.text)


def _of_no_relation(parts: list[Span], at: int, step: int, grammar: Grammar) -> Made:
    """'Mira's grandfather', where the world has no word for it: not Mira, and nobody who is known."""
    owner = parts[at]
    if step >= len(parts) or parts[step].term or owner.term is None or owner.term.link:
        return None
    word = parts[step]
    kin = bool(word.word_classes & {"noun", "she", "he"})
    if not kin and (word.word_classes or is_han(word.text[0]) or grammar.speech.is_gerund(word.text)):
        return None
    return at, step + 1, merged(owner, word, Term("", link=RelationPhrase((), owner.term)), grammar.text)


def _own_of(parts: list[Span], at: int) -> int | None:
    """Return where the 的 of 米拉的, 米拉从前的 and, before a word for kin and the like, 米拉拜的 stands."""
    for step in range(at, min(at + 2, len(parts))):
        if "owner" in parts[step].word_classes:
            noun = step + 1 < len(parts) and "noun" in parts[step + 1].word_classes
            return step if step == at or noun or parts[at].word_classes & {"beside"} else None
        home = "home" in parts[step].word_classes and step + 2 < len(parts) and "noun" in parts[step + 2].word_classes
        if not home and (parts[step].term or parts[step].meanings or parts[step].word_classes - {"beside"}):
            return None
    return None


def _beside(parts: list[Span], at: int, marked: bool, isolating: bool) -> bool:
    """Return whether a word only stands between an owner and what is owned: 'own', 'late', 一共几个."""
    part = parts[at]
    noun = at + 1 < len(parts) and bool(parts[at + 1].meanings)
    if not marked:
        return isolating and not part.meanings and bool(part.word_classes & {"article", "wh:how_many"})
    return bool(part.word_classes & {"beside", "article"}) and (noun or not part.meanings)


def _of(parts: list[Span], at: int, grammar: Grammar) -> Made:
    """'the sister of Mira', 'how many children of hers'."""
    noun = parts[at]
    if at == 0 or at + 1 >= len(parts) or not noun.predicates or "of" not in parts[at + 1].word_classes:
        return None
    step = at + 2
    while step < len(parts) and not parts[step].term and "article" in parts[step].word_classes:
        step += 1
    if step >= len(parts) or not (given := parts[step].term):
        return None
    if not parts[at - 1].word_classes & {"article", "beside"} and not noun.word_classes & {"she", "he"}:
        return None
    start = at - 1 if "article" in parts[at - 1].word_classes else at
    term = Term("", link=_noun_link(noun, given, grammar))
    return start, step + 1, merged(noun, parts[step], term, grammar.text)


def _having(parts: list[Span], at: int, grammar: Grammar) -> Made:
    """'How many children does Mira have', 米拉有几个孩子: to have a relation's noun."""
    noun = parts[at]
    if (
        not noun.predicates
        or "light" in noun.word_classes
        or not (noun.word_classes & {"she", "he", "noun"} or _counted(parts, at))
    ):
        return None
    first = next((p for p in parts if p.term), noun)
    light = next((p for p in parts if p is not noun and p.start > first.start and "light" in p.word_classes), None)
    things = [p for p in parts if p.term and p.start < (light.start if light else 0)]
    if light is None or not things:
        return None
    owner = things[-1]
    between = [p for p in parts if min(owner.start, noun.start) < p.start < max(owner.start, noun.start)]
    if any(p.meanings and "light" not in p.word_classes for p in between):
        return None
    link = _noun_link(noun, owner.term, grammar) if owner.term else None
    low, high = sorted((parts.index(owner), parts.index(light), at))[0::2]
    made = Span(parts[low].start, parts[high].end, noun.text, Term(owner.text, link=link))
    return low, high + 1, made


def _counted(parts: list[Span], at: int) -> bool:
    return at > 0 and "counting" in parts[at - 1].word_classes


def _by_value(parts: list[Span], at: int, grammar: Grammar) -> Made:
    """'the baker', where baker is a value that somebody is said to have."""
    values = [m for m in parts[at].meanings if m.value is not None]
    others = any(p.meanings and p is not parts[at] and not p.word_classes & {"light"} for p in parts)
    if not values or at == 0 or "definite" not in parts[at - 1].word_classes or not others:
        return None
    fit = [m for m in values if "person" in grammar.shape(m.predicate).subjects]
    if not fit:
        return None
    link = RelationPhrase((fit[0].predicate,), value=fit[0].value)
    return at - 1, at + 1, merged(parts[at - 1], parts[at], Term("", link=link), grammar.text)


def _noun_link(noun: Span, given: Term | None, grammar: Grammar) -> RelationPhrase:
    """Return those who stand to `given` as a noun says: 'Mira's sister', 'Mira's home'."""
    predicates = noun.predicates
    gender = next((g for g in ("she", "he") if g in noun.word_classes), None)
    predicate = predicates[0]
    role: Role | None = None
    if given is not None and not grammar.fits(given, predicate, "object"):
        role = "subject"
    elif grammar.predicates[predicate].symmetric or not grammar.fits(given, predicate, "subject"):
        role = "object"
    else:
        role = _worded(noun.text, grammar.predicates[predicate])
        if role is None and grammar.lexicon.turned(predicate):
            role = "object"
    if grammar.predicates[predicate].values:
        role = "subject"
    return RelationPhrase(predicates, given, role, gender)


def _worded(noun: str, predicate: Predicate) -> Role | None:
    """Return whose it is by the predicate's own wording: in '{subject} is {object's} nephew' the object's."""
    for language, wording in predicate.wording.items():
        if owner := pack(language).owner_in(noun, wording):
            return "subject" if owner == "subject" else "object"
    return None


def _weighed(found: Sequence[Span]) -> list[Span]:
    """Return the spans, with 'has', 'in' and the like as mere helpers where something else relates things."""
    parts = [part for part in found if "aspect" not in part.word_classes or part.meanings or part.term]
    heavy = any(part.predicates and "light" not in part.word_classes for part in parts)
    parts = [replace(part, meanings=()) if heavy and "light" in part.word_classes else part for part in parts]
    for at in range(len(parts) - 3, 0, -1):  # in 欠米拉的钱 the money is the debt that was named before
        if at + 3 > len(parts):
            continue
        owner, of, noun = parts[at : at + 3]
        if (
            owner.term
            and "owner" in of.word_classes
            and not noun.word_classes & {"noun"}
            and taken_up(noun, parts[:at])
        ):
            del parts[at + 1 : at + 3]
    return parts
