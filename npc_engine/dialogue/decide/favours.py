"""What is asked for that no action is declared for: goods that are for sale, small favours, words said once more.

What none of these answers is refused, and the refusal names it.
"""

from __future__ import annotations

from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.dialogue.access import covering, is_open
from npc_engine.dialogue.decide.answering import answer
from npc_engine.dialogue.decide.conversing import converse, in_the_moment
from npc_engine.dialogue.decide.grounds import ASKING_BACK
from npc_engine.dialogue.decide.not_knowing import SAYS_NOTHING
from npc_engine.dialogue.decide.wording import fact_of
from npc_engine.dialogue.query import Query
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import ASKED, NO_SUCH_OFFER, Act, Phrase, Plan, Reading
from npc_engine.dialogue.wants import Pending
from npc_engine.mind import Belief
from npc_engine.mind.discretion import tellable
from npc_engine.text import Language, terms

LEAVING = 0.7
"""Confidence from which somebody leaves who says something else beside: 夫人走了 is no goodbye."""
AGAIN, ANYTHING = "say_that_again", "pour_something"
"""The moments in which somebody asks to hear the last line once more, and to be served whatever there is."""


def unoffered(reading: Reading, scene: Scene) -> Plan:
    """Return the answer to a request for which the NPC offers no action; to who leaves with one, a goodbye."""
    act, language = reading.main, reading.language
    found = goods(act, language, scene) or _suggested(act, language, scene) or once_more(act, scene)
    return found or in_the_moment(act, language, scene) or _goodbye(reading, scene) or _refused(act)


def _goodbye(reading: Reading, scene: Scene, least: float = ASKED) -> Plan | None:
    """Return a goodbye to who asks for something in leaving: 'I'm off, say hello to Pip.'; None where nobody does."""
    parting = next((act for act in reading.acts if act.kind == "part" and act.confidence >= least), None)
    return None if parting is None else converse(parting, reading, scene)


def leaving(plan: Plan, reading: Reading, scene: Scene) -> Plan | None:
    """Return a goodbye to who says in leaving what a plan has no answer to; None where nobody does."""
    in_vain = SAYS_NOTHING & {*plan.reasons} or reading.main.kind in ASKING_BACK
    return _goodbye(reading, scene, LEAVING) if in_vain and reading.main.kind != "part" else None


def with_goodbye(plan: Plan, reading: Reading, scene: Scene) -> Plan:
    """Return an answer with a goodbye behind it, where it is to a request that somebody makes in leaving."""
    bye = _goodbye(reading, scene) if acts()[reading.main.kind].deed else None
    if bye is None or bye.phrase is None:
        return plan
    return replace(bye, phrase=None, says=(*plan.says, Phrase(bye.phrase)), written=plan.written, reasons=plan.reasons)


def goods(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return whether a thing that somebody would like to have is for sale, and for how much; else who sells it."""
    if not act.goods:
        return None
    sold, *more = ([one for one in _known(query, scene) if one.holds] for query in act.goods)
    told = next((found for found in more if found), []) if sold else next((found for found in more[1:] if found), [])
    facts = tuple(fact_of(one, scene, language) for one in (told or sold)[:2])
    return Plan("answer", facts=facts, reasons=("asked:goods",)) if facts else None


def _known(query: Query, scene: Scene) -> list[Belief]:
    """Return what is believed of a question and may be told here; nothing where any of it is a closed secret's."""
    found = answer(query, scene).beliefs
    closed = any((secret := covering(one, scene)) and not is_open(secret, scene) for one in found)
    return [] if closed else tellable(found, scene.company)


def _suggested(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return what the NPC offers of themself to who asks for anything at all, in a word of the offer's: to pour ale."""
    if act.moment != ANYTHING:
        return None
    for offer in scene.persona.offers:
        action = scene.actions[offer.action]
        words = {term for one in action.words.get(language, ()) for term in terms(one)}
        needed = any(param.is_needed for param in action.params)
        if not needed and act.gist & words and scene.holds(offer.when):
            deed = Phrase("shall_i", {"deed": action.names.get(language, action.id)})
            return Plan(
                "ask_back", says=(deed,), pending=Pending(action.id, {}), reasons=(f"offers:{action.id}", "asks")
            )
    return None


def once_more(act: Act, scene: Scene) -> Plan | None:
    """Return the NPC's last line, for who asks to hear it again; None where nobody does."""
    if act.moment != AGAIN or not scene.exchanges:
        return None
    return Plan("chat", says=(scene.exchanges[-1].line.text,), reasons=(f"moment:{AGAIN}", "again"))


def _refused(act: Act) -> Plan:
    reasons = (NO_SUCH_OFFER,)
    if act.echo:
        return Plan("refuse", says=(Phrase("wanted_over", {"question": act.echo}),), reasons=reasons)
    return Plan("refuse", phrase="request", reasons=reasons)
