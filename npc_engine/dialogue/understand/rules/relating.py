"""By which words a world's relations are stated: as they are worded, by what stands for that, and what it takes to.

Words that a question is known by are not all words that state: who asks where to buy is told who sells. So a relation
is stated by what its wording says, by its words but for those that name the other side of it, and by others that say
the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from npc_engine.lang import LanguagePack, pack
from npc_engine.mind.projections import CompiledWorld
from npc_engine.text import Language, fold, stem
from npc_engine.world.definitions import Predicate

Way = Literal["state", "event", "able"]
Side = Literal["subject", "object"]
_SLOT = re.compile(r"\{(subject|object)('s)?\}")
_CHOICE = re.compile(r"\{([^{}|]+)\|[^{}]*\}")
_OTHER = re.compile(r"\{[a-z_]+\}")
_WORD = re.compile(r"[\w'-]+")
KIND_OF = "kind_of"
WORDED, LISTED, SAME = 3.0, 2.0, 1.0
"""How strongly a word states a relation: as its wording does, as its author listed it, as another word for that."""


@dataclass(frozen=True, slots=True)
class Worded:
    """How a relation is worded in a language.

    `core` is what stands between its sides, `prepositions` what leads up to the second; `turned`: it says what is done
    to its subject; `being`: it says what its subject is; `noun`: it says whose its subject is, of the `owner` side;
    `loose`: it is said without its preposition too; `particles` may stand with any of its words: out.
    """

    core: str = ""
    way: Way = "state"
    prepositions: frozenset[str] = frozenset()
    turned: bool = False
    being: bool = False
    noun: str = ""
    owner: Side = "object"
    loose: bool = False
    particles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a relation in a sentence: where, as which mark, how strongly they tell it, and which value they name."""

    start: int
    end: int
    text: str
    form: str
    strength: float
    value: str | None = None


@dataclass(slots=True)
class Relations:
    """The relations of a world as one language states them."""

    speech: LanguagePack
    classes: frozenset[str] = frozenset()
    """What other things are kinds of."""
    worded: dict[str, Worded] = field(default_factory=dict)
    _verbs: set[tuple[str, str]] = field(default_factory=set)
    _values: set[str] = field(default_factory=set)
    _cues: dict[str, list[tuple[tuple[str, ...], str, float, str | None]]] = field(default_factory=dict)

    @classmethod
    def of(cls, compiled: CompiledWorld, speech: LanguagePack) -> Relations:
        """Return a world's relations as a language states them."""
        facts = (fact.fact.split() for fact in compiled.facts)
        made = cls(speech, frozenset(one[2] for one in facts if one[1] == KIND_OF))
        for predicate in compiled.predicates.values():
            made._enter(predicate)
        return made

    def _enter(self, predicate: Predicate) -> None:
        if not predicate.words and not predicate.values:
            return
        language = self.speech.code
        worded = worded_in(predicate.wording.get(language, ""), self.speech)
        statements, listed = self.speech.statements, [fold(one) for one in predicate.words.get(language, ())]
        particles = self._particles(predicate.wording.get(language, ""))
        self.worded[predicate.id] = worded = replace(worded, loose=worded.core in listed, particles=particles)
        apart = _apart(worded.core, listed, statements.apart)
        for phrase in dict.fromkeys((worded.core, self._bare(worded.core), worded.noun)):
            if not statements.is_listed("adverb", phrase):
                self._add(phrase, predicate.id, WORDED)
        self._verbs |= {
            (predicate.id, one)
            for one in listed
            if statements.form_of(f"{one}s", {}) == "present" and f"{one}s" in listed
        }
        for phrase in listed:
            if phrase not in apart and not statements.wording("question").search(phrase):
                self._add(self._bare(phrase), predicate.id, LISTED)
        for phrase in _same(worded, listed, self.speech):
            if phrase not in apart:
                self._add(self._bare(phrase), predicate.id, SAME)
        if _OTHER.search(_CHOICE.sub("", _SLOT.sub("", predicate.wording.get(language, "")))):
            return  # a value that is but the unit of a number is nothing that somebody is
        for value, named in predicate.values.items():
            for phrase in (named.names.get(language, ""), *named.words.get(language, ())):
                self._add(fold(phrase), predicate.id, LISTED, value)

    def _particles(self, wording: str) -> frozenset[str]:
        """Return what a wording has behind its second side that goes with its verb: 'drew … out'."""
        behind = fold(_SLOT.split(wording)[-1])
        return frozenset(word for word in _WORD.findall(behind) if self.speech.statements.is_listed("particle", word))

    def _bare(self, phrase: str) -> str:
        """Return a phrase without what says that somebody is able to, or that it is done."""
        return self.speech.statements.wording("bare").sub("", phrase).strip()

    def _add(self, phrase: str, predicate: str, strength: float, value: str | None = None) -> None:
        if value is not None:
            self._values.add(phrase)  # to stand is not to be standing
        if spelt := self._spelt(phrase):
            self._cues.setdefault(spelt[0], []).append((spelt, predicate, strength, value))

    def _spelt(self, phrase: str) -> tuple[str, ...]:
        if not self.speech.spaced:
            return (phrase,) if phrase else ()
        return tuple(self._stem(word) for word in _WORD.findall(phrase))

    def _stem(self, word: str) -> str:
        return stem(self.speech.base_forms.get(word, word), self.speech.code)

    def find(self, marked: str) -> dict[str, list[Cue]]:
        """Return the words of each relation in a sentence, the longest at each place."""
        found: dict[str, list[Cue]] = {}
        for start, end, predicate, strength, value in sorted(
            self._all(marked), key=lambda one: (-(one[1] - one[0]), -one[3])
        ):
            listed = found.setdefault(predicate, [])
            if not any(cue.start < end and start < cue.end for cue in listed):
                text = marked[start:end]
                listed.append(Cue(start, end, text, self._form(text, value), strength, value))
        return found

    def _all(self, marked: str) -> Iterator[tuple[int, int, str, float, str | None]]:
        if not self.speech.spaced:
            for phrase, entries in self._cues.items():
                at = marked.find(phrase)
                while at >= 0:
                    yield from ((at, at + len(phrase), one[1], one[2], one[3]) for one in entries)
                    at = marked.find(phrase, at + 1)
            return
        tokens = [(match.start(), match.end(), self._stem(match.group())) for match in _WORD.finditer(marked)]
        for at, (start, _, first) in enumerate(tokens):
            for spelt, predicate, strength, value in self._cues.get(first, ()):
                here = tokens[at : at + len(spelt)]
                gaps = "".join(marked[a[1] : b[0]] for a, b in pairwise(here))
                if tuple(one[2] for one in here) == spelt and gaps == " " * (len(spelt) - 1):
                    text = marked[start : here[-1][1]]
                    if value is None or text in self._values or _form(text, self.speech) == "past":
                        yield start, here[-1][1], predicate, strength, value

    def _form(self, text: str, value: str | None) -> str:
        statements = self.speech.statements
        if value is not None:
            return "became" if statements.is_listed("becoming", text.split(" ")[0]) else "value"
        if self._is_noun(text):
            return "noun"
        if statements.is_listed("preposition", text):
            return "relation"
        return _form(text, self.speech)

    def _is_noun(self, text: str) -> bool:
        classes = self.speech.words.word_classes.get(text, frozenset())
        lists = self.speech.statements
        return (
            bool(classes & {"noun", "she", "he"}) or lists.is_listed("agent", text) or lists.is_listed("patron", text)
        )

    def is_verb(self, predicate: str, word: str) -> bool:
        """Return whether a word of a relation is a verb as it stands: it has the form for somebody else too."""
        return (predicate, word) in self._verbs

    def bearer(self, predicate: str, noun: str) -> Side | None:
        """Return which side of a relation is called by a noun: 'mother', 'boss'; None where that is open."""
        worded, statements = self.worded[predicate], self.speech.statements
        doer: Side = "object" if worded.turned else "subject"
        if worded.noun:
            own: Side = "subject" if worded.owner == "object" else "object"
            other: Side = worded.owner
            same, turned = _sides(worded.noun, noun, statements.opposites)
            return own if same else other if turned else None
        if statements.is_listed("patron", noun):
            return "object" if doer == "subject" else "subject"
        return doer if statements.is_listed("agent", noun) else None


def worded_in(wording: str, speech: LanguagePack) -> Worded:
    """Return how a wording states its relation."""
    plain = fold(_CHOICE.sub(r"\1", wording)).strip()
    slots = list(_SLOT.finditer(plain))
    if len(slots) != 2:
        return Worded()
    statements = speech.statements
    if owning := statements.wording("owning").search(plain):
        return Worded(noun=owning["noun"], owner="subject" if owning["owner"] == "subject" else "object", being=True)
    between = _OTHER.sub("", plain[slots[0].end() : slots[1].start()]).strip()
    behind = _OTHER.sub("", plain[slots[1].end() :]).strip()
    shape = "between" if slots[0][1] == "subject" else "about"
    said = statements.shape(shape, f"{between}\n{behind}")
    if said is None:
        return Worded()
    parts = {name: (value or "").strip() for name, value in said.groupdict().items()}
    core = parts["core"]
    happened = speech.spaced and not parts.get("being") and _form(core, speech) in ("past", "unchanged")
    way: Way = "able" if parts.get("able") else "event" if parts.get("event") or happened else "state"
    if speech.spaced and " " not in core and parts.get("behind"):
        core = ""  # 'put … right again' is not to put
    prepositions = frozenset({parts.get("preposition", "")} - {""})
    return Worded(core, way, prepositions, turned=bool(parts.get("turned")), being=bool(parts.get("being")))


def _form(phrase: str, speech: LanguagePack) -> str:
    """Return which form of a verb a phrase begins with."""
    return speech.statements.form_of(phrase.split(" ")[0], speech.base_forms)


def _apart(core: str, listed: Sequence[str], groups: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the words of a relation that name the other side of what its wording says: buy, where it is to sell."""
    meant = core.split(" ")[0] if core else ""
    return frozenset(other for word, *others in groups if word in (meant, core) for other in others)


def _same(worded: Worded, listed: Sequence[str], speech: LanguagePack) -> Iterator[str]:
    """Yield other words for what a relation's wording says."""
    base = speech.base_forms

    def root(word: str) -> str:
        return stem(base.get(word, word), speech.code) if speech.spaced else word

    heads = {root(worded.core), root(worded.noun)} - {""}
    also = {root(word) for word in listed}
    for group in (*speech.thesaurus["synonyms"], *speech.statements.same):
        roots = {root(word) for word in group}
        if heads & roots or len(roots & also) > 1:
            yield from group


def _sides(own: str, said: str, groups: Sequence[Sequence[str]]) -> tuple[bool, bool]:
    """Return whether a noun says the same as a wording's own, and whether it says it of the other side."""
    if own == said or said.startswith(own):
        return True, False
    for first, second in zip(groups[::2], groups[1::2], strict=True):
        for here, there in ((first, second), (second, first)):
            if own in here:
                return said in here, said in there
    return False, False


def relations_of(compiled: CompiledWorld, language: Language) -> Relations:
    """Return a world's relations as a language states them, made once for each."""
    return compiled.derived.get((Relations, language), lambda: Relations.of(compiled, pack(language)))
