"""What a game tells an engine: what happened, what was said and shown, where people go, how time passes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from npc_engine.chronicle import Change, Event, FeelingChange
from npc_engine.dialogue.wants import Action
from npc_engine.engine import arguments
from npc_engine.engine.routine import Routine
from npc_engine.engine.stage import Stage
from npc_engine.errors import ArgumentError, UnknownNameError
from npc_engine.mind.conclusions import moved_by
from npc_engine.mind.reflection import reflection
from npc_engine.payloads import Confided, Heard, Recorded, Volume, details
from npc_engine.weather import Weather
from npc_engine.world import Statement

AnyChange = Change | tuple[str, str, str] | tuple[str, str, str, bool]


class Recorder:
    """What an engine can be told. Its methods may be called from any thread and return at once."""

    def __init__(self, stage: Stage, routine: Routine) -> None:
        self._stage = stage
        self._timeline = stage.timeline
        self._routine = routine

    def record(
        self,
        text: str,
        *,
        speaker: str | None = None,
        changes: Iterable[AnyChange] = (),
        audience: Iterable[str] | None = None,
        place: str | None = None,
        at: datetime | None = None,
        kind: str | None = None,
        volume: Volume = "speech",
        to: Iterable[str] = (),
        shown: Iterable[str] = (),
        feelings: Iterable[FeelingChange] = (),
        lasting: bool = False,
        between_us: bool = False,
        pass_on: Iterable[str] = (),
    ) -> int:
        """Tell the engine that something happened or was said, and who perceived it; return the event's id.

        Everyone in `audience`, and the `speaker`, remembers `text` and believes `changes`, which become true in the
        world. Without an audience those perceive it who are within earshot (see `Earshot`) of the `place`, or of
        where the speaker is, at that `volume`, and whom it is said `to`: others only overhear it. What is whispered,
        or is `between_us`, is told on to nobody but whom it may be told, `pass_on`. `shown` are things the speaker
        shows; `feelings` move with what happened, beside those that a promise kept or broken moves by itself. What is
        `lasting` nobody who was there forgets. `at` is game time, now if left out; a later one moves the clock on. It
        is safe on disk a moment later (`flush` waits for that).

        Raises:
            UnknownNameError: an id that nothing in a loaded world has, or a volume or aspect that there is none of.
            ArgumentError: neither an audience nor a place is given, and nobody knows where the speaker is; or
                something is of the wrong kind, such as one text where several ids were expected, or can't be stored.
            SaveError: the engine is closed.
        """
        speaker, place = arguments.maybe("speaker", speaker), arguments.maybe("place", place)
        text, at, volume = arguments.text("text", text), arguments.moment("at", at), arguments.volume(volume)
        audience = None if audience is None else arguments.ids("audience", audience)
        addressed, things = set(arguments.ids("to", to)), list(arguments.ids("shown", shown))
        let_know = set(arguments.ids("pass_on", pass_on))
        done, moved = arguments.changes(changes), arguments.feelings(feelings)
        with self._timeline.lock:
            projections = self._timeline.projections
            named = {*addressed, *(audience or ()), *([speaker] if speaker else ())}
            self._stage.require(named | let_know, done, place, things)
            if audience is None:
                if not self._stage.earshot.knows_where(projections, speaker, place):
                    raise ArgumentError("nobody can tell who perceived this: give an `audience` or a `place`")
                named |= self._stage.earshot.hearers(projections, speaker, volume, place=place, to=addressed)
                place = place or (projections.whereabouts.of(speaker) if speaker else None)
            data = details(
                Recorded(things, lasting),
                _heard(volume, named - addressed - {speaker} if addressed else ()),
                _confided(between_us, let_know),
            )
            seen = (*done, *(self._had(speaker, things) if speaker else ()))
            moved += tuple(one for one in moved_by(done, frozenset(named)) if one.who in projections.compiled.personas)

            def build(event_id: int) -> list[Event]:
                what, when = kind or _kind(speaker, done, things), at or self._timeline.now
                there = frozenset(named)
                return [Event(event_id, when, what, there, text, speaker, place, seen, feelings=moved, data=data)]

            (event,), _ = self._timeline.commit(build)
        return event.id

    def perform(
        self,
        action: Action,
        *,
        audience: Iterable[str] | None = None,
        done: bool = True,
        text: str | None = None,
        place: str | None = None,
    ) -> int:
        """Tell the engine that the game did what an NPC agreed to, or (not `done`) could not; return the event's id.

        What was done is remembered in the action's own words, or in `text`, by who did it, whom it was for and the
        `audience`, and its changes become true. What was not done changes nothing; `text` says why.

        Raises:
            UnknownNameError: as `record`.
            ArgumentError: as `record`; and where an action was not done and `text` does not say so.
            SaveError: as `record`.
        """
        if not done and not text:
            raise ArgumentError("say in `text` why the action was not done: it is what those who were there remember")
        there = {action.actor, action.target, *(() if audience is None else arguments.ids("audience", audience))}
        return self.record(
            action.text if text is None else text,
            speaker=action.actor,
            changes=action.changes if done else (),
            audience=there,
            place=place,
            kind=None if done else "undone",
        )

    def set_weather(self, now: Weather | None) -> None:
        """Tell the engine what the sky does, for everybody to see; None where nobody should say.

        It is the game's, like a purse: it is not saved, so set it after loading too.

        Raises:
            UnknownNameError: there is no such weather.
        """
        self._stage.weather = arguments.weather(now)

    def tell(
        self,
        npc: str,
        statement: AnyChange,
        *,
        by: str | None = None,
        text: str = "",
        at: datetime | None = None,
        between_us: bool = False,
        pass_on: Iterable[str] = (),
    ) -> int:
        """Let someone hear a statement, from `by` or from nobody in particular; return the event's id.

        Nothing changes in the world: the listener believes it as far as they trust the teller. What is told
        `between_us` they tell nobody but whom they may, `pass_on`.

        Raises:
            UnknownNameError: as `record`.
            ArgumentError: as `record`.
        """
        npc, by = arguments.one("npc", npc), arguments.maybe("by", by)
        claim, at = Change.of(statement), arguments.moment("at", at)
        there = frozenset({npc} | ({by} if by else set()))
        let_know = set(pass_on)
        data = details(_confided(between_us, let_know))
        with self._timeline.lock:
            self._stage.require(there | let_know, [claim])
            words = text or self._stage.wording.sentence(Statement.of(claim), self._stage.language, holds=claim.holds)

            def build(event_id: int) -> list[Event]:
                when = at or self._timeline.now
                return [Event(event_id, when, "told", there, words, by, claims=(claim,), data=data)]

            (event,), _ = self._timeline.commit(build)
        return event.id

    def summarise(self, npc: str, event_ids: Iterable[int], text: str, *, audience: Iterable[str] = ()) -> int:
        """Let an NPC conclude something from events they perceived; return the id of the event of kind `reflection`.

        Only they will remember it, unless `audience` names others who were there for every one of the events too.

        Raises:
            UnknownNameError: there is no such event.
            ArgumentError: there are no events, or someone was not there for one of them.
        """
        text, others = arguments.text("text", text), arguments.ids("audience", audience)
        with self._timeline.lock:
            chronicle = self._timeline.chronicle
            numbers = sorted(set(event_ids))
            if missing := [number for number in numbers if not 1 <= number <= len(chronicle)]:
                raise UnknownNameError("event", str(missing[0]))
            made_from = [chronicle[number] for number in numbers]

            def build(event_id: int) -> list[Event]:
                now = self._timeline.now
                return [reflection(npc, made_from, text, event_id=event_id, at=now, audience=others)]

            (event,), _ = self._timeline.commit(build)
        return event.id

    def move(self, who: str, place: str) -> int:
        """Tell the engine that someone is now at a place, seen by those at either end; return the event's id.

        Raises:
            UnknownNameError: no such person, or no such place.
        """
        who, place = arguments.one("who", who), arguments.one("place", place)
        with self._timeline.lock:
            self._stage.require([who], place=place)
            return self._routine.move(who, place).id

    # -- inside ------------------------------------------------------------------------------------

    def _had(self, speaker: str, things: Iterable[str]) -> list[Change]:
        """Return what is seen of a speaker who shows things: that they have them, where the world says so."""
        world = self._timeline.projections.world
        return [
            Change(one.subject, one.predicate, one.object, qualifiers=one.qualifiers)
            for thing in things
            for one in world.ask(speaker, "has", thing, at=self._timeline.now)
            if not one.basis
        ]


def _heard(volume: Volume, overhearing: Iterable[str | None]) -> Heard:
    """Return how loud something was, and who heard it without being spoken to; a shout is for all."""
    return Heard(volume, sorted(filter(None, overhearing)) if volume != "shout" else ())


def _confided(between_us: bool, pass_on: set[str]) -> Confided:
    """Return whether something is told in confidence."""
    return Confided(True if between_us or pass_on else None, sorted(pass_on))


def _kind(speaker: str | None, changes: tuple[Change, ...], shown: list[str]) -> str:
    if shown:
        return "shown"
    if changes:
        return "changed"
    return "said" if speaker else "happened"
