"""Why something was said, why somebody feels as they do, and how much a memory matters to them."""

from __future__ import annotations

from npc_engine.dialogue.types import Line
from npc_engine.engine.causes import Felt, felt
from npc_engine.engine.stage import Stage
from npc_engine.engine.why import Why, explain
from npc_engine.errors import UnknownNameError
from npc_engine.mind.importance import importance
from npc_engine.text import Language


class Explainer:
    """What an engine can be asked about why something was said or felt, and how much it matters to somebody."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._timeline = stage.timeline

    def why(self, line: Line | int) -> Why:
        """Return why a line (or the event of one) was said: what it stands on, and what was decided.

        Raises:
            UnknownNameError: there is no such event.
        """
        event_id = line if isinstance(line, int) else line.event_id
        with self._timeline.lock:
            try:
                given = None if isinstance(line, int) else line
                return explain(event_id, given, self._timeline, self._stage.wording, self._stage.language)
            except KeyError:
                raise UnknownNameError("event", str(event_id)) from None

    def why_feeling(self, npc: str, toward: str = "player", language: Language | None = None) -> list[Felt]:
        """Return every change of what someone feels toward another, and of mood by them, with its cause; oldest first.

        What has faded with time stands there as well, so that the amounts add up to what is felt now.
        """
        with self._timeline.lock:
            return felt(npc, toward, self._timeline, self._stage.spoken(language))

    def importance(self, npc: str, event_id: int) -> float:
        """Return how much a memory of an event matters to someone now, from 0 to 1; 0 for what they forgot.

        It follows from what happened, to whom, how it felt, and how often it came to mind.
        """
        with self._timeline.lock:
            mind = self._timeline.projections.mind(npc)
            if event_id not in mind.memories.event_ids:
                return 0.0
            event = self._timeline.chronicle[event_id]
            return importance(event, npc, mind.feelings.toward, mind.counters, self._timeline.now)
