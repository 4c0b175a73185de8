"""The words of a world's relations, ready for finding them in a text: as written, inflected, or a letter off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from npc_engine.dialogue.understand.rules.shapes import shapes_of
from npc_engine.lang import LanguagePack, registry
from npc_engine.lang.writing_system import HAN
from npc_engine.mind.projections import CompiledWorld
from npc_engine.text import Language, fold, is_common, is_han, stem
from npc_engine.world.definitions import Predicate

_TOKEN = re.compile(rf"[^\W_{HAN}]+(?:['’-][^\W_{HAN}]+)*")
_QUALIFIER = re.compile(r"\{(?!subject|object)[a-z_]+\}")
_INFLECTED = 0.9
"""What a cue counts that is there in another form than its author wrote."""
_MISSPELT = 0.8
_SYNONYM = 0.7
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


class SpacedLexicon:
    """The words of a world's relations in one language that has spaces between words."""

    def __init__(self, speech: LanguagePack) -> None:
        self._pack = speech
        self._base = speech.base_forms
        self._written: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        self._stems: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        self._single: dict[str, tuple[Meaning, ...]] = {}
        self._synonyms: dict[str, tuple[Meaning, ...]] = {}

    def add(self, phrase: str, meaning: Meaning) -> None:
        """Take in a folded phrase."""
        spelt = tuple(token.text for token in self._tokens(phrase))
        if not spelt:
            return
        meaning = Meaning(meaning.predicate, meaning.weight + 0.3 * (len(spelt) - 1), meaning.value)
        self._written.setdefault(spelt[0], []).append((spelt, meaning))
        stems = tuple(map(self.stem, spelt))
        self._stems.setdefault(stems[0], []).append((stems, meaning))
        if len(spelt) == 1 and len(spelt[0]) >= 4:
            self._single[spelt[0]] = (*self._single.get(spelt[0], ()), meaning)

    def close(self) -> None:
        """Take in the synonyms of all that was added."""
        groups = self._pack.thesaurus["synonyms"]
        self._synonyms = {self.stem(word): meanings for word, meanings in _shared(groups, self.meanings)}

    def stem(self, word: str) -> str:
        """Return what all forms of a word share: broke, broken, breaks."""
        if word in self._pack.uninflected:
            return word
        return stem(self._base.get(word, word), self._pack.code)

    def meanings(self, word: str) -> list[Meaning]:
        """Return what a single word means in this world."""
        return [meaning for phrase, meaning in self._stems.get(self.stem(word), ()) if len(phrase) == 1]

    def knows(self, word: str) -> bool:
        """Return whether a folded word is a cue as it stands."""
        return word in self._written or self.stem(word) in self._stems

    def find(self, text: str, taken: list[tuple[int, int]]) -> Iterator[Cue]:
        """Return the cues in a folded text outside the stretches that are taken, the longest at each place."""
        spelt = [token for token in self._tokens(text) if not _overlaps(token.start, token.end, taken)]
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
                if meanings := self._synonyms.get(self.stem(token.text)) or self._nearly(token.text):
                    yield Cue(token.start, token.end, text[token.start : token.end], meanings)

    def _tokens(self, text: str) -> list[Token]:
        """Return the words of a folded text that are not Chinese, without their possessive ending."""
        return [
            Token(self._pack.bare(match.group().replace("’", "'")), match.start(), match.end())
            for match in _TOKEN.finditer(text)
        ]

    def _longest(self, spelt: list[Token], at: int) -> tuple[int, tuple[Meaning, ...]]:
        best, meanings = 0, dict[tuple[str, str | None], Meaning]()
        here = spelt[at].text
        tried: list[tuple[Sequence[tuple[tuple[str, ...], Meaning]], Callable[[str], str], float]]
        tried = [(self._written.get(here, ()), str, 1.0)]
        if not is_common(here) or here in self._base or self._pack.is_inflected(here):
            tried.append((self._stems.get(self.stem(here), ()), self.stem, _INFLECTED))
        for listed, form, factor in tried:
            for phrase, meaning in listed:
                length = len(phrase)
                if length < best or tuple(form(token.text) for token in spelt[at : at + length]) != phrase:
                    continue
                if factor < 1 and meaning.value is not None and not (here in self._base or self._pack.is_past(here)):
                    continue  # to break is not to be broken
                if length > best:
                    best, meanings = length, {}
                key = (meaning.predicate, meaning.value)
                if key not in meanings or meanings[key].weight < meaning.weight * factor:
                    meanings[key] = Meaning(meaning.predicate, meaning.weight * factor, meaning.value)
        return best, tuple(meanings.values())

    def _nearly(self, word: str) -> tuple[Meaning, ...]:
        if len(word) < 5 or is_common(word):
            return ()
        near = process.extractOne(word, self._single.keys(), scorer=OSA.distance, score_cutoff=1)
        if near is None or near[0][0] != word[0]:
            return ()
        return tuple(Meaning(m.predicate, m.weight * _MISSPELT, m.value) for m in self._single[near[0]])


class UnspacedLexicon:
    """The words of a world's relations in Chinese characters, whatever language lists them."""

    def __init__(self) -> None:
        self._written: dict[str, list[tuple[str, Meaning]]] = {}
        self._synonyms: dict[str, tuple[Meaning, ...]] = {}

    def add(self, phrase: str, meaning: Meaning) -> None:
        """Take in a phrase."""
        weight = meaning.weight + 0.3 * (len(phrase) / 2 - 1)
        self._written.setdefault(phrase[0], []).append((phrase, Meaning(meaning.predicate, weight, meaning.value)))

    def close(self) -> None:
        """Take in the synonyms of all that was added, those in their own right of which a cue is but a piece: 老家."""
        groups = [group for one in registry().unspaced for group in one.thesaurus["synonyms"]]
        self._synonyms = dict(_shared(groups, self.meanings))
        written = [phrase for listed in self._written.values() for phrase, _ in listed]
        for kin, meanings in self._synonyms.items():
            if any(phrase in kin for phrase in written):
                self._written.setdefault(kin[0], []).extend((kin, meaning) for meaning in meanings)
        for listed in self._written.values():
            listed.sort(key=lambda entry: -len(entry[0]))

    def meanings(self, word: str) -> list[Meaning]:
        """Return what a word means in this world."""
        return [meaning for phrase, meaning in self._written.get(word[0], ()) if phrase == word]

    def knows(self, word: str) -> bool:
        """Return whether a word is a cue as it stands."""
        return bool(self.meanings(word))

    def find(self, text: str, taken: list[tuple[int, int]]) -> Iterator[Cue]:
        """Return the cues in a text outside the stretches that are taken, the longest at each place."""
        found = list(self._find_written(text, taken))
        yield from found
        if all(meaning.predicate == "at" for cue in found for meaning in cue.meanings):  # 在哪儿 but asks
            for kin, meanings in self._synonyms.items():
                at = text.find(kin)
                if at >= 0 and not _overlaps(at, at + len(kin), taken):
                    yield Cue(at, at + len(kin), kin, meanings)
                    return

    def _find_written(self, text: str, taken: list[tuple[int, int]]) -> Iterator[Cue]:
        position = 0
        while position < len(text):
            length, meanings = 0, list[Meaning]()
            for phrase, meaning in self._written.get(text[position], ()):
                if len(phrase) < length:
                    break
                end = position + len(phrase)
                if text.startswith(phrase, position) and not _overlaps(position, end, taken):
                    length = len(phrase)
                    meanings.append(meaning)
            if length:
                yield Cue(position, position + length, text[position : position + length], tuple(meanings))
            position += length or 1


class Lexicon:
    """The words by which a world's relations are asked about, in every language."""

    def __init__(self, compiled: CompiledWorld) -> None:
        self._spaced = {one.code: SpacedLexicon(one) for one in registry().spaced}
        self._unspaced = UnspacedLexicon()
        for predicate in compiled.predicates.values():
            self._enter(predicate)
        for spaced in self._spaced.values():
            spaced.close()
        self._unspaced.close()
        self.shapes = shapes_of(compiled)
        self._turned = {p.inverse for p in compiled.predicates.values()} | {
            p.id for p in compiled.predicates.values() if p.inverse
        }
        self.stative = frozenset(
            p.id for p in compiled.predicates.values() if _worded(p, lambda one, said: one.is_stative(said))
        )
        self.belonging = next(
            (p.id for p in compiled.predicates.values() if _worded(p, lambda one, said: one.says_belonging(said))), None
        )
        self._measured = frozenset(
            p.id
            for p in compiled.predicates.values()
            if any(_QUALIFIER.search(wording) for wording in p.wording.values())
        )

    def _enter(self, predicate: Predicate) -> None:
        for language, phrases in predicate.words.items():
            for phrase in phrases:
                self._add(phrase, Meaning(predicate.id, 1.0), language)
        for value_id, value in predicate.values.items():
            named = {(phrase, language) for language, several in value.words.items() for phrase in several}
            for phrase, language in {*named, *((name, language) for language, name in value.names.items())}:
                self._add(phrase, Meaning(predicate.id, 1.0 + _VALUE, value_id), language)

    def _add(self, phrase: str, meaning: Meaning, language: Language) -> None:
        phrase = fold(phrase).strip()
        if any(map(is_han, phrase)):
            self._unspaced.add(phrase, meaning)
        elif phrase and (spaced := self._reading(language)):
            spaced.add(phrase, meaning)

    def _reading(self, language: Language) -> SpacedLexicon | None:
        known = registry()
        speech = known.by_script(language, spaced=True) if language in known.packs else None
        return self._spaced[speech.code] if speech else None

    def measured(self, predicate: str) -> bool:
        """Return whether a relation's wording has a quantity of its own: how much is owed, in which year."""
        return predicate in self._measured

    def turned(self, predicate: str) -> bool:
        """Return whether the world has a relation for the other way round."""
        return predicate in self._turned

    def knows(self, word: str, language: Language) -> bool:
        """Return whether a folded word is a cue as it stands, in a text of a language."""
        if is_han(word[0]):
            return self._unspaced.knows(word)
        spaced = self._reading(language)
        return bool(spaced and spaced.knows(word))

    def find(self, text: str, language: Language, taken: list[tuple[int, int]]) -> list[Cue]:
        """Return the cues in a folded text outside the stretches that are taken, the longest at each place."""
        spaced = self._reading(language)
        found = [*(spaced.find(text, taken) if spaced else ()), *self._unspaced.find(text, taken)]
        return sorted(found, key=lambda cue: cue.start)


def _shared(
    groups: Iterable[Sequence[str]], meanings: Callable[[str], list[Meaning]]
) -> Iterator[tuple[str, tuple[Meaning, ...]]]:
    """Return for each word of groups of synonyms what those of them mean that are this world's."""
    for group in groups:
        shared: dict[str, Meaning] = {}
        longest_first = sorted(group, key=lambda word: -len(word))
        for word in longest_first:
            for meaning in meanings(word):
                if meaning.value is None:
                    shared.setdefault(meaning.predicate, Meaning(meaning.predicate, meaning.weight * _SYNONYM))
        for word in longest_first:
            if shared and not meanings(word):
                yield word, tuple(shared.values())


def _worded(predicate: Predicate, says: Callable[[LanguagePack, str], bool]) -> bool:
    """Return whether any language finds something said by a relation's wording."""
    packs = registry().packs
    return any(says(packs[one], wording) for one, wording in predicate.wording.items() if one in packs)


def _overlaps(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(begin < end and start < stop for begin, stop in taken)


def lexicon_of(compiled: CompiledWorld) -> Lexicon:
    """Return the words of a world, made once for each."""
    return compiled.derived.get(Lexicon, lambda: Lexicon(compiled))
