"""The last step of a turn: the events that make it true, all or none of them recorded."""

from __future__ import annotations

from npc_engine.chronicle import Change, Event
from npc_engine.dialogue.scene import Turn
from npc_engine.dialogue.types import Spoken
from npc_engine.mind.keepsakes import PROMISED
from npc_engine.text import join_sentences
from npc_engine.world.wording import OF_THE_MOMENT


def events_of(turn: Turn, spoken: Spoken, first_id: int) -> tuple[Event, Event]:
    """Give a turn's two events, what the speaker said and what the NPC answered, with what follows from them.

    Whoever is in the audience will remember both, and take up what either claimed.
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
        data={"to": scene.npc},
    )
    facts = [fact.belief for fact in plan.facts if fact.belief.statement.predicate not in OF_THE_MOMENT]
    statements = [belief.statement for belief in facts]
    answered = Event(
        id=first_id + 1,
        at=scene.now,
        kind="said",
        audience=scene.audience,
        text=join_sentences(list(spoken.sentences), reading.language),
        actor=scene.npc,
        place=scene.place,
        claims=tuple(
            Change(s.subject, s.predicate, s.object, belief.holds, dict(s.qualifiers))
            for s, belief in zip(statements, facts, strict=True)
        ),
        feelings=plan.feelings,
        cause=first_id,
        data={
            "to": scene.speaker,
            "act": reading.main.kind,
            "move": plan.move,
            "language": reading.language,
            "model": spoken.model,
            "reasons": list(plan.reasons),
            **({"confidence": {b.id: b.confidence for b in facts}} if facts else {}),
            **({"chain": chains} if (chains := {b.id: list(b.chain) for b in facts if b.chain}) else {}),
            **({"lies": lies} if (lies := [b.id for b in facts if b.how == "lie"]) else {}),
            **({"withheld": [w.secret for w in plan.withheld]} if plan.withheld else {}),
            **({"actions": [action.name for action in plan.actions]} if plan.actions else {}),
            **({"memory": plan.memory.event_id} if plan.memory else {}),
        },
    )
    return asked, answered
