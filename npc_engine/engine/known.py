"""Refusing ids that a world doesn't know, with the nearest that it does."""

from __future__ import annotations

from collections.abc import Iterable

from npc_engine.chronicle import Change
from npc_engine.errors import UnknownNameError
from npc_engine.mind import Projections


def require_known(
    projections: Projections, player: str, people: Iterable[str], changes: Iterable[Change], place: str | None
) -> None:
    """See that people, a place and the parts of changes are known.

    Raises:
        UnknownNameError: one of them isn't.
    """
    compiled = projections.compiled
    for who in people:
        if who not in compiled.entities and who not in projections.minds:
            raise UnknownNameError("NPC", who, [*compiled.personas, player])
    if place is not None and place not in compiled.entities:
        raise UnknownNameError("place", place, [e.id for e in compiled.entities.values() if e.kind == "place"])
    for change in changes:
        rule = compiled.predicates.get(change.predicate)
        if rule is None:
            raise UnknownNameError("predicate", change.predicate, compiled.predicates)
        if change.subject not in compiled.entities and change.subject not in projections.minds:
            raise UnknownNameError("entity", change.subject, compiled.entities)
        if rule.values and change.object not in rule.values:
            raise UnknownNameError(f"value of {change.predicate}", change.object, rule.values)
