"""What somebody wants done: the actions of the game that a line asks for, each with what it is told.

A line is parted where things are joined. A piece that has words of a deed begins one; those after it that only name or
count go on with it: 'Give me the axe and two ropes.' A deed counts only where nothing makes it no request of the one
who hears it (`qualifiers`), unless the author's own example is qualified so too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand.asking import Asking
from npc_engine.dialogue.understand.contract import LabelledStretch
from npc_engine.dialogue.understand.deed_answers import ELSE, Answers
from npc_engine.dialogue.understand.deed_merging import Deed, together, waits
from npc_engine.dialogue.understand.deed_words import BIDDING, COUNTED, Cue, DeedWords
from npc_engine.dialogue.understand.filling_in import fit, suits
from npc_engine.dialogue.understand.line_pieces import NAMED_ALONE, Line, Piece
from npc_engine.dialogue.understand.picking import Words, look_through
from npc_engine.dialogue.understand.qualifiers import WHOLE, unasked
from npc_engine.dialogue.wants import Request, Want
from npc_engine.lang import pack
from npc_engine.text import Language

LIKELY = 0.4
"""How well words must fit an action where the ear hears that something is asked for."""
AGAINST = 0.72
"""How well where the ear hears something else, and is sure of it."""
SURE = 0.75
"""Confidence from which the ear is believed to hear something else."""
FAINT = 0.22
"""How well words must fit an action for it to be thought of at all."""
READINGS = 3
"""Readings that are kept of one want."""
ASKED_FOR = 0.15
"""How likely the ear must have it that something is asked for, for words to be taken at that."""
PLAINLY, PARTLY = 0.75, 0.6
"""How well words must fit an action that the ear hears nobody ask for, and one that it only may hear asked for."""
UNTOLD, MEANT_SO = 2, 0.6
"""Words beside that somebody wants something, from which it may be something else than to have it, unless the ear has
it so likely that something is asked for."""
_BEHIND = 0.25
"""How much worse than the best a reading may fit and still be kept."""


def deeds_in(text: str, context: Context, language: Language, heard: Sequence[LabelledStretch]) -> list[Deed]:
    """Return what is wanted done in a text, in order; `heard` is what the ear makes of it."""
    actions = context.actions
    if not actions or not pack(language).words.cues:
        return []
    # Made ready once for a world, and holding the actions: so their id is no others'.
    words = context.world.derived.get((DeedWords, id(actions), language), lambda: DeedWords(context, language))
    return _Reader(look_through(text, context, language), context, words, heard).read()


_Cued = tuple[list[Cue], frozenset[str]]
"""What a piece has words for, the likeliest first, and for which reasons it yet asks for nothing."""


class _Reader:
    def __init__(self, words: Words, context: Context, deeds: DeedWords, heard: Sequence[LabelledStretch]) -> None:
        self._line = Line(words, context, deeds.askings, heard)
        self._answers = Answers(self._line, context, deeds)
        self._context = context
        self._deeds = deeds
        self._heard = heard

    def read(self) -> list[Deed]:
        """Return every deed, those that go on with one before them too."""
        text, pending = self._line.words.text, self._answers.shall_i
        if pending and self._answers.agrees():
            return [Deed(0, len(text), Want((Request(pending.action, dict(pending.values), agreed=True),)))]
        if pending and self._answers.refuses() and not self._line.words.mentions:
            return []
        found = self._deeds_of_pieces()
        answer = self._answers.answer() if not any(self._answers.is_not_to(deed) for deed in found) else None
        return [Deed(0, len(text), Want((answer,)))] if answer else together(found)

    def _deeds_of_pieces(self) -> list[Deed]:
        """Return the deed of each piece that has words for one, or goes on with one, or leads up to one."""
        found: list[Deed] = []
        led: list[Piece] = []
        before: tuple[_Cued, tuple[int, int]] | None = None
        for piece in self._line.pieces:
            if led and led[0].sentence != piece.sentence:
                led = []
            cued, material = self._cued(piece), self._line.has_material(piece)
            if found and before and material and self._line.is_bare(piece) and waits(found[-1]):
                found.append(self._deed(piece, (before[0][0][:1], before[0][1])))  # 'I need a bow. The long one.'
                continue
            if cued[0] and not material and before and before[1] == piece.sentence and self._adds_nothing(piece):
                continue  # '… and I'm in', '…, please'
            if cued[0]:
                before = cued, piece.sentence
                if led and not material:  # 戒指，卖给你了
                    piece = Piece(led.pop(0).start, piece.end, piece.sentence)
                found += [self._deed(one, cued) for one in (*led, piece)]
                led = []
            elif material and before and before[1] == piece.sentence:
                if self._line.asking(piece).qualified - before[0][1]:
                    continue  # 'two arrows, no dagger'
                found.append(self._deed(piece, (before[0][0][:1], before[0][1])))
            elif material and not self._line.asking(piece).gist.words and not self._line.asking(piece).qualified:
                led.append(piece)
            elif any(deed.want for deed in found) and self._takes_back(piece):
                found = [replace(deed, want=None, reasons=frozenset({"negated"})) for deed in found]
        return found

    def _adds_nothing(self, piece: Piece) -> bool:
        """Return whether a piece says no more than that something is wanted."""
        return not self._line.asking(piece).gist.words

    def _takes_back(self, piece: Piece) -> bool:
        """Return whether a piece takes back what was asked for: 'Actually no.'"""
        text, language = self._line.words.text, self._line.words.language
        said, behind = text[piece.start : piece.end].strip(), text[piece.end : piece.sentence[1]]
        put = any(mark in behind for mark in "?？") or any(one in said for one in pack(language).deeds.either)
        return not put and any(said.endswith(one) for one in pack(language).deeds.dropping)

    # -- one piece ---------------------------------------------------------------------------------

    def _deed(self, piece: Piece, cued: _Cued) -> Deed:
        cues, reasons = cued
        readings = self._readings(piece, cues)
        kept = tuple(one for one in readings[:READINGS] if one.fits >= readings[0].fits - _BEHIND)
        want = None if reasons else Want(kept, self._is_unsure(piece, cues, kept[0]))
        return Deed(piece.start, piece.end, want, reasons, self._line.is_bare(piece))

    def _is_unsure(self, piece: Piece, cues: Sequence[Cue], best: Request) -> bool:
        """Return whether a piece may as well ask for nothing: then the hearer asks whether they shall."""
        asked, likely = self._line.asking(piece), self._line.chance(piece) >= ASKED_FOR
        cue = next((one for one in cues if one.action == best.action), None)
        if cue is None:
            return False
        whole = self._line.words.text[piece.sentence[0] : piece.sentence[1]]
        ends = any(whole.rstrip(" ?？!！.。").endswith(one.said) for one in asked.senses)
        whether = ends and bool(pack(self._line.words.language).deeds.finds("whether").search(whole.rstrip()))
        open_to = not self._line.has_material(piece) and self._line.within(piece).has("indefinite")
        if open_to and not (asked.wants or asked.asks):
            return True  # 'Pour me something.'
        if self._line.is_ordered(piece):
            return False
        if asked.counts and not any(isinstance(told, int | float) for told in best.slots.values()):
            return True  # 'Would 70 buy me the dagger?' with no offer of a price heard in it
        if asked.wants or asked.asks or self._line.is_begged(piece):
            if not cue.own and not self._deeds.are_known(asked.senses):
                return True  # 'Could you put one aside for me?'
            if asked.tagged and not (asked.wants or likely or cue.bid) and self._line.is_question(piece):
                return True  # 桥修得好吗
            return not cue.own and len(asked.gist.words) >= UNTOLD and self._line.chance(piece) < MEANT_SO
        if cue.bid:
            asked_back = any(mark in whole for mark in "?？")
            return not likely and (asked_back or not any(one.name == BIDDING for one in asked.senses))
        if self._line.is_bare(piece):
            return False
        if likely:
            return cue.fits < PARTLY and self._line.chance(piece) < MEANT_SO
        return cue.fits < PLAINLY or whether or self._line.is_told_of_others(piece)

    def _readings(self, piece: Piece, cues: Sequence[Cue]) -> list[Request]:
        words = self._line.within(piece)
        actions = self._deeds.actions
        readings = [
            replace(fit(actions[cue.action], cue.fits, words, piece.start, self._context), bid=cue.bid) for cue in cues
        ]
        return sorted(readings, key=lambda one: -one.fits)

    def _cued(self, piece: Piece) -> _Cued:
        words, asked = self._line.within(piece), self._line.asking(piece)
        if self._line.is_ordered(piece):
            asked = replace(asked, wants=True)
        if not asked.wants and not self._line.has_material(piece) and not words.has("back", piece.start):
            asked = replace(asked, asks=asked.asks and bool(asked.gist.words))  # 'please'
        folded = self._line.words.text[piece.start : piece.end]
        cues = [cue for cue in self._deeds.cues(asked, folded) if cue.fits >= FAINT]
        if asked.wants or (asked.asks and self._line.chance(piece) >= NAMED_ALONE):
            cues += self._deeds.given(one.entity for one in words.mentions)
        if asked.wants:
            cues += [cue for cue in self._by_what_is_named(words) if cue.fits > _of(cue.action, cues)]
        if not cues:
            return [], frozenset()
        whole = self._line.unquoted[piece.sentence[0] : piece.sentence[1]]
        qualified = (
            asked.qualified | (unasked(whole, self._line.words.language) & WHOLE) | self._line.of_others(piece, words)
        )
        needed = self._needed(piece, asked)
        told: dict[str, float] = {}
        for one in self._readings(piece, cues):
            told.setdefault(one.action, one.fits)
        cues = [cue for cue in cues if self._line.chance(piece) >= cue.needs]
        likely = sorted((cue for cue in cues if told[cue.action] >= needed), key=lambda cue: -told[cue.action])
        if not likely:
            return [], frozenset()
        free = [cue for cue in likely if not qualified - cue.qualified]
        if free and told[free[0].action] >= told[likely[0].action] - _BEHIND:
            return free, frozenset()
        return likely, qualified - likely[0].qualified

    def _by_what_is_named(self, words: Words) -> Iterable[Cue]:
        """Yield the actions that are told all they need by what a piece names, a person among it."""
        others = [m for m in words.mentions if m.entity not in (self._context.npc, self._context.speaker)]
        for action in self._deeds.actions.values():
            needed = [param for param in action.params if param.is_needed and param.names_something]
            if not any(param.type == "person" for param in needed):
                continue
            if all(any(suits(one.entity, param, self._context) for one in others) for param in needed):
                yield Cue(action.id, COUNTED, frozenset(), own=True)

    def _needed(self, piece: Piece, asked: Asking) -> float:
        """Return how well words must fit for a deed to be heard in a piece, by what the ear hears there."""
        if self._line.chance(piece) >= 1 - SURE:
            return LIKELY
        for stretch in self._heard:
            if stretch.span[0] < piece.end and piece.start < stretch.span[1]:
                if asked.wants or asked.asks or acts()[stretch.kind].light or stretch.confidence < SURE:
                    return ELSE
                return AGAINST
        return ELSE


def _of(action: str, cues: Iterable[Cue]) -> float:
    """Return how well the words fit an action by the cues there are."""
    return max((cue.fits for cue in cues if cue.action == action), default=0.0)
