"""Answering in the author's words: the topic, the sample or the passage that what is asked means.

Where several texts were written they are used in turn, over all talks with the same person; what was said in this talk
already is owned up to. A passage that is private is for people the NPC likes or trusts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from npc_engine.acts import acts
from npc_engine.dialogue.access import confided_in
from npc_engine.dialogue.decide.stories import said_last, tell
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import SURELY, Act, Phrase, Plan
from npc_engine.lang import words_of
from npc_engine.persona import Persona
from npc_engine.talking_points import ANY_STORY, Passage, Topic
from npc_engine.text import Language, fold

SURE = 0.85
"""How sure it must be, from 0 to 1, that an authored wording is meant."""
OF_SOMETHING = 0.87
"""The same where a line names somebody or something, which a wording that is meant would mostly name too."""
CERTAIN = 0.95
"""How sure it must be that a topic is meant, to come before what is known."""
SAME = 0.98
"""How sure it must be that a line is put as the author put it."""
SAMPLED = 0.97
"""How sure it must be that what a sample answers is said, which is there to show a manner."""
MORE = "+"
"""What stands behind a topic's key where what follows on it is counted."""
OF_THE_LAST = ("ask_sure", "ask_how_known", "ask_mean", "forbid")
"""Acts that are about what was said last, and about nothing else unless they are put as an author put it."""
RITES = frozenset({"greet", "part", "dont_know"})
"""Acts that, surely heard, are answered as such unless they are put as an author put it; so is what all can see."""
GOING_ON = ("ask_more", "ask_why", "ask_mean")
"""Acts by which somebody asks to hear more of what was just said."""
HEARING_ON = ("ask_more", "ask_mean")
"""Those to which the next that was written on the same thing is an answer: to a why it is none."""


def in_own_words(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return the answer that the author wrote to what an act means; None where they wrote none, or not for now."""
    topics = [topic for topic in scene.persona.topics if scene.holds(topic.when)]
    rite = act.kind in RITES and act.confidence >= SURELY
    seen = (
        act.kind == "ask_scene" and act.confidence >= SURELY and (act.topic != "weather" or scene.weather is not None)
    )
    of_the_last = (act.kind in OF_THE_LAST and not act.named) or (act.kind == "ask_why" and not act.beside)
    named = set(act.named) - {scene.npc, scene.speaker}
    least = 1.0 if rite or seen or of_the_last else OF_SOMETHING if named else SURE
    for key, sure in sorted(act.means, key=lambda one: (-one[1], one[0].startswith("about:"))):  # the foreseen first
        asked_for = [topic for topic in topics if topic.key == key] if sure >= least else []
        if sure < 1.0:
            asked_for = [topic for topic in asked_for if _may_be_of(topic, act, language, scene)]
        if asked_for:  # several may answer the same question, each in its own time
            if (plan := _first_of(asked_for, language, scene)) is not None:
                return plan
        elif key.startswith("sample:") and sure >= SAMPLED:
            if (plan := _sample(key, language, scene, act.kind)) is not None:
                return plan
        elif (key == ANY_STORY or key.startswith("story:")) and sure >= SURE:
            if (plan := tell(key, language, scene)) is not None:
                return plan
        elif key.startswith("about:") and (plan := _told_in(key, act, language, scene)) is not None:
            return plan
    return None


def _may_be_of(topic: Topic, act: Act, language: Language, scene: Scene) -> bool:
    """Return whether a topic's question may be what is asked of somebody or something: 'Do you like him?'

    That is where a wording names it too, and where nothing else than the NPC is asked about.
    """
    sides = (side for query in act.queries for side in (query.subject, query.object))
    others = {side.entity for side in sides if side is not None} - {None, scene.npc, scene.speaker}
    names = scene.projections.names
    return not others or any(
        one.entity in others for wording in topic.asks.get(language, ()) for one in names.find(wording)
    )


def word_for_word(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return the author's answer to what is put in the very words that they foresaw; None where nothing is."""
    foreseen_so = tuple(one for one in act.means if one[0].startswith("topic:") and one[1] >= 1.0)
    return in_own_words(replace(act, means=foreseen_so), language, scene) if foreseen_so else None


def under(key: str, language: Language, scene: Scene) -> Plan | None:
    """Return what is told under the key of a text of the author's, where it was not said in this talk; else None."""
    plan: Plan | None = None
    if key == ANY_STORY or key.startswith("story:"):
        plan = tell(key, language, scene)
    elif key.startswith("sample:"):
        plan = _sample(key, language, scene)
    else:
        topics = (one for one in scene.persona.topics if one.key == key and scene.holds(one.when))
        plan = _first_of(topics, language, scene)
        about = enumerate(scene.persona.about)
        passage = next((one for at, one in about if scene.persona.by_its_words(at) == key), None)
        if passage is not None and confided_in(passage, scene):
            plan = _passage(passage, language, scene)
    return None if plan is None or "again" in plan.reasons else plan


def of_topic(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return a passage on what is asked about the NPC, whatever of it is asked; None where none was written."""
    return _told_in(f"about:{act.topic}", act, language, scene) if act.kind == "ask_npc" else None


def _told_in(key: str, act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return the next passage under a key, one again where all were said; where all are private, that they are."""
    return told_of([(passage, ()) for passage in _passages(scene.persona, key, act)], language, scene)


@dataclass(frozen=True, slots=True)
class Place:
    """A text of the NPC's, and the topic or the passage it stands in."""

    text: str
    of: Topic | Passage


def told_of(found: Sequence[tuple[Passage, Sequence[str]]], language: Language, scene: Scene) -> Plan | None:
    """Return the next text of some passages, each with those that will do, or none where all of them do."""
    places = [
        Place(text, passage)
        for passage, texts in found
        for text in _in_turn(texts or passage.says.get(language, []), scene.used(passage.key))
    ]
    return said_by(places, language, scene)


def said_by(places: Sequence[Place], language: Language, scene: Scene) -> Plan | None:
    """Return the first of some texts that was not said in this talk, else the first once more, owned up to.

    Where they are all private, that they are not told; None where there are none for now.
    """
    now = [one for one in places if scene.holds(one.of.when)]
    told = [one for one in now if isinstance(one.of, Topic) or confided_in(one.of, scene)]
    if not told:
        return Plan("chat", phrase="deflect", reasons=("author:private",)) if now else None
    fresh = next((one for one in told if not _said_here(one.text, scene)), None)
    one = fresh or told[0]
    key = one.of.key
    if fresh is None:
        return Plan("chat", before=(Phrase("again"),), says=(one.text,), reasons=(key, "again"))
    follows = one.text not in one.of.says.get(language, [])
    return Plan("chat", says=(one.text,), written=() if follows else (key,), reasons=(key,))


def passage_with(words: Iterable[str], topics: Sequence[str], language: Language, scene: Scene) -> Plan | None:
    """Return a passage on one of some topics that has any of some words, or any of them where no words are given.

    What was said in this talk already is said again, and owned up to.
    """
    listed = tuple(words)
    passages = [one for topic in topics for one in scene.persona.about if one.topic == topic]
    found = [(one, _with_any(listed, one.says.get(language, []), language)) for one in passages]
    return told_of([one for one in found if one[1] or not listed], language, scene)


def _with_any(words: Sequence[str], texts: Sequence[str], language: Language) -> list[str]:
    return [text for text in texts if words_of(language).any_of(words, text)]


def foreseen(act: Act, *, word_for_word: bool = False) -> bool:
    """Return whether an act asks beyond doubt for a topic of the author's, or puts it as they did."""
    least = SAME if word_for_word else CERTAIN
    return any(key.startswith("topic:") and sure >= least for key, sure in act.means)


def in_their_words(act: Act) -> bool:
    """Return whether an act asks for a topic of the author's in the very words that they foresaw."""
    return any(key.startswith("topic:") and sure >= 1.0 for key, sure in act.means)


def going_on(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return what follows on what the NPC said last, or on the topic that is named, when they are asked to go on."""
    if act.kind not in GOING_ON or not scene.exchanges:
        return None
    named = [key for key, sure in act.means if sure >= SURE]
    last = list(_told_last(scene))
    for key in [*named, *last]:
        for topic in scene.persona.topics:
            if topic.key == key and scene.holds(topic.when):
                told = topic.then.get(language, [])
                if (at := scene.used(key + MORE)) < len(told):
                    return Plan("chat", says=(told[at],), written=(key + MORE,), reasons=(key, "author:then"))
                if act.kind == "ask_more" and key in last and (text := _unsaid(topic, language, scene)):
                    return Plan("chat", says=(text,), written=(key,), reasons=(key,))
        for passage in scene.persona.about:
            if passage.key == key and key in last and act.kind in HEARING_ON and confided_in(passage, scene):
                return _passage(passage, language, scene)
    return None


def _told_last(scene: Scene) -> Iterator[str]:
    """Yield the keys of what the author wrote in the NPC's last line, and of what a follow-up in it is on."""
    for reason in said_last(scene):
        yield reason
        yield from (one.reason for one in scene.followed if reason in one.follow_ups)


def _first_of(topics: Iterable[Topic], language: Language, scene: Scene) -> Plan | None:
    return next(filter(None, (_topic(topic, language, scene) for topic in topics)), None)


def _topic(topic: Topic, language: Language, scene: Scene) -> Plan | None:
    told = topic.says.get(language, [])
    if not told:
        return None
    text = next_of(told, scene.used(topic.key), scene)
    if text is not None:
        return Plan("chat", says=(text,), written=(topic.key,), reasons=(topic.key,))
    follows, at = topic.then.get(language, []), scene.used(topic.key + MORE)
    if at < len(follows):
        return Plan("chat", says=(follows[at],), written=(topic.key + MORE,), reasons=(topic.key, "author:then"))
    again = told[scene.used(topic.key) % len(told)]
    return Plan("chat", before=(Phrase("again"),), says=(again,), written=(topic.key,), reasons=(topic.key, "again"))


def _unsaid(topic: Topic, language: Language, scene: Scene) -> str | None:
    """Return a topic's next text that was not said in this talk."""
    told = topic.says.get(language, [])
    return next_of(told, scene.used(topic.key), scene) if told else None


def _sample(key: str, language: Language, scene: Scene, kind: str = "") -> Plan | None:
    reply = scene.persona.voice.samples[int(key.partition(":")[2])].reply.get(language, "")
    if not reply or _said_here(reply, scene):
        return None
    settled = acts()[kind].reply if kind else None
    return Plan(settled.move if settled else "chat", says=(reply,), reasons=("author:sample",))


def _passages(persona: Persona, key: str, act: Act) -> Iterator[Passage]:
    for passage in persona.about:
        if passage.key == key and passage.topic in (None, act.topic):
            yield passage


def _passage(passage: Passage, language: Language, scene: Scene, texts: Sequence[str] = ()) -> Plan | None:
    """Return a passage's next text, or of some of its `texts`, that was not said in this talk.

    None where all were, or it is not for now.
    """
    if not scene.holds(passage.when):
        return None
    text = next_of(texts or passage.says.get(language, []), scene.used(passage.key), scene)
    if text is None:
        return None
    return Plan("chat", says=(text,), written=(passage.key,), reasons=(passage.key,))


def next_of(texts: Sequence[str], used: int, scene: Scene) -> str | None:
    """Return the text whose turn it is, or the next that was not said in this talk; None where all were."""
    return next((text for text in _in_turn(texts, used) if not _said_here(text, scene)), None)


def _in_turn(texts: Sequence[str], used: int) -> list[str]:
    return [texts[(used + step) % len(texts)] for step in range(len(texts))]


def _said_here(text: str, scene: Scene) -> bool:
    return any(fold(text) in fold(exchange.line.text) for exchange in scene.exchanges)
