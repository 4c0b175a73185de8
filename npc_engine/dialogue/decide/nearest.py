"""The author's text that answers a line best, said where nothing better is known to say.

How likely it must be a good answer hangs on what it takes the place of: to know nothing is worth little, to have
listened well more.
"""

from __future__ import annotations

from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.dialogue.access import near_closed
from npc_engine.dialogue.decide.listening import STATED
from npc_engine.dialogue.decide.not_knowing import SAYS_NOTHING
from npc_engine.dialogue.decide.topics import in_their_words, under
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import BACK, Plan, Reading
from npc_engine.lang import words_of
from npc_engine.talking_points import ANY_STORY
from npc_engine.text import fold

FOR_NOTHING, FOR_FACTS, OF_THE_WORLD, ASKED_BACK, FOR_A_TOPIC, FOR_A_WORD = 0.2, 0.3, 0.4, 0.4, 0.4, 0.6
"""How likely, from 0 to 1, a text must be a good answer in place of nothing, of facts that only come to mind, of
nothing where something of the world, or what was said last, is asked about, of a topic that hardly answers, and of a
word on what kind of thing was said. Set on what readers found, blind, of 647 texts and of what was said instead.
"""
HARDLY = 0.2
"""How likely a topic must at least be a good answer for no likelier text to take its place.

What was said of such topics was worth 0.7 of 2 on 41 lines, the likelier text 1.3 or more.
"""
UNFIT = 0.05
"""How likely a passage on what is asked must at least be a good answer, to be told rather than a better text."""
NEAREST = "author:nearest"
"""The reason of a plan that says such a text."""
_STATED = STATED | {"observe"}
_OF_THE_WORLD = "ask_fact"
_ASKED_FOR = ("topic:", f"{ANY_STORY}:")
"""What the keys of texts begin with that an author foresaw to be asked for."""


def in_nearest_words(plan: Plan, reading: Reading, scene: Scene) -> Plan | None:
    """Return the author's text that answers a line best, where that is likely better than a plan; None where not."""
    least = _least(plan, reading, scene)
    if least is None or near_closed(reading, scene):
        return None
    of_the_world = reading.main.kind == _OF_THE_WORLD or _names_something(reading, scene)
    foreseen = of_the_world or _tells_topic(plan, reading)
    for key, likely in reading.near:
        if foreseen and not key.startswith(_ASKED_FOR):
            continue  # a sample shows a manner, and a passage is on the NPC
        if _leaves_out(key, reading, scene):
            continue
        if likely >= least and (told := under(key, reading.language, scene)) is not None:
            return replace(told, reasons=(*told.reasons, NEAREST))
    return None


def _least(plan: Plan, reading: Reading, scene: Scene) -> float | None:
    """Return how likely a better text must be a good answer for it to take a plan's place; None where it may not."""
    act, rule, why = reading.main, acts()[reading.main.kind], {*plan.reasons}
    if plan.withheld or reading.wants or reading.claims or rule.grave or rule.light:
        return None
    if SAYS_NOTHING & why or _tells_beside(plan, reading, scene):
        asked = act.kind == _OF_THE_WORLD and _names_something(reading, scene)
        return OF_THE_WORLD if asked else ASKED_BACK if reading.asks_back >= BACK else FOR_NOTHING
    if "asked:about" in why:
        return None if _names_something(reading, scene) else FOR_FACTS
    if _tells_topic(plan, reading):
        return FOR_A_TOPIC if dict(reading.near).get(plan.reasons[0], 0.0) < HARDLY else None
    of_its_kind = plan.reasons == (f"act:{act.kind}",) and act.kind in _STATED
    return FOR_A_WORD if of_its_kind else None


def _tells_topic(plan: Plan, reading: Reading) -> bool:
    """Return whether a plan tells a topic, and that was not asked for in the very words of its author."""
    alone = len(plan.reasons) == 1 and plan.reasons[0].startswith("topic:")
    return alone and not in_their_words(reading.main)


def _names_something(reading: Reading, scene: Scene) -> bool:
    """Return whether what is answered names somebody or something of the world."""
    return bool(set(reading.main.named) - {scene.npc, scene.speaker})


def _leaves_out(key: str, reading: Reading, scene: Scene) -> bool:
    """Return whether a topic does not name what a line asks after: 'Does Ben snore?', 'Does Ben like apples?'

    That is both ends of a relation, and the people of whom something is asked that is not asked of the hearer.
    """
    known, words = scene.projections.compiled.entities, words_of(reading.language)
    of_hearer = words.any_of(words.pronouns.get("you", ()), fold(reading.text))
    people = {one for one in reading.main.named if one in known and known[one].kind == "person"}
    asked: set[str | None] = set() if of_hearer else {*people}
    for query in reading.main.queries[:1]:
        ends = {side.entity for side in (query.subject, query.object) if side is not None}
        asked |= set() if scene.npc in ends else ends
    asked -= {None, scene.npc, scene.speaker}
    topics = (one for one in scene.persona.topics if one.key == key)
    wordings = (wording for one in topics for wording in one.asks.get(reading.language, ()))
    named = {one.entity for wording in wordings for one in scene.projections.names.find(wording)}
    return bool(asked) and key.startswith("topic:") and not asked <= named


def _tells_beside(plan: Plan, reading: Reading, scene: Scene) -> bool:
    """Return whether a plan tells a passage on a topic that was asked about, which is hardly an answer."""
    told = {*plan.reasons[:1], *plan.written}
    on_topic = ((at, one) for at, one in enumerate(scene.persona.about) if one.topic is not None)
    keys = {scene.persona.by_its_words(at) for at, one in on_topic if one.key in told}
    return bool(keys) and sum(likely for key, likely in reading.near if key in keys) < UNFIT
