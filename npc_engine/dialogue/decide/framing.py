"""How an answer begins: with yes or no, with how many there are, with what is not so or not known."""

from __future__ import annotations

from collections.abc import Sequence

from npc_engine.dialogue.decide.recollection import Recollection
from npc_engine.dialogue.types import Plan
from npc_engine.mind import Belief


def framed(recollection: Recollection, told: Sequence[Belief]) -> Plan:
    """Return the plan of an answer but for its facts; `told` are the beliefs it will state."""
    found = recollection.answer
    if found is None:
        return Plan("answer")
    if found.instead:
        return Plan("answer", phrase="not_known", reasons=("asked:otherwise",))
    if found.verdict is not None:
        return Plan("answer", polarity=found.verdict)
    if found.number is not None and found.number == len(told) > 1:
        return Plan("answer", phrase="count", topic=found.number, reasons=("asked:number",))
    if found.missing:
        return Plan("answer", phrase="partly", topic=found.missing, reasons=("asked:partly",))
    return Plan("answer")
