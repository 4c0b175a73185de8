"""One conversation as the screen needs it: what was said so far, the answer that is coming, and what it led to."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass

from demo_game.settings import PACES, Pace
from npc_engine import Action, Engine, Line, NpcError, Reply

PLAYER = "player"


@dataclass
class Utterance:
    """Something said: by whom, and how much of it stands on the screen yet."""

    speaker: str
    text: str
    shown: float = 0.0
    """Characters revealed so far."""
    trouble: bool = False
    """True for a sentence about what went wrong, said by nobody."""

    @property
    def whole(self) -> bool:
        """Whether all that has come is shown."""
        return self.shown >= len(self.text)


class Talk:
    """Speaking with one villager. Nothing here waits: call `step` every frame."""

    def __init__(
        self,
        engine: Engine,
        who: str,
        listeners: Callable[[], Set[str]],
        pace: Callable[[], Pace] = lambda: PACES["normal"],
    ) -> None:
        self.engine = engine
        self.who = who
        self.listeners = listeners
        self.pace = pace
        self.conversation = engine.talk_to(who, speaker=PLAYER)
        self.said = [Utterance(speaker, text, len(text)) for speaker, text in self.conversation.history]
        self.reply: Reply | None = None
        self.line: Line | None = None
        self.deeds: list[Action] = []
        """What the last line asks the game to do, for the game to take."""

    @property
    def waiting(self) -> bool:
        """Whether an answer is being thought of and has no words yet."""
        return self.reply is not None and not self.reply.text

    @property
    def parted(self) -> bool:
        """Whether the last thing the villager said, and all of it shown, was goodbye."""
        return self.reply is None and self.line is not None and self.line.move == "part" and self.said[-1].whole

    @property
    def mood(self) -> str:
        """The mood the villager's face shows."""
        if self.line and self.line.mood != "neutral":
            return self.line.mood
        return self.engine.mood(self.who)

    def say(self, text: str) -> None:
        """Say something; an answer still coming is given up."""
        if self.reply and not self.reply.done:
            self.reply.cancel()
            if self.said[-1].speaker == self.who and not self.said[-1].text:
                self.said.pop()
            else:
                self.said[-1].text += "—"
                self.said[-1].shown = len(self.said[-1].text)
        self.said.append(Utterance(PLAYER, text, len(text)))
        self.reply = self.conversation.say(text, language=self.engine.language, overheard_by=self.listeners())
        self.said.append(Utterance(self.who, ""))

    def step(self, dt: float) -> None:
        """Take in what has come of the answer, and show a little more of it."""
        if self.reply:
            self.said[-1].text = self.reply.text
            if self.reply.done:
                self._finish(self.reply)
                self.reply = None
        if self.said:
            last = self.said[-1]
            behind = len(last.text) - last.shown
            pace = self.pace()
            last.shown = min(len(last.text), last.shown + dt * (pace.a_second + pace.catching_up * behind))

    def show_all(self) -> None:
        """Show at once what has come of the answer."""
        if self.said:
            self.said[-1].shown = len(self.said[-1].text)

    def leave(self) -> None:
        """Walk away; an answer still coming is given up."""
        self.conversation.leave()
        self.reply = None

    def _finish(self, reply: Reply) -> None:
        if reply.error is None:
            self.line = reply.line()
            self.said[-1].text = self.line.text
            self.deeds += self.line.actions
        elif reply.error.can_continue and not self.said[-1].text:
            self.said[-1] = trouble(reply.error)


def trouble(error: NpcError) -> Utterance:
    """Return what went wrong as something that can stand among what was said."""
    return Utterance("", str(error), len(str(error)), trouble=True)
