"""Every word the game itself shows, in the player's language; the words stand in `strings.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Language = str
"""A language that the game itself speaks, by its code."""


@cache
def _tree() -> dict[str, Any]:
    tree: dict[str, Any] = yaml.safe_load((files(__package__) / "strings.yaml").read_text(encoding="utf-8"))
    return tree


LANGUAGES: tuple[Language, ...] = tuple(_tree()["languages"])
"""The languages that every string stands in."""


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Give all strings by dotted key, such as `menu.resume`, each in every language."""
    flat: dict[str, dict[str, str]] = {}

    def walk(node: dict[str, Any], prefix: str) -> None:
        for name, value in node.items():
            key = f"{prefix}{name}"
            if set(value) <= set(LANGUAGES):
                flat[key] = value
            else:
                walk(value, f"{key}.")

    walk({name: node for name, node in _tree().items() if name != "languages"}, "")
    return flat


class Strings:
    """Call it with a key: `say("menu.resume")`, `say("toast.saved", slot=1)`."""

    def __init__(self, language: Language = LANGUAGES[0]) -> None:
        self.language: Language = language

    def __call__(self, key: str, **values: object) -> str:
        text = catalogue()[key][self.language]
        return text.format(**values) if values else text

    def trouble(self, error: Exception) -> str:
        """Give a friendly sentence for something that went wrong, with the details its author wrote."""
        for kind in type(error).__mro__:
            if f"trouble.{kind.__name__}" in catalogue():
                return self(f"trouble.{kind.__name__}", detail=_gist(error))
        return self("trouble.Exception", detail=_gist(error))

    def other(self) -> Language:
        """Give the language that is not spoken now."""
        return LANGUAGES[1 - LANGUAGES.index(self.language)]

    def names(self, people: list[str]) -> str:
        """Give `Mira, Tomas and Pip`."""
        if len(people) < 2:
            return "".join(people)
        head = self("list.comma").join(people[:-1])
        return f"{head}{self('list.and')}{people[-1]}"


def _gist(error: Exception) -> str:
    """Give an error's first sentence; a writer's mistakes can be many, and a toast is small."""
    first, *more = str(error).splitlines() or [type(error).__name__]
    return f"{first} (+{len(more)})" if more else first
