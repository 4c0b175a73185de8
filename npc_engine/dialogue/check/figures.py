"""Amounts, prices and dates, compared with those that were told."""

from __future__ import annotations

from collections.abc import Collection

from npc_engine.dialogue.check.given import Given
from npc_engine.dialogue.check.grounds import Fault
from npc_engine.dialogue.check.tables import plain, tables
from npc_engine.lang import pack, words_of
from npc_engine.text import Language, terms
from npc_engine.world.names import Names


class Figures:
    """Finds numbers and times that nobody gave, where they say something of the world; `own` are those who talk."""

    def __init__(self, given: Given, names: Names, own: Collection[str], heard: str, language: Language) -> None:
        self._given, self._names, self._own, self._heard = given, names, frozenset(own), plain(heard)
        self._language, self._pack, self._tables = language, pack(language), tables(language)

    def fault(self, sentence: str, *, free: bool) -> Fault | None:
        """Return a price, an amount or a date that was not given; `free` who may make up numbers of their own life."""
        text = plain(sentence)
        if priced := self._tables.found("priced", text):
            if priced not in self._given.text and priced not in self._heard:
                return Fault("invented", f"a price nobody set: {priced}")
        numbers = [one for one in self._pack.numerals(text) if not self._is_vague(text[one.start : one.end])]
        values = {one.value for one in numbers}
        if values and (money := self._tables.found("money", text)):
            wrong = sorted(value for value in values if not self._is_price(value, text))
            if wrong:
                return Fault("invented", f"a price nobody set: {wrong[0]:g} {money}")
            return None
        others = self._given.named(sentence) - self._own
        new = values - self._given.numbers - {one.value for one in self._pack.numerals(self._heard)}
        if new and (others or not free or self._of_the_world(text, numbers[0].start)):
            return Fault("invented", f"a number nobody gave: {min(new):g}")
        if others and (when := self._tables.found("times", text)):
            hedged = words_of(self._language).cued("hedge", sentence)
            if when not in self._given.text and when not in self._heard and not hedged:
                return Fault("invented", f"a time nobody gave: {when}")
        return None

    def _is_vague(self, said: str) -> bool:
        return said.strip() in self._tables.listed("vague")

    def _is_price(self, value: float, text: str) -> bool:
        """Return whether a sum of money was told, of what is spoken of where something is."""
        if any(one.value == value for one in self._pack.numerals(self._heard)) and self._tables.found("money", self._heard):
            return True
        wanted = set(terms(self._tables.pattern("money").sub(" ", f"{text} {self._heard}")))
        entries = [
            entry
            for entry in self._given.entries
            if self._tables.found("money", entry) and any(one.value == value for one in self._pack.numerals(entry))
        ]
        known = self._given.named(text) - self._own
        if known:
            entries = [entry for entry in entries if known & self._given.named(entry)] or entries[:0]
        elif self._given.named(self._heard) - self._own:
            entries = [entry for entry in entries if wanted & set(terms(entry))]
        return bool(entries)

    def _of_the_world(self, text: str, at: int) -> bool:
        """Return whether a number measures something that is not the NPC's own, or is their age."""
        if self._tables.pattern("own_age").search(text[:at]):
            return True
        mine = bool(self._tables.listed("mine") & set(self._pack.tokens(text)))
        return bool(self._tables.found("measures", text)) and not mine
