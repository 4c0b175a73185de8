"""A piece of authored YAML that knows where it stands, and the list of what was found wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from npc_engine.errors import Mistake

Scalar = str | int | float | bool | None
Location = tuple[str | int, ...]

_WORD = re.compile(r"\S+")
_NO_KEYS: Mapping[str, Spot] = MappingProxyType({})


@dataclass(slots=True, eq=False)
class Spot:
    """A value of a YAML file with its line and column, both counted from 1.

    Asking for a part that is not there, or of something that has no parts, gives an empty spot: code that
    looks for mistakes need not care which others there are.
    """

    file: str
    line: int
    column: int
    value: Scalar | dict[str, Spot] | list[Spot] = None
    keys: Mapping[str, Spot] = field(default_factory=lambda: _NO_KEYS)
    """Where the keys of a mapping stand."""
    indent: int | None = None
    """How many columns after its beginning a text's letters start; None where they are not in one piece."""
    there: bool = True

    def __getitem__(self, key: str) -> Spot:
        """Return what stands under a key, or an empty spot."""
        if isinstance(self.value, dict) and key in self.value:
            return self.value[key]
        return Spot(self.file, self.line, self.column, there=False)

    def __iter__(self) -> Iterator[Spot]:
        """Return the entries of a list; none for anything else."""
        return iter(self.value if isinstance(self.value, list) else ())

    def pairs(self) -> Iterator[tuple[str, Spot, Spot]]:
        """Yield each key of a mapping, where it stands, and what stands under it; none for anything else."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, self.keys[key], value

    @property
    def text(self) -> str:
        """The text that stands here; empty for anything else."""
        return self.value if isinstance(self.value, str) else ""

    def words(self) -> list[tuple[str, int]]:
        """Return the words of the text, each with how far from the text's beginning it stands."""
        return [(match.group(), match.start()) for match in _WORD.finditer(self.text)]

    def plain(self) -> Any:
        """Return the value as plain dicts, lists and scalars."""
        if isinstance(self.value, dict):
            return {key: value.plain() for key, value in self.value.items()}
        if isinstance(self.value, list):
            return [value.plain() for value in self.value]
        return self.value

    def find(self, location: Location) -> Spot:
        """Return the spot that a path of keys and numbers leads to.

        Steps that lead nowhere are passed over: a schema may see more levels than the author wrote, such
        as the branches of a union, or a list of one where the author left the list out.
        """
        spot = self
        for step in location:
            if isinstance(spot.value, dict) and step in spot.value:
                spot = spot.value[str(step)]
            elif isinstance(spot.value, list) and isinstance(step, int) and 0 <= step < len(spot.value):
                spot = spot.value[step]
        return spot

    def mistake(self, message: str, offset: int | None = None) -> Mistake:
        """Return a mistake that stands here, or `offset` characters into the text."""
        column = self.column
        if offset is not None and self.indent is not None:
            column += self.indent + offset
        return Mistake(self.file, self.line, column, message)


@dataclass
class Findings:
    """What was found so far: `mistakes` must be mended, `advice` had better be."""

    mistakes: set[Mistake] = field(default_factory=set)
    advice: set[Mistake] = field(default_factory=set)

    def wrong(self, spot: Spot, message: str, offset: int | None = None) -> None:
        """Note what must be mended before the world can be used.

        Of entries that a full-width comma was to part, that is the cause of whatever is wrong.
        """
        if spot.indent == 0 and "，" in spot.text and spot.text.replace("，", "").isascii():
            message = f"， is no comma to YAML, so that {spot.text!r} is one entry: write ', '"
            offset = spot.text.index("，")
        self.mistakes.add(spot.mistake(message, offset))

    def better(self, spot: Spot, message: str, offset: int | None = None) -> None:
        """Note what is worth mending though the world can be used as it is."""
        self.advice.add(spot.mistake(message, offset))
