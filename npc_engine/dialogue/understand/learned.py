"""The learned ear: the stretches of a line and the dialogue act of each, as hand-written lines taught a small network.

It knows no names, no world and no talk, only how people put things; `npc ear train` makes its weights. Both languages,
under 3 MB together, about a millisecond a line.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from npc_engine.dialogue.understand.network import Network, one_thread, unpack
from npc_engine.dialogue.understand.pieces import Piece, PieceVocabulary
from npc_engine.text import Language

WEIGHTS = "ear.bin"
"""The file of weights, beside this module."""

if TYPE_CHECKING:
    from npc_engine.dialogue.understand.network import Array

_OPENING = frozenset("\"'“‘「『（(*¿¡")
_UNSURE = 0.05  # a cut that is likelier than this and less likely than all but this is weighed
_WEIGHED = 5  # such cuts in a line at most, the least sure first
_CLEAR = 2.0  # how much it counts that a stretch is heard clearly, beside the cuts
_COMMON = 100  # pieces of a vocabulary, which has the commonest first, that tell little of what a text is about
_AT_ONCE = 64  # texts that are read together
_LOADING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a line and what it does, as the ear takes it.

    `span` counts characters from 0. `kind` is an act of `acts.yaml`, `topic` what it is about where the act has topics
    (the likeliest, given the act). `confidence` is the probability of `kind`, from 0 to 1: of a hundred stretches heard
    with 0.8 about eighty are heard rightly. `others` are the next likeliest acts with theirs. `moment` is which of the
    language's exchanges it begins, if any, and `moment_confidence` the probability of that; `mood` and
    `mood_confidence` are the same of the mood in which it is to be answered.
    """

    span: tuple[int, int]
    kind: str
    topic: str | None
    confidence: float
    others: Mapping[str, float]
    moment: str | None = None
    moment_confidence: float = 0.0
    mood: str | None = None
    mood_confidence: float = 0.0


class Ear:
    """Hears the acts in lines of one language; it keeps what it read last, and several threads may ask it at once."""

    def __init__(self, network: Network, vocabulary: PieceVocabulary, head: Mapping[str, Any]) -> None:
        self.labels: tuple[str, ...] = tuple(head["labels"])
        self._known = {name: tuple(head.get(f"{name}s", ())) for name in ("moment", "mood")}
        self._network, self._vocabulary, self._temperature = network, vocabulary, float(head["temperature"])
        labels = self.labels
        split = [label.partition("/") for label in labels]
        self._kinds = [(kind, topic or None) for kind, _, topic in split]
        self._read = lru_cache(maxsize=16)(self._states)  # what is heard is often compared right after
        self._acts = list(dict.fromkeys(kind for kind, _ in self._kinds))
        self._act_of = [self._acts.index(kind) for kind, _ in self._kinds]

    def hear(self, text: str) -> tuple[Stretch, ...]:
        """Return the stretches of a line in order; at least one, and together all of the line but its spaces."""
        pieces, states = self._read(text)
        if not pieces:
            return (Stretch((0, len(text)), "silence", None, 1.0, {}),)
        with one_thread():
            parts, rows = self._parted(text, pieces, states)
            moments = self._headed("moment", states, parts)
            moods = self._headed("mood", states, parts)
        found = []
        for (start, end), row, moment, mood in zip(parts, rows, moments, moods, strict=True):
            begins = pieces[start].start if start else 0
            ends = pieces[end].start if end < len(pieces) else len(text)
            stretch = self._stretch(_trimmed(text, begins, ends), row)
            felt = replace(stretch, mood=mood[0], mood_confidence=mood[1])
            found.append(replace(felt, moment=moment[0], moment_confidence=moment[1]))
        return tuple(found)

    def _headed(self, head: str, states: Array, parts: list[tuple[int, int]]) -> list[tuple[str | None, float]]:
        """Return for each stretch what a head takes it for, and how sure that is.

        For a moment what all stretches say together counts too.
        """
        whole = [(parts[0][0], parts[-1][1])] if head == "moment" and len(parts) > 1 else []
        rows = self._network.headed(head, states, [(start + 1, end + 1) for start, end in (*parts, *whole)])
        if rows is None or not self._known[head]:
            return [(None, 0.0)] * len(parts)
        best = [(int(row[1:].argmax()), float(row[1:].max())) for row in rows]
        chosen = [max(one, best[-1], key=lambda found: found[1]) if whole else one for one in best[: len(parts)]]
        return [(self._known[head][number], sure) for number, sure in chosen]

    def _states(self, text: str) -> tuple[list[Piece], Array]:
        """Return a text's pieces, and what the network makes of them with what opens and closes a line about them."""
        pieces = self._vocabulary.split(text)
        with one_thread():
            return pieces, self._network.states(self._numbers(pieces))

    def sense(self, text: str) -> Array:
        """Return what the ear makes of a text as one vector of length 1; texts that are put alike are near."""
        import numpy as np

        pieces, states = self._read(text)
        mean = states[1:-1].mean(axis=0) if pieces else states[0]
        return np.asarray(mean / (np.linalg.norm(mean) or 1.0))

    def impressions(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Return what the ear makes of texts, and the probability of each label for them as a whole: a row each.

        Texts of equal length are read together, which takes a fifth of the time.
        """
        import numpy as np

        split = [self._numbers(self._vocabulary.split(text)) for text in texts]
        alike: dict[int, list[int]] = {}
        for at, numbers in enumerate(split):
            alike.setdefault(len(numbers), []).append(at)
        means = np.zeros((len(texts), self._network.width), np.float32)
        labels = np.zeros((len(texts), len(self.labels)), np.float32)
        with one_thread():
            for length, places in alike.items():
                for several in (places[start : start + _AT_ONCE] for start in range(0, len(places), _AT_ONCE)):
                    states = self._network.states_of([split[at] for at in several])
                    inner = states[:, 1:-1] if length > 2 else states[:, :1]
                    means[several] = inner.mean(axis=1)
                    labels[several] = self._network.whole(inner, self._temperature)
        return means, labels

    def impressions_within(self, text: str, spans: Sequence[tuple[int, int]]) -> tuple[Array, Array]:
        """Return the same of stretches of a text, `spans` of characters from 0, as they stand in it."""
        import numpy as np

        pieces, states = self._read(text)
        rows = [[at for at, one in enumerate(pieces, 1) if start <= one.start < end] for start, end in spans]
        within = [(places[0], places[-1] + 1) if places else (0, 1) for places in rows]
        means = np.stack([states[start:end].mean(axis=0) for start, end in within])
        with one_thread():
            return means, self._network.labels(states, within, self._temperature)

    def _numbers(self, pieces: Sequence[Piece]) -> list[int]:
        return [self._vocabulary.opens, *(piece.number for piece in pieces), self._vocabulary.closes]

    def pieces(self, text: str) -> list[str]:
        """Return the pieces of a text as they stand in it."""
        return [text[piece.start : piece.end] for piece in self._vocabulary.split(text)]

    def words(self, words: Sequence[str]) -> tuple[Array, Array]:
        """Return what words mean by themselves as vectors of length 1, a row each, and how rare each is (from 0)."""
        import numpy as np

        split = [[piece.number for piece in self._vocabulary.split(word)] or [self._vocabulary.opens] for word in words]
        rows = np.stack([self._network.apart(numbers).mean(axis=0) for numbers in split])  # too small to be shared out
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        rare = np.log1p(np.array([max(numbers) for numbers in split]) / _COMMON)
        return rows, rare

    def _parted(self, text: str, pieces: list[Piece], states: Array) -> tuple[list[tuple[int, int]], list[list[float]]]:
        """Return the stretches, as pieces from and to, and the probability of each label for each.

        Where the network is not sure of a cut, the stretches decide it that are heard the more clearly: of all ways to
        part the line the likeliest is taken (dynamic programming).
        """
        cuts = self._network.cuts(states).tolist()
        able = [i for i in range(1, len(pieces)) if cuts[i] > _UNSURE and self._may_begin(text, pieces, i)]
        unsure = sorted((i for i in able if cuts[i] < 1 - _UNSURE), key=lambda i: abs(cuts[i] - 0.5))[:_WEIGHED]
        points = [0, *(i for i in able if cuts[i] >= 1 - _UNSURE or i in unsure), len(pieces)]
        spans = [
            (a, b)
            for a in range(len(points) - 1)
            for b in range(a + 1, len(points))
            if all(points[i] in unsure for i in range(a + 1, b))
        ]
        labels = self._network.labels(states, [(points[a] + 1, points[b] + 1) for a, b in spans], self._temperature)
        rows = dict(zip(spans, labels.tolist(), strict=True))
        best = [(0.0, 0)] + [(-math.inf, 0)] * (len(points) - 1)
        for a, b in spans:  # those that end earlier come before those that begin there
            within = sum(math.log1p(-cuts[points[i]]) for i in range(a + 1, b))
            cut = math.log(cuts[points[b]]) if b < len(points) - 1 else 0.0
            weight = best[a][0] + _CLEAR * math.log(self._clearest(rows[a, b])) + within + cut
            best[b] = max(best[b], (weight, a))
        chosen, end = [], len(points) - 1
        while end:
            chosen.append((best[end][1], end))
            end = best[end][1]
        chosen.reverse()
        return [(points[a], points[b]) for a, b in chosen], [rows[span] for span in chosen]

    def _clearest(self, row: list[float]) -> float:
        """Return the probability of the likeliest act."""
        sums = [0.0] * len(self._acts)
        for act, probability in zip(self._act_of, row, strict=True):
            sums[act] += probability
        return max(sums)

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
        others = {kind: min(round(kinds[kind], 4), kinds[likely[0]]) for kind in likely[1:4]}
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
    vocabulary = PieceVocabulary(language, head["pieces"], head["slang"])
    return Ear(Network(head, arrays), vocabulary, head)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the spaces about it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
