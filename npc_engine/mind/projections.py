"""Every view folded from the chronicle: the world, and each mind in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from npc_engine.chronicle import Chronicle, Event
from npc_engine.mind.compiled_world import CompiledWorld
from npc_engine.mind.impressions import Impressions
from npc_engine.mind.mind import EventSource, Mind
from npc_engine.mind.whereabouts import Whereabouts
from npc_engine.payloads import CameTrue, StoryStep
from npc_engine.world import World
from npc_engine.world.names import Names

__all__ = ["CompiledWorld", "Mind", "Projections"]


class Projections:
    """The world and every mind, as they follow from what authors declared and the events so far.

    `beats` are the steps of the story that were reached, in order, and when; `common` the ids of the statements that
    everyone knows; `within_call` the predicates that say a shout carries; `came_true` the facts of the future that
    came true. Of a `Chronicle` only the ids are kept, and an event must be appended to it before it is applied here.
    """

    def __init__(
        self, compiled: CompiledWorld, events: Iterable[Event] | Chronicle = (), *, upto: int | None = None
    ) -> None:
        self._begin(compiled, events if isinstance(events, Chronicle) else None)
        for event in islice(events, upto):
            self._take(event)

    def _begin(self, compiled: CompiledWorld, chronicle: Chronicle | None) -> None:
        self.compiled = compiled
        self.world = World(compiled.entities, compiled.predicates, compiled.facts)
        self.names = compiled.derived.get(Names, lambda: Names(compiled.entities, _known_by(compiled)))
        self._own = chronicle is None
        self._source = EventSource(compiled, self.names, chronicle)
        self.minds: dict[str, Mind] = {owner: Mind(owner, compiled, self._source) for owner in compiled.personas}
        self.whereabouts = Whereabouts(self.world)
        self.beats: dict[str, datetime] = {}
        self.came_true: dict[str, None] = {}
        self.common = frozenset(".".join(fact.triple) for fact in compiled.facts if fact.common)
        self.within_call = tuple(rule.id for rule in compiled.predicates.values() if rule.within_call)
        self._gone = compiled.lacking.entities | compiled.lacking.named if compiled.lacking else frozenset()
        self._people = frozenset(one.id for one in compiled.entities.values() if one.kind == "person") - self._gone

    @classmethod
    def resumed(cls, compiled: CompiledWorld, chronicle: Chronicle, standing: Mapping[str, Any]) -> Projections:
        """Return the projections as they were when `standing` gave them, for a chronicle that begins as it did then.

        What came later, and the minds' own contents, are still to be added: see `catch_up` and `Mind.unpack`.
        """
        projections = cls.__new__(cls)
        projections._begin(compiled, chronicle)
        projections.world.resume(standing["world"], chronicle.upto)
        projections.whereabouts.resume(standing["there"])
        projections.beats = {beat: datetime.fromisoformat(at) for beat, at in standing["beats"].items()}
        projections.came_true = dict.fromkeys(standing["came_true"])
        projections.minds.update((owner, Mind(owner, compiled, projections._source)) for owner in standing["minds"])
        return projections

    def standing(self) -> dict[str, Any]:
        """Return where things stand as plain data for `resumed`, but for what is in the minds."""
        return {
            "world": self.world.present(),
            "there": self.whereabouts.plain(),
            "beats": {beat: at.isoformat() for beat, at in self.beats.items()},
            "came_true": list(self.came_true),
            "minds": [owner for owner in self.minds if owner not in self.compiled.personas],
        }

    def catch_up(self, events: Iterable[Event], noted: Mapping[str, int]) -> None:
        """Take in events that came after `standing`; minds have noted those up to an id already."""
        for event in events:
            self._take(event, noted)

    @property
    def impressions(self) -> Impressions:
        """What events leave in memory."""
        return self._source.impressions

    def mind(self, owner: str) -> Mind:
        """Return someone's mind, an empty one for who never perceived anything."""
        return self.minds.get(owner) or Mind(owner, self.compiled, self._source)

    def event(self, event_id: int) -> Event:
        """Return an event that was taken in; KeyError for none."""
        return self._source.event(event_id)

    def is_someone(self, who: str) -> bool:
        """Return whether an id is that of a person, or of anyone who has perceived something before."""
        return (who in self.minds and who not in self._gone) or who in self._people

    def everyone(self) -> list[str]:
        """Return every person, and anyone who has perceived something before."""
        return [*self.minds, *sorted(self._people - self.minds.keys())]

    def present(self, place: str) -> list[str]:
        """Return the people at a place, the longest there first."""
        return [who for who in self.whereabouts.at(place) if self.is_someone(who)]

    def apply(self, event: Event) -> None:
        """Take in an event: the world changes, and who was there perceives it."""
        self._take(event)
        if Impressions.left_by(event):
            self._source.impressions.trace(event.id)  # now, rather than for many at once when somebody recalls
            if self.compiled.meanings:
                self.compiled.meanings.learn([event.text])

    def state(self) -> dict[str, Any]:
        """Return every view as plain data: two that are equal answer everything alike."""
        return {
            "world": self.world.periods(),
            "there": self.whereabouts.plain(),
            "minds": {owner: self.minds[owner].state() for owner in sorted(self.minds)},
            "beats": tuple(self.beats),
        }

    def _take(self, event: Event, noted: Mapping[str, int] | None = None) -> None:
        if self._own:
            self._source.applied[event.id] = event
        event = self.compiled.fitted(event)
        self.world.apply(event)
        self.whereabouts.follow(event)
        concerned = dict.fromkeys((*sorted(event.audience), *(change.who for change in event.feelings)))
        for owner in concerned:
            if noted and event.id <= noted.get(owner, 0):
                continue
            if (mind := self.minds.get(owner)) is None:
                mind = self.minds[owner] = Mind(owner, self.compiled, self._source)
            mind.note(event)
        if event.kind == "story" and (beat := StoryStep.read(event).beat) is not None:
            self.beats.setdefault(beat, event.at)
        elif event.kind == "came_true" and (fact := CameTrue.read(event).fact) is not None:
            self.came_true[fact] = None


def _known_by(compiled: CompiledWorld) -> dict[str, tuple[str, ...]]:
    """Return what people of one name are told apart by: their home by each of its names, and their role."""
    found: dict[str, tuple[str, ...]] = {}
    for id, persona in compiled.personas.items():
        home = compiled.entities.get(persona.home or "")
        places = tuple(home.names.values()) if home else ()
        found[id] = (*places, *persona.role.values())
    return found
