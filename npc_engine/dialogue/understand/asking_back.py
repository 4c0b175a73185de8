"""How likely a line asks about what its hearer has just said: 'a bishop? what did he want here', 'why left, though?'

Half of what is asked in a talk is asked of the last thing that was said, and names nothing of the world. What tells of
it (words that both have, the form of a question, what the ear hears, what 'it' and 'he' may stand for) was weighed on
lines of live talks that people labelled (logistic regression; `training/finding/`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import ASKING, Reading
from npc_engine.dialogue.understand.finding import learned
from npc_engine.dialogue.understand.gists import gists_of
from npc_engine.dialogue.understand.learned import ear
from npc_engine.lang import pack
from npc_engine.text import Language, fold

if TYPE_CHECKING:
    from npc_engine.dialogue.understand.network import Array

LONG = 12
"""Words that a line is about from which it counts as no longer."""
_MEANT = ("she", "he", "they", "it", "there")
"""Pronouns that may stand for what was spoken of."""


def with_asking_back(read: Reading, context: Context) -> Reading:
    """Return what was read with how likely it asks about what the hearer said last, where they said anything."""
    last = context.exchanges[-1].line if context.exchanges else None
    weights = weights_for(read.language)
    if last is None or weights is None or last.language != read.language or not (last.text and read.text.strip()):
        return read
    stretches = [act.span for act in read.acts if act.span[1] > act.span[0]]
    return replace(read, asks_back=likelihood(weights, marks(read.text, stretches, last.text, read.language)))


def likelihood(weights: Array, told: Array) -> float:
    """Return how likely, from 0 to 1, a line asks back by what tells of it; the last weight is of nothing at all."""
    import numpy as np

    return float(1 / (1 + np.exp(-(told @ weights[:-1] + weights[-1]))))


def marks(text: str, stretches: Sequence[tuple[int, int]], last: str, language: Language) -> Array:
    """Return what tells whether a line asks about what its hearer said `last`, as the weights are of.

    `stretches` are characters of the text from 0.
    """
    import numpy as np

    gists, words, folded = gists_of(language), pack(language).words, fold(text)
    line, said = gists.of(text), gists.of(last)
    of_line, of_last = gists.shared(line, said)
    bare = text.rstrip()
    within = sum(bare[:-1].count(mark) for mark in ASKING)
    put = (
        of_line,
        of_last,
        min(of_line * sum(line.weights), LONG) / LONG,
        min(len(line.words), LONG) / LONG,
        bare.endswith(ASKING),
        min(within, 2),
        of_line * (within > 0),
        any(words.any_of(words.pronouns.get(one, ()), folded) for one in _MEANT),
        words.any_of(words.pronouns.get("you", ()), folded),
        words.any_of(words.pronouns.get("i", ()), folded),
        last.rstrip().endswith(ASKING),
    )
    spans = [(0, len(text)), *(stretches if len(stretches) > 1 else ())]
    _, labels = ear(language).impressions_within(text, spans)
    return np.concatenate([np.asarray(put, np.float32), np.sqrt(labels.max(axis=0))])


def weights_for(language: Language) -> Array | None:
    """Return what was learned for a language; None where nothing was."""
    return learned(f"{language}.asking_back")
