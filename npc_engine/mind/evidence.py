"""What speaks for a belief: who says so, whether they know it of each other, and how sure that makes one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from npc_engine.world.statements import Statement

How = Literal["saw", "told", "inferred", "authored", "lie"]
"""How a belief came about; `lie` is what someone says without believing it, and never in their own mind."""

_OWN = frozenset({""})
_SOMEONE = frozenset({"?"})


@dataclass(frozen=True, slots=True)
class Belief:
    """A stance on a statement: that it holds, or with `holds=False` that it doesn't.

    `confidence` runs from 0 to 1. `by` names who told it, `at` the game time it was learned (None: always
    known), `event` the event it was learned from (None: authored). `chain` are those it went through, from the
    one who first said it to `by`; `backed_by` are others who said the same without having it from them. What was
    learned in confidence stays `between` these.
    """

    statement: Statement
    how: How
    confidence: float = 1.0
    holds: bool = True
    by: str | None = None
    at: datetime | None = None
    event: int | None = None
    chain: tuple[str, ...] = ()
    backed_by: tuple[str, ...] = ()
    between: frozenset[str] | None = None

    @property
    def id(self) -> str:
        """The id of the statement it is about."""
        return self.statement.id


@dataclass(frozen=True, slots=True)
class Unlearned:
    """A statement of which someone no longer held anything, from a game time on."""

    id: str
    at: datetime


def agree(one: Belief, other: Belief) -> bool:
    """Return whether two beliefs say the same of the same statement; qualifiers only one of them has don't matter."""
    if one.id != other.id or one.holds != other.holds:
        return False
    mine, yours = one.statement.qualifiers, other.statement.qualifiers
    return mine is yours or all(yours.get(key, value) == value for key, value in mine.items())


def at_odds(one: Belief, other: Belief, single_valued: bool) -> bool:
    """Return whether two beliefs can't both be true; of what is `single_valued` only one object can be."""
    if one.id == other.id:
        return not agree(one, other)
    return (
        single_valued
        and one.holds
        and other.holds
        and one.statement.subject == other.statement.subject
        and one.statement.predicate == other.statement.predicate
    )


def sources(belief: Belief) -> frozenset[str]:
    """Return whom a belief rests on: everyone it went through, or oneself."""
    if belief.how != "told":
        return _OWN
    return frozenset(belief.chain) or (frozenset({belief.by}) if belief.by else _SOMEONE)


def kept(grounds: Sequence[Belief], belief: Belief) -> list[Belief]:
    """Return the grounds with one more; who says the same once more only replaces what they said before.

    What was said openly stays beside what was confided: it may still go round.
    """
    found = list(grounds)
    for position, ground in enumerate(found):
        if agree(ground, belief) and sources(ground) == sources(belief) and ground.between == belief.between:
            if belief.confidence >= ground.confidence:
                found[position] = belief
            return found
    return [*found, belief]


def combined(grounds: Iterable[Belief]) -> Belief:
    """Return what grounds that agree amount to: the strongest of them, surer where others back it independently.

    Independent grounds a and b give 1-(1-a)(1-b): all of them would have to be wrong. Grounds are independent
    when they share nobody they went through; of those that do share someone, only the strongest counts.
    """
    parted: list[tuple[frozenset[str], Belief]] = []
    strongest: Belief | None = None
    for ground in grounds:
        if strongest is None or ground.confidence >= strongest.confidence:
            strongest = ground
        whom = sources(ground)
        shared = [place for place, (others, _) in enumerate(parted) if others & whom]
        if not shared:
            parted.append((whom, ground))
        elif len(shared) == 1 and ground.confidence >= parted[shared[0]][1].confidence:
            parted[shared[0]] = (parted[shared[0]][0], ground)
    if strongest is None:
        raise ValueError("there are no grounds to combine")
    if len(parted) < 2:
        return strongest
    doubt = 1.0
    for _, ground in parted:
        doubt *= 1 - ground.confidence
    backed_by = tuple(g.by for _, g in parted if g.by and g.by != strongest.by)
    return replace(strongest, confidence=max(strongest.confidence, round(1 - doubt, 4)), backed_by=backed_by)
