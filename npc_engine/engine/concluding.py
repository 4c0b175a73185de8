"""What an NPC concludes, as events: from what happened again and again, and of talk that is summed up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from npc_engine.chronicle import Event, FeelingChange
from npc_engine.engine.timeline import Timeline
from npc_engine.mind import Mind
from npc_engine.mind.conclusions import Conclusion, conclusions, summaries, summed_up
from npc_engine.mind.consolidation import DayTalk, topics
from npc_engine.mind.reflection import KIND, reflection
from npc_engine.payloads import Forgotten, Reflected, details
from npc_engine.text import Language
from npc_engine.world import Wording


class Reflections:
    """Writes the events in which people reflect on what they perceived, in every language that has words for it."""

    def __init__(self, timeline: Timeline, wording: Wording, language: Language) -> None:
        """Word an event's own text in `language`."""
        self._timeline = timeline
        self._wording = wording
        self._language: Language = language

    def concluded(self, mind: Mind, first_id: int) -> list[Event]:
        """Return the events of what someone has come to conclude by now; their counts say when it is time.

        What was concluded of the same person before, and what it speaks against, is taken up in it and let go.
        """
        events: list[Event] = []
        for (which, who), grounds in list(mind.counters.grounds.items()):
            conclusion = conclusions().get(which)
            if conclusion is None or len(grounds) < conclusion.times:
                continue
            basis = [self._timeline.chronicle[event_id] for event_id in grounds]
            basis = [event for event in basis if mind.owner in event.audience]
            if len(basis) < conclusion.times:
                continue
            earlier = list(self._earlier(mind, conclusion, who))
            same = [event for event in earlier if Reflected.read(event).concluded == which]
            worded = {
                each: conclusion.says(self._wording.name(who, each), each)
                for each in dict.fromkeys((*conclusion.text, self._language))
            }
            event = self._reflection(mind, [*same, *basis], worded, first_id + len(events))
            moves = tuple(FeelingChange(mind.owner, who, *move) for move in conclusion.feelings.items())
            gone = Forgotten([event.id for event in earlier])
            about = replace(Reflected.read(event), concluded=which, who=who)
            events.append(replace(event, feelings=moves, data=details(about, gone)))
        return events

    def summary(self, talk: DayTalk, mind: Mind, event_id: int) -> Event:
        """Return the event of a talk's being summed up; its owner then remembers that in place of the talk."""
        basis = [self._timeline.chronicle[one] for one in talk.event_ids]
        about = topics(talk, mind, lambda one: self._timeline.projections.impressions.memory(one).about)
        worded = {
            each: summed_up(
                basis[0].at,
                self._wording.name(talk.partner, each),
                len(basis),
                [self._wording.name(topic, each) for topic in about],
                each,
            )
            for each in dict.fromkeys((*summaries(), self._language))
        }
        event = self._reflection(mind, basis, worded, event_id)
        about_it = replace(Reflected.read(event), summary=True, who=talk.partner)
        return replace(event, data=details(about_it, Forgotten(talk.event_ids)))

    def _reflection(self, mind: Mind, basis: Iterable[Event], worded: Mapping[Language, str], event_id: int) -> Event:
        event = reflection(mind.owner, basis, worded[self._language], event_id=event_id, at=self._timeline.now)
        return replace(event, data=details(replace(Reflected.read(event), worded=worded)))

    def _earlier(self, mind: Mind, conclusion: Conclusion, who: str) -> Iterable[Event]:
        """Return what someone concluded before that a conclusion takes the place of."""
        for position in mind.memories.said_by(mind.owner):
            event = self._timeline.chronicle[mind.memories.event_ids[position]]
            said = Reflected.read(event)
            if event.kind == KIND and said.who == who and said.concluded in (conclusion.id, conclusion.against):
                yield event
