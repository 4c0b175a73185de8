"""What is asked of the NPC's own life, and what is said of them to them, as acts of a stretch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from npc_engine.acts import acts
from npc_engine.dialogue.query import LifeMatter, Query, Term
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import ASKING, Act, Reading, SelfDisclosure
from npc_engine.dialogue.understand import own_life, sought
from npc_engine.dialogue.understand.qualifiers import is_denied
from npc_engine.lang import words_of
from npc_engine.text import Language, fold

OBSERVED = 0.6
"""Confidence of the ear from which something else is done by what says something of the hearer."""
HALF_HEARD = 0.25
"""The same for what is said of the hearer by its nature."""
SPOKEN_OF = 0.5
"""Confidence of the ear from which a question is after a topic that it has words of."""
UNSPOKEN, UNSPOKEN_HERE = 0.97, 0.75
"""The same for a topic it has no words of: of the NPC's life, and of what everybody sees, which has fewer words."""
_ANSWERS: dict[str | None, frozenset[str]] = {
    "who": frozenset({"identity", "family", "near"}),
    "where": frozenset({"home", "past", "family", "work", "plans", "place"}),
    "when": frozenset({"day", "age", "past", "work", "plans", "time", "date"}),
    "how_many": frozenset({"age", "family", "possessions", "day", "time", "date"}),
}
"""The topics that may hold the answer to a question word; any may to the others."""
_OF_THE_HEARER = frozenset({
    "compliment", "flirt", "comfort", "congratulate", "complain", "accuse", "apologise", "thank", "joke", "part",
})  # fmt: skip
_LOOSE = frozenset({"at", "likes"})
"""Relations that whoever asks for a home or a friend does not mean."""
_STATING = frozenset({"tell_fact", "remark", "ask_fact", "request"})
"""What the rules may take it for."""

_ASKING = frozenset({"ask_fact", "ask_npc"})
"""Acts that ask for what may be of the hearer's own."""
_HALF_HEARD = frozenset({"remark", "tell_self"})
"""What the ear takes a line for that it makes little of."""

Understand = Callable[[str, Context], Reading]
"""Reads a text."""


class Heard(Protocol):
    """A stretch as the ear takes it: its act, and how sure that is."""

    @property
    def kind(self) -> str:
        """An act of `acts.yaml`."""
        ...

    @property
    def confidence(self) -> float:
        """The probability of the kind."""
        ...


def vouched(heard: Heard, topic: str, asked: Act, part: str, language: Language) -> bool:
    """Return whether a question is after the topic that the ear has for it, and nothing beside that."""
    if asked.question_word in _ANSWERS and topic not in _ANSWERS[asked.question_word]:
        return False
    if own_life.speaks_of(part, topic, language):
        return heard.confidence >= SPOKEN_OF
    return heard.confidence >= (UNSPOKEN_HERE if heard.kind == "ask_scene" else UNSPOKEN)


def of_their_own(kind: str, topic: str, ruled: Act, part: str, language: Language) -> tuple[str, str]:
    """Return the act, with its topic, of what bids the hearer tell of something: of their own (说说你的家人) or not."""
    rule, after = acts()[kind], sought.sought(part, language)
    if not after or rule.grave or is_denied(fold(part), language):
        return kind, topic
    asks = (kind in _ASKING or rule.deed) and not topic and (kind == "ask_npc" or not ruled.queries)
    if (asks or kind in _HALF_HEARD) and (named := own_life.topic_named(after, language)):
        return "ask_npc", named
    stated = not (rule.question or rule.deed or rule.light)
    return ("ask_fact", "") if stated and "description" in ruled.subject else (kind, topic)


def matter(
    heard: Heard,
    part: str,
    ruled: Act,
    kind: str,
    topic: str,
    told: tuple[SelfDisclosure, ...],
    context: Context,
    language: Language,
) -> LifeMatter | None:
    """Return the matter of the NPC's own life that is asked about: of nobody else's, and by no threat or demand."""
    known = context.world.entities
    others = {one for one in ruled.named if one in known and known[one].kind == "person"} - {context.npc}
    rule = acts()[kind]
    asked = rule.question or part.rstrip().endswith(ASKING) or heard.confidence < OBSERVED
    if not asked or rule.grave or ruled.actions or told or others - {context.speaker}:
        return None
    if heard.kind == "ask_advice" and heard.confidence >= SPOKEN_OF:
        return None  # 我现在该做什么 asks what the speaker is to do
    life = own_life.asked(part, language)
    if life is None:
        return None
    words = words_of(language)
    things = {one.entity for one in context.names.find(part) if part[one.start : one.end] != life.what}
    elsewhere = things - {context.npc}
    of_it = life.name == "doing" or own_life.is_small(life, language)
    if elsewhere and (of_it or not words.any_of(words.pronouns["you"], part)):
        return None  # 'What are you doing at the mill?', 'Who was the mill's owner taught by?'
    return replace(life, heard=topic)


def put_to_the_world(life: LifeMatter, ruled: Act, understand: Understand, context: Context, language: Language) -> Act:
    """Return the question about a matter of the NPC's life as it is put to the world."""
    put = [
        understand(text, replace(context, language=language, exchanges=())).main
        for text in own_life.put_to_the_world(life, language)
    ]
    rules = context.world.predicates
    queries = [
        query
        for one in put
        for query in one.queries
        if query.predicate not in _LOOSE and _answers(rules[query.predicate].asks, one.question_word)
    ]
    if life.name == "alone":
        queries = [query for query in ruled.queries if "where" in rules[query.predicate].asks]
    of_the_npc = replace(ruled, named=(context.npc,), queries=tuple(queries), question_word=None, yes_no=False)
    return replace(of_the_npc, unknown=None, claims=(), opinion=None)


def _answers(asks: Sequence[str], word: str | None) -> bool:
    """Return whether a relation answers a question word: 'where' above all, or anything else before 'where'."""
    return word in asks and (word == "where") == (asks[0] == "where")


def observes(heard: Heard, kind: str, ruled: Act, part: str, whole: Reading) -> bool:
    """Return whether a statement is about its hearer, and nothing else is surely done by it."""
    rule = acts()[kind]
    if rule.question or rule.grave or ruled.actions or part.rstrip().endswith(ASKING):
        return False
    if ruled.kind not in _STATING or whole.promises or kind == "promise":
        return False
    enough = HALF_HEARD if heard.kind in _OF_THE_HEARER else OBSERVED
    sure = heard.kind == kind and heard.confidence >= enough and kind not in ("tell_fact", "tell_self")
    return not sure and own_life.observed(part, whole.language)


def to_be_confirmed(ruled: Act, context: Context) -> Act:
    """Return what is stated of the NPC as a question for them: whether it is so."""
    asked = tuple(
        Query(one.predicate, Term("", entity=one.subject), None, (one.object,), yes_no=True)
        if context.world.predicates[one.predicate].values
        else Query(one.predicate, Term("", entity=one.subject), Term("", entity=one.object), yes_no=True)
        for one in ruled.claims
        if context.npc in (one.subject, one.object)
    )
    return replace(ruled, queries=asked or ruled.queries, claims=(), yes_no=bool(asked or ruled.queries))
