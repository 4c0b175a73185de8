"""'Why?', 'really?', 'are you sure?', 'how do you know?': answered from how the NPC knows what they said last.

Where nothing was said yet there is nothing to be sure of, and they say so.
"""

from __future__ import annotations

from npc_engine.dialogue.decide.answering import answer
from npc_engine.dialogue.decide.wording import fact_of
from npc_engine.dialogue.query import Query, Term
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Phrase, Plan, Reading
from npc_engine.mind import Belief
from npc_engine.mind.discretion import tellable

ASKING_BACK = frozenset({"ask_how_known", "ask_sure", "ask_why", "ask_more", "ask_mean"})
"""Acts that ask about what was said last."""
SURE = 0.75
"""Confidence from which somebody says that they are sure."""
_PUT_FORWARD = frozenset({"tell_fact", "tell_news", "report", "guess", "accuse"})
"""Acts that put something forward: who asks then whether it is so asks about their own words."""
_LOST = frozenset({"unknown", "unknown_name", "confused"})


def grounds(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return the answer to a question about what the NPC said last; None where their own words must do."""
    if act.kind not in ASKING_BACK:
        return None
    if act.asks_which and scene.exchanges:
        meant = {"comply": "yes_meant", "refuse": "no_meant"}.get(scene.exchanges[-1].line.move, "that_a_yes")
        return Plan("chat", phrase=meant, reasons=("asked:yes or no",))
    if not scene.exchanges:
        return Plan("chat", phrase="about_what", reasons=("asked:nothing said",))
    if act.kind in ("ask_more", "ask_mean"):
        return None
    back = reversed(scene.exchanges)
    asked_of = (one.line for one in back if one.line.facts or one.reading.main.kind not in ASKING_BACK)
    last = next(asked_of, scene.exchanges[-1].line)  # 'Why?', 'Really?', 'Are you sure?' are about one and the same
    beliefs = [fact.belief for fact in last.facts if fact.belief.how != "lie"]
    if not beliefs and act.kind == "ask_sure" and scene.exchanges[-1].reading.main.kind in _PUT_FORWARD:
        return Plan("chat", phrase="sure_told", reasons=("asked:of their own words",))
    if not beliefs:
        phrase = "ask_mean" if act.kind == "ask_why" else "sure_unknown"  # there is no reason for having none
        return Plan("chat", phrase=phrase, reasons=("asked:nothing known",)) if last.move in _LOST else None
    if act.kind == "ask_why" and (caused := _cause(beliefs[0], reading, scene)) is not None:
        return caused
    return Plan("chat", says=(_provenance(beliefs[0], act, scene),), reasons=("asked:grounds",))


def is_why_of_nothing(act: Act, scene: Scene) -> bool:
    """Return whether an act asks for the reason of the NPC's last answer, which was that they don't know."""
    return act.kind == "ask_why" and bool(scene.exchanges) and scene.exchanges[-1].line.move in _LOST


def _provenance(belief: Belief, act: Act, scene: Scene) -> Phrase:
    """Return how the NPC knows something: seen, told by somebody, worked out, or theirs all along."""
    sure = act.kind == "ask_sure"
    if belief.how == "told" and belief.by and belief.by != scene.npc:
        return Phrase("sure_heard" if sure else "known_from", {"whom": Term("", entity=belief.by)})
    if sure and belief.confidence < SURE:
        return Phrase("sure_not")
    if belief.how == "saw":
        return Phrase("sure_seen" if sure else "known_seen")
    if sure:
        return Phrase("sure_known")
    return Phrase("known_inferred" if belief.statement.basis else "known_self")


def _cause(belief: Belief, reading: Reading, scene: Scene) -> Plan | None:
    """Return what brought something to the state it is in, where it is believed who or what did."""
    subject, rules = belief.statement.subject, scene.projections.compiled.predicates
    if not rules[belief.statement.predicate].single_valued:
        return None
    for predicate, rule in rules.items():
        if not {"who", "why", "how"} <= set(rule.asks) or predicate == belief.statement.predicate:
            continue
        about = Term("", entity=subject)
        for query in (Query(predicate, subject=about), Query(predicate, object=about)):
            found = tellable(answer(query, scene).beliefs, scene.company)
            if found:
                facts = tuple(fact_of(one, scene, reading.language) for one in found[:1])
                return Plan("answer", facts=facts, reasons=("asked:why",))
    return None
