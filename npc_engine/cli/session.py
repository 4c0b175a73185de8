"""A player at a terminal, talking with one NPC at a time: what both ways of `npc chat` share."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from npc_engine import Content, Conversation, Engine, Line, Persona, Reply, SaveError, StoryBeat, UnknownNameError
from npc_engine.cli.strings import Strings

A_TURN = 1.0
"""Game minutes that go by with each turn."""

GLANCE = 0.01
"""Seconds between two looks at an answer on its way."""


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What came of saying something.

    `beats` are the steps of the story that were reached; `trouble` tells why the model did not word the
    line, if it should have and that was not said of the line before; `unsaved` why the line is not on disk yet.
    """

    line: Line
    beats: list[StoryBeat]
    trouble: str = ""
    unsaved: SaveError | None = None


class Session:
    """Holds who talks with whom, lets time go by, and performs what NPCs do.

    `resumed` tells whether the game was begun before.
    """

    def __init__(self, engine: Engine, content: Content, npc: str) -> None:
        self.engine = engine
        self.strings = Strings(engine.language)
        self.languages = list(content.world.languages)
        self.player = content.world.player.id
        self.world = content.world.names
        self.resumed = any(event.kind == "said" for event in engine.events)
        self._beats = 0
        self._trouble = ""
        self.conversation: Conversation
        self.talk_to(npc)

    @property
    def npc(self) -> str:
        """The id of whom the player talks with."""
        return self.conversation.npc

    def name(self, who: str) -> str:
        """Return what someone is called, as a line begins."""
        name = self.engine.name(who)
        return name[:1].upper() + name[1:]

    def talk_to(self, name: str) -> None:
        """Turn to someone, by id or name.

        Raises:
            UnknownNameError: nobody is called that.
        """
        npc = find(name, self.engine.people)
        if hasattr(self, "conversation"):
            self.conversation.leave()
        self.conversation = self.engine.talk_to(npc, speaker=self.player)
        self._go_along()

    def speak(self, language: str) -> None:
        """Speak another language from now on."""
        self.engine.language = language
        self.strings.language = self.engine.language

    def say(self, text: str) -> Reply:
        """Say something; `finish` then gives what came of it."""
        self._go_along()
        return self.conversation.say(_encodable(text), language=self.engine.language)

    def finish(self, reply: Reply) -> TurnResult:
        """Wait for the whole line, do what the NPC does, and let a minute go by.

        Raises:
            TurnCancelledError: the answer was given up.
        """
        unsaved = None
        try:
            line = reply.line()
        except SaveError as error:  # said and remembered all the same
            line, unsaved = self.conversation.exchanges[-1].line, error
        for action in line.actions:
            self.engine.perform(action, audience={self.player}, place=self.engine.place_of(action.actor))
        self.engine.advance(A_TURN)
        new, self._trouble = line.trouble if line.trouble != self._trouble else "", line.trouble
        return TurnResult(line, self.new_beats(), new, unsaved)

    def new_beats(self) -> list[StoryBeat]:
        """Return the steps of the story that were reached since this was last asked."""
        story = self.engine.story()
        new, self._beats = story[self._beats :], len(story)
        return new

    def _go_along(self) -> None:
        """Bring the player to where the NPC is; they may have gone elsewhere."""
        place = self.engine.place_of(self.npc)
        if place is not None and self.engine.place_of(self.player) != place:
            self.engine.move(self.player, place)


def find(name: str, people: Mapping[str, Persona]) -> str:
    """Return the id of the NPC of that id or name, in any language.

    Raises:
        UnknownNameError: nobody is called that; the message suggests the nearest.
    """
    wanted = name.strip().casefold()
    for npc, persona in people.items():
        aliases = [alias for several in persona.aliases.values() for alias in several]
        if wanted in {called.casefold() for called in (npc, *persona.names.values(), *aliases)}:
            return npc
    raise UnknownNameError("NPC", name, people)


def follow(reply: Reply, show: Callable[[str], None], shown: int = 0) -> None:
    """Show each piece of an answer by `show` as it comes, until the end; `shown` letters were shown before."""
    while True:
        done, text = reply.done, reply.text  # in this order, so that nothing said at the end is missed
        if len(text) > shown:
            show(text[shown:])
            shown = len(text)
        if done:
            return
        time.sleep(GLANCE)


def _encodable(text: str) -> str:
    """Return a text without the halves of letters that a shell may pass on, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
