"""Talking with NPCs: one of them, several, or in passing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from random import Random

from npc_engine.engine import arguments
from npc_engine.engine.conversation import Conversation
from npc_engine.engine.gathering import Gathering
from npc_engine.engine.recorder import Recorder
from npc_engine.engine.stage import Stage
from npc_engine.engine.turns import Turns
from npc_engine.errors import UnknownNameError
from npc_engine.lang import words_of
from npc_engine.text import Language


class Dialogues:
    """Begins talks; the turns in them run on threads of their own."""

    def __init__(self, stage: Stage, turns: Turns, recorder: Recorder) -> None:
        self._stage = stage
        self._turns = turns
        self._recorder = recorder

    def talk_to(self, npc: str, speaker: str = "player") -> Conversation:
        """Begin a conversation with an NPC.

        Raises:
            UnknownNameError: no persona has that id, or nobody the speaker's.
        """
        if arguments.one("npc", npc) not in self._stage.people:
            raise UnknownNameError("NPC", npc, self._stage.people)
        self._stage.require_speaker(speaker)
        conversation = Conversation(npc, speaker, self._turns, self._recorder)
        self._turns.warm(conversation)
        return conversation

    def gather(self, members: Iterable[str], speaker: str = "player") -> Gathering:
        """Begin a talk with several at once, who hear each other's answers and may come and go.

        Raises:
            UnknownNameError: nobody has one of the ids.
            ArgumentError: `members` are no ids.
        """
        members = arguments.ids("members", members)
        self._stage.require_speaker(speaker)
        return Gathering(members, speaker, self._turns, self._recorder)

    def bark(self, npc: str, language: Language | None = None) -> str:
        """Return something an NPC says in passing, in a language; another one every few game minutes."""
        language = self._stage.spoken(language)
        persona, holds = self._stage.persona(npc), self._stage.holds(npc)
        own = persona.says_now("bark", language, holds) or persona.says("bark", language, holds)
        phrases = own or words_of(language).phrases.get("bark", [""])
        minutes = int((self._stage.now - datetime.min).total_seconds() // 600)
        return Random(f"{self._stage.seed}/{npc}/{minutes}").choice(phrases)
