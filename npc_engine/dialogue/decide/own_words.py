"""What the NPC said, said once more: the last of it, put more simply, or what they told before of what is asked."""

from __future__ import annotations

from collections import Counter

from npc_engine.dialogue.decide.bearing import SHARE, has, names_what, rarity
from npc_engine.dialogue.decide.said_clauses import LATELY
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import ASKING, LISTENED, Act, Line, Phrase, Plan, Reading
from npc_engine.lang import pack
from npc_engine.lang.retelling import asked_for
from npc_engine.mind.cues import sought
from npc_engine.mind.discretion import kept_back
from npc_engine.payloads import Answered
from npc_engine.text import Language, join_sentences, language_of, sentences, terms

ASKED = frozenset({"again", "plainly", "yours", "either"})
"""Questions after the NPC's own words."""
SAID_AGAIN = "said:again"
"""The reason of a plan by which the NPC's own words are said again."""
_EMPTY: frozenset[str | None] = frozenset({"unknown", "unknown_name", "confused", "deflect", "refuse", "greet", "part"})
"""Moves by which nothing is told that could be told again."""


def said_again(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return the answer to a question after the NPC's own words; None where there are none, or they can't be said here.

    What was said in a language other than the one that is spoken now is left to those who word it.
    """
    asked = act.own
    if asked is None or asked.slot not in ASKED:
        return None
    if asked.slot in ("yours", "either") and names_what(question := _question(act, reading), reading.language):
        text = _on(question, scene, reading.language)
        return _again("said_before", text) if text else None
    last = _last(scene)
    if last is None or last.language != reading.language or not _may_say(last, scene):
        return None
    if asked.slot == "plainly" and not _tells(last):
        return None
    if asked.slot == "either":
        return None
    if asked.slot != "plainly":
        return _again("said_again", last.text)
    stated = [one for one in sentences(last.text) if not one.endswith(ASKING)] or [last.text]
    return _again("put_plainly", max(stated, key=len))


def _question(act: Act, reading: Reading) -> str:
    return (reading.filled or reading.text)[slice(*act.span)]


def _on(question: str, scene: Scene, language: Language) -> str:
    """Return what the NPC told the speaker that bears on a question, or answered to one like it; else nothing."""
    memories, event = scene.mind.memories, scene.projections.event
    own = [memories[at] for at in memories.said_by(scene.npc)[-LATELY:]]
    own = [one for one in own if scene.speaker in one.heard_by and language_of(one.text, language) == language]
    own = [one for one in own if _tells(Answered.read(event(one.event_id)))]
    own = [one for one in own if kept_back(one, scene.company) is None]
    causes = [event(one.event_id).cause for one in own]
    known = [set(terms(one.text + " " + (event(c).text if c else ""))) for one, c in zip(own, causes, strict=True)]
    spread = Counter(term for found in known for term in found)
    wanted = [dict(word) for word in sought(asked_for(question, pack(language))).words]
    whole = sum(rarity(word, spread, len(own)) for word in wanted)

    def share(found: set[str], text: str) -> float:
        return sum(rarity(word, spread, len(own)) * has(word, found, text) for word in wanted) / whole if whole else 0.0

    ranked = sorted(range(len(own)), key=lambda at: (-share(known[at], own[at].text), -at))
    if not ranked or share(known[ranked[0]], own[ranked[0]].text) < SHARE:
        return ""
    stated = [one for one in sentences(own[ranked[0]].text) if not one.endswith(ASKING)]
    if not stated:
        return ""
    best = max(range(len(stated)), key=lambda at: share(set(terms(stated[at])), stated[at]))
    fits = share(set(terms(stated[best])), stated[best]) > 0
    return join_sentences(stated[best : best + 2] if fits else stated[:2], language)


def _again(key: str, words: str) -> Plan:
    return Plan("chat", says=(Phrase(key, {"words": words}),), reasons=(SAID_AGAIN,))


def _last(scene: Scene) -> Line | None:
    """Return the last line in which the NPC said something of their own, and did not repeat themself."""
    lines = [one.line for one in scene.exchanges]
    return next((one for one in reversed(lines) if SAID_AGAIN not in one.reasons), lines[-1] if lines else None)


def _tells(line: Line | Answered) -> bool:
    """Return whether a line says something, rather than only showing that its speaker heard or did not."""
    return (
        line.move not in _EMPTY
        and SAID_AGAIN not in line.reasons
        and any(not one.startswith("act:") and one != LISTENED for one in line.reasons)
    )


def _may_say(line: Line, scene: Scene) -> bool:
    """Return whether a line may be said before all who hear it now."""
    ids = scene.mind.memories.event_ids
    return line.event_id not in ids or kept_back(scene.mind.memories[ids.index(line.event_id)], scene.company) is None
