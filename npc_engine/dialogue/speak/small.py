"""A small model, which voices what code decided and adds nothing to it: best where it was trained for that."""

from __future__ import annotations

from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.dialogue.scene import Scene, Turn
from npc_engine.dialogue.speak.guarded import guarded
from npc_engine.dialogue.speak.guided import GuidedSpeaker
from npc_engine.dialogue.speak.prompting import prefix
from npc_engine.dialogue.speak.realization import Outline, has_own_words, outline
from npc_engine.dialogue.speak.trained import is_trained
from npc_engine.dialogue.types import Plan, Spoken
from npc_engine.models.model import Message, ModelInfo
from npc_engine.text import Language
from npc_engine.world.definitions import Improvise
from npc_engine.world.wording import DESCRIBED

MOST_SENTENCES = 3
"""Sentences that a trained voice is given at most: it has learned to say up to three."""


def is_for_models(plan: Plan) -> bool:
    """Return whether a plan is a model's to word at all: what an author wrote is not."""
    return acts().moves[plan.move].voiced != "nobody" and not (plan.says or plan.question)


class Small:
    """Has facts voiced, and by a trained voice whatever no author wrote."""

    def say(self, turn: Turn, parts: Outline) -> Spoken:
        """Say a turn's plan; see `Realizer`."""
        plan, info = turn.plan, turn.model.info
        fit = is_for_models(plan)
        speaker = GuidedSpeaker(turn)
        if fit and is_trained(info, turn.language):
            return _voiced(turn, speaker, parts)
        if fit and acts().moves[plan.move].voiced == "small" and plan.facts:
            return speaker.say(parts)
        return speaker.say_by_code(parts)

    def beginning(
        self, scene: Scene, info: ModelInfo, language: Language, improvise: Improvise | None = None
    ) -> tuple[Message, ...]:
        """Return what every prompt begins with; see `Realizer`."""
        return prefix(scene, info, language)


def _voiced(turn: Turn, speaker: GuidedSpeaker, parts: Outline) -> Spoken:
    """Have a trained model say a plan: all of it, or its facts between what the author wrote to open and close with.

    What an author wrote of someone, and phrases of the persona's that were not said lately, stay as they were written.
    """
    plan, scene, language = turn.plan, turn.scene, turn.language
    described = any(fact.belief.statement.predicate == DESCRIBED for fact in plan.facts)
    if described or (not plan.facts and has_own_words(plan, scene, language)):
        return speaker.say_by_code(parts)
    own = Outline((), (), parts.tail if parts.initiative else (), parts.initiative)
    plain = guarded(outline(replace(plan, initiative=None), scene, language, plain=True), turn)
    answer = None if plan.polarity is None else "yes" if plan.polarity else "no"
    if plan.facts and (answer is None or scene.persona.says(answer, language, scene.holds)):
        return speaker.say(Outline(parts.lead, plain.body, parts.tail))
    bare = tuple(plain.sentences(language))
    if len(bare) > MOST_SENTENCES:
        return speaker.say_by_code(parts)
    return speaker.say(replace(own, body=bare), instead=replace(parts, tail=() if parts.initiative else parts.tail))
