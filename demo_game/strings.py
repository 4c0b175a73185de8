"""Every word the game itself shows, in the player's language; the words stand in `strings.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from npc_engine import Phrasebook

Language = str
"""A language that the game itself speaks, by its code."""


def catalogue() -> Mapping[Language, Phrasebook]:
    """Return all strings by language and dotted key, such as `menu.resume`."""
    return Phrasebook.load(__package__, "strings.yaml")


LANGUAGES: tuple[Language, ...] = tuple(catalogue())
"""The languages that every string stands in."""


class Strings:
    """Call it with a key: `say("menu.resume")`, `say("toast.saved", slot=1)`."""

    def __init__(self, language: Language = LANGUAGES[0]) -> None:
        self.language: Language = language

    def __call__(self, key: str, **values: object) -> str:
        return catalogue()[self.language](key, **values)

    def trouble(self, error: Exception) -> str:
        """Return a friendly sentence for something that went wrong, with the details its author wrote."""
        for kind in type(error).__mro__:
            if f"trouble.{kind.__name__}" in catalogue()[self.language]:
                return self(f"trouble.{kind.__name__}", detail=_gist(error))
        return self("trouble.Exception", detail=_gist(error))

    def other(self) -> Language:
        """Return the language that is not spoken now."""
        return LANGUAGES[1 - LANGUAGES.index(self.language)]

    def names(self, people: list[str]) -> str:
        """Return `Mira, Tomas and Pip`."""
        if len(people) < 2:
            return "".join(people)
        head = self("list.comma").join(people[:-1])
        return f"{head}{self('list.and')}{people[-1]}"


def _gist(error: Exception) -> str:
    """Return an error's first sentence; a writer's mistakes can be many, and a toast is small."""
    first, *more = str(error).splitlines() or [type(error).__name__]
    return f"{first} (+{len(more)})" if more else first
