"""Answering who asks back about what the NPC just said of their own accord, where nobody wrote more of it.

They said it, so they never say they don't know: they own up that this was all there is to it, as their temper is.
"""

from __future__ import annotations

from npc_engine.acts import acts
from npc_engine.dialogue.access import near_closed
from npc_engine.dialogue.decide.not_knowing import SAYS_NOTHING
from npc_engine.dialogue.decide.topics import OF_THE_LAST
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import BACK, Act, Plan, Reading

OF_OWN_REMARK = "own:remark"
"""The reason of a plan that answers so."""
_BY_WORD = {"why": "own_why", "how": "own_how", "how_many": "own_how", "when": "own_how"}
"""The phrase for each word that a question begins with; what it is, for any other."""
_ITS_OWN = frozenset({*OF_THE_LAST, "ask_opinion", "fish"})
"""Questions that have an answer of their own, whatever was said last."""


def of_own_remark(plan: Plan, reading: Reading, scene: Scene) -> Plan | None:
    """Return the answer to what asks about the NPC's last words, where a plan has little to say; None where not."""
    if not scene.exchanges or reading.asks_back < BACK or not _gives_way(plan, reading):
        return None
    if near_closed(reading, scene) or _is_of_the_world(reading, scene):
        return None
    return Plan("chat", phrase=_phrase(reading.main), reasons=(OF_OWN_REMARK,))


def _is_of_the_world(reading: Reading, scene: Scene) -> bool:
    """Return whether a line is about somebody or something of the world, more than that the NPC just spoke of it."""
    sides = (side for act in reading.acts for query in act.queries for side in (query.subject, query.object))
    if {side.entity for side in sides if side is not None} - {None, scene.npc, scene.speaker}:
        return True
    named = {entity for act in reading.acts for entity in act.named} - {scene.npc, scene.speaker}
    return not named <= {one.entity for one in scene.projections.names.find(scene.exchanges[-1].line.text)}


def _gives_way(plan: Plan, reading: Reading) -> bool:
    """Return whether a plan is to know nothing, to listen, or to answer as any question of its kind."""
    act, rule = reading.main, acts()[reading.main.kind]
    if plan.withheld or plan.facts or reading.wants or reading.claims or rule.grave or act.kind in _ITS_OWN:
        return False
    return rule.question if plan.reasons == (f"act:{act.kind}",) else bool(SAYS_NOTHING & {*plan.reasons})


def _phrase(act: Act) -> str:
    if act.question_word is not None:
        return _BY_WORD.get(act.question_word, "own_what")
    return "own_yes_no" if acts()[act.kind].question else "own_wonder"
