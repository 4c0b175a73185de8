"""What can't be so: a yes for a no, a fact as its opposite, and the opposite of what is believed of the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from npc_engine.dialogue.check.given import Given
from npc_engine.dialogue.check.grounds import Fault
from npc_engine.dialogue.check.tables import clauses, plain, tables
from npc_engine.dialogue.check.telling import parts
from npc_engine.dialogue.scene import Turn
from npc_engine.dialogue.types import ASKING
from npc_engine.lang import pack
from npc_engine.text import terms

BRIEF = {True: 6, False: 12}
"""Words, or characters, up to which a sentence that names nothing is about what was asked."""
SAME = 0.7
"""The share of a fact's words that a clause has that says it, or its opposite."""


class Opposing:
    """Finds contradictions; `opening` tells the yes or no that a text begins with, `negated` whether it has a not."""

    def __init__(
        self,
        turn: Turn,
        given: Given,
        heard: Given,
        opening: Callable[[str], bool | None],
        negated: Callable[[str], bool],
    ) -> None:
        self._plan, self._line = turn.plan, turn.reading.text
        self._given, self._heard, self._language = given, heard, turn.language
        self._npc, self._entities = turn.scene.npc, turn.scene.projections.compiled.entities
        self._own = {turn.scene.npc, turn.scene.speaker}
        self._opening, self._negated = opening, negated
        self._tables, self._pack = tables(turn.language), pack(turn.language)

    def fault(self, sentence: str, said: Sequence[str]) -> Fault | None:
        """Find what can't be so beside what code decided, something believed, or the rest of the sentence."""
        decided = self._plan.polarity
        if not said and decided is not None and self._stance(sentence) not in (None, decided):
            return Fault("contradicts", "yes and no were mistaken")
        for fact in self._plan.facts:
            wanted = set(terms(fact.wording))
            told = (one for one in clauses(sentence) if wanted)
            clause = next((one for one in told if len(wanted & set(terms(one))) >= SAME * len(wanted)), None)
            if clause is not None and self._negated(clause) != self._negated(fact.wording):
                return Fault("contradicts", f"{fact.id} was said as its opposite")
        if not said and (another := self._another(sentence)):
            return Fault("contradicts", f"it is not {another}")
        for one, other in self._tables.opposites:
            for ours, theirs in ((one, other), (other, one)):
                word = ours.search(plain(sentence))
                if word and self._opposed(sentence, ours, theirs, said):
                    return Fault("contradicts", f"{word.group()} is not so")
        return None

    def _another(self, sentence: str) -> str:
        """Return whom or what an answer begins with, where another one was decided: 'Bram is', for who the smith is."""
        bare = self._tables.pattern("fillers").sub("", plain(sentence)).strip()
        asked, npc = self._heard.named(self._heard.text), self._npc
        told = {
            one for fact in self._plan.facts for one in (fact.belief.statement.subject, fact.belief.statement.object)
        }
        right = {one for one in told - asked if one in self._entities}
        if (
            not right
            or not asked
            or self._plan.polarity is not None
            or sentence.endswith(ASKING)
            or self._negated(sentence)
        ):
            return ""
        kinds = {self._entities[one].kind for one in right}
        if npc not in told and "person" in kinds and self._tables.found("its_me", bare):
            return npc
        named = self._given.mentions(bare)
        first = next(iter(named), None)
        if first is None or {one.entity for one in named} & right or first.entity in asked:
            return ""
        begins = f"{bare[: first.start].strip()} " in (" ", *self._pack.articles)
        same = first.entity in self._entities and self._entities[first.entity].kind in kinds
        return first.entity if begins and same and not self._tables.found("on_condition", bare) else ""

    def _stance(self, sentence: str) -> bool | None:
        """Return whether an answer says yes or no: outright, by 'I do', or in the question's own words."""
        bare = self._tables.pattern("fillers").sub("", plain(sentence)).strip()
        answer = self._opening(bare)
        if answer is not None or sentence.endswith(ASKING):
            return answer
        for table, meant in (("affirms", True), ("denies", False)):
            if self._tables.found(table, bare):
                return meant
        first = next(iter(clauses(bare)), "")
        if self._tables.found("short_answers", bare):
            return not self._negated(first)
        own, asked = parts(first, self._language), parts(plain(self._line), self._language)
        again = bool(own) and own <= asked and self._is_brief(first)
        return not self._negated(first) if again and not self._negated(self._line) else None

    def _is_brief(self, text: str) -> bool:
        return self._pack.length(text) <= BRIEF[self._pack.spaced]

    def _opposed(self, sentence: str, ours: re.Pattern[str], theirs: re.Pattern[str], said: Sequence[str]) -> bool:
        """Return whether the opposite of a sentence's word is believed of the same, or said of it in one breath."""
        own = [one for one in clauses(sentence) if ours.search(one)]
        if sentence.endswith(ASKING) or all(self._tables.found("likens", one) or self._negated(one) for one in own):
            return False
        where = own[0] if len(own) == 1 else sentence
        spoken, mine = self._given.named(where), self._tables.is_mine(where)
        meant = not spoken and not any(map(self._given.named, said)) and self._is_about_the_same(sentence)
        if meant:
            spoken = self._heard.named(self._heard.text) - self._own
        whose = (mine, mine or (bool(own) and self._is_bare(own[0], ours)))
        for entry in self._given.entries_with(theirs):
            told = [mention.entity for mention in self._given.mentions(entry)]
            same = set(told) == spoken or (meant and len(spoken) == 1 and told[:1] == [*spoken])
            if told and same and self._tables.is_mine(entry) in whose and not ours.search(plain(entry)):
                return True
        with_theirs = any(theirs.search(one) and not ours.search(one) for one in clauses(sentence))
        pronouns = self._tables.pattern("it")
        return with_theirs and mine and any(pronouns.search(one) and not theirs.search(one) for one in own)

    def _is_bare(self, clause: str, ours: re.Pattern[str]) -> bool:
        """Return whether a clause has nobody before its word, and is then the NPC's own: 'Love it.'"""
        before = clause[: found.start()].strip() if (found := ours.search(clause)) else clause
        third = self._tables.found("them", before) or self._tables.found("it", before)
        return self._pack.length(before) < 2 and not third and not self._given.named(before)

    def _is_about_the_same(self, sentence: str) -> bool:
        """Return whether a sentence that names nothing is about what the line named."""
        return self._is_brief(sentence) or any(self._tables.found(table, sentence) for table in ("it", "them"))
