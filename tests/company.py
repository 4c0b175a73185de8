"""A small world with as many people in it as a test needs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from npc_engine.content import Content, load_content
from npc_engine.persona import Persona
from npc_engine.testing import SMALL_WORLD

ZH = {"ana": "安娜", "ben": "阿本", "cleo": "克丽", "dan": "阿丹", "eve": "伊芙"}


def person(id: str, **more: Any) -> Persona:
    """Someone plain, at home at the inn."""
    told = {
        "id": id,
        "names": {"en": id.title(), "zh": ZH.get(id, id)},
        "role": {"en": "a villager", "zh": "村民"},
        "summary": {"en": "A plain villager.", "zh": "一个普通村民。"},
        "voice": {"register": {"en": "Plain.", "zh": "朴实。"}},
        "home": "inn",
    }
    return Persona.model_validate({**told, **more})


def company(*people: Persona, **changes: Any) -> Content:
    """Return the small world with these people, and nobody else, living in it."""
    base = load_content(SMALL_WORLD)
    personas = {one.id: one for one in people}
    others = {id: one for id, one in base.entities.items() if id not in base.personas}
    entities = {**others, **{one.id: one.entity for one in people}}
    facts = tuple(fact for fact in base.facts if not {"mira", "tomas"} & set(fact.triple))
    return replace(base, **{"personas": personas, "entities": entities, "facts": facts, "story": (), **changes})


def of_few_words(content: Content) -> Content:
    """Return a world whose people have no answers of their own to what is likely to be asked."""
    people = {key: one.model_copy(update={"topics": []}) for key, one in content.personas.items()}
    return replace(content, personas=people)
