"""A life as the chronicle has it: what somebody perceived, said and was told, what they let go, how they felt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from npc_engine.chronicle import Event
from npc_engine.mind.fading import FADED
from npc_engine.mind.feelings import Feelings
from npc_engine.mind.impressions import Impressions
from npc_engine.mind.mind_state import felt_at_first
from npc_engine.payloads import Addressed, Claimed, Edited, Forgotten, Reflected
from npc_engine.persona import Persona
from npc_engine.pictures.known import Known, Verdict
from npc_engine.pictures.svg import Mark
from npc_engine.text import cleaned
from npc_engine.world import Statement

Aspect = Literal["mood", "affinity", "trust", "fear"]
Curve = tuple[Aspect, str]
"""What is felt, toward whom; a mood is toward nobody."""

STILL = 0.02
"""What a feeling must have moved by to be drawn."""


@dataclass(slots=True)
class Moment:
    """Something in a life: what it was, who said it or to whom, in words, and what became of the memory of it.

    `felt` is how things stood with each curve right after it.
    """

    event: int
    at: datetime
    kind: Mark
    who: str
    text: str
    verdict: Verdict = "true"
    fate: str = ""
    felt: dict[Curve, float] = field(default_factory=dict)


@dataclass(slots=True)
class Life:
    """The moments of a life in order, and the feelings that moved most, the most moved first."""

    moments: list[Moment]
    curves: list[Curve]
    begin: dict[Curve, float]


def lived(known: Known, events: Iterable[Event], who: str) -> Life:
    """Return somebody's life, from the events of a game."""
    feelings = felt_at_first(known.content.personas.get(who))
    touched: dict[str, None] = {}
    begin = _felt(feelings, known.content.personas.get(who), known.now)
    moments: list[Moment] = []
    by_event: dict[int, Moment] = {}
    for event in events:
        for change in event.feelings:
            if change.who == who:
                feelings.move(change, event.at)
                touched[change.toward] = None
        if event.kind == FADED and event.actor == who:
            feelings.faded(dict.fromkeys(change.toward for change in event.feelings), event.at)
        moment = _moment(known, event, who)
        _let_go(known, event, who, by_event)
        if moment is not None:
            moment.felt = _levels(feelings, touched, event.at)  # what faded by night shows with the next
            moments.append(moment)
            by_event[event.id] = moment
    return Life(moments, _moved(moments, begin), begin)


def _moment(known: Known, event: Event, who: str) -> Moment | None:
    """Return what an event was to somebody; None where they perceived nothing of it worth a line."""
    text = cleaned(event.text).strip()
    edit = Edited.read(event).edit
    if edit is not None:
        if who not in event.audience:
            return None
        claims = " ".join(known.word(Statement.of(one), holds=one.holds) for one in event.claims)
        return Moment(event.id, event.at, "inferred", known.say("edited"), text or claims or edit.unlearns or "…")
    reflected, forgotten = Reflected.read(event), Forgotten.read(event)
    if event.actor == who and reflected.of:
        worded = reflected.worded.get(known.language, text)
        said = known.say("summed_up", number=len(forgotten.forgets)) if reflected.summary else known.say("concluded")
        return Moment(event.id, event.at, "merged" if reflected.summary else "inferred", said, cleaned(worded))
    if event.actor == who and forgotten.forgets:
        return Moment(event.id, event.at, "gone", "", known.say("forgot", number=len(forgotten.forgets)))
    if who not in event.audience or not Impressions.left_by(event):
        return None
    if event.actor == who:
        to = Addressed.read(event).to
        name = known.say("to", name=known.name(to)) if to else known.say("said" if event.kind == "said" else "did")
        return Moment(event.id, event.at, "said", name, text, _verdict(known, event))
    kind: Mark = "told" if event.actor and (event.claims or event.kind in ("said", "gossip", "told")) else "saw"
    actor = known.name(event.actor) if event.actor else ""
    return Moment(event.id, event.at, kind, actor, text, _verdict(known, event))


def _verdict(known: Known, event: Event) -> Verdict:
    """Return the worst of what the world makes of an event's claims."""
    chains = Claimed.read(event).chain
    found = {
        known.verdict(Statement.of(one), one.holds, (chains.get(one.statement_id) or [event.actor or ""])[0])[0]
        for one in event.claims
    }
    return "false" if "false" in found else "unsettled" if "unsettled" in found else "true"


def _let_go(known: Known, event: Event, who: str, by_event: Mapping[int, Moment]) -> None:
    """Note on earlier moments that the memory of them goes, and how."""
    edit = Edited.read(event).edit
    if edit is not None and who in event.audience:
        gone = [one for one in (edit.forgets, edit.amends) if one is not None]
    else:
        gone = list(Forgotten.read(event).forgets) if event.actor == who else []
    fate = "edited" if edit else "merged" if Reflected.read(event).summary else "let_go"
    for event_id in gone:
        if (moment := by_event.get(event_id)) is not None:
            moment.fate = known.say("dated", what=known.say(fate), when=known.when(event.at))


# -- feelings ----------------------------------------------------------------------------------------


def _felt(feelings: Feelings, persona: Persona | None, at: datetime) -> dict[Curve, float]:
    return _levels(feelings, dict.fromkeys(persona.relationships) if persona else {}, at)


def _levels(feelings: Feelings, toward: Iterable[str], at: datetime) -> dict[Curve, float]:
    found: dict[Curve, float] = {("mood", ""): feelings.mood(at)}
    for other in toward:
        felt = feelings.toward(other)
        found |= {("affinity", other): felt.affinity, ("trust", other): felt.trust, ("fear", other): felt.fear}
    return found


def _moved(moments: Iterable[Moment], begin: Mapping[Curve, float]) -> list[Curve]:
    """Return the feelings that moved at all, the most moved first."""
    lows, highs = dict(begin), dict(begin)
    for moment in moments:
        for curve, level in moment.felt.items():
            lows[curve] = min(lows.get(curve, 0.0), level)
            highs[curve] = max(highs.get(curve, 0.0), level)
    spans = {curve: highs[curve] - lows[curve] for curve in highs}
    return sorted((one for one in spans if spans[one] >= STILL), key=lambda one: (-spans[one], one))
