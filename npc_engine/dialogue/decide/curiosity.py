"""What an NPC likes to ask people, and what they say to the answers."""

from __future__ import annotations

from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.dialogue.access import is_open, touched
from npc_engine.dialogue.decide.stories import said_last
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import ASKING, Act, Plan, Reading
from npc_engine.lang import pack
from npc_engine.talking_points import Question
from npc_engine.text import Language

AGREEING = frozenset({"yes", "agree", "accept"})
REFUSING = frozenset({"no", "disagree", "refuse"})
"""Acts that answer a question with yes, and with no."""
HEARD = 0.6
"""How surely something else must be heard for it not to be taken for the answer."""
LONG = 8
"""Words, or twice as many characters, beyond which a line is more than the answer to a question."""
_ANSWERING = frozenset({"tell_self", "remark", "tell_fact", "dont_know", "acknowledge", "laugh", "joke", "silence"})
"""Acts that may answer a question beside those that say yes or no."""


def questions(scene: Scene) -> tuple[Question, ...]:
    """Return the questions that the speaker was not asked yet and that may be asked now, in the author's order."""
    return tuple(one for one in scene.persona.asks if not scene.used(one.key) and scene.holds(one.when))


def ask(plan: Plan, question: Question, language: Language) -> Plan:
    """Return a plan that ends in a question of the NPC's; the same plan where it is not written in the language."""
    wordings = question.asks.get(language)
    if not wordings:
        return plan
    return replace(
        plan,
        question=wordings[0],
        written=(*plan.written, question.key),
        reasons=(*plan.reasons, question.key),
    )


def answered(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return what the author has the NPC say to the answer to their question; None where it is none, or nothing is."""
    question = next((one for one in scene.persona.asks if one.key in said_last(scene)), None)
    rule = acts()[act.kind]
    if question is None or rule.question or rule.grave or act.actions or reading.text.endswith(ASKING):
        return None
    if any(one.slot == "name" for one in act.told) or (act.mood and act.mood not in ("glad", "tired")):
        return None  # who tells their name, or how badly they are, is answered to that
    if act.kind not in AGREEING | REFUSING | _ANSWERING and act.confidence >= HEARD:
        return None
    if (near := touched(reading, scene)) is not None and not is_open(near, scene):
        return None
    done = {one.kind for one in reading.acts}
    speech = pack(reading.language)
    if not done & (AGREEING | REFUSING) and len(speech.tokens(reading.text)) > (LONG if speech.spaced else 2 * LONG):
        return None  # who tells more than an answer takes is heard for what they tell
    chosen = question.yes if done & AGREEING else question.no if done & REFUSING else question.says
    texts = chosen.get(reading.language) or question.says.get(reading.language)
    if not texts:
        return None
    return Plan("chat", says=(texts[0],), reasons=(f"answer to {question.key}",))
