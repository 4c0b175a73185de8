"""From words back to what they stand on: statements, beliefs, events."""

from __future__ import annotations

from dataclasses import dataclass

from npc_engine.chronicle import Event
from npc_engine.dialogue.types import Line
from npc_engine.engine.causes import INWARD, told_inward
from npc_engine.engine.frames import Frames
from npc_engine.engine.timeline import Timeline
from npc_engine.mind import Belief
from npc_engine.payloads import Answered, Claimed, Conveyed, KeptBack, Reflected
from npc_engine.text import Language, date_and_time
from npc_engine.world import Statement, Wording


@dataclass(frozen=True, slots=True)
class Why:
    """Why something was said, concluded or felt less: `lines` tell it to a reader.

    `beliefs` are those it voiced, `events` what they, or a conclusion, rest on. A lie voices no belief;
    `Claimed.read(event).lies` names the statements that were made up.
    """

    event: Event
    beliefs: tuple[Belief, ...]
    events: tuple[Event, ...]
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines)


def explain(event_id: int, line: Line | None, timeline: Timeline, wording: Wording, language: Language) -> Why:
    """Return why the line of an event was said; `line` adds what only the turn itself knew.

    Raises:
        KeyError: there is no such event.
    """
    chronicle, projections = timeline.chronicle, timeline.projections
    said = chronicle[event_id]
    if said.kind in INWARD:
        basis = tuple(chronicle[one] for one in Reflected.read(said).of)
        return Why(said, (), basis, tuple(told_inward(said, timeline, wording, language)))
    speaker = said.actor or ""
    then = projections.mind(speaker).beliefs.as_of(said.at)
    lies = Claimed.read(said).lies
    meant = [claim.statement_id for claim in said.claims if claim.statement_id not in lies]
    beliefs = tuple(belief for one in meant if (belief := then.stance(one)) is not None) or (
        tuple(fact.belief for fact in line.facts if fact.belief.how != "lie") if line else ()
    )
    sources = [belief.event for belief in beliefs if belief.event is not None]
    memory = Conveyed.read(said).memory
    if memory is not None:
        sources.append(memory)
    events = tuple(chronicle[number] for number in dict.fromkeys(sources) if number <= len(chronicle))
    return Why(said, beliefs, events, tuple(_Narrator(timeline, wording, language).told(said, beliefs, line)))


@dataclass(frozen=True, slots=True)
class _Narrator:
    """Tells a reader why, in one language."""

    timeline: Timeline
    wording: Wording
    language: Language

    def told(self, said: Event, beliefs: tuple[Belief, ...], line: Line | None) -> list[str]:
        """Return the sentences that tell a reader why."""
        timeline, wording, language = self.timeline, self.wording, self.language
        frames = Frames(language)
        names, put = frames.names, frames.put
        answer, kept_back, conveyed = Answered.read(said), KeptBack.read(said), Conveyed.read(said)

        def clause(statement: Statement, holds: bool) -> str:
            return wording.sentence(statement, language, holds=holds).rstrip(".。")

        heard = timeline.chronicle[said.cause].text if said.cause else ""
        name = wording.name(said.actor or "", language)
        told = [put("said", name=name[:1].upper() + name[1:], when=date_and_time(said.at, language), heard=heard)]
        if answer.act is not None and answer.move is not None:
            told.append(put("taken", act=frames.act(answer.act), move=frames.reply(answer.move)))
            if reasons := [names[reason] for reason in answer.reasons if reason in names]:
                told.append(put("rule", reasons=frames.joint.join(reasons)))
        for belief in beliefs:
            told.append(
                put(
                    _source(belief),
                    fact=clause(belief.statement, belief.holds),
                    when=date_and_time(belief.at, language) if belief.at else "",
                    source=wording.name(belief.by, language) if belief.by else "",
                    basis=frames.joint.join(belief.statement.basis),
                )
            )
            told += [put("backed_by", source=wording.name(other, language)) for other in belief.backed_by]
            if belief.confidence < 1:
                told.append(put("doubt", percent=round(belief.confidence * 100)))
        lies = [claim for claim in said.claims if claim.statement_id in Claimed.read(said).lies]
        told += [put("lie", fact=clause(Statement.of(claim), claim.holds)) for claim in lies]
        told += [put("withheld", secret=secret) for secret in kept_back.withheld]
        told += [put(f"kept_{reason}", what=self._kept(what)) for what, reason in kept_back.kept]
        if conveyed.memory is not None:
            remembered = timeline.chronicle[conveyed.memory]
            told.append(put("memory", text=remembered.text, when=date_and_time(remembered.at, language)))
        told += [put("action", action=action) for action in conveyed.actions]
        told += frames.moves(said, wording)
        told.append(put("words_code") if answer.model == "none" else put("words_model", model=answer.model))
        told += [put("dropped", sentence=c.sentence, detail=c.detail) for c in (line.checks if line else ())]
        return told

    def _kept(self, what: str) -> str:
        """Return what was kept back in words: a statement by its id, or what was said in `event 12`."""
        kind, _, number = what.partition(" ")
        if kind == "event" and number.isdigit():
            return self.timeline.chronicle[int(number)].text
        subject, predicate, object_ = what.split(".")
        return self.wording.sentence(Statement(subject, predicate, object_), self.language).rstrip(".。")


def _source(belief: Belief) -> str:
    """Return the key of the frame that says where a belief came from."""
    if belief.how == "told":
        return "told_by_nobody" if belief.by is None else "told_before" if belief.at is None else "told"
    if belief.how == "saw" and belief.at is None:
        return "authored"
    if belief.how == "inferred":
        return "inferred_from" if belief.statement.basis else "inferred"
    return belief.how
