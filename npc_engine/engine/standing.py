"""How it stands with the model: whether it speaks, what keeps it from it, and what it has used."""

from __future__ import annotations

from dataclasses import dataclass

from npc_engine.engine.ledger import NOBODY, Ledger, UsageReport
from npc_engine.engine.model_loader import ModelLoader, VoiceState
from npc_engine.engine.stage import Stage
from npc_engine.text import Language


@dataclass(frozen=True, slots=True)
class Status:
    """How it stands: the model, in one sentence what makes code speak instead of it, and what it has used.

    `trouble` is empty where the model speaks, or none is asked for; where only the last line had to do without it, it
    says why.
    """

    voice: VoiceState
    trouble: str
    usage: UsageReport


class Standing:
    """Tells how it stands with the model."""

    def __init__(self, stage: Stage, voice: ModelLoader, ledger: Ledger) -> None:
        self._stage = stage
        self._voice = voice
        self._ledger = ledger

    def status(self, language: Language | None = None) -> Status:
        """Return how it stands with the model and what it has used; never waits.

        Raises:
            UnknownNameError: there is no such language.
        """
        spoken = self._stage.spoken(language)
        voice = self._voice.state(spoken)
        trouble = self._voice.trouble(spoken) or (voice.message if voice.state == "paused" else "")
        if not trouble and voice.state == "ready":
            account = self._ledger.account(NOBODY, "", self._stage.now)
            failed = account.refusal(voice.name) or self._voice.circuit.last
            trouble = failed.told(spoken) if failed else ""
        return Status(voice, trouble, self._ledger.report())

    def usage(self) -> UsageReport:
        """Return what the model used since this engine was opened: calls, tokens, seconds and money, and by NPC."""
        return self._ledger.report()
