"""Every view folded from the chronicle: the world, and each mind in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from npc_engine.chronicle import Event
from npc_engine.mind.mind import Cast, Mind, impression
from npc_engine.mind.whereabouts import Whereabouts
from npc_engine.world import World
from npc_engine.world.names import Names

__all__ = ["Cast", "Mind", "Views"]


class Views:
    """The world and every mind, as they follow from what authors declared and the events so far.

    `beats` are the steps of the story that were reached, in order; `common` the ids of the statements that
    everyone knows; `within_call` the predicates that say a shout carries.
    """

    def __init__(self, cast: Cast, events: Iterable[Event] = ()) -> None:
        self.cast = cast
        self.world = World(cast.entities, cast.predicates, cast.facts)
        self.names = Names(cast.entities)
        self.minds: dict[str, Mind] = {owner: Mind(owner, cast) for owner in cast.personas}
        self.whereabouts = Whereabouts(self.world)
        self.beats: dict[str, None] = {}
        self.common = frozenset(".".join(fact.triple) for fact in cast.facts if fact.common)
        self.within_call = tuple(rule.id for rule in cast.predicates.values() if rule.within_call)
        self._people = frozenset(one.id for one in cast.entities.values() if one.kind == "person")
        for event in events:
            self.apply(event)

    def mind(self, owner: str) -> Mind:
        """Give someone's mind, a new and empty one for who had none yet."""
        if owner not in self.minds:
            self.minds[owner] = Mind(owner, self.cast)
        return self.minds[owner]

    def is_someone(self, who: str) -> bool:
        """Tell whether an id is that of a person, or of whoever has perceived something before."""
        return who in self.minds or who in self._people

    def everyone(self) -> list[str]:
        """Give every person, and whoever has perceived something before."""
        return [*self.minds, *sorted(self._people - self.minds.keys())]

    def present(self, place: str) -> list[str]:
        """Give the people at a place, the longest there first."""
        return [who for who in self.whereabouts.at(place) if self.is_someone(who)]

    def apply(self, event: Event) -> None:
        """Take in an event: the world changes, and who was there perceives it."""
        self.world.apply(event)
        self.whereabouts.follow(event)
        left = impression(event, self.names, self.cast)
        for owner in sorted(event.audience):
            self.mind(owner).perceive(event, left)
        for change in event.feelings:
            self.mind(change.who).feelings.move(change, event.at)
        if event.kind == "story":
            self.beats[event.data["beat"]] = None

    def state(self) -> dict[str, Any]:
        """Give every view as plain data: two that are equal answer everything alike."""
        return {
            "world": self.world.periods(),
            "minds": {owner: self.minds[owner].state() for owner in sorted(self.minds)},
            "beats": tuple(self.beats),
        }
