"""From words to the things and relations of a world: the elements a question is read from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from npc_engine.dialogue.query import Term
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand.rules.lexicon import Cue, Lexicon, Meaning, tokens
from npc_engine.dialogue.words import Words, words_of
from npc_engine.text import fold, is_han
from npc_engine.world.names import Mention

_PIECE = re.compile(
    r"[^\W_\u3400-\u4dbf\u4e00-\u9fff]+(?:['’][^\W_\u3400-\u4dbf\u4e00-\u9fff]+)*|[\u3400-\u4dbf\u4e00-\u9fff、,，]"
)


@dataclass(frozen=True, slots=True)
class Element:
    """A stretch of a text: something named (`term`), a cue to relations (`meanings`), or a word of some `kinds`.

    `owner` tells that it is said to have what follows: 'Mira's', 'her'.
    """

    start: int
    end: int
    text: str
    term: Term | None = None
    meanings: tuple[Meaning, ...] = ()
    kinds: frozenset[str] = frozenset()
    owner: bool = False

    @property
    def predicates(self) -> tuple[str, ...]:
        """The relations that may be meant, the strongest first, values of theirs left aside."""
        ranked = sorted((m for m in self.meanings if m.value is None), key=lambda meaning: -meaning.weight)
        return tuple(meaning.predicate for meaning in ranked)


def elements(text: str, lexicon: Lexicon, mentions: Iterable[Mention]) -> list[Element]:
    """Give a text as elements, in order; what is only a manner of asking ('do you know') is left out."""
    plain = without_manners(fold(text) if len(fold(text)) == len(text) else text.lower())
    things = [_thing(mention, text, plain) for mention in mentions if plain[mention.start : mention.end].strip()]
    whole = [match.span() for match in words_of("zh").whole_pattern.finditer(plain)]
    cues = lexicon.find(plain, [*((thing.start, thing.end) for thing in things), *whole])
    found = [*things, *(_cue(cue) for cue in cues)]
    taken = [(element.start, element.end) for element in found]
    found += _words(plain, taken)
    return sorted(found, key=lambda element: element.start)


def mentions_of(text: str, context: Context, lexicon: Lexicon, cues: Words) -> tuple[list[Mention], list[Mention]]:
    """Give what is named in a text, and with it what its pronouns mean."""
    folded = fold(text)
    named = [
        mention
        for mention in context.names.find(text, misspelt=True)
        if mention.exact or not lexicon.knows(folded[mention.start : mention.end])
    ]
    return named, sorted([*named, *_pronouns(text, cues, context, named)], key=lambda mention: mention.start)


def _thing(mention: Mention, text: str, plain: str) -> Element:
    surface = text[mention.start : mention.end]
    owner = surface.lower().endswith(("'s", "’s")) or plain[mention.end : mention.end + 1] in ("'", "’")
    own = plain[mention.start : mention.end]
    owner = owner or own in words_of("en").grammar["having"]
    said = re.sub(r"['’]s$", "", surface)
    return Element(mention.start, mention.end, own, Term(said, mention.entity), owner=owner)


def _cue(cue: Cue) -> Element:
    owner = cue.text.endswith("'s")
    return Element(cue.start, cue.end, cue.text, meanings=cue.meanings, owner=owner, kinds=_kinds(cue.text))


def _words(plain: str, taken: list[tuple[int, int]]) -> list[Element]:
    found: list[Element] = []
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
                if len(longer) == length and _kinds(longer):
                    piece, end = longer, start + length
                    break
        found.append(Element(start, end, piece, kinds=_kinds(piece)))
        position = end
    return found


def _kinds(piece: str) -> frozenset[str]:
    words = words_of("zh" if is_han(piece[0]) or piece == "、" else "en")
    return words.kinds.get(piece.replace("’", "'"), frozenset())


def without_manners(text: str) -> str:
    """Give a folded text with what only frames a question blanked out, each letter by a space."""
    for language in ("en", "zh"):
        words = words_of(language)
        for match in words.manners_pattern.finditer(text):
            text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    return text


def without_names(text: str, context: Context) -> str:
    """Give a text without what it names."""
    for mention in reversed(context.names.find(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return text


def _pronouns(text: str, cues: Words, context: Context, named: list[Mention]) -> list[Mention]:
    """Give whom pronouns mean: the two who talk, or who was last spoken of."""
    found: list[Mention] = []
    folded = fold(text)
    for language in dict.fromkeys((cues.language, "en")):
        for person, forms in words_of(language).pronouns.items():
            for form in sorted(forms, key=len, reverse=True):
                at = _position(form, folded)
                if at is None or any(mention.start <= at < mention.end for mention in (*named, *found)):
                    continue
                if person not in ("i", "you") and any(mention.start == at + len(form) + 1 for mention in named):
                    continue  # 'his ale': it is the ale that is meant
                entity = {"i": context.speaker, "you": context.npc}.get(person) or _last(person, context)
                if entity:
                    found.append(Mention(entity, at, at + len(form), exact=False))
                    break
    return found


def _position(form: str, folded: str) -> int | None:
    if is_han(form[0]):
        at = folded.find(form)
        if at >= 0 and folded[at + 1 : at + 2] == "们" and not form.endswith("们"):
            return None
        return at if at >= 0 else None
    if form not in folded:
        return None
    following = r"(?=\s*[?!.,]*$)" if form in ("that", "this") else r"(?!\w)(?!\s+(?:true|who|that|in|takes?)\b)"
    if form == "there" and re.search(r"\b(is|are|was|were) there\b|\bthere(?:'s| is| are| was| were)\b", folded):
        return None  # it only says that there is such a thing
    match = re.search(rf"(?<![\w']){re.escape(form)}{following}", folded)
    return match.start() if match else None


def _last(pronoun: str, context: Context) -> str | None:
    """Give who or what a third-person pronoun most likely means, from the turns before.

    What an answer brought up comes before what was asked about.
    """
    for exchange in reversed(context.exchanges[-4:]):
        asked = list(reversed(exchange.reading.main.named))
        told = [
            part
            for fact in exchange.line.facts
            for part in (fact.belief.statement.subject, fact.belief.statement.object)
        ]
        for candidate in [*(part for part in told if part not in asked), *told, *asked]:
            entity = context.world.entities.get(candidate)
            if entity is None or candidate in (context.npc, context.speaker):
                continue
            if pronoun == "there":
                if entity.kind == "place":
                    return candidate
            elif entity.pronoun == pronoun and (pronoun != "it" or entity.kind != "person"):
                return candidate
    return None


def merged(first: Element, last: Element, term: Term, text: str) -> Element:
    """Give the element that a stretch from one to another amounts to."""
    said = text[first.start : last.end].strip(" ,.?!")
    said = re.sub(r"['’]s$", "", said)
    return Element(first.start, last.end, said, replace(term, text=said), owner=last.owner)


__all__ = ["Element", "elements", "mentions_of", "merged", "tokens", "without_names"]
