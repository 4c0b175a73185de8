"""What an NPC would do for who speaks, now, and what not: as a model is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from npc_engine.dialogue.access import closed_guard, gives_away
from npc_engine.dialogue.scene import Scene
from npc_engine.text import Language, localized


@dataclass(frozen=True, slots=True)
class Possible:
    """An action by its id, in words, with what it has to be told and the `words` it is asked for by.

    Where it is `refused`, `why` is in the NPC's words; with `asks` it is done only after a yes.
    """

    id: str
    text: str
    params: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    asks: bool = False
    refused: bool = False
    why: str = ""


def possible(scene: Scene, language: Language) -> Sequence[Possible]:
    """Return every action that the NPC offers, as far as it may be spoken of; call it with the state held."""
    guard, found = closed_guard(scene), []
    for offer in scene.persona.offers:
        action = scene.actions.get(offer.action)
        if action is None:
            continue
        text = localized(action.names, language)
        if gives_away(text, guard):
            continue
        refused, why = not scene.holds(offer.when), offer.refuse.get(language, "")
        words = tuple(action.words.get(language, ()))
        params = tuple(param.id for param in action.params)
        said = why if refused and not gives_away(why, guard) else ""
        found.append(Possible(action.id, text, params, words, action.confirm, refused, said))
    return found
