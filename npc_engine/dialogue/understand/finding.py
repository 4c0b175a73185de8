"""Which of an author's texts would answer a line best, however it is put, and how likely it is a good answer.

`meaning` knows what a line means beyond doubt; most lines of a talk are put as nobody foresaw ("so what do you do to
relax after work, i usually just crash on the couch"). Here every wording of the author's is compared with the line and
with each of its stretches: by what the ear makes of both, by the acts it hears in them, by what both are about. What
that tells of each text was fitted on lines of talks and the texts that people chose for them (a choice among all texts
and none of them: conditional logit, McFadden 1974; `training/finding/`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import ASKING, Reading
from npc_engine.dialogue.understand.gists import KIN, NEAR, Gist, gists_of
from npc_engine.dialogue.understand.learned import ear
from npc_engine.lang import pack
from npc_engine.talking_points import ANY_STORY, Wordings
from npc_engine.text import Language, fold

if TYPE_CHECKING:
    from npc_engine.dialogue.understand.network import Array

WEIGHTS = "finding.npz"
"""The file of weights, beside this module: what `npc ear find` wrote."""
NAMED = 0.01
"""How likely, from 0 to 1, it must be that a text is a good answer for it to be named."""
UNLIKELY = 0.05
"""How likely it must be at least that a topic answers a line which seems to be put as one of its wordings."""
BEYOND_DOUBT = 0.98
"""How surely a line must be put so for that not to matter."""
_TOPIC, _SAMPLE, _STORY = "topic:", "sample:", f"{ANY_STORY}:"
_ASKS_NPC = "ask_npc/"

Means = tuple[tuple[str, float], ...]
"""Keys of an author's texts, each with how sure it is that it is meant, or how likely it is a good answer."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was learned for one language.

    `middle` and `spread` are those of what the ear makes of lines; `weights` are of the marks of an entry, the last one
    is how likely it is that none will do, all in log odds.
    """

    middle: Array
    spread: Array
    weights: Array


@dataclass(frozen=True, slots=True)
class _Seen:
    """Texts as they are compared, a row each: what the ear makes of them, their labels, their persons and form."""

    senses: Array
    labels: Array
    put: Array
    gists: Sequence[Gist]


class Finder:
    """Finds which of one person's texts answer a line in one language; `wordings` are what they are known by."""

    def __init__(self, wordings: Sequence[Wordings], language: Language, tuned: Tuning) -> None:
        self.language, self._tuned = language, tuned
        self._gists, self._ear = gists_of(language), ear(language)
        known = [one for one in wordings if any(one.texts.get(language, ()))]
        self.keys = [one.key for one in known]
        self._topics = [one.topic for one in known]
        self._are_answers = [one.are_answers for one in known]
        texts = [[text for text in one.texts[language] if text] for one in known]
        self._texts = [text for several in texts for text in several]
        self._sizes = [len(several) for several in texts]

    def found(self, text: str, stretches: Sequence[tuple[int, int]]) -> Means:
        """Return the keys of the texts that answer a line best, each with how likely it is that it is a good answer.

        `stretches` are characters of the text from 0.
        """
        import numpy as np

        if not self.keys or not text.strip():
            return ()
        likely = likelihoods(self._tuned.weights, self.marks(text, stretches))
        best = np.argsort(-likely[:-1], kind="stable")
        return tuple((self.keys[at], float(likely[at])) for at in best if likely[at] >= NAMED)

    def marks(self, text: str, stretches: Sequence[tuple[int, int]]) -> Array:
        """Return what tells of each entry whether it answers a line: a row each, as the weights are of."""
        import numpy as np

        line = self._line(text, stretches)
        own = self._own
        sense, label = line.senses @ own.senses.T, line.labels @ own.labels.T
        of_line, of_wording, weight = (np.stack(one) for one in zip(*map(self._words.shared, line.gists), strict=True))
        both = of_line * of_wording
        starts, sizes = self._places

        def most(values: Array) -> Array:
            return np.asarray(np.maximum.reduceat(values, starts))

        def mean(values: Array) -> Array:
            return np.asarray(np.add.reduceat(values, starts) / sizes)

        columns = [most(values[0]) for values in (sense, label, of_line, of_wording, both)]
        columns += [most(values.max(axis=0)) for values in (sense, label, of_line, of_wording, both, weight)]
        columns.append(mean(sense.max(axis=0)))
        columns.append(most((sense + label / 2 + both).max(axis=0)))
        columns.append(most((0.7 * sense + 0.3 * (of_line + of_wording)).max(axis=0)))
        columns += [np.abs(mean(own.put[:, at]) - line.put[0, at]) for at in range(own.put.shape[1])]
        block = np.stack(columns, axis=1)
        passages = np.asarray(self._are_answers, np.float32)[:, None]
        heard = dict(zip(self._ear.labels, line.labels.max(axis=0).tolist(), strict=True))
        asked = np.asarray([[heard.get(_ASKS_NPC + topic, 0.0)] for topic in self._topics])
        of_line_alone = np.tile(line.put[0], (len(self.keys), 1))
        return np.concatenate([block * (1 - passages), block * passages, asked, self._kinds, of_line_alone], axis=1)

    @cached_property
    def _places(self) -> tuple[Array, Array]:
        """Where the wordings of each entry begin, and how many they are."""
        import numpy as np

        return np.cumsum([0, *self._sizes[:-1]]), np.asarray(self._sizes)

    @cached_property
    def _kinds(self) -> Array:
        """Whether each entry is a passage, a story or a sample: a row each."""
        import numpy as np

        told = zip(self.keys, self._are_answers, strict=True)
        return np.asarray([(at, key.startswith(_STORY), key.startswith(_SAMPLE)) for key, at in told], np.float32)

    def _line(self, text: str, stretches: Sequence[tuple[int, int]]) -> _Seen:
        spans = [(0, len(text)), *(stretches if len(stretches) > 1 else ())]  # a lone stretch is all of the line
        parts = [text[start:end] for start, end in spans]
        return self._seen(parts, *self._ear.impressions_within(text, spans))

    @cached_property
    def _own(self) -> _Seen:
        return self._seen(self._texts, *self._gists.impressions(self._texts))

    def _seen(self, texts: Sequence[str], senses: Array, labels: Array) -> _Seen:
        import numpy as np

        senses = (senses - self._tuned.middle) / self._tuned.spread
        senses /= np.maximum(np.linalg.norm(senses, axis=1, keepdims=True), 1e-9)
        put = np.asarray([self._put(text) for text in texts], np.float32)
        return _Seen(senses, np.sqrt(labels), put, [self._gists.of(text) for text in texts])

    def _put(self, text: str) -> tuple[bool, bool, bool]:
        """Return whether a text speaks to its hearer, whether of its speaker, and whether it ends as what is asked."""
        words, folded = pack(self.language).words, fold(text)
        to, of = (bool(words.any_of(words.pronouns.get(person, ()), folded)) for person in ("you", "i"))
        return to, of, text.rstrip().endswith(ASKING)

    @cached_property
    def _words(self) -> _Words:
        return _Words(self._own.gists)


class _Words:
    """The words that some gists are about, each once, to be compared with a line's all at a time."""

    def __init__(self, gists: Sequence[Gist]) -> None:
        import numpy as np

        self._number: dict[str, int] = {}
        self._by_kin: dict[str, list[int]] = {}
        weights: list[float] = [0.0]
        means = [np.zeros(0)]
        which: list[int] = []
        starts: list[int] = []
        for gist in gists:
            starts.append(len(which))
            for at, word in enumerate(gist.words):
                if word not in self._number:
                    self._number[word] = len(weights)
                    weights.append(gist.weights[at])
                    means.append(np.zeros(0) if gist.means is None else gist.means[at])
                    for kin in gist.kin[at]:
                        self._by_kin.setdefault(kin, []).append(self._number[word])
                which.append(self._number[word])
            if not gist.words:
                which.append(0)  # nothing, which is like nothing
        width = max(len(row) for row in means)
        self._means = np.stack([row if len(row) else np.zeros(width, np.float32) for row in means])
        self._which, self._starts = np.asarray(which), np.asarray(starts)
        self._weights = np.asarray(weights, np.float32)[self._which]
        self._sums = np.maximum(np.add.reduceat(self._weights, self._starts), 1e-6)

    def shared(self, line: Gist) -> tuple[Array, Array, Array]:
        """Return for each gist: the share of a line's words that it has, of its that the line has, and their weight."""
        import numpy as np

        if not line.words or line.means is None:
            nothing = np.zeros(len(self._starts), np.float32)
            return nothing, nothing, nothing
        alike = np.maximum(0.0, (line.means @ self._means.T - NEAR) / (1 - NEAR))
        for row, word in enumerate(line.words):
            for kin in line.kin[row]:
                alike[row, self._by_kin.get(kin, [])] = KIN
            if word in self._number:
                alike[row, self._number[word]] = 1.0
        alike = alike[:, self._which]
        weights = np.asarray(line.weights, np.float32)
        had = weights @ np.maximum.reduceat(alike, self._starts, axis=1)
        of_theirs = np.add.reduceat(alike.max(axis=0) * self._weights, self._starts) / self._sums
        return had / weights.sum(), of_theirs, had


def likelihoods(weights: Array, marks: Array) -> Array:
    """Return how likely each text is a good answer by its marks, a row each, and last that none of them is."""
    import numpy as np

    odds = np.append(marks @ weights[:-1], weights[-1])
    likely = np.exp(odds - odds.max())
    return np.asarray(likely / likely.sum())


def with_near(read: Reading, context: Context) -> Reading:
    """Return what was read with the author's texts that answer it best, and without a wording that can't be meant."""
    finder = finder_of(context.wordings, context, read.language)
    if finder is None:
        return read
    near = finder.found(read.text, [act.span for act in read.acts if act.span[1] > act.span[0]])
    kept = (replace(act, means=_without_unlikely(act.means, near)) for act in read.acts)
    return replace(read, acts=tuple(kept), near=near)


def _without_unlikely(means: Means, near: Means) -> Means:
    """Return the wordings that a line seems to mean, but for topics that are no answer to it, if there is any doubt."""
    likely: dict[str, float] = {}
    for key, share in near:
        likely[key] = likely.get(key, 0.0) + share
    unlikely = (
        key.startswith(_TOPIC) and sure < BEYOND_DOUBT and likely.get(key, 0.0) < UNLIKELY for key, sure in means
    )
    return tuple(one for one, drop in zip(means, unlikely, strict=True) if not drop)


def finder_of(wordings: tuple[Wordings, ...], context: Context, language: Language) -> Finder | None:
    """Return what finds what some wordings are of, made once for all talks in a world; None without an ear."""
    tuned = tuning(language)
    if tuned is None:
        return None
    return context.world.derived.get((Finder, id(wordings), language), lambda: Finder(wordings, language, tuned))


@cache
def tuning(language: Language) -> Tuning | None:
    """Return what was learned for a language; None where nothing was."""
    middle, spread, weights = (learned(f"{language}.{name}") for name in ("middle", "spread", "weights"))
    return None if middle is None or spread is None or weights is None else Tuning(middle, spread, weights)


@cache
def learned(name: str) -> Array | None:
    """Return the numbers of a name in the file of weights; None where it has none of that name."""
    import numpy as np

    with np.load(BytesIO(files("npc_engine.dialogue.understand").joinpath(WEIGHTS).read_bytes())) as held:
        found: Array | None = held.get(name)
    return found
