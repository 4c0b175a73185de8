"""What is told to have happened that nobody told of: deeds of doers nobody has heard of, and of those who are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from npc_engine.dialogue.check.given import Given, terms_of
from npc_engine.dialogue.check.grounds import Fault
from npc_engine.dialogue.check.tables import plain, tables
from npc_engine.lang import pack, words_of
from npc_engine.text import Language, terms

_CLAUSES = re.compile(
    r"[,;:，；：。、—–.!?！？“”\"]|\b(?:and|but|because|that|when|while|so|then|until|since)\b|因为|所以|后来|然后"
)
_WINDOW = 4
"""How many words before what was done its doer stands in."""


class Events:
    """Finds happenings that are news to everybody; `own` are those who talk, whose lives are theirs to tell."""

    def __init__(
        self, given: Given, heard: Given, own: Collection[str], is_person: Callable[[str], bool], language: Language
    ) -> None:
        self._given, self._heard, self._own, self._language = given, heard, frozenset(own), language
        self._is_person = is_person
        self._tables, self._pack = tables(language), pack(language)

    def fault(self, sentence: str, said: Sequence[str] = ()) -> Fault | None:
        """Return what a sentence tells of that nobody gave, after what was `said`."""
        text = plain(sentence)
        unreal = bool(self._tables.found("likens", text)) or words_of(self._language).cued("hedge", sentence)
        if unreal:
            return None
        if (news := self._tables.found("drama", text)) and not self._known(news):
            return Fault("invented", f"nobody told of {news}")
        for clause in _CLAUSES.split(text):
            happened = self._tables.found("happened", clause)
            if happened and not self._tables.is_mine(clause) and not self._was_told(happened):
                return Fault("invented", f"nobody told of {happened}")
        happens = self._tables.words_pattern("happens")
        for clause in _CLAUSES.split(text):
            for match in happens.finditer(clause):
                if doer := self._strange_doer(clause[: match.start()], match.group(), said):
                    return Fault("invented", f"nobody told that {doer} {match.group()}")
        return None

    def _known(self, phrase: str) -> bool:
        return any(set(terms(phrase)) & told.terms or told.has(phrase) for told in (self._given, self._heard))

    def _was_told(self, happened: str) -> bool:
        """Return whether one thing that was told, or the line, has what is said to have happened."""
        said = frozenset(terms(happened))
        return any(said <= terms_of(entry) for one in (self._given, self._heard) for entry in one.entries)

    def _strange_doer(self, before: str, done: str, said: Sequence[str]) -> str:
        """Return who is told to have done something and is not known to; empty where it is nobody in particular."""
        if (pronoun := self._pronoun(before)) and (meant := self.spoken_of(said)):
            entries = self._given.entries_of(meant)
            return "" if any(set(terms(done)) & set(terms(entry)) for entry in entries) else pronoun
        if not self._pack.spaced:
            doer = before.strip()[-6:]
            if not doer or any(one in doer for one in self._tables.listed("anybody")):
                return ""
        else:
            tokens = self._pack.tokens(before)[-_WINDOW:]
            if not tokens or set(tokens) & self._tables.listed("anybody") or set(tokens) & self._tables.listed("mine"):
                return ""
            doer = " ".join(tokens)
        named = self._given.named(doer) - self._own
        if named:
            told = [entry for entry in self._given.entries_of(named) if set(terms(done)) & set(terms(entry))]
            return "" if told else doer
        found = set(terms(doer))
        return doer if found and not found & (self._given.terms | self._heard.terms) else ""

    def _pronoun(self, before: str) -> str:
        """Return the pronoun that stands alone for who did something."""
        last = self._pack.tokens(before)[-1:] if self._pack.spaced else [before.strip()[-1:]]
        return next(iter(set(last) & self._tables.listed("third")), "")

    def spoken_of(self, said: Sequence[str]) -> frozenset[str]:
        """Return who was named last, in the answer or in what it is to; nobody where there were more."""
        for text in (*reversed(said), self._heard.text):
            if named := frozenset(filter(self._is_person, self._given.named(text) - self._own)):
                return named if len(named) == 1 else frozenset()
        return frozenset()
