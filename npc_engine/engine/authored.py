"""Which of an author's texts a line is made of: so that a game can play what was recorded of them."""

from __future__ import annotations

from collections.abc import Mapping

from npc_engine.content.lines import lines_of
from npc_engine.persona import Persona

_KEPT = 256
"""People whose texts are kept ready."""


class AuthoredLines:
    """Finds the ids of authored texts, by what was said; each persona's are gathered when they first speak."""

    def __init__(self) -> None:
        self._ready: dict[int, tuple[Persona, Mapping[str, Mapping[str, str]]]] = {}

    def ids(self, text: str, persona: Persona, language: str, source: str) -> tuple[str, ...]:
        """Return the ids of the texts that a line is made of, in order; none where some of it is not as it was written.

        `source` is the language that ids are made from: the world's first.
        """
        known = self._of(persona, source).get(language, {})
        found: list[str] = []
        rest = text.strip()
        while rest:
            longest = max((one for one in known if one and rest.startswith(one)), key=len, default="")
            if not longest:
                return ()
            found.append(known[longest])
            rest = rest[len(longest) :].lstrip()
        return tuple(found)

    def _of(self, persona: Persona, source: str) -> Mapping[str, Mapping[str, str]]:
        ready = self._ready.get(id(persona))
        if ready is None or ready[0] is not persona:
            if len(self._ready) >= _KEPT:
                self._ready.clear()
            ready = self._ready[id(persona)] = (persona, lines_of(persona, source))
        return ready[1]
