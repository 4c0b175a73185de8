"""Whose words a sentence says: those of the one who is answered said as one's own, said back, or never said by them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from npc_engine.dialogue.check.given import Given
from npc_engine.dialogue.check.grounds import Fault
from npc_engine.dialogue.check.tables import clauses, plain, tables
from npc_engine.dialogue.check.telling import parts
from npc_engine.dialogue.types import ASKING
from npc_engine.lang import pack
from npc_engine.text import Language

RUN = {True: 4, False: 8}
"""How many of the speaker's words, or characters, in a row, one of them 'I' or 'my', are theirs and nobody else's."""
OWN = 2
"""How many telling words, or characters, of what the speaker said of themself are theirs, beside 'I' or 'my'."""
SAME = 0.7
"""The share of a clause's telling words that they are then."""
ECHO = 5
"""Words that an echo has at least."""
_QUOTES = '“"「'
_CONTRACTED = re.compile(r"(?<=\bi)'m\b")


class Voices:
    """Tells the NPC's words from the speaker's, whose last `lines` are those, the one that is answered first."""

    def __init__(self, given: Given, lines: Sequence[str], language: Language) -> None:
        self._given, self._lines, self._language = given, list(lines), language
        self._tables, self._pack = tables(language), pack(language)

    def fault(self, sentence: str, before: Sequence[str] = ()) -> Fault | None:
        """Find what the speaker said of themself, said over as if it were of oneself, and what they never said.

        Who has said `before` that they are like that may say how.
        """
        quotes = any(mark in sentence for mark in _QUOTES)
        if sentence.endswith(ASKING) or quotes or any(self._tables.found("too", one) for one in (*before, sentence)):
            return None
        if put := self._put_in_mouth(sentence):
            return Fault("character", f"the speaker never said it: {put}")
        heard = [line for line in self._lines if self._tables.is_mine(line)]
        for clause in filter(self._tables.is_mine, clauses(sentence)):
            said = parts(clause, self._language)
            for one in (parts(plain(line), self._language) for line in heard):
                same = said & one
                if len(same) >= OWN and len(same) >= SAME * min(len(said), len(one)) and not self._is_told(same):
                    return Fault("character", f"says the speaker's words as its own: {clause.strip()}")
            if run := self._run(clause, heard):
                return Fault("character", f"says the speaker's words as its own: {run}")
        return None

    def echoes(self, sentence: str) -> bool:
        """Return whether a sentence says no more than the line did, be it turned to whoever said it."""
        heard, spoken = self._pack.tokens(self._lines[0]), self._pack.tokens(sentence)
        if len(spoken) < ECHO or sentence.endswith(ASKING):
            return False
        told, said = (parts(plain(text), self._language) for text in (self._lines[0], sentence))
        return spoken == heard or (len(said) >= RUN[self._pack.spaced] and said == told)

    def _put_in_mouth(self, sentence: str) -> str:
        """Return what the speaker is told to have said, of which nothing they said has the half; empty for nothing."""
        for match in self._tables.pattern("you_said").finditer(plain(sentence)):
            what = parts(match.group("what"), self._language)
            known = (parts(plain(text), self._language) for text in (*self._lines, *self._given.entries))
            if len(what) >= OWN and not any(2 * len(what & one) >= len(what) for one in known):
                return match.group().strip()
        return ""

    def _run(self, clause: str, heard: Sequence[str]) -> str:
        """Return words in a row that the speaker said of themself, 'I' or 'my' among them; empty for none."""
        spoken, length = self._whole_words(clause), RUN[self._pack.spaced]
        lines = map(self._whole_words, heard)
        runs = {tuple(line[at : at + length]) for line in lines for at in range(len(line) - length + 1)}
        for at in range(len(spoken) - length + 1):
            run = tuple(spoken[at : at + length])
            if run in runs and self._tables.listed("mine") & set(run):
                return " ".join(run)
        return ""

    def _is_told(self, said: frozenset[str]) -> bool:
        """Return whether one thing that was told has words, and says them of oneself."""
        entries = (entry for entry in self._given.entries if self._tables.is_mine(entry))
        return any(said <= parts(entry, self._language) for entry in entries)

    def _whole_words(self, text: str) -> list[str]:
        """Return the words of a text, without contractions: 'I'm' is 'I am'."""
        return self._pack.tokens(_CONTRACTED.sub(" am", plain(text)))
