"""From words to the things and relations of a world: the spans a question is read from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from npc_engine.dialogue.query import Term
from npc_engine.dialogue.scene import LATELY, Context
from npc_engine.dialogue.understand.rules.lexicon import Cue, Lexicon, Meaning
from npc_engine.lang import LanguagePack, registry
from npc_engine.lang.retelling import is_mine, theirs_meant
from npc_engine.lang.writing_system import HAN
from npc_engine.text import Language, fold, is_han, words
from npc_engine.world.names import Mention

_OWNING = re.compile(r"(?:his|her|their) (?!to\b|in\b|at\b|and\b|or\b|then\b|too\b|now\b|much\b|well\b)\w")
"""Where a pronoun says whose the word after it is."""
_PIECE = re.compile(rf"[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*|[{HAN}、,，]")


Named = tuple[list[Mention], list[Mention]]
"""What bears a name in a text, and all that is named there, pronouns too."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: something named (`term`), a cue to relations (`meanings`), or a word of some `word_classes`.

    `owner` tells that it is said to have what follows: 'Mira's', 'her'.
    """

    start: int
    end: int
    text: str
    term: Term | None = None
    meanings: tuple[Meaning, ...] = ()
    word_classes: frozenset[str] = frozenset()
    owner: bool = False

    @property
    def predicates(self) -> tuple[str, ...]:
        """The relations that may be meant, the strongest first, values of theirs left aside."""
        ranked = sorted((m for m in self.meanings if m.value is None), key=lambda meaning: -meaning.weight)
        return tuple(meaning.predicate for meaning in ranked)


def spans(text: str, lexicon: Lexicon, mentions: Iterable[Mention], language: Language) -> list[Span]:
    """Return a text as spans, in order; what is only a form of asking ('do you know') is left out."""
    plain = without_framing(fold(text) if len(fold(text)) == len(text) else text.lower(), language)
    reader = _Reader(plain, language)
    things = [reader.thing(mention, text) for mention in mentions if plain[mention.start : mention.end].strip()]
    whole = [match.span() for one in reader.packs for match in one.words.whole_pattern.finditer(plain)]
    cues = lexicon.find(plain, language, [*((thing.start, thing.end) for thing in things), *whole])
    found = [*things, *(reader.cue(cue) for cue in cues)]
    found += reader.words([(span.start, span.end) for span in found])
    return sorted(found, key=lambda span: span.start)


def mentions_of(text: str, context: Context, lexicon: Lexicon, language: Language) -> Named:
    """Return what is named in a text, and with it what its pronouns mean."""
    named = names_in(text, context, lexicon, language)
    return named, sorted([*named, *pronouns_in(text, language, context, named)], key=lambda mention: mention.start)


def names_in(text: str, context: Context, lexicon: Lexicon, language: Language) -> list[Mention]:
    """Return what bears a name in a text, misspelt too where that is no word of the world's relations.

    A word that the NPC said lately is no name misspelt. Whom the speaker calls theirs is nobody of the world: 'my cat'
    is not the inn's.
    """
    folded, speech = fold(text), registry().packs[language]

    def is_other_word(mention: Mention) -> bool:
        word = folded[mention.start : mention.end]
        said = (each for exchange in context.exchanges[-LATELY:] for each in words(fold(exchange.line.text)))
        return lexicon.knows(word, language) or speech.stem(word) in map(speech.stem, said)

    return [
        mention
        for mention in context.names.find(text, misspelt=True)
        if (mention.exact or not is_other_word(mention))
        and not (
            context.world.entities[mention.entity].pronoun in speech.words.gender
            and is_mine(folded, mention.start, mention.end, speech)
        )
    ]


class _Reader:
    """Reads the words of a folded text in a language, and of any other that is written otherwise."""

    def __init__(self, plain: str, language: Language) -> None:
        self._plain = plain
        self.packs = registry().alongside(language)
        self._spaced = registry().by_script(language, spaced=True)
        self._unspaced = registry().by_script(language, spaced=False)

    def thing(self, mention: Mention, text: str) -> Span:
        """Return something that is named."""
        surface = text[mention.start : mention.end]
        own = self._plain[mention.start : mention.end]
        said = self._spaced.bare(surface) if self._spaced else surface
        owner = said != surface or self._plain[mention.end : mention.end + 1] in ("'", "’")
        owner = owner or any(own in one.words.grammar.get("having", ()) for one in self.packs)
        return Span(mention.start, mention.end, own, Term(said, mention.entity), owner=owner)

    def cue(self, cue: Cue) -> Span:
        """Return words that signal relations."""
        owner = bool(self._spaced and self._spaced.owns(cue.text))
        classes = self._word_classes(cue.text)
        return Span(cue.start, cue.end, cue.text, meanings=cue.meanings, owner=owner, word_classes=classes)

    def words(self, taken: list[tuple[int, int]]) -> list[Span]:
        """Return the words outside the stretches that are taken."""
        plain = self._plain
        found: list[Span] = []
        position = 0
        for match in _PIECE.finditer(plain):
            start, end = match.span()
            if start < position or any(begin < end and start < stop for begin, stop in taken):
                continue
            piece = match.group()
            if is_han(piece[0]):
                room = min([begin for begin, _ in taken if begin > start] or [len(plain)])
                for length in (4, 3, 2):
                    longer = plain[start : min(start + length, room)]
                    if len(longer) == length and self._word_classes(longer):
                        piece, end = longer, start + length
                        break
            found.append(Span(start, end, piece, word_classes=self._word_classes(piece)))
            position = end
        return found

    def _word_classes(self, piece: str) -> frozenset[str]:
        reading = self._unspaced if is_han(piece[0]) or piece == "、" else self._spaced
        return reading.words.word_classes.get(piece.replace("’", "'"), frozenset()) if reading else frozenset()


def without_framing(text: str, language: Language) -> str:
    """Return a folded text with what only frames a question blanked out, each letter by a space."""
    for one in registry().alongside(language):
        for match in one.words.framing_pattern.finditer(text):
            text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    return text


def without_names(text: str, context: Context) -> str:
    """Return a text without what it names."""
    for mention in reversed(context.names.find(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return text


def pronouns_in(text: str, language: Language, context: Context, named: Sequence[Mention]) -> list[Mention]:
    """Return whom pronouns mean: the two who talk, or who was last spoken of."""
    found: list[Mention] = []
    folded = fold(text)
    for speech in _speaking(language):
        for person, forms in speech.words.pronouns.items():
            for form in sorted(forms, key=len, reverse=True):
                at = speech.pronoun_at(form, folded)
                if at is None or any(mention.start <= at < mention.end for mention in (*named, *found)):
                    continue
                behind = at + len(form) + len(speech.words.gap)
                if person not in ("i", "you") and any(mention.start == behind for mention in named):
                    continue  # 'his ale': it is the ale that is meant
                since = max((mention.end for mention in named if mention.end <= at), default=0)
                if theirs_meant(person, text[since:at], speech):
                    continue  # 'My sister writes. She is a vet.'
                entity = {"i": context.speaker, "you": context.npc}.get(person) or _last(person, context, speech)
                if entity:
                    found.append(Mention(entity, at, at + len(form), exact=False))
                    break
    return found


def _speaking(language: Language) -> tuple[LanguagePack, ...]:
    """Return whose pronouns a text may have: its own language's, and those that are words with spaces."""
    known = registry()
    spaced = known.by_script(language, spaced=True)
    return tuple(dict.fromkeys(one for one in (known.packs[language], spaced) if one))


def _last(pronoun: str, context: Context, speech: LanguagePack) -> str | None:
    """Return who or what a third-person pronoun most likely means: who was spoken of last, in this line or before.

    Nobody whom the world knows, where that is one of the speaker's own.
    """
    for candidate in _spoken_of(context, lambda said: bool(theirs_meant(pronoun, said, speech))):
        entity = context.world.entities.get(candidate)
        if entity is None or candidate in (context.npc, context.speaker):
            continue
        if pronoun == "there":
            if entity.kind == "place":
                return candidate
        elif entity.pronoun == pronoun and (pronoun != "it" or entity.kind != "person"):
            return candidate
    return None


def _spoken_of(context: Context, ends: Callable[[str], bool]) -> Iterator[str]:
    """Yield what was spoken of, the latest first, back to a line of the speaker's that `ends` is true of.

    What an answer brought up comes before what was asked about, and that before who else was named in its words or in
    the author's topic that it was.
    """
    yield from reversed(context.spoken)
    beside: list[str] = []
    for exchange in reversed(context.exchanges[-4:]):
        asked = list(reversed([one for act in exchange.reading.acts for one in act.named]))
        told = [
            part
            for fact in exchange.line.facts
            for part in (fact.belief.statement.subject, fact.belief.statement.object)
        ]
        yield from (part for part in told if part not in asked)
        yield from (*told, *asked)
        if ends(exchange.reading.text):
            return
        yield from beside
        topics = (reason for reason in exchange.line.reasons if reason.startswith("topic:"))
        beside = [mention.entity for said in (exchange.line.text, *topics) for mention in context.names.find(said)]
        if asked or exchange is context.exchanges[0]:
            yield from beside


def with_names(text: str, context: Context, language: Language) -> str:
    """Return a text with names in the place of pronouns that stand for somebody spoken of before; 'her name' stays."""
    people = {one.id for one in context.world.entities.values() if one.kind == "person"}
    named = context.names.find(text)
    if any(mention.entity in people - {context.npc} for mention in named):
        return text
    whole = registry().packs[language].words.pronouns
    standing = {form for person in ("she", "he") for form in whole.get(person, ())}
    for mention in sorted(pronouns_in(text, language, context, named), key=lambda one: -one.start):
        known = context.world.entities.get(mention.entity)
        alone = fold(text[mention.start : mention.end]) in standing and not _OWNING.match(fold(text), mention.start)
        name = known.names.get(language, "") if known and alone and known.id in people else ""
        if name:
            text = f"{text[: mention.start]}{name}{text[mention.end :]}"
    return text


def with_common_names(text: str, context: Context, language: Language) -> str:
    """Return a text with the names of the world's people put as common ones of their length, where a language has any.

    What is learned from lines with ordinary names takes the characters of another name for words.
    """
    stand_ins = {len(name): name for name in registry().packs[language].about_self.get("stand_ins", ())}
    if not stand_ins:
        return text
    for mention in context.names.find(text):
        known = context.world.entities.get(mention.entity)
        common = stand_ins.get(mention.end - mention.start)
        name = known.names.get(language) if known and known.kind == "person" else None  # not by what they are, a doctor
        if common and name == text[mention.start : mention.end]:
            text = f"{text[: mention.start]}{common}{text[mention.end :]}"
    return text


def merged(first: Span, last: Span, term: Term, text: str) -> Span:
    """Return the span that a stretch from one to another amounts to."""
    said = text[first.start : last.end].strip(" ,.?!")
    said = re.sub(r"['’]s$", "", said)
    return Span(first.start, last.end, said, replace(term, text=said), owner=last.owner)
