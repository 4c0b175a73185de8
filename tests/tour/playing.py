"""Walk a script of the tour through the front door, and put what came of each step as plain data."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from npc_engine import Belief, Change, Conversation, Earshot, Engine, Event, FeelingChange, Gathering, Line, Reply
from npc_engine.testing import SMALL_WORLD

HERE = Path(__file__).parent
RECORDED = HERE / "recorded"
SLOTS = HERE.parent / "slots"
GAME = "game.npc"
SCRIPTS = sorted(HERE.glob("*.yaml"))
WORLDS = {
    "reedwater": HERE.parents[1] / "world",
    "ford": SMALL_WORLD,
    "hamlet": HERE.parent / "content" / "hamlet",
}
READ = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's loader, where PyYAML has it, reads the tours in a tenth of the time."""


def read(path: Path) -> Any:
    """Return what a YAML file holds."""
    return yaml.load(path.read_text(encoding="utf-8"), READ)


def dump(data: Any) -> str:
    """Return data as YAML that reads well in a diff: in order, each text on a line of its own."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)


def played(script: Path, keep: Path | None = None) -> list[dict[str, Any]]:
    """Return what came of each step of a script, walked from its beginning or in a copy of the `slot` that it names.

    The game it ends with is copied to `keep`.
    """
    given = read(script)
    with tempfile.TemporaryDirectory() as folder:
        if slot := given.get("slot"):
            shutil.copy(SLOTS / slot, Path(folder) / GAME)
        tour = Tour(given["world"], given["language"], given["seed"], given.get("earshot", False), Path(folder))
        try:
            came = [tour.walk(step) for step in given["steps"]]
            if keep:
                tour.engine.save(keep)
            return came
        finally:
            tour.engine.close()


class Tour:
    """One game of one script. Each verb a script may use is a method here that returns what came of it.

    As in a game, an action that somebody agrees to is performed at once, and each line takes a game minute.
    """

    def __init__(self, world: str, language: str, seed: int, earshot: bool, folder: Path) -> None:
        self._settings: dict[str, Any] = {"language": language, "seed": seed, "earshot": Earshot() if earshot else None}
        self._world = WORLDS[world]
        self._folder = folder
        self._talk: Conversation | Gathering | None = None
        self._line: Line | None = None
        self.engine = self._opened()

    def walk(self, step: str | dict[str, Any]) -> dict[str, Any]:
        """Take one step; return it with what came of it."""
        if isinstance(step, str):
            step = {"say": step}
        verb, value = next(iter(step.items()))
        with_ = {key: value for key, value in step.items() if key != verb}
        came = getattr(self, verb)(*(() if value is None else (value,)), **with_)
        return {**step, **({"came": came} if came else {})}

    # -- talking -----------------------------------------------------------------------------------

    def talk(self, npc: str, speaker: str = "player") -> None:
        """Walk up to somebody."""
        self._talk = self.engine.talk_to(npc, speaker=speaker)

    def gather(self, members: list[str], speaker: str = "player") -> None:
        """Begin a talk with several at once."""
        self._talk = self.engine.gather(members, speaker=speaker)

    def join(self, who: str) -> None:
        """Let somebody come to the gathering."""
        self._gathering.join(who)

    def leave(self, who: str | None = None) -> None:
        """Let somebody go from the gathering, or walk away from the talk."""
        self._gathering.leave(who) if who else self._talking.leave()

    def say(self, text: str, **how: Any) -> dict[str, Any]:
        """Say a line, and wait for the answer."""
        return self._answered(self._talking.say(text, **how), how)

    def and_you(self, to: str | None = None) -> dict[str, Any]:
        """Let another of the gathering answer the same line."""
        reply = self._gathering.and_you(to)
        return self._answered(reply, {}) if reply else {"nobody": "all have answered"}

    def show(self, thing: str, **how: Any) -> dict[str, Any]:
        """Show a thing to whom one talks with."""
        assert isinstance(self._talk, Conversation)
        return self._happened([self._event(self._talk.show(thing, **how))])

    # -- what the game tells -----------------------------------------------------------------------

    def record(self, text: str, changes: Iterable[str] = (), **how: Any) -> dict[str, Any]:
        """Let something happen."""
        done = [Change.of_fact(fact) for fact in changes]
        return self._happened([self._event(self.engine.record(text, changes=done, **how))])

    def tell(self, fact: str, to: str, **how: Any) -> dict[str, Any]:
        """Let somebody hear a statement."""
        return self._happened([self._event(self.engine.tell(to, Change.of_fact(fact), **how))])

    def move(self, who: str, to: str) -> dict[str, Any]:
        """Let somebody be at a place."""
        return self._happened([self._event(self.engine.move(who, to))])

    def advance(self, minutes: int) -> dict[str, Any]:
        """Let time go by."""
        return {**self._happened(self.engine.advance(minutes)), "now": str(self.engine.now)}

    # -- the save ----------------------------------------------------------------------------------

    def reopen(self) -> None:
        """Leave the game and come back to it."""
        self.engine.close()
        self._talk = None
        self.engine = self._opened()

    def save(self, name: str) -> None:
        """Keep a copy of the game."""
        self.engine.save(self._folder / f"{name}.npc")

    def restore(self, name: str) -> None:
        """Go back to a copy of the game."""
        self.engine.restore(self._folder / f"{name}.npc")

    # -- looking -----------------------------------------------------------------------------------

    def why(self) -> list[str]:
        """Ask why the last line was said."""
        assert self._line is not None
        return list(self.engine.why(self._line).lines)

    def recall(self, npc: str, of: str) -> list[str]:
        """Ask what somebody remembers of something."""
        return [found.memory.text for found in self.engine.recall(npc, of)]

    def mind(self, npc: str, toward: str = "player") -> dict[str, Any]:
        """Look at what somebody came to believe since the game began, and at what they feel."""
        felt = self.engine.feeling(npc, toward)
        return {
            "believes": [_belief(one) for one in self.engine.beliefs(npc) if one.event is not None],
            "feels": {one: round(getattr(felt, one), 3) for one in ("affinity", "trust", "fear", "familiarity")},
            "mood": self.engine.mood(npc, toward),
            "memories": len(self.engine.memories(npc)),
            "at": self.engine.place_of(npc),
            "doing": self.engine.doing(npc),
        }

    def journal(self) -> list[str]:
        """Look into the player's journal."""
        told = [f"{entry.text} ({entry.how}, {entry.teller or 'nobody'})" for entry in self.engine.journal()]
        return told + [f"{beat.id}: {beat.title}" for beat in self.engine.story()]

    def bark(self, npc: str) -> str:
        """Pass somebody by."""
        return self.engine.bark(npc)

    # -- inside ------------------------------------------------------------------------------------

    @property
    def _talking(self) -> Conversation | Gathering:
        assert self._talk is not None, "a line is said before anybody is talked to"
        return self._talk

    @property
    def _gathering(self) -> Gathering:
        assert isinstance(self._talk, Gathering)
        return self._talk

    def _opened(self) -> Engine:
        return Engine.load(self._world, model="none", save=self._folder / GAME, **self._settings)

    def _event(self, event_id: int) -> Event:
        return self.engine.events[event_id - 1]

    def _answered(self, reply: Reply, how: dict[str, Any]) -> dict[str, Any]:
        """Return an answer with all that backs it, having performed what was offered."""
        line = self._line = reply.line(timeout=30)
        answered = self._event(line.event_id)
        asked = self._event(answered.cause or 0)
        for action in line.actions:
            there = {line.listener, action.actor, *how.get("overheard_by", ())}
            self.engine.record(action.text, speaker=action.actor, changes=action.changes, audience=there)
        return _filled(
            {
                "speaker": line.speaker,
                "text": line.text,
                "language": line.language,
                "act": line.act,
                "move": line.move,
                "facts": [f"{fact.id}: {fact.wording}" for fact in line.facts],
                "actions": [f"{one.name}: {one.text} ({', '.join(_changes(one.changes))})" for one in line.actions],
                "mood": line.mood,
                "reasons": list(line.reasons),
                "withheld": [f"{one.secret}: {one.reason}" for one in line.withheld],
                "remembered": [self._event(one).text for one in line.memories],
                "claimed": _changes((*asked.changes, *asked.claims)),
                "stated": _changes((*answered.changes, *answered.claims)),
                "felt": _feelings((*asked.feelings, *answered.feelings)),
                "heard_by": sorted(answered.audience - {line.speaker, line.listener}),
                "trouble": line.trouble,
                **self._happened(self.engine.advance(1)),
            }
        )

    def _happened(self, events: Iterable[Event]) -> dict[str, Any]:
        return _filled({"happened": [_event(event) for event in events]})


def _event(event: Event) -> str:
    """Return an event in a line: when, what kind, who, what, and before whom."""
    words = event.text or event.data.get("beat", "")
    parts: list[str] = [f"{event.at:%H:%M} {event.kind} {event.actor or '-'}: {words}"]
    parts += [*_changes((*event.changes, *event.claims)), *_feelings(event.feelings)]
    return " | ".join([*parts, f"before {', '.join(sorted(event.audience)) or 'nobody'}"])


def _belief(belief: Belief) -> str:
    by = f" by {belief.by}" if belief.by else ""
    return f"{'' if belief.holds else 'not '}{belief.id} {belief.confidence:.2f} {belief.how}{by}"


def _changes(changes: Iterable[Change]) -> list[str]:
    def put(one: Change) -> str:
        more = "".join(f" {key}={value}" for key, value in sorted(one.qualifiers.items()))
        return f"{'' if one.holds else 'not '}{one.statement_id}{more}"

    return [put(one) for one in changes]


def _feelings(moved: Iterable[FeelingChange]) -> list[str]:
    return [f"{one.who} {one.aspect} {one.amount:+.4f} toward {one.toward}" for one in moved]


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in ([], "", None)}
