"""Whether somebody is who they are asked to be: 'Are you Greta?', 'Is Mira the herbalist?', 你是铁匠吗."""

from __future__ import annotations

from npc_engine.dialogue.decide.wording import fact_of
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Plan
from npc_engine.mind import Belief
from npc_engine.text import Language
from npc_engine.world import Statement
from npc_engine.world.wording import DESCRIBED, NAMED


def whether_the_same(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return yes or no to whether two names are one person's, with who that is; None where nothing of it is asked."""
    related = any(query.subject is not None and query.object is not None for query in act.queries)
    if not act.yes_no or (act.gist and "same" not in act.subject) or related:
        return None
    named = [term.named() for term in act.terms]
    named = [*named[:1], *dict.fromkeys(named[1:])]  # 你是米拉大夫吗
    if len(named) != 2 or any(len(one) != 1 for one in named):
        return None
    entities = scene.projections.compiled.entities
    one, other = (entities.get(name[0]) for name in named)
    if one is None or other is None or {one.kind, other.kind} != {"person"}:
        return None
    if one.id == scene.speaker or not (scene.mind.heard_of(one) and scene.mind.heard_of(other)):
        return None
    same = one.id == other.id
    relation = NAMED if one.id == scene.npc else DESCRIBED
    facts = (fact_of(Belief(Statement(one.id, relation, one.id), "authored"), scene, language),) if one.summary else ()
    return Plan("answer", facts=facts, polarity=same, reasons=("asked:identity",))
