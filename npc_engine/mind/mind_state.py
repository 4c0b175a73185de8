"""What came of all that an NPC perceived: what they believe, feel, have to tell and have told."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from npc_engine.chronicle import Change, Event
from npc_engine.mind.belief_table import BeliefTable, read_beliefs
from npc_engine.mind.beliefs import Belief, Beliefs, How
from npc_engine.mind.compiled_world import CompiledWorld
from npc_engine.mind.confidences import between
from npc_engine.mind.counters import Counters
from npc_engine.mind.evidence import Unlearned
from npc_engine.mind.fading import FADED
from npc_engine.mind.feelings import Feeling, Feelings
from npc_engine.payloads import Claimed, Edit, Edited, Recorded
from npc_engine.persona import AuthoredBelief, Persona
from npc_engine.world import Statement
from npc_engine.world.definitions import FactDefinition
from npc_engine.world.wording import OF_THE_MOMENT

NEWS_KEPT = 32
"""How many pieces of news someone has at hand to tell others; older ones are still believed, but told no more."""

REST = 0.7
"""How far apart the moods of the most and the least cheerful are when nothing is the matter."""

_NO_NEWS = OF_THE_MOMENT | {"at"}


@dataclass(frozen=True, slots=True)
class Tiding:
    """Something learned that might be told on; `known_to` are those who were there."""

    belief: Belief
    known_to: frozenset[str] = frozenset()


class MindState:
    """What a mind holds beside its memories.

    `news` is what they have to tell, the latest last; `told` whom they told what; `shown` what was shown to them,
    and by whom; `counters` what they keep count of.
    """

    def __init__(self, owner: str, compiled: CompiledWorld) -> None:
        self.owner = owner
        self._compiled = compiled
        self.beliefs = Beliefs(compiled.predicates)
        self.feelings = felt_at_first(compiled.personas.get(owner))
        self.counters = Counters(owner)
        self.news: deque[Tiding] = deque(maxlen=NEWS_KEPT)
        self.told: dict[str, set[str]] = {}
        self.shown: set[tuple[str | None, str]] = set()
        persona = compiled.personas.get(owner)
        self._trusting = persona.temperament.trusting if persona else 0.5

    def begin(self) -> None:
        """Start out knowing what the persona knows."""
        compiled = self._compiled
        if (persona := compiled.personas.get(self.owner)) is None:
            return
        secret = {fact for secret in persona.secrets for fact in secret.facts}
        for fact in compiled.facts:
            if not (compiled.start and fact.since and fact.since > compiled.start) and would_know(persona, fact):
                self.beliefs.adopt(Belief(Statement(*fact.triple, fact.qualifiers, fact.since, fact.until), "authored"))
        for authored in persona.beliefs:
            belief = _believed(authored, self.owner)
            self.beliefs.adopt(belief)
            if belief.how == "told":
                self.news.append(Tiding(belief))
        for fact_text in sorted(secret - {belief.statement.id.replace(".", " ") for belief in self.beliefs}):
            self.beliefs.adopt(Belief(Statement.of(Change.of_fact(fact_text)), "authored"))

    def take_in(self, event: Event) -> None:
        """Take in an event that its owner was in the audience of, or that moved their feelings."""
        if (edit := Edited.read(event).edit) is not None:
            self._edit(event, edit)
        elif self.owner in event.audience:
            self._perceive(event)
            self.counters.take_in(event)
        for change in event.feelings:
            if change.who == self.owner:
                self.feelings.move(change, event.at)
        if event.kind == FADED and event.actor == self.owner:
            self.feelings.faded(dict.fromkeys(change.toward for change in event.feelings), event.at)

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
        """Return what someone's word for a claim amounts to here; `sureness`, 0 to 1, is how sure they are themselves.

        `chain` are those it went through, the teller last. Nothing is adopted: see `Beliefs.would_hold`.
        """
        confidence = round(self.credence(teller) * sureness, 4)
        return Belief(Statement.of(claim, event=event), "told", confidence, claim.holds, teller, at, event, chain)

    def credence(self, teller: str | None) -> float:
        """Return how far this mind takes someone at their word, from 0.1 to 0.95."""
        trust = self.feelings.toward(teller).trust if teller else 0.0
        return min(0.95, max(0.1, 0.6 + 0.35 * trust + 0.2 * (self._trusting - 0.5)))

    def plain(self) -> dict[str, Any]:
        """Return all of it as plain data for `resume`."""
        table = BeliefTable()
        return {
            "beliefs": self.beliefs.plain(table),
            "news": [[table.number(one.belief), sorted(one.known_to)] for one in self.news],
            "table": table.rows,
            "feelings": self.feelings.plain(),
            "kept": self.counters.plain(),
            "told": {statement: sorted(others) for statement, others in self.told.items()},
            "shown": [list(one) for one in sorted(self.shown, key=str)],
        }

    def resume(self, plain: Mapping[str, Any], learn_again: Callable[[], Iterable[Belief | Unlearned]]) -> None:
        """Go on from what `plain` made plain; `learn_again` gives all that was ever learned, if it is asked for."""
        table = read_beliefs(plain["table"])
        self.beliefs = Beliefs.resumed(self._compiled.predicates, plain["beliefs"], table, learn_again)
        self.feelings.resume(plain["feelings"])
        self.counters.resume(plain["kept"])
        self.news.extend(Tiding(table[number], frozenset(there)) for number, there in plain["news"])
        self.told = {statement: set(others) for statement, others in plain["told"].items()}
        self.shown = {(actor, thing) for actor, thing in plain["shown"]}

    def _perceive(self, event: Event) -> None:
        self.shown.update((event.actor, thing) for thing in Recorded.read(event).shown)
        for change in event.changes:
            statement = Statement.of(change, since=event.at, event=event.id)
            self._learn(Belief(statement, "saw", 1.0, change.holds, None, event.at, event.id), event)
        if event.actor == self.owner:
            for claim in event.claims:
                self.told.setdefault(claim.statement_id, set()).update(event.audience - {self.owner})
            return
        said = Claimed.read(event)
        for claim in event.claims:
            chain = (*said.chain.get(claim.statement_id, ()), *((event.actor,) if event.actor else ()))
            if self.owner in chain:
                continue  # their own words, come back to them
            belief = self.told_by(
                event.actor,
                claim,
                event.at,
                event.id,
                chain,
                sureness=float(said.confidence.get(claim.statement_id, 1.0)),
            )
            self._learn(belief, event)

    def _edit(self, event: Event, edit: Edit) -> None:
        """Believe or hold no more what somebody outside the world wants it to."""
        for claim in event.claims:
            statement = Statement.of(claim, since=event.at, event=event.id)
            confidence = 1.0 if edit.confidence is None else float(edit.confidence)
            self.beliefs.settle(Belief(statement, "authored", confidence, claim.holds, None, event.at, event.id))
        if edit.unlearns:
            self.beliefs.unlearn(edit.unlearns, event.at)

    def _learn(self, belief: Belief, event: Event) -> None:
        if (among := between(event.audience, event.data, belief.id)) is not None:
            belief = replace(belief, between=among)
        self.beliefs.adopt(belief)
        if belief.statement.predicate not in _NO_NEWS:
            self.news.append(Tiding(belief, event.audience))


def felt_at_first(persona: Persona | None) -> Feelings:
    """Return what someone feels when the game begins; the cheerful are in good spirits when nothing is the matter."""
    if persona is None:
        return Feelings()
    toward = {
        other: Feeling(felt.affinity, felt.trust, felt.fear, felt.familiarity)
        for other, felt in persona.relationships.items()
    }
    return Feelings(toward, rest=round(REST * (persona.temperament.cheerful - 0.5), 4))


def would_know(persona: Persona, fact: FactDefinition) -> bool:
    """Return whether someone knows a fact as soon as it is so: what is common, theirs to know or theirs to keep."""
    if fact.until is not None or (persona.horizon and fact.since and fact.since > persona.horizon):
        return False
    kept = any(fact.fact in secret.facts for secret in persona.secrets)
    return fact.common or kept or any(_matches(fact.fact, pattern) for pattern in persona.knows)


def _believed(authored: AuthoredBelief, owner: str) -> Belief:
    """Return a belief of its owner's as its author put it down."""
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
        between=frozenset({owner, teller} - {""}) if authored.between_us else None,
    )


def _matches(fact: str, pattern: str) -> bool:
    return all(fnmatchcase(word, part) for word, part in zip(fact.split(), pattern.split(), strict=True))
