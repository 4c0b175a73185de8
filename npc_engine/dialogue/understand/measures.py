"""The words by which things are compared in a world: cheaper, the strongest, under 500 gold, 最便宜, 五百以下."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from npc_engine.lang import LanguagePack, pack
from npc_engine.lang.numerals import Numeral
from npc_engine.mind.projections import CompiledWorld
from npc_engine.text import Language, fill, fold, languages

Degree = Literal["plain", "more", "most"]
_NEAR = 3
"""Characters that may stand between a number and the words that make it a bound."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An adjective in a text: which relation's number it is about, whether much of it, and in which degree."""

    start: int
    end: int
    predicate: str
    high: bool
    degree: Degree


@dataclass(frozen=True, slots=True)
class Bound:
    """A number in a text that bounds: from below (`least`) or from above; the relation that its unit tells, if any."""

    start: int
    end: int
    value: float
    least: bool
    predicate: str | None


class Measures:
    """What can be compared in a world, in one language."""

    def __init__(self, compiled: CompiledWorld, speech: LanguagePack) -> None:
        self._pack = speech
        self._measured = [one for one in compiled.predicates.values() if one.measure]
        self.predicates = tuple(one.id for one in self._measured)

    @cached_property
    def _forms(self) -> Mapping[str, tuple[str, bool, Degree]]:
        """Every form of every adjective, with what it means."""
        found: dict[str, tuple[str, bool, Degree]] = {}
        deeds = self._pack.deeds
        for predicate in self._measured:
            measure = predicate.measure
            if measure is None:
                continue
            sides = ((measure.more, True), (measure.less, False))
            for word, high in ((w, high) for side, high in sides for w in side.get(self._pack.code, ())):
                more, most = self._pack.compared(fold(word))
                turned: tuple[tuple[list[str], Degree], ...] = ((deeds.less, "more"), (deeds.least, "most"))
                listed: list[tuple[Iterable[str], bool, Degree]] = [(more, high, "more"), (most, high, "most")]
                listed += [
                    ([fill(one, {"word": fold(word)}) for one in shapes], not high, degree) for shapes, degree in turned
                ]
                for forms, up, degree in (*listed, *self._of_words(predicate.words), ((fold(word),), high, "plain")):
                    for form in forms:
                        found.setdefault(form, (predicate.id, up, degree))
        return found

    def _of_words(self, words: Mapping[str, list[str]]) -> Iterable[tuple[list[str], bool, Degree]]:
        """Yield how it is said by a relation's own words that there is more of it: 'pays the most', 赏金最高."""
        ways: tuple[tuple[str, bool, Degree], ...] = (
            ("most", True, "most"), ("least", False, "most"), ("more", True, "more"), ("less", False, "more"),
        )  # fmt: skip
        for way, high, degree in ways:
            shapes = self._pack.deeds.measured.get(way, ())
            yield (
                [fill(one, {"word": fold(word)}) for word in words.get(self._pack.code, ()) for one in shapes],
                high,
                degree,
            )

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return self._pack.words.pattern(self._forms)

    @cached_property
    def _units(self) -> Mapping[str, str]:
        """The words behind a number that tell what it is a number of."""
        code, found = self._pack.code, dict[str, str]()
        for predicate in self._measured:
            for value in predicate.values.values():
                for word in (*value.words.get(code, ()), *filter(None, (value.names.get(code),))):
                    found.setdefault(fold(word), predicate.id)
        return found

    @cached_property
    def _unit(self) -> re.Pattern[str]:
        listed = "|".join(map(re.escape, sorted(self._units, key=len, reverse=True))) or "(?!)"
        between = r"[\s-]*" if self._pack.spaced else r"(?:个|枚|块)?"
        return re.compile(rf"{between}({listed})" + (r"(?!\w)" if self._pack.spaced else ""))

    def compared(self, text: str) -> list[Compared]:
        """Return the adjectives in a folded text, in order, the longest form at each place."""
        found = []
        for match in self._pattern.finditer(text):
            predicate, high, degree = self._forms[match.group()]
            found.append(Compared(match.start(), match.end(), predicate, high, degree))
        return found

    def unit_after(self, text: str, end: int) -> tuple[str, int] | None:
        """Return what a number that ends somewhere is a number of, and where its unit ends; None where none is told."""
        match = self._unit.match(text, end)
        return (self._units[match[1]], match.end()) if match else None

    def bounds(self, text: str, numbers: Iterable[Numeral]) -> list[Bound]:
        """Return the numbers of a folded text that bound something."""
        limits, found = self._pack.deeds.limits, []
        for number in numbers:
            unit = self.unit_after(text, number.end)
            predicate, end = unit or (None, number.end)
            before, after = text[: number.start].rstrip(), text[end:].lstrip()
            for least in (False, True):
                name = "least" if least else "most"
                led = next((one for one in limits.get(name, ()) if self._ends(before, one)), None)
                followed = next((one for one in limits.get(f"{name}_after", ()) if after.startswith(one)), None)
                if led or followed:
                    start = len(before) - len(led) if led else number.start
                    stop = text.find(followed, end) + len(followed) if followed else end
                    found.append(Bound(start, stop, number.value, least, predicate or self._told_by(led or "")))
                    break
        return found

    def _told_by(self, words: str) -> str | None:
        """Return the relation that a comparing word tells: cheaper than."""
        return next((one.predicate for one in self.compared(words)), None)

    def _ends(self, text: str, phrase: str) -> bool:
        if not text.endswith(phrase):
            return False
        return not self._pack.spaced or not text[: -len(phrase)][-1:].isalnum()


def measures_of(compiled: CompiledWorld, language: Language) -> Measures:
    """Return what can be compared in a world in a language, made once for each."""
    known = language if language in languages() else languages()[0]
    return compiled.derived.get((Measures, known), lambda: Measures(compiled, pack(known)))
