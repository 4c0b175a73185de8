"""What somebody wants done: the actions of the game that a line asks for, each with what it is told.

A line is parted where things are joined. A piece that has words of a deed begins one; those after it that only name or
count go on with it: 'Give me the axe and two ropes.' A deed counts only where nothing makes it no request of the one
who hears it (`qualifiers`), unless the author's own example is qualified so too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from npc_engine.acts import acts
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand.contract import LabelledStretch
from npc_engine.dialogue.understand.deed_words import BIDDING, COUNTED, Asking, Cue, DeedWords
from npc_engine.dialogue.understand.filling_in import fit, suits
from npc_engine.dialogue.understand.picking import Words, counted, look_through, selection
from npc_engine.dialogue.understand.qualifiers import WHOLE, unasked
from npc_engine.dialogue.wants import Pending, Request, Selection, Slot, Want
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
NOT_TO_DO = frozenset({"forbid"})
"""Acts that ask for a deed to be left, which may be an action too: 'Stop following me.'"""
FAINT = 0.22
"""How well words must fit an action for it to be thought of at all."""
READINGS = 3
"""Readings that are kept of one want."""
NAMED_ALONE, COUNTED_OUT = 0.5, 0.3
"""How likely the ear must have it that something is asked for where things are only named, or counted."""
ASKED_FOR = 0.15
"""How likely the ear must have it that something is asked for, for words to be taken at that."""
PLAINLY = 0.75
"""How well words must fit an action that the ear hears nobody ask for."""
UNTOLD, MEANT_SO = 2, 0.6
"""Words beside that somebody wants something, from which it may be something else than to have it, unless the ear has it
so likely that something is asked for."""
OF_OTHERS, TOLD_SURELY = frozenset({"report", "tell_news"}), 0.6
"""Acts that tell what others did or said, and how sure of them the ear must be."""
SEVERAL = 3
"""Words that tell something, from which a piece does more than name."""
_BEHIND = 0.25
"""How much worse than the best a reading may fit and still be kept."""
_SENTENCE = re.compile(r"[.!?;。！？；…]+[\"'”’)]*\s*|\n")


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is wanted done, or only seems so: where it stands, and for which `reasons` it is none.

    It is `bare` where nothing but a name or a number says so.
    """

    start: int
    end: int
    want: Want | None
    reasons: frozenset[str] = frozenset()
    bare: bool = False


def deeds_in(text: str, context: Context, language: Language, heard: Sequence[LabelledStretch]) -> list[Deed]:
    """Return what is wanted done in a text, in order; `heard` is what the ear makes of it."""
    actions = context.actions
    if not actions or not pack(language).words.cues:
        return []
    # Made ready once for a world, and holding the actions: so their id is no others'.
    words = context.world.derived.get((DeedWords, id(actions), language), lambda: DeedWords(context, language))
    return _Reader(look_through(text, context, language), context, words, heard).read()


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


_Cued = tuple[list[Cue], frozenset[str]]
"""What a piece has words for, the likeliest first, and for which reasons it yet asks for nothing."""


class _Reader:
    def __init__(self, words: Words, context: Context, deeds: DeedWords, heard: Sequence[LabelledStretch]) -> None:
        self._words = words
        self._context = context
        self._deeds = deeds
        self._heard = heard
        self._pending = pending_of(context)
        bare = list(words.text)
        for start, end, _ in words.quoted:
            bare[start:end] = " " * (end - start)
        self._unquoted = "".join(bare)

    def read(self) -> list[Deed]:
        """Return every deed, those that go on with one before them too."""
        if self._pending and self._pending.missing is None and self._agrees():
            agreed = Request(self._pending.action, dict(self._pending.values), agreed=True)
            return [Deed(0, len(self._words.text), Want((agreed,)))]
        if self._pending and self._pending.missing is None and self._refuses() and not self._words.mentions:
            return []
        found = self._deeds_of_pieces()
        answer = self._answer() if not any(self._is_another(deed) for deed in found) else None
        return [answer] if answer else _together(found)

    def _deeds_of_pieces(self) -> list[Deed]:
        """Return the deed of each piece that has words for one, or goes on with one, or leads up to one."""
        found: list[Deed] = []
        led: list[_Piece] = []
        before: tuple[_Cued, tuple[int, int]] | None = None
        for piece in self._pieces():
            if led and led[0].sentence != piece.sentence:
                led = []
            cued, material = self._cued(piece), self._has_material(piece)
            if found and before and material and self._is_bare(piece) and _waits(found[-1]):
                found.append(self._deed(piece, (before[0][0][:1], before[0][1])))  # 'I need a bow. The long one.'
                continue
            if cued[0] and not material and before and before[1] == piece.sentence and self._adds_nothing(piece):
                continue  # '… and I'm in', '…, please'
            if cued[0]:
                before = cued, piece.sentence
                if led and not material:  # 戒指，卖给你了
                    piece = _Piece(led.pop(0).start, piece.end, piece.sentence)
                found += [self._deed(one, cued) for one in (*led, piece)]
                led = []
            elif material and before and before[1] == piece.sentence:
                found.append(self._deed(piece, (before[0][0][:1], before[0][1])))
            elif material and not self._asking(piece).gist.words and not self._asking(piece).qualified:
                led.append(piece)
            elif any(deed.want for deed in found) and self._takes_back(piece):
                found = [replace(deed, want=None, reasons=frozenset({"negated"})) for deed in found]
        return found

    def _is_bare(self, piece: _Piece) -> bool:
        """Return whether a piece does no more than name or count."""
        asked = self._asking(piece)
        return not (asked.gist.words or asked.qualified or asked.wants or asked.asks)

    def _adds_nothing(self, piece: _Piece) -> bool:
        """Return whether a piece says no more than that something is wanted."""
        return not self._asking(piece).gist.words

    def _takes_back(self, piece: _Piece) -> bool:
        """Return whether a piece takes back what was asked for: 'Actually no.'"""
        said = self._words.text[piece.start : piece.end].strip()
        return any(said.endswith(one) for one in pack(self._words.language).deeds.dropping)

    # -- what the NPC asked ------------------------------------------------------------------------

    def _is_another(self, deed: Deed) -> bool:
        """Return whether a deed is another than the one that the NPC has asked about."""
        best = deed.want.readings[0] if deed.want else None
        if best is None or self._pending is None or deed.bare:
            return False
        return best.action != self._pending.action and best.fits > ELSE

    def _answer(self) -> Deed | None:
        """Return the deed that the NPC has asked about, with what the line tells of it; None where that is nothing."""
        pending, text = self._pending, self._words.text
        definition = self._deeds.actions.get(pending.action) if pending else None
        if pending is None or definition is None or pending.missing is None:
            return None
        param = next(one for one in definition.params if one.id == pending.missing)
        put = text.rstrip().endswith(("?", "？"))
        if param.type != "text" and (unasked(text, self._words.language) - {"negated", "asks"} or put):
            return None
        request = fit(definition, 1.0, self._words, 0, self._context, pending.missing)
        if param.type == "text" and not self._words.quoted and (self._evades() or put):
            return None
        if param.type == "text" and param.id not in request.slots:
            request = replace(request, slots={**request.slots, param.id: self._words.original.strip(" .。")})
        slot = request.slots.get(pending.missing)
        if slot is None or (isinstance(slot, Selection) and not slot.named and not self._tells(slot, pending)):
            return None
        told = {name: one for name, one in request.slots.items() if name == pending.missing or not _is_open(one)}
        return Deed(0, len(text), Want((replace(request, slots={**pending.values, **told}),)))

    def _evades(self) -> bool:
        """Return whether a line puts off what it is asked for, or is no words to be written anywhere."""
        language = self._words.language
        whole = _Piece(0, len(self._words.text), (0, len(self._words.text)))
        asked = self._asking(whole)
        if self._agrees():
            return True
        return self._refuses() or bool(asked.qualified & {"hedged", "asks", "later", "talk", "negated", "conditional"})

    def _agrees(self) -> bool:
        """Return whether a line says yes, and nothing against it."""
        language = self._words.language
        if unasked(self._words.text, language) & {"negated", "later"} or "?" in self._words.text or self._refuses():
            return False
        deeds, cues = pack(language).deeds, pack(language).words.cues
        yes = {*deeds.going_on, *cues["acknowledge"]} - {*deeds.dropping}
        words = pack(language).words
        left, said = words.pattern(yes).subn(" ", self._words.text)
        if not said:
            return False
        left = words.pattern({*deeds.polite, *cues["thank"]}).sub(" ", left)
        whole = _Piece(0, len(self._words.text), (0, len(self._words.text)))
        if not self._deeds.tells(left) and not self._words.mentions:
            return True
        likely = self._deeds.cues(self._asking(whole), self._words.text)
        return bool(likely) and self._pending is not None and likely[0].action == self._pending.action

    def _refuses(self) -> bool:
        """Return whether a line begins with a no."""
        return bool(_no(self._words.language).match(self._words.text))

    def _tells(self, slot: Selection, pending: Pending) -> bool:
        """Return whether words that name nothing tell which of those in question is meant."""
        speech, entities = pack(self._words.language), self._context.world.entities
        names = (entities[one].names.get(speech.code, "") for one in pending.among if one in entities)
        known = frozenset(token for name in names for token in speech.tokens(name.lower())) - speech.stop_words
        return not slot.is_open or slot.back or slot.every or bool(slot.said & known)

    # -- one piece ---------------------------------------------------------------------------------

    def _deed(self, piece: _Piece, cued: _Cued) -> Deed:
        cues, reasons = cued
        readings = self._readings(piece, cues)
        kept = tuple(one for one in readings[:READINGS] if one.fits >= readings[0].fits - _BEHIND)
        want = None if reasons else Want(kept, self._is_unsure(piece, cues, kept[0]))
        return Deed(piece.start, piece.end, want, reasons, self._is_bare(piece))

    def _is_unsure(self, piece: _Piece, cues: Sequence[Cue], best: Request) -> bool:
        """Return whether a piece may as well ask for nothing: then the hearer asks whether they shall."""
        asked, likely = self._asking(piece), self._deed_chance(piece) >= ASKED_FOR
        cue = next((one for one in cues if one.action == best.action), None)
        if cue is None:
            return False
        whole = self._words.text[piece.sentence[0] : piece.sentence[1]]
        ends = any(whole.rstrip(" ?？!！.。").endswith(one.said) for one in asked.senses)
        whether = ends and bool(_whether(self._words.language).search(whole.rstrip()))
        if self._is_ordered(piece, asked, self._words.within(piece.start, piece.end)):
            return False
        if asked.wants or asked.asks or self._is_begged(piece):
            if not cue.own and not self._deeds.are_known(asked.senses):
                return True  # 'Could you put one aside for me?'
            return not cue.own and len(asked.gist.words) >= UNTOLD and self._deed_chance(piece) < MEANT_SO
        if cue.bid:
            return not likely and not any(one.name == BIDDING for one in asked.senses)
        if likely or self._is_bare(piece):
            return False
        return cue.fits < PLAINLY or whether or self._is_told_of_others(piece)

    def _is_begged(self, piece: _Piece) -> bool:
        """Return whether what asks stands apart, or before a name: 'Engrave it, would you?', 'Can Runa come?'"""
        if any(one.asks and not one.gist.words for one in map(self._asking, self._in_sentence(piece))):
            return True
        mention = next(iter(self._words.within(piece.start, piece.end).mentions), None)
        led = self._words.text[piece.start : mention.start].strip() if mention else ""
        return bool(led and _leads(self._words.language).fullmatch(led))

    def _is_told_of_others(self, piece: _Piece) -> bool:
        """Return whether the ear hears that what somebody else did or said is told."""
        return any(
            stretch.kind in OF_OTHERS and stretch.confidence >= TOLD_SURELY
            for stretch in self._heard
            if stretch.span[0] < piece.end and piece.start < stretch.span[1]
        )

    def _readings(self, piece: _Piece, cues: Sequence[Cue]) -> list[Request]:
        words = self._words.within(piece.start, piece.end)
        actions = self._deeds.actions
        readings = [
            replace(fit(actions[cue.action], cue.fits, words, piece.start, self._context), bid=cue.bid) for cue in cues
        ]
        return sorted(readings, key=lambda one: -one.fits)

    def _cued(self, piece: _Piece) -> _Cued:
        words, asked = self._words.within(piece.start, piece.end), self._asking(piece)
        if self._is_ordered(piece, asked, words):
            asked = replace(asked, wants=True)
        if not asked.wants and not self._has_material(piece) and not words.has("back", piece.start):
            asked = replace(asked, asks=asked.asks and bool(asked.gist.words))  # 'please'
        folded = self._words.text[piece.start : piece.end]
        cues = [cue for cue in self._deeds.cues(asked, folded) if cue.fits >= FAINT]
        if asked.wants or (asked.asks and self._deed_chance(piece) >= NAMED_ALONE):
            cues += self._deeds.given(one.entity for one in words.mentions)
        if asked.wants:
            cues += [cue for cue in self._by_what_is_named(words) if cue.fits > _of(cue.action, cues)]
        if not cues:
            return [], frozenset()
        whole = self._unquoted[piece.sentence[0] : piece.sentence[1]]
        qualified = asked.qualified | (unasked(whole, self._words.language) & WHOLE) | self._of_others(piece, words)
        needed = self._needed(piece, asked)
        told: dict[str, float] = {}
        for one in self._readings(piece, cues):
            told.setdefault(one.action, one.fits)
        cues = [cue for cue in cues if self._deed_chance(piece) >= cue.needs]
        likely = sorted((cue for cue in cues if told[cue.action] >= needed), key=lambda cue: -told[cue.action])
        if not likely:
            return [], frozenset()
        free = [cue for cue in likely if not qualified - cue.qualified]
        if free and told[free[0].action] >= told[likely[0].action] - _BEHIND:
            return free, frozenset()
        return likely, qualified - likely[0].qualified

    def _is_ordered(self, piece: _Piece, asked: Asking, words: Words) -> bool:
        """Return whether a piece that only names or counts orders what it names: 'Two daggers.', 'And one more.'"""
        if asked.wants or asked.qualified:
            return False
        picks = words.mentions or words.has("other", piece.start) or self._ranks(piece, words)
        picks = picks or words.described or self._counts(piece, words) or any(map(words.only_counts, words.numbers))
        goes_on = self._goes_on(piece)
        if asked.gist.words:
            return bool(goes_on and picks and len(asked.gist.words) < SEVERAL)
        if not picks:
            return bool(goes_on and words.has("back", piece.start))
        if goes_on or self._deed_chance(piece) >= (COUNTED_OUT if self._counts(piece, words) else NAMED_ALONE):
            return True
        if "?" in self._words.text[piece.start : piece.sentence[1]]:
            return False
        return self._is_list(piece)

    def _ranks(self, piece: _Piece, words: Words) -> bool:
        """Return whether a piece picks out by what is compared."""
        return bool(words.compared) and selection(words, (), piece.start, self._context).rank is not None

    def _counts(self, piece: _Piece, words: Words) -> bool:
        """Return whether a piece counts something."""
        return any(counted(words, one, piece.start, only_counting=True) for one in (*words.mentions, None))

    def _goes_on(self, piece: _Piece) -> bool:
        """Return whether a piece adds to what has just been done: 'And two arrows.'"""
        last = self._context.exchanges[-1].line if self._context.exchanges else None
        if last is None or not last.actions or last.speaker != self._context.npc or "?" in self._words.text:
            return False
        return bool(_adding(self._words.language).match(self._words.text)) and piece.sentence[0] == 0

    def _is_list(self, piece: _Piece) -> bool:
        """Return whether all that stands in the sentence of a piece is things that are counted, or begged for: 'Two
        daggers, a bow.', 'The hunting bow, please.'"""
        start, end = piece.sentence
        words = self._words.within(start, end)
        polite = pack(words.language).words.pattern(pack(words.language).deeds.polite)
        begs = bool(polite.search(words.text, start)) or any(self._asking(one).asks for one in self._in_sentence(piece))
        if not (begs or self._counts(_Piece(start, end, piece.sentence), words)):
            return False
        left = self._deeds.unlisted(words, start)
        return not left

    def _in_sentence(self, piece: _Piece) -> list[_Piece]:
        return [one for one in self._pieces() if one.sentence == piece.sentence]

    def _by_what_is_named(self, words: Words) -> Iterable[Cue]:
        """Yield the actions that are told all they need by what a piece names, a person among it."""
        others = [m for m in words.mentions if m.entity not in (self._context.npc, self._context.speaker)]
        for action in self._deeds.actions.values():
            needed = [param for param in action.params if param.is_needed and param.names_something]
            if not any(param.type == "person" for param in needed):
                continue
            if all(any(suits(one.entity, param, self._context) for one in others) for param in needed):
                yield Cue(action.id, COUNTED, frozenset(), own=True)

    def _asking(self, piece: _Piece) -> Asking:
        return self._deeds.asking_in(self._words, piece.start, piece.end)

    def _of_others(self, piece: _Piece, words: Words) -> frozenset[str]:
        """Return that a piece is of what somebody else does, where it begins with their name and no comma follows."""
        lead = self._words.text[piece.start : piece.end]
        if self._calls_another(piece):
            return frozenset({"others"})
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

    def _calls_another(self, piece: _Piece) -> bool:
        """Return whether a sentence calls on somebody else by name: 'Rolf, fetch the bow.', 芬恩你去吧."""
        start, end = piece.sentence
        language, text = self._words.language, self._words.text
        for mention in self._words.within(start, end).mentions:
            known = self._context.world.entities.get(mention.entity)
            if known is None or known.kind != "person" or mention.entity in (self._context.npc, self._context.speaker):
                continue
            if not _calling(language).fullmatch(text, start, mention.start):
                continue
            if _called_on(language).match(text, mention.end) and piece.end > mention.end:
                return True
        return False

    def _needed(self, piece: _Piece, asked: Asking) -> float:
        """Return how well words must fit for a deed to be heard in a piece, by what the ear hears there."""
        if self._deed_chance(piece) >= 1 - SURE:
            return LIKELY
        for stretch in self._heard:
            if stretch.span[0] < piece.end and piece.start < stretch.span[1]:
                if asked.wants or asked.asks or acts()[stretch.kind].light or stretch.confidence < SURE:
                    return ELSE
                return AGAINST
        return ELSE

    def _deed_chance(self, piece: _Piece) -> float:
        """Return how likely it is by the ear that something is asked to be done in a piece."""
        for stretch in self._heard:
            if stretch.span[0] < piece.end and piece.start < stretch.span[1]:
                chances = {stretch.kind: stretch.confidence, **stretch.others}
                return sum(p for kind, p in chances.items() if acts()[kind].deed or kind in NOT_TO_DO)
        return 0.0

    def _has_material(self, piece: _Piece) -> bool:
        """Return whether a piece names, counts or compares something."""
        words = self._words.within(piece.start, piece.end)
        named = [one for one in words.mentions if one.entity not in (self._context.npc, self._context.speaker)]
        if named or words.numbers or words.quoted or words.compared or words.described:
            return True
        return words.has("other", piece.start)

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


def _waits(deed: Deed) -> bool:
    """Return whether nothing says which thing a deed is about."""
    slots = deed.want.readings[0].slots.values() if deed.want else ()
    return any(isinstance(slot, Selection) and slot.is_open for slot in slots)


def _of(action: str, cues: Iterable[Cue]) -> float:
    """Return how well the words fit an action by the cues there are."""
    return max((cue.fits for cue in cues if cue.action == action), default=0.0)


def _together(found: Sequence[Deed]) -> list[Deed]:
    """Return deeds, those put together of which the one only says more of the other."""
    kept: list[Deed] = []
    for deed in found:
        last = kept[-1] if kept else None
        merged = _merged(last.want, deed.want) if last and last.want and deed.want else None
        if last and last.bare and not deed.bare and not merged and last.want and deed.want:
            merged = _led(last.want, deed.want)
        if last and merged:
            kept[-1] = Deed(last.start, deed.end, merged, last.reasons | deed.reasons)
        else:
            kept.append(deed)
    return kept


def _merged(one: Want, other: Want) -> Want | None:
    """Return two wants as one: 'Engrave it: "For Anna".', 'I'd like a bow, the cheapest.' None where they are two."""
    first, second = one.readings[0], other.readings[0]
    if first.action != second.action:
        return None
    slots = dict(first.slots)
    for name, slot in second.slots.items():
        before = slots.get(name)
        if before is None or _is_open(before):
            slots[name] = slot
        elif slot == before:
            continue
        elif isinstance(slot, Selection) and isinstance(before, Selection) and slot.back and slot.named == before.named:
            if first.slots.keys() & second.slots.keys() != {name}:
                return None
        elif isinstance(slot, Selection) and isinstance(before, Selection) and not slot.named and not slot.other:
            if not slot.is_open:
                slots[name] = replace(slot, named=before.named, said=before.said | slot.said)
            elif slot.back and not set(second.slots) - {name}:
                return None
        else:
            return None
    return Want((replace(first, slots=slots), *one.readings[1:]), one.unsure and other.unsure)


def _led(one: Want, other: Want) -> Want | None:
    """Return a want of which what is to be done it with was named before: 'Two potions, send them to the inn.'"""
    first, second = one.readings[0], other.readings[0]
    shared = [n for n, slot in second.slots.items() if isinstance(slot, Selection) and slot.back and n in first.slots]
    if not shared:
        return None
    told = {n: slot for n, slot in first.slots.items() if n in shared or n not in second.slots}
    return replace(other, readings=tuple(replace(one, slots={**one.slots, **told}) for one in other.readings))


def _is_open(slot: Slot) -> bool:
    return isinstance(slot, Selection) and slot.is_open and not slot.every


def _inside(at: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in taken)


@lru_cache(maxsize=8)
def _no(language: Language) -> re.Pattern[str]:
    """Return what finds that a line begins with a no."""
    words = pack(language).words
    behind = "" if words.spaced else r"(?=\W|[了啦吧]|$)"
    return re.compile(rf"\W*(?:(?:{words.pattern(pack(language).deeds.dropping).pattern})\s*)+{behind}")


@lru_cache(maxsize=8)
def _joining(language: Language) -> re.Pattern[str]:
    return re.compile("|".join(pack(language).deeds.joining) or "(?!)")


@lru_cache(maxsize=8)
def _whether(language: Language) -> re.Pattern[str]:
    """Return what finds that a sentence asks whether something is so."""
    return re.compile(pack(language).deeds.whether)


@lru_cache(maxsize=8)
def _adding(language: Language) -> re.Pattern[str]:
    """Return what finds that a line adds to one before it."""
    speech = pack(language)
    return re.compile(r"\W*" + speech.deeds.pattern(speech.deeds.adding, spaced=speech.spaced).pattern)


@lru_cache(maxsize=8)
def _calling(language: Language) -> re.Pattern[str]:
    """Return what may stand before the name of somebody who is called on."""
    return re.compile(pack(language).deeds.calling)


@lru_cache(maxsize=8)
def _called_on(language: Language) -> re.Pattern[str]:
    """Return what stands behind it."""
    return re.compile(pack(language).deeds.called_on)


@lru_cache(maxsize=8)
def _leads(language: Language) -> re.Pattern[str]:
    """Return what may stand before the name of whom a question is about: can, does, will."""
    words = pack(language).words
    listed = "|".join(map(re.escape, words.yes_no)) or "(?!)"
    return re.compile(
        rf"(?:(?:and|so|but|well|then|hey|ok|okay)\s+)?(?:{listed})" if words.spaced else rf"(?:{listed})"
    )
