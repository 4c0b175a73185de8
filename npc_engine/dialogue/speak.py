"""The fourth step of a turn: the plan put into words, by a model where one is fit to, sentence by checked sentence."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, nullcontext

from npc_engine.dialogue.choosing import Chooser
from npc_engine.dialogue.decide import is_open
from npc_engine.dialogue.free import is_free, offered
from npc_engine.dialogue.manner import is_trained
from npc_engine.dialogue.plan import Heard, Move, Plan
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.secrets import Guard
from npc_engine.dialogue.telling import Emit, Spoken, Teller
from npc_engine.dialogue.wording import Outline, has_own_words, outline
from npc_engine.dialogue.words import words_of
from npc_engine.language.model import LanguageModel
from npc_engine.text import Language
from npc_engine.world.wording import DESCRIBED

__all__ = ["AS_WRITTEN", "VOICED_BY_SMALL", "Emit", "Spoken", "guard_of", "speak"]

AS_WRITTEN: frozenset[Move] = frozenset(
    {"deflect", "reveal", "comply", "refuse", "remember", "fiction", "unknown_name"}
)
"""Moves said in the author's very words: a hint or a cover reworded is a hint or a cover spoilt."""

VOICED_BY_SMALL: frozenset[Move] = frozenset({"answer", "doubt"})
"""Moves whose facts a small model voices. What is said without facts (greetings, thanks) it only made worse: of its
rewordings of the authors' phrases nearly all had to be thrown away."""


VOICED_BY_TRAINED: frozenset[Move] = VOICED_BY_SMALL | {
    "unknown", "learned", "known", "greet", "part", "thank", "flattered", "insulted", "threatened", "chat", "confused",
}  # fmt: skip
"""Moves that a model trained to voice plans says; the author's own words come first while there are fresh ones."""

MOST_SENTENCES = 3
"""Sentences that a trained voice is given at most: it has learned to say up to three."""


def speak(
    plan: Plan,
    heard: Heard,
    scene: Scene,
    model: LanguageModel,
    *,
    cancel: threading.Event,
    emit: Emit,
    timeout: float,
    state: AbstractContextManager[object] | None = None,
) -> Spoken:
    """Put a plan into words and give each sentence to `emit` once it is checked.

    Where the model can't, fails, takes longer than `timeout` seconds or says what it may not, the plan is
    worded by code. `state` is held while minds are read.
    """
    language, info = heard.language, model.info
    fit = info.size != "none" and language in info.languages and plan.move not in AS_WRITTEN and not plan.fixed
    free = fit and is_free(plan, scene, info)
    with state or nullcontext():
        guard = guard_of(plan, heard, scene)
        items = offered(plan, heard, scene, guard, language) if free else ()
    parts = _guarded(outline(plan, scene, language), plan, guard, language)
    if free:
        return Chooser(plan, heard, scene, model, guard, emit, cancel, timeout).choose(parts, items)
    teller = Teller(plan, heard, scene, model, guard, emit, cancel, timeout)
    if fit and info.size == "large":
        return teller.tell(Outline((), tuple(parts.sentences(language)), ()))
    if fit and is_trained(info, language) and plan.move in VOICED_BY_TRAINED:
        return _voiced(plan, scene, teller, parts, guard, language)
    if fit and plan.move in VOICED_BY_SMALL and plan.facts:
        return teller.tell(parts)
    return teller.tell_by_code(parts)


def _voiced(plan: Plan, scene: Scene, teller: Teller, parts: Outline, guard: Guard, language: Language) -> Spoken:
    """Have a trained model say a plan: all of it, or its facts between what the author wrote to open and close with.

    What an author wrote of someone, and phrases of the persona's that were not said lately, stay as they were written.
    """
    described = any(fact.belief.statement.predicate == DESCRIBED for fact in plan.facts)
    if described or (not plan.facts and has_own_words(plan, scene, language)):
        return teller.tell_by_code(parts)
    plain = _guarded(outline(plan, scene, language, plain=True), plan, guard, language)
    answer = None if plan.polarity is None else "yes" if plan.polarity else "no"
    if plan.facts and (answer is None or scene.persona.says(answer, language)):
        return teller.tell(Outline(parts.lead, plain.body, parts.tail))
    bare = tuple(plain.sentences(language))
    if len(bare) > MOST_SENTENCES:
        return teller.tell_by_code(parts)
    return teller.tell(Outline((), bare, ()), instead=parts)


def guard_of(plan: Plan, heard: Heard, scene: Scene) -> Guard:
    """Give the guard over what may not be told to this listener now.

    Granted are the words they used themselves, the plan's facts, and what authors wrote to be said instead.
    """
    cast = scene.views.cast
    closed = [secret for secret in scene.persona.secrets if not is_open(secret, scene)]
    guard = Guard(closed, scene.npc, cast.entities, cast.predicates)
    guard.grant(heard.text, *(exchange.heard.text for exchange in scene.exchanges))
    return guard.grant(*(fact.wording for fact in plan.facts), plan.fixed if plan.move in AS_WRITTEN else "")


def _guarded(parts: Outline, plan: Plan, guard: Guard, language: Language) -> Outline:
    """Give an outline without what would give a secret away; a plain phrase where nothing is left."""
    if not guard:
        return parts

    def kept(texts: tuple[str, ...]) -> tuple[str, ...]:
        telling = plan.move == "remember"
        return tuple(text for text in texts if not (guard.words(text) or (telling and guard.states(text))))

    left = Outline(kept(parts.lead), kept(parts.body), kept(parts.tail))
    if left.body or (left.lead and not parts.body):
        return left
    phrases = words_of(language).phrases
    common = () if plan.move == "remember" else phrases.get(plan.phrase or "", ())
    plain = kept(tuple(phrase for phrase in common if "{" not in phrase))
    return Outline((), (plain or tuple(phrases["deflect"]))[:1], ())
