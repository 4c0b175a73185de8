"""One NPC's mind: what its owner perceived, and what came of it, folded when somebody looks."""

from __future__ import annotations

import json
import zlib
from array import array
from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from itertools import accumulate
from threading import RLock
from typing import Any

from npc_engine.chronicle import Change, Chronicle, Event
from npc_engine.mind.beliefs import Belief, Beliefs
from npc_engine.mind.compiled_world import CompiledWorld
from npc_engine.mind.counters import Counters
from npc_engine.mind.evidence import Unlearned
from npc_engine.mind.feelings import Feelings
from npc_engine.mind.importance import importance
from npc_engine.mind.impressions import Impressions
from npc_engine.mind.memory import Memories, Recalled
from npc_engine.mind.mind_state import MindState, Tiding
from npc_engine.mind.recall import recall, unasked
from npc_engine.payloads import Edit, Edited, Forgotten
from npc_engine.world import Entity
from npc_engine.world.names import Names

__all__ = ["EventSource", "Mind", "Tiding"]


class EventSource:
    """What minds are folded from: the events, what they leave in memory, and a lock for folding.

    The events are a chronicle's, which somebody else keeps, or else those in `applied`.
    """

    def __init__(self, compiled: CompiledWorld, names: Names, chronicle: Chronicle | None = None) -> None:
        self.lock = RLock()
        self._chronicle = chronicle
        self.applied: dict[int, Event] = {}
        self.impressions = Impressions(self, names, compiled)

    def event(self, event_id: int) -> Event:
        """Return the event with an id; KeyError for none."""
        return self.applied[event_id] if self._chronicle is None else self._chronicle[event_id]

    def plain(self, event_id: int) -> tuple[datetime, Mapping[str, Any]]:
        """Return an event's time and its `as_dict`; KeyError for none."""
        if self._chronicle is not None:
            return self._chronicle.plain(event_id)
        event = self.event(event_id)
        return event.at, event.as_dict()


class Mind:
    """One NPC's (or the player's) view: beliefs, memories and feelings.

    What its owner perceives is only noted; it is taken in when somebody next looks into the mind. So recording is as
    quick before twenty as before one, and a mind that nobody looks into costs next to nothing. `looked_into` is set
    when somebody does; the code that puts minds to sleep resets it.
    """

    def __init__(self, owner: str, compiled: CompiledWorld, source: EventSource) -> None:
        self.owner = owner
        self.memories = Memories(source.impressions)
        self.event_ids = array("I")
        self._compiled = compiled
        self._source = source
        self._taken_in = 0
        self._awake: MindState | None = None
        self._asleep: bytes | None = None
        self._edited = False
        self.looked_into = False
        persona = compiled.personas.get(owner)
        self.trusting = persona.temperament.trusting if persona else 0.5
        self.horizon = persona.horizon if persona else None

    @property
    def beliefs(self) -> Beliefs:
        """What its owner believes."""
        return self._state.beliefs

    @property
    def feelings(self) -> Feelings:
        """What its owner feels."""
        return self._state.feelings

    @property
    def news(self) -> deque[Tiding]:
        """What its owner has to tell, the latest last."""
        return self._state.news

    @property
    def told(self) -> dict[str, set[str]]:
        """Whom its owner told what: those who heard each statement, by its id."""
        return self._state.told

    @property
    def shown(self) -> set[tuple[str | None, str]]:
        """What was shown to its owner, and by whom."""
        return self._state.shown

    @property
    def counters(self) -> Counters:
        """What its owner keeps count of."""
        return self._state.counters

    def note(self, event: Event) -> None:
        """Note an event that its owner perceived, or that moved their feelings."""
        self.event_ids.append(event.id)
        edit = Edited.read(event).edit
        if edit is not None:
            self._edit_memories(event.id, edit)
        elif self.owner in event.audience and Impressions.left_by(event):
            self.memories.add(event.id)
        if event.actor == self.owner and (gone := Forgotten.read(event).forgets):
            self.memories.drop(gone)

    @property
    def waiting(self) -> int:
        """How many events are noted and not taken in."""
        return len(self.event_ids) - self._taken_in

    def take_in(self, most: int | None = None) -> None:
        """Take in what was noted, or the oldest so many of it."""
        with self._source.lock:
            if self._awake is None:
                self._awake = self._wake()
            upto = len(self.event_ids) if most is None else min(len(self.event_ids), self._taken_in + most)
            while self._taken_in < upto:
                event = self._source.event(self.event_ids[self._taken_in])
                self._taken_in += 1
                self._awake.take_in(self._compiled.fitted(event))

    def recall(
        self, query: str, named: Iterable[str] = (), limit: int = 5, now: datetime | None = None
    ) -> list[Recalled]:
        """Return up to `limit` memories that bear on a query, best first; `named` are the entities it names.

        `now` is what `yesterday` counts from, the time of the latest memory if left out. An empty query gives what
        comes to mind unasked.
        """
        self.looked_into = True
        if query.strip() or not self.memories:
            return recall(self.memories, query, named, limit, now, self._compiled.meanings)
        now = now or self.memories[-1].at
        matters = partial(self._matters, now=now)
        return unasked(self.memories, named, limit, now, matters)

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
        return self._state.told_by(teller, claim, at, event, chain, sureness=sureness)

    def credence(self, teller: str | None) -> float:
        """Return how far this mind takes someone at their word, from 0.1 to 0.95."""
        return self._state.credence(teller)

    def heard_of(self, entity: Entity) -> bool:
        """Return whether its owner has ever heard of something: of what is common, unless it came after their time."""
        later = self.horizon is not None and entity.since is not None and entity.since > self.horizon
        return entity.id == self.owner or (entity.common and not later) or self.beliefs.knows_of(entity.id)

    def state(self) -> dict[str, Any]:
        """Return all of it as plain data, for comparing two minds."""
        return {
            "beliefs": self.beliefs.log(),
            "held": tuple(self.beliefs),
            "contested": self.beliefs.contested(),
            "memories": tuple(self.memories),
            "feelings": self.feelings.state(),
            "news": tuple(self.news),
            "told": {statement: sorted(others) for statement, others in sorted(self.told.items())},
            "shown": sorted(self.shown, key=str),
            "kept": self.counters.plain(),
        }

    def _edit_memories(self, event_id: int, edit: Edit) -> None:
        """Drop the memory that an edit takes away, or put the edit's own in its place."""
        old = edit.amends if edit.amends is not None else edit.forgets
        if old is not None and old in self.memories.event_ids:
            self.memories.exchange(old, event_id if edit.amends is not None else None)
            self._edited = True

    # -- sleeping ----------------------------------------------------------------------------------

    @property
    def is_awake(self) -> bool:
        """Whether it is held as objects; asleep it is held as bytes, or not at all."""
        return self._awake is not None

    @property
    def extent(self) -> tuple[int, int]:
        """How many events were noted and how many of them taken in: a mind of the same extent is the same."""
        return len(self.event_ids), self._taken_in

    def packed(self) -> tuple[bytes, bytes]:
        """Return it as bytes for `unpack`: what was noted, and what came of it; nothing is taken in for it."""
        with self._source.lock:
            remembered = set(self.memories.event_ids)
            steps: list[int] = []
            before = 0
            for event_id in self.event_ids:
                steps.append(event_id - before if event_id in remembered else before - event_id)
                before = event_id
            noted: dict[str, Any] = {"steps": steps, "taken_in": self._taken_in}
            if self._edited:  # then they are not in the order of their events
                noted["memories"] = list(self.memories.event_ids)
            state = _squeezed(self._awake.plain()) if self._awake else self._asleep or b""
            return _squeezed(noted), state

    def unpack(self, noted: bytes, state: bytes) -> None:
        """Become the mind that `packed` made bytes; it sleeps until somebody looks into it."""
        plain = json.loads(zlib.decompress(noted))
        steps = plain["steps"]
        self.event_ids = array("I", accumulate(map(abs, steps)))
        remembered = (event_id for event_id, step in zip(self.event_ids, steps, strict=True) if step > 0)
        self._edited = "memories" in plain
        self.memories = Memories(self._source.impressions, plain["memories"] if self._edited else remembered)
        self._taken_in, self._awake, self._asleep = plain["taken_in"], None, state or None

    def sleep(self, state: bytes) -> None:
        """Hold only bytes, which `packed` gave a moment ago, until somebody looks into it again."""
        self._awake, self._asleep = None, state or None
        self.memories.forget_index()

    def _matters(self, event_id: int, now: datetime) -> float:
        return importance(self._source.event(event_id), self.owner, self.feelings.toward, self.counters, now)

    @property
    def _state(self) -> MindState:
        self.looked_into = True
        if self._awake is None or self._taken_in < len(self.event_ids):
            self.take_in()
        assert self._awake is not None
        return self._awake

    def _wake(self) -> MindState:
        state = MindState(self.owner, self._compiled)
        if self._asleep is None:
            state.begin()
        else:
            state.resume(json.loads(zlib.decompress(self._asleep)), self._learn_again)
            self._asleep = None
        return state

    def _learn_again(self) -> Iterable[Belief | Unlearned]:
        """Return all that was ever learned, folded again."""
        again = MindState(self.owner, self._compiled)
        again.begin()
        for event_id in self.event_ids[: self._taken_in]:
            again.take_in(self._compiled.fitted(self._source.event(event_id)))
        return again.beliefs.history()


def _squeezed(plain: Any) -> bytes:
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), 1)
