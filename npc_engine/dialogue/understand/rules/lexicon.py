"""The words of a world's relations, ready for finding them in a text: as written, inflected, or a letter off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from npc_engine.dialogue.understand.rules.shapes import shapes_of
from npc_engine.dialogue.words import words_of
from npc_engine.mind.views import Cast
from npc_engine.text import COMMON_WORDS, LANGUAGES, fold, is_han, stem
from npc_engine.world.definitions import Predicate

_TOKEN = re.compile(r"[^\W_\u3400-\u4dbf\u4e00-\u9fff]+(?:['’-][^\W_\u3400-\u4dbf\u4e00-\u9fff]+)*")
_QUALIFIER = re.compile(r"\{(?!subject|object)[a-z_]+\}")
_INFLECTED = 0.9
"""What a cue counts that is there in another form than its author wrote."""
_MISSPELT = 0.8
_KINDRED = 0.7
"""What a cue counts that its author wrote in another word for the same: reside for live."""
_VALUE = 0.5
"""What naming one of a predicate's values counts beyond naming the predicate."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cue may mean: a relation, or one of its values; and how strongly it says so."""

    predicate: str
    weight: float
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """Words in a text that signal relations."""

    start: int
    end: int
    text: str
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text and where it stands."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Give the words of a folded text that are not Chinese, without their possessive ending."""
    return [
        Token(match.group().replace("’", "'").removesuffix("'s"), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


class Lexicon:
    """The words by which a world's relations are asked about, in every language at once."""

    def __init__(self, cast: Cast) -> None:
        self._base = {form: base for base, forms in words_of("en").irregular.items() for form in forms}
        self._written: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        self._stems: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        self._single: dict[str, tuple[Meaning, ...]] = {}
        self._chinese: dict[str, list[tuple[str, Meaning]]] = {}
        for predicate in cast.predicates.values():
            self._enter(predicate)
        self._kindred = {kin: meanings for group in _groups() for kin, meanings in self._shared(group)}
        self._take_over()
        for listed in self._chinese.values():
            listed.sort(key=lambda entry: -len(entry[0]))
        self.shapes = shapes_of(cast)
        self._turned = {p.inverse for p in cast.predicates.values()} | {
            p.id for p in cast.predicates.values() if p.inverse
        }
        self.stative = frozenset(
            predicate.id
            for predicate in cast.predicates.values()
            if re.search(r"\{(is|was)\||\b(is|was) ", predicate.wording.get("en", ""))
        )

        self.belonging = next(
            (
                p.id
                for p in cast.predicates.values()
                if p.wording.get("zh", "").startswith("{object}是{subject}的") and p.wording["zh"].endswith("的")
            ),
            None,
        )
        self._measured = frozenset(
            p.id for p in cast.predicates.values() if any(_QUALIFIER.search(wording) for wording in p.wording.values())
        )

    def _enter(self, predicate: Predicate) -> None:
        for phrases in predicate.words.values():
            for phrase in phrases:
                self._add(phrase, Meaning(predicate.id, 1.0))
        for value_id, value in predicate.values.items():
            for phrase in {*(p for several in value.words.values() for p in several), *value.names.values()}:
                self._add(phrase, Meaning(predicate.id, 1.0 + _VALUE, value_id))

    def _shared(self, group: Sequence[str]) -> Iterator[tuple[str, tuple[Meaning, ...]]]:
        """Give for each word of a group of kindred ones what those of them mean that are this world's."""
        shared: dict[str, Meaning] = {}
        for word in group:
            for meaning in self._meanings(word):
                if meaning.value is None:
                    shared.setdefault(meaning.predicate, Meaning(meaning.predicate, meaning.weight * _KINDRED))
        for word in group:
            if shared and not self._meanings(word):
                yield (word if is_han(word[0]) else self.stem(word)), tuple(shared.values())

    def _take_over(self) -> None:
        """Let kindred words stand for themselves where a shorter cue is but a piece of them: 家 in 老家."""
        written = [phrase for listed in self._chinese.values() for phrase, _ in listed]
        for kin, meanings in self._kindred.items():
            if is_han(kin[0]) and any(phrase in kin for phrase in written):
                self._chinese.setdefault(kin[0], []).extend((kin, meaning) for meaning in meanings)

    def _meanings(self, word: str) -> list[Meaning]:
        """Give what a single word means in this world."""
        if is_han(word[0]):
            return [meaning for phrase, meaning in self._chinese.get(word[0], ()) if phrase == word]
        stems = self._stems.get(self.stem(word), ())
        return [meaning for phrase, meaning in stems if len(phrase) == 1]

    def _add(self, phrase: str, meaning: Meaning) -> None:
        phrase = fold(phrase).strip()
        if not phrase:
            return
        if any(map(is_han, phrase)):
            weight = meaning.weight + 0.3 * (len(phrase) / 2 - 1)
            self._chinese.setdefault(phrase[0], []).append((phrase, Meaning(meaning.predicate, weight, meaning.value)))
            return
        spelt = tuple(token.text for token in tokens(phrase))
        if not spelt:
            return
        meaning = Meaning(meaning.predicate, meaning.weight + 0.3 * (len(spelt) - 1), meaning.value)
        self._written.setdefault(spelt[0], []).append((spelt, meaning))
        stems = tuple(map(self.stem, spelt))
        self._stems.setdefault(stems[0], []).append((stems, meaning))
        if len(spelt) == 1 and len(spelt[0]) >= 4:
            self._single[spelt[0]] = (*self._single.get(spelt[0], ()), meaning)

    def measured(self, predicate: str) -> bool:
        """Tell whether a relation's wording has a quantity of its own: how much is owed, in which year."""
        return predicate in self._measured

    def turned(self, predicate: str) -> bool:
        """Tell whether the world has a relation for the other way round."""
        return predicate in self._turned

    def stem(self, word: str) -> str:
        """Give what all forms of a word share: broke, broken, breaks."""
        return stem(self._base.get(word, word))

    def knows(self, word: str) -> bool:
        """Tell whether a folded word is a cue as it stands."""
        if is_han(word[0]):
            return any(phrase == word for phrase, _ in self._chinese.get(word[0], ()))
        return word in self._written or self.stem(word) in self._stems

    def find(self, text: str, taken: list[tuple[int, int]]) -> list[Cue]:
        """Give the cues in a folded text outside the stretches that are taken, the longest at each place."""
        found = [*self._find_english(text, taken), *self._find_chinese(text, taken)]
        return sorted(found, key=lambda cue: cue.start)

    def _find_english(self, text: str, taken: list[tuple[int, int]]) -> Iterator[Cue]:
        spelt = [token for token in tokens(text) if not _overlaps(token.start, token.end, taken)]
        position, any_found = 0, False
        unknown: list[Token] = []
        while position < len(spelt):
            length, meanings = self._longest(spelt, position)
            if not length:
                unknown.append(spelt[position])
                position += 1
                continue
            any_found = True
            start, end = spelt[position].start, spelt[position + length - 1].end
            yield Cue(start, end, text[start:end], meanings)
            position += length
        if not any_found:
            for token in unknown:
                if meanings := self._kindred.get(self.stem(token.text)) or self._nearly(token.text):
                    yield Cue(token.start, token.end, text[token.start : token.end], meanings)

    def _longest(self, spelt: list[Token], at: int) -> tuple[int, tuple[Meaning, ...]]:
        best, meanings = 0, dict[tuple[str, str | None], Meaning]()
        here = spelt[at].text
        tried: list[tuple[Sequence[tuple[tuple[str, ...], Meaning]], Callable[[str], str], float]]
        tried = [(self._written.get(here, ()), str, 1.0)]
        if here not in COMMON_WORDS or here in self._base or here.endswith(("ing", "ed", "es")):
            tried.append((self._stems.get(self.stem(here), ()), self.stem, _INFLECTED))
        for listed, form, factor in tried:
            for phrase, meaning in listed:
                length = len(phrase)
                if length < best or tuple(form(token.text) for token in spelt[at : at + length]) != phrase:
                    continue
                if factor < 1 and meaning.value is not None and not self._inflected(here):
                    continue  # to break is not to be broken
                if length > best:
                    best, meanings = length, {}
                key = (meaning.predicate, meaning.value)
                if key not in meanings or meanings[key].weight < meaning.weight * factor:
                    meanings[key] = Meaning(meaning.predicate, meaning.weight * factor, meaning.value)
        return best, tuple(meanings.values())

    def _inflected(self, word: str) -> bool:
        return word in self._base or word.endswith(("ed", "en"))

    def _nearly(self, word: str) -> tuple[Meaning, ...]:
        if len(word) < 5 or word in COMMON_WORDS:
            return ()
        near = process.extractOne(word, self._single.keys(), scorer=OSA.distance, score_cutoff=1)
        if near is None or near[0][0] != word[0]:
            return ()
        return tuple(Meaning(m.predicate, m.weight * _MISSPELT, m.value) for m in self._single[near[0]])

    def _find_chinese(self, text: str, taken: list[tuple[int, int]]) -> Iterator[Cue]:
        found = list(self._written_chinese(text, taken))
        yield from found
        if all(meaning.predicate == "at" for cue in found for meaning in cue.meanings):  # 在哪儿 but asks
            for kin, meanings in self._kindred.items():
                at = text.find(kin) if is_han(kin[0]) else -1
                if at >= 0 and not _overlaps(at, at + len(kin), taken):
                    yield Cue(at, at + len(kin), kin, meanings)
                    return

    def _written_chinese(self, text: str, taken: list[tuple[int, int]]) -> Iterator[Cue]:
        position = 0
        while position < len(text):
            length, meanings = 0, list[Meaning]()
            for phrase, meaning in self._chinese.get(text[position], ()):
                if len(phrase) < length:
                    break
                end = position + len(phrase)
                if text.startswith(phrase, position) and not _overlaps(position, end, taken):
                    length = len(phrase)
                    meanings.append(meaning)
            if length:
                yield Cue(position, position + length, text[position : position + length], tuple(meanings))
            position += length or 1


def _groups() -> list[list[str]]:
    """Give the groups of words for the same, of every language, the longest words first."""
    groups = [group for language in LANGUAGES for group in words_of(language).kindred]
    return [sorted(group, key=lambda word: -len(word)) for group in groups]


def _overlaps(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(begin < end and start < stop for begin, stop in taken)


def lexicon_of(cast: Cast) -> Lexicon:
    """Return the words of a world, made once for each."""
    return cast.derived.get(Lexicon, lambda: Lexicon(cast))
