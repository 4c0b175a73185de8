"""What is said about talk itself: asking what others said, and asking to keep what one says to oneself."""

from __future__ import annotations

from collections.abc import Iterable

from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.words import Words, found_in
from npc_engine.text import fold
from npc_engine.world.names import Mention

_WHOM = "{whom}"


def reported(text: str, scene: Scene, cues: Words) -> frozenset[str]:
    """Return whose words are asked for: 'What did Bram say?'; nobody where that is not asked."""
    return _with_whom("reported", text, scene.views.names.find(text), scene, cues) - {scene.npc}


def talked(text: str, cues: Words) -> bool:
    """Tell whether it is asked what was talked of: 'What did you talk about?'"""
    return cues.cued("talked", text)


def confided(text: str, cues: Words) -> bool:
    """Tell whether a speaker asks to keep what they say: 'Between you and me …'"""
    return cues.cued("confide", text)


def passed_on(text: str, scene: Scene, cues: Words) -> frozenset[str]:
    """Return whom what is confided may be told all the same: 'Tell nobody but Kate.'"""
    return _with_whom("pass_on", text, scene.views.names.find(text), scene, cues)


def _with_whom(kind: str, text: str, mentions: Iterable[Mention], scene: Scene, cues: Words) -> frozenset[str]:
    """Return the people who are named where a cue of a kind has its `{whom}`."""
    folded = fold(text) if len(fold(text)) == len(text) else text.lower()
    found: set[str] = set()
    for mention in mentions:
        known = scene.views.cast.entities.get(mention.entity)
        if known is None or known.kind != "person":
            continue
        framed = f"{folded[: mention.start]}{_WHOM}{folded[mention.end :]}"
        if any(found_in(cue, framed, cues.language) for cue in cues.cues[kind]):
            found.add(mention.entity)
    return frozenset(found)
