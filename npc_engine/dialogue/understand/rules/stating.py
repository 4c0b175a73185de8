"""What the sentences of a text state of the world, and whether their speaker vouches for it.

A statement is written into minds, so it is taken only from a clause that is one of the language's frames from its
subject to its end (`statements.yaml`): who does it, the relation's word in a form that agrees with how the relation is
worded, and what it is done to, with nothing between them but words that change nothing. What stands otherwise is missed
rather than misheard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from npc_engine.chronicle import Change
from npc_engine.dialogue.query import POSSESSION
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand.qualifiers import put_as_question, qualifiers
from npc_engine.dialogue.understand.rules.marking import Marked, Marking
from npc_engine.dialogue.understand.rules.relating import KIND_OF, WORDED, Cue, Relations, Side, Way, relations_of
from npc_engine.dialogue.understand.rules.shapes import shape_by_actions
from npc_engine.lang import pack, words_of
from npc_engine.lang.statements import MARKS, NAMED, Row
from npc_engine.text import Language, fold

_ALIKE = (frozenset({"person", "group", "idea"}), frozenset({"thing", "idea"}))
"""Kinds of things of which one may stand where a world's authors have but the others."""
_NAMED = re.compile(NAMED)
_UNVOUCHED = frozenset({"conditional", "reported", "hedged", "wished", "habit", "later"})
"""Qualifiers of what nobody vouches for, in a language that has no frames of statements."""
_KIN = ("kin", "kin_of", "whose_kin", "kin_of_whom", "kin_of_both")
_BARE = ("placed", "given")
_VALUED = ("valued", "valued_by_verb", "valued_by_deed")
_BY_WORDS = (
    *("active", "emphatic", "finished", "progressive", "being", "passive", "cleft", "it_was", "the_one", "there_is"),
    *("related", "placing", "placing_denied", "taken", "topic", "done", "who_did"),
)
"""Frames with a word of the relation, who does it and what it is done to."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated, about where in the text, whether it is of what happened, and not vouched for."""

    claim: Change
    at: int
    happened: bool
    reserved: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A statement that a frame finds: its sides as places in the sentence, and how strongly its word says it."""

    claim: Change
    places: tuple[int, int]
    strength: float


def stated(text: str, context: Context, language: Language) -> tuple[Stated, ...] | None:
    """Return what a text states, in order; None in a language that has no frames for it."""
    speech = pack(language)
    if not speech.statements.frames:
        return None
    relations = relations_of(context.world, language)
    found: list[Stated] = []
    begins, spoken, disowned = 0, list(context.spoken), False
    for sentence in speech.statements.sentences(text):
        begins = max(text.find(sentence, begins), begins)
        before = found[-1].claim if found else None
        marking = Marking(sentence, replace(context, spoken=tuple(spoken)), relations)
        reader = _Sentence(marking, context, relations, before)
        found += [replace(one, at=one.at + begins) for one in reader.stated()]
        disowned = disowned or speech.statements.disowns(marking.plainly())
        spoken += [mention.entity for mention in marking.mentions]
        begins += len(sentence)
    return tuple(replace(one, reserved=one.reserved or disowned) for one in found)


class _Sentence:
    """Reads one sentence."""

    def __init__(self, marking: Marking, context: Context, relations: Relations, before: Change | None) -> None:
        self._marking, self._context, self._relations, self._before = marking, context, relations, before
        self._statements, self._grammar = relations.speech.statements, marking.grammar
        self._row = Row("", [], {})
        self._marked = Marked("", {}, {})

    def stated(self) -> Iterator[Stated]:
        """Yield what the sentence states."""
        for marked in self._marking.ways():
            self._marked = marked
            found = list(self._found(marked))
            found += self._going_on(marked, found[-1].claim if found else self._before)
            for one in found:
                at = self._marking.place(one.places[0])
                happened = self._relations.worded[one.claim.predicate].way == "event"
                yield Stated(one.claim, at, happened, self._statements.is_reserved(marked.text))
            if found:
                return

    def _found(self, marked: Marked) -> Iterator[_Found]:
        """Yield what the sentence states: of what is said of the same two, the strongest."""
        taken: set[tuple[int, int]] = set()
        for one in sorted(self._all(marked), key=lambda one: -one.strength):
            if one.places not in taken:
                taken |= {one.places, one.places[::-1]}
                yield one

    def _all(self, marked: Marked) -> Iterator[_Found]:
        for predicate, cues in self._relations.find(marked.text).items():
            worded = self._relations.worded[predicate]
            clear = list(marked.text)
            for cue in cues:
                clear[cue.start : cue.end] = MARKS[cue.form] + "\0" * (cue.end - cue.start - 1)
            kept = [at for at, one in enumerate(clear) if one != "\0"]
            self._row = self._statements.row("".join(clear[at] for at in kept))
            row, origin = self._row.text, [kept[at] for at in self._row.origin]
            here = {place: marked.named[at] for place, at in enumerate(origin) if at in marked.named}
            starts = {cue.start: cue for cue in cues}
            by_place = {place: starts[at] for place, at in enumerate(origin) if at in starts}
            for one in self._by_words(predicate, worded.way, row, here, by_place):
                yield replace(one, places=(origin[one.places[0]], origin[one.places[1]]))
        self._row = self._statements.row(marked.text)
        row, origin = self._row.text, self._row.origin
        here = {place: marked.named[at] for place, at in enumerate(origin) if at in marked.named}
        for one in self._without_words(row, here):
            yield replace(one, places=(origin[one.places[0]], origin[one.places[1]]))

    def _going_on(self, marked: Marked, before: Change | None) -> list[_Found]:
        """Return what is added to a statement by naming one thing more: 'And a dagger.'"""
        found: list[_Found] = []
        if before is None:
            return found
        row = self._statements.row(marked.text)
        for match in self._matches("rest", "state", row.text):
            for place in (row.origin[one] for one in self._places(match, "o")):
                more = before._replace(object=marked.named[place])
                if more.object not in (before.object, more.subject) and self._fits(
                    more.subject, more.predicate, more.object
                ):
                    found.append(_Found(more, (place, place), 0.0))
        return found

    def _by_words(
        self, predicate: str, way: Way, row: str, named: dict[int, str], cues: dict[int, Cue]
    ) -> Iterator[_Found]:
        """Yield what is stated by a relation's words."""
        for name in (*_BY_WORDS, *_KIN, *_VALUED):
            for match in self._matches(name, way, row):
                cue = cues[_place_of_word(match)]
                if name in _VALUED:
                    yield from self._valued(predicate, match, named, cue)
                elif cue.value is None and self._is_led_up_to(predicate, match, cue, name):
                    sides: tuple[Side, Side] = ("subject", "object")
                    if name in _KIN:
                        if self._context.speaker in named.values():
                            continue  # of whose kin they are people tell otherwise
                        if (bearer := self._bearer(predicate, cue.text)) is None:
                            continue
                        sides = sides if bearer == "subject" else ("object", "subject")
                    elif self._relations.worded[predicate].turned != self._statements.is_listed("converse", cue.text):
                        sides = ("object", "subject")
                    yield from self._relating(predicate, match, named, sides, cue.strength + 0.01 * len(cue.text))

    def _bearer(self, predicate: str, noun: str) -> Side | None:
        if self._grammar.predicates[predicate].symmetric:
            return "subject"
        return self._relations.bearer(predicate, noun)

    def _is_led_up_to(self, predicate: str, match: re.Match[str], cue: Cue, frame: str) -> bool:
        """Return whether the word before the second side is one by which this relation is worded."""
        worded = self._relations.worded[predicate]
        said = self._led_up_by(match)
        own = cue.text == worded.core and not worded.loose
        turning = self._row.said.get(match.start("with"), "") if match.groupdict().get("with") else ""
        if turning and turning not in worded.particles:
            return False  # to give up is not to give
        if frame in _KIN or cue.form == "relation":
            return True
        if frame == "being" and cue.form != "past" and self._relations.is_verb(predicate, cue.text):
            return False  # to be like somebody is not to like them
        if frame == "being" and not worded.being:
            return cue.form == "past" and worded.way == "state" and self._leads(worded.prepositions, said)
        if not said:
            return not (worded.prepositions and own)
        if self._statements.is_listed("converse", cue.text):
            return self._statements.is_listed("leading_converse", said)
        return self._leads(worded.prepositions, said) or (
            not own and self._leads(worded.prepositions and ("at",), said)
        )

    def _led_up_by(self, match: re.Match[str]) -> str:
        """Return the word before the second side, as it is said."""
        place = match.start("p") if match.groupdict().get("p") else -1
        return self._row.said.get(place, "")

    def _leads(self, prepositions: Iterable[str], said: str) -> bool:
        """Return whether a preposition is one of some, or another for the same place."""
        return any(
            said == one or all(self._statements.is_listed("place", word) for word in (said, one))
            for one in prepositions
        )

    def _without_words(self, marked: str, named: dict[int, str]) -> Iterator[_Found]:
        """Yield what is stated by little words alone: where somebody is, whose something is, of which kind."""
        predicates = self._grammar.predicates
        for predicate, worded in self._relations.worded.items():
            if worded.prepositions and not (worded.core or worded.noun):
                for match in (one for name in _BARE for one in self._matches(name, "state", marked)):
                    if self._leads(worded.prepositions, self._led_up_by(match)):
                        yield from self._relating(predicate, match, named, ("subject", "object"), WORDED)
        kinds = (
            (KIND_OF, ("kind",)),
            (self._grammar.lexicon.belonging, ("owned",)),
            (POSSESSION, ("held", "held_with", "without")),
        )
        for special, frames in kinds:
            if special not in predicates:
                continue
            for name in frames:
                for match in self._matches(name, "state", marked):
                    yield from self._relating(special or "", match, named, ("subject", "object"), WORDED)

    def _matches(self, frame: str, way: Way, row: str) -> Iterator[re.Match[str]]:
        if frame not in self._statements.frames:
            return
        pattern = self._statements.frame(frame, way)
        at = 0
        while (match := pattern.search(row, at)) is not None:
            yield match
            at = match.start("all") + 1

    def _valued(self, predicate: str, match: re.Match[str], named: dict[int, str], cue: Cue) -> Iterator[_Found]:
        if cue.value is None:
            return
        holds = self._holds(match)
        for place in self._places(match, "s"):
            fits = self._is_like(named[place], self._grammar.shape(predicate).subjects)
            if holds is not None and fits and self._may_be(match, place, named):
                claim = Change(named[place], predicate, cue.value, holds)
                yield _Found(claim, (place, _place_of_word(match)), cue.strength + 0.01 * len(cue.text))

    def _relating(
        self, predicate: str, match: re.Match[str], named: dict[int, str], sides: tuple[Side, Side], strength: float
    ) -> Iterator[_Found]:
        holds = self._holds(match)
        if holds is None:
            return
        for doer in self._places(match, "s"):
            for done_to in self._places(match, "o"):
                both = {sides[0]: named[doer], sides[1]: named[done_to]}
                subject, object_ = both["subject"], both["object"]
                if (
                    subject != object_
                    and self._fits(subject, predicate, object_)
                    and self._may_be(match, doer, named)
                    and self._may_be(match, done_to, named)
                ):
                    yield _Found(Change(subject, predicate, object_, holds), (doer, done_to), strength)

    def _fits(self, subject: str, predicate: str, object_: str) -> bool:
        """Return whether two things may stand in a relation: by what authors wrote of it, or by what they are."""
        entities = self._grammar.entities
        if predicate == KIND_OF:
            kind = entities.get(object_)
            return kind is not None and kind.kind == "idea" and not kind.proper
        if predicate == "at":
            place, what = entities.get(object_), entities.get(subject)
            return place is not None and what is not None and place.kind == "place" and what.kind in ("person", "thing")
        shape = self._grammar.shape(predicate)
        if not shape.objects:
            known = self._grammar.entities.get(object_)
            acted = shape_by_actions(predicate, self._context.actions.values(), self._grammar.lexicon.shapes)
            return known is not None and (not acted or known.kind in acted)
        return self._is_like(subject, shape.subjects) and self._is_like(object_, shape.objects)

    def _is_like(self, entity: str, kinds: frozenset[str]) -> bool:
        """Return whether something is of some kinds, or of one that is much like them."""
        known = self._grammar.entities.get(entity)
        if known is None or not kinds or known.kind in kinds:
            return known is not None
        return any({known.kind, one} <= alike for one in kinds for alike in _ALIKE)

    def _holds(self, match: re.Match[str]) -> bool | None:
        """Return whether a clause says that it is so, or that it isn't; None where it says no twice."""
        denied = self._statements.denies(match["all"])
        return None if denied > 1 else not denied

    @staticmethod
    def _places(match: re.Match[str], side: str) -> list[int]:
        """Return where that is named which stands on a side; a frame may have the side in either of two places."""
        side = side if match[side] else f"{side}2"
        return [match.start(side) + one.start() for one in _NAMED.finditer(match[side])]

    def _may_be(self, match: re.Match[str], place: int, named: dict[int, str]) -> bool:
        """Return whether 'a' before a name means that very thing: not 'a mill', nor 'a smith' for the smith Greta."""
        entity = self._grammar.entities.get(named[place])
        before = match.string[:place]
        if entity is None:
            return False
        if entity.id in self._relations.classes and self._statements.part("that_one").search(before):
            return False  # which of them is left open
        if not self._statements.part("one_of").search(before):
            return True
        name = entity.names.get(self._relations.speech.code, "")
        known = name[:1].isupper() and fold(name) != self._marked.said[match.string[place]]
        return entity.kind not in ("place", "group") and not known


def _place_of_word(match: re.Match[str]) -> int:
    """Return where the relation's word stands in a frame; frames may have it in either of two places."""
    return match.start("v") if match["v"] else match.start("w")


def claims_of(said: Iterable[Stated]) -> tuple[Change, ...]:
    """Return what is stated, vouched for or not."""
    return tuple(one.claim for one in said)


def is_reserved(text: str, language: Language) -> bool:
    """Return whether nobody vouches for a text, by the words that keep a request from being one."""
    return (
        put_as_question(text)
        or words_of(language).cued("hedge", text)
        or bool(qualifiers(fold(text), language) & _UNVOUCHED)
    )


def vouched(one: Stated, context: Context) -> bool:
    """Return whether a statement may be taken up.

    Of the NPC nobody is taught, and of themself a speaker is believed what they have and what they did.
    """
    claim = one.claim
    if one.reserved or claim.subject == context.npc:
        return False
    own = claim.subject == context.speaker
    return not own or claim.predicate == POSSESSION or one.happened
