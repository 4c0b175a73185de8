"""The second step of a turn: what the NPC believes and remembers that bears on what was heard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from npc_engine.dialogue.plan import Heard
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.words import words_of
from npc_engine.mind import Belief, Recalled
from npc_engine.world import Statement
from npc_engine.world.wording import DESCRIBED, NAMED, USUALLY_AT

STAYS = timedelta(hours=2)
"""How long someone seen at a place is taken to be there still."""

ACQUAINTED = 0.2
"""Familiarity from which someone knows how another's days go."""

LIKES = 0.15
"""Affinity, either way, from which someone would say that they like or dislike another."""

MOST = 3
"""Beliefs brought to a question that names no relation."""


@dataclass(frozen=True, slots=True)
class Recollection:
    """What came to mind: beliefs, the best fitting first, and memories.

    `direct` tells that the beliefs answer the relation that was asked about, rather than only being about
    the things named; `predicate` is that relation.
    """

    beliefs: tuple[Belief, ...] = ()
    memories: tuple[Recalled, ...] = ()
    direct: bool = False
    predicate: str | None = None


def recall(heard: Heard, scene: Scene) -> Recollection:
    """Give what comes to an NPC's mind on hearing something."""
    words = words_of(heard.language)
    if words.cued("remember", heard.text):
        return Recollection(memories=_remembered(heard, scene))
    if heard.act != "question":
        return Recollection()
    if words.cued("news", heard.text) and not heard.entities:
        return Recollection(beliefs=tuple(_news(scene)), direct=True)
    if words.cued("name", heard.text):
        named = Belief(Statement(scene.npc, NAMED, scene.npc), "authored")
        return Recollection((named, *_about([scene.npc], scene)[:1]), direct=True)
    if heard.unknown and not set(heard.entities) - {scene.npc, scene.speaker}:
        return Recollection()
    for predicate in _askable(heard, scene):
        if found := _answers(predicate, heard, scene):
            return Recollection(tuple(found), direct=True, predicate=predicate)
    top = heard.predicates[0] if heard.predicates else None
    if not (top or heard.asks in ("when", "why", "how_many") or heard.polar) or words.cued("about", heard.text):
        return Recollection(tuple(_about(heard.entities, scene)), predicate=top)
    return Recollection(predicate=top)


def _askable(heard: Heard, scene: Scene) -> list[str]:
    """Give the relations to try, in order: those signalled, then those that answer the question word.

    Why and when are answered by nothing else; the other question words people use loosely.
    """
    rules = scene.views.cast.predicates
    tried = [p for p in heard.predicates[:4] if heard.asks not in ("why", "when") or heard.asks in rules[p].asks]
    if heard.asks == "where" and heard.entities:
        for predicate in ("at", *rules):
            rule = rules.get(predicate)
            if rule and "where" in rule.asks and predicate not in tried:
                tried.append(predicate)
    return tried


def _answers(predicate: str, heard: Heard, scene: Scene) -> list[Belief]:
    """Give the beliefs that answer a question about one relation."""
    beliefs = scene.mind.beliefs
    rule = scene.views.cast.predicates[predicate]
    subject, object_ = heard.subject, heard.object
    if predicate == "at":
        return _whereabouts(heard, scene)
    if predicate == "likes" and subject == scene.npc and object_ and not beliefs.ask(subject, predicate, object_):
        return _liking(object_, scene)
    if rule.values:
        about = [entity for entity in heard.entities if entity != scene.speaker] or list(heard.entities)
        if heard.polar:
            about = about[:1]
            asked = [value for name, value in heard.values if name == predicate]
            denied = (
                [stance for value in asked if (stance := _denial(about[0], predicate, value, scene))] if about else []
            )
            if denied:
                return denied
        return [belief for entity in about for belief in beliefs.ask(entity, predicate)][:MOST]
    if predicate not in heard.predicates:  # tried only because it answers the question word
        return beliefs.ask(heard.entities[0], predicate)
    if subject and object_:
        if heard.polar and (denial := _denial(subject, predicate, object_, scene)):
            return [denial]
        found = beliefs.ask(subject, predicate, object_)
        if found or heard.polar:
            return found or (beliefs.ask(subject, predicate) if rule.single_valued else [])
        return (
            beliefs.ask(object_, predicate, subject)
            or beliefs.ask(subject, predicate)
            or beliefs.ask(None, predicate, object_)
        )
    if object_:
        found = beliefs.ask(None, predicate, object_)
        return found if found or heard.asks == "who" else beliefs.ask(object_, predicate)
    if subject:
        return beliefs.ask(subject, predicate) or beliefs.ask(None, predicate, subject)
    if heard.entities:
        return []
    found = beliefs.ask(None, predicate)
    return found if len(found) <= 4 else []


def _fading(belief: Belief, scene: Scene) -> Belief:
    """Give where someone was seen as less and less certain: by `STAYS` they may well have gone elsewhere."""
    if belief.statement.predicate != "at" or belief.at is None or scene.now - belief.at < STAYS:
        return belief
    return replace(belief, confidence=min(belief.confidence, 0.6))


def _denial(subject: str, predicate: str, object_: str, scene: Scene) -> Belief | None:
    """Give the belief that something is not so, if there is one."""
    stance = scene.mind.beliefs.stance(f"{subject}.{predicate}.{object_}")
    return stance if stance is not None and not stance.holds else None


def _whereabouts(heard: Heard, scene: Scene) -> list[Belief]:
    """Give where those asked for were last seen, or failing that where friends of theirs know them to be."""
    found: list[Belief] = []
    for entity in heard.entities:
        if entity == scene.speaker:
            continue
        seen = [_fading(belief, scene) for belief in scene.mind.beliefs.ask(entity, "at")]
        usual = scene.usual_places.get(entity)
        acquainted = scene.mind.feelings.toward(entity).familiarity >= ACQUAINTED or entity == scene.npc
        if usual and acquainted and not any(belief.confidence == 1.0 for belief in seen):
            seen = [Belief(Statement(entity, USUALLY_AT, usual), "inferred")]
        found += seen
    return found


def _liking(other: str, scene: Scene) -> list[Belief]:
    """Give whether the NPC likes someone, from what they feel; nothing where they feel little either way."""
    affinity = scene.mind.feelings.toward(other).affinity
    if abs(affinity) < LIKES:
        return []
    return [Belief(Statement(scene.npc, "likes", other), "inferred", holds=affinity > 0)]


def _about(entities: Iterable[str], scene: Scene) -> list[Belief]:
    """Give what an NPC has to say of the things named: what they are, then what is known of them."""
    found: list[Belief] = []
    spoken_of = [entity for entity in entities if entity not in (scene.npc, scene.speaker)]
    for entity in spoken_of or entities:
        known = scene.views.cast.entities.get(entity)
        if known is None or entity == scene.speaker:
            continue
        beliefs = scene.mind.beliefs
        if entity != scene.npc and not (known.common or beliefs.knows_of(entity)):
            continue
        if known.summary:
            found.append(Belief(Statement(entity, DESCRIBED, entity), "authored"))
        of_it = [*beliefs.ask(subject=entity), *beliefs.ask(object=entity)]
        of_it.sort(key=lambda belief: (belief.event is None, -belief.confidence))
        found.extend(belief for belief in of_it if belief not in found and belief.statement.predicate != "at")
    return found[: MOST + 2]


def _news(scene: Scene) -> list[Belief]:
    """Give the latest that was learned, then what is on everyone's mind."""
    held = [belief for belief in scene.mind.beliefs if belief.holds and belief.statement.predicate != "at"]
    heard_of = [belief for belief in held if belief.event is not None and belief.by != scene.speaker]
    heard_of.sort(key=lambda belief: -(belief.event or 0))
    standing = [belief for belief in held if belief.event is None and belief.how != "authored"]
    return [*heard_of[:2], *standing][:2]


def _remembered(heard: Heard, scene: Scene) -> tuple[Recalled, ...]:
    """Give what was said that bears on a question about earlier talk; lines of its own only if asked for."""
    asked = {exchange.heard.text for exchange in scene.exchanges} | {heard.text}
    topic = [entity for entity in heard.entities if entity not in (scene.npc, scene.speaker)]
    found = scene.mind.recall(heard.text, [*topic, *([] if topic else [scene.speaker])], 12)
    fitting = [
        memory
        for memory in found
        if memory.speaker not in (None, scene.npc)
        and not memory.text.rstrip().endswith(("?", "？"))
        and memory.text != heard.text
    ]
    if fitting:
        return tuple(fitting[:2])
    said = [
        memory
        for memory in reversed(list(scene.mind.memories))
        if memory.speaker == scene.speaker
        and not memory.text.rstrip().endswith(("?", "？"))
        and memory.text not in asked
    ]
    return tuple(Recalled(memory, 0.0, {}) for memory in said[:1])
