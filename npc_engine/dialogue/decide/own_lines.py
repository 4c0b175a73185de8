"""What somebody's own lines speak of: a name in them is known to them, and what they say they like they do like.

Who asks after such a name is answered by the topic or passage that names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from npc_engine.dialogue.decide.topics import named_in_topic, told_of
from npc_engine.dialogue.query import Taste
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Plan
from npc_engine.lang import LanguagePack, pack
from npc_engine.persona import Persona
from npc_engine.text import Language, fold, sentences

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LEAST = 2
"""Characters of what is asked after where words stand without spaces: one alone stands in many words."""
TASTES = "tastes"
"""The topic of passages on what somebody likes."""


def of_their_lines(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return what the NPC's own lines say of what is asked: a name that stands in them, else all that it is about.

    What is named in a phrase or a tale of theirs alone is known to them as well, and they say no more of it.
    """
    if (named := _naming(act, language, scene)) is not None:
        return named
    if set(act.named) - {scene.npc, scene.speaker}:
        return None  # of whom or what the world has, it is not enough to be spoken of
    asked_for = [key for key, _ in act.means]
    passages = enumerate(scene.persona.about)
    return told_of([(one, ()) for at, one in passages if scene.persona.by_its_words(at) in asked_for], language, scene)


def _naming(act: Act, language: Language, scene: Scene) -> Plan | None:
    for name in filter(None, (act.unknown, act.sought)):
        for topic in scene.persona.topics:
            texts = [*topic.says.get(language, []), *topic.then.get(language, [])]
            naming = [text for text in texts if names(text, name, language)]
            if naming and scene.holds(topic.when):
                return named_in_topic(topic, naming, language, scene)
        passages = [(one, one.says.get(language, [])) for one in scene.persona.about]
        found = [(one, [text for text in texts if names(text, name, language)]) for one, texts in passages]
        if (plan := told_of([one for one in found if one[1]], language, scene)) is not None:
            return plan
        if any(names(text, name, language) for text in _elsewhere(scene.persona, language)):
            return Plan("chat", phrase="deflect", reasons=("author:named",))
    return None


def on_taste(asked: Taste, language: Language, scene: Scene) -> Plan | None:
    """Return what the NPC's own passages say of a matter of taste, those on their tastes first; None where nothing."""
    passages = sorted(scene.persona.about, key=lambda one: one.topic != TASTES)
    if asked.kind in ("favourite", "fond", "averse"):
        passages = [one for one in passages if one.topic == TASTES]
    things = (asked.thing, *asked.among)

    def spoken_of(text: str) -> bool:
        if not asked.thing:
            speech = pack(language)
            return speech.words.any_of(speech.about_self["averse"], fold(text)) == (asked.kind == "averse")
        return any(speaks_of(text, thing, language) for thing in things)

    found = [(one, [text for text in one.says.get(language, []) if spoken_of(text)]) for one in passages]
    return told_of([one for one in found if one[1]], language, scene)


def names(text: str, name: str, language: Language) -> bool:
    """Return whether a text has something as a name: written as one, where a language writes names otherwise.

    The first word of a sentence tells only where it is asked after as a name too.
    """
    speech = pack(language)
    if not speech.spaced:
        return len(name) >= LEAST and fold(name) in fold(text)
    wanted = _stems(name, speech)
    if not wanted:
        return False
    first = 0 if not speech.capitals_are_names or name[:1].isupper() else 1
    named = " ".join(
        word
        for sentence in sentences(text)
        for word in _WORD.findall(sentence)[first:]
        if word[:1].isupper() or not speech.capitals_are_names
    )
    return wanted <= _stems(named, speech)


def speaks_of(text: str, thing: str, language: Language) -> bool:
    """Return whether a text has all the words of a thing, whatever their endings."""
    speech = pack(language)
    if not speech.spaced:
        return bool(thing) and fold(thing) in fold(text)
    wanted = _stems(thing, speech)
    return bool(wanted) and wanted <= _stems(text, speech)


def _stems(text: str, speech: LanguagePack) -> set[str]:
    bare = (speech.bare(word.replace("’", "'")) for word in _WORD.findall(fold(text)))
    return {speech.stem(word) for word in bare if word not in speech.stop_words}


def _elsewhere(persona: Persona, language: Language) -> Iterator[str]:
    """Yield what else somebody says, or has on their mind: phrases, answers, tales, goals, and what sums them up."""
    for sayings in persona.phrases.values():
        yield from (one.text for one in sayings.get(language, []))
    yield from (one.reply.get(language, "") for one in persona.voice.samples)
    for story in persona.stories:
        yield from story.parts.get(language, [])
    for question in persona.asks:
        for texts in (question.asks, question.says, question.yes, question.no):
            yield from texts.get(language, [])
    for offer in persona.offers:
        yield from (offer.comply.get(language, ""), offer.refuse.get(language, ""))
    yield from (goal.text.get(language, "") for goal in persona.goals if goal.open)
    yield persona.summary.get(language, "")
