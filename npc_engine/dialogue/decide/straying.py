"""Whether a question asks something else than the relation it has a word of, so that what is believed is no answer."""

from __future__ import annotations

from npc_engine.dialogue.decide.answering import Answer
from npc_engine.dialogue.query import POSSESSION, Query
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import SURELY, Act
from npc_engine.world.definitions import Predicate

LIKES = "likes"
"""The relation by which it is said what somebody likes."""


def strays(query: Query, found: Answer, act: Act, scene: Scene) -> bool:
    """Return whether a question asks more than the relation it has a word of: 'What's your aunt's worst job?'

    Nothing was made of some of its words. And where somebody is but spoken of ('your aunt'), it is about the NPC, or
    hardly a question; or it asks what of the NPC, and all that is believed is whom or where: 'What do you hate in a
    weld?'; or how they do it: 'How do you make a good knife?'; or whether they have something or are somewhere, and
    not what or where: 'You ever had someone to talk to?'
    """
    if not act.beside or query.values:
        return False
    sides = [side for side in (query.subject, query.object) if side is not None]
    if any(side.link is not None for side in sides):
        return act.kind == "ask_npc" or act.confidence < SURELY
    known = scene.projections.compiled.entities
    told = {side for one in found.beliefs for side in (one.statement.subject, one.statement.object)} - {scene.npc}
    whom_or_where = all(one in known and known[one].kind in ("person", "place") for one in told)
    if [side.entity for side in sides] != [scene.npc]:
        return False
    if act.question_word == "how":
        return True
    open_yes_no = query.yes_no and (query.predicate == POSSESSION or (query.predicate == "at" and query.object is None))
    return (act.question_word == "what" and whom_or_where) or open_yes_no


def is_no_answer(query: Query, found: Answer, act: Act, rule: Predicate, scene: Scene) -> bool:
    """Return whether what is believed of a relation is not what is asked for with its word."""
    over = act.question_word == "why" and _only_says_it_over(query, found, scene)
    return over or _is_of_another_taste(query, act, rule) or _asks_whom(query, found, act, rule, scene)


def _only_says_it_over(query: Query, found: Answer, scene: Scene) -> bool:
    """Return whether what is believed was named in asking for its reason: 'Why are you afraid of thunder?'"""
    sides = [side for side in (query.subject, query.object) if side is not None]
    named = {entity for side in sides for entity in side.named()} | {scene.npc}
    told = {side for one in found.beliefs for side in (one.statement.subject, one.statement.object)}
    return bool(told) and found.verdict is not False and (told <= named or (query.unread and scene.npc in told))


def is_of_nobody(query: Query, act: Act, rule: Predicate) -> bool:
    """Return whether a question has a word of a relation, and neither of whom nor which of its values: 一把年纪了.

    Of what each has one of, nobody counts all there are who asks for the number of one: 'How old is the frog?'
    """
    told = query.subject or query.object or query.values or query.every
    if _counts_otherwise(query, act, rule):
        return True
    if not rule.values or told:
        return False
    if query.count:
        return rule.single_valued and query.amount is None
    return query.yes_no or act.question_word not in rule.asks


def _counts_otherwise(query: Query, act: Act, rule: Predicate) -> bool:
    """Return whether a question counts something that a relation has no number of: 'How many years have you worked?'"""
    named = query.subject is None or query.object is not None or query.values or rule.values
    return query.count and act.beside and not named


def _is_of_another_taste(query: Query, act: Act, rule: Predicate) -> bool:
    """Return whether a question of liking is after one thing that was not made out: 'Do you like it here?'

    It is about the NPC's work or home, begins a moment of its own, or names what is nothing that is known.
    """
    if LIKES not in (rule.id, rule.opposite) or query.object is not None or act.question_word is not None:
        return False
    named = act.taste is not None and act.taste.kind == "likes"
    return named or bool(act.moment or act.beside) or act.topic not in ("", "tastes")


def _asks_whom(query: Query, found: Answer, act: Act, rule: Predicate, scene: Scene) -> bool:
    """Return whether a question is after people, and all that is believed is of things that are liked, or of places.

    'Who do you like?', where that is cakes; 'Who do you work with?', where what is known is where.
    """
    if act.question_word != "who":
        return False
    if query.object is not None or query.subject is None:
        return False
    known = scene.projections.compiled.entities
    told = [known[one.statement.object].kind for one in found.beliefs if one.statement.object in known]
    if LIKES in (rule.id, rule.opposite):
        return bool(told) and not {"person", "group"} & set(told)
    return set(told) == {"place"}


def says_itself(query: Query, rule: Predicate) -> bool:
    """Return whether a question says itself what it would be answered with: 'What broke it?', that it is broken."""
    told = bool(rule.values and query.values and query.subject and not query.yes_no)
    return told and query.question_word in ("what", "why", "how")
