"""What the speaker said to the NPC, clause by clause: never a question, a greeting or no more than a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from npc_engine.acts import acts
from npc_engine.dialogue.scene import Scene
from npc_engine.lang import pack
from npc_engine.lang.retelling import (
    Clause,
    clauses,
    retold,
)
from npc_engine.mind import Memory, Recalled
from npc_engine.mind.discretion import Kept, kept_back
from npc_engine.payloads import Answered, Told
from npc_engine.text import Language, language_of, terms

LATELY = 60
"""How many of what somebody said last are looked through."""
LITTLE = 2
"""Words, or characters, that say nothing by themselves."""
MOVED = 2.0
"""What a clause weighs by which somebody tells of what moved them."""
HEAVY = ("grief", "sad", "hurt", "afraid", "glad", "ashamed", "lost")
"""Moods in which people tell what is not forgotten."""


@dataclass(frozen=True, slots=True)
class SaidClause:
    """A clause of what was said, with all the clauses of its line and the memory of it."""

    clause: Clause
    line: Sequence[Clause]
    memory: Memory


def said_clauses(scene: Scene, language: Language) -> Iterator[SaidClause]:
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
                yield SaidClause(clause, line, memory)


def as_told(one: SaidClause | None, scene: Scene, language: Language) -> tuple[Recalled | None, Kept | None]:
    """Return something said as it is said again, or why it may not be said here; neither of nothing."""
    if one is None:
        return None, None
    if (kept := kept_back(one.memory, scene.company)) is not None:
        return None, kept
    text = retold(one.line, one.clause, pack(language))
    return Recalled(replace(one.memory, text=text), 0.0, {}), None


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


def weight(one: SaidClause, language: Language) -> float:
    """Return how much somebody tells of themself by a clause."""
    speech, clause = pack(language), one.clause
    if clause.to or not (clause.own or clause.of):
        return 0.0
    moods = speech.about_self["moods"]
    moved = any(speech.words.any_of(moods.get(mood, ()), clause.text) for mood in HEAVY)
    short = clause.length < (3 if speech.spaced else 5)
    return 1.0 + moved + 0.5 * bool(clause.of) - 0.8 * short
