"""What someone may say before whom: the one place where it is decided what is told on and what is kept back.

Whatever leaves a mind as words asks here first: answers, confirming what was claimed, memories that are quoted, news
that is passed on, what was concluded or summed up, opinions, and what a model is given to choose from. (A bark comes
from its author, not from a mind.) Beliefs ask by `as_told`, memories by `kept_back`. An author's word comes first:

| what it is                                  | goes to                                                               |
|---------------------------------------------|-----------------------------------------------------------------------|
| covered by one of their secrets             | nobody until its conditions hold, then those they hold for            |
| common knowledge                            | anybody                                                               |

Without one, a decent person's rules hold, and all of those who hear it must be ones it may go to:

| what it is                                  | goes to                                                               |
|---------------------------------------------|-----------------------------------------------------------------------|
| whatever they were there for themselves     | them                                                                  |
| whispered, confided, or told at last        | who was in on it, and whom the teller let know                        |
| concluded or summed up                      | who was there for all that it was made from                           |
| somebody else's private affair              | neither that somebody nor strangers: see `closeness`                  |
| talk of such an affair, in its words        | nobody else, unless the teller is indiscreet: then as the affair      |
| words said to others, merely overheard      | nobody else, unless the teller is indiscreet                          |
| anything else, public talk above all        | anybody                                                               |

What is known from several sides may be told if one of them may, and is then told as known from that side alone,
without a yes or a no. How reserved someone is (`reserve`) moves who counts as a stranger; the indiscreet (`INDISCREET`)
let slip who confided in them, never what; who is honest less than `LIES` denies knowing what they keep back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from npc_engine.mind.beliefs import Belief
from npc_engine.mind.compiled_world import CompiledWorld
from npc_engine.mind.conditions import met
from npc_engine.mind.confidences import concerned, touched_on
from npc_engine.mind.evidence import combined
from npc_engine.mind.memory import Memory
from npc_engine.mind.projections import Projections
from npc_engine.payloads import Confided
from npc_engine.persona import Persona, Secret
from npc_engine.world import Entity, Statement
from npc_engine.world.wording import DESCRIBED

Reason = Literal["secret", "confided", "private", "overheard"]
"""Why something is kept back."""

STRANGERS = 0.6
"""How close someone must be to be told of others' private affairs by the most reserved; by others in proportion."""
CLOSED = 0.9
"""Reserve from which others' private affairs are told to nobody."""
INDISCREET = 0.3
"""Reserve below which somebody lets slip who confided in them, and repeats what they merely overheard."""
LIES = 0.4
"""Honesty below which somebody who keeps something back denies knowing it."""


@dataclass(frozen=True)
class Company:
    """Before whom something would be said: by `teller`, `to` someone, with `near` in earshot beside them."""

    teller: Persona
    to: str
    projections: Projections
    now: datetime
    near: frozenset[str] = field(default_factory=frozenset)

    @property
    def listeners(self) -> tuple[str, ...]:
        """Everyone who would hear it, the one it is said to first."""
        return (self.to, *sorted(self.near - {self.to, self.teller.id}))


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that is kept back, and why.

    `whose` is who confided it, or whose affair it is; `only_here` tells that the one who asks might be told, but for
    the others who would hear it; `what` names it: a statement's id, or `event 12`.
    """

    reason: Reason
    whose: str | None = None
    only_here: bool = False
    what: str = ""


@dataclass(frozen=True, slots=True)
class _Matter:
    """What the rules look at: who was there, between whom it stays, whose affair it is.

    `quoted` tells that it would be told in the words it was said in, `overheard` that those were said to others.
    """

    what: str
    there: frozenset[str] = frozenset()
    between: frozenset[str] | None = None
    concerns: frozenset[str] = frozenset()
    source: str | None = None
    quoted: bool = False
    overheard: bool = False


def reserve(persona: Persona) -> float:
    """Return how reserved someone is, 0 to 1: as they are discreet, and the less the more talkative; 0.5 is common."""
    nature = persona.temperament
    return min(1.0, max(0.0, nature.discreet + (0.5 - nature.talkative) / 2))


def closeness(teller: str, listener: str, projections: Projections) -> float:
    """Return how close another is to someone, 0 to 1: by how well they are known, liked or trusted."""
    felt = projections.mind(teller).feelings.toward(listener)
    return max(0.0, felt.familiarity, felt.affinity, felt.trust)


def as_told(belief: Belief, company: Company) -> Belief | Kept:
    """Return a belief as it may be told before a company, or why it is kept back.

    Of what speaks for it only that is left which may be told. What is inferred may be told where all may that it
    follows from.
    """
    secrets = covering(belief.statement, company.teller, company.projections)
    if closed := [secret for secret in secrets if not is_open(secret, company)]:
        return Kept("secret", what=closed[0].id)
    if secrets or belief.id in company.projections.common:
        return belief
    if belief.statement.predicate == DESCRIBED:
        return _described(belief, company)
    if belief.statement.basis:
        return _followed(belief, company)
    grounds = _grounds(belief, company)
    refused = [(ground, _refused(_of_belief(ground, company), company)) for ground in grounds]
    free = [ground for ground, why in refused if why is None]
    if not free:
        return next(why for _, why in refused if why is not None)
    told = belief
    if len(free) < len(grounds):
        told = replace(combined(free), statement=belief.statement, holds=belief.holds)
    openly = any(ground.between is None for ground in free)
    return replace(told, between=None if openly else free[-1].between)


def is_partial(told: Belief, belief: Belief) -> bool:
    """Return whether only part of what speaks for a belief was told."""
    return replace(told, between=belief.between) != belief


def kept_back(memory: Memory, company: Company) -> Kept | None:
    """Return why a memory is kept back before a company, in whatever words; None where it may be told."""
    return _refused(_of_memory(memory, company), company)


def tellable(beliefs: Iterable[Belief], company: Company) -> list[Belief]:
    """Return the beliefs that may be told before a company, as they may."""
    return [told for belief in beliefs if not isinstance(told := as_told(belief, company), Kept)]


def lets_slip(kept: Kept, teller: Persona) -> bool:
    """Return whether someone lets slip from whom they have what they keep back."""
    return kept.reason == "confided" and kept.whose not in (None, teller.id) and reserve(teller) < INDISCREET


def denies(teller: Persona) -> bool:
    """Return whether someone denies knowing what they keep back, rather than saying that they will not speak of it."""
    return teller.temperament.honest < LIES


# -- secrets, which authors open and close -------------------------------------------------------------


def covering(statement: Statement, persona: Persona, projections: Projections) -> list[Secret]:
    """Return the secrets of someone's that a statement falls under.

    It does so itself, by what it follows from, turned round, or by being about something in the secret that not
    everyone has heard of.
    """
    if not persona.secrets:
        return []
    compiled = projections.compiled
    turned = compiled.derived.get((_turned, statement.predicate), lambda: _turned(statement.predicate, compiled))
    said = {statement.id, *statement.basis}
    said |= {f"{statement.object}.{predicate}.{statement.subject}" for predicate in turned}
    parts = {statement.subject, statement.object}
    return [
        secret
        for secret in persona.secrets
        if any(fact.replace(" ", ".") in said for fact in secret.facts)
        or parts & unheard_of(secret, persona.id, compiled.entities)
    ]


def _turned(predicate: str, compiled: CompiledWorld) -> frozenset[str]:
    """Return the predicates by which a statement of this one is said turned round."""
    rule = compiled.predicates.get(predicate)
    turned = {other.id for other in compiled.predicates.values() if other.inverse == predicate}
    turned |= {rule.inverse} if rule and rule.inverse else set()
    return frozenset(turned | ({predicate} if rule and rule.symmetric else set()))


def unheard_of(secret: Secret, keeper: str, entities: Mapping[str, Entity]) -> set[str]:
    """Return what a secret is about that not everyone has heard of."""
    named = {part for fact in secret.facts for part in fact.split()[::2]}
    return {part for part in named if part != keeper and part in entities and not entities[part].common}


def is_open(secret: Secret, company: Company) -> bool:
    """Return whether the conditions of one of the teller's secrets hold for who is spoken to, with these in earshot."""
    near: Collection[str] = company.near
    return met(secret.when, company.projections, now=company.now, npc=company.teller.id, speaker=company.to, near=near)


# -- the rest, as a decent person would ----------------------------------------------------------------


def _refused(matter: _Matter, company: Company) -> Kept | None:
    """Return why something is kept back from any of those who would hear it: the one it is said to first."""
    for listener in company.listeners:
        if (reason := _reason(matter, listener, company)) is not None:
            whose = matter.source if reason != "private" else min(matter.concerns)
            return Kept(reason, whose, listener != company.to, matter.what)
    return None


def _reason(matter: _Matter, listener: str, company: Company) -> Reason | None:
    """Return why something is kept back from one who would hear it."""
    if listener in (matter.there if matter.between is None else matter.between):
        return None
    if matter.between is not None:
        return "confided"
    indiscreet = reserve(company.teller) < INDISCREET
    if matter.concerns:
        talk = matter.quoted and not indiscreet
        if talk or listener in matter.concerns or _is_stranger(listener, company):
            return "private"
    return "overheard" if matter.overheard and not indiscreet else None


def _is_stranger(listener: str, company: Company) -> bool:
    """Return whether someone is not close enough to be told of others' private affairs."""
    least = reserve(company.teller)
    return least >= CLOSED or closeness(company.teller.id, listener, company.projections) < STRANGERS * least


def _of_belief(ground: Belief, company: Company) -> _Matter:
    """Return one ground of a belief as the rules look at it.

    Whom the teller told it knows it, though not that it was confided as well: they may have been told it as known from
    another side.
    """
    projections, teller = company.projections, company.teller.id
    came_by = frozenset((*ground.chain, ground.by or teller))
    knowing = came_by | frozenset(projections.mind(teller).told.get(ground.id, ()))
    event = projections.event(ground.event) if ground.event is not None else None
    there = event.audience | frozenset(Confided.read(event).pass_on) if event else frozenset()
    triple = (ground.statement.subject, ground.statement.predicate, ground.statement.object)
    return _Matter(
        ground.id,
        there | knowing,
        None if ground.between is None else ground.between | came_by,
        _others_affair(concerned([triple], projections.compiled), teller),
        ground.by,
    )


def _of_memory(memory: Memory, company: Company) -> _Matter:
    teller = company.teller.id
    sealed = company.projections.mind(teller).counters.sealed.get(memory.event_id)
    return _Matter(
        f"event {memory.event_id}",
        memory.heard_by,
        memory.between if sealed is None else memory.heard_by.union(sealed),
        _others_affair(touched_on(memory, company.projections.compiled), teller),
        memory.speaker,
        quoted=True,
        overheard=teller in memory.overheard_by,
    )


def _others_affair(people: frozenset[str], teller: str) -> frozenset[str]:
    """Return whose private affair something is; what is one's own too is one's own to tell."""
    return frozenset() if teller in people else people


def _grounds(belief: Belief, company: Company) -> Sequence[Belief]:
    """Return what speaks for a belief, also where it is put the other way round."""
    mind, one = company.projections.mind(company.teller.id), belief.statement
    beliefs, sealed = mind.beliefs, mind.counters.sealed
    found = beliefs.grounds(belief.id) or beliefs.grounds(f"{one.object}.{one.predicate}.{one.subject}") or [belief]
    return [
        replace(ground, between=company.projections.event(ground.event).audience.union(sealed[ground.event]))
        if ground.event is not None and ground.event in sealed
        else ground
        for ground in found
    ]


def _followed(belief: Belief, company: Company) -> Belief | Kept:
    """Return what is inferred as it may be told: as what it follows from may, and between those who are in on all."""
    beliefs = company.projections.mind(company.teller.id).beliefs
    grounds = [ground for basis in belief.statement.basis if (ground := beliefs.stance(basis)) is not None]
    told = [as_told(ground, company) for ground in grounds]
    if kept := [one for one in told if isinstance(one, Kept)]:
        return kept[0]
    free = [one for one in told if isinstance(one, Belief)]
    if len(free) == 1 and is_partial(free[0], grounds[0]):
        return replace(free[0], statement=belief.statement, holds=belief.holds)
    circles = [one.between for one in free if one.between is not None]
    return replace(belief, between=frozenset.intersection(*circles) if circles else None)


def _described(belief: Belief, company: Company) -> Belief | Kept:
    """Return what something is, as it may be told: of what not everybody has heard of, only if more of it may be."""
    projections = company.projections
    known = projections.compiled.entities.get(belief.statement.subject)
    if known is None or known.common:
        return belief
    beliefs = projections.mind(company.teller.id).beliefs
    about = [as_told(one, company) for one in (*beliefs.ask(subject=known.id), *beliefs.ask(object=known.id))]
    kept = next((one for one in about if isinstance(one, Kept)), None)
    return belief if kept is None or any(isinstance(one, Belief) for one in about) else kept
