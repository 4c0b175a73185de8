"""What one NPC holds to be true: each belief with where it came from; contradictions are kept, one is held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from npc_engine.mind.belief_table import BeliefTable
from npc_engine.mind.evidence import Belief, How, Unlearned, agree, at_odds, combined, kept
from npc_engine.world.definitions import Predicate
from npc_engine.world.rules import infer
from npc_engine.world.statements import Statement

__all__ = ["YIELDS_AT", "Belief", "Beliefs", "How"]

YIELDS_AT = 0.75
"""News this certain replaces what contradicts it, however certain that was: the world changes. A stranger's word is
less certain than this, a friend's more (see `Mind.credence`)."""

_Topic = tuple[str, ...]
"""What a contradiction is about: a statement, or all the values that something single-valued may have."""


class Beliefs:
    """All that one NPC ever came to believe, what of it is held now, and what speaks against it."""

    def __init__(self, predicates: Mapping[str, Predicate]) -> None:
        self._predicates = predicates
        self._log: list[Belief | Unlearned] | None = []
        self._learn_again: Callable[[], Iterable[Belief | Unlearned]] = tuple
        self._held: dict[str, Belief] = {}
        self._by_subject: dict[str, dict[str, None]] = {}
        self._by_object: dict[str, dict[str, None]] = {}
        self._by_predicate: dict[str, dict[str, None]] = {}
        self._grounds: dict[_Topic, list[Belief]] = {}
        self._beaten: dict[_Topic, list[Belief]] = {}

    def adopt(self, belief: Belief) -> bool:
        """Take in a belief; tell whether it, or what it backs, is now held.

        Those who say the same independently make it surer. What contradicts it gives way when it is at least as
        sure, or sure enough in itself (`YIELDS_AT`); otherwise it is only remembered as heard, until more comes
        to speak for it. What one sees with one's own eyes settles what was in doubt.
        """
        if self._log is not None:
            self._log.append(belief)
        topic = self.topic(belief.statement)
        view, rivals = self._weighed(belief)
        grounds = kept(self._grounds.get(topic, ()), belief)
        adopted = not any(view.confidence < min(rival.confidence, YIELDS_AT) for rival in rivals)
        if adopted:
            beaten = [one for one in self._beaten.get(topic, ()) if not agree(one, view)]
            for rival in rivals:
                self._drop(rival)
                grounds = [ground for ground in grounds if not agree(ground, rival)]
            if belief.how == "saw":
                grounds = [ground for ground in grounds if not self._at_odds(ground, belief)]
                beaten = [one for one in beaten if not self._at_odds(one, belief)]
            else:
                beaten += rivals
            self._remember(self._beaten, topic, beaten)
            self._hold(view)
        self._remember(self._grounds, topic, grounds)
        return adopted

    def settle(self, belief: Belief) -> None:
        """Take in a belief that is held from now on, whatever speaks against it."""
        if self._log is not None:
            self._log.append(belief)
        topic = self.topic(belief.statement)
        for rival in self._weighed(belief)[1]:
            self._drop(rival)
        self._remember(self._grounds, topic, [belief])
        self._remember(self._beaten, topic, [])
        self._hold(belief)

    def unlearn(self, statement_id: str, at: datetime) -> None:
        """Hold nothing of a statement any more, from a game time on, as if it had never been heard of."""
        if self._log is not None:
            self._log.append(Unlearned(statement_id, at))
        if (held := self._held.get(statement_id)) is not None:
            self._drop(held)
        for where in (self._grounds, self._beaten):
            for topic, beliefs in list(where.items()):
                if any(one.id == statement_id for one in beliefs):
                    self._remember(where, topic, [one for one in beliefs if one.id != statement_id])

    def would_hold(self, belief: Belief) -> bool:
        """Return whether a belief would be held if it were adopted now; nothing changes."""
        view, rivals = self._weighed(belief)
        return not any(view.confidence < min(rival.confidence, YIELDS_AT) for rival in rivals)

    def contested(
        self, subject: str | None = None, predicate: str | None = None, object: str | None = None
    ) -> list[tuple[Belief, ...]]:
        """Return the contradictions in what was learned: the sides of each, the one that is held first.

        The other sides follow, the surest first. What was so until one saw it change is no contradiction. A part
        left out matches any; `object` matches the side that is held.
        """
        found = []
        for topic in dict.fromkeys((*self._grounds, *self._beaten)):
            if subject in (None, topic[0]) and predicate in (None, topic[1]):
                for held in self.held_on(topic):
                    others = self._against(held, topic)
                    if others and object in (None, held.statement.object):
                        found.append((held, *others))
        return found

    def stance(self, statement_id: str) -> Belief | None:
        """Return what is held of a statement, for or against; None when there is no opinion."""
        return self._held.get(statement_id)

    def grounds(self, statement_id: str) -> list[Belief]:
        """Return what speaks for a stance as it is held, each with where it came from; nothing where none is held."""
        held = self._held.get(statement_id)
        if held is None:
            return []
        found = self._grounds.get(self.topic(held.statement), ())
        return [ground for ground in found if agree(ground, held)] or [held]

    def topic(self, statement: Statement) -> tuple[str, ...]:
        """Return what a contradiction of a statement would be about: itself, or all the values that there may be."""
        if self._single(statement.predicate):
            return statement.subject, statement.predicate
        return statement.subject, statement.predicate, statement.object

    def held_on(self, topic: tuple[str, ...]) -> list[Belief]:
        """Return what is held on a topic."""
        if len(topic) == 3:
            held = self._held.get(".".join(topic))
            return [held] if held else []
        subject, predicate = topic
        begins = f"{subject}.{predicate}."
        return [self._held[one] for one in self._by_subject.get(subject, ()) if one.startswith(begins)]

    def ask(self, subject: str | None = None, predicate: str | None = None, object: str | None = None) -> list[Belief]:
        """Return the beliefs that these statements hold, inferred ones included; a part left out matches any."""
        found = []
        for statement in infer(self._match, self._predicates, subject, predicate, object):
            if not statement.basis:
                found.append(self._held[statement.id])
                continue
            if (denied := self._held.get(statement.id)) and not denied.holds:
                continue
            found.append(self._inferred(statement))
        return found

    def denials(self, subject: str | None = None, predicate: str | None = None) -> list[Belief]:
        """Return the beliefs that statements do not hold."""
        return [
            belief
            for belief in self._held.values()
            if not belief.holds
            and subject in (None, belief.statement.subject)
            and predicate in (None, belief.statement.predicate)
        ]

    def __iter__(self) -> Iterator[Belief]:
        """Return what is held now, in the order it came to be held."""
        return iter(self._held.values())

    def __len__(self) -> int:
        return len(self._held)

    def log(self) -> tuple[Belief, ...]:
        """Return everything ever adopted, in order, held or not."""
        return tuple(one for one in self._whole_log() if isinstance(one, Belief))

    def as_of(self, moment: datetime) -> Beliefs:
        """Return what was believed at an earlier game time."""
        then = Beliefs(self._predicates)
        for one in self._whole_log():
            if one.at is not None and one.at > moment:
                continue
            if isinstance(one, Unlearned):
                then.unlearn(one.id, one.at)
            elif one.how == "authored" and one.event is not None:
                then.settle(one)
            else:
                then.adopt(one)
        return then

    def knows_of(self, entity: str) -> bool:
        """Return whether anything is believed about an entity."""
        return bool(self._by_subject.get(entity) or self._by_object.get(entity))

    def rests_on(self) -> set[int]:
        """Return the ids of the events from which what is held now was learned."""
        held = self._held.values()
        grounds = [ground for found in self._grounds.values() for ground in found if self._speaks_for_held(ground)]
        return {belief.event for belief in (*held, *grounds) if belief.event is not None}

    def plain(self, table: BeliefTable) -> dict[str, Any]:
        """Return what is held, and what speaks for and against it, as plain data; the beliefs themselves go in a table.

        What was learned on the way is left out: the chronicle has it.
        """

        def topics(where: Mapping[_Topic, list[Belief]]) -> list[Any]:
            return [[list(topic), table.numbers(beliefs)] for topic, beliefs in where.items()]

        held = table.numbers(self._held.values())
        return {"held": held, "grounds": topics(self._grounds), "beaten": topics(self._beaten)}

    @classmethod
    def resumed(
        cls,
        predicates: Mapping[str, Predicate],
        plain: Mapping[str, Any],
        table: Sequence[Belief],
        learn_again: Callable[[], Iterable[Belief | Unlearned]],
    ) -> Beliefs:
        """Return the beliefs that `plain` made plain; `learn_again` gives the log, when it is asked for."""
        beliefs = cls(predicates)
        beliefs._log, beliefs._learn_again = None, learn_again
        for number in plain["held"]:
            beliefs._hold(table[number])
        for name, where in (("grounds", beliefs._grounds), ("beaten", beliefs._beaten)):
            where.update((tuple(topic), [table[number] for number in numbers]) for topic, numbers in plain[name])
        return beliefs

    def history(self) -> Iterator[Belief | Unlearned]:
        """Return everything ever adopted or unlearned, in order."""
        return iter(self._whole_log())

    def _whole_log(self) -> list[Belief | Unlearned]:
        if self._log is None:
            self._log = list(self._learn_again())
        return self._log

    def _match(self, subject: str | None, predicate: str | None, object: str | None) -> Iterator[Statement]:
        if subject is not None:
            ids = self._by_subject.get(subject, {})
        elif object is not None:
            ids = self._by_object.get(object, {})
        elif predicate is not None:
            ids = self._by_predicate.get(predicate, {})
        else:
            ids = dict.fromkeys(self._held)
        for statement_id in ids:
            belief = self._held[statement_id]
            statement = belief.statement
            if (
                belief.holds
                and subject in (None, statement.subject)
                and predicate in (None, statement.predicate)
                and object in (None, statement.object)
            ):
                yield statement

    def _inferred(self, statement: Statement) -> Belief:
        """Return a belief as sure as the least sure of those it follows from."""
        grounds = [self._held[basis] for basis in statement.basis if basis in self._held]
        weakest = min(grounds, key=lambda belief: belief.confidence)
        if len(grounds) == 1:
            return replace(weakest, statement=statement, holds=True)
        return Belief(statement, "inferred", weakest.confidence, at=weakest.at, event=weakest.event)

    def _single(self, predicate: str) -> bool:
        rule = self._predicates.get(predicate)
        return rule is not None and rule.single_valued

    def _at_odds(self, one: Belief, other: Belief) -> bool:
        return at_odds(one, other, self._single(one.statement.predicate))

    def _speaks_for_held(self, ground: Belief) -> bool:
        held = self._held.get(ground.id)
        return held is not None and agree(held, ground)

    def _weighed(self, belief: Belief) -> tuple[Belief, list[Belief]]:
        """Return what a belief amounts to with all that backs it, and what is held that can't be true beside it."""
        grounds = kept(self._grounds.get(self.topic(belief.statement), ()), belief)
        view = combined([ground for ground in grounds if agree(ground, belief)])
        rivals = [held for held in self.held_on(self.topic(belief.statement)) if self._at_odds(held, belief)]
        return view, rivals

    def _against(self, held: Belief, topic: _Topic) -> list[Belief]:
        """Return the sides that stand against what is held, each as sure as all that speaks for it."""
        sides: list[Belief] = []
        grounds = [ground for ground in self._grounds.get(topic, ()) if self._at_odds(ground, held)]
        for one in (*grounds, *(one for one in self._beaten.get(topic, ()) if self._at_odds(one, held))):
            if not any(agree(one, side) for side in sides):
                same = [ground for ground in grounds if agree(ground, one)]
                sides.append(combined(same) if same else one)
        return sorted(sides, key=lambda side: -side.confidence)

    @staticmethod
    def _remember(where: dict[_Topic, list[Belief]], topic: _Topic, beliefs: list[Belief]) -> None:
        if beliefs:
            where[topic] = beliefs
        else:
            where.pop(topic, None)

    def _hold(self, belief: Belief) -> None:
        statement = belief.statement
        self._held[belief.id] = belief
        self._by_subject.setdefault(statement.subject, {})[belief.id] = None
        self._by_object.setdefault(statement.object, {})[belief.id] = None
        self._by_predicate.setdefault(statement.predicate, {})[belief.id] = None

    def _drop(self, belief: Belief) -> None:
        statement = belief.statement
        del self._held[belief.id]
        del self._by_subject[statement.subject][belief.id]
        del self._by_object[statement.object][belief.id]
        del self._by_predicate[statement.predicate][belief.id]
