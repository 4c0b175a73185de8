"""Surface realization: the plan put into words, by a model where one is fit to, sentence by checked sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.dialogue.access import is_open
from npc_engine.dialogue.scene import Scene, Turn
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.speak.free import FreeSpeaker
from npc_engine.dialogue.speak.guided import GuidedSpeaker
from npc_engine.dialogue.speak.offering import is_free, offered
from npc_engine.dialogue.speak.realization import Outline, has_own_words, outline
from npc_engine.dialogue.speak.trained import is_trained
from npc_engine.dialogue.types import Phrase, Plan, Reading, Spoken
from npc_engine.lang import pack, words_of
from npc_engine.world.wording import DESCRIBED

MOST_SENTENCES = 3
"""Sentences that a trained voice is given at most: it has learned to say up to three."""


def speak(turn: Turn) -> Spoken:
    """Put a turn's plan into words and give each sentence to `turn.emit` once it is checked.

    Where the model can't, fails, takes longer than it may or says what it must not, the plan is worded by code.
    """
    plan, language, info = turn.plan, turn.language, turn.model.info
    voiced = acts().moves[plan.move].voiced
    readable = bool(pack(language).prompts)
    authored = bool(plan.says or plan.question)
    fit = info.size != "none" and readable and language in info.languages and voiced != "nobody" and not authored
    free = fit and is_free(plan, turn.scene, info)
    with turn.state:
        turn.guard = guard_of(plan, turn.reading, turn.scene)
        items = offered(turn) if free else ()
    parts = _guarded(outline(plan, turn.scene, language), turn)
    turn.plan = plan = replace(plan, initiative=parts.initiative)  # what is left of it to be said
    if free:
        return FreeSpeaker(turn).choose(parts, items)
    speaker = GuidedSpeaker(turn)
    if fit and info.size == "large":
        return speaker.say(Outline((), tuple(parts.sentences(language)), ()))
    if fit and is_trained(info, language):
        return _voiced(turn, speaker, parts)
    if fit and voiced == "small" and plan.facts:
        return speaker.say(parts)
    return speaker.say_by_code(parts)


def _voiced(turn: Turn, speaker: GuidedSpeaker, parts: Outline) -> Spoken:
    """Have a trained model say a plan: all of it, or its facts between what the author wrote to open and close with.

    What an author wrote of someone, and phrases of the persona's that were not said lately, stay as they were written.
    """
    plan, scene, language = turn.plan, turn.scene, turn.language
    described = any(fact.belief.statement.predicate == DESCRIBED for fact in plan.facts)
    if described or (not plan.facts and has_own_words(plan, scene, language)):
        return speaker.say_by_code(parts)
    own = Outline((), (), parts.tail if parts.initiative else (), parts.initiative)
    plain = _guarded(outline(replace(plan, initiative=None), scene, language, plain=True), turn)
    answer = None if plan.polarity is None else "yes" if plan.polarity else "no"
    if plan.facts and (answer is None or scene.persona.says(answer, language, scene.holds)):
        return speaker.say(Outline(parts.lead, plain.body, parts.tail))
    bare = tuple(plain.sentences(language))
    if len(bare) > MOST_SENTENCES:
        return speaker.say_by_code(parts)
    return speaker.say(replace(own, body=bare), instead=replace(parts, tail=() if parts.initiative else parts.tail))


def guard_of(plan: Plan, reading: Reading, scene: Scene) -> Guard:
    """Return the guard over what may not be told to this listener now.

    Granted are the words they used themselves, the plan's facts, and what authors wrote to be said instead.
    """
    world = scene.projections.compiled
    closed = [secret for secret in scene.persona.secrets if not is_open(secret, scene)]
    guard = Guard(closed, scene.npc, world)
    guard.grant(reading.text, *(exchange.reading.text for exchange in scene.exchanges))
    written = (text for text in plan.says if isinstance(text, str) and acts().moves[plan.move].voiced == "nobody")
    return guard.grant(*(fact.wording for fact in plan.facts), *written, *_told_by_them(plan))


def _told_by_them(plan: Plan) -> Iterator[str]:
    """Yield the speaker's own words that are put to them again: what they said of theirs is no secret of the NPC's."""
    own = plan.initiative if plan.initiative and plan.initiative.kind == "asks_after" else None
    again = [*(plan.says if plan.move == "remember" else ()), *([own.phrase] if own else ())]
    for phrase in again:
        if isinstance(phrase, Phrase):
            yield from (slot for slot in phrase.slots.values() if isinstance(slot, str))


def _guarded(parts: Outline, turn: Turn) -> Outline:
    """Return an outline without what would give a secret away; a plain phrase where nothing is left."""
    guard, plan = turn.guard, turn.plan
    if not guard:
        return parts

    def kept(texts: tuple[str, ...]) -> tuple[str, ...]:
        telling = plan.move == "remember"
        return tuple(text for text in texts if not (guard.words(text) or (telling and guard.states(text))))

    tail = kept(parts.tail)
    whole = tail == parts.tail
    left = Outline(kept(parts.lead), kept(parts.body), tail if whole else (), parts.initiative if whole else None)
    if left.body or (left.lead and not parts.body):
        return left
    phrases = words_of(turn.language).phrases
    common = () if plan.move == "remember" else phrases.get(plan.phrase or "", ())
    plain = kept(tuple(phrase for phrase in common if "{" not in phrase))
    return Outline((), (plain or tuple(phrases.get("deflect", ())))[:1], ())
