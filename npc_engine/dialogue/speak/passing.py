"""A phrase said in passing, by one NPC to another."""

from __future__ import annotations

from collections.abc import Collection
from random import Random

from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.secrets.guard import all_of
from npc_engine.dialogue.speak.realization import Phrases, filled_slots
from npc_engine.dialogue.speak.repertoire import EXCHANGE, TONE, remarks
from npc_engine.dialogue.types import Phrase
from npc_engine.lang import words_of
from npc_engine.mind import CompiledWorld
from npc_engine.persona import Persona
from npc_engine.text import Language

ASKED = frozenset({"meet_open", "meet_tease"})
"""Occasions on which the other is asked something."""


def phrase_in_passing(phrase: Phrase, scene: Scene, lately: Collection[str] = ()) -> str:
    """Return a phrase in somebody's own words; empty where they have none, or it comes near a secret of theirs.

    `whom` stands for the one it is said to. What was said `lately`, and a question that waits for an answer, are left
    out where there is another way.
    """
    language = scene.language or ""
    said = Phrases(scene, language, Random(f"{scene.seed}/{scene.npc}"), leave_room=phrase.key not in ASKED)
    slots = {"whom": scene.wording.name(scene.speaker, language), **filled_slots(phrase, scene, language)}
    words = said.to_another(phrase.key, lately, **slots)
    guard = all_of(scene.persona, scene.projections.compiled)
    return "" if guard.words(words) or guard.states(words) else words


def prepare(persona: Persona, world: CompiledWorld, language: Language) -> None:
    """Read what a persona speaks with unasked in a language, which takes a moment the first time."""
    words_of(language)
    for key in ("greeting", EXCHANGE, TONE):  # a word of each file reads all of it
        remarks(key, persona, language)
    all_of(persona, world).words(" ")
