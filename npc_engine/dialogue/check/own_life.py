"""What somebody makes up of their own life as they talk: told by its words, and by being nowhere written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from npc_engine.dialogue.check.grounds import check_words
from npc_engine.dialogue.types import ASKING
from npc_engine.lang import found_in
from npc_engine.text import Language, terms, words
from npc_engine.world.definitions import Improvise

Kind = Literal["own life", "surroundings"]

ALLOWED: Mapping[Improvise, frozenset[Kind]] = {
    "none": frozenset(),
    "self": frozenset({"own life"}),
    "scene": frozenset({"own life", "surroundings"}),
}
"""What may be made up, by what a model may improvise."""


def made_up(sentence: str, given: Sequence[str], language: Language) -> Kind | None:
    """Return what a sentence makes up: something of the speaker's own life, or of what lies about; None for nothing.

    It has to say so in so many words ('I keep …', 'there's a …'), of nobody else, and with something in it that was not
    `given`.
    """
    tables = check_words(language)
    kinds: tuple[tuple[str, Kind], ...] = (("own_life", "own life"), ("surroundings", "surroundings"))
    told = (kind for key, kind in kinds if any(found_in(phrase, sentence, language) for phrase in tables.get(key, ())))
    kind = next(told, None)
    of_you = set(words(sentence)) & set(tables["persons"][1]) if len(tables["persons"]) > 1 else set()
    if kind is None or of_you or sentence.endswith(ASKING):
        return None
    return kind if set(terms(sentence)) - set(terms(" ".join(given))) else None
