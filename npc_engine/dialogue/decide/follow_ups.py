"""Answering what is asked about the NPC's last words as their author foresaw: a follow-up on the text that was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.dialogue.access import near_closed
from npc_engine.dialogue.decide.not_knowing import SAYS_NOTHING
from npc_engine.dialogue.decide.topics import RITES, in_their_words, next_of
from npc_engine.dialogue.scene import LATELY, Scene
from npc_engine.dialogue.types import BACK, SURELY, Phrase, Plan, Reading

FOR_NOTHING, ASKED_BACK, FOR_ANYTHING, FOR_A_REFUSAL = 0.2, 0.3, 0.5, 0.85
"""How likely, from 0 to 1, a follow-up must be asked for to be told in place of nothing, where a line asks back, in
place of whatever else was found or kept back, and of a refusal to do what was hardly asked for. Of 370 lines typed
after a text that has follow-ups, those as likely as the first three answered the line, or half of it, in 67, 71 and 80
of a hundred.
"""
LED_TO = 0.08
"""How likely one must be at least to be told in place of nothing, as the nearest there is."""


def on_what_was_said(plan: Plan, reading: Reading, scene: Scene) -> Plan | None:
    """Return the follow-up that a line asks for, where that is likely better than a plan; None where not."""
    if not reading.follows or not _gives_way(plan, reading) or near_closed(reading, scene):
        return None
    key, likely = reading.follows[0]
    least = max(_least(plan, reading), 0.0 if _was_just_said(key, scene) else FOR_ANYTHING)
    return _told(key, reading, scene) if likely >= least else None


def nearest_to_what_was_said(plan: Plan, reading: Reading, scene: Scene) -> Plan | None:
    """Return the follow-up that comes nearest to what is asked in vain about the NPC's last words, said to be that."""
    in_vain = bool(SAYS_NOTHING & {*plan.reasons}) and acts()[reading.main.kind].question and not reading.wants
    if not (in_vain and reading.follows and _gives_way(plan, reading)) or near_closed(reading, scene):
        return None
    key, likely = reading.follows[0]
    if reading.asks_back < BACK or likely < LED_TO or not _was_just_said(key, scene):
        return None
    told = _told(key, reading, scene)
    return told and replace(told, before=(Phrase("as_near"),))


def _was_just_said(key: str, scene: Scene) -> bool:
    """Return whether what a follow-up is on stands in the NPC's last line."""
    last = scene.exchanges[-1].line
    return any(key in one.follow_ups for one in scene.persona.asked_on(last.text, last.reasons))


def _told(key: str, reading: Reading, scene: Scene) -> Plan | None:
    """Return the plan of telling a follow-up; None where all of it was told, or a line names what it is not on."""
    follow_up = next(each for one in scene.followed for known, each in one.follow_ups.items() if known == key)
    told = follow_up.says.get(reading.language, [])
    text = next_of(told, scene.used(key), scene) if told else None
    if text is None or not _is_of(reading, [text, *follow_up.asks.get(reading.language, [])], scene):
        return None
    return Plan("chat", says=(text,), written=(key,), reasons=(key,))


def _is_of(reading: Reading, texts: Sequence[str], scene: Scene) -> bool:
    """Return whether all that a line names is spoken of in some texts, or was by the NPC lately."""
    names = scene.projections.names
    named = {one.entity for one in names.find(reading.text)} - {scene.npc, scene.speaker}
    spoken = [*texts, *(exchange.line.text for exchange in scene.exchanges[-LATELY:])]
    return named <= {one.entity for text in spoken if named for one in names.find(text)}


def _gives_way(plan: Plan, reading: Reading) -> bool:
    """Return whether a plan may give way: it does nothing, and is not what the author foresaw."""
    act, rule = reading.main, acts()[reading.main.kind]
    if act.kind in RITES and act.confidence >= SURELY:
        return False
    return not (plan.actions or plan.pending or reading.claims or rule.grave or in_their_words(act))


def _least(plan: Plan, reading: Reading) -> float:
    if reading.wants:
        return FOR_A_REFUSAL
    if plan.withheld:
        return FOR_ANYTHING
    if SAYS_NOTHING & {*plan.reasons}:
        return FOR_NOTHING
    return ASKED_BACK if reading.asks_back >= BACK else FOR_ANYTHING
