"""What is handed over, given for nothing, promised or opened in words: it has to come with an action of the game's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from npc_engine.acts import acts
from npc_engine.dialogue.check.given import Given
from npc_engine.dialogue.check.grounds import Fault
from npc_engine.dialogue.check.tables import plain, tables
from npc_engine.dialogue.scene import Turn
from npc_engine.dialogue.types import ASKING, Plan
from npc_engine.dialogue.wants import Action
from npc_engine.text import fold, terms

_STATES = ("hands_over", "free", "promises", "opens")
_OF_THINGS = frozenset({"hands_over", "free"})
"""Those of them that need something that can be handed over."""
_MARKS = re.compile(r"[.!?。！？…,;:，；：、—–]")


@dataclass(frozen=True, slots=True)
class Waiting(Fault):
    """What holds only if the answer brings something: an action, or that `name` was made up."""

    name: str = ""

    def holds(self, plan: Plan, improvised: Sequence[str]) -> bool:
        """Return whether it was brought."""
        if self.rule == "deed":
            return bool(plan.actions)
        return any(fold(self.name) in fold(one) for one in improvised)


class Doing:
    """Finds deeds in words; `deeds` are the words of what may be asked of the NPC."""

    def __init__(self, turn: Turn, given: Given, deeds: Sequence[str], negated: Callable[[str], bool]) -> None:
        self._plan, self._reading, self._given = turn.plan, turn.reading, given
        self._entities = turn.scene.projections.compiled.entities
        self._tables, self._deeds, self._negated = tables(turn.language), tuple(deeds), negated

    def fault(self, sentence: str, said: Sequence[str]) -> Fault | None:
        """Find what hands over, gives for nothing, promises or opens, after what was `said`: it needs an action.

        What is handed over with one is for nothing only where the author says so.
        """
        for table in _STATES:
            found = self._tables.found(table, sentence)
            if not found or (sentence.endswith(ASKING) and table != "free"):
                continue
            if table in _OF_THINGS and self._is_figure(sentence, table, said):
                continue
            if table == "hands_over" and self._tables.found("not_taken", sentence):
                continue
            if self._plan.actions:
                if table == "free" and not self._given.has(found):
                    return Fault("deed", f"{table}: {found}")
                continue
            untimed = self._tables.pattern("at_a_time").sub(" ", plain(sentence))
            bargain = bool(self._tables.found("on_condition", untimed))
            if bargain and set(terms(" ".join(self._deeds))) & set(terms(sentence)):
                continue
            return Waiting("deed", f"{table}: {found}")
        handed = self._taken(sentence) or self._handed(sentence)
        if self._plan.actions:
            return Fault(handed.rule, handed.detail) if handed else None
        return handed or self._announced(sentence) or self._assent(sentence, first=not said)

    def _is_figure(self, sentence: str, table: str, said: Sequence[str]) -> bool:
        """Return whether what is given is nothing that can be: 'that apology is yours to keep', 沉默不收钱.

        A bare 'it' is what was spoken of just before, where nobody asked for a thing.
        """
        text = plain(sentence)
        return all(
            self._gives_nothing(found, text, table, said) for found in self._tables.pattern(table).finditer(text)
        )

    def _gives_nothing(self, found: re.Match[str], text: str, table: str, said: Sequence[str]) -> bool:
        start = max((mark.end() for mark in _MARKS.finditer(text[: found.start()])), default=0)
        stop = _MARKS.search(text, max(found.end() - 1, found.start() + 1))
        end = stop.start() if stop else len(text)
        if any(self._is_thing(one) for one in self._given.named(text[start:end])):
            return False
        intangible = self._tables.pattern("intangible")
        inside = "" if table == "free" else found.group()  # 'not a word about money' is about money
        if any(map(intangible.search, (text[start : found.start()], inside, text[found.end() : end]))):
            return True
        before = plain(" ".join((self._reading.text, *said[-1:])))
        it = self._tables.pattern("it").search(text)
        things = any(self._is_thing(one) for one in self._given.named(f"{text} {self._reading.text}"))
        return bool(it and intangible.search(before)) and not things and not self._wants_thing

    def _handed(self, sentence: str) -> Fault | None:
        """Find a thing of the world's that is held out, and is no part of what is done: 'Here's the iron pin.'"""
        if sentence.endswith(ASKING) or self._negated(sentence):
            return None
        does = self._tables.pattern("does")  # 'Here, the boat is leaving' hands no boat over
        hands, spoken = self._tables.pattern("hands"), {term for one in self._deeds for term in terms(one)}
        done = {part for action in self._plan.actions for part in (*action.params.values(), *_changed(action))}
        done |= {entity for action in self._plan.actions for entity in self._given.named(action.text)}
        for mention in self._given.mentions(sentence):
            if (
                self._is_thing(mention.entity)
                and mention.entity not in done
                and hands.search(plain(sentence[: mention.start]))
                and not does.match(plain(sentence[mention.end :]))
            ):
                return Waiting("deed", f"hands_over: {mention.entity}")
        served = self._tables.pattern("served").search(plain(sentence))
        if served and not self._plan.actions and (what := set(terms(served.group("what"))) & spoken):
            return Waiting("deed", f"hands_over: {' '.join(sorted(what))}")
        return None

    def _taken(self, sentence: str) -> Fault | None:
        """Find a thing that the speaker is told to take: it, something of the world's, or what they asked for."""
        if sentence.endswith(ASKING) or self._negated(sentence) or self._tables.found("not_taken", sentence):
            return None
        for match in self._tables.pattern("takes").finditer(plain(sentence)):
            what = match.group("what")
            things = [one for one in self._given.named(what) if self._is_thing(one)]
            asked = self._wants_done and set(terms(what)) & set(terms(self._reading.text))
            if what in self._tables.listed("given_things") or things or asked:
                done = self._plan.actions
                return None if done else Waiting("deed", f"hands_over: {match.group().strip()}")
        return None

    @property
    def _wants_done(self) -> bool:
        """Whether the line asks for something."""
        main = self._reading.main
        return acts()[main.kind].deed or bool(self._reading.wants or main.goods)

    @property
    def _wants_thing(self) -> bool:
        return bool(self._reading.wants or self._reading.main.goods)

    def _is_thing(self, entity: str) -> bool:
        found = self._entities.get(entity)
        return found is not None and found.kind == "thing"

    def _assent(self, sentence: str, *, first: bool) -> Fault | None:
        """Find a bare yes to what is asked to be done: what follows says whether it is."""
        if not first or not self._wants_done or self._plan.pending is not None:
            return None
        found = self._tables.found("assents", sentence)
        return Waiting("deed", f"agrees to what is not done: {found}") if found else None

    def _announced(self, sentence: str) -> Fault | None:
        """Find the words of a deed that may be asked of the NPC, said by them as what they do."""
        if sentence.endswith(ASKING) or not self._tables.found("announces", sentence) or self._negated(sentence):
            return None
        if self._tables.found("on_condition", sentence):
            return None
        said = set(terms(sentence))
        for phrase in self._deeds:
            wanted = set(terms(phrase))
            if len(wanted) > 1 and wanted <= said:
                return Waiting("deed", f"announces: {phrase}")
        return None


def _changed(action: Action) -> Iterator[str]:
    for change in action.changes:
        yield from (change.subject, change.object)
