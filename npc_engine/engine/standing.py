"""The model in use, and how it stands with it: whether it speaks, what keeps it from it, and what it has used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from npc_engine.engine.graphing import Graphing
from npc_engine.engine.ledger import NOBODY, Ledger, UsageReport
from npc_engine.engine.model_loader import ModelLoader, Named, VoiceState
from npc_engine.engine.stage import Stage
from npc_engine.graphs import GraphStatus
from npc_engine.models import LanguageModel
from npc_engine.text import Language


@dataclass(frozen=True, slots=True)
class Status:
    """How it stands: the model, in one sentence what makes code speak instead of it, and what it has used.

    `graph` is how far the graph on a server has come, and what is wrong with it; None where there is none.
    `trouble` is empty where the model speaks, or none is asked for; where only the last line had to do without it, it
    says why.
    """

    voice: VoiceState
    trouble: str
    usage: UsageReport
    graph: GraphStatus | None = None


class Standing:
    """Exchanges the model, and tells how it stands with it."""

    def __init__(self, stage: Stage, voice: ModelLoader, ledger: Ledger, graphing: Graphing) -> None:
        self._stage = stage
        self._voice = voice
        self._ledger = ledger
        self._graphing = graphing

    def voice(self) -> VoiceState:
        """Return how it stands with the model; never waits."""
        return self._voice.state(self._stage.language)

    def wait_for_voice(self, timeout: float | None = None) -> VoiceState:
        """Wait until the model is ready or has failed, and give how it stands.

        One on a server is ready once it was found out how it has to be asked.
        """
        self._voice.wait(timeout)
        return self.voice()

    def use_model(self, /, spec: Named | LanguageModel, **settings: Any) -> None:
        """Exchange the model, in the background; until then NPCs speak without one."""
        self._voice.use(spec, settings)

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
        return Status(voice, trouble, self._ledger.report(), self._graphing.status())

    def usage(self) -> UsageReport:
        """Return what the model used since this engine was opened: calls, tokens, seconds and money, and by NPC."""
        return self._ledger.report()
