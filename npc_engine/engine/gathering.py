"""Several who talk together: each hears what is said while they are there, and one after another answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from npc_engine.dialogue.scene import Exchange
from npc_engine.engine import arguments
from npc_engine.engine.conversation import Conversation
from npc_engine.engine.recorder import Recorder
from npc_engine.engine.reply import Reply
from npc_engine.engine.turns import Turns
from npc_engine.engine.utterance import Utterance
from npc_engine.errors import UnknownNameError
from npc_engine.mind import Projections, Volume
from npc_engine.text import Language, cleaned

_CALLED = re.compile(r"\s*[,，、!！:：?？.。…]|\s*$")
_CALLING = re.compile(r"[,，、]\s*$")


class _Seat(Conversation):
    """One NPC's part in a gathering: it looks back on what this one heard of it."""

    def __init__(self, npc: str, gathering: Gathering, turns: Turns, recorder: Recorder) -> None:
        super().__init__(npc, gathering.speaker, turns, recorder)
        self._gathering = gathering

    def remember(self, exchange: Exchange) -> None:
        self._gathering.take_in(exchange)

    def take_in(self, exchange: Exchange) -> None:
        """Remember a turn that this one heard, no matter who answered."""
        super().remember(exchange)

    def answer(self, utterance: Utterance) -> Reply:
        """Begin this one's answer."""
        return self._begin(utterance)


@dataclass(frozen=True, slots=True)
class _Round:
    """The circle of one thing said in a gathering: who was in it then, and who left the gathering since."""

    gathering: Gathering
    members: frozenset[str]
    left_before: int

    @property
    def gone(self) -> frozenset[str]:
        return frozenset(self.gathering.leavings[self.left_before :])

    @property
    def said_in(self) -> int | None:
        return self.gathering.said_in


class Gathering:
    """A talk of one speaker with several others, some of whom may come and go.

    Everyone there hears what is said, and only that. NPCs answer, one at a time.
    """

    def __init__(self, members: Iterable[str], speaker: str, turns: Turns, recorder: Recorder) -> None:
        self.speaker = speaker
        self._turns = turns
        self._recorder = recorder
        self._seats: dict[str, _Seat] = {}
        self._present: dict[str, None] = {}
        self.leavings: list[str] = []
        """Everyone who left so far, each time they did; the engine reads it."""
        self._said: Utterance | None = None
        self.said_in: int | None = None
        """The event of what was said last, once somebody has answered; the engine reads it."""
        self._replies: dict[str, Reply] = {}
        self._spoken_to: str | None = None
        self._history: list[tuple[str, str]] = []
        self._epoch = turns.epoch
        for member in members:
            self.join(member)

    @property
    def present(self) -> frozenset[str]:
        """Who is there, the speaker among them."""
        return frozenset({*self._present, self.speaker})

    @property
    def npcs(self) -> tuple[str, ...]:
        """Those there who can answer, the first to come first."""
        return tuple(who for who in self._present if who in self._projections.compiled.personas)

    @property
    def history(self) -> list[tuple[str, str]]:
        """What was said here so far: who, and their words."""
        self._look_at_time()
        return list(self._history)

    def join(self, who: str) -> None:
        """Let someone come: they hear what is said from now on.

        An answer on its way was begun without them, and they don't hear it.

        Raises:
            UnknownNameError: nobody has that id.
        """
        if not self._projections.is_someone(who):
            raise UnknownNameError("NPC", who, self._projections.compiled.personas)
        if who != self.speaker:
            self._present[who] = None

    def leave(self, who: str | None = None) -> None:
        """Let someone go: they hear nothing from now on, an answer on its way included.

        If it is the one who was to answer, or the speaker (also when nobody is named), that answer is given up.
        """
        who = who or self.speaker
        self.leavings.append(who)
        if who != self.speaker:
            self._present.pop(who, None)
            if who in self._replies:
                self._replies[who].cancel()
            return
        self._present.clear()
        self._hush()
        for seat in self._seats.values():
            seat.leave()

    def say(
        self,
        text: str,
        *,
        to: str | None = None,
        language: Language | None = None,
        overheard_by: Iterable[str] = (),
        volume: Volume | None = None,
        between_us: bool = False,
        pass_on: Iterable[str] = (),
    ) -> Reply:
        """Say something to all who are there; returns at once with the reply to come.

        Who answers is whom it is said `to`, or who is called by name at its beginning or end, or who answered
        last; nobody answers to talk about themself. A whisper is heard by that one only; otherwise all present
        hear it and the answer, and so do those `overheard_by` or whom the `volume` reaches. What is said `between_us`
        stays between those, as in `Conversation.say`.

        Raises:
            UnknownNameError: `to` is no NPC that is there, or there is none at all; nobody has an id in `pass_on`; or
                there is no such language.
            ArgumentError: `text` is no text, or `overheard_by` or `pass_on` no ids.
        """
        text, language = arguments.said(text, language, volume)
        named = frozenset(arguments.ids("overheard_by", overheard_by))
        self._look_at_time()
        text = cleaned(text)
        npc = self._addressee(text, to)
        self._hush()
        self._replies = {}
        let_know = self._turns.stage.known(arguments.ids("pass_on", pass_on))
        circle = self._circle(volume)
        hearing = named if volume == "whisper" else named | self.present
        said = Utterance(text, language, volume=volume, circle=circle, confided=between_us, pass_on=let_know)
        return self._answer(npc, said, hearing)

    def and_you(self, to: str | None = None) -> Reply | None:
        """Let another of those there answer what was said last, having heard the answers before; None if all have.

        It may be asked for while the answer before it is still on its way, and then waits for it.

        Raises:
            UnknownNameError: `to` is no NPC that is there.
        """
        self._look_at_time()
        said = self._said
        if said is None:
            return None
        waiting = [npc for npc in self.npcs if npc in said.heard_by and npc not in self._replies]
        if to is not None and to not in waiting:
            raise UnknownNameError("NPC in this company who has yet to answer", to, waiting)
        if not waiting:
            return None
        last = list(self._replies.values())[-1]
        before = None if last.done and not last.said else last
        named = said.heard_by - said.circle.gone
        hearing = named if said.volume == "whisper" else named | self.present
        return self._answer(to or waiting[0], replace(said, circle=self._circle(said.volume), after=before), hearing)

    # -- inside ------------------------------------------------------------------------------------

    @property
    def _projections(self) -> Projections:
        return self._turns.stage.projections

    def take_in(self, exchange: Exchange) -> None:
        """Have everyone who heard it remember a finished turn; the engine calls it."""
        line = exchange.line
        answered = self._turns.event(line.event_id)
        self._look_at_time()
        for npc, seat in list(self._seats.items()):
            if npc in answered.audience:
                seat.take_in(exchange)
        if answered.cause != self.said_in:
            self._history.append((self.speaker, exchange.reading.text))
        self._history.append((line.speaker, line.text))
        self.said_in = answered.cause

    def _circle(self, volume: Volume | None) -> _Round:
        """Return the circle of what is said now; a whisper is said to one alone."""
        return _Round(self, frozenset() if volume == "whisper" else self.present, len(self.leavings))

    def _answer(self, npc: str, said: Utterance, hearing: frozenset[str]) -> Reply:
        """Have one of those there answer what is said, before all who are `hearing` and whom the volume reaches."""
        hears = self._turns.stage.hearers
        heard_by = hears(self.speaker, said.volume, hearing) | {npc}
        said = replace(said, heard_by=heard_by, answer_heard_by=hears(npc, said.volume, hearing))
        if said.after is None:
            self._said = said
        self._spoken_to = npc
        reply = self._replies[npc] = self._seat(npc).answer(said)
        return reply

    def _hush(self) -> None:
        """Give up every answer that is still on its way."""
        for reply in self._replies.values():
            if not reply.done:
                reply.cancel()

    def _seat(self, npc: str) -> _Seat:
        if npc not in self._seats:
            self._seats[npc] = _Seat(npc, self, self._turns, self._recorder)
        return self._seats[npc]

    def _addressee(self, text: str, to: str | None) -> str:
        """Return who is to answer."""
        there = self.npcs
        if to is not None:
            if to not in there:
                raise UnknownNameError("NPC in this company", to, there)
            return to
        if not there:
            raise UnknownNameError("NPC", "", self._projections.compiled.personas)
        named = [mention for mention in self._projections.names.find(text) if mention.entity in there]
        for mention in named:
            begins = not text[: mention.start].strip() and _CALLED.match(text, mention.end)
            if begins or _CALLING.search(text[: mention.start]):
                return mention.entity
        spoken_of = {mention.entity for mention in named}
        fitting = [npc for npc in there if npc not in spoken_of] or list(there)
        if self._spoken_to in fitting:
            return self._spoken_to
        about = [mention.entity for mention in self._projections.names.find(text) if mention.entity != self.speaker]
        return max(fitting, key=lambda npc: sum(self._projections.mind(npc).beliefs.knows_of(one) for one in about))

    def _look_at_time(self) -> None:
        """Forget what was said in a past that was rewound or exchanged."""
        if self._epoch != self._turns.epoch:
            self._epoch = self._turns.epoch
            self._said = self.said_in = None
            self._replies, self._history = {}, []
