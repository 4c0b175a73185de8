"""The questions a game may ask of an engine; none of them changes anything."""

from __future__ import annotations

from datetime import datetime

from npc_engine.engine.journal import JournalEntry, StoryBeat, entries, told_story
from npc_engine.engine.stage import Stage
from npc_engine.engine.timetable import appointment
from npc_engine.errors import UnknownNameError
from npc_engine.mind import Belief, Feeling, Recalled, Volume
from npc_engine.mind.feelings import mood_word
from npc_engine.text import Language
from npc_engine.world import Statement


class Queries:
    """What an engine can be asked: where things stand in the world, in a mind, in the story."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._timeline = stage.timeline

    def name(self, entity: str, language: Language | None = None, *, article: bool = True) -> str:
        """Return what something is called, as a sentence has it: `the honey cake`; a list needs no `article`."""
        return self._stage.wording.name(entity, self._stage.spoken(language), article=article)

    def word(self, statement: Statement, language: Language | None = None) -> str:
        """Return a statement as a sentence."""
        return self._stage.wording.sentence(statement, self._stage.spoken(language))

    def ask(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        *,
        at: datetime | None = None,
    ) -> list[Statement]:
        """Return the statements that are true in the world, now or at a game time; a part left out matches any."""
        with self._timeline.lock:
            return self._timeline.projections.world.ask(subject, predicate, object, at=at or self._timeline.now)

    def beliefs(
        self,
        npc: str,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        *,
        as_of: datetime | None = None,
    ) -> list[Belief]:
        """Return what someone believes to be so, now or as of an earlier game time; a part left out matches any."""
        with self._timeline.lock:
            beliefs = self._timeline.projections.mind(npc).beliefs
            return (beliefs.as_of(as_of) if as_of else beliefs).ask(subject, predicate, object)

    def improvised(self, npc: str) -> dict[str, int]:
        """Return what a model made up of someone's own life as it spoke, in its words, each with the event."""
        with self._timeline.lock:
            return dict(self._timeline.projections.mind(npc).counters.improvised)

    def noted(self, npc: str) -> dict[str, dict[str, int]]:
        """Return what someone noted of talks, by whom they talked with, each note with the event of its talk."""
        with self._timeline.lock:
            return {who: dict(notes) for who, notes in self._timeline.projections.mind(npc).counters.noted.items()}

    def contested(self, npc: str, subject: str | None = None, predicate: str | None = None) -> list[tuple[Belief, ...]]:
        """Return what someone learned that can't all be true: each contradiction's sides, the one believed first."""
        with self._timeline.lock:
            return self._timeline.projections.mind(npc).beliefs.contested(subject, predicate)

    def recall(self, npc: str, query: str, limit: int = 5) -> list[Recalled]:
        """Return the memories of someone's that bear on a query, best first, each with its score and its parts.

        How long ago something was makes no difference to a query, unless it names a time (`yesterday`, `in May`). An
        empty query gives what comes to mind unasked: the latest before all, and what matters.
        """
        if (meanings := self._timeline.projections.compiled.meanings) and query.strip():
            meanings.prepare(query)
        with self._timeline.lock:
            projections = self._timeline.projections
            if npc not in projections.minds:
                if not self._stage.open:
                    raise UnknownNameError("NPC", npc, projections.minds)
                return []
            named = [mention.entity for mention in projections.names.find(query)]
            return projections.minds[npc].recall(query, named, limit, self._timeline.now)

    def feeling(self, npc: str, toward: str = "player") -> Feeling:
        """Return what someone feels toward another."""
        with self._timeline.lock:
            return self._timeline.projections.mind(npc).feelings.toward(toward)

    def place_of(self, who: str) -> str | None:
        """Return where someone is; None when nobody said."""
        with self._timeline.lock:
            return self._timeline.projections.whereabouts.of(who)

    def doing(self, who: str, language: Language | None = None) -> str:
        """Return what someone's schedule has them do now, in words; empty when it doesn't say."""
        due = appointment(self._stage.persona(who), self._timeline.now)
        return due.doing.get(self._stage.spoken(language), "") if due else ""

    def journal(self, who: str = "player", language: Language | None = None) -> list[JournalEntry]:
        """Return what someone was told or saw, and by whom, the latest first; whereabouts are left out."""
        with self._timeline.lock:
            log = self._timeline.projections.mind(who).beliefs.log()
        return entries(log, self._stage.wording, self._stage.spoken(language))

    def story(self, language: Language | None = None) -> list[StoryBeat]:
        """Return the steps of the story that were reached, in order."""
        content = self._stage.content
        beats = content.story if content else ()
        with self._timeline.lock:
            reached = dict(self._timeline.projections.beats)
        return told_story(reached, beats, self._stage.spoken(language))

    def hint(self, language: Language | None = None) -> str:
        """Return what the player may try next: the hint of the first step of the story not reached that has one."""
        content = self._stage.content
        with self._timeline.lock:
            reached = set(self._timeline.projections.beats)
        spoken = self._stage.spoken(language)
        hints = (beat.hint.get(spoken, "") for beat in (content.story if content else ()) if beat.id not in reached)
        return next(filter(None, hints), "")

    def mood(self, npc: str, toward: str = "player") -> str:
        """Return someone's mood in a word: `neutral`, `happy`, `sad`, or `angry` with whom they dislike."""
        with self._timeline.lock:
            feelings = self._timeline.projections.mind(npc).feelings
            return mood_word(feelings.mood(self._timeline.now), feelings.toward(toward).affinity)

    def within_earshot(self, who: str, volume: Volume = "speech") -> frozenset[str]:
        """Return who would hear it if someone spoke now, by place or by positions; they themself are left out."""
        with self._timeline.lock:
            return self._stage.earshot.hearers(self._timeline.projections, who, volume) - {who}
