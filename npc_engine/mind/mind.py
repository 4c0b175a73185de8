"""One NPC's mind: how it begins, and how it takes in what its owner perceives."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from npc_engine.chronicle import Change, Event
from npc_engine.mind.beliefs import Belief, Beliefs, How
from npc_engine.mind.feelings import Feeling, Feelings
from npc_engine.mind.memory import Memories, Memory, Recalled, indexed
from npc_engine.mind.recall import recall
from npc_engine.persona import AuthoredBelief, Persona
from npc_engine.world import Entity, Predicate, Statement
from npc_engine.world.definitions import FactDefinition
from npc_engine.world.names import Names
from npc_engine.world.wording import OF_THE_MOMENT

NEWS_KEPT = 32
"""How many pieces of news someone has at hand to tell others; older ones are still believed, but told no more."""

_NO_NEWS = OF_THE_MOMENT | {"at"}


@dataclass(frozen=True)
class Cast:
    """What authors declared, from which every view begins; `start` is the game time at which the game begins."""

    entities: Mapping[str, Entity] = field(default_factory=dict)
    predicates: Mapping[str, Predicate] = field(default_factory=dict)
    facts: tuple[FactDefinition, ...] = ()
    personas: Mapping[str, Persona] = field(default_factory=dict)
    start: datetime | None = None


Impression = tuple[Memory, Mapping[str, int]]
"""A memory of an event, the same for everyone, and the terms it is found by."""


@dataclass(frozen=True, slots=True)
class Tiding:
    """Something learned that might be told on: `hushed` when it was confided, `known_to` those who were there."""

    belief: Belief
    hushed: bool = False
    known_to: frozenset[str] = frozenset()


class Mind:
    """One NPC's (or the player's) view: beliefs, memories and feelings.

    `news` is what they have to tell, the latest last; `told` whom they told what; `shown` what was shown to them,
    and by whom.
    """

    def __init__(self, owner: str, cast: Cast) -> None:
        self.owner = owner
        self.beliefs = Beliefs(cast.predicates)
        self.memories = Memories()
        self.feelings = Feelings()
        self.news: deque[Tiding] = deque(maxlen=NEWS_KEPT)
        self.told: dict[str, set[str]] = {}
        self.shown: set[tuple[str | None, str]] = set()
        self.trusting = 0.5
        self.horizon: datetime | None = None
        if persona := cast.personas.get(owner):
            self._begin(persona, cast)

    def _begin(self, persona: Persona, cast: Cast) -> None:
        """Start out knowing what the persona knows."""
        self.horizon = persona.horizon
        secret = {fact for secret in persona.secrets for fact in secret.facts}
        for fact in cast.facts:
            if not (cast.start and fact.since and fact.since > cast.start) and would_know(persona, fact):
                self.beliefs.adopt(Belief(Statement(*fact.triple, fact.qualifiers, fact.since, fact.until), "authored"))
        for authored in persona.beliefs:
            belief = _believed(authored)
            self.beliefs.adopt(belief)
            if belief.how == "told":
                self.news.append(Tiding(belief))
        for fact_text in sorted(secret - {belief.statement.id.replace(".", " ") for belief in self.beliefs}):
            self.beliefs.adopt(Belief(Statement.of(Change.of_fact(fact_text)), "authored"))
        self.feelings = Feelings(
            {
                other: Feeling(felt.affinity, felt.trust, felt.fear, felt.familiarity)
                for other, felt in persona.relationships.items()
            }
        )
        self.trusting = persona.temperament.trusting

    def perceive(self, event: Event, impression: Impression | None) -> None:
        """Take in an event this mind was in the audience of, with the impression it leaves on everyone."""
        if impression is not None:
            self.memories.add(*impression)
        self.shown.update((event.actor, thing) for thing in event.data.get("shown", ()))
        for change in event.changes:
            statement = Statement.of(change, since=event.at, event=event.id)
            self._learn(Belief(statement, "saw", 1.0, change.holds, None, event.at, event.id), event)
        if event.actor == self.owner:
            for claim in event.claims:
                self.told.setdefault(claim.statement_id, set()).update(event.audience - {self.owner})
            return
        sureness, chains = event.data.get("confidence", {}), event.data.get("chain", {})
        for claim in event.claims:
            chain = (*chains.get(claim.statement_id, ()), *((event.actor,) if event.actor else ()))
            if self.owner in chain:
                continue  # their own words, come back to them
            belief = self.told_by(
                event.actor, claim, event.at, event.id, chain, sureness=float(sureness.get(claim.statement_id, 1.0))
            )
            self._learn(belief, event)

    def told_by(
        self,
        teller: str | None,
        claim: Change,
        at: datetime,
        event: int | None = None,
        chain: tuple[str, ...] = (),
        *,
        sureness: float = 1.0,
    ) -> Belief:
        """Give what someone's word for a claim amounts to here; `sureness`, 0 to 1, is how sure they are themselves.

        `chain` are those it went through, the teller last. Nothing is adopted: see `Beliefs.would_hold`.
        """
        confidence = round(self.credence(teller) * sureness, 4)
        return Belief(Statement.of(claim, event=event), "told", confidence, claim.holds, teller, at, event, chain)

    def recall(self, query: str, named: Iterable[str] = (), limit: int = 5) -> list[Recalled]:
        """Give up to `limit` memories that bear on a query, best first; `named` are the entities it names."""
        return recall(self.memories, query, named, limit)

    def credence(self, teller: str | None) -> float:
        """Give how far this mind takes someone at their word, from 0.1 to 0.95."""
        trust = self.feelings.toward(teller).trust if teller else 0.0
        return min(0.95, max(0.1, 0.6 + 0.35 * trust + 0.2 * (self.trusting - 0.5)))

    def heard_of(self, entity: Entity) -> bool:
        """Tell whether its owner has ever heard of something: of what is common, unless it came after their time."""
        later = self.horizon is not None and entity.since is not None and entity.since > self.horizon
        return entity.id == self.owner or (entity.common and not later) or self.beliefs.knows_of(entity.id)

    def state(self) -> dict[str, Any]:
        """Give all of it as plain data, for comparing two minds."""
        return {
            "beliefs": self.beliefs.log(),
            "held": tuple(self.beliefs),
            "memories": tuple(self.memories),
            "feelings": self.feelings.state(),
            "news": tuple(self.news),
            "told": {statement: sorted(others) for statement, others in sorted(self.told.items())},
            "shown": sorted(self.shown, key=str),
        }

    def _learn(self, belief: Belief, event: Event) -> None:
        self.beliefs.adopt(belief)
        if belief.statement.predicate not in _NO_NEWS:
            hushed = event.data.get("volume") == "whisper" or event.data.get("move") == "reveal"
            self.news.append(Tiding(belief, hushed, event.audience))


def would_know(persona: Persona, fact: FactDefinition) -> bool:
    """Tell whether someone knows a fact as soon as it is so: what is common, theirs to know or theirs to keep."""
    if fact.until is not None or (persona.horizon and fact.since and fact.since > persona.horizon):
        return False
    kept = any(fact.fact in secret.facts for secret in persona.secrets)
    return fact.common or kept or any(_matches(fact.fact, pattern) for pattern in persona.knows)


def impression(event: Event, names: Names, cast: Cast) -> Impression | None:
    """Give what whoever perceives an event will remember of it; None when there are no words to remember."""
    if not event.text or not event.audience:
        return None
    about = {mention.entity for mention in names.find(event.text)}
    for change in (*event.changes, *event.claims):
        about.update(part for part in (change.subject, change.object) if part in cast.entities)
    about.update(event.data.get("shown", ()))
    speaker = cast.entities.get(event.actor or "")
    found_by = [*speaker.names.values()] if speaker else [event.actor or ""]
    basis = tuple(event.data.get("of", ())) if event.kind == "reflection" else ()
    memory = Memory(event.id, event.text, event.at, event.actor, frozenset(about), event.place, basis)
    return memory, indexed(memory, [*found_by, f"{event.at:%d %B %Y}"])


def _believed(authored: AuthoredBelief) -> Belief:
    """Give a belief as its author put it down."""
    change = Change.of_fact(authored.fact, qualifiers=authored.qualifiers)
    source, _, teller = authored.source.partition(" by ")
    hows: dict[str, How] = {"saw": "saw", "told": "told", "inferred": "inferred"}
    return Belief(
        Statement.of(change),
        hows.get(source, "authored"),
        authored.confidence,
        authored.holds,
        by=teller or None,
        chain=(teller,) if teller else (),
    )


def _matches(fact: str, pattern: str) -> bool:
    return all(fnmatchcase(word, part) for word, part in zip(fact.split(), pattern.split(), strict=True))
