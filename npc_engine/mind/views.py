"""Every view folded from the chronicle: the world, and each mind in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from npc_engine.chronicle import Change, Event
from npc_engine.mind.beliefs import Belief, Beliefs
from npc_engine.mind.feelings import Feeling, Feelings
from npc_engine.mind.memory import Memories, Memory, Recalled
from npc_engine.mind.recall import recall
from npc_engine.persona import Persona
from npc_engine.world import Entity, Predicate, Statement, World
from npc_engine.world.definitions import FactDefinition
from npc_engine.world.names import Names


@dataclass(frozen=True)
class Cast:
    """What authors declared, from which every view begins."""

    entities: Mapping[str, Entity] = field(default_factory=dict)
    predicates: Mapping[str, Predicate] = field(default_factory=dict)
    facts: tuple[FactDefinition, ...] = ()
    personas: Mapping[str, Persona] = field(default_factory=dict)


class Mind:
    """One NPC's (or the player's) view: beliefs, memories and feelings."""

    def __init__(self, owner: str, cast: Cast) -> None:
        self.owner = owner
        self.beliefs = Beliefs(cast.predicates)
        self.memories = Memories()
        self.feelings = Feelings()
        self.trusting = 0.5
        if persona := cast.personas.get(owner):
            self._begin(persona, cast)

    def _begin(self, persona: Persona, cast: Cast) -> None:
        """Start out knowing what the persona knows."""
        secret = {fact for secret in persona.secrets for fact in secret.facts}
        for fact in cast.facts:
            if fact.common or fact.fact in secret or any(_matches(fact.fact, p) for p in persona.knows):
                statement = Statement(*fact.triple, fact.qualifiers, fact.since, fact.until)
                if fact.until is None:
                    self.beliefs.adopt(Belief(statement, "authored"))
        for authored in persona.beliefs:
            change = Change.of_fact(authored.fact, qualifiers=authored.qualifiers)
            how, _, teller = authored.source.partition(" by ")
            self.beliefs.adopt(
                Belief(
                    Statement.of(change),
                    how if how in ("saw", "told", "inferred") else "authored",  # type: ignore[arg-type]
                    authored.confidence,
                    authored.holds,
                    by=teller or None,
                )
            )
        for fact_text in secret - {belief.statement.id.replace(".", " ") for belief in self.beliefs}:
            self.beliefs.adopt(Belief(Statement.of(Change.of_fact(fact_text)), "authored"))
        self.feelings = Feelings(
            {
                other: Feeling(felt.affinity, felt.trust, felt.fear, felt.familiarity)
                for other, felt in persona.relationships.items()
            }
        )
        self.trusting = persona.temperament.trusting

    def perceive(self, event: Event, names: Names, cast: Cast) -> None:
        """Take in an event this mind was in the audience of."""
        if event.text:
            about = {mention.entity for mention in names.find(event.text)}
            for change in (*event.changes, *event.claims):
                about.update(part for part in (change.subject, change.object) if part in cast.entities)
            speaker = cast.entities.get(event.actor or "")
            found_by = [*speaker.names.values()] if speaker else [event.actor or ""]
            memory = Memory(event.id, event.text, event.at, event.actor, frozenset(about), event.place)
            self.memories.add(memory, [*found_by, f"{event.at:%d %B %Y}"])
        for change in event.changes:
            statement = Statement.of(change, since=event.at, event=event.id)
            self.beliefs.adopt(Belief(statement, "saw", 1.0, change.holds, None, event.at, event.id))
        if event.actor != self.owner:
            sureness = event.data.get("confidence", {})
            for claim in event.claims:
                statement = Statement.of(claim, event=event.id)
                confidence = self.credence(event.actor) * float(sureness.get(claim.statement_id, 1.0))
                self.beliefs.adopt(
                    Belief(statement, "told", round(confidence, 4), claim.holds, event.actor, event.at, event.id)
                )

    def recall(self, query: str, named: Iterable[str] = (), limit: int = 5) -> list[Recalled]:
        """Give up to `limit` memories that bear on a query, best first; `named` are the entities it names."""
        return recall(self.memories, query, named, limit)

    def credence(self, teller: str | None) -> float:
        """Give how far this mind takes someone at their word, from 0.1 to 0.95."""
        trust = self.feelings.toward(teller).trust if teller else 0.0
        return min(0.95, max(0.1, 0.6 + 0.35 * trust + 0.2 * (self.trusting - 0.5)))

    def state(self) -> dict[str, Any]:
        """Give all of it as plain data, for comparing two minds."""
        return {
            "beliefs": self.beliefs.log(),
            "held": tuple(self.beliefs),
            "memories": tuple(self.memories),
            "feelings": self.feelings.state(),
        }


class Views:
    """The world and every mind, as they follow from what authors declared and the events so far."""

    def __init__(self, cast: Cast, events: Iterable[Event] = ()) -> None:
        self.cast = cast
        self.world = World(cast.entities, cast.predicates, cast.facts)
        self.names = Names(cast.entities)
        self.minds: dict[str, Mind] = {owner: Mind(owner, cast) for owner in cast.personas}
        for event in events:
            self.apply(event)

    def mind(self, owner: str) -> Mind:
        """Give someone's mind, a new and empty one for who had none yet."""
        if owner not in self.minds:
            self.minds[owner] = Mind(owner, self.cast)
        return self.minds[owner]

    def apply(self, event: Event) -> None:
        """Take in an event: the world changes, and who was there perceives it."""
        self.world.apply(event)
        for owner in sorted(event.audience):
            self.mind(owner).perceive(event, self.names, self.cast)
        for change in event.feelings:
            self.mind(change.who).feelings.move(change, event.at)

    def state(self) -> dict[str, Any]:
        """Give every view as plain data: two that are equal answer everything alike."""
        return {
            "world": self.world.periods(),
            "minds": {owner: self.minds[owner].state() for owner in sorted(self.minds)},
        }


def _matches(fact: str, pattern: str) -> bool:
    return all(fnmatchcase(word, part) for word, part in zip(fact.split(), pattern.split(), strict=True))
