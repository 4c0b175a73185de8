"""The same village as a conversation in the terminal, for where no window can be opened, or input is piped in."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO
from xml.etree import ElementTree

from rich.console import Console
from rich.text import Text

from demo_game import deeds, journal
from demo_game.saves import SLOTS, Note, Saves
from demo_game.strings import LANGUAGES, Strings, catalogue
from npc_engine import Conversation, Engine, Line, NpcError, Reply, date_and_time

PLAYER = "player"
MAP = Path(__file__).resolve().parent.parent / "assets" / "map" / "village.tmx"
WALK_MINUTES = 5
TURN_MINUTES = 1
POLL = 0.02
"""Seconds between looks at an answer that is coming."""


def places_on_map(path: Path = MAP) -> list[str]:
    """Return the ids of the places one can walk to."""
    groups = ElementTree.parse(path).iter("objectgroup")
    return [thing.get("name", "") for group in groups if group.get("name") == "places" for thing in group]


class Terminal:
    """Reads lines, and answers them: commands, or what is said to the villager one talks to."""

    def __init__(
        self,
        engine: Engine,
        saves: Saves,
        say: Strings,
        *,
        source: TextIO | None = None,
        console: Console | None = None,
    ) -> None:
        self.engine, self.saves, self.say = engine, saves, say
        self.source = source or sys.stdin
        self.console = console or Console(highlight=False)
        self.places = [place for place in places_on_map() if place in engine.entities]
        self.talk: Conversation | None = None
        self.who = ""
        self.last: Line | None = None
        self.running = True
        self._commands: dict[str, Callable[[str], None]] = {
            name.removeprefix("command."): getattr(self, f"_do_{name.removeprefix('command.')}")
            for name in catalogue()[LANGUAGES[0]]
            if name.startswith("command.")
        }
        if engine.place_of(PLAYER) not in self.places:
            engine.move(PLAYER, self.places[0])

    # -- the loop ------------------------------------------------------------------------------------------
    def run(self) -> int:
        """Play until `quit` or the end of input; give the exit status."""
        self._print(self.say("terminal.welcome"), "bold")
        self._do_look("")
        while self.running and (line := self._read()) is not None:
            try:
                self.answer(line.strip())
            except NpcError as error:
                self._print(self.say.trouble(error), "red")
        self._print(self.say("terminal.bye"), "dim")
        self.engine.close()
        return 0

    def answer(self, line: str) -> None:
        """Do what a line asks for."""
        if not line:
            return
        for name, do in self._commands.items():
            for language in LANGUAGES:
                word = catalogue()[language][f"command.{name}"]
                rest = _after(word, line.removeprefix("/"), spaced=word.isascii())
                if rest is not None and self._fits(name, rest):
                    do(rest)
                    return
        if self.talk:
            self._speak(line)
        else:
            self._print(self.say("terminal.not_talking"), "yellow")

    def _fits(self, name: str, rest: str) -> bool:
        """Tell a command from something said that happens to begin alike."""
        if name == "go":
            return not self.talk or self._find(rest, self._place_names()) is not None
        if name == "talk":
            return not self.talk or self._find(rest, self._people_names()) is not None
        if name in ("save", "load", "wait"):
            return not rest or rest.isdigit()
        return not rest

    def _read(self) -> str | None:
        prompt = f"{self.engine.name(self.who)} > " if self.talk else "> "
        self.console.print(Text(prompt, style="bold green"), end="")
        line = self.source.readline()
        if not line:
            self.console.print()
            return None
        if not self.source.isatty():
            self.console.print(Text(line.rstrip("\n")))
        return line

    # -- commands ------------------------------------------------------------------------------------------
    def _do_look(self, _: str) -> None:
        place = self.engine.place_of(PLAYER) or self.places[0]
        hour = date_and_time(self.engine.now, self.say.language)
        name = self.engine.name(place)
        self._print(self.say("terminal.here", place=name[:1].upper() + name[1:], time=hour), "bold")
        here = self._people_at(place)
        for who in here:
            doing = self.engine.doing(who)
            key = "terminal.someone" if doing else "terminal.someone_idle"
            role = self.engine.people[who].role[self.say.language]
            self._print("  " + self.say(key, name=self.engine.name(who), role=role, doing=doing))
        if not here:
            self._print("  " + self.say("terminal.nobody"), "dim")

    def _do_go(self, rest: str) -> None:
        place = self._find(rest, self._place_names())
        if place is None:
            self._print(self.say("terminal.which_place", places=self._listed(self.places)), "yellow")
            return
        self._do_leave("")
        self.engine.move(PLAYER, place)
        self._pass(WALK_MINUTES)
        self._do_look("")

    def _do_talk(self, rest: str) -> None:
        who = self._find(rest, self._people_names())
        if who is None:
            self._print(self.say("terminal.which_person", people=self._listed(self.engine.people)), "yellow")
            return
        place = self._place_of(who)
        if place != self.engine.place_of(PLAYER):
            where = self.engine.name(place) if place else "…"
            self._print(self.say("terminal.elsewhere", name=self.engine.name(who), place=where), "yellow")
            return
        self._do_leave("")
        self.who, self.talk = who, self.engine.talk_to(who, speaker=PLAYER)
        if listeners := self._listeners():
            names = self.say.names([self.engine.name(other) for other in sorted(listeners)])
            self._print(self.say("terminal.overheard", names=names), "magenta")

    def _do_leave(self, _: str) -> None:
        if self.talk:
            self.talk.leave()
            self._print(self.say("terminal.left", name=self.engine.name(self.who)), "dim")
        self.talk = None

    def _do_journal(self, _: str) -> None:
        for paragraph in journal.paragraphs(self.engine, self.say):
            style = {"heading": "bold", "mark": "magenta", "small": "dim"}.get(paragraph.style, "")
            self._print(" " * (paragraph.indent // 6) + paragraph.text, style)

    def _do_why(self, _: str) -> None:
        self._print(str(self.engine.why(self.last)) if self.last else self.say("why.nothing"), "cyan")

    def _do_wait(self, rest: str) -> None:
        self._pass(float(rest or 30))
        self._do_look("")

    def _do_save(self, rest: str) -> None:
        if (number := self._slot(rest or "1")) is None:
            return
        self.engine.save(self.saves.slot(number))
        beat: dict[str, str] = {code: story[-1].title for code in LANGUAGES if (story := self.engine.story(code))}
        place = self.engine.place_of(PLAYER)
        self.saves.write_note(number, Note(self.engine.now.isoformat(), place, None, None, beat))
        self._print(self.say("toast.saved", number=number), "green")

    def _do_load(self, rest: str) -> None:
        if (number := self._slot(rest or "1")) is None:
            return
        if not self.saves.slot(number).exists():
            self._print(self.say("terminal.empty_slot", number=number), "yellow")
            return
        self._do_leave("")
        self.engine.restore(self.saves.slot(number))
        self.last = None
        self._print(self.say("toast.loaded", number=number), "green")
        self._do_look("")

    def _do_language(self, _: str) -> None:
        self.say.language = self.engine.language = self.say.other()
        self._print(self.say("terminal.welcome"), "bold")

    def _do_help(self, _: str) -> None:
        text = self.say("terminal.help", places=self._listed(self.places), people=self._listed(self.engine.people))
        self._print(text)

    def _do_quit(self, _: str) -> None:
        self._do_leave("")
        self.running = False

    # -- speaking ------------------------------------------------------------------------------------------
    def _speak(self, text: str) -> None:
        assert self.talk is not None
        reply = self.talk.say(text, language=self.engine.language, overheard_by=self._listeners())
        self.console.print(Text(self.say("terminal.speaks", name=self.engine.name(self.who)), style="bold"), end="")
        try:
            self._stream(reply)
        except KeyboardInterrupt:
            reply.cancel()
        self.console.print()
        if reply.error is not None:
            self._print(self.say.trouble(reply.error), "red")
            return
        if not reply.done:
            return
        self.last = reply.line()
        for action in self.last.actions:
            deeds.perform(self.engine, action, self._listeners())
            self._print(f"* {action.text}", "yellow")
        self._pass(TURN_MINUTES)

    def _stream(self, reply: Reply) -> None:
        """Print the words as they come."""
        printed = 0
        while True:
            done, text = reply.done, reply.text
            self.console.print(Text(text[printed:]), end="", soft_wrap=True)
            printed = len(text)
            if done:
                return
            time.sleep(POLL)

    def _pass(self, minutes: float) -> None:
        beats = {beat.id: beat for beat in self.engine.story()}
        for event in self.engine.advance(minutes=minutes):
            if event.kind in ("remark", "gossip") and PLAYER in event.audience:
                self._print(f"{self.engine.name(event.actor or '')}: {event.text}", "cyan")
        for beat in self.engine.story():
            if beat.id not in beats:
                self._print(self.say("toast.beat", title=beat.title), "bold magenta")
                self._print(beat.text, "magenta")
                if beat.ending:
                    self._print(self.say("terminal.ended"), "bold")

    # -- helpers -------------------------------------------------------------------------------------------
    def _people_at(self, place: str | None) -> list[str]:
        return [who for who in self.engine.people if self._place_of(who) == place]

    def _place_of(self, who: str) -> str | None:
        """Return where someone is; who comes along with the player is where the player is."""
        return self.engine.place_of(PLAYER if self.engine.ask(who, "follows", PLAYER) else who)

    def _listeners(self) -> set[str]:
        return set(self._people_at(self._place_of(self.who))) - {self.who}

    def _place_names(self) -> dict[str, list[str]]:
        entities = self.engine.entities
        return {
            id: [id, *entities[id].names.values(), *(a for words in entities[id].aliases.values() for a in words)]
            for id in self.places
        }

    def _people_names(self) -> dict[str, list[str]]:
        return {
            id: [id, *person.names.values(), *(alias for words in person.aliases.values() for alias in words)]
            for id, person in self.engine.people.items()
        }

    @staticmethod
    def _find(text: str, names: Mapping[str, list[str]]) -> str | None:
        """Return whom or what a text names, small slips forgiven."""
        wanted = text.strip().casefold().removeprefix("to ").removeprefix("the ").strip("。.!！?？ ")
        known = {name.casefold(): id for id, several in names.items() for name in several}
        if wanted in known:
            return known[wanted]
        near = get_close_matches(wanted, known, n=1, cutoff=0.75)
        return known[near[0]] if near else None

    def _slot(self, text: str) -> int | None:
        number = int(text) if text.isdigit() else 0
        if number in SLOTS:
            return number
        self._print(self.say("terminal.which_slot"), "yellow")
        return None

    def _listed(self, ids: object) -> str:
        return self.say("list.comma").join(self.engine.name(id) for id in ids)  # type: ignore[attr-defined]

    def _print(self, text: str, style: str = "") -> None:
        self.console.print(Text(text, style=style))


def _after(word: str, line: str, *, spaced: bool) -> str | None:
    """Return what follows a command word at the beginning of a line, or None where it does not begin so."""
    if line.casefold() == word:
        return ""
    if not line.casefold().startswith(f"{word} " if spaced else word):
        return None
    return line[len(word) :].strip()


def open_terminal(world: Path, saves: Saves, say: Strings, **settings: object) -> int:
    """Open the current game in the terminal and play; give the exit status."""
    console = Console(highlight=False)
    saves.folder.mkdir(parents=True, exist_ok=True)
    try:
        engine = Engine.load(world, save=saves.current, language=say.language, **settings)  # type: ignore[arg-type]
    except NpcError as error:
        console.print(Text(say.trouble(error), style="red"))
        return 1
    return Terminal(engine, saves, say, console=console).run()
