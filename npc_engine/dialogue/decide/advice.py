"""Advice from what somebody believes: how it stands with a thing, who can see to it, what those need."""

from __future__ import annotations

from collections.abc import Iterator

from npc_engine.dialogue.decide.wording import fact_of
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Plan, Reading
from npc_engine.mind import Belief
from npc_engine.mind.discretion import tellable

MOST = 4
"""Beliefs that advice consists of, at most."""
NEEDED = ("needs", "wants")
"""Relations by which it is known what somebody lacks."""


def advice(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return advice about what is named, else about what the NPC wants; None where they believe nothing of it."""
    if act.kind not in ("ask_advice", "ask_quest"):
        return None
    named = [one for one in act.named if one not in (scene.npc, scene.speaker)]
    for matter in dict.fromkeys(named or _on_their_mind(scene)):
        found = tellable(list(_steps(matter, scene)), scene.company)[:MOST]
        if len(found) > 1:
            facts = tuple(fact_of(belief, scene, reading.language) for belief in found)
            return Plan("answer", facts=facts, reasons=("asked:advice", *(belief.id for belief in found)))
    return None


def _on_their_mind(scene: Scene) -> Iterator[str]:
    """Yield the things that the NPC's open goals name."""
    for goal in scene.persona.goals:
        if goal.open:
            for text in goal.text.values():
                yield from (one.entity for one in scene.projections.names.find(text) if one.entity != scene.npc)


def _steps(matter: str, scene: Scene) -> Iterator[Belief]:
    """Yield how it stands with a thing now, who does something about it, and what those need for that."""
    beliefs, rules = scene.mind.beliefs, scene.projections.compiled.predicates
    now = [one for one in beliefs.ask(subject=matter) if rules[one.statement.predicate].single_valued]
    state = sorted((one for one in now if one.statement.predicate != "at"), key=lambda one: -(one.event or 0))
    yield from state[:1]
    for able in beliefs.ask(object=matter):
        needed = _needs(able.statement.subject, scene)
        if "how" in rules[able.statement.predicate].asks and needed:
            yield able
            yield from needed
            return


def _needs(who: str, scene: Scene) -> list[Belief]:
    return [one for one in scene.mind.beliefs.ask(subject=who) if one.statement.predicate in NEEDED]
