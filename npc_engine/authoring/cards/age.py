"""How old a card says that somebody is, and whose manner of speaking they have: no child's, where they are grown up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from npc_engine.authoring.cards import prose
from npc_engine.lang import LanguagePack
from npc_engine.text import fold

_CHILDLIKE, _ORDINARY = "childlike", "warm"
"""The manner of children, and of those whose card says nothing that a manner comes near."""


def ageless(told: Sequence[str], speech: LanguagePack) -> list[str]:
    """Return sentences without how old somebody is."""
    bare = (re.sub(prose.data_of(speech)["age_words"], speech.gap, one) for one in told)
    return [" ".join(one.split()) for one in bare]


def age_in(told: Sequence[str], who: str, speech: LanguagePack) -> str:
    """Return how old sentences say that somebody is, `who` being a pattern of their names; empty where they don't."""
    for sentence in told:
        for pattern in prose.data_of(speech)["ages"]:
            if found := re.search(pattern.replace("WHO", f"(?:{who})"), sentence, re.IGNORECASE):
                return str(found["age"])
    return ""


def manner_of(character: str, age: str, role: str, speech: LanguagePack) -> str:
    """Return whose lines somebody draws on, by a text on their character; empty where there is none.

    What most words come near, and of several such what comes first.
    """
    text = fold(character)
    number = re.search(r"\d+", age)
    data = prose.data_of(speech)
    young = int(number[0]) < data["grown_up"] if number else prose.has_word(role, data["children"], speech)
    scores: dict[str, tuple[int, int]] = {}
    for manner, cues in speech.temperaments.items():
        places = [text.find(cue) for cue in cues if cue in text]
        if places and (manner != _CHILDLIKE or young):
            scores[manner] = (len(places), -min(places))
    if scores:
        return max(scores, key=lambda manner: scores[manner])
    return _ORDINARY if text.strip() else ""
