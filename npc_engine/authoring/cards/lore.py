"""Lore: what a book's entries say, as passages that are found by meaning, and the things and places they are about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from npc_engine.authoring.cards import kinds, prose
from npc_engine.authoring.cards.lorebooks import Entry, entries_of
from npc_engine.authoring.cards.macros import Macros
from npc_engine.authoring.cards.plain import list_of, mapping_of, text_of, texts_of
from npc_engine.authoring.cards.voicing import Voicing
from npc_engine.lang import LanguagePack
from npc_engine.phrasebook import filled
from npc_engine.text import fold, is_everywhere, is_han, sentences

PIECE = 24
"""Words of a piece of lore that is said at a time."""
ASKING = ("?", "？")
_DECORATOR = re.compile(r"^@@(\w+)[ \t]*(.*)$", re.MULTILINE)
_AFTER = "activate_only_after"
_NEVER = "dont_activate"
_FAMILIAR = 0.02
"""How much better somebody knows whom they talk to, after each thing that was said."""
_MOST_KEYS = 4


@dataclass
class Lore:
    """What a book comes to: `about` and `topics` for whoever tells it, `things` (entities) by their kind, the rest."""

    about: list[dict[str, Any]] = field(default_factory=list)
    topics: list[dict[str, Any]] = field(default_factory=list)
    things: list[dict[str, Any]] = field(default_factory=list)
    unused: dict[str, str] = field(default_factory=dict)


class LoreReader:
    """Reads the entries of a book in one language; `voicing` puts into somebody's mouth what is about them."""

    def __init__(
        self, speech: LanguagePack, macros: Macros, voicing: Voicing, names: Sequence[str], languages: Sequence[str]
    ) -> None:
        self._speech = speech
        self._code = speech.code
        self._data: Mapping[str, Any] = prose.data_of(speech)
        self._macros = macros
        self._voicing = voicing
        self._own = {fold(name) for name in names}
        self._languages = languages

    def read(self, book: Mapping[str, Any], *, told: bool = True) -> Lore:
        """Return what a book comes to; where nobody tells it, things say in a sentence what they are."""
        lore = Lore()
        for entry in entries_of(dict(book)):
            self._entry(entry, lore, told=told)
        off = [one for one in map(mapping_of, list_of(book.get("entries"))) if one.get("enabled") is False]
        if off:
            lore.unused["lore that was switched off"] = "\n".join(
                f"{_title(one)}: {text_of(one.get('content'))}" for one in off
            )
        put = self._voicing.everywhere
        return Lore(put(lore.about), put(lore.topics), put(lore.things), put(lore.unused))

    def _entry(self, entry: Entry, lore: Lore, *, told: bool) -> None:
        content = text_of(entry.get("content"))
        decorators = dict(_DECORATOR.findall(content))
        content = self._macros.resolve(_DECORATOR.sub("", content))
        if _NEVER in decorators or not content.strip():
            if content.strip():
                lore.unused.setdefault("lore that was switched off", content.strip())
            return
        keys = self._keys(entry, lore)
        own = any(fold(key) in self._own for key in keys)
        pieces, left = self._pieces(content, keys, own=own)
        if left:
            lore.unused["lore about them"] = "\n".join(filter(None, [lore.unused.get("lore about them", ""), *left]))
        thing = None if own else self._thing(keys, content)
        if thing is not None:
            if not told and (summary := self._summary(keys, content)):
                thing["summary"] = {self._code: summary}
            lore.things.append(thing)
        if not told:
            rest = pieces if thing is None or "summary" not in thing else pieces[1:]
            if rest:
                lore.unused[f"lore: {_title(entry)}"] = "\n".join(rest)
            return
        when = _condition(decorators)
        self._told(pieces, keys if not own else [], content, lore, when)

    def _told(self, pieces: list[str], keys: list[str], content: str, lore: Lore, when: dict[str, Any]) -> None:
        """Put pieces where they are found: by the entry's keys, and by their own words where they name what it is."""
        if pieces and keys:
            asks = [asked for key in keys[:_MOST_KEYS] for asked in self._asked(key, content)]
            says, *then = pieces
            topic: dict[str, Any] = {"asks": {self._code: asks}, "says": {self._code: [says]}}
            lore.topics.append(topic | ({"then": {self._code: then}} if then else {}) | when)
            if not any(_names(key, pieces[0]) for key in keys):
                return
        lore.about += [{"says": {self._code: [piece]}, **when} for piece in pieces]

    def _asked(self, key: str, content: str) -> list[str]:
        """Return how somebody may ask for a key; a key that is a question asks itself."""
        if key.endswith(ASKING):
            return [key]
        name = self._without_article(key)
        first = next(iter(sentences(prose.plain(content))), "")
        if self._is_name(name):
            kind = kinds.kind_of(name, content, self._speech)
            called, by_article = kinds.describing(name, first, self._speech)
            named = self._speech.with_article(name) if by_article else name if called else key
        else:
            kind = kinds.kind_of_word(name, self._speech)
            named = self._speech.with_article(name)
        several = not self._is_name(name) and kinds.is_several(name, self._speech)
        one, more = kinds.ASKED.get(kind, (kinds.THING, "things"))
        asked: Mapping[str, Sequence[str]] = self._data["asks_of"]
        patterns = list(asked[more if several else one if one in asked else kinds.THING])
        if kind == kinds.THING and kinds.is_event(name, first, self._speech):
            patterns = [*asked["time"], *patterns]
        return [filled(pattern, key=named) for pattern in patterns]

    def _keys(self, entry: Entry, lore: Lore) -> list[str]:
        """Return the words an entry is found by; patterns are kept aside, for nothing of a card is run."""
        found = texts_of(entry.get("keys")) or texts_of(entry.get("key"))
        patterns = [key for key in found if entry.get("use_regex") is True or re.match(r"/.*/\w*$", key)]
        if patterns:
            lore.unused["patterns that lore was found by"] = "\n".join(
                filter(None, [lore.unused.get("patterns that lore was found by", ""), *patterns])
            )
        keys = [self._macros.resolve(key).strip() for key in found if key not in patterns]
        keys = [key for key in keys if key and len(key) <= 60]
        title = text_of(entry.get("name"))
        return keys or ([title] if title and len(title) <= 60 and title not in patterns else [])

    def _without_article(self, key: str) -> str:
        """Return a key without its article, by which things are not filed."""
        lowered = key.casefold()
        return next((key[len(one) :] for one in self._speech.articles if lowered.startswith(one)), key)

    def _pieces(self, content: str, keys: list[str], *, own: bool) -> tuple[list[str], list[str]]:
        """Return an entry's content as it is said, in pieces, and the sentences that nobody can say."""
        listed, rest = prose.attributes(content, self._speech)
        if not rest and listed:
            rest = "\n".join(value for values in listed.values() for value in values)
        said: list[str] = []
        left: list[str] = []
        told = sentences(prose.plain(rest))
        name = "" if own else self._named_in(told[0], keys) if told else ""
        kind = kinds.kind_of(name, rest, self._speech) if name else ""
        begins = kinds.beginnings(kind, kinds.pronoun_of(rest, self._speech), self._speech)
        for sentence in (self._with_name(one, name, begins) for one in told):
            put = self._voicing.first_person(sentence) if own else self._voicing.by_name(sentence)
            (left if put is None else said).append(put or self._voicing.to_listener(sentence))
        return prose.chunks(self._speech.gap.join(said), PIECE, self._speech), left

    def _named_in(self, sentence: str, keys: list[str]) -> str:
        """Return what an entry is about, as its first sentence calls it; empty where that names none of its keys."""
        called = [kinds.describing(key, sentence, self._speech)[0] for key in map(self._without_article, keys) if key]
        return min(filter(None, called), key=lambda one: (sentence.find(one), -len(one)), default="")

    def _with_name(self, sentence: str, name: str, begins: Mapping[str, str]) -> str:
        """Return a sentence with the name of what it is about for the pronoun it begins with, to be found by itself."""
        if not name:
            return sentence
        name = name[:1].upper() + name[1:]
        for pronoun, put in begins.items():
            if sentence.startswith(f"{pronoun}{self._speech.gap}"):
                return filled(put, name=name) + sentence[len(pronoun) :]
        return sentence

    def _thing(self, keys: list[str], content: str) -> dict[str, Any] | None:
        """Return the thing or place that an entry is about, where its first keys are a name."""
        names = [key for key in map(self._without_article, keys) if self._is_name(key)]
        if not names:
            return None
        name = names[0]
        others = [key for key in names[1:] if fold(key) != fold(name)][:_MOST_KEYS]
        kind = kinds.kind_of(name, content, self._speech)
        thing: dict[str, Any] = {"kind": kind, "names": dict.fromkeys(self._languages, name)}
        if kinds.describing(name, next(iter(sentences(prose.plain(content))), ""), self._speech)[1]:
            thing["proper"] = False
        if kind == kinds.PERSON and (pronoun := kinds.pronoun_of(content, self._speech)) in ("she", "he"):
            thing["pronoun"] = pronoun
        if others:
            thing["aliases"] = {self._code: others}
        return thing

    def _is_name(self, key: str) -> bool:
        if is_everywhere(key) or not key or not key[0].isalpha():
            return False
        if any(map(is_han, key)):
            return 2 <= len(key) <= 8 and all(character.isalnum() or character == "·" for character in key)
        capitals = [word for word in key.split() if word[0].isupper()]
        plain = re.fullmatch(r"[\w '’.-]{2,40}", key) is not None
        return plain and key[0].isupper() and len(key.split()) <= 4 and bool(capitals)

    def _summary(self, keys: list[str], content: str) -> str:
        """Return what a thing is, as it stands behind 'is'; empty where the content does not say so."""
        first = next(iter(sentences(prose.plain(content))), "")
        who = "|".join(map(re.escape, keys))
        pattern = self._data["described"].replace("WHO", f"(?:{who})")
        found = re.search(pattern, first, re.IGNORECASE)
        return prose.shortened(found["what"].strip(), PIECE, self._speech) if found else ""


def _names(key: str, piece: str) -> bool:
    return fold(key) in fold(piece)


def _title(entry: Entry) -> str:
    return text_of(entry.get("name")) or ", ".join(texts_of(entry.get("keys"))[:3]) or "an entry"


def _condition(decorators: Mapping[str, str]) -> dict[str, Any]:
    """Return on what condition lore is told: how well somebody must know the one who asks."""
    number = decorators.get(_AFTER, "").strip()
    if not number.isdigit() or len(number) > 4:
        return {}
    return {"when": {"familiarity": round(min(0.9, int(number) * _FAMILIAR), 2)}}
