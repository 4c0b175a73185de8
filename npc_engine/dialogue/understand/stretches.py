"""The stretches of a line, as an ear labels them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from npc_engine.dialogue.types import Reading
from npc_engine.dialogue.understand.learned import Stretch
from npc_engine.lang import pack


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


def rejoined(stretches: Sequence[LabelledStretch], whole: Reading) -> Sequence[LabelledStretch]:
    """Return stretches without the cuts that go through a word, where words do not stand apart: 制|革坊."""
    if pack(whole.language).spaced:
        return stretches
    found: list[LabelledStretch] = []
    for one in stretches:
        before, (start, end) = found[-1] if found else None, one.span
        within = whole.text[start - 1 : start + 1].isalnum()
        if before and before.kind == one.kind and before.span[1] == start and within:
            felt = (before.confidence, before.others, before.moment, before.moment_confidence)
            found[-1] = Stretch((before.span[0], end), before.kind, before.topic, *felt)
        else:
            found.append(one)
    return found
