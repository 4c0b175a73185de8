"""Folds events into the rows of a graph: the world, and what is in every mind, as designers may see it."""

from __future__ import annotations

from collections.abc import Iterable

from npc_engine.chronicle import Event
from npc_engine.graphs import mapping
from npc_engine.graphs.mapping import entity_key, statement_key
from npc_engine.graphs.rows import Delta, EdgeKey, Row, Rows
from npc_engine.mind.compiled_world import CompiledWorld
from npc_engine.mind.confidences import between
from npc_engine.mind.mind_state import MindState
from npc_engine.payloads import Claimed, Confided, Edited, Told
from npc_engine.world import Statement, World
from npc_engine.world.graph import Edge
from npc_engine.world.periods import Placed


class Fold:
    """What the graph should hold after the events so far. It has a world and minds of its own, and no memories.

    Without `secrets` what is some persona's secret, and what was told in confidence, is left out.
    """

    def __init__(self, compiled: CompiledWorld, *, secrets: bool = True) -> None:
        self.compiled = compiled
        self.rows = Rows()
        self.last = 0
        self._secrets = secrets
        self._types = mapping.types(compiled.predicates)
        self._values = mapping.values(compiled.predicates)
        hidden = {fact for one in compiled.personas.values() for secret in one.secrets for fact in secret.facts}
        self._hidden = frozenset() if secrets else frozenset(fact.replace(" ", ".") for fact in hidden)
        self._common = {(".".join(fact.triple), fact.since) for fact in compiled.facts if fact.common}
        self._minds: dict[str, MindState] = {}
        self._held: dict[tuple[str, ...], list[EdgeKey]] = {}
        self._said: dict[int, list[EdgeKey]] = {}
        for one in compiled.entities.values():
            self._labelled(one.id)
        self.world = World(compiled.entities, compiled.predicates, compiled.facts, watch=self._drawn)
        for owner in compiled.personas:
            self._mind(owner)

    def take(self, event: Event) -> None:
        """Take in the next event."""
        event = self.compiled.fitted(event)
        self.last = event.id
        self.world.apply(event)
        touched = [Statement.of(one) for one in (*event.changes, *event.claims)]
        if (edit := Edited.read(event).edit) and edit.unlearns:
            touched += [Statement(*parts) for parts in _splits(edit.unlearns)]
        for owner in dict.fromkeys((*sorted(event.audience), *(one.who for one in event.feelings))):
            mind = self._mind(owner)
            mind.take_in(event)
            for statement in touched:
                self._believed(mind, statement)
            self._knowing(mind, event)
        for change in event.feelings:
            self._felt(self._minds[change.who], change.toward, mood=change.aspect == "mood")
        if event.actor and event.claims:
            self._told(event, event.actor)
        if not self._secrets:
            self._sealed(event)

    def delta(self) -> Delta:
        """Return what changed since the last delta."""
        return self.rows.delta()

    def statements_of(self) -> frozenset[str]:
        """Return the types that statements of the world may have here."""
        return frozenset((*self._types.values(), mapping.OTHER))

    # -- the world -----------------------------------------------------------------------------------

    def _drawn(self, edge: Edge, period: Placed | None) -> None:
        subject, object_, key = edge
        type_ = self._types.get(str(key[1]), mapping.OTHER)
        row: EdgeKey = (type_, entity_key(subject), entity_key(object_), mapping.edge_id(*key))
        if period is None:
            self.rows.drop(row)
        elif period.statement.id not in self._hidden:
            self._thing(subject)
            self._thing(object_)
            one = period.statement
            common = one.event is None and (one.id, one.since) in self._common
            self.rows.put(row, Row(mapping.period(period) | ({"common": True} if common else {})))

    def _thing(self, id_: str) -> None:
        if entity_key(id_) not in self.rows:
            self._labelled(id_)

    def _labelled(self, id_: str) -> None:
        """Put the node of an entity, a value, or of someone who has perceived something."""
        if (one := self.compiled.entities.get(id_)) is not None:
            said, label = mapping.entity(one)
        else:
            said, label = dict(self._values.get(id_, {"id": id_})), mapping.VALUE
        if (mind := self._minds.get(id_)) is not None:
            label = mapping.LABELS["person"] if one is None else label
            _, mood, mood_at, _ = mind.feelings.plain()
            said |= {"mood": mood} | ({"mood_at": mood_at} if mood_at else {})
        self.rows.put(entity_key(id_), Row(said, label))

    # -- minds ---------------------------------------------------------------------------------------

    def _mind(self, owner: str) -> MindState:
        mind = self._minds.get(owner)
        if mind is None:
            mind = self._minds[owner] = MindState(owner, self.compiled)
            mind.begin()
            self._labelled(owner)
            for belief in mind.beliefs:
                self._believed(mind, belief.statement)
            for other in mind.feelings.plain()[0]:
                self._felt(mind, other)
        return mind

    def _believed(self, mind: MindState, statement: Statement) -> None:
        """Put what someone holds of a statement, and of what can't be true beside it."""
        topic = mind.beliefs.topic(statement)
        where = (mind.owner, *topic)
        held: list[EdgeKey] = []
        for belief in mind.beliefs.held_on(topic):
            one = belief.statement
            confided = belief.between is not None or belief.event in mind.counters.sealed
            if one.id in self._hidden or (confided and not self._secrets):
                continue
            self._stated(one)
            key: EdgeKey = (mapping.BELIEVES, entity_key(mind.owner), statement_key(one.id), "")
            self.rows.put(key, Row(mapping.belief(belief)))
            held.append(key)
        for key in self._held.pop(where, ()):
            if key not in held:
                self.rows.drop(key)
        if held:
            self._held[where] = held

    def _stated(self, one: Statement) -> None:
        """Put the node that stands for a statement."""
        key = statement_key(one.id)
        if key in self.rows:
            return
        self.rows.put(key, Row(mapping.stated(one), mapping.STATEMENT))
        for type_, end in ((mapping.SUBJECT, one.subject), (mapping.OBJECT, one.object)):
            self._thing(end)
            self.rows.put((type_, key, entity_key(end), ""), Row({}))

    def _felt(self, mind: MindState, toward: str, *, mood: bool = False) -> None:
        if mood:
            self._labelled(mind.owner)
            return
        self._thing(toward)
        key: EdgeKey = (mapping.FEELS, entity_key(mind.owner), entity_key(toward), "")
        self.rows.put(key, Row(mapping.felt(mind.feelings.toward(toward))))

    def _knowing(self, mind: MindState, event: Event) -> None:
        """Put what someone was told by a speaker of themself; the latest of each counts."""
        if event.actor in (None, mind.owner) or mind.owner not in event.audience:
            return
        among = between(event.audience, event.data)
        for slot, about, words in Told.read(event).told:
            assert event.actor is not None
            self._thing(event.actor)
            ends = entity_key(mind.owner), entity_key(event.actor)
            key: EdgeKey = (mapping.KNOWS_OF, *ends, mapping.edge_id(slot, about))
            if among is None or self._secrets:
                self._said.setdefault(event.id, []).append(key)
                self.rows.put(key, Row(mapping.known(slot, about, words, event.id)))

    def _told(self, event: Event, teller: str) -> None:
        """Put who told whom what."""
        sure = Claimed.read(event).confidence
        self._thing(teller)
        for number, claim in enumerate(event.claims):
            one = Statement.of(claim)
            among = between(event.audience, event.data, one.id)
            if one.id in self._hidden or (among is not None and not self._secrets):
                continue
            said = mapping.told(event.id, event.at, one, claim.holds, float(sure.get(one.id, 1.0)))
            said |= {"between": sorted(among)} if among is not None else {}
            for hearer in sorted(event.audience - {teller}):
                key: EdgeKey = (mapping.TOLD, entity_key(teller), entity_key(hearer), mapping.edge_id(event.id, number))
                self._said.setdefault(event.id, []).append(key)
                self.rows.put(key, Row(said))

    def _sealed(self, event: Event) -> None:
        """Drop what was said openly and turns out to have been a confidence."""
        confided = frozenset(Confided.read(event).confides)
        for earlier in confided:
            for key in self._said.pop(earlier, ()):
                self.rows.drop(key)
        for owner in event.audience if confided else ():
            mind = self._minds[owner]
            for belief in [one for one in mind.beliefs if one.event in confided]:
                self._believed(mind, belief.statement)


def folded(compiled: CompiledWorld, events: Iterable[Event] = (), *, secrets: bool = True) -> Fold:
    """Return what a graph should hold after some events."""
    fold = Fold(compiled, secrets=secrets)
    for event in events:
        fold.take(event)
    return fold


def _splits(statement_id: str) -> list[tuple[str, str, str]]:
    """Return what `subject.predicate.object` may stand for: ids may have dots where a world takes any."""
    parts = statement_id.split(".")
    ways = [(first, last) for first in range(1, len(parts) - 1) for last in range(first + 1, len(parts))]
    return [(".".join(parts[:a]), ".".join(parts[a:b]), ".".join(parts[b:])) for a, b in ways]
