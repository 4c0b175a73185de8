"""The pieces of a line between what joins, and what each of them does: name, count, ask, call on somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from npc_engine.acts import acts
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand.asking import Asking, Askings
from npc_engine.dialogue.understand.contract import LabelledStretch
from npc_engine.dialogue.understand.picking import Words, counted, selection
from npc_engine.lang import pack
from npc_engine.text import Language

NOT_TO_DO = frozenset({"forbid"})
"""Acts that ask for a deed to be left, which may be an action too: 'Stop following me.'"""
NAMED_ALONE, COUNTED_OUT = 0.5, 0.3
"""How likely the ear must have it that something is asked for where things are only named, or counted."""
OF_OTHERS, TOLD_SURELY = frozenset({"report", "tell_news"}), 0.6
"""Acts that tell what others did or said, and how sure of them the ear must be."""
COUNTS = 3
"""Characters that may stand between a number and what it counts."""
QUESTION = 0.4
"""How sure the ear must be that something is asked."""
SEVERAL = 3
"""Words that tell something, from which a piece does more than name."""
_SENTENCE = re.compile(r"[.!?;。！？；…]+[\"'”’)]*\s*|\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line between what joins; `sentence` is where its sentence begins and ends."""

    start: int
    end: int
    sentence: tuple[int, int]


class Line:
    """A line in its pieces; what is found of each is kept."""

    def __init__(self, words: Words, context: Context, askings: Askings, heard: Sequence[LabelledStretch]) -> None:
        self.words = words
        self._context = context
        self._askings = askings
        self._heard = heard
        self._asked: dict[Piece, Asking] = {}
        self._stretches: dict[Piece, Words] = {}
        self._ordered: dict[Piece, bool] = {}

    @cached_property
    def unquoted(self) -> str:
        """The text without what stands in marks of quotation."""
        bare = list(self.words.text)
        for start, end, _ in self.words.quoted:
            bare[start:end] = " " * (end - start)
        return "".join(bare)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces, in order."""
        return tuple(self._parted())

    @property
    def whole(self) -> Piece:
        """The line as one piece."""
        return Piece(0, len(self.words.text), (0, len(self.words.text)))

    def within(self, piece: Piece) -> Words:
        """Return what stands in a piece."""
        if piece not in self._stretches:
            self._stretches[piece] = self.words.within(piece.start, piece.end)
        return self._stretches[piece]

    def is_bare(self, piece: Piece) -> bool:
        """Return whether a piece does no more than name or count."""
        asked = self.asking(piece)
        return not (asked.gist.words or asked.qualified or asked.wants or asked.asks)

    def _ranks(self, piece: Piece, words: Words) -> bool:
        """Return whether a piece picks out by what is compared."""
        return bool(words.compared) and selection(words, (), piece.start, self._context).rank is not None

    def _counts(self, piece: Piece, words: Words) -> bool:
        """Return whether a piece counts something."""
        return any(counted(words, one, piece.start, only_counting=True) for one in (*words.mentions, None))

    def _goes_on(self, piece: Piece) -> bool:
        """Return whether a piece adds to what has just been done: 'And two arrows.'"""
        last = self._context.exchanges[-1].line if self._context.exchanges else None
        if last is None or not last.actions or last.speaker != self._context.npc or "?" in self.words.text:
            return False
        return bool(_adding(self.words.language).match(self.words.text)) and piece.sentence[0] == 0

    def _is_list(self, piece: Piece) -> bool:
        """Return whether all that stands in the sentence of a piece is things that are counted, or begged for: 'Two
        daggers, a bow.', 'The hunting bow, please.'"""
        start, end = piece.sentence
        words = self.words.within(start, end)
        begs = bool(_polite(words.language).search(words.text, start)) or any(
            self.asking(one).asks for one in self._in_sentence(piece)
        )
        if not (begs or self._counts(Piece(start, end, piece.sentence), words)):
            return False
        left = self._askings.unlisted(words, start)
        return not left

    def _in_sentence(self, piece: Piece) -> list[Piece]:
        return [one for one in self.pieces if one.sentence == piece.sentence]

    def is_begged(self, piece: Piece) -> bool:
        """Return whether what asks stands apart, or before a name: 'Engrave it, would you?', 'Can Runa come?'"""
        if any(one.asks and not one.gist.words for one in map(self.asking, self._in_sentence(piece))):
            return True
        mention = next(iter(self.within(piece).mentions), None)
        led = self.words.text[piece.start : mention.start].strip() if mention else ""
        return bool(led and _leads(self.words.language).fullmatch(led))

    def asking(self, piece: Piece) -> Asking:
        """Return what a piece asks for."""
        if piece not in self._asked:
            self._asked[piece] = self._askings.asking_in(self.words, piece.start, piece.end)
        return self._asked[piece]

    def of_others(self, piece: Piece, words: Words) -> frozenset[str]:
        """Return that a piece is of what somebody else does, where it begins with their name and no comma follows."""
        lead = self.words.text[piece.start : piece.end]
        if self._calls_another(piece):
            return frozenset({"others"})
        for mention in words.mentions:
            known = self._context.world.entities.get(mention.entity)
            if known is None or known.kind != "person" or mention.entity in (self._context.npc, self._context.speaker):
                continue
            before = lead[: mention.start - piece.start].strip(" ,，")
            after = self.words.text[mention.end : mention.end + 1]
            subject = not before or _leads(self.words.language).fullmatch(before)
            if subject and after not in (",", "，", "!", "！", ":", "："):
                return frozenset({"others"})
        return frozenset()

    def _calls_another(self, piece: Piece) -> bool:
        """Return whether a sentence calls on somebody else by name: 'Rolf, fetch the bow.', 芬恩你去吧."""
        start, end = piece.sentence
        language, text = self.words.language, self.words.text
        for mention in self.words.within(start, end).mentions:
            known = self._context.world.entities.get(mention.entity)
            if known is None or known.kind != "person" or mention.entity in (self._context.npc, self._context.speaker):
                continue
            if not pack(language).deeds.finds("calling").fullmatch(text, start, mention.start):
                continue
            if pack(language).deeds.finds("called_on").match(text, mention.end) and piece.end > mention.end:
                return True
        return False

    def chance(self, piece: Piece) -> float:
        """Return how likely it is by the ear that something is asked to be done in a piece."""
        for stretch in self._heard:
            if stretch.span[0] < piece.end and piece.start < stretch.span[1]:
                chances = {stretch.kind: stretch.confidence, **stretch.others}
                return sum(p for kind, p in chances.items() if acts()[kind].deed or kind in NOT_TO_DO)
        return 0.0

    def has_material(self, piece: Piece) -> bool:
        """Return whether a piece names, counts or compares something."""
        words = self.within(piece)
        named = [one for one in words.mentions if one.entity not in (self._context.npc, self._context.speaker)]
        if named or words.numbers or words.quoted or words.compared or words.described:
            return True
        return words.has("other", piece.start)

    def _parted(self) -> Iterable[Piece]:
        """Yield the parts of the text between what joins; never within a name, a number or a quotation."""
        text = self.words.text
        whole = [(m.start, m.end) for m in self.words.mentions] + [(n.start, n.end) for n in self.words.numbers]
        whole += [(start, end) for start, end, _ in self.words.quoted]
        begins = 0
        ends = [match.span() for match in _SENTENCE.finditer(text) if not _inside(match.start(), whole)]
        for _, end in [*ends, (len(text), len(text))]:
            sentence = (begins, end)
            start = begins
            joins = [match.span() for match in _joining(self.words.language).finditer(text, begins, end)]
            for stop, on in sorted([*joins, *self._between_counts(begins, end)]):
                if _inside(stop, whole) and stop != on:
                    continue
                if text[start:stop].strip():
                    yield Piece(start, stop, sentence)
                start = on
            if text[start:end].strip():
                yield Piece(start, end, sentence)
            begins = end

    def _between_counts(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        """Yield where what is counted ends and the next count begins, with nothing between: 一把长弓四捆箭."""
        mentions = [one for one in self.words.mentions if start <= one.start and one.end <= end]
        ends = {one.end: one for one in mentions}
        for before, number in pairwise(one for one in self.words.numbers if start <= one.start and one.end <= end):
            counts = number.start in ends and before.end <= ends[number.start].start
            if counts and any(number.end <= one.start <= number.end + COUNTS for one in mentions):
                yield number.start, number.start

    def is_ordered(self, piece: Piece) -> bool:
        """Return whether a piece that only names or counts orders what it names: 'Two daggers.', 'And one more.'"""
        if piece not in self._ordered:
            self._ordered[piece] = self._orders(piece, self.asking(piece), self.within(piece))
        return self._ordered[piece]

    def _orders(self, piece: Piece, asked: Asking, words: Words) -> bool:
        if asked.wants or asked.qualified or asked.counts:  # what is put besides may be a price
            return False
        picks = bool(words.mentions) or words.has("other", piece.start) or self._ranks(piece, words)
        picks = (
            picks or bool(words.described) or self._counts(piece, words) or any(map(words.only_counts, words.numbers))
        )
        goes_on = self._goes_on(piece)
        if asked.gist.words:
            return bool(goes_on and picks and len(asked.gist.words) < SEVERAL)
        if not picks:
            return bool(goes_on and words.has("back", piece.start))
        if goes_on or self.chance(piece) >= (COUNTED_OUT if self._counts(piece, words) else NAMED_ALONE):
            return True
        if "?" in self.words.text[piece.start : piece.sentence[1]]:
            return False
        return self._is_list(piece)

    def is_question(self, piece: Piece) -> bool:
        """Return whether the ear hears a question in a piece."""
        heard = (one for one in self._heard if one.span[0] < piece.end and piece.start < one.span[1])
        return any(acts()[one.kind].question and one.confidence >= QUESTION for one in heard)

    def is_told_of_others(self, piece: Piece) -> bool:
        """Return whether the ear hears that what somebody else did or said is told."""
        return any(
            stretch.kind in OF_OTHERS and stretch.confidence >= TOLD_SURELY
            for stretch in self._heard
            if stretch.span[0] < piece.end and piece.start < stretch.span[1]
        )


def _inside(at: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in taken)


@lru_cache(maxsize=8)
def _polite(language: Language) -> re.Pattern[str]:
    """Return what finds that somebody asks politely: please."""
    return pack(language).words.pattern(pack(language).deeds.polite)


@lru_cache(maxsize=8)
def _joining(language: Language) -> re.Pattern[str]:
    return re.compile("|".join(pack(language).deeds.joining) or "(?!)")


@lru_cache(maxsize=8)
def _adding(language: Language) -> re.Pattern[str]:
    """Return what finds that a line adds to one before it."""
    speech = pack(language)
    return re.compile(r"\W*" + speech.deeds.pattern(speech.deeds.adding, spaced=speech.spaced).pattern)


@lru_cache(maxsize=8)
def _leads(language: Language) -> re.Pattern[str]:
    """Return what may stand before the name of whom a question is about: can, does, will."""
    words = pack(language).words
    listed = "|".join(map(re.escape, words.yes_no)) or "(?!)"
    return re.compile(
        rf"(?:(?:and|so|but|well|then|hey|ok|okay)\s+)?(?:{listed})" if words.spaced else rf"(?:{listed})"
    )
