"""What the speaker said to the NPC that bears on a question of theirs: the clause that does."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial

from npc_engine.dialogue.decide.said_clauses import LATELY, LITTLE, MOVED, SaidClause, as_told, said_clauses, weight
from npc_engine.dialogue.scene import Scene
from npc_engine.lang import pack
from npc_engine.lang.base import LanguagePack
from npc_engine.lang.retelling import (
    Clause,
    alike,
    asked_for,
    clauses,
)
from npc_engine.mind import Recalled
from npc_engine.mind.cues import sought, tells_when
from npc_engine.mind.discretion import Kept
from npc_engine.payloads import Told
from npc_engine.text import Language, fold, language_of, terms

SHARE = 0.4
"""How much of what is asked, its rarer words the more, a clause must have to bear on it."""
NAMED = 0.6
"""What it is worth that what was said names whom or what is asked about."""
SUBJECT = 0.5
"""What it is worth that a clause is about whom is asked about, rather than that it only names them."""
ANSWERS = 0.5
"""What it is worth that a clause has what is asked for in it: a name, a number, a colour."""
MEANT_BY_IT = 0.7
"""What it is worth that a clause before has a word, where a pronoun goes on about that: 'It was red.'"""
SOON = timedelta(minutes=10)
"""How long after it what was said may still belong to what was said before."""
BARE = {True: 4, False: 6}
"""Words, or characters, of a clause that only tells a number of what was said before."""
NEAR = 4
"""Lines in which a reason is looked for."""


def bearing(
    question: str,
    scene: Scene,
    language: Language,
    about: str = "",
    named: frozenset[str] = frozenset(),
    least: float = SHARE,
) -> tuple[Recalled | None, Kept | None]:
    """Return what the speaker said that bears on a question, as it is said again; or why it is kept back.

    `about` is which of their kin or things is asked about, `named` who or what of the world is; there is nothing where
    nothing was said of that. `least` is how much of the question it must have.
    """
    speech = pack(language)
    everything = list(said_clauses(scene, language))
    said = list(_of(everything, about, speech)) if about else everything
    beside = set(terms(about))  # whom all of it is about tells nothing
    wanted = _telling(question, beside, speech)
    known = [set(terms(one.clause.text)) for one in said]
    spread = Counter(term for found in known for term in found)
    meant = list(_meant(said, known, speech))
    answers = _answering(question, scene, language)
    asked = (speech.words.question.get(one, ()) for one in ("how_many", "when"))
    counted = any(speech.words.any_of(one, fold(question)) for one in asked)
    best: tuple[float, int] | None = None
    whole = sum(rarity(word, spread, len(said)) for word in wanted)
    for at, (one, found, beyond) in enumerate(zip(said, known, meant, strict=True)):
        fit = sum(
            rarity(word, spread, len(said))
            * max(has(word, found, one.clause.text), MEANT_BY_IT * has(word, beyond, ""))
            for word in wanted
        )
        share = fit / whole if whole else 0.0
        if named and named <= one.memory.about:
            share = max(share, NAMED)
        fits = answers(one)
        if not (share >= (least / 2 if fits else least) or (about and (fits or not counted))):
            continue  # who never told how old their sister is told of her, and not that
        score = share + (SUBJECT if about and _is_subject(one.clause) else 0.0) + 0.1 * one.clause.own
        score += ANSWERS * fits - 0.2 * one.clause.to
        if best is None or score >= best[0]:
            best = (score, at)
    fitting = None if best is None else said[best[1]]
    if fitting is not None and _asks_why(question, speech):
        fitting = _reason(fitting, everything, language) or fitting
    return as_told(fitting, scene, language)


def on_matter(matters: Sequence[str], scene: Scene, language: Language) -> tuple[Recalled | None, Kept | None]:
    """Return what the speaker told last of some matters, in the clause that says most; or why it is kept back."""
    lines = [one for one in said_clauses(scene, language) if not one.clause.to]
    told = [one for one in lines if set(matters) & set(Told.read(scene.projections.event(one.memory.event_id)).matters)]
    if not told:
        return None, None
    last = [one for one in told if one.memory.event_id == told[-1].memory.event_id]
    return as_told(max(last, key=lambda one: (one.clause.own, one.clause.length)), scene, language)


def suggested(question: str, scene: Scene, language: Language) -> tuple[Recalled | None, Kept | None]:
    """Return what the speaker said that may answer a question though it has no word of it; or why it is kept back.

    That is what they said next to a question of theirs that has its words, or, where it is asked who it was, which or
    how many, what they said last that names somebody or something, or a number.
    """
    speech = pack(language)
    if (after := _after_asking(question, scene, language)) is not None:
        return as_told(after, scene, language)
    said = list(said_clauses(scene, language))
    for word, tells in (("who", _names_somebody), ("how_many", _has_number), ("what", _names_something)):
        if not speech.words.any_of(speech.words.question.get(word, ()), question):
            continue
        fitting = [one for one in said if tells(one, scene, language)]
        return as_told(fitting[-1] if fitting else None, scene, language)
    return None, None


def names_what(question: str, language: Language) -> bool:
    """Return whether a question after what was said tells what it is after: not 'Do you remember what I said?'"""
    return bool(sought(asked_for(question, pack(language))).words)


def _of(said: Sequence[SaidClause], about: str, speech: LanguagePack) -> Iterator[SaidClause]:
    """Yield the clauses about somebody's kin or things, and the numbers that are told of them right after."""
    before: SaidClause | None = None
    for one in said:
        told = before is not None and not one.clause.of and _goes_on(one, before, speech)
        before = one if told or alike(one.clause.of, about, speech) else None
        if before is not None:
            yield one


def is_of_hearer(question: str, language: Language) -> bool:
    """Return whether a question is about the hearer, and not about whoever asks it: 'Where do you buy two of them?'"""
    speech = pack(language)
    mine, yours = (speech.words.any_of(speech.about_self[who], fold(question)) for who in ("mine", "yours"))
    return yours and not mine


def _telling(question: str, beside: set[str], speech: LanguagePack) -> list[dict[str, float]]:
    """Return the words of a question that tell what it is after, or all but those `beside` it where none does."""
    found = [dict(word) for word in sought(asked_for(question, speech)).words]
    wanted = [word for word in found if beside.isdisjoint(word)]
    common = {term for word in speech.common_words for term in terms(word)}
    return [word for word in wanted if next(iter(word)) not in common and _is_word(next(iter(word)))] or wanted


def _is_word(term: str) -> bool:
    """Return whether a term is more than a letter: 'u'."""
    return len(term) > 1 or not term.isascii()


def _meant(said: Sequence[SaidClause], known: Sequence[set[str]], speech: LanguagePack) -> Iterator[set[str]]:
    """Yield for each clause the terms of those before it that it goes on about: 'I have a rabbit. He bites.'"""
    beyond: set[str] = set()
    for at, one in enumerate(said):
        leans = at > 0 and _goes_on(one, said[at - 1], speech)
        beyond = (beyond | known[at - 1]) if leans else set()
        asked = one.line[: list(one.line).index(one.clause)]  # 'Have you a dog? I have one called Bean.'
        yield beyond | {term for clause in asked if clause.asks for term in terms(clause.text)}


def _goes_on(one: SaidClause, before: SaidClause, speech: LanguagePack) -> bool:
    """Return whether a clause goes on about what the one before it is about.

    It does by a pronoun, in the same sentence, and where it only tells a number: 'My wife left me.' 'Three years now.'
    """
    if one.memory is before.memory and one.clause.sentence == before.clause.sentence:
        return True
    clause = one.clause
    bare = clause.length <= BARE[speech.spaced] and not (clause.own or clause.to or clause.of)
    counts = bare and bool(speech.numerals(fold(clause.text)))
    return (clause.goes_on or counts) and one.memory.at - before.memory.at <= SOON


def _answering(question: str, scene: Scene, language: Language) -> Callable[[SaidClause], bool]:
    """Return what tells whether a clause has in it what a question asks for; nothing has where none is known."""
    speech = pack(language)
    words, asked = speech.words, fold(question)
    kinds = speech.about_self.get("answering", ())
    listed = [word for kind in kinds if words.any_of(kind["asks"], asked) for word in kind["tells"]]
    tells: list[Callable[[SaidClause], bool]] = (
        [lambda one: words.any_of(listed, fold(one.clause.text))] if listed else []
    )
    for word, fits in (("who", _names_somebody), ("how_many", _has_number), ("when", _tells_when)):
        if words.any_of(words.question.get(word, ()), asked):
            tells.append(partial(fits, scene=scene, language=language))
    return lambda one: any(fits(one) for fits in tells)


def _after_asking(question: str, scene: Scene, language: Language) -> SaidClause | None:
    """Return what the speaker said next to a question of theirs that bears on one: 'May I pay with a verse?'"""
    speech, memories = pack(language), scene.mind.memories
    lines = [memories[at] for at in memories.said_by(scene.speaker)[-LATELY:]]
    lines = [one for one in lines if language_of(one.text, language) == language]
    wanted = [dict(word) for word in sought(asked_for(question, speech)).words]
    spread = Counter(term for one in lines for term in set(terms(one.text)))
    whole = sum(rarity(word, spread, len(lines)) * next(iter(word.values())) for word in wanted)
    asked = [" ".join(clause.text for clause in clauses(one.text, speech) if clause.asks) for one in lines]
    fits = [sum(rarity(word, spread, len(lines)) * has(word, set(terms(one)), one) for word in wanted) for one in asked]
    for at in sorted(range(len(lines) - 1), key=lambda at: (-fits[at], -at)):
        if not whole or fits[at] / whole < SHARE:
            return None
        following = lines[at + 1]
        if following.at - lines[at].at > SOON:
            continue
        stated = [one for one in said_clauses(scene, language) if one.memory.event_id == following.event_id]
        if stated:
            return max(stated, key=lambda one: one.clause.length)
    return None


def _asks_why(question: str, speech: LanguagePack) -> bool:
    return speech.words.any_of(speech.words.question.get("why", ()), question)


def _reason(found: SaidClause, everything: Sequence[SaidClause], language: Language) -> SaidClause | None:
    """Return why it is so, for what the speaker said: what says because, or what moved them most and was told next."""
    speech = pack(language)
    at = everything.index(found)
    near = [one for one in everything[at:] if one.memory.at - found.memory.at <= SOON]
    because = speech.about_self["because"]
    stated = [one for one in near[: 2 * NEAR] if speech.words.any_of(because, one.clause.text)]
    moved = [one for one in near[1 : 2 * NEAR] if weight(one, language) >= MOVED]
    return next(iter(stated), None) or max(moved, key=lambda one: weight(one, language), default=None)


def _names_somebody(one: SaidClause, scene: Scene, language: Language) -> bool:
    """Return whether a clause speaks of somebody other than the two who talk."""
    known = scene.projections.compiled.entities
    people = {who for who in one.memory.about - {scene.npc, scene.speaker} if who in known}
    named = {found.entity for found in scene.projections.names.find(one.clause.text)}
    if any(known[who].kind == "person" for who in people & named):
        return True
    return bool(one.clause.of) or _capitals(one, scene, language)


def _names_something(one: SaidClause, scene: Scene, language: Language) -> bool:
    return _capitals(one, scene, language)


def _capitals(one: SaidClause, scene: Scene, language: Language) -> bool:
    """Return whether a clause has a name in it, by its capital, that is not the speaker's own."""
    if not pack(language).capitals_are_names:
        return False
    told = scene.mind.counters.told.get(scene.speaker, {})
    own = {part.casefold() for (slot, about), (value, _) in told.items() if slot == "name" for part in value.split()}
    inner = one.clause.text.split()[1:]
    return any(word[:1].isupper() and len(word) > LITTLE and word.strip(".,'’").casefold() not in own for word in inner)


def _has_number(one: SaidClause, scene: Scene, language: Language) -> bool:
    return bool(pack(language).numerals(fold(one.clause.text)))


def _tells_when(one: SaidClause, scene: Scene, language: Language) -> bool:
    return tells_when(one.clause.text)


def rarity(word: dict[str, float], spread: Counter[str], number: int) -> float:
    """Return what it tells that a clause has a word: the rarer, the more."""
    return math.log(1 + (number + 1) / (1 + max((spread[term] for term in word), default=0)))


def has(word: dict[str, float], found: set[str], text: str) -> float:
    """Return how well a text with some terms has a word that is looked for, 0 to 1; a lone character may be in it."""
    itself = next(iter(word))
    lone = word[itself] if len(itself) == 1 and not itself.isascii() and itself in text else 0.0
    return max((lone, *(weight for term, weight in word.items() if term in found)))


def _is_subject(clause: Clause) -> bool:
    """Return whether a clause is about one of the speaker's, rather than naming them by the way."""
    return bool(clause.pronoun) or clause.of in " ".join(clause.text.casefold().split()[:3])
