"""Two who talk: say something, and an answer comes while the game goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from npc_engine.dialogue.scene import Exchange
from npc_engine.engine import arguments
from npc_engine.engine.recorder import Recorder
from npc_engine.engine.reply import Reply
from npc_engine.engine.turns import Turns
from npc_engine.engine.utterance import Utterance
from npc_engine.mind import Volume
from npc_engine.text import Language, cleaned

REMEMBERED = 12
"""Turns of a conversation that the next one looks back on; older ones are in the NPC's memory."""


class Conversation:
    """A talk of one speaker with one NPC, until someone walks away."""

    def __init__(self, npc: str, speaker: str, turns: Turns, recorder: Recorder) -> None:
        self.npc = npc
        self.speaker = speaker
        self._turns = turns
        self._recorder = recorder
        self._exchanges: list[Exchange] = []
        self._reply: Reply | None = None
        self.left = threading.Event()
        self._epoch = turns.epoch

    def say(
        self,
        text: str,
        *,
        language: Language | None = None,
        overheard_by: Iterable[str] = (),
        volume: Volume | None = None,
        between_us: bool = False,
        pass_on: Iterable[str] = (),
    ) -> Reply:
        """Say something to the NPC; returns at once with the reply to come.

        An answer still on its way is given up: the speaker spoke over it. `overheard_by` are the others within
        earshot, who will remember what both say. With a `volume`, or an `earshot` that the engine was loaded with
        (then it is speech unless said), so will everyone that reaches, from where each of the two is; what is
        whispered, said `between_us` or asked to be kept in so many words ("Don't tell anyone, but …") is told on to
        nobody but whom it may be told, `pass_on`. The answer is in the language spoken, which `language` settles where
        the words leave it open.

        Raises:
            UnknownNameError: nobody has an id that is in `overheard_by` or `pass_on`, or there is no such language or
                volume.
            ArgumentError: `text` is no text, or `overheard_by` or `pass_on` no ids.
        """
        text, language = arguments.said(text, language, volume)
        named, hears = arguments.ids("overheard_by", overheard_by), self._turns.stage.hearers
        heard_by, answer_heard_by = hears(self.speaker, volume, named), hears(self.npc, volume, named)
        let_know = self._turns.stage.known(arguments.ids("pass_on", pass_on))
        said = cleaned(text)
        return self._begin(
            Utterance(said, language, heard_by, answer_heard_by, volume, confided=between_us, pass_on=let_know)
        )

    def show(self, thing: str, *, text: str = "", overheard_by: Iterable[str] = ()) -> int:
        """Show the NPC a thing, before others within sight; return the event's id.

        From then on conditions with `shown` hold for it. `text` is what they will remember of it, in words. If the
        world says that the speaker has the thing, those who see it know so.

        Raises:
            UnknownNameError: as `Engine.record`.
        """
        there = self._turns.stage.hearers(self.speaker, None, overheard_by) | {self.npc}
        return self._recorder.record(text, speaker=self.speaker, audience=there, shown=[thing])

    def leave(self) -> None:
        """Walk away: an answer on its way is given up and leaves no trace."""
        self.left.set()
        if self._reply is not None:
            self._reply.cancel()

    @property
    def history(self) -> list[tuple[str, str]]:
        """What was said in this conversation so far, turn by turn: who, and their words."""
        spoken = []
        for exchange in self.exchanges:
            spoken += [(self.speaker, exchange.reading.text), (self.npc, exchange.line.text)]
        return spoken

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The finished turns the next one looks back on; none from a past that was rewound or exchanged."""
        if self._epoch != self._turns.epoch:
            self._epoch = self._turns.epoch
            self._exchanges = []
        return tuple(self._exchanges)

    def _begin(self, utterance: Utterance) -> Reply:
        if self._reply is not None and not self._reply.done:
            self._reply.cancel()
        self._reply = self._turns.begin(self, utterance)
        return self._reply

    def remember(self, exchange: Exchange) -> None:
        """Take in a finished turn; the engine calls it."""
        self._exchanges = [*self.exchanges, exchange][-REMEMBERED:]
