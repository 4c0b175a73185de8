"""The last step of a turn: the events that make it true, all or none of them recorded."""

from __future__ import annotations

from collections.abc import Sequence

from npc_engine.chronicle import Change, Event
from npc_engine.dialogue.decide.conversing import claims_to_be
from npc_engine.dialogue.decide.declining import REASONS
from npc_engine.dialogue.scene import Scene, Turn
from npc_engine.dialogue.types import SURELY, Plan, Reading, Spoken
from npc_engine.mind import Belief
from npc_engine.mind.confidences import repeated
from npc_engine.mind.counters import PROMISED
from npc_engine.payloads import (
    REMARK,
    Addressed,
    Answered,
    Claimed,
    Confided,
    Conveyed,
    Heard,
    Improvised,
    KeptBack,
    Noted,
    Occasion,
    Raised,
    Remarked,
    Tasted,
    Told,
    Written,
    details,
)
from npc_engine.text import join_sentences
from npc_engine.world.wording import OF_THE_MOMENT


def events_of(turn: Turn, spoken: Spoken, first_id: int) -> tuple[Event, Event]:
    """Return a turn's two events, what the speaker said and what the NPC answered, with what follows from them.

    Everyone in the audience will remember both, and take up what either claimed.
    """
    scene, reading, plan = turn.scene, turn.reading, spoken.plan
    asked = Event(
        id=first_id,
        at=scene.now,
        kind="said",
        audience=scene.audience,
        text=reading.text,
        actor=scene.speaker,
        place=scene.place,
        claims=reading.claims,
        changes=(Change(scene.speaker, PROMISED, scene.npc),) if reading.promises else (),
        data=details(
            Addressed(scene.npc),
            _asked_to_keep(reading),
            Confided(confides=_confides_before(reading, scene)),
            _told(reading, scene),
        ),
    )
    facts = [fact.belief for fact in plan.stated if fact.belief.statement.predicate not in OF_THE_MOMENT]
    answered = Event(
        id=first_id + 1,
        at=scene.now,
        kind="said",
        audience=scene.audience,
        text=join_sentences(list(spoken.sentences), reading.language),
        actor=scene.npc,
        place=scene.place,
        claims=_claims(facts),
        feelings=plan.feelings,
        cause=first_id,
        data=details(
            Addressed(scene.speaker),
            Answered(reading.main.kind, plan.move, reading.language, spoken.model, plan.reasons),
            _claimed(facts),
            _kept_back(plan),
            Written(plan.written),
            Improvised(spoken.improvised),
            Noted(spoken.note),
            Conveyed([action.name for action in plan.actions], plan.memory.event_id if plan.memory else None),
            _asked_to_keep(reading) if reading.confided else _confidences(plan, facts, scene),
            _raised(plan),
            Tasted([*plan.taste]) if plan.taste else Tasted(),
        ),
    )
    return asked, answered


def _claims(facts: Sequence[Belief]) -> tuple[Change, ...]:
    """Return beliefs as what somebody claims who tells of them."""
    return tuple(
        Change(one.subject, one.predicate, one.object, belief.holds, dict(one.qualifiers))
        for belief in facts
        for one in (belief.statement,)
    )


def _claimed(facts: Sequence[Belief]) -> Claimed:
    """Return how sure somebody is of what they claim, and whom they have it from."""
    return Claimed(
        {b.id: b.confidence for b in facts},
        {b.id: b.chain for b in facts if b.chain},
        [b.id for b in facts if b.how == "lie"],
    )


def remark_of(turn: Turn, words: str, event_id: int, cause: int, occasion: Occasion) -> Event:
    """Return the event of an NPC's saying something unasked, before all who hear it, because of an earlier event."""
    scene, plan = turn.scene, turn.plan
    facts = [fact.belief for fact in plan.stated]
    others = scene.audience - {scene.npc, scene.speaker}
    return Event(
        id=event_id,
        at=scene.now,
        kind=REMARK,
        audience=scene.audience,
        text=words,
        actor=scene.npc,
        place=scene.place,
        claims=_claims(facts),
        cause=cause,
        data=details(
            Addressed(scene.speaker),
            Remarked(occasion),
            _claimed(facts),
            _confidences(plan, facts, scene),
            Heard(overheard=sorted(others)),
            _raised(plan),
        ),
    )


def _raised(plan: Plan) -> Raised:
    """Return what the NPC brought up of themself."""
    one = plan.initiative
    return Raised([one.kind, one.about or one.text]) if one else Raised()


def _kept_back(plan: Plan) -> KeptBack:
    """Return what was asked for and not told."""
    kept = [[one.secret, one.reason] for one in plan.withheld if one.reason in REASONS]
    return KeptBack([one.secret for one in plan.withheld if one.reason not in REASONS], kept)


def _asked_to_keep(reading: Reading) -> Confided:
    """Return whether the speaker asks to keep it."""
    return Confided(True, sorted(reading.pass_on)) if reading.confided else Confided()


def _told(reading: Reading, scene: Scene) -> Told:
    """Return what the speaker told of themself; that they are somebody else the NPC does not take from them."""
    told = [one for act in reading.acts for one in act.told if claims_to_be(one, scene) is None]
    heard = (act.topic for act in reading.acts if act.kind == "tell_self" and act.topic and act.confidence >= SURELY)
    rows = dict.fromkeys((one.slot, one.about, one.value) for one in told)
    return Told([list(row) for row in rows], [*dict.fromkeys(heard)])


def _confides_before(reading: Reading, scene: Scene) -> Sequence[int]:
    """Return which events a speaker asks to keep who says no more than that: what they said last, and the answer."""
    if reading.main.kind != "confide" or not scene.exchanges:
        return ()
    answered = scene.exchanges[-1].line.event_id
    asked = scene.projections.event(answered).cause
    return [answered] if asked is None else [asked, answered]


def _confidences(plan: Plan, facts: Sequence[Belief], scene: Scene) -> Confided:
    """Return the confidence that the NPC repeats to those who are in on it: it stays one."""
    told = {belief.id: belief.between for belief in facts if belief.between is not None}
    quoted = plan.memory.memory.between if plan.memory else None
    if quoted is not None:
        return repeated([*told.values(), quoted], scene.audience)
    return repeated(told.values(), scene.audience, told)
