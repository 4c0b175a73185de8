"""What of a plan's words would give a secret away, and what is said in its place."""

from __future__ import annotations

from collections.abc import Iterator

from npc_engine.acts import acts
from npc_engine.dialogue.access import closed
from npc_engine.dialogue.scene import Scene, Turn
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.speak.realization import Outline
from npc_engine.dialogue.types import Phrase, Plan, Reading
from npc_engine.lang import words_of


def guard_of(plan: Plan, reading: Reading, scene: Scene) -> Guard:
    """Return the guard over what may not be told to this listener now.

    Granted are the words they used themselves, the plan's facts, and what authors wrote to be said instead.
    """
    world = scene.projections.compiled
    guard = Guard(closed(scene), scene.npc, world)
    guard.grant(reading.text, *(exchange.reading.text for exchange in scene.exchanges))
    written = (text for text in plan.says if isinstance(text, str) and acts().moves[plan.move].voiced == "nobody")
    return guard.grant(*(fact.wording for fact in plan.facts), *written, *_told_by_them(plan))


def _told_by_them(plan: Plan) -> Iterator[str]:
    """Yield the speaker's own words that are put to them again: what they said of theirs is no secret of the NPC's."""
    own = plan.initiative if plan.initiative and plan.initiative.kind == "asks_after" else None
    again = [*(plan.says if plan.move == "remember" else ()), *([own.phrase] if own else ())]
    for phrase in again:
        if isinstance(phrase, Phrase):
            yield from (slot for slot in phrase.slots.values() if isinstance(slot, str))


def guarded(parts: Outline, turn: Turn) -> Outline:
    """Return an outline without what would give a secret away; a plain phrase where nothing is left."""
    guard, plan = turn.guard, turn.plan
    if not guard:
        return parts

    def kept(texts: tuple[str, ...]) -> tuple[str, ...]:
        telling = plan.move == "remember"
        return tuple(text for text in texts if not (guard.words(text) or (telling and guard.states(text))))

    tail = kept(parts.tail)
    whole = tail == parts.tail
    left = Outline(kept(parts.lead), kept(parts.body), tail if whole else (), parts.initiative if whole else None)
    if left.body or (left.lead and not parts.body):
        return left
    phrases = words_of(turn.language).phrases
    common = () if plan.move == "remember" else phrases.get(plan.phrase or "", ())
    plain = kept(tuple(phrase for phrase in common if "{" not in phrase))
    return Outline((), (plain or tuple(phrases.get("deflect", ())))[:1], ())
