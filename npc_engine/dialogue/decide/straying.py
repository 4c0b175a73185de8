"""Whether a question asks something else than the relation that it has a word of, so that what is believed is no answer."""

from __future__ import annotations

from npc_engine.dialogue.query import Query
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act
from npc_engine.world.definitions import Predicate


def strays(query: Query, act: Act, rule: Predicate, scene: Scene) -> bool:
    """Return whether a question asks more than the relation it has a word of: 'What do you hate most in a weld?'

    Nothing was made of some of its words, and it names nobody and nothing else that the answer would be about.
    """
    if query.subject is None and query.object is None and rule.values and not query.values:
        return not (query.every or query.count or act.question_word in rule.asks)
    sides = {side.entity for side in (query.subject, query.object) if side is not None}
    linked = any(side is not None and side.link is not None for side in (query.subject, query.object))
    return (
        act.beside and not query.values and len(sides) < 2 and (linked or not sides - {None, scene.npc, scene.speaker})
    )


def says_itself(query: Query, rule: Predicate) -> bool:
    """Return whether a question says itself what it would be answered with: 'What broke it?', that it is broken."""
    told = bool(rule.values and query.values and query.subject and not query.yes_no)
    return told and query.question_word in ("what", "why", "how")
