"""The page: all that may stand in a prompt of this NPC's before this listener, as plain data.

What may be told is decided by the code that guards what is told without a model (`access`, `mind.discretion`): nothing
stands here that the NPC would not say to everyone who hears them now. What a realizer makes of it is its own affair.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from npc_engine.dialogue.access import (
    authors_note,
    closed_guard,
    confided_in,
    gives_away,
    is_open,
    open_goals,
)
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.secrets.guard import Guard, all_of
from npc_engine.lang import pack
from npc_engine.mind import Belief
from npc_engine.mind.discretion import kept_back, tellable
from npc_engine.mind.feelings import Feeling, mood_word
from npc_engine.text import Language, join_sentences, language_of, localized, sentences
from npc_engine.world.wording import OF_THE_MOMENT

MOST_BELIEFS = 150
"""Beliefs that stand on a page at most: those nearest to what is spoken of."""
MOST_MEMORIES = 4
"""Memories that stand on a page at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on a page: `id` names it for good (a statement, `about:work/0`, `goal:ID`, `event 12`)."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Believed(Entry):
    """Something believed, as the NPC would tell the listener of it: how it is known, from whom, how sure (0 to 1)."""

    how: str
    by: str
    confidence: float
    about: tuple[str, ...]
    """The two that it is about, by id."""
    since: int
    """The event it was learned in; 0 for what the NPC started out with."""


@dataclass(frozen=True, slots=True)
class Relation(Entry):
    """Somebody the NPC knows: their name, what is felt for them, and as `text` the author's note, if any."""

    name: str
    feeling: Feeling


@dataclass(frozen=True, slots=True)
class Memory(Entry):
    """Something that was said or happened, in the words it was said in: by whom, when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SelfTold(Entry):
    """What the speaker told of themself: the slot (`name`, `family` …), of whom or what (`sister`), their words."""

    slot: str
    about: str


@dataclass(frozen=True, slots=True)
class Said(Entry):
    """One exchange of this talk: what was said as `text`, who answered, and their reply."""

    by: str
    reply: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What somebody said, and how the NPC answers such a thing."""

    said: str
    reply: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Where and when they talk: `doing` is what the NPC is busy with, `near` who hears it besides, `mood` the NPC's.

    `weather` says what the sky does in a sentence; it is empty where the game doesn't say.
    """

    at: datetime
    place: str
    doing: str
    near: tuple[str, ...]
    mood: str
    weather: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """All that may stand in a prompt of one NPC's before one listener, in one language.

    Up to `never` it is the author's, the same from turn to turn and without a word of any secret, told or not;
    `passages` are what the NPC says of themself, of which those in `private` depend on the listener or the hour,
    `improvised` what a model made up of them before, and `topics` foreseen questions with their answers. `disclosed`
    are the secrets that are open to the listener, `covers` what is said openly in place of those that are not. `toward`
    is what is felt for the speaker, `noted` what the NPC noted of talks with them.
    """

    npc: str
    name: str
    role: str
    setting: str
    surroundings: str
    summary: str
    traits: tuple[str, ...]
    register: str
    quirks: tuple[str, ...]
    samples: tuple[Sample, ...]
    passages: tuple[Entry, ...]
    never: tuple[str, ...]
    improvised: tuple[Entry, ...]
    private: tuple[Entry, ...]
    topics: tuple[tuple[Entry, str], ...]
    goals: tuple[Entry, ...]
    relations: tuple[Relation, ...]
    beliefs: tuple[Believed, ...]
    disclosed: tuple[Entry, ...]
    covers: tuple[Entry, ...]
    speaker: str
    toward: Feeling
    told: tuple[SelfTold, ...]
    noted: tuple[Entry, ...]
    moment: Moment
    exchanges: tuple[Said, ...]
    memories: tuple[Memory, ...]


def page(scene: Scene, language: Language, asked: str = "", named: Collection[str] = ()) -> Page:
    """Return the page of a scene, in a language; call it with the state held.

    `asked` is what is being answered, and `named` the ids of what it names: they say which beliefs are nearest, and
    which memories come to mind; the latest do without.
    """
    persona = scene.persona
    always, now = all_of(persona, scene.projections.compiled), closed_guard(scene)
    builder = _Builder(scene, language, now)
    passages = list(builder.passages(always))
    return Page(
        npc=scene.npc,
        name=localized(persona.names, language),
        role=_without(localized(persona.role, language), always, language),
        setting=localized(scene.setting, language),
        surroundings=_without(localized(scene.surroundings, language), always, language),
        summary=_without(localized(persona.summary, language), always, language),
        traits=tuple(one for one in persona.traits.get(language, ()) if not gives_away(one, always)),
        register=_without(localized(persona.voice.register_, language), always, language),
        quirks=tuple(one for one in persona.voice.quirks.get(language, ()) if not gives_away(one, always)),
        samples=tuple(builder.samples(always)),
        passages=tuple(entry for entry, steady in passages if steady),
        never=tuple(persona.voice.never.get(language, ())),
        improvised=tuple(builder.improvised()),
        private=tuple(entry for entry, steady in passages if not steady),
        topics=tuple(builder.topics()),
        goals=tuple(Entry(f"goal:{id}", text) for id, text in open_goals(scene, language)),
        relations=tuple(builder.relations()),
        beliefs=tuple(builder.beliefs(named)),
        disclosed=tuple(builder.disclosed()),
        covers=tuple(builder.covers()),
        speaker=builder.name(scene.speaker),
        toward=scene.mind.feelings.toward(scene.speaker),
        told=tuple(builder.told()),
        noted=tuple(builder.noted()),
        moment=builder.moment(),
        exchanges=tuple(builder.exchanges()),
        memories=tuple(builder.memories(asked, named)),
    )


def _without(text: str, guard: Guard, language: Language) -> str:
    """Return a text without the sentences that touch on a secret."""
    return join_sentences([one for one in sentences(text) if not gives_away(one, guard)], language)


class _Builder:
    """Collects what may be told; `guard` watches over what is closed here."""

    def __init__(self, scene: Scene, language: Language, guard: Guard) -> None:
        self._scene, self._language, self._guard = scene, language, guard

    def name(self, who: str) -> str:
        """Return what somebody is called."""
        return self._scene.wording.name(who, self._language)

    def samples(self, guard: Guard) -> Iterator[Sample]:
        """Yield the persona's samples."""
        for one in self._scene.persona.voice.samples:
            said, reply = localized(one.said, self._language), localized(one.reply, self._language)
            if said and reply and not gives_away(f"{said} {reply}", guard):
                yield Sample(said, reply)

    def passages(self, guard: Guard) -> Iterator[tuple[Entry, bool]]:
        """Yield what the NPC says of themself, and whether it does not depend on who listens, and when."""
        scene = self._scene
        for one in scene.persona.about:
            if not scene.holds(one.when) or not confided_in(one, scene):
                continue
            for at, text in enumerate(one.says.get(self._language, ())):
                if not gives_away(text, guard):
                    yield Entry(f"{one.key}/{at}", text), not one.when and one.confidence == "open"

    def improvised(self) -> Iterator[Entry]:
        """Yield what a model made up of the NPC's life before, and which holds since."""
        for text, event_id in self._scene.mind.counters.improvised.items():
            if language_of(text, self._language) == self._language and not gives_away(text, self._guard):
                yield Entry(f"event {event_id}", text)

    def topics(self) -> Iterator[tuple[Entry, str]]:
        """Yield what the author wrote for a question that is likely: the answer, and the question."""
        scene = self._scene
        for one in scene.persona.topics:
            asks = one.asks.get(self._language, ())
            if not asks or not scene.holds(one.when):
                continue
            for at, text in enumerate((*one.says.get(self._language, ()), *one.then.get(self._language, ()))):
                if not gives_away(f"{asks[0]} {text}", self._guard):
                    yield Entry(f"{one.key}/{at}", text), asks[0]

    def relations(self) -> Iterator[Relation]:
        """Yield whom the NPC knows, and what may be told of what the author noted."""
        scene = self._scene
        for who in scene.persona.relationships:
            if who not in (scene.npc, scene.speaker) and who in scene.projections.compiled.entities:
                note = authors_note(who, scene, self._language)
                yield Relation(f"relation:{who}", note, self.name(who), scene.mind.feelings.toward(who))

    def beliefs(self, named: Collection[str]) -> Iterator[Believed]:
        """Yield what the NPC believes and may tell, what is nearest to the things named first."""
        scene = self._scene
        held = [belief for belief in scene.mind.beliefs if _lasts(belief)]
        near = frozenset(named) - {scene.npc, scene.speaker}

        def nearness(belief: Belief) -> tuple[int, bool, int]:
            parts = {belief.statement.subject, belief.statement.object}
            return -len(parts & near), scene.npc not in parts, -(belief.event or 0)

        count = 0
        for belief in sorted(held, key=nearness):
            if count == MOST_BELIEFS:
                return
            for told in tellable([belief], scene.company):
                one = told.statement
                text = scene.wording.sentence(one, self._language, scene.perspective, holds=told.holds)
                if text and not gives_away(text, self._guard):
                    by = self.name(told.by) if told.by else ""
                    count += 1
                    yield Believed(
                        told.id, text, told.how, by, told.confidence, (one.subject, one.object), told.event or 0
                    )

    def disclosed(self) -> Iterator[Entry]:
        """Yield the secrets that may be told here: the author's words, else the facts'."""
        scene, beliefs = self._scene, self._scene.mind.beliefs
        for secret in scene.persona.secrets:
            if not is_open(secret, scene):
                continue
            text = secret.reveal.get(self._language, "")
            if not text:
                held = [one for fact in secret.facts if (one := beliefs.stance(fact.replace(" ", "."))) is not None]
                worded = [
                    scene.wording.sentence(one.statement, self._language, scene.perspective, holds=one.holds)
                    for one in held
                ]
                text = join_sentences(worded, self._language)
            if text and not gives_away(text, self._guard):
                yield Entry(f"secret:{secret.id}", text)

    def covers(self) -> Iterator[Entry]:
        """Yield what is said openly in a secret's place, where that has none of its words in it."""
        for secret in self._scene.persona.secrets:
            text = secret.cover.get(self._language, "")
            if text and not is_open(secret, self._scene) and not gives_away(text, self._guard):
                yield Entry(f"cover:{secret.id}", text)

    def told(self) -> Iterator[SelfTold]:
        """Yield what the speaker told of themself, as far as all who hear it now may know."""
        rows = self._scene.mind.counters.told.get(self._scene.speaker, {})
        for (slot, about), (value, event_id) in rows.items():
            if self._is_free(event_id) and not gives_away(value, self._guard):
                yield SelfTold(f"event {event_id}", value, slot, about)

    def noted(self) -> Iterator[Entry]:
        """Yield what the NPC noted of talks with the speaker, as far as all who hear it now may know."""
        for text, event_id in self._scene.mind.counters.noted.get(self._scene.speaker, {}).items():
            if self._is_free(event_id) and not gives_away(text, self._guard):
                yield Entry(f"event {event_id}", text)

    def moment(self) -> Moment:
        """Return where they are, when, and who is near."""
        scene = self._scene
        near = sorted(scene.overheard_by - {scene.npc, scene.speaker})
        felt = scene.mind.feelings
        mood = mood_word(felt.mood(scene.now), felt.toward(scene.speaker).affinity)
        doing = _without(scene.doing.get(self._language, ""), self._guard, self._language)
        place = self.name(scene.place) if scene.place else ""
        said = pack(self._language).words.phrases.get(f"weather_{scene.weather}", ())
        return Moment(scene.now, place, doing, tuple(map(self.name, near)), mood, said[0] if said else "")

    def exchanges(self) -> Iterator[Said]:
        """Yield this talk so far, without what somebody who hears it now may not know."""
        for one in self._scene.exchanges:
            event_id = one.line.event_id
            asked = self._scene.projections.event(event_id).cause
            if self._is_free(event_id) and (asked is None or self._is_free(asked)):
                said = _without(one.reading.text, self._guard, self._language)
                reply = _without(one.line.text, self._guard, self._language)
                yield Said(f"event {event_id}", said, self.name(one.line.speaker), reply)

    def memories(self, asked: str, named: Iterable[str]) -> Iterator[Memory]:
        """Yield what comes to mind of earlier talk, and may be told."""
        scene = self._scene
        here = {text for one in scene.exchanges for text in (one.reading.text, one.line.text)} | {asked}
        about = [one for one in named if one not in (scene.npc, scene.speaker)] or [scene.speaker]
        found = 0
        for one in scene.mind.recall(asked, about, 3 * MOST_MEMORIES, scene.now) if asked else ():
            if one.text in here or kept_back(one.memory, scene.company) or gives_away(one.text, self._guard):
                continue
            if found < MOST_MEMORIES:
                found += 1
                by = self.name(one.speaker) if one.speaker else ""
                yield Memory(f"event {one.event_id}", one.text, by, one.memory.at)

    def _is_free(self, event_id: int) -> bool:
        """Return whether an event may be spoken of before all who hear it: they were there, or may be told."""
        scene = self._scene
        if scene.audience <= scene.projections.event(event_id).audience:
            return True
        ids: Sequence[int] = scene.mind.memories.event_ids
        return event_id in ids and kept_back(scene.mind.memories[ids.index(event_id)], scene.company) is None


def _lasts(belief: Belief) -> bool:
    """Return whether a belief is more than where somebody was seen."""
    return belief.statement.predicate not in (*OF_THE_MOMENT, "at") and not belief.statement.basis
