"""How a language states that something is so, as its `statements.yaml` has it: frames, and what takes a statement back.

A sentence is read as a row of marks: each thing that is named is one character of `NAMED`, each word of the relation
that is looked for is one of `MARKS`, by its form, and each word or phrase that stands in lists of the file is one by
which lists those are; everything else stands as it is said. Frames are regular expressions over that, in which
`{name}` is a part or a list of the file, or a mark. So a frame is short, whatever the lists hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from npc_engine.lang.writing_system import fill

FIRST, LAST = "\ue000", "\ue0ff"
"""The first and the last of the characters that stand for what is named in a sentence."""
NAMED = f"[{FIRST}-{LAST}]"
"""Any of them."""
_FORMS = ("present", "bare", "past", "unchanged", "ing", "relation", "noun", "value", "became")
MARKS: Mapping[str, str] = {form: chr(0xE100 + at) for at, form in enumerate(_FORMS)}
"""What stands for a word of a relation: a verb by its form, a preposition, a noun, a value, what has become one."""
LISTED = "\ue200"
"""The first of the characters that stand for words of the lists."""
WAYS = ("state", "event", "able")
"""What a relation may tell: how things are, what happened, or what somebody is able to."""
_QUOTED = re.compile(r'"([^"]+)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence as marks, where in it each mark stood, and what is said where a mark stands for a word of a list."""

    text: str
    origin: list[int]
    said: dict[int, str]


@dataclass(frozen=True)
class Statements:
    """One language's statements; the head of each part in `statements.yaml` says what it is for.

    A language that has no frames takes up nothing by them.
    """

    spaced: bool
    spelling: list[list[str]] = field(default_factory=list)
    lists: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    frames: dict[str, str] = field(default_factory=dict)
    unvouched: list[str] = field(default_factory=list)
    disowning: list[str] = field(default_factory=list)
    ironic: list[str] = field(default_factory=list)
    denying: str = "(?!)"
    forms: dict[str, str] = field(default_factory=dict)
    endings: dict[str, str] = field(default_factory=dict)
    sentence: str = "(?!)"
    clause: str = "(?!)"
    shapes: dict[str, list[str]] = field(default_factory=dict)
    worded: dict[str, str] = field(default_factory=dict)
    opposites: list[list[str]] = field(default_factory=list)
    same: list[list[str]] = field(default_factory=list)
    apart: list[list[str]] = field(default_factory=list)

    def even(self, text: str) -> str:
        """Return a folded sentence spelt as the frames expect it."""
        for pattern, plain in self._spelling:
            text = pattern.sub(plain, text)
        return text

    def sentences(self, text: str) -> list[str]:
        """Return the sentences of a text, whatever letter each begins with."""
        return [one.strip() for one in self._between.split(text) if one.strip()]

    def is_reserved(self, marked: str) -> bool:
        """Return whether nobody vouches for a sentence, what it names put as marks."""
        return self._unvouched.search(marked) is not None

    def disowns(self, marked: str) -> bool:
        """Return whether a sentence says, and says no more than, that nobody vouches for the others."""
        return self._disowning.fullmatch(marked.strip(" .!…。！~,，")) is not None

    def denies(self, row: str) -> int:
        """Return how many times a stretch of a row says no."""
        return len(self._denying.findall(row))

    def row(self, marked: str) -> Row:
        """Return a sentence as a row, with a mark for each word of the lists."""
        row: list[str] = []
        origin: list[int] = []
        said: dict[int, str] = {}
        done = 0
        for match in self._listing.finditer(marked):
            row += marked[done : match.start()]
            origin += range(done, match.start() + 1)
            said[len(row)] = match.group()
            row.append(self._listed_marks[match.group()])
            done = match.end()
        return Row("".join(row) + marked[done:], [*origin, *range(done, len(marked))], said)

    def part(self, name: str) -> re.Pattern[str]:
        """Return a part of frames by itself."""
        if (found := self._compiled.get((name, ""))) is None:
            found = self._compiled[name, ""] = re.compile(self._whole(f"{{{name}}}", WAYS[0]))
        return found

    def frame(self, name: str, way: str) -> re.Pattern[str]:
        """Return a frame as it is for relations of a way."""
        if (found := self._compiled.get((name, way))) is None:
            found = re.compile(self._whole(f"{{open}}(?P<all>{self.frames[name]})", way))
            self._compiled[name, way] = found
        return found

    def form_of(self, word: str, irregular: Mapping[str, str]) -> str:
        """Return which form of a verb a word looks like; `irregular` are those that no rule makes of another word."""
        if word in self._listed_form:
            return self._listed_form[word]
        ending = next((form for form, pattern in self.endings.items() if re.search(pattern, word)), "bare")
        return "past" if word in irregular and ending == "bare" else ending

    def is_listed(self, name: str, word: str) -> bool:
        """Return whether a word stands in one of the lists."""
        return word in self._words.get(name, ())

    def shape(self, name: str, wording: str) -> re.Match[str] | None:
        """Return how a wording's own words stand between its sides, by the first of some shapes that fits."""
        words = {listed: _either(several) for listed, several in self._words.items()}
        tried = (re.fullmatch(fill(one, words), wording) for one in self.shapes.get(name, ()))
        return next(filter(None, tried), None)

    def wording(self, name: str) -> re.Pattern[str]:
        """Return the pattern by which it is told how a relation is worded."""
        if (found := self._worded.get(name)) is None:
            words = {listed: _either(several) for listed, several in self._words.items()}
            found = self._worded[name] = re.compile(fill(self.worded.get(name, "(?!)"), words))
        return found

    @cached_property
    def _between(self) -> re.Pattern[str]:
        return re.compile(self.sentence)

    @cached_property
    def clauses(self) -> re.Pattern[str]:
        """Finds what stands between two clauses."""
        return re.compile(self.clause)

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(_listed(words)) for name, words in self.lists.items()}

    @cached_property
    def _listed_form(self) -> dict[str, str]:
        return {word: form for form, words in self.forms.items() for word in words.split()}

    @cached_property
    def _compiled(self) -> dict[tuple[str, str], re.Pattern[str]]:
        return {}

    @cached_property
    def _worded(self) -> dict[str, re.Pattern[str]]:
        return {}

    @cached_property
    def _spelling(self) -> list[tuple[re.Pattern[str], str]]:
        return [(re.compile(pattern), plain) for pattern, plain in self.spelling]

    @cached_property
    def _unvouched(self) -> re.Pattern[str]:
        before, after = (rf"(?<![\w'{FIRST}-{LAST}])(?:", rf")(?![\w{FIRST}-{LAST}])") if self.spaced else ("(?:", ")")
        edged = [f"{before}{one}{after}" for one in self.unvouched]
        whole = "|".join([*edged, *self.ironic]) or "(?!)"
        return re.compile(fill(whole, {"E": NAMED, "marks": "".join(MARKS.values())}))

    @cached_property
    def _disowning(self) -> re.Pattern[str]:
        return re.compile(fill("|".join(self.disowning) or "(?!)", {"E": NAMED}))

    @cached_property
    def _denying(self) -> re.Pattern[str]:
        return re.compile(self._whole(self.denying, WAYS[0]))

    @cached_property
    def _listed_marks(self) -> dict[str, str]:
        """The mark of each word of the lists: one for all that stand in the same lists."""
        within: dict[str, set[str]] = {}
        for name, words in self._words.items():
            for word in words:
                within.setdefault(word, set()).add(name)
        marks: dict[frozenset[str], str] = {}
        return {
            word: marks.setdefault(frozenset(names), chr(ord(LISTED) + len(marks))) for word, names in within.items()
        }

    @cached_property
    def _listing(self) -> re.Pattern[str]:
        pattern = _either(self._listed_marks)
        return re.compile(rf"(?<![\w'-]){pattern}(?![\w-])" if self.spaced else pattern)

    @cached_property
    def _filled(self) -> dict[str, str]:
        """What stands for each list and mark in a pattern."""
        lists = {
            name: f"[{''.join(sorted({self._listed_marks[word] for word in words}))}]" if words else "(?!)"
            for name, words in self._words.items()
        }
        named = {"E": NAMED, "marks": "".join(MARKS.values()), "listed": f"[{LISTED}-\ue8ff]"}
        return {**lists, **named, **MARKS}

    def _whole(self, pattern: str, way: str) -> str:
        """Return a pattern with every part filled in that it names, and the parts of those."""
        own = {name.removesuffix(f"_{way}"): part for name, part in self.parts.items() if name.endswith(f"_{way}")}
        for _ in range(6):
            pattern = fill(pattern, {**self._filled, **self.parts, **own})
        return pattern


class Stating:
    """What of a language pack has to do with stating that something is so."""

    spaced: bool

    def data(self, file: str) -> dict[str, Any]:
        """Return what one of the pack's files holds."""
        raise NotImplementedError

    @cached_property
    def statements(self) -> Statements:
        """How it is stated that something is so; without frames nothing is known to be."""
        return Statements(self.spaced, **self.data("statements"))


def _listed(words: str) -> list[str]:
    return [quoted or plain for quoted, plain in _QUOTED.findall(words)]


def _either(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, longest))})" if longest else "(?!)"
