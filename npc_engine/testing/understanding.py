"""An understander that takes each text as a test says it is taken."""

from __future__ import annotations

from collections.abc import Mapping

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Act, Reading
from npc_engine.text import languages


class ScriptedUnderstander:
    """Reads the texts it was given acts for, and takes any other as a remark.

    What it was asked is kept in `contexts`, oldest first.
    """

    def __init__(self, readings: Mapping[str, Act | tuple[Act, ...]]) -> None:
        self._readings = readings
        self.contexts: list[Context] = []

    def understand(self, text: str, context: Context) -> Reading:
        """Return the acts that the script has for a text."""
        self.contexts.append(context)
        found = self._readings.get(text, Act("remark", (0, len(text))))
        return Reading(text, context.language or languages()[0], found if isinstance(found, tuple) else (found,))
