"""Refusing ids that a world doesn't know, with the nearest that it does."""

from __future__ import annotations

from collections.abc import Iterable

from npc_engine.chronicle import Change
from npc_engine.errors import UnknownNameError
from npc_engine.mind import Views


def require_known(
    views: Views, player: str, people: Iterable[str], changes: Iterable[Change], place: str | None
) -> None:
    """See that people, a place and the parts of changes are known.

    Raises:
        UnknownNameError: one of them isn't.
    """
    cast = views.cast
    for who in people:
        if who not in cast.entities and who not in views.minds:
            raise UnknownNameError("NPC", who, [*cast.personas, player])
    if place is not None and place not in cast.entities:
        raise UnknownNameError("place", place, [e.id for e in cast.entities.values() if e.kind == "place"])
    for change in changes:
        rule = cast.predicates.get(change.predicate)
        if rule is None:
            raise UnknownNameError("predicate", change.predicate, cast.predicates)
        if change.subject not in cast.entities and change.subject not in views.minds:
            raise UnknownNameError("entity", change.subject, cast.entities)
        if rule.values and change.object not in rule.values:
            raise UnknownNameError(f"value of {change.predicate}", change.object, rule.values)
