"""Which of an author's texts a line is made of: so that a game can play what was recorded of them."""

from __future__ import annotations

from collections.abc import Mapping

from npc_engine.content.lines import lines_of
from npc_engine.dialogue.scene import Scene
from npc_engine.text import Language


def line_ids(text: str, scene: Scene, language: Language, source: Language) -> tuple[str, ...]:
    """Return the ids of the texts that a line is made of, in order; none where some of it is not as it was written.

    `source` is the language that ids are made from: the world's first. Each persona's texts are gathered when they
    first speak.
    """
    persona, kept = scene.persona, scene.projections.compiled.derived
    texts = kept.get((lines_of, persona.id, source), lambda: lines_of(persona, source))
    known: Mapping[str, str] = texts.get(language, {})
    found: list[str] = []
    rest = text.strip()
    while rest:
        longest = max((one for one in known if one and rest.startswith(one)), key=len, default="")
        if not longest:
            return ()
        found.append(known[longest])
        rest = rest[len(longest) :].lstrip()
    return tuple(found)
