"""A text adventure: two rooms, two people, and a lamp that has to burn before a ship comes in.

`look`, `go tower`, `go landing`, `journal`, `why`, `wait`, `quit`; all else is said to those who are there.

Run it: `python examples/text_adventure/adventure.py`
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from npc_engine import Engine, Line

HERE = Path(__file__).parent
ME = "player"


class Adventure:
    """Where the player is, and what they do next."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.line: Line | None = None  # what was said last
        self.told = 0  # steps of the story that were shown
        self.go("landing")

    def do(self, typed: str) -> None:
        """Do what the player typed."""
        word, _, rest = typed.partition(" ")
        if word == "go":
            self.go(rest)
        elif word == "look":
            self.look()
        elif word == "journal":  # what the player saw, or was told and by whom
            for entry in self.engine.journal(ME):
                print(f"- {entry.text}")
        elif word == "why" and self.line:
            print(self.engine.why(self.line))
        elif word == "wait":
            self.pass_time(30)
        else:
            self.say(typed)

    def go(self, name: str) -> None:
        """Go where a place is, by its name or another word for it."""
        words = name.removeprefix("to ").removeprefix("the ").casefold()
        for entity in self.engine.entities.values():
            if entity.kind == "place" and words in {entity.id, *entity.names.values(), *entity.aliases.get("en", ())}:
                self.engine.move(ME, entity.id)
                self.room = self.engine.gather(sorted(self.engine.within_earshot(ME)))
                self.look()
                self.pass_time(5)
                return
        print("There is no such place on this rock.")

    def look(self) -> None:
        """Tell where the player is, and who else."""
        place = self.engine.entities[self.engine.place_of(ME) or "landing"]
        print(f"\n{place.names['en'].title()}. {place.summary['en']}")
        for npc in self.room.npcs:
            print(f"{self.engine.name(npc)}, {self.engine.people[npc].role['en']}, is here.")

    def say(self, text: str) -> None:
        """Say something to those who are here; whoever is called by name answers, or else who did last."""
        if not self.room.npcs:
            print("Nobody hears you.")
            return
        self.line = self.room.say(text).line()
        print(f"{self.engine.name(self.line.speaker)}: {self.line.text}")
        for action in self.line.actions:
            print(f"* {action.text}")
            self.engine.perform(action, audience=self.room.present)  # all who are here see it
        self.pass_time(1)

    def pass_time(self, minutes: float) -> None:
        """Let time go by, and show what comes of it."""
        for event in self.engine.advance(minutes):
            if event.kind == "remark" and ME in event.audience:
                print(f"{self.engine.name(event.actor or '')}: {event.text}")
        for beat in self.engine.story()[self.told :]:
            self.told += 1
            print(f"\n*** {beat.title}. {beat.text}")
            if beat.ending:
                raise SystemExit


def main() -> None:
    """Play until the story ends or the player leaves."""
    with Engine.load(HERE / "skerry", model="none") as engine:
        adventure = Adventure(engine)
        with suppress(EOFError, KeyboardInterrupt):
            while (typed := input("> ").strip()) != "quit":
                if typed:
                    adventure.do(typed)


if __name__ == "__main__":
    main()
