"""What the speaker said to the NPC that bears on a question: the clause that does, never a question or a greeting."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from npc_engine.acts import acts
from npc_engine.dialogue.scene import Scene
from npc_engine.lang import pack
from npc_engine.lang.base import LanguagePack
from npc_engine.lang.retelling import (
    Clause,
    alike,
    asked_for,
    clauses,
    is_short,
    retold,
    stands_alone,
    without_greeting,
)
from npc_engine.mind import Memory, Recalled
from npc_engine.mind.cues import sought
from npc_engine.mind.discretion import Kept, kept_back
from npc_engine.payloads import Answered, Conveyed, Told
from npc_engine.text import Language, fold, language_of, terms

LATELY = 60
"""How many of what somebody said last are looked through."""
SHARE = 0.4
"""How much of what is asked, its rarer words the more, a clause must have to bear on it."""
NAMED = 0.6
"""What it is worth that what was said names whom or what is asked about."""
SUBJECT = 0.5
"""What it is worth that a clause is about whom is asked about, rather than that it only names them."""
LITTLE = 2
"""Words, or characters, that say nothing by themselves."""
SOON = timedelta(minutes=10)
"""How long after it what was said may still belong to what was said before."""
NEAR = 4
"""Lines in which a reason is looked for."""
MOVED = 2.0
"""What a clause weighs by which somebody tells of what moved them."""
HEAVY = ("grief", "sad", "hurt", "afraid", "glad", "ashamed", "lost")
"""Moods in which people tell what is not forgotten."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A clause of what was said, with all the clauses of its line and the memory of it."""

    clause: Clause
    line: Sequence[Clause]
    memory: Memory


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
    everything = list(_said(scene, language))
    said = [one for one in everything if not about or alike(one.clause.of, about, speech)]
    beside = set(terms(about))  # whom all of it is about tells nothing
    wanted = [dict(word) for word in sought(asked_for(question, speech)).words if beside.isdisjoint(dict(word))]
    known = [set(terms(one.clause.text)) for one in said]
    spread = Counter(term for found in known for term in found)
    best: tuple[float, int] | None = None
    whole = sum(rarity(word, spread, len(said)) for word in wanted)
    for at, (one, found) in enumerate(zip(said, known, strict=True)):
        fit = sum(rarity(word, spread, len(said)) * has(word, found, one.clause.text) for word in wanted)
        share = fit / whole if whole else 0.0
        if named and named <= one.memory.about:
            share = max(share, NAMED)
        if not (share >= least or about):
            continue
        score = share + (SUBJECT if about and _is_subject(one.clause) else 0.0) + 0.1 * one.clause.own
        score -= 0.2 * one.clause.to
        if best is None or score >= best[0]:
            best = (score, at)
    fitting = None if best is None else said[best[1]]
    if fitting is not None and _asks_why(question, speech):
        fitting = _reason(fitting, everything, language) or fitting
    return _as_told(fitting, scene, language)


def on_matter(matters: Sequence[str], scene: Scene, language: Language) -> tuple[Recalled | None, Kept | None]:
    """Return what the speaker told last of some matters, in the clause that says most; or why it is kept back."""
    lines = [one for one in _said(scene, language) if not one.clause.to]
    told = [one for one in lines if set(matters) & set(Told.read(scene.projections.event(one.memory.event_id)).matters)]
    if not told:
        return None, None
    last = [one for one in told if one.memory.event_id == told[-1].memory.event_id]
    return _as_told(max(last, key=lambda one: (one.clause.own, one.clause.length)), scene, language)


def suggested(question: str, scene: Scene, language: Language) -> tuple[Recalled | None, Kept | None]:
    """Return what the speaker said that may answer a question though it has no word of it; or why it is kept back.

    That is what they said next to a question of theirs that has its words, or, where it is asked who it was, which or
    how many, what they said last that names somebody or something, or a number.
    """
    speech = pack(language)
    if (after := _after_asking(question, scene, language)) is not None:
        return _as_told(after, scene, language)
    said = list(_said(scene, language))
    for word, tells in (("who", _names_somebody), ("how_many", _has_number), ("what", _names_something)):
        if not speech.words.any_of(speech.words.question.get(word, ()), question):
            continue
        fitting = [one for one in said if tells(one, scene, language)]
        return _as_told(fitting[-1] if fitting else None, scene, language)
    return None, None


def names_what(question: str, language: Language) -> bool:
    """Return whether a question after what was said tells what it is after: not 'Do you remember what I said?'"""
    return bool(sought(asked_for(question, pack(language))).words)


def is_of_speaker(question: str, language: Language) -> bool:
    """Return whether a question is about whoever asks it, and not about the hearer: 'What is it I buy two of?'"""
    speech = pack(language)
    mine, yours = (speech.words.any_of(speech.about_self[who], fold(question)) for who in ("mine", "yours"))
    return mine and not yours


def weightiest(
    scene: Scene, language: Language, number: int = 1, *, before: int | None = None, clear: bool = False
) -> list[Recalled]:
    """Return what the speaker told of themself that matters most, and may be told here; of two alike the later.

    With `before` only what was said before that event counts. What must be `clear` can be said back as it stands.
    """
    found = [one for one in _said(scene, language) if before is None or one.memory.event_id < before]
    if clear:
        found = list(filter(None, (_cleared(one, pack(language)) for one in found)))
    ranked = sorted(enumerate(found), key=lambda row: (-_weight(row[1], language), -row[0]))
    told: list[Recalled] = []
    for _, one in ranked:
        if len(told) == number or _weight(one, language) <= 0:
            break
        free, _ = _as_told(one, scene, language)
        if free is not None and all(free.event_id != other.event_id for other in told):
            told.append(free)
    return sorted(told, key=lambda one: one.event_id)


def _cleared(one: _Said, speech: LanguagePack) -> _Said | None:
    """Return something said that can be said back as it stands: with what goes with it, or alone; None for neither."""
    whole = replace(one.clause, text=retold(one.line, one.clause, speech), own=True)
    if stands_alone(whole, speech):
        return one
    return replace(one, line=(one.clause,)) if stands_alone(one.clause, speech) else None


def lately(scene: Scene, language: Language) -> tuple[Recalled | None, Kept | None]:
    """Return what the speaker said last that was no question, whatever it was about, or why it is kept back."""
    found = [one for one in _said(scene, language) if one.clause.length > LITTLE]
    return _as_told(found[-1] if found else None, scene, language)


def confided(scene: Scene, language: Language) -> tuple[Recalled | None, Kept | None]:
    """Return what the speaker asked the NPC last to keep to themself, or why it may not be said here even to them."""
    found = [one for one in _said(scene, language) if one.memory.between is not None]
    own = [one for one in found if one.clause.own and not one.clause.to] or found
    last = replace(own[-1], line=(own[-1].clause,)) if own else None
    return _as_told(last, scene, language)


def passed_on(scene: Scene) -> bool:
    """Return whether the NPC said anything to others of what the speaker asked them to keep to themself."""
    memories, event = scene.mind.memories, scene.projections.event
    said = [memories[at] for at in memories.said_by(scene.speaker)]
    kept = {one.event_id for one in said if one.between is not None}
    claimed = {claim.statement_id for one in kept for claim in event(one).claims}
    for at in memories.said_by(scene.npc):
        if memories[at].heard_by <= {scene.npc, scene.speaker}:
            continue
        told = event(memories[at].event_id)
        if Conveyed.read(told).memory in kept or claimed & {claim.statement_id for claim in told.claims}:
            return True
    return False


def taken_up(text: str, scene: Scene, language: Language) -> Recalled | None:
    """Return what the speaker told in an earlier talk that they speak of again: by a word that they seldom used."""
    speech = pack(language)
    enough = 3 if speech.spaced else 5
    earlier = [one for one in _said(scene, language) if one.clause.length >= enough and not one.clause.to]
    earlier = [one for one in earlier if not _asked_for_a_deed(one.memory, scene)]
    known = [set(terms(one.clause.text)) for one in earlier]
    spread = Counter(term for found in known for term in found)
    stated = [one for one in clauses(without_greeting(text, speech), speech) if not one.asks]
    least = LITTLE if speech.spaced else 2 * LITTLE  # 'Doctor, …'
    now = {term for one in stated if one.length > least or len(stated) == 1 for term in terms(one.text)}
    called = {term for found in scene.projections.names.find(text) for term in terms(text[found.start : found.end])}
    now = {
        term
        for term in now - called - speech.common_words
        if spread[term] in (1, 2) and len(term) >= (4 if term.isascii() else 2)
    }
    fits = [(len(now & found), at) for at, found in enumerate(known) if now & found]
    one = earlier[max(fits)[1]] if fits else None
    if one is not None and not is_short(retold(one.line, one.clause, speech), speech):
        one = replace(one, line=(one.clause,))
    said, _ = _as_told(one, scene, language)
    return said


def retelling(memory: Memory, question: str, language: Language) -> Memory:
    """Return a memory of what the speaker said with no more of it than bears on a question."""
    speech = pack(language)
    found = clauses(memory.text, speech)
    wanted = [dict(word) for word in sought(asked_for(question, speech)).words]
    plain = [one for one in found if not one.asks]
    if not plain:
        return memory
    best = max(plain, key=lambda one: sum(has(word, set(terms(one.text)), one.text) for word in wanted))
    return replace(memory, text=retold(found, best, speech))


def says_something(memory: Memory) -> bool:
    """Return whether a memory of what was said has more in it than questions."""
    return any(not one.asks for one in clauses(memory.text, pack(language_of(memory.text))))


def _said(scene: Scene, language: Language) -> Iterator[_Said]:
    """Yield the clauses of what the speaker said to the NPC, questions and what says nothing left out, oldest first."""
    speech, memories = pack(language), scene.mind.memories
    of = ""
    for at in memories.said_by(scene.speaker)[-LATELY:]:
        memory = memories[at]
        if language_of(memory.text, language) != language:
            continue
        names = {value for slot, _, value in Told.read(scene.projections.event(memory.event_id)).told if slot == "name"}
        line = [one for one in clauses(memory.text, speech, of) if not _only_names(one, names, language)]
        of = line[-1].of if line else of
        if _says_nothing(memory, line, scene):
            continue
        for clause in line:
            if not clause.asks and terms(clause.text) and not _only_calls(clause, scene):
                yield _Said(clause, line, memory)


def _after_asking(question: str, scene: Scene, language: Language) -> _Said | None:
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
        stated = [one for one in _said(scene, language) if one.memory.event_id == following.event_id]
        if stated:
            return max(stated, key=lambda one: one.clause.length)
    return None


def _asks_why(question: str, speech: LanguagePack) -> bool:
    return speech.words.any_of(speech.words.question.get("why", ()), question)


def _reason(found: _Said, everything: Sequence[_Said], language: Language) -> _Said | None:
    """Return why it is so, for what the speaker said: what says because, or what moved them most and was told next."""
    speech = pack(language)
    at = everything.index(found)
    near = [one for one in everything[at:] if one.memory.at - found.memory.at <= SOON]
    because = speech.about_self["because"]
    stated = [one for one in near[: 2 * NEAR] if speech.words.any_of(because, one.clause.text)]
    moved = [one for one in near[1 : 2 * NEAR] if _weight(one, language) >= MOVED]
    return next(iter(stated), None) or max(moved, key=lambda one: _weight(one, language), default=None)


def _names_somebody(one: _Said, scene: Scene, language: Language) -> bool:
    """Return whether a clause speaks of somebody other than the two who talk."""
    known = scene.projections.compiled.entities
    people = {who for who in one.memory.about - {scene.npc, scene.speaker} if who in known}
    named = {found.entity for found in scene.projections.names.find(one.clause.text)}
    if any(known[who].kind == "person" for who in people & named):
        return True
    return bool(one.clause.of) or _capitals(one, scene, language)


def _names_something(one: _Said, scene: Scene, language: Language) -> bool:
    return _capitals(one, scene, language)


def _capitals(one: _Said, scene: Scene, language: Language) -> bool:
    """Return whether a clause has a name in it, by its capital, that is not the speaker's own."""
    if not pack(language).capitals_are_names:
        return False
    told = scene.mind.counters.told.get(scene.speaker, {})
    own = {part.casefold() for (slot, about), (value, _) in told.items() if slot == "name" for part in value.split()}
    inner = one.clause.text.split()[1:]
    return any(word[:1].isupper() and len(word) > LITTLE and word.strip(".,'’").casefold() not in own for word in inner)


def _has_number(one: _Said, scene: Scene, language: Language) -> bool:
    return bool(pack(language).numerals(fold(one.clause.text)))


def _only_calls(clause: Clause, scene: Scene) -> bool:
    """Return whether a clause is no more than a name that the world knows."""
    found = scene.projections.names.find(clause.text)
    return any(one.end - one.start >= len(clause.text) for one in found)


def _only_names(clause: Clause, names: set[str], language: Language) -> bool:
    """Return whether a clause says no more than the speaker's name, which is told in other words."""
    short = clause.length <= (5 if pack(language).spaced else 8)
    return short and any(name.casefold() in clause.text.casefold() for name in names if name)


def _says_nothing(memory: Memory, line: Sequence[Clause], scene: Scene) -> bool:
    """Return whether the NPC took what was said for a greeting, or for one question, and was told nothing by it."""
    event = scene.projections.event
    answer = event(memory.event_id + 1)
    taken = Answered.read(answer).act if answer.cause == memory.event_id else None
    if taken is None or Told.read(event(memory.event_id)).told:
        return False
    did = acts().today(taken)
    return did == "greet" or (len(line) == 1 and acts()[did].question)


def _asked_for_a_deed(memory: Memory, scene: Scene) -> bool:
    """Return whether the NPC took what was said for asking them to do something."""
    answer = scene.projections.event(memory.event_id + 1)
    taken = Answered.read(answer).act if answer.cause == memory.event_id else None
    return taken is not None and acts()[acts().today(taken)].deed


def _as_told(one: _Said | None, scene: Scene, language: Language) -> tuple[Recalled | None, Kept | None]:
    if one is None:
        return None, None
    if (kept := kept_back(one.memory, scene.company)) is not None:
        return None, kept
    text = retold(one.line, one.clause, pack(language))
    return Recalled(replace(one.memory, text=text), 0.0, {}), None


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


def _weight(one: _Said, language: Language) -> float:
    """Return how much somebody tells of themself by a clause."""
    speech, clause = pack(language), one.clause
    if clause.to or not (clause.own or clause.of):
        return 0.0
    moods = speech.about_self["moods"]
    moved = any(speech.words.any_of(moods.get(mood, ()), clause.text) for mood in HEAVY)
    short = clause.length < (3 if speech.spaced else 5)
    return 1.0 + moved + 0.5 * bool(clause.of) - 0.8 * short
