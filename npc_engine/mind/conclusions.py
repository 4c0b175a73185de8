"""What people conclude by themselves, as `conclusions.yaml` beside this file has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from npc_engine.acts import acts
from npc_engine.chronicle import Change, Event, FeelingChange
from npc_engine.lang import pack
from npc_engine.packaged import packaged_yaml
from npc_engine.payloads import Addressed, Answered
from npc_engine.phrasebook import filled
from npc_engine.text import Language, localized

SOURCE = "conclusions.yaml"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What is concluded of someone after so many `times` of a deed (`saw`, a predicate) or act of speech (`heard`)."""

    id: str
    times: int
    text: Mapping[str, str]
    to_them: Mapping[str, str]
    saw: str | None = None
    heard: str | None = None
    against: str | None = None
    feelings: Mapping[str, float] = field(default_factory=dict)

    def says(self, who: str, language: Language) -> str:
        """Return it as a sentence about someone of that name."""
        said = filled(localized(self.text, language), who=who)
        return said[:1].upper() + said[1:]


@cache
def conclusions() -> dict[str, Conclusion]:
    """Return all there are, by id."""
    return {one["id"]: Conclusion(**one) for one in _book()["conclusions"]}


def grounds(event: Event, witness: str) -> Iterator[tuple[Conclusion, str, int]]:
    """Yield the conclusions an event speaks for in the eyes of a witness: each with whom it is about, and which event.

    Speech counts once however many answer it, so it is the utterance that is given rather than the answer. Nobody
    concludes anything of themself, nor from hearsay.
    """
    by_speech, by_deed = _by_ground()
    speaker = Addressed.read(event).to
    if speaker and speaker != witness:
        for one in by_speech.get(acts().today(Answered.read(event).act or ""), ()):
            yield one, speaker, event.cause or event.id
    for change in event.changes:
        if change.holds and change.subject != witness:
            for one in by_deed.get(change.predicate, ()):
                yield one, change.subject, event.id


def moved_by(changes: tuple[Change, ...], audience: frozenset[str]) -> list[FeelingChange]:
    """Return how seeing deeds moves what those who see them feel toward who did them."""
    moved = []
    deeds = _book()["deeds"]
    for change in changes:
        if change.holds and (deed := deeds.get(change.predicate)):
            for who in sorted(audience - {change.subject}):
                moves = deed["to" if who == change.object else "beside"]
                moved += [FeelingChange(who, change.subject, aspect, amount) for aspect, amount in moves.items()]
    return moved


def summed_up(day: datetime, who: str, count: int, topics: list[str], language: Language) -> str:
    """Return a day's talk with someone in a sentence: how many remarks, and what was spoken of, by name."""
    frames: dict[str, str] = summaries().get(language) or next(iter(summaries().values()))
    date = pack(language).date(day)
    listed = frames["joint"].join(topics)
    return filled(frames["topics" if topics else "plain"], day=date, who=who, count=count, topics=listed)


def summaries() -> dict[str, dict[str, str]]:
    """Return the frames of summaries, by language."""
    frames: dict[str, dict[str, str]] = _book()["summary"]
    return frames


@cache
def _by_ground() -> tuple[dict[str, list[Conclusion]], dict[str, list[Conclusion]]]:
    """Return what is concluded from each act of speech, and from each predicate of deeds."""
    by_speech: dict[str, list[Conclusion]] = {}
    by_deed: dict[str, list[Conclusion]] = {}
    for one in conclusions().values():
        if one.heard is not None:
            by_speech.setdefault(one.heard, []).append(one)
        if one.saw is not None:
            by_deed.setdefault(one.saw, []).append(one)
    return by_speech, by_deed


@cache
def _book() -> dict[str, Any]:
    book: dict[str, Any] = packaged_yaml("npc_engine.mind", SOURCE)
    return book
