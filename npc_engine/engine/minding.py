"""Looking into what somebody feels and remembers, and why; saying how much a memory matters."""

from __future__ import annotations

from npc_engine.chronicle import Event
from npc_engine.engine import arguments
from npc_engine.engine.causes import Felt, felt
from npc_engine.engine.looking import Looking
from npc_engine.errors import UnknownNameError
from npc_engine.mind.importance import importance
from npc_engine.mind.keepsakes import WEIGHED
from npc_engine.text import Language


class Minding(Looking):
    """What an engine can be asked about what matters to somebody and why they feel as they do."""

    def why_feeling(self, npc: str, toward: str = "player", language: Language | None = None) -> list[Felt]:
        """Give every change of what someone feels toward another, and of mood by them, with its cause; oldest first.

        What has faded with time stands there as well, so that the amounts add up to what is felt now.
        """
        with self._timeline.lock:
            return felt(npc, toward, self._timeline, self._spoken(language))

    def importance(self, npc: str, event_id: int) -> float:
        """Give how much someone's memory of an event matters to them now, from 0 to 1; 0 for what they don't remember.

        It follows from what happened, to whom, how it felt, and how often it came to mind.
        """
        with self._timeline.lock:
            mind = self._timeline.views.mind(npc)
            if event_id not in mind.memories.event_ids:
                return 0.0
            event = self._timeline.chronicle[event_id]
            return importance(event, npc, mind.feelings.toward, mind.kept, self.now)

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
            if event_id not in self._timeline.views.mind(npc).memories.event_ids:
                raise UnknownNameError("memory", str(event_id))
            data = {"weighs": event_id, "importance": importance}

            def build(first_id: int) -> list[Event]:
                return [Event(first_id, self._timeline.now, WEIGHED, frozenset({npc}), actor=npc, data=data)]

            (event,), _ = self._timeline.commit(build)
        return event.id
