"""Texts as they are compared: what they are about, how the ear takes them, and how likely one means the other.

How much each of these tells was fitted on the lines of `benchmarks/topics/dev.yaml` (logistic regression).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from npc_engine.dialogue.understand.learned import Ear, ear
from npc_engine.lang import pack
from npc_engine.text import Language, fold, stem

if TYPE_CHECKING:
    from npc_engine.dialogue.understand.network import Array

KIN = 0.9
"""How far words for the same, and Chinese ones of the same characters, count as the same word."""
HEAD = 5
"""Letters of a word from which another that ends with it is one of its kind: a shipwreck is a wreck."""
NEAR = 0.5
"""Likeness of two words in meaning, from 0 to 1, from which it counts."""
TELLING = 2.5
"""How much the words of a line must tell for another text to be known by some of them: 'go' and 'left' stand in any."""
RARE = 3.2
"""How much a lone character must tell to be what is asked for: 剑 does, 手 does not."""
SENSES = 4096
"""Lines and other lone texts for which it is kept how the ear takes them."""
READ = 16_384
"""The same for texts that are read together, the wordings of some ten people with much to say, and for gists."""
OF_A_KIND = 0.75
"""How much alike two texts count as put, from 0 to 1, where there is no ear to tell."""
TAKEN_ALIKE = 0.54
"""How much alike the ear must take two texts, from 0 to 1, where a single word is all that one is about."""
AS_LONG, FOR_MORE = 2.0, 0.1
"""How many times as long as the other such a text may be, and how much more alike they must be taken for each time
more: what is left out of a long line may well be what it is about."""
LIKE_IT = 0.35
"""The lowest likeness, from 0 to 1, that anything is told by."""
_WEIGHTS = {"line": 3.03, "wording": 2.58, "both": 2.17, "sense": 6.78}
_BIAS = -6.85
_LEAST = math.log(LIKE_IT / (1 - LIKE_IT))
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Gist:
    """A text as it is compared.

    `bare` is the `text` without marks; `words` are what it is about, `kin` what counts as the same as each, `weights`
    how much each tells, `means` what each means, a row each; `marks` are all that another text may share with it.
    """

    text: str
    bare: str
    marks: frozenset[str]
    words: tuple[str, ...]
    kin: tuple[frozenset[str], ...]
    weights: tuple[float, ...]
    means: Array | None


class Gists:
    """Makes gists of texts in one language, and compares them.

    `frame_file` has the words that say nothing of what a text is about; of a text that has no others, those are its
    gist, unless not `whole_if_bare`. How the ear takes a text is asked only where the words leave it open.
    """

    frame_file = "frames"
    whole_if_bare = True

    def __init__(self, language: Language) -> None:
        self._pack = pack(language)
        self._ear: Ear | None = None
        with suppress(ValueError):  # without an ear, words alone have to do
            self._ear = ear(language)
        self.of = lru_cache(maxsize=READ)(self.read)
        self._alone: Callable[[str], Any] = lru_cache(maxsize=SENSES)(self._ear.sense if self._ear else str)
        self._together: dict[str, tuple[Array, Array]] = {}

    @property
    def hears(self) -> bool:
        """Whether there is an ear for its language."""
        return self._ear is not None

    def read(self, text: str) -> Gist:
        """Return the gist of a text."""
        folded = fold(text)
        words = tuple(
            dict.fromkeys(self._about(folded) or (self._about(folded, whole=True) if self.whole_if_bare else ()))
        )
        kin = tuple(self._kin(word) for word in words)
        bare = "".join(_WORD.findall(folded))
        ends = {self._stem(word)[-HEAD:] for word in words} if self._pack.spaced else {*words}
        marks = frozenset(ends).union(*kin)
        if self._ear is None:
            return Gist(text, bare, marks, words, kin, (1.0,) * len(words), None)
        means, rare = self._ear.words(words) if words else (None, ())
        return Gist(text, bare, marks, words, kin, tuple(0.5 + float(one) for one in rare), means)

    def likeness(self, line: Gist, wording: Gist) -> float:
        """Return how sure it is, from 0 to 1, that a line means what a wording means."""
        if line.bare == wording.bare:
            return 1.0
        if not line.words or not wording.words:
            return 0.0
        if sum(line.weights) < TELLING and set(line.words) != set(wording.words):
            return 0.0
        of_line, of_wording = self.shared(line, wording)
        told = {"line": of_line, "wording": of_wording, "both": of_line * of_wording}
        by_words = _BIAS + sum(_WEIGHTS[key] * value for key, value in told.items())
        if by_words + _WEIGHTS["sense"] < _LEAST:  # however alike the ear takes them: it need not be asked
            return 0.0
        sense = self._taken_alike(line.text, wording.text)
        longer = max(0.0, len(line.bare) / max(1, len(wording.bare)) - AS_LONG)
        if len(line.words) == 1 and sense < TAKEN_ALIKE + FOR_MORE * longer:
            return 0.0
        return 1 / (1 + math.exp(-by_words - _WEIGHTS["sense"] * sense))

    def shared(self, line: Gist, wording: Gist) -> tuple[float, float]:
        """Return how much of what a line is about a wording has, and of what that is about the line, from 0 to 1."""
        if not line.words or not wording.words:
            return 0.0, 0.0
        alike = self.alike(line, wording)
        rows, columns = map(max, alike), map(max, zip(*alike, strict=True))
        return _share(rows, line.weights), _share(columns, wording.weights)

    def _taken_alike(self, line: str, wording: str) -> float:
        """Return how much alike the ear takes two texts, from 0 to 1; where there is no ear, as two of a kind."""
        return float(self._sense(line) @ self._sense(wording)) if self._ear else OF_A_KIND

    def _sense(self, text: str) -> Any:
        """Return what the ear makes of a text as a vector of length 1."""
        read = self._together.get(text)
        return self._alone(text) if read is None else read[0] / (math.sqrt(read[0] @ read[0]) or 1.0)

    def impressions(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Return what the ear makes of texts, and the probability of each label: a row each; both are kept.

        Raises:
            ValueError: there is no ear for their language.
        """
        import numpy as np

        heard = self._ear or ear(self._pack.code)
        new = [text for text in dict.fromkeys(texts) if text not in self._together]
        if new:
            self._together |= zip(new, zip(*heard.impressions(new), strict=True), strict=True)
        rows = [self._together[text] for text in texts]
        for text in list(self._together)[: max(0, len(self._together) - READ)]:
            self._together.pop(text, None)
        return np.stack([sense for sense, _ in rows]), np.stack([labels for _, labels in rows])

    def covered(self, line: Gist, passage: Gist) -> float:
        """Return how much of what a line is about a passage speaks of, from 0 to 1."""
        if not passage.words or sum(line.weights) < TELLING or not self._asks_of_them(line):
            return 0.0
        same = ((1.0 if any(kin & other for other in passage.kin) else 0.0) for kin in line.kin)
        return _share(same, line.weights)

    def _asks_of_them(self, line: Gist) -> bool:
        """Return whether a line is about enough to ask for what somebody says of themself: one word they are asked for.

        'Do you dance?' does, 'Is that hot?' does not, nor does a lone character that stands in many words.
        """
        if len(line.words) > 1:
            return True
        words = self._pack.words
        common = not self._pack.spaced and len(line.words[0]) == 1 and line.weights[0] < RARE
        return not common and words.any_of(words.pronouns.get("you", ()), line.text)

    def alike(self, line: Gist, wording: Gist) -> list[list[float]]:
        """Return how far each word of a line is the same as each of a wording: a row for each of the line's."""
        near = None if line.means is None or wording.means is None else (line.means @ wording.means.T).tolist()
        return [
            [
                max(self._same(line, row, wording, column), _over(near[row][column]) if near else 0.0)
                for column in range(len(wording.words))
            ]
            for row in range(len(line.words))
        ]

    def _same(self, line: Gist, row: int, wording: Gist, column: int) -> float:
        one, other = line.words[row], wording.words[column]
        if one == other:
            return 1.0
        if line.kin[row] & wording.kin[column]:
            return KIN
        if self._pack.spaced:
            head, whole = sorted((self._stem(one), self._stem(other)), key=len)
            return KIN if len(head) >= HEAD and whole.endswith(head) else 0.0
        if len(one) == 1 or len(other) == 1:
            return 0.0
        return KIN * len(set(one) & set(other)) / max(len(one), len(other))

    def _about(self, folded: str, *, whole: bool = False) -> list[str]:
        """Return the words of a folded text but for those of a question's frame, or but for the commonest alone."""
        if not self._pack.spaced:
            runs = _WORD.findall(folded if whole else self._frames.sub(" ", folded))
            return [piece for run in runs for piece in (self._ear.pieces(run) if self._ear else run)]
        bare = [(word, self._pack.bare(word.replace("’", "'"))) for word in _WORD.findall(folded)]
        if whole:
            return [one for _, one in bare if one not in self._pack.stop_words]
        return [one for word, one in bare if not {one, word} & self._frame and self._stem(one) not in self._frame_stems]

    def _kin(self, word: str) -> frozenset[str]:
        base = self._stem(word)
        return frozenset({base, *self._related.get(base, ())})

    def _stem(self, word: str) -> str:
        return stem(word, self._pack.code) if self._pack.spaced else word

    @cached_property
    def _frame(self) -> frozenset[str]:
        return self._listed | (self._pack.stop_words if self.whole_if_bare else frozenset())

    @cached_property
    def _frame_stems(self) -> frozenset[str]:
        return frozenset(self._stem(word) for word in self._listed) if self.whole_if_bare else frozenset()

    @cached_property
    def _listed(self) -> frozenset[str]:
        held = self._pack.data(self.frame_file)
        return frozenset(str(held.get("words") or held.get("frame", "")).split())

    @cached_property
    def _frames(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(self._frame, key=len, reverse=True))) or "(?!)")

    @cached_property
    def _related(self) -> Mapping[str, set[str]]:
        thesaurus = self._pack.thesaurus
        groups: list[list[str]] = [[base, *forms] for base, forms in thesaurus["forms"].items()]
        groups += [*thesaurus["synonyms"], *(group.split() for group in thesaurus["related"])]
        found: dict[str, set[str]] = {}
        for group in groups:
            stems = {self._stem(word) for word in group}
            for one in stems:
                found.setdefault(one, set()).update(stems)
        return found


def stacked(gists: Sequence[Gist]) -> tuple[Array, Array] | None:
    """Return what all words of some gists mean, a row each, and the place in the list of the gist each is of."""
    import numpy as np

    means = [(gist.means, at) for at, gist in enumerate(gists) if gist.means is not None]
    if not means:
        return None
    rows = np.concatenate([rows for rows, _ in means])
    return rows, np.repeat([at for _, at in means], [len(rows) for rows, _ in means])


@cache
def gists_of(language: Language) -> Gists:
    """Return what makes gists in a language."""
    return Gists(language)


def _share(parts: Iterable[float], weights: tuple[float, ...]) -> float:
    return sum(part * weight for part, weight in zip(parts, weights, strict=True)) / sum(weights)


def _over(likeness: float) -> float:
    return max(0.0, (likeness - NEAR) / (1 - NEAR))
