"""The second step of a turn: what the NPC believes and remembers that bears on what was heard."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from npc_engine.acts import acts
from npc_engine.dialogue.decide.answering import Answer, answer, denied, meant
from npc_engine.dialogue.decide.straying import is_no_answer, is_of_nobody, says_itself, strays
from npc_engine.dialogue.decide.utterances import retelling, says_something
from npc_engine.dialogue.query import Query
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Reading
from npc_engine.mind import Belief, Memory, Recalled
from npc_engine.mind.counters import PROMISED
from npc_engine.mind.discretion import Kept, as_told, kept_back, tellable
from npc_engine.payloads import Answered
from npc_engine.text import Language, join_sentences, language_of, terms
from npc_engine.world import Perspective, Statement
from npc_engine.world.wording import DESCRIBED, NAMED, USUALLY_AT

STAYS = timedelta(hours=2)
"""How long someone seen at a place is taken to be there still."""

ACQUAINTED = 0.2
"""Familiarity from which someone knows how another's days go."""

LIKES = 0.15
"""Affinity, either way, from which someone would say that they like or dislike another."""

RECALLED, LATELY = 12, 40
"""Memories that are looked through for what was said: those that fit best, and the latest of someone's."""

TELLING: frozenset[str | None] = frozenset({None, "answer", "doubt", "remember", "reveal", "comply", "refuse"})
"""What somebody does in answering when it says something; None where nothing was answered."""

INSTEAD = 0.6
"""How well the words of what may be told must fit, as a share of what is kept back, to be told in its place."""

MOST = 3
"""Beliefs brought to a question that names no relation."""


Said = tuple[tuple[Recalled, ...], Kept | None]
"""What was said, as far as it may be told; where nothing may, why not."""


@dataclass(frozen=True, slots=True)
class Recollection:
    """What came to mind: beliefs, the best fitting first, and memories.

    `direct` tells that the beliefs answer the relation that was asked about, rather than only being about
    the things named; `predicate` is that relation, `answer` what they say to it, and `strays` that more was asked than
    they cover; `opinion` says what the NPC feels for whom they are about, where that was asked; `kept` tells that what
    was said came to mind and must be kept back.
    """

    beliefs: tuple[Belief, ...] = ()
    memories: tuple[Recalled, ...] = ()
    direct: bool = False
    strays: bool = False
    predicate: str | None = None
    answer: Answer | None = None
    opinion: tuple[Belief, ...] = ()
    kept: Kept | None = None

    @property
    def all(self) -> tuple[Belief, ...]:
        """The beliefs that would answer, and those that led from what was named to what is meant."""
        return (*self.beliefs, *(self.answer.via if self.answer else ()))


def recall(reading: Reading, scene: Scene) -> Recollection:
    """Return what comes to an NPC's mind on hearing something."""
    act = reading.main
    asked = acts()[act.kind].question
    if asked and "promises" in act.subject:
        made, kept = _promises(reading, scene)
        return Recollection(memories=made, direct=True, predicate=PROMISED, kept=kept)
    if act.kind == "ask_more" and scene.exchanges:
        return Recollection(tuple(_more(scene)), direct=True)
    of_talk = bool(act.said_by) or "company" in act.subject
    if of_talk or "talk" in act.subject:
        said, kept = _remembered(reading, scene)
        if said or kept or not of_talk:
            return Recollection(memories=said, kept=kept)
    if not asked:
        return Recollection()
    if ("news" in act.subject or act.topic == "news") and not act.named:
        return Recollection(beliefs=tuple(_news(scene)), direct=True)
    if "name" in act.subject:
        named = Belief(Statement(scene.npc, NAMED, scene.npc), "authored")
        return Recollection((named, *_about([scene.npc], scene)[:1]), direct=True)
    if act.unknown and not set(act.named) - {scene.npc, scene.speaker}:
        return Recollection()
    if answered := _answered(act, scene):
        return answered
    if act.topic == "identity":
        named = Belief(Statement(scene.npc, NAMED, scene.npc), "authored")
        return Recollection((named, *_about([scene.npc], scene)[:1]), direct=True)
    top = act.predicates[0] if act.predicates else None
    linked = any(term.link for term in act.terms)
    describing = bool(act.subject & {"description", "identity"})
    word = act.question_word
    narrow = word in ("when", "why", "how_many", "where") or (word == "who" and not describing)
    acquainted = "acquaintance" in act.subject and word is None
    if not (top or linked or narrow or (act.yes_no and not acquainted)) or (
        "description" in act.subject and not linked
    ):
        if _asks_more(act, scene):
            return Recollection(predicate=top)
        liked = [] if act.opinion is None or act.opinion[1] == scene.speaker else _liking(act.opinion[1], scene)
        return Recollection(tuple(_about(act.named, scene)), predicate=top, opinion=tuple(liked))
    return Recollection(predicate=top)


def _asks_more(act: Act, scene: Scene) -> bool:
    """Return whether more is asked than what something is: 'What rhymes with Moss?' is not for what Moss is.

    Nor is what the NPC has to do with it: 'What would you do without Moss?'
    """
    if act.opinion is not None or act.subject & {"description", "news", "name", "doing"}:
        return act.kind == "observe"
    if scene.npc in act.named and act.question_word == "what" and not act.subject - {"same"}:
        return True
    how = act.question_word == "how" and not act.subject & {"identity", "acquaintance"}
    return act.kind == "observe" or act.beside or how


def _answered(act: Act, scene: Scene) -> Recollection | None:
    """Return what answers the relation that is asked about, by the likeliest reading that finds anything.

    Why and when are answered by nothing but relations that say so, and who by none that says what something is like;
    the other question words people use loosely.
    """
    rules = scene.projections.compiled.predicates
    nearest: Recollection | None = None
    for query in act.queries:
        rule, word = rules[query.predicate], act.question_word
        if (word in ("why", "when") and word not in rule.asks) or (word == "who" and rule.values):
            continue
        if (says_itself(query, rule) and query.question_word == word) or is_of_nobody(query, act, rule):
            continue
        found = _at_hand(query, scene)
        if is_no_answer(query, found, act, rule, scene):
            continue
        beyond = strays(query, found, act, scene)
        recalled = Recollection(found.beliefs, direct=True, strays=beyond, predicate=query.predicate, answer=found)
        if found.found and not found.instead:
            return recalled
        nearest = nearest or recalled
    if act.question_word == "where" and (found_at := _placed(act, scene)):
        return found_at
    return nearest if nearest and (nearest.beliefs or (nearest.answer and nearest.answer.missing)) else None


def _at_hand(query: Query, scene: Scene) -> Answer:
    """Return the answer to one reading; where people are, and whom the NPC likes, it knows without being told."""
    if query.predicate == "at" and query.subject is not None:
        found, missing = meant(query.subject, scene)
        entities = [one.entity for one in found if one.entity]
        via = tuple(belief for one in found for belief in one.via)
        seen = _whereabouts(entities, scene)
        places = {belief.statement.object for belief in seen}
        asked = {one.entity for one in meant(query.object, scene)[0]} if query.yes_no and query.object else set()
        return Answer(tuple(seen), bool(places & asked) if asked and seen else None, via=via, missing=missing)
    answered = answer(query, scene)
    if not answered.beliefs and (no := denied(query, scene)) is not None:
        return no
    if query.predicate == "likes" and not answered.beliefs and query.subject and query.object:
        liked = query.object.entity
        if query.subject.entity == scene.npc and liked and (felt := _liking(liked, scene)):
            return Answer(tuple(felt), verdict=felt[0].holds)
    return answered


def _placed(act: Act, scene: Scene) -> Recollection | None:
    """Return where things are, by whatever relation says where its subject is."""
    asked = {query.predicate for query in act.queries}
    of_another = (query for query in act.queries if query.predicate != "at" and query.subject is not None)
    if ("at" not in asked and any(of_another)) or not act.terms:
        return None
    others = (term for term in act.terms if term.entity not in (scene.npc, scene.speaker))
    wanted = next(others, act.terms[0])  # 'Where do I find the mill?'
    for predicate, rule in (("at", None), *scene.projections.compiled.predicates.items()):
        if predicate in asked or (rule and "where" not in rule.asks):
            continue
        found = _at_hand(Query(predicate, wanted, question_word="where"), scene)
        if found.found:
            return Recollection(found.beliefs, direct=True, predicate=predicate, answer=found)
    return None


def _fading(belief: Belief, scene: Scene) -> Belief:
    """Return where someone was seen as less and less certain: by `STAYS` they may well have gone elsewhere."""
    if belief.statement.predicate != "at" or belief.at is None or scene.now - belief.at < STAYS:
        return belief
    return replace(belief, confidence=min(belief.confidence, 0.6))


def _whereabouts(entities: Iterable[str], scene: Scene) -> list[Belief]:
    """Return where those asked for were last seen, or failing that where friends of theirs know them to be."""
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
    """Return whether the NPC likes someone, from what they feel; nothing where they feel little either way."""
    affinity = scene.mind.feelings.toward(other).affinity
    if abs(affinity) < LIKES:
        return []
    return [Belief(Statement(scene.npc, "likes", other), "inferred", holds=affinity > 0)]


def _about(entities: Iterable[str], scene: Scene) -> list[Belief]:
    """Return what an NPC has to say of the things named: what they are, then what is known of them."""
    found: list[Belief] = []
    spoken_of = [entity for entity in entities if entity not in (scene.npc, scene.speaker)]
    for entity in spoken_of or entities:
        known = scene.projections.compiled.entities.get(entity)
        if known is None or entity == scene.speaker:
            continue
        if not scene.mind.heard_of(known):
            continue
        if known.summary:
            found.append(Belief(Statement(entity, DESCRIBED, entity), "authored"))
        beliefs = scene.mind.beliefs
        of_it = [*beliefs.ask(subject=entity), *beliefs.ask(object=entity)]
        outright = {belief.id for belief in of_it if not belief.statement.basis}
        of_it = [
            belief for belief in of_it if not (belief.statement.basis and outright.issuperset(belief.statement.basis))
        ]
        of_it = [belief for belief in of_it if not _own_promise(belief, scene)]
        of_it.sort(key=lambda belief: (belief.event is None, -belief.confidence))
        found.extend(belief for belief in of_it if belief not in found and belief.statement.predicate != "at")
    return _tellable_first(found, scene)[: MOST + 2]


def _news(scene: Scene) -> list[Belief]:
    """Return the latest that was learned, then what is on everyone's mind."""
    held = [belief for belief in scene.mind.beliefs if belief.holds and belief.statement.predicate != "at"]
    heard_of = [belief for belief in held if belief.event is not None and belief.by != scene.speaker]
    heard_of = [belief for belief in heard_of if not _own_promise(belief, scene)]
    heard_of.sort(key=lambda belief: -(belief.event or 0))
    standing = [belief for belief in held if belief.event is None and belief.how != "authored"]
    return tellable([*heard_of, *standing], scene.company)[:2]


def _tellable_first(beliefs: list[Belief], scene: Scene) -> list[Belief]:
    """Return beliefs with those first that may be told here: what is kept back takes nobody's place."""
    return sorted(beliefs, key=lambda belief: isinstance(as_told(belief, scene.company), Kept))


def _more(scene: Scene) -> list[Belief]:
    """Return what else there is to say of what was spoken of last."""
    last = scene.exchanges[-1]
    told = {fact.id for exchange in scene.exchanges for fact in exchange.line.facts}
    spoken_of = [*last.reading.main.named, *(fact.belief.statement.subject for fact in last.line.facts)]
    others = [one for one in dict.fromkeys(spoken_of) if one not in (scene.npc, scene.speaker)]
    return [belief for belief in _about(others, scene) if belief.id not in told][:2] if others else []


def _own_promise(belief: Belief, scene: Scene) -> bool:
    """Return whether a belief says that the speaker gave a promise: they know, and what it was is another question."""
    return (belief.statement.subject, belief.statement.predicate) == (scene.speaker, PROMISED)


def _promises(reading: Reading, scene: Scene) -> Said:
    """Return what the speaker promised the NPC, in their words: what is asked for first, else the latest."""
    made = scene.mind.counters.promises.get(scene.speaker, ())
    ids = scene.mind.memories.event_ids
    known = [scene.mind.memories[ids.index(event_id)] for event_id in reversed(made) if event_id in ids]
    named = set(reading.main.named) - {scene.npc, scene.speaker}
    known.sort(key=lambda memory: -len(named & memory.about))
    return _told_of([Recalled(memory, 0.0, {}) for memory in known], reading, scene)


def _remembered(reading: Reading, scene: Scene) -> Said:
    """Return what was said that bears on a question about earlier talk; lines of its own only if asked for."""
    act = reading.main
    by = act.said_by
    topic = [entity for entity in act.named if entity not in (scene.npc, scene.speaker)]
    found = scene.mind.recall(reading.text, [*topic, *([] if topic else [scene.speaker])], RECALLED, scene.now)
    fitting = [one for one in found if one.text != reading.text and _is_remark(one.memory, scene)]
    about = frozenset(act.named) - by - {scene.npc}
    if by:
        fitting = _said_by(by, about, [one for one in fitting if one.speaker in by], reading, scene)
    elif "company" in act.subject and not topic:
        fitting = _latest(None, reading, scene)
    else:
        fitting = [one for one in fitting if one.parts.get("words") or (topic and one.memory.about.issuperset(topic))]
    return _told_of(fitting, reading, scene, about)


def _said_by(
    by: Collection[str], about: frozenset[str], fitting: list[Recalled], reading: Reading, scene: Scene
) -> list[Recalled]:
    """Return what some said of what is asked about, or in the manner asked about, if they did; the latest first."""
    act = reading.main
    theirs = _latest(by, reading, scene)
    if "whispered" in act.subject and (hushed := [one for one in theirs if one.memory.between is not None]):
        theirs, fitting = hushed, []
    if about and (of_it := [one for one in theirs if about <= one.memory.about]):
        return of_it
    wanted = act.topics
    of_it = [one for one in theirs if wanted & set(terms(one.text))]
    return of_it or (fitting if wanted and fitting else theirs)


def untold(reading: Reading, scene: Scene) -> Kept | None:
    """Return what was said in confidence of what is asked, where no belief says anything of it: to deny it is to lie.

    Half of what is asked, names of people aside, must have been spoken of.
    """
    asked = reading.main.gist
    known = scene.projections.compiled.entities
    things = {one for one in reading.main.named if one in known and known[one].kind != "person"}
    for one in scene.mind.recall(reading.text, reading.main.named, RECALLED, scene.now):
        memory = one.memory
        spoken = bool(things & memory.about) or 2 * len(asked & set(terms(memory.text))) >= max(1, len(asked))
        if spoken and memory.between is not None and _is_remark(memory, scene):
            return kept_back(memory, scene.company)
    return None


def _latest(by: Collection[str] | None, reading: Reading, scene: Scene) -> list[Recalled]:
    """Return what was said lately by some, or by anybody, the latest first; not what was said in this conversation."""
    asked = {exchange.reading.text for exchange in scene.exchanges} | {reading.text}
    memories = scene.mind.memories
    found = range(len(memories)) if by is None else sorted({at for who in by for at in memories.said_by(who)})
    said = (memories[at] for at in reversed(found))
    fresh = (memory for memory in said if memory.text not in asked and _is_remark(memory, scene))
    return [Recalled(memory, 0.0, {}) for memory in islice(fresh, LATELY)]


def _is_remark(memory: Memory, scene: Scene) -> bool:
    """Return whether a memory is of what somebody else said that says something: no question, no mere 'Is that so.'"""
    if memory.speaker in (None, scene.npc) or memory.text.rstrip().endswith(("?", "？")):
        return False
    if memory.speaker == scene.speaker and not says_something(memory):
        return False
    return Answered.read(scene.projections.event(memory.event_id)).move in TELLING


def _told_of(found: Sequence[Recalled], reading: Reading, scene: Scene, topic: frozenset[str] = frozenset()) -> Said:
    """Return those of some memories that may be told here, two at most, or else why the first may not.

    What fits much worse than what is kept back, and is not about the `topic`, is not told in its place.
    """
    kept: Kept | None = None
    free: list[Recalled] = []
    least = 0.0
    for one in found:
        words = one.parts.get("words", 0.0)
        if (why := kept_back(one.memory, scene.company)) is None:
            fits = words >= least or (topic and one.memory.about.issuperset(topic))
            free += [one] if fits else []
        elif kept is None and not free:
            kept, least = why, INSTEAD * words
    told = (_in_words(one, reading.language, scene) for one in free[:2])
    return tuple(_retold(one, reading, scene) for one in told), None if free else kept


def _retold(recalled: Recalled, reading: Reading, scene: Scene) -> Recalled:
    """Return a memory of what the speaker said with no more of it than bears on what is asked; others' words whole."""
    if recalled.speaker != scene.speaker or reading.main.said_by:
        return recalled
    return replace(recalled, memory=retelling(recalled.memory, reading.text, reading.language))


def _in_words(recalled: Recalled, language: Language, scene: Scene) -> Recalled:
    """Return a memory in the language that is spoken now.

    What was claimed in another language is reworded from the statement; gossip is kept in the game's language
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
