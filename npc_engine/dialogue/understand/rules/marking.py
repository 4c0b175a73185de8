"""A sentence with a mark for each thing that it names, so that frames find who does what to whom in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand.rules.grammar import Grammar
from npc_engine.dialogue.understand.rules.lexicon import lexicon_of
from npc_engine.dialogue.understand.rules.linking import names_in, pronouns_in
from npc_engine.dialogue.understand.rules.relating import Relations
from npc_engine.lang.statements import FIRST, LAST
from npc_engine.text import fold
from npc_engine.world.names import Mention

_MOST = ord(LAST) - ord(FIRST)
"""Things named in one sentence that are told apart."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with marks: what is named at each place that has one, and what each mark is said as."""

    text: str
    named: dict[int, str]
    said: dict[str, str]


class Marking:
    """Puts marks in one sentence."""

    def __init__(self, sentence: str, context: Context, relations: Relations) -> None:
        self._relations, self._context = relations, context
        speech, world = relations.speech, context.world
        self._language, self._statements = speech.code, speech.statements
        self._plain = self._statements.even(speech.even(fold(sentence)))
        self._stretched = len(sentence) / max(1, len(self._plain))
        self.grammar = Grammar(self._plain, speech, lexicon_of(world), world.entities, world.predicates)
        self.mentions = self._mentions()[:_MOST]

    def ways(self) -> Iterator[Marked]:
        """Yield the sentence with its names as they stand, and with those taken apart that say whose somebody is."""
        if self.mentions:
            yield self._marked(self.mentions)
        parted = list(self._parted())
        if parted != self.mentions:
            yield self._marked(parted)

    def plainly(self) -> str:
        """Return the sentence with a mark for each thing that it names."""
        return self._marked(self.mentions).text

    def place(self, at: int) -> int:
        """Return about where in the sentence as it was said a place of it is as it is read."""
        return round(at * self._stretched)

    def _mentions(self) -> list[Mention]:
        """Return what the sentence names; a pronoun means who was named last before its clause."""
        plain, named = self._plain, names_in(self._plain, self._context, self.grammar.lexicon, self._language)
        found, begins = list(named), 0
        for end in [*(match.end() for match in self._statements.clauses.finditer(plain)), len(plain)]:
            before = sorted((one for one in found if one.end <= begins), key=lambda one: one.start)
            here = replace(self._context, spoken=(*self._context.spoken, *(one.entity for one in before)))
            clause = plain[begins:end]
            within = [
                replace(one, start=one.start - begins, end=one.end - begins)
                for one in named
                if begins <= one.start < end
            ]
            while more := pronouns_in(clause, self._language, here, within):  # each as often as it stands there
                found += [replace(one, start=one.start + begins, end=one.end + begins) for one in more]
                for one in more:
                    clause = clause[: one.start] + "\0" * (one.end - one.start) + clause[one.end :]
            begins = end
        opening = [match.span() for match in self._statements.wording("introduced").finditer(plain)]
        found.sort(key=lambda one: one.start)
        return [one for one in found if not any(start <= one.start and one.end <= end for start, end in opening)]

    def _parted(self) -> Iterator[Mention]:
        """Yield what is named, names that say whose somebody is taken apart: 'Pip's mother' as Pip's, and a mother."""
        for one in self.mentions:
            said = self._plain[one.start : one.end]
            owner = next(iter(self._context.names.find(said[:-1])), None)
            split = f"{said[: owner.end]}|{said[owner.end :]}" if owner and not owner.start else ""
            if owner and owner.entity != one.entity and self._statements.wording("owned").search(split):
                yield replace(one, entity=owner.entity, end=one.start + owner.end)
            else:
                yield one

    def _marked(self, mentions: Sequence[Mention]) -> Marked:
        marked, done = "", 0
        named: dict[int, str] = {}
        known: dict[str, str] = {}
        for number, one in enumerate(mentions):
            if one.start < done:
                continue
            if named and one.entity in self._relations.classes and not self._plain[done : one.start].strip():
                done = one.end  # the caravan escort quest
                continue
            said, mark = self._plain[one.start : one.end], chr(ord(FIRST) + number)
            ending = self._statements.wording("contracted").search(said)
            rest = said[ending.start() :] if ending else ""
            if not rest and self._is_having(said, self._plain[one.end :]):
                rest = self._statements.worded.get("possessive", "")
            marked += self._plain[done : one.start]
            named[len(marked)], known[mark] = one.entity, said
            marked += mark + rest
            done = one.end
        return Marked(marked + self._plain[done:], named, known)

    def _is_having(self, said: str, rest: str) -> bool:
        """Return whether a pronoun says whose the word behind it is."""
        if not self._statements.is_listed("having", said):
            return False
        behind = re.match(r" ([\w-]+)", rest)
        return behind is not None and not self._statements.is_listed("closing", behind[1])
