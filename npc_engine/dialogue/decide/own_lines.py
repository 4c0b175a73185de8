"""What somebody's own lines speak of: a name in them is known to them, and what they say they like they do like.

Who asks after such a name is answered by the topic or passage that names it, that which begins with it first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from npc_engine.dialogue.decide.topics import Place, said_by, told_of
from npc_engine.dialogue.query import Taste
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Plan
from npc_engine.lang import LanguagePack, pack
from npc_engine.persona import Persona
from npc_engine.talking_points import Passage
from npc_engine.text import Language, fold, sentences

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LEAST = 2
"""Characters of what is asked after where words stand without spaces: one alone stands in many words."""
TASTES = "tastes"
"""The topic of passages on what somebody likes."""

At = Callable[[str], int | None]
"""Tells how near to the beginning of a sentence of a text something stands; None where it stands in none."""


def of_their_lines(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return what the NPC's own lines say of what is asked: a name that stands in them, else all that it is about.

    What is named in a phrase or a tale of theirs alone is known to them as well, and they say no more of it.
    """
    for at in _asked_after(act, language, scene):
        if (named := said_by(_places(at, language, scene), language, scene)) is not None:
            return named
        if any(at(text) is not None for text in _elsewhere(scene.persona, language)):
            return Plan("chat", phrase="deflect", reasons=("author:named",))
    if set(act.named) - {scene.npc, scene.speaker}:
        return None  # of whom or what the world has, it is not enough to be spoken of
    asked_for = [key for key, _ in act.means]
    passages = enumerate(scene.persona.about)
    return told_of([(one, ()) for no, one in passages if scene.persona.by_its_words(no) in asked_for], language, scene)


def on_taste(asked: Taste, language: Language, scene: Scene) -> Plan | None:
    """Return what the NPC's own passages say of a matter of taste, those on their tastes first; None where nothing."""
    at = partial(_of_taste, asked, language)
    places = [one for one in _places(at, language, scene) if isinstance(one.of, Passage)]
    told = said_by([one for one in places if isinstance(one.of, Passage) and one.of.topic == TASTES], language, scene)
    if told is not None or asked.kind in ("favourite", "fond", "averse"):
        return told
    return said_by(places, language, scene)


def _of_taste(asked: Taste, language: Language, text: str) -> int | None:
    """Return where in a text a matter of taste stands; of what is liked or not, whether the text is of that."""
    speech = pack(language)
    if not asked.thing:
        averse = speech.words.any_of(speech.about_self["averse"], fold(text))
        return 0 if averse == (asked.kind == "averse") else None
    found = (_stands(thing, language, text) for thing in (asked.thing, *asked.among))
    return min((one for one in found if one is not None), default=None)


def _asked_after(act: Act, language: Language, scene: Scene) -> Iterator[At]:
    """Yield what tells where whom or what is asked after stands in a text: by a name of theirs, or as it was put."""
    known = scene.projections.compiled.entities
    if act.unknown:
        yield partial(_stands, act.unknown, language, names=True)
    if not act.sought:
        return
    for id in act.named:
        if id in known and id not in (scene.npc, scene.speaker):
            names = (known[id].names.get(language, ""), *known[id].aliases.get(language, ()))
            yield from (partial(_stands, name, language) for name in names)
    yield partial(_stands, act.sought, language, names=True)


def _places(at: At, language: Language, scene: Scene) -> list[Place]:
    """Return the texts of the NPC's topics and passages in which something stands, what begins with it first."""
    texts = [
        Place(text, one)
        for one in scene.persona.topics
        for text in (*one.says.get(language, []), *one.then.get(language, []))
    ]
    texts += [Place(text, one) for one in scene.persona.about for text in one.says.get(language, [])]
    found = [(place, one) for one in texts if (place := at(one.text)) is not None]
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _stands(thing: str, language: Language, text: str, *, names: bool = False) -> int | None:
    """Return how near to the beginning of a sentence of a text the words of a thing stand, whatever their endings.

    None where no sentence has all of them. As `names` they count only as names are written: with a capital, where the
    language writes them so, which tells at the beginning of a sentence only if the thing was asked after with one.
    """
    found = (_at(sentence, thing, pack(language), names=names) for sentence in sentences(text))
    return min((one for one in found if one is not None), default=None)


def _at(sentence: str, thing: str, speech: LanguagePack, *, names: bool) -> int | None:
    if not speech.spaced:
        found = fold(sentence).find(fold(thing)) if len(thing) >= (LEAST if names else 1) else -1
        return found if found >= 0 else None
    wanted = {speech.stem(word) for word in _bare(thing, speech) if word not in speech.stop_words}
    told = _bare(sentence, speech)
    if names and speech.capitals_are_names:
        begins = thing[:1].isupper()
        capital = [word[:1].isupper() and (begins or at > 0) for at, word in enumerate(_WORD.findall(sentence))]
        told = [word if so else "" for word, so in zip(told, capital, strict=True)]
    told = [word and speech.stem(word) for word in told]
    return min(map(told.index, wanted)) if wanted and wanted <= {*told} else None


def _bare(text: str, speech: LanguagePack) -> list[str]:
    return [speech.bare(fold(word).replace("’", "'")) for word in _WORD.findall(text)]


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
