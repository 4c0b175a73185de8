"""What follows from what: symmetric, inverse and transitive predicates, over any set of statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from npc_engine.world.definitions import Predicate
from npc_engine.world.statements import Statement

Match = Callable[[str | None, str | None, str | None], Iterable[Statement]]
"""Gives the statements with this subject, predicate and object; None matches any."""


def infer(
    match: Match,
    predicates: Mapping[str, Predicate],
    subject: str | None,
    predicate: str | None,
    object: str | None,
) -> list[Statement]:
    """Return the statements that match, said outright or following by the predicates' rules.

    What follows carries the ids of what it follows from in `basis`. Without a predicate only what was
    said outright is given, in both directions where a predicate is symmetric.
    """
    found: dict[str, Statement] = {}
    for statement in match(subject, predicate, object):
        found.setdefault(statement.id, statement)
    if predicate is None:
        for statement in match(object, None, subject) if subject or object else ():
            if (rule := predicates.get(statement.predicate)) and rule.symmetric:
                turned = _turned(statement, statement.predicate)
                found.setdefault(turned.id, turned)
        return list(found.values())
    rule = predicates.get(predicate)
    if rule is None:
        return list(found.values())
    if rule.symmetric:
        for statement in match(object, predicate, subject):
            turned = _turned(statement, predicate)
            found.setdefault(turned.id, turned)
    for inverse in _inverses(rule, predicates):
        for statement in match(object, inverse, subject):
            turned = _turned(statement, predicate)
            found.setdefault(turned.id, turned)
    if rule.transitive and (subject or object):
        for statement in _reach(match, predicates, rule, subject, object):
            found.setdefault(statement.id, statement)
    return list(found.values())


def _inverses(rule: Predicate, predicates: Mapping[str, Predicate]) -> set[str]:
    """Return the predicates that say the same the other way round, whichever side declared it."""
    named = {rule.inverse} if rule.inverse else set()
    return named | {other.id for other in predicates.values() if other.inverse == rule.id}


def _turned(statement: Statement, predicate: str) -> Statement:
    return Statement(
        statement.object,
        predicate,
        statement.subject,
        statement.qualifiers,
        statement.since,
        statement.until,
        statement.event,
        (statement.id,),
    )


def _reach(
    match: Match,
    predicates: Mapping[str, Predicate],
    rule: Predicate,
    subject: str | None,
    object: str | None,
) -> Iterator[Statement]:
    """Walk a transitive predicate from the end that is known to every place it leads to."""
    forward = subject is not None
    start = subject if subject is not None else object
    assert start is not None
    one_step = rule.model_copy(update={"transitive": False})
    steps = {**predicates, rule.id: one_step}
    paths: dict[str, tuple[str, ...]] = {start: ()}
    edge = [start]
    while edge:
        here = edge.pop(0)
        query = (here, rule.id, None) if forward else (None, rule.id, here)
        for statement in infer(match, steps, *query):
            there = statement.object if forward else statement.subject
            if there in paths:
                continue
            paths[there] = (*paths[here], *(statement.basis or (statement.id,)))
            edge.append(there)
            if len(paths[there]) > 1 and (object is None or not forward or there == object):
                ends = (start, there) if forward else (there, start)
                yield Statement(ends[0], rule.id, ends[1], basis=paths[there])
