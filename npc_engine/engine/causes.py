"""Why somebody feels as they do, and what they concluded or forgot: each change with its cause, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from npc_engine.chronicle import Event, FeelingChange
from npc_engine.engine.frames import Frames
from npc_engine.engine.timeline import Timeline
from npc_engine.mind.counters import FORGOT
from npc_engine.mind.fading import FADED
from npc_engine.mind.reflection import KIND
from npc_engine.payloads import Answered, Forgotten, Reflected
from npc_engine.text import Language, date_and_time
from npc_engine.world import Wording

INWARD = frozenset({KIND, FADED, FORGOT})
"""Kinds of events that happen in a mind."""


@dataclass(frozen=True, slots=True)
class Felt:
    """A change of feeling: when, in which respect, by how much, with which event, and the cause in words."""

    at: datetime
    aspect: str
    amount: float
    event_id: int
    text: str


def felt(who: str, toward: str, timeline: Timeline, language: Language) -> list[Felt]:
    """Return every change of what someone feels toward another, oldest first."""
    found = []
    for event_id in timeline.projections.mind(who).event_ids:
        event = timeline.chronicle[event_id]
        for change in event.feelings:
            if change.who == who and change.toward == toward:
                text = cause(event, change, timeline, language)
                found.append(Felt(event.at, change.aspect, change.amount, event_id, text))
    return found


def cause(event: Event, change: FeelingChange, timeline: Timeline, language: Language) -> str:
    """Return why, in words, a feeling moved with an event."""
    frames = Frames(language)
    slots = {"move": frames.move(change), "when": date_and_time(event.at, language), "text": worded(event, language)}
    if event.kind == FADED:
        return frames.put("felt_faded", **slots)
    if event.kind == KIND:
        return frames.put("felt_concluded", **slots)
    answer = Answered.read(event)
    if answer.act is not None:
        heard = timeline.chronicle[event.cause].text if event.cause else ""
        again = "felt_again" if f"again:{answer.act}" in answer.reasons else "felt_said"
        act = frames.act(answer.act)
        return frames.put(again, **{**slots, "act": act, "text": heard})
    return frames.put("felt_happened" if event.text else "felt", **slots)


def told_inward(event: Event, timeline: Timeline, wording: Wording, language: Language) -> list[str]:
    """Return the sentences that tell what happened in a mind: what was concluded, what faded, what was forgotten."""
    frames = Frames(language)
    name = wording.name(event.actor or "", language)
    slots = {
        "name": name[:1].upper() + name[1:],
        "when": date_and_time(event.at, language),
        "text": worded(event, language),
    }
    told = [frames.put(f"inward_{event.kind}", **slots, count=len(Forgotten.read(event).forgets))]
    for one in Reflected.read(event).of:
        basis = timeline.chronicle[one]
        told.append(frames.put("basis", text=worded(basis, language), when=date_and_time(basis.at, language)))
    return told + frames.moves(event, wording)


def worded(event: Event, language: Language) -> str:
    """Return an event's text in a language, where it has one in that."""
    return Reflected.read(event).worded.get(language, event.text)
