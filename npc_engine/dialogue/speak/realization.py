"""Saying a plan without a model: the predicates' wording in the persona's own phrases."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from npc_engine.dialogue.query import Term
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.speak.repertoire import known_by, remarks, time_of_day
from npc_engine.dialogue.types import ASKING, Fact, Initiative, Phrase, Plan
from npc_engine.lang import pack, words_of
from npc_engine.lang.persons import in_first_person, to_listener
from npc_engine.mind import Recalled
from npc_engine.mind.feelings import mood_word
from npc_engine.phrasebook import filled
from npc_engine.text import Language, fill, fold, join_sentences, sentences
from npc_engine.world import Perspective
from npc_engine.world.wording import as_sentence, number_words

ENDS = '.!?…。！？”"'
"""What a sentence may end in; a phrase that ends otherwise leads into the next."""
SURE = 0.75
"""Confidence from which something is said outright."""
DECLINING = frozenset({"confided", "private", "not_here", "overheard", "lets_slip"})
"""Phrases by which something is kept back."""
_OPENS = 0.45
_CLOSES = 0.2
"""How often an answer is opened or closed with a phrase of the persona's, of all answers."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A plan in the persona's words, in three parts, any of which may be empty.

    `lead` opens it: yes or no, an opening; `body` says what is to be said; `tail` closes it. Together they can be
    read out as they stand. `initiative` is what the tail has of the NPC's own, with the phrase it was said in.
    """

    lead: tuple[str, ...]
    body: tuple[str, ...]
    tail: tuple[str, ...]
    initiative: Initiative | None = None

    def sentences(self, language: Language) -> list[str]:
        """Return the whole of it as sentences."""
        return joined([*self.lead, *self.body, *self.tail], language)


def outline(plan: Plan, scene: Scene, language: Language, *, plain: bool = False) -> Outline:
    """Put a plan into the persona's words, or `plain` into those common to all: what a trained voice is given."""
    chance = Random(f"{scene.seed}/{scene.npc}")
    goes_on = plan.initiative is not None or bool(plan.question)
    said = Phrases(scene, language, chance, plain, plan.listener, leave_room=goes_on)
    if plan.move == "remember" and plan.says:
        told = join_sentences(_says(plan, scene, language), language)
        first = plan.says[0]
        in_own_words = isinstance(first, Phrase) and said.is_authored(first.key)
        parts = Outline((), (told,), ()) if in_own_words else _reminded(told, said)
        return replace(parts, lead=(*_passing(plan, said, scene, language), *parts.lead))
    if plan.move == "remember" and plan.memory is not None:
        return _remembered(plan.memory, scene, language, said)
    lead, tail = "", ""
    before = _passing(plan, said, scene, language)
    if plan.polarity is not None:  # the persona's 'It isn't.' goes with facts
        plainly = Phrases(scene, language, chance, plain=True) if plan.says else said
        lead = plainly.of("yes" if plan.polarity else "no")
    if plan.says:
        opening = (*before, *((lead,) if lead else ()))
        written = join_sentences(_says(plan, scene, language), language)
        return _with_initiative(Outline(opening, (written,), _questioned(plan)), plan, said, scene, language)
    if plan.phrase in DECLINING:
        lead = said.declining(plan.phrase, plan.whom)
    elif plan.polarity is None and plan.phrase:
        put = said.of if plan.facts else said.reply
        said.about_nothing = plan.phrase == "unknown" and not plan.topic
        lead = put(plan.phrase, topic=_topic(plan, scene, language))
    elif plan.polarity is None and not plain and chance.random() < _OPENS:
        lead = said.of("opening")
    if not plain and plan.move == "answer" and chance.random() < _CLOSES:
        tail = said.of("closing")
    tail = plan.question or plan.remark or tail
    body = tuple(_facts(plan.facts, scene, language, said))
    parts = Outline((*before, *((lead,) if lead else ())), body, (tail,) if tail else ())
    return _with_initiative(parts, plan, said, scene, language)


def _passing(plan: Plan, said: Phrases, scene: Scene, language: Language) -> tuple[str, ...]:
    """Return what is said first to what else the speaker did."""
    worded = (said.in_passing(one.key, **filled_slots(one, scene, language)) for one in plan.before)
    return tuple(filter(None, worded))


def _with_initiative(parts: Outline, plan: Plan, said: Phrases, scene: Scene, language: Language) -> Outline:
    """Return an outline that ends in what the NPC says of their own; as it is where it ends in a question already."""
    one = plan.initiative
    before = [*parts.lead, *parts.body, *parts.tail]
    if one is None or (before and before[-1].endswith(ASKING)):
        return parts
    raw, words = said.own_initiative(one.phrase, filled_slots(one.phrase, scene, language))
    if not words:
        return parts
    facts = _facts(one.facts, scene, language, said)
    return replace(parts, tail=(words, *facts), initiative=replace(one, text=raw))


def _questioned(plan: Plan) -> tuple[str, ...]:
    return tuple(filter(None, (plan.remark, plan.question)))


def _says(plan: Plan, scene: Scene, language: Language) -> list[str]:
    """Return what a plan says as it stands, its phrases in the persona's words."""
    said = Phrases(scene, language, Random(f"{scene.seed}/{scene.npc}"))

    return [
        one if isinstance(one, str) else said.reply(one.key, **filled_slots(one, scene, language)) for one in plan.says
    ]


def filled_slots(phrase: Phrase, scene: Scene, language: Language) -> dict[str, str]:
    """Return what fills the slots of a phrase, in words."""
    return {name: _filled(name, slot, scene, language) for name, slot in phrase.slots.items()}


def _filled(name: str, slot: str | Term, scene: Scene, language: Language) -> str:
    """Return what stands in a slot: a thing by its name, what the speaker told as it is said to them, a text."""
    if not isinstance(slot, str):
        return called((slot,), scene, language)
    if name == "value":
        return to_listener(slot, pack(language))
    if name == "goal":
        return in_first_person(slot, scene.persona.pronoun, pack(language))
    return words_of(language).frames.get(slot, slot)


def _topic(plan: Plan, scene: Scene, language: Language) -> str:
    """Return what a plan is about, in words: how many, the things by their names, or 'that'."""
    if isinstance(plan.topic, int):
        return number_words(plan.topic, language)
    return called(plan.topic, scene, language) or words_of(language).frames.get("about_that", "")


def called(terms: Sequence[Term], scene: Scene, language: Language) -> str:
    """Return things by their names, or in the speaker's own words where they were not named."""

    def name(term: Term) -> str:
        if term.entity == scene.speaker:
            return you(language)
        return scene.wording.name(term.entity, language) if term.entity else term.text

    both, gap = words_of(language).grammar.get("and", ["+"])[0], pack(language).gap
    return f"{gap}{both}{gap}".join(map(name, terms))


def you(language: Language) -> str:
    """Return how who is spoken to is called."""
    return pack(language).pronoun("you", "subject")


class Phrases:
    """Picks phrases, the persona's own before the common ones, none that was used lately."""

    def __init__(
        self,
        scene: Scene,
        language: Language,
        chance: Random,
        plain: bool = False,
        listener: str = "",
        *,
        leave_room: bool = False,
    ) -> None:
        self._scene = scene
        self._listener = listener
        self._plain = plain
        self._leave_room = leave_room
        self._language = language
        self._chance = chance
        self._lately = [fold(exchange.line.text) for exchange in scene.exchanges]
        self.about_nothing = False
        """Whether there is nothing to be named: what names its topic is left for where there is no other way."""

    def reply(self, key: str, **slots: str) -> str:
        """Return a phrase for an occasion, or else small talk, so that an answer is not silence."""
        return self.of(key, **slots) or self.of("small_talk")

    def of(self, key: str, **slots: str) -> str:
        """Return a phrase for an occasion, with its slots filled; empty where the language has none for it."""
        sources = [words_of(self._language).phrases.get(key, [])]
        if not self._plain:
            sources = [self._authored(key), *self._tiers(key), *sources]
        if slots.get("whom", you(self._language)) != you(self._language):
            # 'As far as I can throw you' is for nobody else
            sources = [*([one for one in own if "{whom}" in one] for own in sources[:-1]), sources[-1]]
        if self.about_nothing:
            sources = [[one for one in own if "{topic}" not in one] for own in sources]
        fresh = next((found for own in sources if (found := self._fresh(own))), [])
        phrases = fresh or next(filter(None, sources), [])
        if not phrases:
            return ""
        if self._leave_room:  # something follows: no question that would wait for an answer
            phrases = [phrase for phrase in phrases if not phrase.endswith(ASKING)] or phrases
        phrase = self._chance.choice(list(phrases))
        phrase = fill(phrase, slots)
        return phrase[:1].upper() + phrase[1:]

    def to_another(self, key: str, lately: Collection[str], **slots: str) -> str:
        """Return a phrase that one NPC says to another, none of those said `lately` where there is another way.

        It is empty where the language has none for it.
        """
        common = words_of(self._language).phrases.get(key, [])
        phrases = self._authored(key) or [*self._repertoire(key), *common]
        if self._leave_room:
            phrases = [phrase for phrase in phrases if not phrase.endswith(ASKING)] or phrases
        worded = [filled(phrase, **slots) for phrase in phrases]
        fresh = [words for words in worded if words not in lately]
        return self._chance.choice(fresh or worded) if worded else ""

    def own_initiative(self, phrase: Phrase, slots: Mapping[str, str]) -> tuple[str, str]:
        """Return a phrase that the listener has not heard yet, as it is written and with its slots filled."""
        key, before = phrase.key, {about for _, about in self._scene.mind.counters.raised.get(self._scene.speaker, {})}
        own = self._authored(key) or self._repertoire(key)
        for phrases in (own, words_of(self._language).phrases.get(key, [])):
            if fresh := [one for one in self._fresh(phrases) if one not in before]:
                raw = self._chance.choice(fresh)
                return raw, filled(raw, **slots)
        return "", ""

    def _authored(self, key: str) -> list[str]:
        """Return the author's phrases for an occasion: those for the moment alone before the others."""
        persona, holds = self._scene.persona, self._scene.holds
        now = self._fresh(persona.says_now(key, self._language, holds))
        return now or persona.says(key, self._language, holds)

    def declining(self, key: str, whom: str | None) -> str:
        """Return a phrase by which something is kept back; only where `whom` is given does it name anybody."""
        own = self._scene.persona.says(key, self._language, self._scene.holds)
        for phrases in (own, words_of(self._language).phrases.get(key, [])):
            fit = [phrase for phrase in phrases if whom is not None or not ("{whom}" in phrase or "{his}" in phrase)]
            if fit:
                phrase = self._chance.choice(self._fresh(fit) or fit)
                return self._naming(phrase, whom) if whom is not None else phrase
        return self.of("deflect")

    def _naming(self, phrase: str, whom: str) -> str:
        entity = self._scene.projections.compiled.entities.get(whom)
        pronoun = entity.pronoun if entity and entity.pronoun in ("he", "she") else "they"
        his = words_of(self._language).frames.get(f"whose_{pronoun}", "")
        named = fill(phrase, {"whom": self._scene.wording.name(whom, self._language), "his": his})
        return named[:1].upper() + named[1:]

    def in_passing(self, key: str, **slots: str) -> str:
        """Return a phrase that something else follows: none that waits for an answer, where there is another."""
        own = self._authored(key) or self._repertoire(key)
        plain = [phrase for phrase in own if not phrase.endswith(("?", "？"))]
        return fill(self._chance.choice(self._fresh(plain) or plain), slots) if plain else self.reply(key, **slots)

    def is_authored(self, key: str) -> bool:
        """Return whether the author wrote words for an occasion."""
        return bool(self._authored(key))

    def has_own(self, key: str, *, authored: bool = False) -> bool:
        """Return whether the persona has a phrase of their own for an occasion that they did not use lately.

        Phrases of their temperament's count too, unless only `authored` ones do.
        """
        return bool(self._fresh(self._authored(key) or ([] if authored else self._repertoire(key))))

    def _repertoire(self, key: str) -> list[str]:
        """Return the lines that people of this temperament have for an occasion, with the listener's name filled in."""
        own, anybodys = self._tiers(key)
        return [*own, *anybodys]

    def _tiers(self, key: str) -> tuple[list[str], list[str]]:
        """Return the lines that people of this temperament alone have for an occasion, and those that anybody has."""
        scene = self._scene
        felt = scene.mind.feelings.toward(scene.speaker)
        mood = mood_word(scene.mind.feelings.mood(scene.now), felt.affinity)
        found = [
            one
            for one in remarks(key, scene.persona, self._language)
            if one.fits(felt.standing, mood, time_of_day(scene.now.hour)) and (self._listener or not one.named)
        ]
        lines = [(fill(one.text, {"listener": self._listener}), one.anybodys) for one in found]
        return [text for text, common in lines if not common], [text for text, common in lines if common]

    def _fresh(self, phrases: Sequence[str]) -> list[str]:
        return [phrase for phrase in phrases if not any(fold(known_by(phrase)) in line for line in self._lately)]


def has_own_words(plan: Plan, scene: Scene, language: Language, *, authored: bool = False) -> bool:
    """Return whether there are words for what a plan says that were not used lately: `authored`, by the persona's."""
    return bool(plan.phrase) and Phrases(scene, language, Random(0)).has_own(plan.phrase or "", authored=authored)


def _facts(facts: tuple[Fact, ...], scene: Scene, language: Language, said: Phrases) -> list[str]:
    """Return facts as sentences; those that differ on one side only and are equally well known, as one."""
    found: list[str] = []
    last: str | None = None
    waiting = list(facts)
    while waiting:
        fact = waiting[0]
        alike = _alike(fact, waiting)
        clause = _together(alike, scene, language)
        if clause is None:
            alike = [fact]
            belief, base = fact.belief, scene.perspective
            subject = belief.statement.subject
            perspective = Perspective(base.speaker, base.listener, subject if subject == last else None)
            clause = scene.wording.statement(belief.statement, language, perspective, holds=belief.holds)
        found.append(_led(_grounds(fact, scene, language, said), clause, language))
        last = fact.belief.statement.subject if len(alike) == 1 else None
        waiting = [one for one in waiting if one not in alike]
    return found


def _alike(fact: Fact, facts: list[Fact]) -> list[Fact]:
    """Return the facts that can be said together with one: the same of another subject, or else of another object."""
    one = fact.belief
    same = [
        other
        for other in facts
        if (other.belief.statement.predicate, other.belief.holds) == (one.statement.predicate, one.holds)
        and other.belief.statement.qualifiers == one.statement.qualifiers
        and _source_of(other) == _source_of(fact)
    ]
    subjects = [other for other in same if other.belief.statement.object == one.statement.object]
    objects = [other for other in same if other.belief.statement.subject == one.statement.subject]
    return subjects if len(subjects) > 1 else objects


def _together(facts: list[Fact], scene: Scene, language: Language) -> str | None:
    if len(facts) < 2:
        return None
    statements = [fact.belief.statement for fact in facts]
    return scene.wording.together(statements, language, scene.perspective, holds=facts[0].belief.holds)


def _source_of(fact: Fact) -> tuple[str | None, bool]:
    told = fact.belief.by if fact.belief.how == "told" else None
    return told, told is None and fact.belief.confidence < SURE


def _grounds(fact: Fact, scene: Scene, language: Language, said: Phrases) -> str:
    """Return what is put before a fact that was only heard, or is not sure."""
    told, unsure = _source_of(fact)
    if told and told != scene.npc:
        return said.of("hearsay", source=_source(told, scene, language))
    return said.of("unsure") if unsure or fact.belief.confidence < SURE else ""


def _led(prefix: str, clause: str, language: Language) -> str:
    """Put a phrase before a clause: as one sentence where the phrase leaves it open, as two where it doesn't."""
    if not prefix:
        return as_sentence(clause, language)
    if prefix[-1] in ".!?。！？…":
        return prefix + pack(language).gap + as_sentence(clause, language)
    return as_sentence(f"{prefix}{pack(language).gap}{clause}", language)


def _source(teller: str, scene: Scene, language: Language) -> str:
    person = scene.perspective.person(teller)
    if person:
        return you(language)
    return scene.wording.name(teller, language)


def _remembered(memory: Recalled, scene: Scene, language: Language, said: Phrases) -> Outline:
    """Return a memory as speech: to the one who said it in the persona's phrase, to another with who said it."""
    frames = words_of(language).frames
    if memory.speaker == scene.speaker:
        return _reminded(as_sentence(to_listener(memory.text, pack(language)), language), said)
    speaker = scene.wording.name(memory.speaker, language) if memory.speaker else frames.get("someone", "")
    speaker = speaker[:1].upper() + speaker[1:]
    return Outline((), (fill(frames.get("said", "{text}"), {"speaker": speaker, "text": memory.text}),), ())


def _reminded(told: str, said: Phrases) -> Outline:
    """Return what somebody told as it is put to them again, led in by the persona's phrase."""
    phrase = said.of("remember")
    lead, marked, rest = phrase.partition("{memory}")
    opening = lead.strip() if marked else phrase
    return Outline((opening,) if opening else (), (f"{told}{rest}",), ())


def joined(parts: list[str], language: Language) -> list[str]:
    """Return parts as whole sentences: a part that ends open ('Well,') leads into the next."""
    found: list[str] = []
    for part in dict.fromkeys(parts):  # the same is not said twice in a breath
        if not part:
            continue
        if found and found[-1][-1] not in ENDS:
            lead = found.pop()
            rest = part if lead[-1] in "—–" else pack(language).continued(part)
            found.append(f"{lead}{pack(language).gap}{rest}")
        else:
            found.append(part)
    return [sentence for part in found for sentence in sentences(part)]
