"""Teaching which follow-up a line asks for, of those on what was said last (`understand/following.py`).

A line is `folder of the world<TAB>persona<TAB>good<TAB>fair<TAB>what the NPC said last<TAB>what was typed`; good and
fair are first wordings of follow-ups, parted by ` | `: those that answer what was typed, and those that half do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from npc_engine.content.loading import Content, load_content
from npc_engine.dialogue.understand.finding import Finder, Tuning, likelihoods
from npc_engine.dialogue.understand.following import for_a_few
from npc_engine.dialogue.understand.learned import ear
from npc_engine.lang import HOME
from npc_engine.text import Language
from npc_engine.training.finding import Chosen, rows

if TYPE_CHECKING:
    from npc_engine.dialogue.understand.network import Array

SHARES = tuple(each / 10 for each in range(3, 16))
FEWER = tuple(each / 4 for each in range(-12, 13))
"""What is tried: how much all marks count, and none of the texts more or less likely, in log odds."""
HEARD = 0.3
"""How likely a follow-up must be asked for to count as heard."""


@dataclass(frozen=True, slots=True)
class AskedOn:
    """A line typed after an NPC said something, with first wordings of the follow-ups that answer it, or half do."""

    chosen: Chosen
    last: str


def read_asked_on(path: Path) -> list[AskedOn]:
    """Return the lines of a file.

    Raises:
        ValueError: a line has not the six parts it must have.
    """
    found = rows(path, 6, "world, persona, good, fair, what was said last and the line")
    return [AskedOn(Chosen.of([*parts[:4], parts[5]]), parts[4]) for _, parts in found]


@dataclass(frozen=True, slots=True)
class Taught:
    """What some lines teach (`eased`), and what it is worth on them: shares from 0 to 1.

    `right` is how often the likeliest follow-up answers a line, of those that one answers; `heard` how many of those
    are taken for one, and `rightly` how many of all that are taken for one are, from a likelihood of `HEARD`.
    """

    eased: Array
    right: float
    heard: float
    rightly: float


def taught(lines: Sequence[AskedOn], root: Path, language: Language, tuned: Tuning) -> Taught:
    """Return what some lines teach of how much marks count among a few texts: two numbers, so all of them are used.

    `root` is what folders of worlds are in.
    """
    given = list(_examples(lines, root, language, tuned))

    def fit(eased: tuple[float, float]) -> float:
        weights = for_a_few(tuned.weights, np.asarray(eased, np.float32))
        told = (likelihoods(weights, marks)[[*(good or [*fair, -1])]].sum() for marks, good, fair in given)
        return float(sum(np.log(one) for one in told))

    eased = np.asarray(max(product(SHARES, FEWER), key=fit), np.float32)
    weights = for_a_few(tuned.weights, eased)
    found = [(likelihoods(weights, marks)[:-1], good) for marks, good, _ in given]
    right = [int(likely.argmax()) in good for likely, good in found]
    taken = [float(likely.max()) >= HEARD for likely, _ in found]
    asked = max(1, sum(bool(good) for _, good in found))
    both = sum(one and other for one, other in zip(right, taken, strict=True))
    return Taught(eased, sum(right) / asked, both / asked, both / max(1, sum(taken)))


def _examples(
    lines: Sequence[AskedOn], root: Path, language: Language, tuned: Tuning
) -> Iterator[tuple[Array, Sequence[int], Sequence[int]]]:
    """Yield for each line the marks of the follow-ups on what was said last, and which of them are good, and fair."""
    content: Mapping[str, Content] = {name: load_content(root / name) for name in {one.chosen.world for one in lines}}
    heard = ear(language)
    for one in lines:
        chosen, persona = one.chosen, content[one.chosen.world].personas[one.chosen.npc]
        known = [each for followed in persona.asked_on(one.last, ()) for each in followed.wordings]
        if not known:
            continue
        stretches = [stretch.span for stretch in heard.hear(chosen.text)]
        good, fair = (
            [at for at, each in enumerate(known) if keys.intersection(each.texts[HOME[0]])]
            for keys in (chosen.good, chosen.fair)
        )
        yield Finder(known, language, tuned).marks(chosen.text, stretches), good, fair
