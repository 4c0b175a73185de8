"""Which of the answers that an author wrote on what was said last a line asks for: one of a handful, or none.

'A gold tooth? How come?' is like many things that somebody could be asked, and gets lost among all of their texts. Of
the few follow-ups on the text that was just said it is found nine times in ten. They are compared as `finding`
compares texts; how much that counts, and how likely none is asked for, was fitted on lines typed right after such texts
(`training/finding/`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Reading
from npc_engine.dialogue.understand.finding import finder_of, learned, likelihoods, tuning

if TYPE_CHECKING:
    from npc_engine.dialogue.understand.network import Array


def with_follow_ups(read: Reading, context: Context) -> Reading:
    """Return what was read with how likely each follow-up on what the hearer said lately is asked for."""
    import numpy as np

    found = [finder_of(wordings, context, read.language) for wordings in context.follow_ups]
    finders = [one for one in found if one is not None and one.keys]
    tuned, eased = tuning(read.language), learned(f"{read.language}.following")
    if tuned is None or eased is None or not finders or not read.text.strip():
        return read
    spans = [act.span for act in read.acts if act.span[1] > act.span[0]]
    marks = np.concatenate([one.marks(read.text, spans) for one in finders])
    likely = likelihoods(for_a_few(tuned.weights, eased), marks)
    told = zip((key for one in finders for key in one.keys), likely.tolist(), strict=False)  # the last is of none
    return replace(read, follows=tuple(sorted(told, key=lambda one: -one[1])))


def for_a_few(weights: Array, eased: Array) -> Array:
    """Return the weights of marks where there are but a few texts: `eased` is how much all count, and none of them."""
    import numpy as np

    share, fewer = eased
    return np.append(weights[:-1] * share, weights[-1] * share + fewer)
