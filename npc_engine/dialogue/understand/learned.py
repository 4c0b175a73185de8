"""The learned ear: the stretches of a line and the dialogue act of each, as hand-written lines taught a small network.

It knows no names, no world and no talk, only how people put things; `npc ear train` makes its weights. Both languages,
under 3 MB together, about a millisecond a line.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from npc_engine.dialogue.understand.network import Network, one_thread, unpack
from npc_engine.dialogue.understand.pieces import Piece, Vocabulary
from npc_engine.text import Language

WEIGHTS = "ear.bin"
"""The file of weights, beside this module."""

_OPENING = frozenset("\"'“‘「『（(*¿¡")
_CUT = 0.5  # the probability from which a stretch begins with a piece
_LOADING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a line and what it does, as the ear takes it.

    `span` counts characters from 0. `kind` is an act of `acts.yaml`, `topic` what it is about where the act has topics
    (the likeliest, given the act). `confidence` is the probability of `kind`, from 0 to 1: of a hundred stretches heard
    with 0.8 about eighty are heard rightly. `others` are the next likeliest acts with theirs.
    """

    span: tuple[int, int]
    kind: str
    topic: str | None
    confidence: float
    others: Mapping[str, float]


class Ear:
    """Hears the acts in lines of one language. It keeps nothing, and may be asked on several threads at once."""

    def __init__(self, network: Network, vocabulary: Vocabulary, labels: tuple[str, ...], temperature: float) -> None:
        self.labels = labels
        self._network, self._vocabulary, self._temperature = network, vocabulary, temperature
        split = [label.partition("/") for label in labels]
        self._kinds = [(kind, topic or None) for kind, _, topic in split]

    def hear(self, text: str) -> tuple[Stretch, ...]:
        """Return the stretches of a line in order; at least one, and together all of the line but its spaces."""
        pieces = self._vocabulary.split(text)
        if not pieces:
            return (Stretch((0, len(text)), "silence", None, 1.0, {}),)
        numbers = [self._vocabulary.opens, *(piece.number for piece in pieces), self._vocabulary.closes]
        with one_thread():
            states = self._network.states(numbers)
            cuts = self._network.cuts(states)
            starts = [0, *(i for i in range(1, len(pieces)) if cuts[i] > _CUT and self._may_begin(text, pieces, i))]
            parts = list(zip(starts, [*starts[1:], len(pieces)], strict=True))
            rows = self._network.labels(states, [(start + 1, end + 1) for start, end in parts], self._temperature)
        found = []
        for (start, end), row in zip(parts, rows.tolist(), strict=True):
            begins = pieces[start].start if start else 0
            ends = pieces[end].start if end < len(pieces) else len(text)
            found.append(self._stretch(_trimmed(text, begins, ends), row))
        return tuple(found)

    def _may_begin(self, text: str, pieces: list[Piece], index: int) -> bool:
        """Return whether a stretch may begin with a piece: never within a word, nor with a mark that closes."""
        start, before = pieces[index].start, pieces[index - 1]
        if start < before.end or start == before.start:
            return False
        first, last = text[start], text[start - 1]
        spaced = last.isspace()
        if not (first.isalnum() or first in _OPENING or spaced):
            return False
        return spaced or not self._vocabulary.spaced or not (last.isalnum() or last in "'’-")

    def _stretch(self, span: tuple[int, int], row: list[float]) -> Stretch:
        kinds: dict[str, float] = {}
        for (kind, _), probability in zip(self._kinds, row, strict=True):
            kinds[kind] = kinds.get(kind, 0.0) + probability
        likely = sorted(kinds, key=lambda kind: -kinds[kind])
        best = likely[0]
        topics = [(p, topic) for (kind, topic), p in zip(self._kinds, row, strict=True) if kind == best and topic]
        others = {kind: round(kinds[kind], 4) for kind in likely[1:4]}
        return Stretch(span, best, max(topics)[1] if topics else None, min(1.0, kinds[best]), others)


def hear(text: str, language: Language) -> tuple[Stretch, ...]:
    """Return the stretches of a line with their acts, by the ear that comes with the engine.

    There are none in a language that it was not trained for.
    """
    with _LOADING:
        found = _shipped(language)
    return found.hear(text) if found else ()


def ear(language: Language) -> Ear:
    """Return the ear that comes with the engine; it is loaded once, when it is first asked for.

    Raises:
        ValueError: it has no ear for that language.
    """
    with _LOADING:
        found = _shipped(language)
    return _known(found, language)


@cache
def _shipped(language: Language) -> Ear | None:
    return _read(files("npc_engine.dialogue.understand").joinpath(WEIGHTS).read_bytes(), language)


def read_ear(data: bytes, language: Language) -> Ear:
    """Return the ear of a language from a file's bytes.

    Raises:
        ValueError: these are no ear's bytes, or it has no ear for that language.
    """
    return _known(_read(data, language), language)


def _known(found: Ear | None, language: Language) -> Ear:
    if found is None:
        raise ValueError(f"this ear was not trained for {language!r}")
    return found


def _read(data: bytes, language: Language) -> Ear | None:
    found = unpack(data, language)
    if found is None:
        return None
    head, arrays = found
    vocabulary = Vocabulary(language, head["pieces"], head["slang"])
    return Ear(Network(head, arrays), vocabulary, tuple(head["labels"]), float(head["temperature"]))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the spaces about it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
