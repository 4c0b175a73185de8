"""The words of each language that a turn works with: cues to hear by, and phrases of last resort."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from npc_engine.packaged import packaged_yaml
from npc_engine.text import Language, fold, words

_CLAUSE = re.compile(r"[,.;:!?…，。；：！？—]+")


@dataclass(frozen=True)
class Words:
    """One language's words, as its YAML file beside this one gives them."""

    language: Language
    cues: dict[str, list[str]]
    question: dict[str, list[str]]
    polar: list[str]
    opinions: dict[str, list[str]]
    intensifiers: list[str]
    aside: list[str]
    pronouns: dict[str, list[str]]
    irregular: dict[str, list[str]]
    grammar: dict[str, list[str]]
    gender: dict[str, list[str]]
    manners: list[str]
    kindred: list[list[str]]
    nouns: list[str]
    frames: dict[str, str]
    phrases: dict[str, list[str]]

    @cached_property
    def kinds(self) -> dict[str, frozenset[str]]:
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
        """Tell whether a plan's sentence is a mere yes or no."""
        return text in (*self.phrases["yes"], *self.phrases["no"])

    @cached_property
    def manners_pattern(self) -> re.Pattern[str]:
        """Finds what only frames a question."""
        listed = "|".join(re.escape(manner) for manner in sorted(self.manners, key=len, reverse=True))
        return re.compile(listed if self.language == "zh" else rf"(?<![\w'])(?:{listed})(?!\w)")

    @cached_property
    def whole_pattern(self) -> re.Pattern[str]:
        """Finds words that are no cue though a piece of them might be: 还有."""
        return re.compile("|".join(map(re.escape, self.grammar["whole"])) or r"(?!)")

    def cued(self, kind: str, text: str) -> bool:
        """Tell whether a text has any cue of a kind."""
        return any(found_in(cue, text, self.language) for cue in self.cues[kind])

    def solely(self, kind: str, text: str) -> bool:
        """Tell whether a clause of a text has a cue of a kind and asks nothing beyond it: not 'who are you hiding'."""
        gap = "" if self.language == "zh" else " "
        clauses = _CLAUSE.split(fold(text))
        clauses += [gap.join(self.manners_pattern.sub(" ", clause).split()) for clause in clauses]
        return any(
            found_in(cue, clause, self.language) and self._aside(clause, fold(cue))
            for clause in clauses
            for cue in self.cues[kind]
        )

    def _aside(self, clause: str, cue: str) -> bool:
        """Tell whether a clause says nothing that counts beside a cue."""
        return self.means_nothing(
            clause.replace(cue, " ", 1) if self.language == "zh" else whole_words(cue).sub(" ", clause)
        )

    def means_nothing(self, text: str) -> bool:
        """Tell whether a text has no words that count: 'please, my friend'."""
        if self.language == "en":
            return set(words(self.manners_pattern.sub(" ", text))) <= {*self.aside, *self.intensifiers}
        rest = _CLAUSE.sub(" ", text)
        for word in sorted((*self.aside, *self.intensifiers), key=len, reverse=True):
            rest = rest.replace(word, " ")
        return not rest.strip()

    def plainly(self, text: str) -> str:
        """Give a text without the words that only make it stronger: 'you are so very kind'."""
        plain = fold(text)
        for word in self.intensifiers:
            plain = plain.replace(word, "") if self.language == "zh" else whole_words(word).sub(" ", plain)
        return " ".join(plain.split())

    def begins(self, kind: str, text: str) -> bool:
        """Tell whether a text begins with a cue of a kind."""
        plain = _plain(text)
        return any(plain == cue or plain.startswith(cue + " ") for cue in self.cues[kind])


@lru_cache(maxsize=4)
def words_of(language: Language) -> Words:
    """Give a language's words."""
    return Words(language, **packaged_yaml("npc_engine.dialogue.words", f"{language}.yaml"))


def found_in(phrase: str, text: str, language: Language) -> bool:
    """Tell whether a phrase stands in a text: as whole words in English, anywhere in Chinese."""
    if language == "zh" and not phrase.isascii():
        return phrase in fold(text)
    phrase, text = fold(phrase), fold(text)
    return phrase in text and bool(whole_words(phrase).search(text))


@lru_cache(maxsize=16384)
def whole_words(phrase: str) -> re.Pattern[str]:
    """Give the pattern that finds a folded phrase where it stands as whole words."""
    return re.compile(rf"(?<![\w']){re.escape(phrase)}(?!\w)")


def _plain(text: str) -> str:
    return re.sub(r"[^\w' ]+", " ", fold(text)).strip()
