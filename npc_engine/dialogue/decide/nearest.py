"""The author's text that answers a line best, said where nothing better is known to say.

How likely it must be a good answer hangs on what it takes the place of: to know nothing is worth little, to have
listened well more.
"""

from __future__ import annotations

from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.dialogue.access import near_closed
from npc_engine.dialogue.decide.listening import STATED
from npc_engine.dialogue.decide.not_knowing import NOTHING, UNHEARD
from npc_engine.dialogue.decide.topics import under
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import LISTENED, NO_SUCH_OFFER, SAID_OVER, Plan, Reading

FOR_NOTHING, FOR_FACTS, FOR_A_WORD, OF_SOMETHING = 0.15, 0.3, 0.6, 0.4
"""How likely, from 0 to 1, a text must be a good answer in place of nothing, of facts that only come to mind, of a word
on what kind of thing was said, and where somebody or something of the world is named. Set on what readers found,
blind, of 647 texts and of what was said instead.
"""
UNFIT = 0.05
"""How likely a passage on what is asked must at least be a good answer, to be told rather than a better text."""
NEAREST = "author:nearest"
"""The reason of a plan that says such a text."""
_NOTHING = frozenset({NOTHING, UNHEARD, SAID_OVER, LISTENED, NO_SUCH_OFFER})
_STATED = STATED | {"observe"}


def in_nearest_words(plan: Plan, reading: Reading, scene: Scene) -> Plan | None:
    """Return the author's text that answers a line best, where that is likely better than a plan; None where not."""
    least = _least(plan, reading, scene)
    if least is None or near_closed(reading, scene):
        return None
    for key, likely in reading.near:
        if likely >= least and (told := under(key, reading.language, scene)) is not None:
            return replace(told, reasons=(*told.reasons, NEAREST))
    return None


def _least(plan: Plan, reading: Reading, scene: Scene) -> float | None:
    """Return how likely a better text must be a good answer for it to take a plan's place; None where it may not."""
    act, rule, why = reading.main, acts()[reading.main.kind], {*plan.reasons}
    if plan.withheld or reading.wants or reading.claims or rule.grave or rule.light:
        return None
    named = bool(set(act.named) - {scene.npc, scene.speaker})
    if _NOTHING & why or _tells_beside(plan, reading, scene):
        return OF_SOMETHING if named else FOR_NOTHING
    if named or plan.polarity is not None:
        return None
    if "asked:about" in why:
        return FOR_FACTS
    of_its_kind = plan.reasons == (f"act:{act.kind}",) and act.kind in _STATED
    return FOR_A_WORD if of_its_kind else None


def _tells_beside(plan: Plan, reading: Reading, scene: Scene) -> bool:
    """Return whether a plan tells a passage on a topic that was asked about, which is hardly an answer."""
    told = {*plan.reasons[:1], *plan.written}
    keys = {scene.persona.by_its_words(at) for at, one in enumerate(scene.persona.about) if one.key in told}
    return bool(keys) and sum(likely for key, likely in reading.near if key in keys) < UNFIT
