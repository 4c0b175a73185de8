"""The world as it is played: what every part of an engine stands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from npc_engine.chronicle import Change
from npc_engine.content import Content
from npc_engine.content.compiling import compile_world
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.wants import Allows, all_allowed
from npc_engine.engine import arguments
from npc_engine.engine.fitting import Fitting
from npc_engine.engine.known import require_known
from npc_engine.engine.timeline import Timeline
from npc_engine.engine.timetable import appointment, usual_places
from npc_engine.engine.utterance import OngoingTalk, Utterance
from npc_engine.errors import UnknownNameError
from npc_engine.mind import Earshot, Projections, Volume, met
from npc_engine.persona import Persona
from npc_engine.talking_points import Holds
from npc_engine.text import Language, known_language
from npc_engine.weather import Weather
from npc_engine.world import Wording
from npc_engine.world.definitions import BUDGET, Conditions


class Stage:
    """Who and what there is now, in which words, and who hears whom.

    Without content the world is empty and open: ids are taken as they come. `language` is the one spoken where none is
    asked for, `seed` what every choice left to chance begins from. `memory_budget` is how many memories each NPC keeps;
    None leaves it to the world. `allows` is asked before somebody agrees to an action.
    """

    def __init__(
        self,
        timeline: Timeline,
        content: Content | None,
        earshot: Earshot | None,
        *,
        language: str,
        seed: int,
        memory_budget: int | None = None,
        allows: Allows = all_allowed,
    ) -> None:
        self.timeline = timeline
        self.content = content
        self.given_earshot = earshot
        """What the game gave: with one, who hears is found out even where nobody asks for it."""
        self.earshot = earshot or Earshot()
        self.seed = seed
        self.language = language
        self.given_budget = memory_budget
        self._allows = allows
        self.weather: Weather | None = None
        self.reword()

    @property
    def language(self) -> Language:
        """The language that is spoken where none is asked for; setting it to one there is none of is refused."""
        return self._language

    @language.setter
    def language(self, code: str) -> None:
        self._language = known_language(code)

    @property
    def wording(self) -> Wording:
        """What statements are worded with."""
        return self._wording

    @property
    def projections(self) -> Projections:
        """The world and the minds, as they stand now."""
        return self.timeline.projections

    @property
    def now(self) -> datetime:
        """The game's time."""
        return self.timeline.now

    @property
    def people(self) -> Mapping[str, Persona]:
        """Every NPC's persona, by id."""
        return self.projections.compiled.personas

    @property
    def player(self) -> str:
        """The player's id."""
        return self.content.world.player.id if self.content else "player"

    @property
    def open(self) -> bool:
        """Whether any id will do."""
        return self.content is None

    @property
    def memory_budget(self) -> int:
        """How many memories each NPC keeps."""
        if self.given_budget is not None:
            return self.given_budget
        return self.content.world.memory_budget if self.content else BUDGET

    def persona(self, npc: str) -> Persona:
        """Return an NPC's persona.

        Raises:
            UnknownNameError: no persona has that id.
        """
        if npc not in self.people:
            raise UnknownNameError("NPC", npc, self.people)
        return self.people[npc]

    def spoken(self, language: str | None) -> Language:
        """Return the language asked for, or else the engine's own."""
        return self._language if language is None else known_language(language)

    def reword(self) -> None:
        """Take the words of the cast as it is now; wanted whenever that was exchanged."""
        compiled = self.projections.compiled
        self._wording = Wording(compiled.entities, compiled.predicates)

    def refit(self, content: Content) -> None:
        """Fold the world and the minds from edited content; long histories are folded without the lock."""
        self.timeline.refold(compile_world(content, self.projections.compiled.meanings), Fitting(content))

    def follow(self, content: Content) -> None:
        """Go by edited content, which the world was refitted to; call it with the lock."""
        self.content = content
        self.reword()

    # -- who is known, and who hears -----------------------------------------------------------------

    def require(
        self,
        people: Iterable[str] = (),
        changes: Iterable[Change] = (),
        place: str | None = None,
        things: Iterable[str] = (),
    ) -> None:
        """See that a loaded world knows these ids; call it with the lock.

        Raises:
            UnknownNameError: it doesn't know one of them.
        """
        if self.open:
            return
        projections = self.projections
        require_known(projections, self.player, people, changes, place)
        for thing in things:
            if thing not in projections.compiled.entities:
                raise UnknownNameError("entity", thing, projections.compiled.entities)

    def require_speaker(self, speaker: str) -> None:
        """See that a loaded world knows someone who wants to talk.

        Raises:
            UnknownNameError: it doesn't.
        """
        projections = self.projections
        arguments.one("speaker", speaker)
        if not self.open and speaker not in projections.compiled.entities and speaker not in projections.minds:
            raise UnknownNameError("speaker", speaker, [*self.people, self.player])

    def known(self, named: Iterable[str]) -> frozenset[str]:
        """Return ids as they are, once it is seen that a loaded world knows them.

        Raises:
            UnknownNameError: it doesn't know one of them.
        """
        people = frozenset(named)
        with self.timeline.lock:
            self.require(people)
        return people

    def hearers(self, source: str, volume: Volume | None, named: Iterable[str]) -> frozenset[str]:
        """Return who hears what someone says in a conversation: those the game names, and whom the volume reaches.

        Raises:
            UnknownNameError: a loaded world doesn't know one of those named.
        """
        heard = frozenset(arguments.ids("overheard_by", named))
        with self.timeline.lock:
            self.require(heard)
            if volume is None and self.given_earshot is None:
                return heard
            return heard | self.earshot.hearers(self.projections, source, volume or "speech")

    # -- the scene of a turn -------------------------------------------------------------------------

    def holds(self, npc: str) -> Holds:
        """Return what tells whether conditions hold for an NPC who speaks in passing, where the player is near."""
        with self.timeline.lock:
            projections, now, player = self.projections, self.now, self.player
            near = self.earshot.hearers(projections, npc, "speech") - {npc, player}

        def hold(when: Sequence[Conditions]) -> bool:
            with self.timeline.lock:
                return met(when, projections, now=now, npc=npc, speaker=player, near=near)

        return hold

    def scene(self, talk: OngoingTalk, utterance: Utterance, seed: int) -> Scene:
        """Return all that the turn may look at in which something is answered; call it with the lock."""
        projections, now, content = self.projections, self.now, self.content
        npc, speaker = talk.npc, talk.speaker
        persona = self.persona(npc)
        due = appointment(persona, now)
        return Scene(
            npc=npc,
            speaker=speaker,
            persona=persona,
            projections=projections,
            wording=self._wording,
            now=now,
            actions=content.actions if content else {},
            setting=content.world.names if content else {},
            surroundings=content.world.setting if content else {},
            place=projections.whereabouts.of(npc),
            doing=due.doing if due else {},
            usual_places=usual_places(self.people, now),
            language=utterance.language or self._language,
            overheard_by=utterance.overheard_by - {npc, speaker},
            exchanges=talk.exchanges,
            freedom=content.world.freedom if content else None,
            improvise=content.world.improvise if content else None,
            seed=seed,
            allows=self._allows,
            weather=self.weather,
        )
