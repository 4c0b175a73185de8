"""The contract of this room: an understander takes what was said and returns how it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Reading
from npc_engine.errors import UnknownNameError
from npc_engine.plugins import installed

GROUP = "npc_engine.understanding"
"""The entry points by which a package offers understanders: each a callable that takes nothing and returns one."""


@runtime_checkable
class Understander(Protocol):
    """Takes in what is said to an NPC.

    `understand` is called on a turn's thread, for several turns at once, and must not keep what it is given.
    """

    def understand(self, text: str, context: Context) -> Reading:
        """Return the acts in a text, each with its slots and how sure it is; at least one."""
        ...


@runtime_checkable
class ReadsAhead(Protocol):
    """An understander that can do beforehand what the first line of a talk would have to wait for."""

    def read_ahead(self, context: Context) -> None:
        """Make ready to understand what is said in a context; it is called on a turn's thread when a talk begins."""
        ...


class LabelledStretch(Protocol):
    """A stretch of a text, and what is done by it: an act's kind, its topic, and how sure that is (0 to 1)."""

    @property
    def span(self) -> tuple[int, int]:
        """Where it begins and ends, in characters."""
        ...

    @property
    def kind(self) -> str:
        """An act of `acts.yaml`."""
        ...

    @property
    def topic(self) -> str | None:
        """What it is about, where the act has topics."""
        ...

    @property
    def confidence(self) -> float:
        """The probability of the kind."""
        ...

    @property
    def others(self) -> Mapping[str, float]:
        """The next likeliest kinds, with their probabilities."""
        ...

    @property
    def moment(self) -> str | None:
        """Which of the language's exchanges it begins, if any."""
        ...

    @property
    def moment_confidence(self) -> float:
        """The probability of that."""
        ...

    @property
    def mood(self) -> str | None:
        """The mood in which it is to be answered, if any: `grief`, `fond` …"""
        ...

    @property
    def mood_confidence(self) -> float:
        """The probability of that."""
        ...


def open_understander(spec: str | Understander) -> Understander:
    """Return an understander by the name its package offers it under; one that is open already as it is.

    Raises:
        UnknownNameError: no installed package offers an understander of that name.
    """
    if not isinstance(spec, str):
        return spec
    offered = installed(GROUP)
    if spec not in offered:
        raise UnknownNameError("understander", spec, offered)
    found: Understander = offered[spec].load()()
    return found
