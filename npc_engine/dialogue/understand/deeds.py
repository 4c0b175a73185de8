"""What somebody wants done: the actions of the game that a line asks for, each with what it is told.

A line is parted where things are joined. A piece that has words of a deed begins one; those after it that only name or
count go on with it: 'Give me the axe and two ropes.' A deed counts only where nothing makes it no request of the one
who hears it (`qualifiers`), unless the author's own example is qualified so too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from npc_engine.acts import acts
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand.deed_words import Cue, DeedWords
from npc_engine.dialogue.understand.filling_in import fit
from npc_engine.dialogue.understand.contract import LabelledStretch
from npc_engine.dialogue.understand.picking import Words, look_through
from npc_engine.dialogue.understand.qualifiers import WHOLE, qualifiers
from npc_engine.dialogue.wants import Pending, Selection, Slot, Want
from npc_engine.lang import pack
from npc_engine.text import Language

LIKELY = 0.4
"""How well words must fit an action where the ear hears that something is asked for."""
ELSE = 0.52
"""How well where the ear can't tell."""
AGAINST = 0.72
"""How well where the ear hears something else, and is sure of it."""
SURE = 0.75
"""Confidence from which the ear is believed to hear something else."""
READINGS = 3
"""Readings that are kept of one want."""
_BEHIND = 0.25
"""How much worse than the best a reading may fit and still be kept."""
_SENTENCE = re.compile(r"[.!?;。！？；…]+[\"'”’)]*\s*|\n")
_KEPT = 16


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is wanted done, or only seems so: where it stands, and for which `reasons` it is none."""

    start: int
    end: int
    want: Want | None
    reasons: frozenset[str] = frozenset()


class Deeds:
    """Reads what is wanted done; the words of the actions of each world are made ready once."""

    def __init__(self) -> None:
        self._ready: dict[tuple[int, Language], DeedWords] = {}

    def read(self, text: str, context: Context, language: Language, heard: Sequence[LabelledStretch]) -> list[Deed]:
        """Return what is wanted done in a text, in order; `heard` is what the ear makes of it."""
        if not context.actions or not pack(language).words.cues:
            return []
        reader = _Reader(look_through(text, context, language), context, self._words(context, language), heard)
        return reader.read()

    def _words(self, context: Context, language: Language) -> DeedWords:
        key = (id(context.actions), language)
        ready = self._ready.get(key)
        if ready is None or ready.actions is not context.actions:
            if len(self._ready) >= _KEPT:
                self._ready.clear()
            ready = self._ready[key] = DeedWords(context.actions, language)
        return ready


def pending_of(context: Context) -> Pending | None:
    """Return what the NPC asked last to know before they do something, if that is what they did."""
    last = context.exchanges[-1].line if context.exchanges else None
    return last.pending if last is not None and last.speaker == context.npc else None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a line between what joins; `sentence` is where its sentence begins and ends."""

    start: int
    end: int
    sentence: tuple[int, int]


class _Reader:
    def __init__(self, words: Words, context: Context, deeds: DeedWords, heard: Sequence[LabelledStretch]) -> None:
        self._words = words
        self._context = context
        self._deeds = deeds
        self._heard = heard
        self._pending = pending_of(context)

    def read(self) -> list[Deed]:
        """Return every deed, those that go on with one before them too."""
        found = self._deeds_of_pieces()
        answer = self._answer() if not any(self._is_another(deed) for deed in found) else None
        return [answer] if answer else self._together(found)

    def _is_another(self, deed: Deed) -> bool:
        """Return whether a deed is another than the one that the NPC has asked about."""
        best = deed.want.readings[0] if deed.want else None
        return best is not None and self._pending is not None and best.action != self._pending.action and best.fits > ELSE

    def _answer(self) -> Deed | None:
        """Return the deed that the NPC has asked about, with what the line tells of it; None where that is nothing."""
        pending, text = self._pending, self._words.text
        definition = self._deeds.actions.get(pending.action) if pending else None
        if pending is None or definition is None or pending.missing is None:
            return None
        qualified = qualifiers(text, self._words.language) - {"negated"}
        if qualified:
            return None
        request = fit(definition, 1.0, self._words, 0, self._context, pending.missing)
        param = next(one for one in definition.params if one.id == pending.missing)
        if param.type == "text" and param.id not in request.slots:
            request = replace(request, slots={**request.slots, param.id: self._words.original.strip()})
        slot = request.slots.get(pending.missing)
        if slot is None or (not self._words.mentions and not self._tells(slot, pending)):
            return None
        return Deed(0, len(text), Want((request,)))

    def _tells(self, slot: Slot, pending: Pending) -> bool:
        """Return whether words that name nothing tell which of those in question is meant."""
        if not isinstance(slot, Selection):
            return True
        return not slot.is_open or slot.back or slot.every or bool(slot.said & self._name_words(pending))

    def _name_words(self, pending: Pending) -> frozenset[str]:
        speech, entities = pack(self._words.language), self._context.world.entities
        names = (entities[one].names.get(speech.code, "") for one in pending.among if one in entities)
        return frozenset(token for name in names for token in speech.tokens(name.lower())) - speech.stop_words

    def _deeds_of_pieces(self) -> list[Deed]:
        found: list[Deed] = []
        before: tuple[list[Cue], frozenset[str], tuple[int, int]] | None = None
        for piece in self._pieces():
            own, reasons = self._cued(piece)
            material = self._has_material(piece)
            if own:
                before = (own, reasons, piece.sentence)
                found.append(self._deed(piece, own, reasons))
            elif material and before and before[2] == piece.sentence:
                found.append(self._deed(piece, before[0], before[1]))
        return found

    def _together(self, found: list[Deed]) -> list[Deed]:
        """Return deeds without those of which the one before has all, and puts one that lacks its thing with it."""
        kept: list[Deed] = []
        for deed in found:
            last = kept[-1] if kept else None
            if last and last.want and deed.want and _completes(last.want, deed.want):
                kept[-1] = Deed(last.start, deed.end, _merged(last.want, deed.want), last.reasons | deed.reasons)
            else:
                kept.append(deed)
        return kept

    def _deed(self, piece: _Piece, cues: list[Cue], reasons: frozenset[str]) -> Deed:
        words = self._words.within(piece.start, piece.end)
        readings = [
            fit(self._deeds.actions[cue.action], cue.fits, words, piece.start, self._context) for cue in cues
        ]
        readings.sort(key=lambda one: -one.fits)
        kept = tuple(one for one in readings[:READINGS] if one.fits >= readings[0].fits - _BEHIND)
        return Deed(piece.start, piece.end, None if reasons else Want(kept), reasons)

    def _cued(self, piece: _Piece) -> tuple[list[Cue], frozenset[str]]:
        """Return the actions that a piece has words for, and the reasons why it yet asks for none of them."""
        folded = self._words.text[piece.start : piece.end]
        words = self._words.within(piece.start, piece.end)
        taken = [(m.start - piece.start, m.end - piece.start) for m in words.mentions]
        taken += [(one.start - piece.start, one.end - piece.start) for one in (*words.compared, *words.bounds)]
        asked = self._deeds.asking(folded, taken)
        cues = self._deeds.cues(asked, folded)
        if not cues:
            return [], frozenset()
        whole = self._words.text[piece.sentence[0] : piece.sentence[1]]
        language = self._words.language
        qualified = asked.qualified | (qualifiers(whole, language) & WHOLE)
        qualified |= self._of_others(piece, words)
        needed = self._needed(piece)
        likely = [cue for cue in cues if cue.fits >= needed]
        if not likely:
            return [], frozenset()
        free = [cue for cue in likely if not qualified - cue.qualified]
        if free and free[0].fits >= likely[0].fits - _BEHIND:
            return free, frozenset()
        return likely, qualified - likely[0].qualified

    def _of_others(self, piece: _Piece, words: Words) -> frozenset[str]:
        """Return that a piece is of what somebody else does, where it begins with their name and no comma follows."""
        lead = self._words.text[piece.start : piece.end]
        for mention in words.mentions:
            known = self._context.world.entities.get(mention.entity)
            if known is None or known.kind != "person" or mention.entity in (self._context.npc, self._context.speaker):
                continue
            before = lead[: mention.start - piece.start].strip(" ,，")
            after = self._words.text[mention.end : mention.end + 1]
            subject = not before or _leads(self._words.language).fullmatch(before)
            if subject and after not in (",", "，", "!", "！", ":", "："):
                return frozenset({"others"})
        return frozenset()

    def _needed(self, piece: _Piece) -> float:
        """Return how well words must fit for a deed to be heard in a piece, by what the ear hears there."""
        for stretch in self._heard:
            if stretch.span[0] < piece.end and piece.start < stretch.span[1]:
                chances = {stretch.kind: stretch.confidence, **stretch.others}
                if sum(p for kind, p in chances.items() if acts()[kind].deed) >= 1 - SURE:
                    return LIKELY
                return AGAINST if stretch.confidence >= SURE and not acts()[stretch.kind].light else ELSE
        return ELSE

    def _has_material(self, piece: _Piece) -> bool:
        """Return whether a piece names, counts or compares something."""
        words = self._words.within(piece.start, piece.end)
        return bool(words.mentions or words.numbers or words.quoted or words.compared or words.has("other", piece.start))

    def _pieces(self) -> Iterable[_Piece]:
        """Yield the parts of the text between what joins; never within a name, a number or a quotation."""
        text = self._words.text
        whole = [(m.start, m.end) for m in self._words.mentions] + [(n.start, n.end) for n in self._words.numbers]
        whole += [(start, end) for start, end, _ in self._words.quoted]
        begins = 0
        ends = [match.span() for match in _SENTENCE.finditer(text) if not _inside(match.start(), whole)]
        for _, end in [*ends, (len(text), len(text))]:
            sentence = (begins, end)
            start = begins
            for match in _joining(self._words.language).finditer(text, begins, end):
                if _inside(match.start(), whole):
                    continue
                if text[start : match.start()].strip():
                    yield _Piece(start, match.start(), sentence)
                start = match.end()
            if text[start:end].strip():
                yield _Piece(start, end, sentence)
            begins = end


def _completes(one: Want, other: Want) -> bool:
    """Return whether what goes on with a deed tells it what it lacks: 'Engrave it, please: "For Anna".'"""
    mine, theirs = one.readings[0], other.readings[0]
    return mine.action == theirs.action and not set(mine.slots) & set(theirs.slots)


def _merged(one: Want, other: Want) -> Want:
    first, second = one.readings[0], other.readings[0]
    return Want((replace(first, slots={**first.slots, **second.slots}), *one.readings[1:]))


def _inside(at: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in taken)


@lru_cache(maxsize=8)
def _joining(language: Language) -> re.Pattern[str]:
    return pack(language).words.pattern(pack(language).deeds["joining"]) if not pack(language).spaced else re.compile(
        "|".join(
            rf"(?<![\w']){re.escape(one)}(?!\w)" if one[0].isalpha() else rf"\s*{re.escape(one)}\s*"
            for one in sorted(pack(language).deeds["joining"], key=len, reverse=True)
        )
    )


@lru_cache(maxsize=8)
def _leads(language: Language) -> re.Pattern[str]:
    """Return what may stand before the name of whom a question is about: can, does, will."""
    words = pack(language).words
    listed = "|".join(map(re.escape, words.yes_no)) or "(?!)"
    return re.compile(rf"(?:(?:and|so|but|well|then|hey|ok|okay)\s+)?(?:{listed})" if words.spaced else rf"(?:{listed})")

