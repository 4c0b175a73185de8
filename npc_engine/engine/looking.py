"""The questions a game may ask of an engine; none of them changes anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from npc_engine.chronicle import Event
from npc_engine.content import Content
from npc_engine.engine import routine
from npc_engine.engine.fitting import Misfit
from npc_engine.engine.journal import JournalEntry, StoryBeat, entries, told_story
from npc_engine.engine.timeline import Timeline
from npc_engine.engine.timetable import appointment
from npc_engine.errors import UnknownNameError
from npc_engine.mind import Belief, Feeling, Recalled
from npc_engine.mind.feelings import mood_word
from npc_engine.persona import Persona
from npc_engine.text import Language, known_language
from npc_engine.world import Entity, Statement, Wording


class Looking:
    """What an engine can be asked: where things stand in the world, in a mind, in the story."""

    _language: Language
    _timeline: Timeline
    _wording: Wording
    _content: Content | None
    _open: bool

    @property
    def language(self) -> Language:
        """The language that is spoken where none is asked for; setting it to one there is none of is refused."""
        return self._language

    @language.setter
    def language(self, code: str) -> None:
        self._language = known_language(code)

    def _spoken(self, language: str | None) -> Language:
        """Return the language asked for, or else the engine's own."""
        return self._language if language is None else known_language(language)

    @property
    def now(self) -> datetime:
        """The game's time: naive, in the world's own calendar."""
        return self._timeline.now

    @property
    def people(self) -> Mapping[str, Persona]:
        """Every NPC's persona, by id."""
        return self._timeline.views.cast.personas

    @property
    def entities(self) -> Mapping[str, Entity]:
        """Everything with a name, by id."""
        return self._timeline.views.cast.entities

    @property
    def events(self) -> Sequence[Event]:
        """The chronicle so far, oldest first; a copy."""
        with self._timeline.lock:
            return list(self._timeline.chronicle)

    @property
    def misfits(self) -> tuple[Misfit, ...]:
        """What the save speaks of and the content no longer has: for whoever edits it; see `formerly` there."""
        return self._timeline.misfits

    def name(self, entity: str, language: Language | None = None) -> str:
        """Give what something is called."""
        return self._wording.name(entity, self._spoken(language))

    def word(self, statement: Statement, language: Language | None = None) -> str:
        """Give a statement as a sentence."""
        return self._wording.sentence(statement, self._spoken(language))

    def ask(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        *,
        at: datetime | None = None,
    ) -> list[Statement]:
        """Give the statements that are true in the world, now or at a game time; a part left out matches any."""
        with self._timeline.lock:
            return self._timeline.views.world.ask(subject, predicate, object, at=at or self.now)

    def beliefs(
        self,
        npc: str,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        *,
        as_of: datetime | None = None,
    ) -> list[Belief]:
        """Give what someone believes to be so, now or as of an earlier game time; a part left out matches any."""
        with self._timeline.lock:
            beliefs = self._timeline.views.mind(npc).beliefs
            return (beliefs.as_of(as_of) if as_of else beliefs).ask(subject, predicate, object)

    def contested(self, npc: str, subject: str | None = None, predicate: str | None = None) -> list[tuple[Belief, ...]]:
        """Give what someone learned that can't all be true: of each contradiction its sides, the one believed first."""
        with self._timeline.lock:
            return self._timeline.views.mind(npc).beliefs.contested(subject, predicate)

    def recall(self, npc: str, query: str, limit: int = 5) -> list[Recalled]:
        """Give the memories of someone's that bear on a query, best first, each with its score and its parts.

        How long ago something was makes no difference to a query, unless it names a time (`yesterday`, `in May`). An
        empty query gives what comes to mind unasked: the latest before all, and what matters.
        """
        if (meanings := self._timeline.views.cast.meanings) and query.strip():
            meanings.prepare(query)
        with self._timeline.lock:
            views = self._timeline.views
            if npc not in views.minds:
                if not self._open:
                    raise UnknownNameError("NPC", npc, views.minds)
                return []
            named = [mention.entity for mention in views.names.find(query)]
            return views.minds[npc].recall(query, named, limit, self.now)

    def feeling(self, npc: str, toward: str = "player") -> Feeling:
        """Give what someone feels toward another."""
        with self._timeline.lock:
            return self._timeline.views.mind(npc).feelings.toward(toward)

    def place_of(self, who: str) -> str | None:
        """Give where someone is; None when nobody said."""
        with self._timeline.lock:
            return routine.place_of(self._timeline.views, who)

    def doing(self, who: str, language: Language | None = None) -> str:
        """Give what someone's schedule has them do now, in words; empty when it doesn't say."""
        due = appointment(self._persona(who), self.now)
        return due.doing.get(self._spoken(language), "") if due else ""

    def journal(self, who: str = "player", language: Language | None = None) -> list[JournalEntry]:
        """Give what someone was told or saw, and by whom, the latest first; whereabouts are left out."""
        with self._timeline.lock:
            log = self._timeline.views.mind(who).beliefs.log()
        return entries(log, self._wording, self._spoken(language))

    def story(self, language: Language | None = None) -> list[StoryBeat]:
        """Give the steps of the story that were reached, in order."""
        beats = self._content.story if self._content else ()
        with self._timeline.lock:
            reached = dict(self._timeline.views.beats)
        return told_story(reached, beats, self._spoken(language))

    def mood(self, npc: str, toward: str = "player") -> str:
        """Give someone's mood in a word: `neutral`, `happy`, `sad`, or `angry` with whom they dislike."""
        with self._timeline.lock:
            feelings = self._timeline.views.mind(npc).feelings
            return mood_word(feelings.mood(self.now), feelings.toward(toward).affinity)

    def _persona(self, npc: str) -> Persona:
        if npc not in self.people:
            raise UnknownNameError("NPC", npc, self.people)
        return self.people[npc]
