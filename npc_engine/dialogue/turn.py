"""One turn, its steps in order; what each does stands in the room of that name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from npc_engine.chronicle import Change
from npc_engine.dialogue.answer import Answer, Weighed
from npc_engine.dialogue.decide.deciding import decide
from npc_engine.dialogue.decide.recollection import Recollection, recall
from npc_engine.dialogue.decide.weighing import weigh
from npc_engine.dialogue.scene import Known, Scene, Turn
from npc_engine.dialogue.speak.speaking import speak
from npc_engine.dialogue.types import Act, Plan, Reading, Spoken
from npc_engine.dialogue.understand.contract import Understander
from npc_engine.dialogue.understand.vouching import reserves
from npc_engine.errors import in_one_line
from npc_engine.models import SilentModel
from npc_engine.text import language_of

MOST_CLAIMS = 2
"""Claims of one line that are taken from a model."""


def take(turn: Turn, understander: Understander) -> Spoken:
    """Take a turn as far as its words: what is said to whom is settled, nothing is recorded.

    Whatever goes wrong inside, something is said: `trouble` then tells what it was.
    """
    trouble = ""
    try:
        _settle(turn, understander)
    except Exception as error:
        trouble = f"the turn was not followed: {in_one_line(error)}"
        language = language_of(turn.text, turn.scene.language)
        turn.reading = Reading(turn.text, language, (Act("remark", (0, len(turn.text))),))
        turn.plan = Plan("confused", phrase="confused", reasons=("the turn failed",))
        turn.model = SilentModel()
    with turn.watch.step("speak"):
        spoken = _said(turn)
    turn.watch.steps["check"] = spoken.checking * 1000
    turn.watch.steps["speak"] -= turn.watch.steps["check"]
    return replace(spoken, trouble=trouble or spoken.trouble)


def _settle(turn: Turn, understander: Understander) -> None:
    """Find out what was said and decide what the answer conveys; minds are read a step at a time."""
    scene = turn.scene
    with turn.watch.step("understand"):
        turn.reading = understander.understand(turn.text, scene.context)
    with turn.watch.step("recall"), turn.state:
        recollection = recall(turn.reading, scene)
    with turn.watch.step("decide"), turn.state:
        turn.plan = decide(turn.reading, recollection, scene)
    turn.known = _known(turn.reading.main, recollection, turn.plan, scene)
    turn.weigh = partial(_weighed, turn, understander)
    turn.claims = partial(_claims, turn, understander)


def _known(asked: Act, recollection: Recollection, plan: Plan, scene: Scene) -> Known:
    """Return what is believed of what was asked, but for what is kept back: that may be denied.

    Who is asked of anything at all ('are you afraid of anything?') may make light of it.
    """
    found, secrets = recollection.answer, scene.persona.secrets
    hidden = {fact for one in secrets for fact in one.facts} | {one.lie.fact for one in secrets if one.lie}
    if found is None or not recollection.direct or recollection.strays or found.instead or plan.withheld:
        return Known()
    beliefs = [one for one in found.beliefs if one.holds]
    if any(one.statement.id.replace(".", " ") in hidden for one in found.beliefs):
        return Known()
    ends = (part for one in beliefs for part in (one.statement.subject, one.statement.object))
    whole = any(one.object or one.values for one in asked.queries if one.predicate == recollection.predicate)
    return Known(found.verdict if whole else None, frozenset(ends))


def _weighed(turn: Turn, understander: Understander, answer: Answer) -> Weighed:
    """Return what holds of what a model says it heard and did: its claims are understood as a speaker's own are."""
    claimed = [understander.understand(one, turn.scene.context) for one in answer.claims[:MOST_CLAIMS]]
    qualified = reserves(turn.reading.meant, turn.language)
    with turn.state:
        return weigh(turn, answer, claimed, qualified)


def _claims(turn: Turn, understander: Understander, sentence: str) -> Sequence[Change]:
    """Return what a sentence of the NPC's states, as it would be heard from them."""
    scene = turn.scene
    context = replace(scene.context, npc=scene.speaker, speaker=scene.npc, exchanges=(), language=turn.language)
    return [
        claim for act in understander.understand(sentence, context).acts for claim in (*act.claims, *act.brought_up)
    ]


def _said(turn: Turn) -> Spoken:
    """Have the plan said, by code where a model or what leads it fails in a way nobody foresaw."""
    shown: list[str] = []
    emit = turn.emit

    def show(sentence: str) -> None:
        shown.append(sentence)
        emit(sentence)

    def show_the_rest(sentence: str) -> None:
        if sentence not in shown:
            show(sentence)

    turn.emit = show
    try:
        return speak(turn)
    except Exception as error:
        turn.model, turn.emit = SilentModel(), show_the_rest
        spoken = speak(turn)
        trouble = f"the line was worded by code: {in_one_line(error)}"
        return replace(spoken, sentences=tuple(shown), trouble=trouble)  # what was seen was said
