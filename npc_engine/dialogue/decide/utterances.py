"""What the speaker said to the NPC, unasked: what matters most of it, what came last, what they speak of again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.dialogue.decide.bearing import has
from npc_engine.dialogue.decide.said_clauses import LITTLE, SaidClause, as_told, said_clauses, weight
from npc_engine.dialogue.scene import Scene
from npc_engine.lang import pack
from npc_engine.lang.base import LanguagePack
from npc_engine.lang.retelling import (
    asked_for,
    clauses,
    is_short,
    retold,
    stands_alone,
    without_greeting,
)
from npc_engine.mind import Memory, Recalled
from npc_engine.mind.cues import sought
from npc_engine.mind.discretion import Kept
from npc_engine.payloads import Answered, Conveyed
from npc_engine.text import Language, language_of, terms


def weightiest(
    scene: Scene, language: Language, number: int = 1, *, before: int | None = None, clear: bool = False
) -> list[Recalled]:
    """Return what the speaker told of themself that matters most, and may be told here; of two alike the later.

    With `before` only what was said before that event counts. What must be `clear` can be said back as it stands.
    """
    found = [one for one in said_clauses(scene, language) if before is None or one.memory.event_id < before]
    if clear:
        found = list(filter(None, (_cleared(one, pack(language)) for one in found)))
    ranked = sorted(enumerate(found), key=lambda row: (-weight(row[1], language), -row[0]))
    told: list[Recalled] = []
    for _, one in ranked:
        if len(told) == number or weight(one, language) <= 0:
            break
        free, _ = as_told(one, scene, language)
        if free is not None and all(free.event_id != other.event_id for other in told):
            told.append(free)
    return sorted(told, key=lambda one: one.event_id)


def _cleared(one: SaidClause, speech: LanguagePack) -> SaidClause | None:
    """Return something said that can be said back as it stands: with what goes with it, or alone; None for neither."""
    whole = replace(one.clause, text=retold(one.line, one.clause, speech), own=True)
    if stands_alone(whole, speech):
        return one
    return replace(one, line=(one.clause,)) if stands_alone(one.clause, speech) else None


def lately(scene: Scene, language: Language) -> tuple[Recalled | None, Kept | None]:
    """Return what the speaker said last that was no question, whatever it was about, or why it is kept back."""
    found = [one for one in said_clauses(scene, language) if one.clause.length > LITTLE]
    return as_told(found[-1] if found else None, scene, language)


def confided(scene: Scene, language: Language) -> tuple[Recalled | None, Kept | None]:
    """Return what the speaker asked the NPC last to keep to themself, or why it may not be said here even to them."""
    found = [one for one in said_clauses(scene, language) if one.memory.between is not None]
    own = [one for one in found if one.clause.own and not one.clause.to] or found
    last = replace(own[-1], line=(own[-1].clause,)) if own else None
    return as_told(last, scene, language)


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
    earlier = [one for one in said_clauses(scene, language) if one.clause.length >= enough and not one.clause.to]
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
    said, _ = as_told(one, scene, language)
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


def _asked_for_a_deed(memory: Memory, scene: Scene) -> bool:
    """Return whether the NPC took what was said for asking them to do something."""
    answer = scene.projections.event(memory.event_id + 1)
    taken = Answered.read(answer).act if answer.cause == memory.event_id else None
    return taken is not None and acts()[acts().today(taken)].deed
