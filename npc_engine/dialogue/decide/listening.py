"""Showing that one listened: a statement nobody has words for is said back, with what invites the speaker to go on."""

from __future__ import annotations

from random import Random

from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import LISTENED, SURELY, Act, Phrase, Plan

ECHOED = "said:back"
"""The reason of a plan that says back what the speaker said."""
SAID_BACK = 0.6
"""How often a statement that is understood is said back, where it can be."""
_STATED = frozenset({"tell_self", "tell_fact", "tell_news", "remark", "complain"})
"""Acts by which somebody states what need not be taken up as true."""
_SETTLED = frozenset({"likes", "dislikes", "skill", "possession", "belief"})
"""What people tell of themselves that has answers of its own."""


def listened(act: Act, scene: Scene) -> Plan | None:
    """Return a plan that says a statement back, or else asks for more of it; None where it has an answer of its own.

    Nobody is echoed twice running.
    """
    if act.kind not in _STATED or act.mood:
        return None
    unsure = act.confidence < SURELY
    reasons = (f"act:{act.kind}", LISTENED)
    lately = scene.exchanges[-1].line.reasons if scene.exchanges else ()
    eager = Random(f"{scene.seed}/{scene.npc}/echo").random() < SAID_BACK and act.topic not in _SETTLED
    if act.echo and ECHOED not in lately and (unsure or eager):
        return Plan("chat", says=(Phrase("heard_echo", {"value": act.echo}),), reasons=(*reasons, ECHOED))
    return Plan("chat", phrase="heard", reasons=reasons) if unsure else None
