"""Which of an author's wordings a line means: by what both are about, and by how the ear takes them.

Lines that are put alike are near to one another for the ear, whatever they are about ("Have you been to sea?", "Have
you been to town?"), so what they are about has to agree too: the words that are left without those of the question's
frame (`frames.yaml`), the rarer the weightier, other forms and words for the same included. How much each of these
tells was fitted on the lines of `benchmarks/topics/dev.yaml` (logistic regression).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import ASKING
from npc_engine.dialogue.understand import about_self, own_life
from npc_engine.dialogue.understand.learned import Ear, ear
from npc_engine.dialogue.understand.qualifiers import qualifiers
from npc_engine.lang import pack
from npc_engine.talking_points import ANY_STORY, BY_ITS_WORDS, Wordings
from npc_engine.text import Language, fold, stem

if TYPE_CHECKING:
    from npc_engine.dialogue.understand.network import Array

MEANT = 0.5
"""How sure it must be that a wording is meant to be named at all, from 0 to 1."""
MOST = 5
"""Wordings that are named, the nearest."""
KIN = 0.9
"""How far words for the same, and Chinese ones of the same characters, count as the same word."""
HEAD = 5
"""Letters of a word from which another that ends with it is one of its kind: a shipwreck is a wreck."""
NEAR = 0.5
"""Likeness of two words in meaning, from 0 to 1, from which it counts."""
ABOUT_IT = 0.75
"""How much of what a line is about a passage must speak of to be what is asked for."""
TELLING = 2.5
"""How much the words of a line must tell for another text to be known by some of them: 'go' and 'left' stand in any."""
RARE = 3.2
"""How much a lone character must tell to be what is asked for: 剑 does, 手 does not."""
SENSES = 4096
"""Texts for which it is kept how the ear takes them: a person's wordings and what is compared with them."""
OF_A_KIND = 0.75
"""How much alike two texts count as put, from 0 to 1, where there is no ear to tell."""
TAKEN_ALIKE = 0.54
"""How much alike the ear must take two texts, from 0 to 1, where a single word is all that one is about."""
AS_LONG, FOR_MORE = 2.0, 0.1
"""How many times as long as the other such a text may be, and how much more alike they must be taken for each time
more: what is left out of a long line may well be what it is about."""
OTHERWISE = 2.5
"""What a wording that asks loses where a line states something, one that is denied where a line is not, the other way
round, and one that tells of another mood, in log odds."""
THE_SAME = 0.995
"""How sure it must be that a wording is meant for it to stand for a matter of somebody's life that it does not name."""
LIKE_IT, MOSTLY = 0.35, 0.4
"""How much a wording on a matter of somebody's life must be like a line, or how many of a topic's must be on it."""
_WEIGHTS = {"line": 3.03, "wording": 2.58, "both": 2.17, "sense": 6.78}
_BIAS = -6.85
_LEAST = math.log(LIKE_IT / (1 - LIKE_IT))
"""The log odds of the lowest likeness that anything is told by."""
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
        self.of = lru_cache(maxsize=256)(self.read)
        self._sense: Callable[[str], Any] = lru_cache(maxsize=SENSES)(self._ear.sense if self._ear else str)

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
        alike = self.alike(line, wording)
        of_line = _share((max(row) for row in alike), line.weights)
        of_wording = _share((max(column) for column in zip(*alike, strict=True)), wording.weights)
        told = {"line": of_line, "wording": of_wording, "both": of_line * of_wording}
        by_words = _BIAS + sum(_WEIGHTS[key] * value for key, value in told.items())
        if by_words + _WEIGHTS["sense"] < _LEAST:  # however alike the ear takes them: it need not be asked
            return 0.0
        sense = self._taken_alike(line.text, wording.text)
        longer = max(0.0, len(line.bare) / max(1, len(wording.bare)) - AS_LONG)
        if len(line.words) == 1 and sense < TAKEN_ALIKE + FOR_MORE * longer:
            return 0.0
        return 1 / (1 + math.exp(-by_words - _WEIGHTS["sense"] * sense))

    def _taken_alike(self, line: str, wording: str) -> float:
        """Return how much alike the ear takes two texts, from 0 to 1; where there is no ear, as two of a kind."""
        return float(self._sense(line) @ self._sense(wording)) if self._ear else OF_A_KIND

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


class Matcher:
    """Matches lines with the wordings of one person in one language."""

    def __init__(self, wordings: tuple[Wordings, ...], language: Language) -> None:
        self.wordings = wordings
        self._gists, self._language = gists_of(language), language
        asked = [(one.key, text, one.are_answers) for one in wordings for text in one.texts.get(language, ())]
        if any(one.key.startswith(f"{ANY_STORY}:") for one in wordings):
            asked += [(ANY_STORY, text, False) for text in pack(language).data("frames").get("story", ())]
        self._asked = [(key, self._gists.read(text), is_answer) for key, text, is_answer in asked]
        self._texts = [text for _, text, _ in asked]
        self._put = [self._how(text, text.rstrip().endswith(ASKING)) for text in self._texts]
        self._of_asker = [self._persons(text) == (True, True) for text in self._texts]
        self._means = stacked([gist for _, gist, _ in self._asked])
        self._bare: dict[str, list[int]] = {}
        self._marked: dict[str, list[int]] = {}
        for at, (_, gist, _) in enumerate(self._asked):
            self._bare.setdefault(gist.bare, []).append(at)
            for mark in gist.marks:
                self._marked.setdefault(mark, []).append(at)

    def meant(
        self, text: str, matter: str = "", *, small: bool = False, asks: bool | None = None
    ) -> tuple[tuple[str, float], ...]:
        """Return the keys of what a text asks for, the likeliest first, each with how sure that is (0 to 1).

        `asks` says whether the text is a question, where that is known. Of who asks about a `matter` of somebody's
        life, no other topic is meant than what was written on that; of a `small` one, which is put in many ways, those
        that are put so too by any of their wordings.
        """
        found = self._likely(text, asks)
        if small:
            found = {key: sure for key, sure in found.items() if sure >= 1.0 or matter in self._matters_of.get(key, ())}
        elif matter:
            found = self._on_matter(matter, text) or {key: sure for key, sure in found.items() if sure >= THE_SAME}
        likely = sorted(found.items(), key=lambda one: -one[1])
        foreseen = [one for one in likely if not one[0].startswith(BY_ITS_WORDS)]
        return (*foreseen[:MOST], *(one for one in likely if one not in foreseen))

    def _likely(self, text: str, asks: bool | None) -> dict[str, float]:
        """Return what a text may ask for, by its key, with how sure that is."""
        line, put = self._gists.of(text), self._how(text, asks)
        of_another = self._persons(text) == (True, False)  # 'Do you believe in ghosts?' is no 'Do you believe me?'
        found: dict[str, float] = {}
        for at in self._near(line):
            key, wording, is_answer = self._asked[at]
            if is_answer:
                covered = self._gists.covered(line, wording) if asks is not False else 0.0
                likely = covered if covered >= ABOUT_IT else 0.0
            else:
                likely = self._gists.likeness(line, wording)
                pairs = zip(put, self._put[at], strict=True)
                otherwise = sum(None not in (one, other) and one != other for one, other in pairs)
                otherwise += bool(put[2] and not self._put[at][2])  # who tells of a death asks for no joke
                otherwise += of_another and self._of_asker[at]
                if otherwise and likely < 1.0:
                    likely /= likely + (1 - likely) * math.exp(OTHERWISE * otherwise)
            if likely >= MEANT:
                found[key] = max(likely, found.get(key, 0.0))
        return found

    def _persons(self, text: str) -> tuple[bool, bool]:
        """Return whether a text speaks to its hearer, and of its speaker."""
        words, folded = pack(self._language).words, fold(text)
        to, of = (words.any_of(words.pronouns.get(person, ()), folded) for person in ("you", "i"))
        return to, of

    def _how(self, text: str, asks: bool | None) -> tuple[bool | None, bool, str | None]:
        """Return how a text is put: whether it asks, whether it is denied, and how whoever says it is, if it tells."""
        mood = about_self.mood(text, self._language) or None  # who is broke has broken nothing
        return asks, "negated" in qualifiers(fold(text), self._language), mood

    def _on_matter(self, name: str, text: str) -> dict[str, float]:
        """Return the topics that ask for a matter of the NPC's life, the one that is put most like a text first.

        A topic asks for it where most of its wordings do, or the one that does is put much like the text; where none
        does, one whose first wording is on it.
        """
        line = self._gists.of(text)
        alike: dict[str, list[float]] = {}
        for (key, wording, is_answer), matter in zip(self._asked, self._matters, strict=True):
            if not is_answer:
                alike.setdefault(key, []).append(self._gists.likeness(line, wording) if matter == name else -1.0)
        found = {
            key: 0.99 + 0.01 * max(of_it)
            for key, of_it in alike.items()
            if max(of_it) >= LIKE_IT or (max(of_it) >= 0 and sum(one >= 0 for one in of_it) >= MOSTLY * len(of_it))
        }
        return found or {key: 0.99 for key, of_it in alike.items() if of_it[0] >= 0}

    @cached_property
    def _matters(self) -> list[str]:
        """The matter of somebody's life that each wording asks for; empty where it asks for none."""
        found = (own_life.asked(text, self._language) for text in self._texts)
        return [one.name if one else "" for one in found]

    @cached_property
    def _matters_of(self) -> dict[str, set[str]]:
        """The matters of somebody's life that each topic asks for by any of its wordings."""
        found: dict[str, set[str]] = {}
        for (key, _, is_answer), matter in zip(self._asked, self._matters, strict=True):
            if matter and not is_answer:
                found.setdefault(key, set()).add(matter)
        return found

    def _near(self, line: Gist) -> list[int]:
        """Return which wordings have a word that a line has too, or one like it: no other can be meant."""
        near = {*self._bare.get(line.bare, ()), *(at for mark in line.marks for at in self._marked.get(mark, ()))}
        if self._means is not None and line.means is not None:
            rows, owners = self._means
            near.update(owners[(rows @ line.means.T).max(axis=1) > NEAR].tolist())
        return sorted(near)


def stacked(gists: Sequence[Gist]) -> tuple[Array, Array] | None:
    """Return what all words of some gists mean, a row each, and the place in the list of the gist each is of."""
    import numpy as np

    means = [(gist.means, at) for at, gist in enumerate(gists) if gist.means is not None]
    if not means:
        return None
    rows = np.concatenate([rows for rows, _ in means])
    return rows, np.repeat([at for _, at in means], [len(rows) for rows, _ in means])


def matcher_of(context: Context, language: Language) -> Matcher:
    """Return what matches lines with the wordings of whom one talks with, made once for each in a world."""
    wordings = context.wordings
    # A matcher holds its wordings, and so their id is no other's.
    return context.world.derived.get((Matcher, id(wordings), language), lambda: Matcher(wordings, language))


def is_foreseen(means: tuple[tuple[str, float], ...], least: float) -> bool:
    """Return whether it is as sure as that that some wording of an author's is meant, and not only words of theirs."""
    return any(sure >= least for key, sure in means if not key.startswith(BY_ITS_WORDS))


def surest(*found: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    """Return keys that some texts mean, each as sure as the surest text has it, the likeliest first."""
    sure: dict[str, float] = {}
    for key, likely in (one for several in found for one in several):
        sure[key] = max(likely, sure.get(key, 0.0))
    return tuple(sorted(sure.items(), key=lambda one: -one[1]))


@cache
def gists_of(language: Language) -> Gists:
    """Return what makes gists in a language."""
    return Gists(language)


def _share(parts: Iterable[float], weights: tuple[float, ...]) -> float:
    return sum(part * weight for part, weight in zip(parts, weights, strict=True)) / sum(weights)


def _over(likeness: float) -> float:
    return max(0.0, (likeness - NEAR) / (1 - NEAR))
