"""Amounts, prices and dates, compared with those that were told."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property

from npc_engine.dialogue.check.given import Given
from npc_engine.dialogue.check.grounds import Fault
from npc_engine.dialogue.check.tables import clauses, plain, tables
from npc_engine.dialogue.types import Fact
from npc_engine.lang import pack, words_of
from npc_engine.lang.numerals import Numeral
from npc_engine.text import Language, stem, terms

_UNIT = re.compile(r"\s?([a-z]+|[\u4e00-\u9fff])")
_MARKS = ",，、;；.。:："
_BEFORE_MONEY = 12
"""How many characters may stand between a sum and the money it is of: 'nine old silver coins', 两枚铜币."""
_FIGURATIVE = frozenset({10, 12, 20, 50, 99})
"""Numbers that stand for many, beside round hundreds."""
_MANY = 10
"""From which number on one is a figure, where nobody's own life is told."""
ASKS_WHEN, ASKS_HOW_MANY = "when", "how_many"
"""The question words of a time and of a number."""


class Figures:
    """Finds numbers and times that nobody gave, where they say something of the world; `own` are those who talk.

    Of what is spoken of, in the sentence or else, where it is the first, in what it answers, a number has to be one
    that was told of it.
    """

    def __init__(
        self, given: Given, heard: Given, own: Collection[str], facts: Sequence[Fact], language: Language
    ) -> None:
        self._given, self._own, self._heard = given, frozenset(own), heard
        self._language, self._pack, self._tables = language, pack(language), tables(language)
        self._asked = heard.named(heard.text) - self._own
        self._hours_told = {
            match.group() for fact in facts for match in self._tables.pattern("hours").finditer(plain(fact.wording))
        }
        self._stated = {one.value for fact in facts for one in self._pack.numerals(plain(fact.wording))}

    def fault(self, sentence: str, *, free: bool, first: bool, asked: str) -> Fault | None:
        """Return a price, an amount or a date that was not given.

        `free` is who may make up numbers of their own life; the `first` sentence of an answer is on what was `asked`.
        """
        text = plain(sentence)
        priced = self._tables.found("priced", text)
        if priced and not self._is_denied(priced, text) and not (self._given.has(priced) or self._heard.has(priced)):
            return Fault("invented", f"a price nobody set: {priced}")
        named = self._given.named(sentence) - self._own
        about = named or (self._asked if first else frozenset())
        shares = [match.span() for match in self._tables.pattern("shares").finditer(text)]
        numbers = [
            one
            for one in self._pack.numerals(text)
            if not any(start <= one.start and one.end <= end for start, end in shares)
        ]
        answered = any(one.value in self._stated for one in numbers)  # and the rest of it besides
        counts = first and asked == ASKS_HOW_MANY and bool(about)
        unlike = counts and not any(self._is_told_of(one.value, about) for one in numbers)
        for one in numbers:
            if one.value in self._reckoned or self._is_vague(text[one.start : one.end]):
                continue
            if self._is_money(one, text):
                if not self._is_sum(one.value, named or self._asked):
                    return Fault("invented", f"a price nobody set: {one.value:g}")
            elif self._is_wrong(one, text, about, first=first and not answered):
                return Fault("contradicts", f"not {one.value:g}")
            elif unlike:
                return Fault("invented", f"a number nobody gave of it: {one.value:g}")
            elif one.value not in self._given.numbers and (named or not free or self._of_the_world(text, one)):
                return Fault("invented", f"a number nobody gave: {one.value:g}")
        soon = self._tables.found("soon", text) if first and asked == ASKS_WHEN else ""
        if soon and not (self._given.has(soon) or self._heard.has(soon)):
            return Fault("invented", f"a time nobody gave: {soon}")
        when = frozenset(about if named or asked == ASKS_WHEN else ())
        return self._time(sentence, when) or self._hour(text, about, first=first)

    @cached_property
    def _reckoned(self) -> frozenset[float]:
        """The numbers that the line has, and what two of them come to."""
        heard = self._heard.numbers
        pairs = [(one, other) for one in heard for other in heard]
        return heard.union(*({one + other, one - other, one * other, one / (other or 1)} for one, other in pairs))

    def _is_told_of(self, value: float, about: Collection[str]) -> bool:
        entries = [entry for one in about for entry in self._given.entries_of({one})]
        return any(one.value == value for entry in entries for one in self._pack.numerals(entry))

    def _is_denied(self, priced: str, text: str) -> bool:
        """Return whether a price is one that nobody gets: 嘴甜不打折."""
        clause = next((one for one in clauses(text) if priced in one), text)
        return words_of(self._language).cued("negation", clause)

    def _time(self, sentence: str, about: frozenset[str]) -> Fault | None:
        text = plain(sentence)
        for table, counts in (("dates", True), ("times", bool(about))):
            when = self._tables.found(table, text) if counts else ""
            known = not when or when in self._given.text or when in self._heard.text
            known = known or any(self._is_told_of(one.value, about) for one in self._pack.numerals(when))
            if not known and not words_of(self._language).cued("hedge", sentence):
                return Fault("invented", f"a time nobody gave: {when}")
        return None

    def _hour(self, text: str, about: frozenset[str], *, first: bool) -> Fault | None:
        """Find another hour than was told of what is spoken of, for the same that it does: 'it opens at noon'."""
        hours = self._tables.pattern("hours")
        said = {match.group() for match in hours.finditer(text)}
        if first and said and self._hours_told and not said & self._hours_told:
            return Fault("contradicts", f"not {min(said)}")
        if not said or not about:
            return None
        spoken = set(terms(hours.sub(" ", f"{text} {self._heard.text}"))) - self._naming(about)
        for entry in self._given.entries_of(about):
            told = {match.group() for match in hours.finditer(entry)}
            if told and not told & said and spoken & (set(terms(hours.sub(" ", entry))) - self._naming(about)):
                return Fault("contradicts", f"not {min(said)}")
        return None

    def _naming(self, about: frozenset[str]) -> set[str]:
        """Return the words in which what is spoken of is named."""
        texts = [
            text[m.start : m.end]
            for text in (self._heard.text, *self._given.entries_of(about))
            for m in self._given.mentions(text)
        ]
        return set(terms(" ".join(texts)))

    def _is_vague(self, said: str) -> bool:
        return said.strip() in self._tables.listed("vague")

    def _is_money(self, one: Numeral, text: str) -> bool:
        """Return whether a number is a sum: money stands behind it, and nothing between that ends its phrase."""
        rest = text[one.end : one.end + 2 * _BEFORE_MONEY]
        later = [number.start for number in self._pack.numerals(rest)]
        rest = rest[: later[0]] if later else rest
        money = self._tables.pattern("money").search(rest)
        between = rest[: money.start()] if money else ""
        return money is not None and len(between) <= _BEFORE_MONEY and not set(between) & set(_MARKS)

    def _is_sum(self, value: float, about: frozenset[str]) -> bool:
        """Return whether a sum was told, of what is spoken of where something is, for one or as many as were asked."""
        sums = {value, *(value / many for many in self._heard.numbers if many)}
        for entry in self._given.entries:
            if self._tables.found("money", entry) and any(one.value in sums for one in self._pack.numerals(entry)):
                named = self._given.named(entry) - self._own
                if not about or not named or about & named:
                    return True
        return False

    def _is_wrong(self, one: Numeral, text: str, about: frozenset[str], *, first: bool) -> bool:
        """Return whether another number was told of what is spoken of, in the same measure, or is to be told."""
        unit = self._unit(text, one)
        if self._tables.found("back_then", text):
            return False
        if first and self._stated and not unit and about <= self._asked and one.value not in self._stated:
            return True
        if not self._tables.found("measures", text[one.end : one.end + _BEFORE_MONEY]):
            return False
        told = [number.value for entry, number in self._measured(about) if unit and unit == self._unit(entry, number)]
        return bool(told) and one.value not in told

    def _measured(self, about: frozenset[str]) -> list[tuple[str, Numeral]]:
        entries = [entry for each in about for entry in self._given.entries_of({each})]
        return [(entry, number) for entry in entries for number in self._pack.numerals(entry)]

    def _unit(self, text: str, one: Numeral) -> str:
        match = _UNIT.match(text, one.end)
        return stem(match.group(1)) if match else ""

    def _of_the_world(self, text: str, one: Numeral) -> bool:
        """Return whether a number says something that is not the NPC's own, or is their age."""
        if self._tables.pattern("own_age").search(text[: one.start]):
            return True
        text = self._tables.pattern("kin").sub(" ", text[: one.start]) + text[one.start :]  # 'my father' is another
        if self._tables.listed("mine") & set(self._pack.tokens(text)) or self._tables.found("likens", text):
            return False
        many = one.value >= _MANY and one.value % 100 and one.value not in _FIGURATIVE
        return many or bool(self._tables.found("measures", text[one.end : one.end + _BEFORE_MONEY]))
