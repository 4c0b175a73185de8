"""The sentences of `explanations.yaml`, filled in."""

from __future__ import annotations

from npc_engine.acts import acts
from npc_engine.chronicle import Event, FeelingChange
from npc_engine.phrasebook import Phrasebook
from npc_engine.text import Language
from npc_engine.world import Wording


class Frames:
    """What explanations are worded with, in one language."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self.put = Phrasebook.load("npc_engine.engine", "explanations.yaml")[language]
        """Words a sentence, by its key, with its slots filled in."""
        self.names = self.put.under("names")
        self.joint = self.put["joint"]

    def act(self, kind: str) -> str:
        """Return what an act is called, in a save of whatever version."""
        return self.put.get(f"acts.{acts().today(kind)}", kind)

    def reply(self, move: str) -> str:
        """Return what an NPC's move in return is called."""
        return self.put.get(f"moves.{move}", move)

    def move(self, change: FeelingChange) -> str:
        """Return a change of feeling as respect and amount: `trust +0.08`."""
        return f"{self.names.get(change.aspect, change.aspect)} {change.amount:+.2f}"

    def moves(self, event: Event, wording: Wording) -> list[str]:
        """Return how feelings moved with an event: toward each a sentence, then the mood."""
        told = []
        for toward in dict.fromkeys(change.toward for change in event.feelings):
            moved = [c for c in event.feelings if c.toward == toward and c.aspect != "mood" and _shows(c)]
            if listed := self.joint.join(map(self.move, moved)):
                told.append(self.put("feelings", toward=wording.name(toward, self._language), moves=listed))
        moods = [change for change in event.feelings if change.aspect == "mood" and _shows(change)]
        return told + [self.put("mood", amount=f"{change.amount:+.2f}") for change in moods]


def _shows(change: FeelingChange) -> bool:
    """Return whether a change is more than nothing with two decimals, as it is written."""
    return round(change.amount, 2) != 0
