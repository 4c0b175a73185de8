"""What gives a secret away: its words in either language, and what it states, however it is put."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from npc_engine.dialogue.secrets.disguise import hidden, needles
from npc_engine.lang import pack, registry, words_of
from npc_engine.mind import CompiledWorld
from npc_engine.mind.discretion import unheard_of
from npc_engine.persona import Persona, Secret
from npc_engine.text import Language, fold, is_han, languages, sentences, stem, words
from npc_engine.world.definitions import Entity

MOST_KNOWN = 4096
"""Texts of which it is kept whether they give something away, for one set of secrets."""


@dataclass(frozen=True, slots=True)
class Tell:
    """What of a text gives which secret away."""

    secret: str
    what: str


class Guard:
    """Watches over some secrets of one NPC.

    What was `granted` may be said: words that the listener used themselves, that the plan has, or that the
    author wrote to be said.
    """

    def __init__(
        self,
        secrets: Iterable[Secret],
        npc: str,
        world: CompiledWorld,
        *,
        asked: bool = False,
    ) -> None:
        """Watch what the NPC says; with `asked`, what is said to them, who are then 'you'."""
        watched = list(secrets)
        self._secrets = [_watched(secret, npc, world, asked) for secret in watched]
        self._granted: tuple[_Reading, ...] = ()
        key = ("gives away", npc, asked, *(secret.id for secret in watched))
        self._known: dict[str, bool] = world.derived.get(key, dict)

    def grant(self, *texts: str) -> Guard:
        """Let the words of some texts be said; gives itself."""
        self._granted = (*self._granted, *(_Reading(text) for text in texts if text))
        return self

    def __bool__(self) -> bool:
        return bool(self._secrets)

    def words(self, text: str) -> Tell | None:
        """Return what of a text is one of a secret's words, in either language; None when nothing is."""
        reading = _Reading(text)
        for secret in self._secrets:
            for phrase in secret.phrases:
                if phrase in reading and not any(phrase in granted for granted in self._granted):
                    return Tell(secret.id, phrase.text)
        return None

    def names(self, text: str) -> Tell | None:
        """As `words`, but whatever was granted: what may be said still need not be read by a model."""
        reading = _Reading(text)
        for secret in self._secrets:
            for phrase in secret.phrases:
                if phrase in reading:
                    return Tell(secret.id, phrase.text)
        return None

    def states(self, text: str, *, loosely: bool = False, of_oneself: bool = True) -> Tell | None:
        """Return which of a secret's statements a sentence of a text makes, by its parts being named together.

        With `loosely`, what nobody has heard of need not be named: 'something is buried under the bridge' will do, and
        'I have got something' where it may be told `of_oneself` so loosely.
        """
        for sentence in sentences(text):
            reading = _Reading(sentence)
            for secret in self._secrets:
                for statement in secret.statements:
                    if statement.made_in(reading, loosely and (of_oneself or statement.own is None)):
                        return Tell(secret.id, statement.fact)
        return None

    def partly(self, text: str) -> Tell | None:
        """Return which of a secret's statements a text makes in part: who and what they did, be it to whatever."""
        for sentence in sentences(text):
            reading = _Reading(sentence)
            for secret in self._secrets:
                for statement in secret.statements:
                    if statement.begun_in(reading):
                        return Tell(secret.id, statement.fact)
        return None

    def disguised(self, text: str) -> Tell | None:
        """Return which of a secret's words a text has in disguise: spelled, reversed, ciphered, as an acrostic …"""
        for secret in self._secrets:
            ungranted = frozenset(
                phrase.text for phrase in secret.phrases if not any(phrase in granted for granted in self._granted)
            )
            if ungranted and (word := hidden(text, needles(ungranted))):
                return Tell(secret.id, word)
        return None

    def gives_away(self, text: str) -> bool:
        """Return whether a text has words of a secret's or states it; of one that was looked at before it is known."""
        if self._granted:
            return bool(self.words(text) or self.states(text))
        if text not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[text] = bool(self.words(text) or self.states(text))
        return self._known[text]

    def anything(self, text: str) -> Tell | None:
        """Return the first thing in a text that gives a secret away."""
        return self.words(text) or self.disguised(text) or self.states(text)


def all_of(persona: Persona, world: CompiledWorld) -> Guard:
    """Return a guard over every secret of a persona, told or not."""
    return Guard(persona.secrets, persona.id, world)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase to be recognised in any inflection; Chinese by its characters."""

    text: str
    stems: tuple[str, ...]
    inflected: bool = False
    """Whether it is one form of a verb, which the bare word as a noun is not: 'the water' was not watered."""

    @classmethod
    def of(cls, text: str) -> _Phrase:
        folded = fold(text).strip()
        stems = () if any(map(is_han, folded)) else tuple(map(_stem, words(folded)))
        return cls(folded, stems, len(stems) == 1 and _is_of_a_verb(folded))


class _Reading:
    """A text made ready for looking phrases up in it."""

    def __init__(self, text: str) -> None:
        self._folded = fold(text)
        self._words = words(text)
        self._stems = f" {' '.join(map(_stem, self._words))} "

    def __contains__(self, phrase: _Phrase) -> bool:
        if phrase.inflected:
            return any(
                _stem(word) == phrase.stems[0] and (_is_inflected(word) or not self._is_a_thing(at))
                for at, word in enumerate(self._words)
            )
        if phrase.stems:
            return f" {' '.join(phrase.stems)} " in self._stems
        return phrase.text in self._folded

    def _is_a_thing(self, at: int) -> bool:
        """Return whether a word stands behind an article, as a noun does."""
        return at > 0 and f"{self._words[at - 1]} " in registry().spaced[0].articles

    def places(self, phrases: Iterable[_Phrase]) -> list[int]:
        """Return where any of some phrases stands: English counted in words, Chinese in characters."""
        found: list[int] = []
        for phrase in phrases:
            if phrase.stems:
                pieces = self._stems.split(f" {' '.join(phrase.stems)} ")
                found += (len(" ".join(pieces[:at]).split()) for at in range(1, len(pieces)))
            else:
                found += (match.start() for match in re.finditer(f"(?={re.escape(phrase.text)})", self._folded))
        return found


@dataclass(frozen=True, slots=True)
class _Statement:
    """A secret's statement: its parts, each with the phrases that name it.

    `own` is the part that is the NPC, `obscure` a part that nobody else has heard of, `near` how far 'I' may stand
    from what was done.
    """

    fact: str
    parts: tuple[tuple[_Phrase, ...], ...]
    own: int | None
    obscure: int | None
    near: int

    def made_in(self, reading: _Reading, loosely: bool) -> bool:
        """Return whether a text names all parts; who says 'I' must say it next to what was done."""
        for at, part in enumerate(self.parts):
            if not (loosely and at == self.obscure) and not any(phrase in reading for phrase in part):
                return False
        if self.own is None:
            return True
        doing = reading.places(self.parts[1])
        return any(abs(who - what) <= self.near for who in reading.places(self.parts[self.own]) for what in doing)

    def begun_in(self, reading: _Reading) -> bool:
        """Return whether a text says 'I' next to what was done, whatever it was done to."""
        doing = reading.places(self.parts[1])
        return self.own == 0 and any(
            abs(who - what) <= self.near for who in reading.places(self.parts[0]) for what in doing
        )


@dataclass(frozen=True, slots=True)
class _Watched:
    id: str
    phrases: tuple[_Phrase, ...]
    statements: tuple[_Statement, ...]


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return stem(registry().spaced[0].bare(word))


def _is_inflected(word: str) -> bool:
    return len(_stem(word)) < len(registry().spaced[0].bare(word))


def _is_of_a_verb(word: str) -> bool:
    speech = registry().spaced[0]
    return _is_inflected(word) and (speech.is_past(word) or speech.is_gerund(word))


def _watched(secret: Secret, npc: str, world: CompiledWorld, asked: bool) -> _Watched:
    """Return a secret made ready, which is done once for a world: content does not change after loading."""
    key = ("secret", npc, secret.id, asked)
    return world.derived.get(key, lambda: _Reader(npc, world, asked).read(secret))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes secrets of one NPC's ready to be looked for: in what they say or, `asked`, in what is said to them."""

    npc: str
    world: CompiledWorld
    asked: bool

    def read(self, secret: Secret) -> _Watched:
        """Return the phrases and statements that give a secret away."""
        phrases = [word for several in secret.words.values() for word in several]
        unknown = unheard_of(secret, self.npc, self.world.entities)
        for entity in unknown:
            phrases += _names(self.world.entities[entity])
        statements = []
        for fact in secret.facts:
            for language in languages():
                if parts := self._parts(fact, language):
                    subject, _, object_ = fact.split()
                    own = 0 if subject == self.npc else 2 if object_ == self.npc else None
                    obscure = next((at for at, part in ((0, subject), (2, object_)) if part in unknown), None)
                    statements.append(_Statement(fact, parts, own, obscure, pack(language).near))
        return _Watched(secret.id, tuple(dict.fromkeys(map(_Phrase.of, filter(None, phrases)))), tuple(statements))

    def _parts(self, fact: str, language: Language) -> tuple[tuple[_Phrase, ...], ...]:
        """Return the parts of a statement, each with the phrases that name it; none where one can't be named."""
        subject, predicate, object_ = fact.split()
        rule = self.world.predicates.get(predicate)
        if rule is None:
            return ()
        value = rule.values.get(object_)
        parts = [
            self._naming(subject, language),
            [*rule.words.get(language, ()), *pack(language).own_words(rule.wording.get(language, ""))],
            [*value.words.get(language, ()), value.names.get(language, "")]
            if value
            else self._naming(object_, language),
        ]
        phrases = tuple(tuple(dict.fromkeys(_Phrase.of(p) for p in part if p)) for part in parts)
        return phrases if all(phrases) else ()

    def _naming(self, entity: str, language: Language) -> list[str]:
        if entity == self.npc and not self.asked:
            return words_of(language).pronouns.get("i", [])
        known = self.world.entities.get(entity)
        names = [known.names.get(language, ""), *known.aliases.get(language, ())] if known else []
        return [*words_of(language).pronouns.get("you", ()), *names] if entity == self.npc else names


def _names(entity: Entity) -> list[str]:
    return [*entity.names.values(), *(alias for several in entity.aliases.values() for alias in several)]
