"""Answering who asks back about what the NPC just said of their own accord, where nobody wrote more of it.

They said it, so they never say they don't know: they keep the rest, tease, or let it be guessed, as their temper is.
"""

from __future__ import annotations

from npc_engine.acts import acts
from npc_engine.dialogue.access import near_closed
from npc_engine.dialogue.decide.nearest import of_passages
from npc_engine.dialogue.decide.not_knowing import NOTHING, UNHEARD
from npc_engine.dialogue.decide.stories import said_last
from npc_engine.dialogue.decide.topics import HEARING_ON, in_their_words
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import BACK, LISTENED, NO_SUCH_OFFER, SAID_OVER, Act, Plan, Reading

OF_OWN_REMARK = "own:remark"
"""The reason of a plan that answers so."""
NO_ANSWER, BESIDE_IT = 0.03, 0.1
"""How likely a topic, or a passage on what is asked about, must at least be a good answer to be told all the same.

Set on 105 lines of live talks and what players gave the replies: 0.4 of 2 below, 1.1 above.
"""
SURELY_BACK = 0.7
"""How likely a line that names nothing must ask back, for what is believed of a relation in it to be no answer.

Of 13 such lines of live talks players gave the facts that were told 0.5 of 2.
"""
_FACTS = frozenset({"asked:relation", "asked:about"})
_NOTHING = frozenset({NOTHING, UNHEARD, SAID_OVER, LISTENED, NO_SUCH_OFFER})
_BY_WORD = {"why": "own_why", "how": "own_how", "how_many": "own_how", "when": "own_how"}
"""The phrase for each word that a question begins with; what it is, for any other."""
_ITS_OWN = frozenset({"ask_mean", "ask_sure", "ask_how_known", "ask_opinion", "fish"})
"""Questions that have an answer of their own, whatever was said last."""


def of_own_remark(plan: Plan, reading: Reading, scene: Scene) -> Plan | None:
    """Return the answer to what asks about the NPC's last words, where a plan has little to say; None where not."""
    if not scene.exchanges or reading.asks_back < BACK or not _gives_way(plan, reading, scene):
        return None
    if near_closed(reading, scene) or _is_of_the_world(plan, reading, scene):
        return None
    return Plan("chat", phrase=_phrase(reading.main), reasons=(OF_OWN_REMARK,))


def _is_of_the_world(plan: Plan, reading: Reading, scene: Scene) -> bool:
    """Return whether a line is about somebody or something of the world, more than that the NPC just spoke of it."""
    sides = (side for act in reading.acts for query in act.queries for side in (query.subject, query.object))
    related = {side.entity for side in sides if side is not None} - {None, scene.npc, scene.speaker}
    named = {entity for act in reading.acts for entity in act.named} - {scene.npc, scene.speaker}
    if related or (named and plan.facts):
        return True
    return not named <= {one.entity for one in scene.projections.names.find(scene.exchanges[-1].line.text)}


def _gives_way(plan: Plan, reading: Reading, scene: Scene) -> bool:
    """Return whether a plan is to know nothing, to listen, to answer as any question, or to tell what is beside it."""
    act, rule = reading.main, acts()[reading.main.kind]
    if plan.withheld or reading.wants or reading.claims or rule.grave or act.kind in _ITS_OWN:
        return False
    if plan.facts:
        return reading.asks_back >= SURELY_BACK and plan.polarity is None and plan.reasons[0] in _FACTS
    if plan.reasons == (f"act:{act.kind}",):
        return rule.question
    return bool(_NOTHING & {*plan.reasons}) or _is_beside(plan, reading, scene)


def _is_beside(plan: Plan, reading: Reading, scene: Scene) -> bool:
    """Return whether a plan tells a topic, or a passage because of what it is on, that is hardly an answer."""
    act = reading.main
    told = plan.reasons[:1]
    if len(plan.reasons) == 1 and told[0] in said_last(scene) and told[0].startswith("about:"):
        return act.kind not in HEARING_ON  # the next that was written on the same is what goes on, and no more
    if plan.reasons == (f"about:{act.topic}",):
        passages = of_passages(plan, reading, scene)
        return passages is not None and passages < BESIDE_IT
    topic = len(plan.reasons) == 1 and told[0].startswith("topic:") and not in_their_words(act)
    return topic and dict(reading.near).get(told[0], 0.0) < NO_ANSWER


def _phrase(act: Act) -> str:
    if act.question_word is not None:
        return _BY_WORD.get(act.question_word, "own_what")
    return "own_yes_no" if acts()[act.kind].question else "own_wonder"
