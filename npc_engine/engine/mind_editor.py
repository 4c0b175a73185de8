"""Changing what someone remembers and believes from outside the world: each change is an event like any other."""

from __future__ import annotations

from npc_engine.chronicle import Change, Event
from npc_engine.engine import arguments
from npc_engine.engine.recorder import AnyChange
from npc_engine.engine.stage import Stage
from npc_engine.errors import ArgumentError, UnknownNameError
from npc_engine.mind import Memory
from npc_engine.mind.counters import WEIGHED
from npc_engine.payloads import Edit, Edited, Weighed

KIND = "edited"
"""The kind of event that a change to a mind is recorded as."""


class MindEditor:
    """What a game or its author may do to a mind. The chronicle keeps what happened; only the mind changes."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._timeline = stage.timeline

    def memories(self, npc: str) -> list[Memory]:
        """Return all that someone remembers, the oldest first.

        Raises:
            UnknownNameError: nobody has that id.
        """
        with self._timeline.lock:
            self._someone(npc)
            return list(self._timeline.projections.mind(npc).memories)

    def amend(self, npc: str, event_id: int, text: str) -> int:
        """Let someone remember an event in other words; return the id of the event that they now remember.

        When it was, where, and who spoke stay as they were. Others remember what they did before.

        Raises:
            UnknownNameError: they have no memory of such an event.
            ArgumentError: there are no words; `forget` takes a memory away.
        """
        if not arguments.text("text", text).strip():
            raise ArgumentError("a memory needs words: to take it away, forget it")
        with self._timeline.lock:
            self._remembered(npc, event_id)
            return self._edit(npc, Edit(amends=event_id), text=text, cause=event_id)

    def forget(self, npc: str, what: int | str) -> int:
        """Take a memory (an event's id) or a belief (a statement's) from someone; return the id of the event of it.

        Raises:
            UnknownNameError: they have no such memory, and no such belief of their own or from others.
        """
        with self._timeline.lock:
            if isinstance(what, int):
                self._remembered(npc, what)
                return self._edit(npc, Edit(forgets=what), cause=what)
            self._someone(npc)
            beliefs = self._timeline.projections.mind(npc).beliefs
            if beliefs.stance(what) is None:
                raise UnknownNameError("belief", what, [belief.id for belief in beliefs])
            return self._edit(npc, Edit(unlearns=what))

    def believe(self, npc: str, statement: AnyChange, *, confidence: float = 1.0) -> int:
        """Let someone believe a statement, whatever speaks against it; return the id of the event of it.

        `confidence` runs from 0 to 1. Nothing changes in the world.

        Raises:
            UnknownNameError: as `record`.
            ArgumentError: the confidence is out of bounds, or the statement is no change.
        """
        confidence = arguments.share("confidence", confidence)
        claim = Change.of(statement)
        with self._timeline.lock:
            self._stage.require([npc], [claim])
            return self._edit(npc, Edit(confidence=confidence), claim=claim)

    def weigh(self, npc: str, event_id: int, importance: float) -> int:
        """Say how much someone's memory of an event matters, from 0 to 1, as a game or an idle model sees it.

        It takes the place of what the engine makes of it by itself, but for how often it comes to mind and how recent
        it is. Gives the event's id; it is part of the chronicle, so that a replay has it too.

        Raises:
            UnknownNameError: they remember no such event.
            ArgumentError: the importance is not from 0 to 1.
        """
        importance = arguments.share("importance", importance)
        with self._timeline.lock:
            if event_id not in self._timeline.projections.mind(npc).memories.event_ids:
                raise UnknownNameError("memory", str(event_id))
            data = Weighed(event_id, importance).data()

            def build(first_id: int) -> list[Event]:
                return [Event(first_id, self._timeline.now, WEIGHED, frozenset({npc}), actor=npc, data=data)]

            (event,), _ = self._timeline.commit(build)
        return event.id

    def _edit(
        self,
        npc: str,
        edit: Edit,
        *,
        text: str = "",
        claim: Change | None = None,
        cause: int | None = None,
    ) -> int:
        claims = () if claim is None else (claim,)
        there, data = frozenset({npc}), Edited(edit).data()

        def build(event_id: int) -> list[Event]:
            return [Event(event_id, self._timeline.now, KIND, there, text, claims=claims, cause=cause, data=data)]

        (event,), _ = self._timeline.commit(build)
        return event.id

    def _someone(self, npc: str) -> None:
        projections = self._timeline.projections
        if npc not in projections.minds and not self._stage.open:
            raise UnknownNameError("NPC", npc, projections.minds)

    def _remembered(self, npc: str, event_id: int) -> None:
        self._someone(npc)
        if event_id not in self._timeline.projections.mind(npc).memories.event_ids:
            raise UnknownNameError("memory", str(event_id))
