"""`npc chat` face to face: a conversation in the terminal."""

from __future__ import annotations

import re
import threading
from collections import deque
from contextlib import suppress

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from npc_engine import NpcError, Reload, SaveError, StoryBeat, TurnCancelledError
from npc_engine.cli.choice import in_a_shell
from npc_engine.cli.commands import LEAVING, Commands
from npc_engine.cli.session import Session, TurnResult, follow
from npc_engine.text import cleaned, date_and_time

LOOK = 0.3
"""Seconds between two looks at whether a writer has changed the world's files."""

COLOURS = ("cyan", "magenta", "green", "yellow", "blue", "red")


class Terminal:
    """Shows a session to someone at a terminal."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._say = session.strings
        self._console = Console(highlight=False)
        self._reloads: deque[Reload] = deque()
        self._left = threading.Event()
        self._column = self._shown = 0
        self._commands = Commands(session, lambda text: self._put(text, "dim"), lambda text: self._put(text, "red"))

    def run(self) -> None:
        """Talk until the player leaves."""
        with suppress(ImportError):  # there is none on Windows
            import readline  # noqa: F401 -- from now on lines can be edited and called back
        session = self._session
        world = session.world.get(self._say.language, "")
        self._put(self._say("header", world=world, when=date_and_time(session.engine.now, self._say.language)), "bold")
        self._beats(session.new_beats()[-1 if session.resumed else 0 :])
        self._put(self._commands.scene(), "dim")
        self._put(self._say("hint"), "dim")
        threading.Thread(target=self._watch, name="npc-watch", daemon=True).start()
        while (text := self._read()) is not None:
            self._tell_reloads()
            if text.partition(" ")[0] in LEAVING:
                break
            if text and not self._commands.did(text):
                self._turn(text)
        self._leave()

    # -- talking -----------------------------------------------------------------------------------

    def _read(self) -> str | None:
        """Return what the player types; None when they leave."""
        try:
            return input(self._say("prompt")).strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return None

    def _turn(self, text: str) -> None:
        session = self._session
        reply = session.say(text)
        self._speaker()
        try:
            try:
                follow(reply, self._flow)
            except KeyboardInterrupt:
                reply.cancel()
                follow(reply, self._flow, self._shown)
            turn = session.finish(reply)
        except TurnCancelledError:
            print()
            self._put(self._say("cancelled"), "dim")
        except NpcError as error:
            print()
            self._put(str(error), "red")
        else:
            print()
            self._commands.line = turn.line
            self._after(turn)

    def _after(self, turn: TurnResult) -> None:
        for action in turn.line.actions:
            self._put(self._say("did", action=action.text), "green")
        self._beats(turn.beats)
        if turn.trouble:
            self._put(self._say("unvoiced", trouble=in_a_shell(turn.trouble)), "dim")
        if turn.unsaved:
            self._put(self._say("unsaved", trouble=turn.unsaved), "red")

    def _beats(self, beats: list[StoryBeat]) -> None:
        for beat in beats:
            self._put(self._say("beat", title=beat.title, text=beat.text) if beat.text else beat.title, "italic yellow")
            if beat.ending:
                self._put(self._say("ending"), "dim")

    def _watch(self) -> None:
        """Take over what a writer changes, while the prompt waits: on a thread of its own."""
        while not self._left.wait(LOOK):
            if reload := self._session.engine.check_content():
                self._reloads.append(reload)

    def _tell_reloads(self) -> None:
        while self._reloads:
            error = self._reloads.popleft().error
            if error is None:
                self._put(self._say("reloaded"), "dim")
            else:
                self._put(self._say("refused", mistake=error.mistakes[0]), "red")

    # -- leaving -----------------------------------------------------------------------------------

    def _leave(self) -> None:
        """Make sure that all is on disk; if it can't be, let the player mend that first."""
        self._left.set()
        while True:
            try:
                self._session.engine.flush()
                break
            except SaveError as error:
                self._put(self._say("leaving_unsaved", trouble=error), "red")
                if self._read() in (None, self._say("leave")):
                    break
        self._put(self._say("bye"), "dim")

    # -- the screen --------------------------------------------------------------------------------

    def _put(self, text: str, style: str = "") -> None:
        self._console.print(Text(cleaned(text), style))

    def _speaker(self) -> None:
        """Begin a line with the name of who is going to say it, in their colour."""
        people = sorted(self._session.engine.people)
        colour = COLOURS[people.index(self._session.npc) % len(COLOURS)]
        begin = self._say("says", name=self._session.name(self._session.npc))
        self._console.print(Text(begin, f"bold {colour}"), end="")
        self._column, self._shown = cell_len(begin), 0

    def _flow(self, piece: str) -> None:
        """Show a piece of a line, broken between words as it goes."""
        self._shown += len(piece)
        for word in re.findall(r"\s*\S+|\s+", piece):
            width = cell_len(word)
            if self._column and width < self._console.width < self._column + width:
                print()
                word, self._column = word.lstrip(), 0
            self._console.out(word, end="")
            self._column = (self._column + cell_len(word)) % self._console.width
