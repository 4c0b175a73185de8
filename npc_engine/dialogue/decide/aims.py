"""What else of a persona speaks without a model: goals, what they think of somebody, a sentence about themself."""

from __future__ import annotations

from dataclasses import replace

from npc_engine.dialogue.access import authors_note, closed_guard, gives_away, is_open, open_goals, touched
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Phrase, Plan, Reading
from npc_engine.lang import pack
from npc_engine.text import Language, fold, sentences

_AIMS = frozenset({"plans", "dreams"})
_WHO = frozenset({"identity", "work"})


def aim(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return a goal that is open still, each in turn, told to who asks for plans or wishes.

    Goals that have a word of a secret in them, or name somebody who hears it, stay unsaid.
    """
    if act.kind != "ask_npc" or act.topic not in _AIMS:
        return None
    told = open_goals(scene, language)
    told.sort(key=lambda one: scene.used(f"goal:{one[0]}"))
    if not told:
        return None
    key, text = f"goal:{told[0][0]}", told[0][1]
    if any(key in exchange.line.reasons for exchange in scene.exchanges):
        return None
    return Plan("chat", says=(Phrase("goal", {"goal": text}),), written=(key,), reasons=(key,))


def note_on(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return what the author noted that they think of somebody, told to who asks for it and not before that person.

    It holds as long as they feel about as they did at first; what is written of the NPC as of another is not spoken.
    """
    if act.opinion is None or act.opinion[0] != "view":
        return None
    whom, key = act.opinion[1], f"note:{act.opinion[1]}"
    if not (text := authors_note(whom, scene, reading.language)):
        return None
    near = touched(reading, scene)
    if near is not None and not is_open(near, scene):
        return None
    if key in {reason for one in scene.exchanges for reason in one.line.reasons}:
        return None
    if not in_first_person(text, scene, reading.language):
        return None
    return Plan("answer", says=(text,), written=(key,), reasons=("asked:opinion", key))


def described(plan: Plan, act: Act, language: Language, scene: Scene) -> Plan:
    """Return the answer to who they are, or what they do, with the first sentence of the summary where it fits."""
    if not asks_who(act, scene) or plan.remark or plan.says or plan.move != "answer":
        return plan
    said = fold(" ".join(exchange.line.text for exchange in scene.exchanges))
    for sentence in sentences(scene.persona.summary.get(language, ""))[:1]:  # what follows is what others say of them
        mine = in_first_person(sentence, scene, language)
        if mine and not gives_away(sentence, closed_guard(scene)) and fold(sentence) not in said:
            return replace(plan, remark=sentence, reasons=(*plan.reasons, "author:summary"))
    return plan


def asks_who(act: Act, scene: Scene) -> bool:
    """Return whether an act asks who the NPC is, or what they do."""
    others = set(act.named) - {scene.npc, scene.speaker}
    return not others and (act.topic in _WHO if act.kind == "ask_npc" else "identity" in act.subject)


def in_first_person(text: str, scene: Scene, language: Language) -> bool:
    """Return whether a text can be spoken as it stands: it says 'I', or does not speak of the NPC as of another."""
    speech = pack(language)
    pronoun = scene.persona.pronoun
    own = {speech.pronoun("I", case) for case in ("subject", "object", "possessive")} - {""}
    others = {speech.pronoun(pronoun, case) for case in ("subject", "object", "possessive")} - {""}
    others.add(scene.persona.names.get(language, ""))
    folded = fold(text)

    def has(word: str) -> bool:
        return bool(word) and speech.words.found(fold(word), folded)

    return any(map(has, own)) or not any(map(has, others))
