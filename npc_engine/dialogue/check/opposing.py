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
from npc_engine.text import fold, terms
from npc_engine.world.names import Mention

BRIEF = {True: 6, False: 12}
"""Words, or characters, up to which a sentence that names nothing is about what was asked."""
ASKS_WHO = "who"
"""The question word of somebody."""
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
        self._plan, self._line, self._known = turn.plan, turn.reading.text, turn.known
        self._asks = turn.reading.main.question_word
        self._given, self._heard, self._language = given, heard, turn.language
        self._npc, self._entities = turn.scene.npc, turn.scene.projections.compiled.entities
        self._own = {turn.scene.npc, turn.scene.speaker}
        self._opening, self._negated = opening, negated
        self._tables, self._pack = tables(turn.language), pack(turn.language)

    def fault(self, sentence: str, said: Sequence[str]) -> Fault | None:
        """Find what can't be so beside what code decided, something believed, or the rest of the sentence."""
        decided = self._plan.polarity if self._plan.polarity is not None else self._known.verdict
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
        facts = (fact.belief.statement for fact in self._plan.facts)
        told = {part for one in facts for part in (one.subject, one.object)} | self._known.ends
        right = {one for one in told - (asked or {npc}) if one in self._entities}
        if self._plan.polarity is not None or sentence.endswith(ASKING) or self._negated(sentence):
            return ""
        first = next(iter(self._given.mentions(bare)), None)
        if so_called := self._another_so_called(bare, first, asked):
            return so_called
        if not right or not (asked or npc in told):
            return ""
        kinds = {self._entities[one].kind for one in right}
        if npc not in told and "person" in kinds and self._tables.found("its_me", bare):
            return npc
        answer = next(iter(clauses(bare)), "")
        if first is None or first.entity in asked or self._tables.found("on_condition", answer):
            return ""
        if self._given.named(answer if self._is_brief(answer) else bare) & right:
            return ""
        same = first.entity in self._entities and self._entities[first.entity].kind in kinds
        return first.entity if self._begins(bare, first) and same else ""

    def _another_so_called(self, bare: str, first: Mention | None, asked: frozenset[str]) -> str:
        """Return who is said to be whom a question calls by what they are: 'Bram is', for who the smith is."""
        people = {one for one in asked if one in self._entities and self._entities[one].kind == "person"}
        names = (fold(self._entities[one].names.get(self._language, "")) for one in people)
        if len(people) != 1 or self._asks != ASKS_WHO or any(name and name in plain(self._line) for name in names):
            return ""
        if first is None or first.entity in people or not self._begins(bare, first):
            return ""
        person = first.entity in self._entities and self._entities[first.entity].kind == "person"
        owner = self._tables.found("owner", bare[first.end :])
        return first.entity if person and not owner else ""

    def _begins(self, bare: str, first: Mention) -> bool:
        """Return whether an answer begins with something that is named."""
        return f"{bare[: first.start].strip()} " in (" ", *self._pack.articles)

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
        if (otherwise := self._in_other_words(bare)) is not None:
            return otherwise
        own, asked = parts(first, self._language), parts(plain(self._line), self._language)
        again = bool(own) and own <= asked and self._is_brief(first)
        return not self._negated(first) if again and not self._negated(self._line) else None

    def _in_other_words(self, bare: str) -> bool | None:
        """Return whether an answer says yes or no by a word for what was asked or for its opposite: 'I adore him.'"""
        heard, line = self._heard.named(self._line), plain(self._line)
        clause = next((one for one in clauses(bare)), "")
        others = {one for one in self._given.named(clause) - heard if one in self._entities}
        if any(self._entities[one].kind == "person" for one in others) or self._tables.found("likens", clause):
            return None
        for one, other in self._tables.opposites:
            for same, reverse in ((one, other), (other, one)):
                if not same.search(line) or reverse.search(line):
                    continue
                said, unsaid = bool(same.search(clause)), bool(reverse.search(clause))
                if said != unsaid:
                    return said != (self._negated(clause) != self._negated(line))
        return None

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
