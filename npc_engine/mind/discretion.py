"""What someone keeps to themself: the statements their secrets cover, whichever way round they are put."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from npc_engine.mind.conditions import met
from npc_engine.mind.views import Views
from npc_engine.persona import Persona, Secret
from npc_engine.world import Entity, Statement


def covering(statement: Statement, persona: Persona, views: Views) -> list[Secret]:
    """Give the secrets of someone's that a statement falls under.

    It does so itself, by what it follows from, turned round, or by being about something in the secret that not
    everyone has heard of.
    """
    said = {statement.id, *statement.basis}
    rule = views.cast.predicates.get(statement.predicate)
    turned = {rule.inverse} if rule and rule.inverse else set()
    turned |= {other.id for other in views.cast.predicates.values() if other.inverse == statement.predicate}
    if rule and rule.symmetric:
        turned.add(statement.predicate)
    said |= {f"{statement.object}.{predicate}.{statement.subject}" for predicate in turned}
    parts = {statement.subject, statement.object}
    return [
        secret
        for secret in persona.secrets
        if any(fact.replace(" ", ".") in said for fact in secret.facts)
        or parts & unheard_of(secret, persona.id, views.cast.entities)
    ]


def unheard_of(secret: Secret, keeper: str, entities: Mapping[str, Entity]) -> set[str]:
    """Give what a secret is about that not everyone has heard of."""
    named = {part for fact in secret.facts for part in fact.split()[::2]}
    return {part for part in named if part != keeper and part in entities and not entities[part].common}


def may_tell(
    statement: Statement, teller: Persona, listener: str, views: Views, *, now: datetime, near: Collection[str] = ()
) -> bool:
    """Tell whether someone may let another know a statement here and now: no closed secret of theirs covers it."""
    return all(
        met(secret.when, views, now=now, npc=teller.id, speaker=listener, near=near)
        for secret in covering(statement, teller, views)
    )
