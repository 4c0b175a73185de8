"""The second step of a turn: what the NPC believes and remembers that bears on what was heard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from npc_engine.dialogue.decide.answering import Answer, answer, meant
from npc_engine.dialogue.query import Query
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Reading
from npc_engine.mind import Belief, Recalled
from npc_engine.mind.keepsakes import PROMISED
from npc_engine.text import Language, join_sentences, language_of
from npc_engine.world import Perspective, Statement
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
    the things named; `predicate` is that relation, `answer` what they say to it; `opinion` says what the NPC feels
    for whom they are about, where that was asked.
    """

    beliefs: tuple[Belief, ...] = ()
    memories: tuple[Recalled, ...] = ()
    direct: bool = False
    predicate: str | None = None
    answer: Answer | None = None
    opinion: tuple[Belief, ...] = ()


def recall(reading: Reading, scene: Scene) -> Recollection:
    """Give what comes to an NPC's mind on hearing something."""
    act = reading.main
    asked = act.kind == "ask_fact"
    if asked and "promises" in act.subject:
        return Recollection(memories=_promises(reading, scene), direct=True, predicate=PROMISED)
    if "talk" in act.subject:
        return Recollection(memories=_remembered(reading, scene))
    if not asked:
        return Recollection()
    if "news" in act.subject and not act.named:
        return Recollection(beliefs=tuple(_news(scene)), direct=True)
    if "name" in act.subject:
        named = Belief(Statement(scene.npc, NAMED, scene.npc), "authored")
        return Recollection((named, *_about([scene.npc], scene)[:1]), direct=True)
    if act.unknown and not set(act.named) - {scene.npc, scene.speaker}:
        return Recollection()
    if answered := _answered(act, scene):
        return answered
    top = act.predicates[0] if act.predicates else None
    linked = any(term.link for term in act.terms)
    describing = bool(act.subject & {"description", "identity"})
    word = act.question_word
    narrow = word in ("when", "why", "how_many", "where") or (word == "who" and not describing)
    acquainted = "acquaintance" in act.subject and word is None
    if not (top or linked or narrow or (act.yes_no and not acquainted)) or (
        "description" in act.subject and not linked
    ):
        liked = [] if act.opinion is None or act.opinion[1] == scene.speaker else _liking(act.opinion[1], scene)
        return Recollection(tuple(_about(act.named, scene)), predicate=top, opinion=tuple(liked))
    return Recollection(predicate=top)


def _answered(act: Act, scene: Scene) -> Recollection | None:
    """Give what answers the relation that is asked about, by the likeliest reading that finds anything.

    Why and when are answered by nothing but relations that say so; the other question words people use loosely.
    """
    rules = scene.views.cast.predicates
    nearest: Recollection | None = None
    for query in act.queries:
        if act.question_word in ("why", "when") and act.question_word not in rules[query.predicate].asks:
            continue
        found = _at_hand(query, scene)
        if found.found and not found.instead:
            return Recollection(found.beliefs, direct=True, predicate=query.predicate, answer=found)
        if nearest is None:
            nearest = Recollection(found.beliefs, direct=True, predicate=query.predicate, answer=found)
    if act.question_word == "where" and (found_at := _placed(act, scene)):
        return found_at
    return nearest if nearest and (nearest.beliefs or (nearest.answer and nearest.answer.missing)) else None


def _at_hand(query: Query, scene: Scene) -> Answer:
    """Give the answer to one reading; where people are, and whom the NPC likes, it knows without being told."""
    if query.predicate == "at" and query.subject is not None:
        found, missing = meant(query.subject, scene)
        entities = [one.entity for one in found if one.entity]
        via = tuple(belief for one in found for belief in one.via)
        seen = _whereabouts(entities, scene)
        places = {belief.statement.object for belief in seen}
        asked = {one.entity for one in meant(query.object, scene)[0]} if query.yes_no and query.object else set()
        return Answer(tuple(seen), bool(places & asked) if asked and seen else None, via=via, missing=missing)
    answered = answer(query, scene)
    if query.predicate == "likes" and not answered.beliefs and query.subject and query.object:
        liked = query.object.entity
        if query.subject.entity == scene.npc and liked and (felt := _liking(liked, scene)):
            return Answer(tuple(felt), verdict=felt[0].holds)
    return answered


def _placed(act: Act, scene: Scene) -> Recollection | None:
    """Give where things are, by whatever relation says where its subject is."""
    asked = {query.predicate for query in act.queries}
    if asked - {"at"} or not act.terms:
        return None
    others = (term for term in act.terms if term.entity not in (scene.npc, scene.speaker))
    wanted = next(others, act.terms[0])  # 'Where do I find the mill?'
    for predicate, rule in (("at", None), *scene.views.cast.predicates.items()):
        if predicate in asked or (rule and "where" not in rule.asks):
            continue
        found = _at_hand(Query(predicate, wanted, question_word="where"), scene)
        if found.found:
            return Recollection(found.beliefs, direct=True, predicate=predicate, answer=found)
    return None


def _fading(belief: Belief, scene: Scene) -> Belief:
    """Give where someone was seen as less and less certain: by `STAYS` they may well have gone elsewhere."""
    if belief.statement.predicate != "at" or belief.at is None or scene.now - belief.at < STAYS:
        return belief
    return replace(belief, confidence=min(belief.confidence, 0.6))


def _whereabouts(entities: Iterable[str], scene: Scene) -> list[Belief]:
    """Give where those asked for were last seen, or failing that where friends of theirs know them to be."""
    found: list[Belief] = []
    for entity in entities:
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
        if not scene.mind.heard_of(known):
            continue
        if known.summary:
            found.append(Belief(Statement(entity, DESCRIBED, entity), "authored"))
        beliefs = scene.mind.beliefs
        of_it = [*beliefs.ask(subject=entity), *beliefs.ask(object=entity)]
        of_it = [belief for belief in of_it if not _own_promise(belief, scene)]
        of_it.sort(key=lambda belief: (belief.event is None, -belief.confidence))
        found.extend(belief for belief in of_it if belief not in found and belief.statement.predicate != "at")
    return found[: MOST + 2]


def _news(scene: Scene) -> list[Belief]:
    """Give the latest that was learned, then what is on everyone's mind."""
    held = [belief for belief in scene.mind.beliefs if belief.holds and belief.statement.predicate != "at"]
    heard_of = [belief for belief in held if belief.event is not None and belief.by != scene.speaker]
    heard_of = [belief for belief in heard_of if not _own_promise(belief, scene)]
    heard_of.sort(key=lambda belief: -(belief.event or 0))
    standing = [belief for belief in held if belief.event is None and belief.how != "authored"]
    return [*heard_of[:2], *standing][:2]


def _own_promise(belief: Belief, scene: Scene) -> bool:
    """Tell whether a belief says that the speaker gave a promise: they know, and what it was is another question."""
    return (belief.statement.subject, belief.statement.predicate) == (scene.speaker, PROMISED)


def _promises(reading: Reading, scene: Scene) -> tuple[Recalled, ...]:
    """Give what the speaker promised the NPC, in their words: what is asked for first, else the latest."""
    made = scene.mind.kept.promises.get(scene.speaker, ())
    ids = scene.mind.memories.event_ids
    known = [scene.mind.memories[ids.index(event_id)] for event_id in reversed(made) if event_id in ids]
    named = set(reading.main.named) - {scene.npc, scene.speaker}
    known.sort(key=lambda memory: -len(named & memory.about))
    return tuple(_in_words(Recalled(memory, 0.0, {}), reading.language, scene) for memory in known[:2])


def _remembered(reading: Reading, scene: Scene) -> tuple[Recalled, ...]:
    """Give what was said that bears on a question about earlier talk; lines of its own only if asked for."""
    asked = {exchange.reading.text for exchange in scene.exchanges} | {reading.text}
    topic = [entity for entity in reading.main.named if entity not in (scene.npc, scene.speaker)]
    found = scene.mind.recall(reading.text, [*topic, *([] if topic else [scene.speaker])], 12, scene.now)
    fitting = [
        memory
        for memory in found
        if memory.speaker not in (None, scene.npc)
        and not memory.text.rstrip().endswith(("?", "？"))
        and memory.text != reading.text
    ]
    if fitting:
        return tuple(_in_words(memory, reading.language, scene) for memory in fitting[:2])
    said = [
        memory
        for memory in reversed(list(scene.mind.memories))
        if memory.speaker == scene.speaker
        and not memory.text.rstrip().endswith(("?", "？"))
        and memory.text not in asked
    ]
    return tuple(_in_words(Recalled(memory, 0.0, {}), reading.language, scene) for memory in said[:1])


def _in_words(recalled: Recalled, language: Language, scene: Scene) -> Recalled:
    """Give a memory in the language that is spoken now.

    What was claimed in another language is worded anew from the statement; gossip is kept in the game's language
    alone. What claimed nothing stays as it was said.
    """
    if language_of(recalled.text, language) == language:
        return recalled
    claimed = [b for b in scene.mind.beliefs.log() if b.event == recalled.event_id and b.how == "told"]
    if not claimed:
        return recalled
    as_said = Perspective(recalled.speaker)  # others may have heard it: who 'you' was is not known
    worded = [scene.wording.sentence(b.statement, language, as_said, holds=b.holds) for b in claimed]
    return replace(recalled, memory=replace(recalled.memory, text=join_sentences(worded, language)))
