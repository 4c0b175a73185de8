"""All that a turn may look at: who speaks with whom, where things stand, what was said; and the turn itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime

from npc_engine.chronicle import Change
from npc_engine.dialogue.answer import Weigh
from npc_engine.dialogue.leading import Leading
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.types import Line, Plan, Reading
from npc_engine.dialogue.wants import Allows, all_allowed
from npc_engine.mind import CompiledWorld, Mind, Projections, met
from npc_engine.mind.discretion import Company
from npc_engine.models.model import LanguageModel
from npc_engine.persona import Persona
from npc_engine.talking_points import Followed, Wordings
from npc_engine.text import Language
from npc_engine.weather import Weather
from npc_engine.world import Perspective, Wording
from npc_engine.world.definitions import ActionDefinition, Conditions, Freedom, Improvise
from npc_engine.world.names import Names

LATELY = 3
"""Lines of the NPC's that they may still be asked about."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn that was finished: how what was said was taken, and the line it was answered with."""

    reading: Reading
    line: Line


@dataclass(frozen=True)
class Context:
    """What an understander may look at: names, relations, offers and the last exchanges, and nobody's mind.

    `language` is the one a text is taken to be in where it leaves that open.
    """

    npc: str
    speaker: str
    world: CompiledWorld
    names: Names
    actions: Mapping[str, ActionDefinition]
    exchanges: tuple[Exchange, ...]
    language: Language | None
    wordings: tuple[Wordings, ...] = ()
    """What the author wrote that the NPC can be asked for, in the wordings it is known by."""
    follow_ups: tuple[tuple[Wordings, ...], ...] = ()
    """The same of what the author wrote on what the NPC said lately, text by text."""
    spoken: tuple[str, ...] = ()
    """What was named in the line before the stretch that is read."""
    said: str = ""
    """The line as it was said, where what it leaves out was filled in."""


@dataclass(frozen=True)
class Scene:
    """The stage of one turn.

    `setting` is what the world is called, and `surroundings` what its author wrote of it. `doing` is what the NPC is
    busy with, in each language; `usual_places` says where each person's day has them at this hour. `language` is the
    one the answer should be in where what is said leaves it open; `overheard_by` are the others within earshot;
    `exchanges` the turns before this one in the conversation, oldest first; `freedom` and `improvise` are what the
    world lets a model do; `seed` settles every choice left to chance; `allows` is the game's word on a deed,
    `weather` what the sky does, where the game says so.
    """

    npc: str
    speaker: str
    persona: Persona
    projections: Projections
    wording: Wording
    now: datetime
    actions: Mapping[str, ActionDefinition] = field(default_factory=dict)
    setting: Mapping[str, str] = field(default_factory=dict)
    surroundings: Mapping[str, str] = field(default_factory=dict)
    place: str | None = None
    doing: Mapping[str, str] = field(default_factory=dict)
    usual_places: Mapping[str, str] = field(default_factory=dict)
    language: Language | None = None
    overheard_by: frozenset[str] = frozenset()
    exchanges: tuple[Exchange, ...] = ()
    freedom: Freedom | None = None
    improvise: Improvise | None = None
    seed: int = 0
    allows: Allows = all_allowed
    weather: Weather | None = None

    @property
    def context(self) -> Context:
        """What may be looked at to understand what is said here."""
        world = self.projections.compiled
        names = self.projections.names.as_seen((self.npc, *sorted(self.overheard_by), *self._at_this_place()))
        return Context(
            self.npc,
            self.speaker,
            world,
            names,
            self.actions,
            self.exchanges,
            self.language,
            self.persona.wordings,
            tuple(one.wordings for one in self.followed),
        )

    @property
    def followed(self) -> tuple[Followed, ...]:
        """What the NPC said lately that they may be asked about, the last first."""
        lines = [exchange.line for exchange in self.exchanges[: -LATELY - 1 : -1]]
        return tuple(dict.fromkeys(one for line in lines for one in self.persona.asked_on(line.text, line.reasons)))

    def _at_this_place(self) -> list[str]:
        """Return who is where the NPC is, or would be at this hour, as far as it is known where that is."""

        def place_of(who: str, persona: Persona) -> str | None:
            return self.projections.whereabouts.of(who) or self.usual_places.get(who) or persona.home

        here = self.place or place_of(self.npc, self.persona)
        people = self.projections.compiled.personas
        return [who for who, persona in people.items() if here is not None and place_of(who, persona) == here]

    def holds(self, when: Sequence[Conditions]) -> bool:
        """Return whether any of some sets of conditions holds here, toward the speaker; no sets at all always hold."""
        near = self.overheard_by
        return met(when, self.projections, now=self.now, npc=self.npc, speaker=self.speaker, near=near)

    def used(self, key: str) -> int:
        """Return how often the NPC said to the speaker what the author wrote under a key."""
        return self.mind.counters.written.get(self.speaker, {}).get(key, 0)

    @property
    def mind(self) -> Mind:
        """The mind of the NPC who is spoken to."""
        return self.projections.mind(self.npc)

    @property
    def perspective(self) -> Perspective:
        """The NPC speaks, the speaker listens."""
        return Perspective(self.npc, self.speaker)

    @property
    def company(self) -> Company:
        """Before whom the NPC would say something: what of it they keep back is decided for all of these."""
        return Company(self.persona, self.speaker, self.projections, self.now, self.overheard_by)

    @property
    def audience(self) -> frozenset[str]:
        """Everyone who hears what is said."""
        return self.overheard_by | {self.npc, self.speaker}


class Stopwatch:
    """Milliseconds spent in each step of a turn."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what is done within."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.steps[name] = self.steps.get(name, 0.0) + (time.perf_counter() - began) * 1000


@dataclass(frozen=True, slots=True)
class Known:
    """What the NPC believes of the very thing that was asked, whatever is answered: a passage of the author's, say.

    `verdict` is yes or no where that was asked, `ends` are what the beliefs are about; neither where it is kept back.
    """

    verdict: bool | None = None
    ends: frozenset[str] = frozenset()


def _unseen(_: str) -> None:
    """Take a sentence that nobody waits for."""


@dataclass
class Turn:
    """One turn while it is taken: each step reads what the steps before left in it, and adds its own.

    `emit` takes each sentence as soon as it may be seen; `cancel` is set when nobody waits for the answer any more;
    the model may take until `ends_at` (seconds of `time.monotonic`); `state` is held while minds are read.
    `leading` is how the game wants the model led, and `weigh` says what of its answer holds beside the words, and
    `claims` what a sentence of the NPC's states; `known` is what they believe of what was asked.
    `reading`, `plan` and `guard` are there once the steps that make them are done.
    """

    text: str
    scene: Scene
    model: LanguageModel
    emit: Callable[[str], None] = _unseen
    cancel: threading.Event = field(default_factory=threading.Event)
    ends_at: float = float("inf")
    state: AbstractContextManager[object] = field(default_factory=nullcontext)
    watch: Stopwatch = field(default_factory=Stopwatch)
    leading: Leading = field(default_factory=Leading)
    weigh: Weigh = field(init=False)
    claims: Callable[[str], Sequence[Change]] = field(init=False)
    reading: Reading = field(init=False)
    plan: Plan = field(init=False)
    known: Known = Known()
    guard: Guard = field(init=False)

    @property
    def language(self) -> Language:
        """The language of the answer: the one that was spoken."""
        return self.reading.language

    @property
    def left(self) -> float:
        """How many seconds the model may still take."""
        return max(0.0, self.ends_at - time.monotonic())
