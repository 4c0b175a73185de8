"""What an NPC adds to an answer of their own, where there is room for it: and when a talk that goes nowhere ends.

They ask after what the speaker told them, come back to a question of theirs that was passed over, offer what they do,
bring up a goal or news, or ask something: by temperament, at most every second turn, never what they brought up before
this speaker once already, and never while the speaker is in a hurry, hostile or grieving.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from npc_engine.acts import acts
from npc_engine.dialogue.decide.curiosity import ask, questions
from npc_engine.dialogue.decide.listening import is_brief
from npc_engine.dialogue.decide.news import fresh_news
from npc_engine.dialogue.decide.reminding import is_back, known_of_speaker
from npc_engine.dialogue.decide.utterances import weightiest
from npc_engine.dialogue.decide.wording import fact_of
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.types import ASKING, LISTENED, Act, Initiative, Line, Phrase, Plan, Reading
from npc_engine.lang import pack
from npc_engine.lang.retelling import alike
from npc_engine.mind import discretion, met
from npc_engine.persona import Goal
from npc_engine.talking_points import Question
from npc_engine.text import Language

LOOKED_BACK = 3
"""Turns for which somebody who was hostile, in a hurry or grieving is left in peace."""
EMPTY_TURNS = 3
"""Turns without any content after which an impatient NPC ends a talk; a talkative one bears a few more."""
A_WHILE = timedelta(hours=1)
"""How long ago something must have been told within one talk to be asked after."""
ROOMY = frozenset({"greet", "thank", "flattered", "chat"})
"""Moves of an NPC's that leave room for more."""
ENDED = "talk:ended"
"""The reason of a plan by which an NPC ends a talk."""
_COMPLETE = frozenset({"asked:grounds", "told:nothing", LISTENED})
"""Reasons of answers after which nothing more is said, beside those in the author's own words."""
_HOSTILE = frozenset({"insult", "threaten", "accuse"})
_LEAVE_ALONE = frozenset({"hurried", "grief"})
_PLAIN = frozenset({"world", "not_world", "not_near"})
"""Conditions of an offer that anybody can see to hold."""
_HELPED = frozenset({"hurt", "tired"})
"""Moods of a speaker's in which an NPC offers what they do, and nothing else."""
_ANSWERING = frozenset({"yes", "no", "accept", "refuse", "dont_know", "agree", "disagree"})
_ASKED_AFTER = ("hurt", "quarrel", "lost", "seeks", "plan", "wish", "family", "work", "home")
"""What people are asked after, what weighs most first."""


def with_initiative(plan: Plan, reading: Reading, scene: Scene) -> Plan:
    """Return a plan with what the NPC adds of their own; who comes again and is asked after is called by name."""
    if (question := _own_question(plan, reading, scene)) is not None:
        return ask(plan, question, reading.language)
    own = initiative(plan, reading, scene)
    if plan.move == "greet" and plan.listener and (is_back(scene) or (own is not None and own.kind == "asks_after")):
        more = (Phrase(plan.phrase),) if own is None and plan.phrase else ()
        plan = replace(plan, phrase=None, says=(Phrase("hail", {"name": plan.listener}), *more))
    return replace(plan, initiative=own)


def _own_question(plan: Plan, reading: Reading, scene: Scene) -> Question | None:
    """Return a question that the author wrote, where there is room for one: the more talkative, the likelier."""
    if not acts()[reading.main.kind].idle or plan.move == "greet" or not _has_room(plan, reading, scene):
        return None
    eager = Random(f"{scene.seed}/asks").random() < 0.25 + 0.75 * scene.persona.temperament.talkative
    return next(iter(questions(scene)), None) if eager else None


def initiative(plan: Plan, reading: Reading, scene: Scene) -> Initiative | None:
    """Return what the NPC adds of their own to an answer; None where there is no room, or nothing is left to say."""
    if any(act.mood in _HELPED or act.kind == "request_help" for act in reading.acts) and plan.move == "chat":
        return _first(_offers(scene, reading.language), scene)
    if not _has_room(plan, reading, scene):
        return None
    chance = Random(f"{scene.seed}/{scene.npc}/initiative")
    if chance.random() >= _eagerness(scene):
        return _first(_asks_after(scene, reading.language), scene) if plan.move == "greet" else None
    return next((one for one in _by_weight(plan, reading, scene, chance) if not raised(one, scene)), None)


def raised(one: Initiative, scene: Scene) -> bool:
    """Return whether the NPC brought something up before this speaker already, in this talk or an earlier one."""
    return bool(one.about) and (one.kind, one.about) in scene.mind.counters.raised.get(scene.speaker, {})


def ends_talk(reading: Reading, scene: Scene) -> Plan | None:
    """Return the plan of ending a talk that goes nowhere: after three or more empty turns in a row, once."""
    patience = EMPTY_TURNS + round(2 * scene.persona.temperament.talkative)
    said = [one.line for one in scene.exchanges]
    heard = [*(one.reading for one in scene.exchanges), reading]
    if len(heard) < patience or any(ENDED in line.reasons for line in said):
        return None
    answered = [None, *said]
    turns = list(zip(heard, answered, strict=True))[-patience:]
    if not all(_is_empty(one, line) for one, line in turns):
        return None
    return Plan("part", phrase="end_talk", reasons=(ENDED,))


def _is_empty(reading: Reading, answered: Line | None) -> bool:
    """Return whether a speaker says nothing; a yes or a no says something to a line that asked."""
    if answered is not None and answered.text.endswith(ASKING) and reading.main.kind in _ANSWERING:
        return False
    return all(acts()[act.kind].empty and not act.named and not act.told for act in reading.acts)


def _has_room(plan: Plan, reading: Reading, scene: Scene) -> bool:
    """Return whether an answer may be followed by something of the NPC's own."""
    if plan.move not in ROOMY or plan.withheld or plan.remark or plan.facts or reading.confided:
        return False
    if plan.written or any(reason in _COMPLETE or reason.startswith("answer to ") for reason in plan.reasons):
        return False
    if plan.move != "greet" and not all(acts()[act.kind].idle for act in reading.acts):
        return False  # who says or asks something is answered to that
    if reading.main.kind == "remark" and not is_brief(reading.main, reading):
        return False
    before = [one for exchange in scene.exchanges[-LOOKED_BACK:] for one in exchange.reading.acts]
    lately: list[Act] = [*before, *reading.acts]
    if any(act.kind in _HOSTILE or act.mood in _LEAVE_ALONE for act in lately):
        return False
    if scene.mind.feelings.toward(scene.speaker).standing == "foe":
        return False
    if any(act.mood not in ("", "bored") for act in reading.acts):
        return False  # who says how they are is answered to that, and asked no more
    return not scene.exchanges or scene.exchanges[-1].line.initiative is None


def _eagerness(scene: Scene) -> float:
    """Return how likely the NPC is to add anything, 0 to 1: as they are talkative, cheerful and not shy."""
    nature = scene.persona.temperament
    return 0.15 + 0.6 * nature.talkative + 0.2 * (nature.cheerful - 0.5) - (0.15 if nature.manner == "shy" else 0.0)


def _by_weight(plan: Plan, reading: Reading, scene: Scene, chance: Random) -> Iterator[Initiative]:
    """Yield what the NPC might add, what fits best first; the lighter things in an order left to chance."""
    language = reading.language
    if plan.move == "thank":
        yield from _offers(scene, language)
    if plan.move == "greet":
        yield from _asks_after(scene, language)
    told, offered = _asks_after(scene, language), _offers(scene, language)
    wanted = [_thread(scene), _news(scene, language), told, offered, _asks(scene)]
    if acts()[reading.main.kind].empty or reading.main.kind == "remark":
        wanted.append(goals(scene, language))  # who says something is not answered with what one wants oneself
    chance.shuffle(wanted)
    for source in wanted:
        yield from source


def _first(found: Iterable[Initiative], scene: Scene) -> Initiative | None:
    return next((one for one in found if not raised(one, scene)), None)


def _asks_after(scene: Scene, language: Language) -> Iterator[Initiative]:
    """Yield what the speaker told of themself in an earlier talk, or a good while ago: 'How is the heel?'"""
    begun = scene.exchanges[0].line.event_id - 1 if scene.exchanges else None
    known = known_of_speaker(scene).items()
    for slot in _ASKED_AFTER:
        for (kind, about), (value, event_id) in known:
            if kind != slot or (kind == "family" and _is_gone(about, scene, language)):
                continue
            told_at = scene.projections.event(event_id).at
            if begun is None or event_id < begun or scene.now - told_at >= A_WHILE:
                phrase = Phrase(f"after_{slot}", {"value": value, "rel": about})
                yield Initiative("asks_after", f"{slot} {about} {event_id}", phrase)
    if is_back(scene):
        for said in weightiest(scene, language, clear=True):
            yield Initiative("asks_after", f"said {said.event_id}", Phrase("after_said", {"value": said.text}))


def _is_gone(about: str, scene: Scene, language: Language) -> bool:
    """Return whether one of the speaker's is somebody whom nobody asks after as if they were well."""
    lost = [of for slot, of in known_of_speaker(scene) if slot == "lost"]
    return not about or any(alike(about, of, pack(language)) for of in lost)


def _thread(scene: Scene) -> Iterator[Initiative]:
    """Yield coming back to a question of the NPC's that the speaker passed over."""
    added = [one.line.initiative.kind for one in scene.exchanges if one.line.initiative]
    if len(scene.exchanges) < 2 or "thread" in added:
        return
    asked, after = scene.exchanges[-2].line, scene.exchanges[-1].reading.main
    rule = acts()[after.kind]
    passed_over = (rule.question or rule.deed or rule.empty) and after.kind not in _ANSWERING
    if asked.initiative and asked.initiative.kind == "asks" and passed_over:
        yield Initiative("thread", str(asked.event_id), Phrase("thread"))


def _offers(scene: Scene, language: Language) -> Iterator[Initiative]:
    """Yield what the NPC would do for the speaker now, and has not offered yet."""
    for offer in scene.persona.offers:
        action = scene.actions.get(offer.action)
        if action is None or not action.names.get(language) or not _holds(offer.when, scene):
            continue
        own = all(change.startswith("{actor}") for change in action.changes)
        if own or any(set(one.model_fields_set) - _PLAIN for one in offer.when):
            continue  # to come along is nothing that anybody is offered, and what must be earned has to be asked for
        yield Initiative("offers", offer.action, Phrase("offer", {"deed": action.names[language]}))


def goals(scene: Scene, language: Language) -> Iterator[Initiative]:
    """Yield what the NPC wants and has not got, where nothing of it comes near a secret."""
    for goal in scene.persona.goals:
        text = goal.text.get(language, "")
        if text and goal.open and not _near_secret(goal, scene) and not (goal.until and _holds(goal.until, scene)):
            yield Initiative("goal", goal.id, Phrase("aim", {"goal": text}))


def _near_secret(goal: Goal, scene: Scene) -> bool:
    """Return whether a goal's words come near a secret that is closed to this speaker."""
    closed = [one for one in scene.persona.secrets if not discretion.is_open(one, scene.company)]
    guard = Guard(closed, scene.npc, scene.projections.compiled)
    return any(guard.words(text) or guard.states(text, loosely=True) for text in goal.text.values())


def _news(scene: Scene, language: Language) -> Iterator[Initiative]:
    """Yield news that the NPC may tell before all who hear it, and has not told the speaker."""
    for belief in fresh_news(scene):
        yield Initiative("news", belief.id, Phrase("share_news"), (fact_of(belief, scene, language),))


def _asks(scene: Scene) -> Iterator[Initiative]:
    """Yield a question of the NPC's own; which of theirs is for those who word it."""
    yield Initiative("asks", "", Phrase("ask_back"))


def _holds(conditions: Iterable[object], scene: Scene) -> bool:
    near = scene.overheard_by
    return met(conditions, scene.projections, now=scene.now, npc=scene.npc, speaker=scene.speaker, near=near)  # type: ignore[arg-type]
