"""What people tell each other when they meet: which news, to whom, and how likely; all of it without a model."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from random import Random

from npc_engine.mind.beliefs import Belief
from npc_engine.mind.discretion import Company, as_told
from npc_engine.mind.mind import Mind, Tiding
from npc_engine.mind.projections import Projections
from npc_engine.persona import Persona

LONGEST_CHAIN = 4
"""How many people news goes through at most; who has it from the last of them keeps it."""
LEAST_SURE = 0.3
"""Confidence below which something is not worth passing on."""
MOST_AT_ONCE = 2
"""Pieces of news that one tells another at a meeting, at most."""
THOUGHT_OF = 12
"""Pieces of news that come to mind at a meeting, the latest."""
TRIED = 6
"""How many of those one may come to tell, the likeliest."""
FRESH_HOURS = 36.0
"""Game hours after which news is half as interesting."""
OLD_STORY = 0.35
"""How interesting, from 0 to 1, is what was known before the game began."""
OF_STRANGERS = 0.5
"""How much less interesting is what concerns nobody the listener knows."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Something one person tells another at a meeting; `chain` are those it went through before."""

    teller: str
    listener: str
    belief: Belief
    chain: tuple[str, ...]


def tellings(
    teller: Persona,
    listener: str,
    projections: Projections,
    *,
    now: datetime,
    chance: Random,
    near: Collection[str] = (),
) -> list[Telling]:
    """Return what one tells another on meeting them, `MOST_AT_ONCE` at most, with `near` within earshot.

    Nothing is told that must be kept from those who would hear it (see `npc_engine.mind.discretion`), that everyone
    knows, that the listener was there for or is part of, or that would come back to whom it went through. Each of the
    rest is told with the probability that `eagerness` gives.
    """
    mind = projections.minds[teller.id]
    open_ = openness(mind, listener)
    if open_ <= 0:
        return []
    likely = sorted(
        (
            (eagerness(tiding, teller, listener, projections, now) * open_, tiding)
            for tiding in islice(_news(mind, listener, projections), THOUGHT_OF)
        ),
        key=lambda entry: -entry[0],
    )
    company = Company(teller, listener, projections, now, frozenset(near))
    told: list[Telling] = []
    for probability, tiding in likely[:TRIED]:
        if chance.random() >= probability:
            continue
        belief = as_told(tiding.belief, company)
        if isinstance(belief, Belief) and listener not in belief.chain:
            told.append(Telling(teller.id, listener, belief, belief.chain))
            if len(told) == MOST_AT_ONCE:
                break
    return told


def openness(mind: Mind, listener: str) -> float:
    """Return how ready someone is to tell another anything, 0 to 1, by affinity, trust and fear; 0.5 to a stranger."""
    felt = mind.feelings.toward(listener)
    return min(1.0, max(0.0, 0.5 + 0.5 * felt.affinity + 0.25 * felt.trust - 0.25 * felt.fear))


def eagerness(tiding: Tiding, teller: Persona, listener: str, projections: Projections, now: datetime) -> float:
    """Return how much someone would like to tell a piece of news, 0 to 1.

    It is the product of how talkative they are, how recent it is, and whether it concerns people the listener knows.
    """
    belief = tiding.belief
    fresh = OLD_STORY
    if belief.at is not None:
        hours = max(0.0, (now - belief.at).total_seconds() / 3600)
        fresh = float(0.5 ** (hours / FRESH_HOURS))
    statement = belief.statement
    concerns = any(_knows(listener, part, projections) for part in (statement.subject, statement.object))
    return teller.temperament.talkative * fresh * (1.0 if concerns else OF_STRANGERS)


def _news(mind: Mind, listener: str, projections: Projections) -> Iterator[Tiding]:
    """Yield what someone has to tell another, the latest first and each thing once."""
    seen: set[str] = set()
    hears = projections.mind(listener).beliefs
    for tiding in reversed(mind.news):
        belief = mind.beliefs.stance(tiding.belief.id)
        if belief is None or belief.id in seen:
            continue
        seen.add(belief.id)
        statement = belief.statement
        if (
            belief.confidence < LEAST_SURE
            or belief.id in projections.common
            or listener in (statement.subject, statement.object, *belief.chain)
            or listener in tiding.known_to
            or listener in mind.told.get(belief.id, ())
            or len(belief.chain) >= LONGEST_CHAIN
        ):
            continue
        known = hears.stance(belief.id)
        if known is not None and known.holds == belief.holds and known.how != "told":
            continue  # what one knows oneself is no news
        yield Tiding(belief, tiding.known_to)


def _knows(listener: str, who: str, projections: Projections) -> bool:
    """Return whether someone knows a person."""
    entity = projections.compiled.entities.get(who)
    if entity is None or entity.kind not in ("person", "group"):
        return False
    mind = projections.mind(listener)
    return mind.heard_of(entity) or mind.feelings.toward(who).familiarity > 0
