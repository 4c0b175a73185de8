"""What may be typed in `npc chat` besides what is said: commands, which begin with a slash."""

from __future__ import annotations

from collections.abc import Callable

from npc_engine import Line, NpcError
from npc_engine.cli.session import Session
from npc_engine.text import date_and_time

LEAVING = ("/quit", "/exit")
"""What is typed to leave."""

MARK = "/"
"""What a command begins with."""


class Commands:
    """Does what is typed with a slash: `show` is told what comes of it, `complain` what is wrong with it."""

    def __init__(self, session: Session, show: Callable[[str], None], complain: Callable[[str], None]) -> None:
        self._session = session
        self._say = session.strings
        self._show = show
        self._complain = complain
        self.line: Line | None = None
        """What was said last."""
        self._known = {
            "/why": self._why,
            "/journal": self._journal,
            "/talk": self._talk,
            "/lang": self._language,
            "/save": self._save,
            "/help": self._help,
        }

    def did(self, text: str) -> bool:
        """Do what a text commands; False where it is none, but something to be said."""
        if not text.startswith(MARK):
            return False
        word, _, rest = text.partition(" ")
        command = self._known.get(word)
        if command is None:
            self._show(self._say("no_command", command=word))
            return True
        try:
            command(rest.strip())
        except NpcError as error:
            self._complain(str(error))
        return True

    def scene(self) -> str:
        """Return who the player is with, where, and what that one is doing."""
        session = self._session
        engine = session.engine
        place = engine.place_of(session.npc)
        where = "beside" if place else "beside_nowhere"
        said = self._say(where, name=session.name(session.npc), place=engine.name(place) if place else "")
        doing = engine.doing(session.npc)
        return f"{said} {self._say('busy', doing=doing)}" if doing else said

    def _why(self, _: str) -> None:
        if self.line is None:
            self._show(self._say("nothing_said"))
        else:
            self._show(str(self._session.engine.why(self.line)))

    def _journal(self, _: str) -> None:
        entries = self._session.engine.journal(self._session.player)
        for entry in reversed(entries):
            slots = {"when": date_and_time(entry.at, self._say.language), "text": entry.text}
            if entry.teller:
                self._show(self._say("journal_heard", **slots, source=self._session.name(entry.teller)))
            else:
                self._show(self._say("journal_entry", **slots))
        if not entries:
            self._show(self._say("journal_empty"))

    def _talk(self, rest: str) -> None:
        if not rest:
            self._show(self._say("talk_how", people=", ".join(self._session.engine.people)))
            return
        self._session.talk_to(rest)
        self._show(self.scene())

    def _language(self, rest: str) -> None:
        if rest in self._session.languages:
            self._session.speak(rest)
            self._show(self._say("hint"))
        else:
            self._show(self._say("language_how", languages=" / ".join(self._session.languages)))

    def _save(self, rest: str) -> None:
        if rest:
            self._session.engine.save(rest)
            self._show(self._say("saved", file=rest))
        else:
            self._show(self._say("save_how"))

    def _help(self, _: str) -> None:
        others = [one for one in self._session.languages if one != self._say.language]
        lang = self._say("help_lang", language=others[0]) if others else ""
        self._show(self._say("help", lang=lang))
