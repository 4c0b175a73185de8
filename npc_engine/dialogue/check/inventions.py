"""What a sentence speaks of that nothing backs: people, things, names, numbers, times, other states of things."""

from __future__ import annotations

import re
from collections.abc import Sequence

from npc_engine.dialogue.check.grounds import Fault, Ground, check_words, vocabulary
from npc_engine.dialogue.check.style_words import style_words_of
from npc_engine.dialogue.scene import Turn
from npc_engine.lang import found_in, pack
from npc_engine.lang.writing_system import HAN
from npc_engine.text import Language, fold, stem, terms, words

_CAPITAL = re.compile(r"(?<![.!?…:“\"'‘] )(?<!^)\b[A-Z][\w’']+")
_FIRST = re.compile(r"^[“\"'‘]?([A-Z][\w’']+)")
_MOST_NEW = 2
"""How many words of its own a sentence may have that has to keep close to what it is to say."""


def adds(phrase: str, sentence: str, ground: Ground, language: Language) -> bool:
    """Return whether a sentence has a phrase that what it stands on doesn't."""
    return (
        bool(phrase)
        and found_in(phrase, sentence, language)
        and not any(found_in(phrase, text, language) for text in ground.texts)
    )


class Inventions:
    """Finds what is made up, after the `talk` so far; `close` and `styled` as a checker has them."""

    def __init__(self, turn: Turn, talk: Sequence[str], *, close: bool, styled: bool) -> None:
        scene, language = turn.scene, turn.language
        self._scene, self._reading, self._language, self._talk = scene, turn.reading, language, talk
        self._names = scene.projections.names
        self._pack = pack(language)
        self._vocabulary = vocabulary(scene, language)
        self._close = close
        self._style_words = style_words_of(language, scene.projections.compiled) if styled else None

    def unbacked(self, sentence: str, ground: Ground) -> Fault | None:
        """Return what a sentence speaks of that neither its ground, the persona nor the talk has."""
        scene = self._scene
        content = " ".join(ground.texts)
        backed = {mention.entity for mention in self._names.find(content)}
        for fact in ground.facts:
            backed |= {fact.belief.statement.subject, fact.belief.statement.object}
        mentions = self._names.find(sentence)
        strange = [mention for mention in mentions if mention.entity not in backed]
        if strange:
            spoken_of = {mention.entity for text in self._talk for mention in self._names.find(text)}
            spoken_of |= {scene.npc, scene.speaker}
            for mention in strange:
                if mention.entity not in spoken_of or self._relates(sentence):
                    return Fault("invented", f"{mention.entity} has no place in this answer")
        known = set(words(" ".join((content, *self._talk))))
        known |= {self._pack.bare(word) for word in known}
        known_terms = set(terms(" ".join((content, self._reading.text))))
        stems = {stem(word) for word in known}
        if name := self._unknown_name(sentence, known, stems):
            return Fault("invented", f"nobody knows {name}")
        if thing := self._unknown_thing(sentence, stems, content):
            return Fault("invented", f"nobody spoke of {thing}")
        if self._close:
            new = set(terms(sentence)) - set(terms(content)) - self._vocabulary.own
            if self._style_words is None and len(new) > _MOST_NEW:
                return Fault("invented", "says more than was given")
            if self._style_words is not None and (strange_words := new - self._style_words - known_terms):
                return Fault("invented", f"nobody said {sorted(strange_words)[0]}")
        return self._other_value(sentence, ground)

    def _relates(self, sentence: str) -> bool:
        """Return whether a sentence has a word that relates things to each other."""
        predicates = self._scene.projections.compiled.predicates.values()
        return any(found_in(w, sentence, self._language) for p in predicates for w in p.words.get(self._language, ()))

    def _unknown_name(self, sentence: str, known: set[str], stems: set[str]) -> str:
        if not self._pack.capitals_are_names:
            return ""
        for match in _CAPITAL.finditer(sentence):
            word = self._pack.bare(fold(match.group())).rstrip("'")
            if word not in known and word.split("'")[0] != "i" and not self._names.find(match.group()):
                return match.group()
        first = _FIRST.match(sentence)
        if first and not self._names.find(first.group(1)):
            word = self._pack.bare(fold(first.group(1))).rstrip("'")
            if not (stem(word) in stems or self._is_ordinary(word) or word.endswith(self._pack.describing)):
                return first.group(1)
        return ""

    def _is_ordinary(self, word: str) -> bool:
        """Return whether a word is nothing in particular: a plain one, the persona's, one of manner."""
        return word in self._vocabulary or (self._style_words is not None and stem(word) in self._style_words)

    def _unknown_thing(self, sentence: str, known: set[str], content: str) -> str:
        """Return a thing that is spoken of as if it were there, though nobody ever spoke of it."""
        tables = check_words(self._language)
        if "measures" in tables:
            familiar = "".join((content, *self._talk, self._vocabulary.text, *tables["plain"]))
            for match in re.finditer(f"[{tables['counted_by']}][{tables['measures']}]([{HAN}]{{1,2}})", sentence):
                thing = match.group(1)
                if thing[0] not in familiar and not self._names.find(sentence[match.start(1) :]):
                    return thing
            return ""
        spoken = words(sentence)
        for at, word in enumerate(spoken[:-1]):
            thing = self._pack.bare(spoken[at + 1])
            if word in tables["determiners"] and thing.isalpha() and thing not in tables["determiners"]:
                ordinary = stem(thing) in known or self._is_ordinary(thing) or bool(self._names.find(thing))
                if not ordinary and not thing.endswith((*self._pack.describing, *self._pack.superlative)):
                    return thing
        return ""

    def _other_value(self, sentence: str, ground: Ground) -> Fault | None:
        values = {fact.belief.statement.object for fact in ground.facts}
        for predicate in {fact.belief.statement.predicate for fact in ground.facts}:
            rule = self._scene.projections.compiled.predicates.get(predicate)
            for value_id, value in (rule.values if rule else {}).items():
                if value_id in values:
                    continue
                for phrase in (*value.words.get(self._language, ()), value.names.get(self._language, "")):
                    if adds(phrase, sentence, ground, self._language):
                        return Fault("contradicts", f"{predicate} is not {value_id}")
        return None

    def numbers(self, sentence: str, ground: Ground) -> Fault | None:
        """Return a number or a time that neither the ground nor the talk has."""
        content = " ".join((*ground.texts, *self._talk))
        tables = check_words(self._language)
        unknown = pack(self._language).new_numbers(sentence, content)
        unknown |= {
            word
            for word in tables["numbers"]
            if found_in(word, sentence, self._language) and not found_in(word, content, self._language)
        }
        if unknown:
            return Fault("invented", f"a number nobody gave: {min(unknown)}")
        for time in tables["time"]:
            if found_in(time, sentence, self._language) and not found_in(time, content, self._language):
                return Fault("invented", f"a time nobody gave: {time}")
        return None
