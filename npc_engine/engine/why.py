"""From words back to what they stand on: statements, beliefs, events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from npc_engine.chronicle import Event
from npc_engine.dialogue.plan import Line
from npc_engine.dialogue.words import words_of
from npc_engine.engine.timeline import Timeline
from npc_engine.mind import Belief
from npc_engine.text import Language
from npc_engine.world import Statement, Wording


@dataclass(frozen=True, slots=True)
class Why:
    """Why something was said: `beliefs` it voiced, `events` those rest on, and `lines` that tell it to a reader.

    A lie voices no belief; `event.data["lies"]` names the statements that were made up.
    """

    event: Event
    beliefs: tuple[Belief, ...]
    events: tuple[Event, ...]
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines)


def explain(event_id: int, line: Line | None, timeline: Timeline, wording: Wording, language: Language) -> Why:
    """Give why the line of an event was said; `line` adds what only the turn itself knew.

    Raises:
        KeyError: there is no such event.
    """
    chronicle, views = timeline.chronicle, timeline.views
    said = chronicle[event_id]
    speaker = said.actor or ""
    then = views.mind(speaker).beliefs.as_of(said.at)
    lies = said.data.get("lies", ())
    meant = [claim.statement_id for claim in said.claims if claim.statement_id not in lies]
    beliefs = tuple(belief for one in meant if (belief := then.stance(one)) is not None) or (
        tuple(fact.belief for fact in line.facts if fact.belief.how != "lie") if line else ()
    )
    sources = [belief.event for belief in beliefs if belief.event is not None]
    memory = said.data.get("memory")
    if memory is not None:
        sources.append(memory)
    events = tuple(chronicle[number] for number in dict.fromkeys(sources) if number <= len(chronicle))
    return Why(said, beliefs, events, tuple(_told(said, beliefs, line, timeline, wording, language)))


def _told(
    said: Event,
    beliefs: tuple[Belief, ...],
    line: Line | None,
    timeline: Timeline,
    wording: Wording,
    language: Language,
) -> list[str]:
    frames = words_of(language).why
    data = said.data

    def put(key: str, **slots: object) -> str:
        text = frames[key]
        for slot, value in slots.items():
            text = text.replace(f"{{{slot}}}", str(value))
        return text

    heard = timeline.chronicle[said.cause].text if said.cause else ""
    name = wording.name(said.actor or "", language)
    told = [put("said", name=name[:1].upper() + name[1:], when=_when(said.at, language), heard=heard)]
    if "act" in data:
        told.append(put("act", act=data["act"]))
        told.append(put("move", move=data["move"], reasons=", ".join(data.get("reasons", ()))))
    for belief in beliefs:
        fact = wording.sentence(belief.statement, language, holds=belief.holds).rstrip(".。")
        slots = {
            "fact": fact,
            "when": _when(belief.at, language) if belief.at else "",
            "source": wording.name(belief.by, language) if belief.by else "",
            "basis": ", ".join(belief.statement.basis),
        }
        key = "told_before" if belief.how == "told" and belief.at is None else belief.how
        if belief.how == "saw" and belief.at is None:
            key = "authored"
        told.append(put(key, **slots))
        told += [put("backed_by", source=wording.name(other, language)) for other in belief.backed_by]
        if belief.confidence < 1:
            told.append(put("doubt", percent=round(belief.confidence * 100)))
    for claim in said.claims:
        if claim.statement_id in data.get("lies", ()):
            fact = wording.sentence(Statement.of(claim), language, holds=claim.holds).rstrip(".。")
            told.append(put("lie", fact=fact))
    told += [put("withheld", secret=secret) for secret in data.get("withheld", ())]
    if "memory" in data:
        remembered = timeline.chronicle[data["memory"]]
        told.append(put("memory", text=remembered.text, when=_when(remembered.at, language)))
    told += [put("action", action=action) for action in data.get("actions", ())]
    for change in said.feelings:
        toward = wording.name(change.toward, language)
        told.append(put("feeling", aspect=change.aspect, toward=toward, amount=f"{change.amount:+.2f}"))
    model = data.get("model", "none")
    told.append(put("words_code") if model == "none" else put("words_model", model=model))
    for check in line.checks if line else ():
        told.append(put("check", sentence=check.sentence, outcome=check.outcome, rule=check.rule, detail=check.detail))
    return told


def _when(moment: datetime, language: Language) -> str:
    if language == "zh":
        return f"{moment.month}月{moment.day}日{moment:%H:%M}"
    return f"{moment.day} {moment:%B}, {moment:%H:%M}"
