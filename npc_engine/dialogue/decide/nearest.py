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
from npc_engine.dialogue.types import ASKING, BACK, NO_SUCH_OFFER, Phrase, Plan, Reading
from npc_engine.lang import words_of
from npc_engine.talking_points import ANY_STORY, BY_ITS_WORDS
from npc_engine.text import Language, fold

FOR_NOTHING, FOR_FACTS, OF_THE_WORLD, ASKED_BACK, FOR_A_TOPIC, FOR_A_WORD = 0.2, 0.3, 0.4, 0.4, 0.4, 0.6
"""How likely, from 0 to 1, a text must be a good answer in place of nothing, of facts that only come to mind, of
nothing where something of the world, or what was said last, is asked about, of a topic that hardly answers, and of a
word on what kind of thing was said. Set on what readers found, blind, of 647 texts and of what was said instead.
"""
FOR_A_FACT = 0.85
"""How likely a text must be a good answer in place of facts that are believed of what is asked."""
HARDLY = 0.2
"""How likely a topic must at least be a good answer for no likelier text to take its place.

What was said of such topics was worth 0.7 of 2 on 41 lines, the likelier text 1.3 or more.
"""
LED_TO = 0.12
"""How likely it must be at least to be said as the nearest that there is: of 24 such texts half were to the point."""
ON_THE_NPC = 0.5
"""How likely what is on the NPC must be a good answer to what seems to ask for something else."""
UNFIT = 0.05
"""How likely a passage on what is asked must at least be a good answer, to be told rather than a better text."""
NEAREST = "author:nearest"
"""The reason of a plan that says such a text."""
_FACTS = frozenset({"asked:relation", "asked:otherwise"})
_STATED = STATED | {"observe"}
_OF_THE_WORLD = "ask_fact"
_ASKED_FOR = ("topic:", f"{ANY_STORY}:")
"""What the keys of texts begin with that an author foresaw to be asked for."""


def in_nearest_words(plan: Plan, reading: Reading, scene: Scene) -> Plan | None:
    """Return the author's text that answers a line best, where that is likely better than a plan; None where not.

    What may well miss the point, in place of nothing, is led up to as the nearest that the NPC has.
    """
    least = _least(plan, reading, scene)
    if least is None or near_closed(reading, scene):
        return None
    of_the_world = reading.main.kind == _OF_THE_WORLD or _names_something(reading, scene)
    foreseen = of_the_world or _tells_topic(plan, reading)
    on_the_npc = ON_THE_NPC if acts()[reading.main.kind].question else 1.0
    led_to = min(least, LED_TO if _is_asked_in_vain(plan, reading) else least)
    for key, likely in reading.near:
        on_npc = key.startswith(BY_ITS_WORDS) and likely >= on_the_npc
        if foreseen and not (on_npc or key.startswith(_ASKED_FOR)):
            continue  # a sample shows a manner, and a passage is on the NPC
        if likely < led_to or _leaves_out(key, reading, scene):
            continue
        if likely < least and not _is_question(key, reading.language, scene):
            continue
        if (told := under(key, reading.language, scene)) is not None:
            before = (Phrase("as_near"),) if likely < least else ()
            return replace(told, before=(*before, *told.before), reasons=(*told.reasons, NEAREST))
    return None


def _is_asked_in_vain(plan: Plan, reading: Reading) -> bool:
    """Return whether nothing is found to say to a request, or to a question that a remark may answer."""
    why = {*plan.reasons}
    act = reading.main
    asks = acts()[act.kind].question and act.question_word not in ("where", "how_many")
    return bool(SAYS_NOTHING & why) and (asks or NO_SUCH_OFFER in why)


def _is_question(key: str, language: Language, scene: Scene) -> bool:
    """Return whether a topic, or a story, answers a question: 'Do you have a room?', and not 'My dog died.'"""
    topics = (one for one in scene.persona.topics if one.key == key)
    asked = next((one.asks[language][0] for one in topics if one.asks.get(language)), "")
    return key.startswith(_ASKED_FOR[1]) or asked.endswith(ASKING)


def _least(plan: Plan, reading: Reading, scene: Scene) -> float | None:
    """Return how likely a better text must be a good answer for it to take a plan's place; None where it may not."""
    act, rule, why = reading.main, acts()[reading.main.kind], {*plan.reasons}
    bids = any(want.readings[0].bid for want in reading.wants) or (reading.wants and NO_SUCH_OFFER not in why)
    if plan.withheld or bids or reading.claims or rule.grave or rule.light:
        return None
    if SAYS_NOTHING & why or _tells_beside(plan, reading, scene):
        asked = act.kind == _OF_THE_WORLD and _names_something(reading, scene)
        asked = asked or bool(reading.wants)
        return OF_THE_WORLD if asked else ASKED_BACK if reading.asks_back >= BACK else FOR_NOTHING
    if "asked:about" in why:
        return None if _names_something(reading, scene) else FOR_FACTS
    if _FACTS & why:
        settled = plan.polarity is not None and all(act.queries and (act.queries[0].subject, act.queries[0].object))
        return None if settled or act.question_word in ("who", "where", "when") else FOR_A_FACT
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

    That is both ends of a relation, and the people of whom something is asked that is not asked of the hearer. No topic
    tells where they are.
    """
    if not key.startswith("topic:"):
        return False
    known, words = scene.projections.compiled.entities, words_of(reading.language)
    of_hearer = words.any_of(words.pronouns.get("you", ()), fold(reading.text))
    people = {one for one in reading.main.named if one in known and known[one].kind == "person"}
    by_name = people & {one.entity for one in scene.projections.names.find(reading.text)}
    asked: set[str | None] = set() if of_hearer else {*(by_name or people)}
    for query in reading.main.queries[:1]:
        ends = {side.entity for side in (query.subject, query.object) if side is not None}
        asked |= ends if len(ends - {None}) > 1 and scene.npc not in ends else set()
    asked -= {None, scene.npc, scene.speaker}
    topics = (one for one in scene.persona.topics if one.key == key)
    wordings = (wording for one in topics for wording in one.asks.get(reading.language, ()))
    named = {one.entity for wording in wordings for one in scene.projections.names.find(wording)}
    whereabouts = bool(asked) and not of_hearer and reading.main.question_word == "where"
    return bool(asked) and (whereabouts or not asked <= named)


def _tells_beside(plan: Plan, reading: Reading, scene: Scene) -> bool:
    """Return whether a plan tells a passage on a topic that was asked about, which is hardly an answer."""
    told = {*plan.reasons[:1], *plan.written}
    on_topic = ((at, one) for at, one in enumerate(scene.persona.about) if one.topic is not None)
    keys = {scene.persona.by_its_words(at) for at, one in on_topic if one.key in told}
    return bool(keys) and sum(likely for key, likely in reading.near if key in keys) < UNFIT
