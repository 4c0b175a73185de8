"""What a player may look up: what they were told and by whom, and how far the story has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from npc_engine.mind import Belief
from npc_engine.text import Language
from npc_engine.world import Wording
from npc_engine.world.definitions import Beat


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """Something learned: when, in words, from whom (None: seen oneself), and the statement's id."""

    at: datetime
    text: str
    teller: str | None
    how: str
    statement_id: str


@dataclass(frozen=True, slots=True)
class StoryBeat:
    """A step of the story that was reached, and when."""

    id: str
    title: str
    text: str
    ending: bool
    at: datetime


def entries(log: Iterable[Belief], wording: Wording, language: Language) -> list[JournalEntry]:
    """Return what was learned, the latest first, each statement once from each teller; whereabouts are left out."""
    found: dict[tuple[str, str | None], JournalEntry] = {}
    for belief in log:
        if belief.at is None or belief.statement.predicate == "at":
            continue
        text = wording.sentence(belief.statement, language, holds=belief.holds)
        found.pop((belief.id, belief.by), None)
        found[belief.id, belief.by] = JournalEntry(belief.at, text, belief.by, belief.how, belief.id)
    return list(reversed(found.values()))


def told_story(reached: Mapping[str, datetime], beats: Sequence[Beat], language: Language) -> list[StoryBeat]:
    """Return the steps of the story that were reached, in order; `reached` says when."""
    known = {beat.id: beat for beat in beats}
    return [
        StoryBeat(beat.id, beat.title.get(language, ""), beat.text.get(language, ""), beat.ending, at)
        for one, at in reached.items()
        if (beat := known.get(one))
    ]
