"""The words a language is understood by and answered in without a model, as its `words.yaml` has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from npc_engine.lang.writing_system import CLAUSE, fold, whole_words, words


@dataclass(frozen=True)
class Words:
    """One language's words. Each part that a file leaves out is empty: what it would tell is then not told.

    `cues` tell what a speaker is doing, by kind; `question` the question words, by what they ask for; `yes_no` what
    opens or marks a yes-or-no question; `no_question` is the pattern of question words that ask nothing ('When I was
    ten'); `opinions` how people ask what is thought of `{whom}`; `intensifiers` and
    `aside` are words that count for nothing; `pronouns` by whom they mean; `grammar` the little words by which a
    sentence hangs together; `gender` words that tell it; `framing` what only frames a question ('do you know');
    `nouns` those for kin and the like; `frames` put speech into a sentence; `phrases` are what people say who have
    none of their own. `spaced` tells whether words stand apart.
    """

    spaced: bool
    cues: dict[str, list[str]] = field(default_factory=dict)
    question: dict[str, list[str]] = field(default_factory=dict)
    yes_no: list[str] = field(default_factory=list)
    no_question: str = ""
    opinions: dict[str, list[str]] = field(default_factory=dict)
    intensifiers: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    pronouns: dict[str, list[str]] = field(default_factory=dict)
    grammar: dict[str, list[str]] = field(default_factory=dict)
    gender: dict[str, list[str]] = field(default_factory=dict)
    framing: list[str] = field(default_factory=list)
    nouns: list[str] = field(default_factory=list)
    frames: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, list[str]] = field(default_factory=dict)

    @property
    def gap(self) -> str:
        """What stands between two words."""
        return " " if self.spaced else ""

    @cached_property
    def word_classes(self) -> dict[str, frozenset[str]]:
        """What each little word may be: `and`, `of`, `wh:who`, `she` …"""
        found: dict[str, set[str]] = {}
        for kind, listed in self.grammar.items():
            for word in listed:
                found.setdefault(word, set()).add(kind)
        for asked, listed in self.question.items():
            for word in listed:
                found.setdefault(word, set()).add(f"wh:{asked}")
        for pronoun, listed in self.gender.items():
            for word in listed:
                found.setdefault(word, set()).add(pronoun)
        for word in self.nouns:
            found.setdefault(word, set()).add("noun")
        return {word: frozenset(kinds) for word, kinds in found.items()}

    def is_answer(self, text: str) -> bool:
        """Return whether a plan's sentence is a mere yes or no."""
        return text in (*self.phrases.get("yes", ()), *self.phrases.get("no", ()))

    def pattern(self, listed: Iterable[str]) -> re.Pattern[str]:
        """Return the pattern of any of some phrases, the longest first."""
        alternatives = "|".join(map(re.escape, sorted(listed, key=len, reverse=True))) or "(?!)"
        return re.compile(rf"(?<![\w'])(?:{alternatives})(?!\w)" if self.spaced else alternatives)

    def that_ask(self, text: str) -> str:
        """Return a folded text without the question words in it that ask nothing."""
        return re.sub(self.no_question, " ", text) if self.no_question else text

    @cached_property
    def framing_pattern(self) -> re.Pattern[str]:
        """Finds what only frames a question."""
        return self.pattern(self.framing)

    @cached_property
    def aside_pattern(self) -> re.Pattern[str]:
        """Finds what changes nothing in a question for an opinion."""
        return self.pattern(self.opinions.get("aside", ()))

    @cached_property
    def whole_pattern(self) -> re.Pattern[str]:
        """Finds words that are no cue though a piece of them might be: 还有."""
        return self.pattern(self.grammar.get("whole", ()))

    def found(self, phrase: str, text: str) -> bool:
        """Return whether a phrase stands in a text: as whole words, or anywhere where words do not stand apart."""
        return self.any_of((phrase,), text)

    def any_of(self, phrases: Iterable[str], text: str) -> bool:
        """Return whether any of some phrases stands in a text."""
        return any(True for _ in self.those_of(phrases, text))

    def those_of(self, phrases: Iterable[str], text: str) -> Iterator[str]:
        """Yield which of some phrases stand in a text."""
        text = fold(text)
        for phrase in phrases:  # every line is looked through for hundreds
            sought, whole = _sought(phrase, self.spaced)
            if sought in text and _stands(sought, whole, text):
                yield phrase

    def cued(self, kind: str, text: str) -> bool:
        """Return whether a text has any cue of a kind."""
        text = fold(text)
        return any(phrase in text and _stands(phrase, whole, text) for phrase, whole in self._cues.get(kind, ()))

    @cached_property
    def _cues(self) -> dict[str, list[tuple[str, bool]]]:
        """The cues as they are looked for."""
        return {kind: [_sought(cue, self.spaced) for cue in listed] for kind, listed in self.cues.items()}

    @cached_property
    def _nothing(self) -> frozenset[str]:
        """The words that count for nothing."""
        return frozenset((*self.aside, *self.intensifiers))

    @cached_property
    def _little(self) -> list[str]:
        """The same, the longest first."""
        return sorted(self._nothing, key=len, reverse=True)

    def solely(self, kind: str, text: str) -> bool:
        """Return whether a clause of a text has a cue of a kind and asks nothing more: not 'who are you hiding'."""
        clauses = CLAUSE.split(fold(text))
        clauses += [self.gap.join(self.framing_pattern.sub(" ", clause).split()) for clause in clauses]
        return any(
            cue in clause and _stands(cue, whole, clause) and self._aside(clause, fold(cue))
            for clause in clauses
            for cue, whole in self._cues.get(kind, ())
        )

    def _aside(self, clause: str, cue: str) -> bool:
        """Return whether a clause says nothing that counts beside a cue."""
        rest = whole_words(cue).sub(" ", clause) if self.spaced else clause.replace(cue, " ", 1)
        return self.means_nothing(rest)

    def means_nothing(self, text: str) -> bool:
        """Return whether a text has no words that count: 'please, my friend'."""
        if self.spaced:
            return set(words(self.framing_pattern.sub(" ", text))) <= self._nothing
        rest = CLAUSE.sub(" ", text)
        for word in self._little:
            rest = rest.replace(word, " ")
        return not rest.strip()

    def plainly(self, text: str) -> str:
        """Return a text without the words that only make it stronger: 'you are so very kind'."""
        plain = fold(text)
        for word in self.intensifiers:
            plain = whole_words(word).sub(" ", plain) if self.spaced else plain.replace(word, "")
        return " ".join(plain.split())

    def begins(self, kind: str, text: str) -> bool:
        """Return whether a text begins with a cue of a kind."""
        plain = re.sub(r"[^\w' ]+", " ", fold(text)).strip()
        return any(plain == cue or plain.startswith(cue + " ") for cue in self.cues.get(kind, ()))

    def opens(self, kind: str, text: str) -> bool:
        """Return whether a text is opened by a cue of a kind; where words do not stand apart, whether it has one."""
        return self.begins(kind, text) if self.spaced else self.cued(kind, text)


@lru_cache(maxsize=16384)
def _sought(phrase: str, spaced: bool) -> tuple[str, bool]:
    """Return a phrase as it is looked for in a folded text, and whether it must stand as whole words."""
    whole = spaced or phrase.isascii()
    return (fold(phrase) if whole else phrase), whole


def _stands(phrase: str, whole: bool, text: str) -> bool:
    """Return whether a phrase stands in a folded text: as whole words, or anywhere."""
    return phrase in text and (not whole or whole_words(phrase).search(text) is not None)
