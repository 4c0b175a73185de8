"""Which of several things somebody means: by name or kind, within bounds, the cheapest, the second, that one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand.measures import Bound, Compared, Measures, measures_of
from npc_engine.dialogue.wants import Limit, Rank, Selection
from npc_engine.lang import LanguagePack, pack
from npc_engine.lang.numerals import Numeral
from npc_engine.text import Language, fold
from npc_engine.world.names import Mention

KIND_OF = "kind_of"
"""The relation that says what kind of thing something is."""
BEGUN = 4
"""Letters of a name's word from which its beginning stands for it: the long one is the longsword."""
_TIMES = ("x", "*", "×")
"""Marks before how many of something are wanted."""
_LEADS = 8
"""Characters of words that may stand between a number and what it counts."""


@dataclass(frozen=True)
class Words:
    """A folded text as it is looked through for what is meant: its names, numbers, comparisons, quotations."""

    text: str
    original: str
    language: Language
    mentions: tuple[Mention, ...]
    numbers: tuple[Numeral, ...]
    compared: tuple[Compared, ...]
    bounds: tuple[Bound, ...]
    quoted: tuple[tuple[int, int, str], ...]
    measures: Measures
    described: tuple[tuple[int, int], ...] = ()
    """Words of names that stand for what has them: the wooden one, 火的."""
    whole: str = ""
    """The text that it is a stretch of."""
    before: tuple[Mention, ...] = ()
    """What is named before the stretch, where this is one."""

    @property
    def pack(self) -> LanguagePack:
        """The language it is in."""
        return pack(self.language)

    def within(self, start: int, end: int) -> Words:
        """Return what of it stands in a stretch; places are still those of the whole."""

        def inside(one: Mention | Numeral | Compared | Bound) -> bool:
            return start <= one.start and one.end <= end

        return Words(
            self.text[:end],
            self.original,
            self.language,
            tuple(filter(inside, self.mentions)),
            tuple(filter(inside, self.numbers)),
            tuple(filter(inside, self.compared)),
            tuple(filter(inside, self.bounds)),
            tuple(one for one in self.quoted if start <= one[0] and one[1] <= end),
            self.measures,
            tuple(one for one in self.described if start <= one[0] and one[1] <= end),
            self.whole or self.text,
            tuple(one for one in self.mentions if one.end <= start),
        )

    def only_counts(self, number: Numeral) -> bool:
        """Return whether a number is none that is bid: a couple, one, three men."""
        few = self.text[number.start : number.end] in self.pack.deeds.few
        if number.value == 1 or few:
            return True
        if self.measures.unit_after(self.text, number.end):
            return False
        return bool(pack(self.language).deeds.finds("of_things").match(self.text, number.end))

    def has(self, listed: str, start: int = 0) -> bool:
        """Return whether any of the words of a list stands in it from a place on."""
        return bool(_listed(self.language, listed).search(self.text, start))


def look_through(text: str, context: Context, language: Language) -> Words:
    """Return what stands in a text; it must be as long folded as it was."""
    folded = even(text)
    speech, measures = pack(language), measures_of(context.world, language)
    quoted = _quoted(text, speech)
    taken = [(start, end) for start, end, _ in quoted]
    mentions = tuple(
        one
        for one in context.names.find(text, misspelt=True)
        if not _over(one.start, one.end, taken) and (one.exact or not _is_little(folded[one.start : one.end], language))
    )
    named = [(m.start, m.end) for m in mentions]
    numbers = [n for n in speech.numerals(folded) if not _over(n.start, n.end, [*taken, *named])]
    none = [match.span() for match in re.finditer(speech.deeds.no_comparing, folded)]
    compared = tuple(one for one in measures.compared(folded) if not _over(one.start, one.end, [*taken, *named, *none]))
    parts = _parts(context, language).finditer(folded)
    described = tuple(one.span(1) for one in parts if not _over(*one.span(1), [*taken, *named]))
    bounds = tuple(measures.bounds(folded, numbers))
    return Words(folded, text, language, mentions, tuple(numbers), compared, bounds, quoted, measures, described)


def _parts(context: Context, language: Language) -> re.Pattern[str]:
    """Return what finds a part of some thing's name before what stands for the thing: the wooden one, 火的."""
    return context.world.derived.get((_parts, language), lambda: _parts_of_names(context, language))


def _parts_of_names(context: Context, language: Language) -> re.Pattern[str]:
    speech = pack(language)
    things = [one for one in context.world.entities.values() if one.kind in ("thing", "idea")]
    names = [fold(name) for one in things for name in (one.names.get(language), *one.aliases.get(language, ())) if name]
    little = set(speech.deeds.frame.split()) | speech.stop_words
    words = {part for name in names for part in speech.tokens(name) if part not in little}
    if speech.spaced:
        words |= {part[:at] for part in words for at in range(BEGUN, len(part) - 2)}
        listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        return re.compile(rf"\b({listed or '(?!)'})(?=\s(?:ones?|kind)\b)")
    listed = "".join(map(re.escape, sorted(words)))
    return re.compile(rf"([{listed}]{{1,3}})(?=的)" if listed else "((?!))")


def _is_little(word: str, language: Language) -> bool:
    """Return whether a word is one that any request may have, and no name misspelt: 'wanna' is not Anna."""
    return word in _little(language)


@lru_cache(maxsize=8)
def _little(language: Language) -> frozenset[str]:
    return frozenset(pack(language).deeds.frame.split())


def even(text: str) -> str:
    """Return a text folded, with plain apostrophes, and as long as it was."""
    folded = fold(text)
    return (folded if len(folded) == len(text) else text.lower()).replace("’", "'").replace("您", "你")


def selection(words: Words, named: Sequence[Mention], start: int, context: Context) -> Selection:
    """Return what is picked out in a stretch from `start` on by the names and comparisons that stand in it."""
    folded = words.text
    rank, limits = _ranked(words, named)
    limits += tuple(
        Limit(predicate, least=one.value if one.least else None, most=None if one.least else one.value)
        for one in words.bounds
        if (predicate := one.predicate or next(iter(words.measures.predicates), None))
    )
    if any(limit.beside for limit in limits):
        named = [one for one in named if one.entity not in {limit.beside for limit in limits}]
    return Selection(
        named=tuple(dict.fromkeys(one.entity for one in named)),
        limits=limits,
        rank=rank,
        ordinal=next((at for at in (1, 2, 3, -1) if _ordinal(words.language, at).search(folded, start)), None),
        back=words.has("back", start),
        other=words.has("other", start),
        every=words.has("plural", start) or (len({one.entity for one in named}) > 1 and not words.has("either", start)),
        said=_describing(words, named, start),
        near=words.before[-1].entity if words.before else None,
    )


def measures(words: Words, start: int) -> list[tuple[int, int]]:
    """Return where words stand behind a number that tell what is counted: bottles of, 瓶."""
    found = (_measured(words.language).match(words.text, n.end) for n in words.numbers if n.start >= start)
    return [one.span() for one in found if one]


def spans(found: Iterable[Mention | Numeral | Compared | Bound]) -> list[tuple[int, int]]:
    """Return where what was found in a text stands."""
    return [(one.start, one.end) for one in found]


def _describing(words: Words, named: Sequence[Mention], start: int) -> frozenset[str]:
    """Return the words of a stretch that may say which of several is meant: neither names nor what any request has."""
    bare = list(words.text)
    for begin, end in [*spans(named), *spans(words.numbers), *spans(words.compared)]:
        bare[begin:end] = " " * (end - begin)
    left = "".join(bare[start:])
    for pattern in _of_any_request(words.language):
        left = pattern.sub(" ", left)
    return frozenset(words.pack.tokens(left))


@lru_cache(maxsize=8)
def _of_any_request(language: Language) -> tuple[re.Pattern[str], ...]:
    """Return what finds words that tell nothing of a thing: that it is wanted, and those that any request may have."""
    speech = pack(language)
    asked = [one.replace("#", " ") for one in (*speech.deeds.wanting, *speech.deeds.asking)]
    little = [re.escape(one) for one in sorted(speech.deeds.frame.split(), key=len, reverse=True)]
    return tuple(speech.deeds.pattern(listed, spaced=speech.spaced) for listed in (asked, little))


def ordinals(words: Words, start: int) -> list[tuple[int, int]]:
    """Return where a stretch says which one of several is meant: the first one."""
    return [one.span() for at in (1, 2, 3, -1) for one in _ordinal(words.language, at).finditer(words.text, start)]


def _ranked(words: Words, named: Sequence[Mention]) -> tuple[Rank | None, tuple[Limit, ...]]:
    """Return by what things are ranked, or with which of those named they are compared."""
    for one in words.compared:
        if any(bound.start <= one.start < bound.end for bound in words.bounds):
            continue  # 'cheaper than 300' bounds
        if one.degree == "most":
            return Rank(one.predicate, one.high), ()
        beside = _beside(words, one, named)
        if beside is not None:
            return None, (Limit(one.predicate, beside=beside, more=one.high),)
        if one.degree == "more" or (
            not named and pack(words.language).deeds.finds("singled").match(words.text, one.end)
        ):
            return Rank(one.predicate, one.high, two=True), ()
    return None, ()


def _beside(words: Words, one: Compared, named: Sequence[Mention]) -> str | None:
    """Return with what something is compared: 'cheaper than the bow', 比弓便宜."""
    than = words.pack.deeds.than
    for mention in named:
        before = words.text[: mention.start].rstrip()
        between = (
            words.text[one.end : mention.start] if mention.start > one.end else words.text[mention.end : one.start]
        )
        led = next((word for word in than if re.search(rf"{re.escape(word)}\s*(?:the|a|an|this|that)?$", before)), None)
        if led and len(between) <= _LEADS:
            return mention.entity
    return None


def counted(words: Words, mention: Mention | None, start: int, *, only_counting: bool = False) -> Numeral | None:
    """Return how many of something are wanted: the number before its name; without a name, a number that is free.

    If it is `only_counting`, a number without a name has to be one of so many: 两瓶.
    """
    measured, apart = _measured(words.language), re.compile(words.pack.deeds.not_counting)
    bounding = [(one.start, one.end) for one in words.bounds]
    for number in words.numbers:
        if number.start < start or _over(number.start, number.end, bounding):
            continue
        if words.measures.unit_after(words.text, number.end):
            continue
        if mention is None:
            if not only_counting or measured.match(words.text, number.end):
                return number
            continue
        between = words.text[number.end : mention.start] if number.end <= mention.start else None
        if between is not None and len(between) <= 2 * _LEADS and not apart.search(between):
            return number
        after = words.text[mention.end : number.start] if mention.end <= number.start else None
        counts = measured.match(words.text, number.end) or words.text[: number.start].endswith(_TIMES)
        if after is not None and counts and len(after) <= _LEADS:
            return number  # 治疗药水来两瓶
    return None


@lru_cache(maxsize=8)
def _measured(language: Language) -> re.Pattern[str]:
    """Return what finds, behind a number, that it counts: three bottles, 三瓶."""
    speech = pack(language)
    return re.compile(rf"\s*(?:{speech.deeds.measures})" + (r"(?!\w)" if speech.spaced else r"(?!\w*\d)"))


def _quoted(text: str, speech: LanguagePack) -> tuple[tuple[int, int, str], ...]:
    """Return what stands in marks of quotation, with where it stands, marks and all."""
    found: list[tuple[int, int, str]] = []
    for pattern in speech.deeds.quotes:
        for match in re.finditer(pattern, text):
            if not _over(*match.span(), [(start, end) for start, end, _ in found]):
                found.append((*match.span(), match[1].strip()))
    return tuple(sorted(found))


@lru_cache(maxsize=64)
def _listed(language: Language, key: str) -> re.Pattern[str]:
    return pack(language).words.pattern(pack(language).deeds[key])


@lru_cache(maxsize=16)
def _ordinal(language: Language, at: int) -> re.Pattern[str]:
    return pack(language).words.pattern(pack(language).deeds.ordinals.get(at, ()))


def _over(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(begin < end and start < stop for begin, stop in taken)
