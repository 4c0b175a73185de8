"""What a sentence speaks of that nothing backs: people, things, names, numbers, times, other states of things."""

from __future__ import annotations

import re
from collections.abc import Sequence

from npc_engine.dialogue.check.grounds import Fault, Ground, check_words, vocabulary
from npc_engine.dialogue.check.style_words import colour_of
from npc_engine.dialogue.scene import Turn
from npc_engine.dialogue.words import found_in
from npc_engine.text import Language, fold, stem, terms, words
from npc_engine.world.wording import number_words

_CAPITAL = re.compile(r"(?<![.!?…:“\"'‘] )(?<!^)\b[A-Z][\w’']+")
_FIRST = re.compile(r"^[“\"'‘]?([A-Z][\w’']+)")
_EN_NUMBER = re.compile(  # the longest first: fifty is not what fifty-three says
    rf"(?<![\w-])(?:{'|'.join(number_words(n, 'en') for n in range(99, 1, -1) if n % 10)}"
    rf"|{'|'.join(number_words(n, 'en') for n in range(10, 100, 10))}|\d+)(?!\w)"
)
_ZH_NUMBER = re.compile("[零一二两三四五六七八九十百千万\\d]+(?=[个枚只位块条头年月天日夜次斤两])")
_MOST_NEW = 2
"""How many words of its own a sentence may have that has to keep close to what it is to say."""


def adds(phrase: str, sentence: str, ground: Ground, language: Language) -> bool:
    """Tell whether a sentence has a phrase that what it stands on doesn't."""
    return (
        bool(phrase)
        and found_in(phrase, sentence, language)
        and not any(found_in(phrase, text, language) for text in ground.texts)
    )


class Inventions:
    """Finds what is made up, after the `talk` so far; `close` and `coloured` as a checker has them."""

    def __init__(self, turn: Turn, talk: Sequence[str], *, close: bool, coloured: bool) -> None:
        scene, language = turn.scene, turn.language
        self._scene, self._reading, self._language, self._talk = scene, turn.reading, language, talk
        self._names = scene.views.names
        self._vocabulary = vocabulary(scene, language)
        self._close = close
        self._colour = colour_of(language, scene.views.cast) if coloured else None

    def unbacked(self, sentence: str, ground: Ground) -> Fault | None:
        """Give what a sentence speaks of that neither its ground, the persona nor the talk has."""
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
        known |= {word.removesuffix("'s") for word in known}
        known_terms = set(terms(" ".join((content, self._reading.text))))
        stems = {stem(word) for word in known}
        if name := self._unknown_name(sentence, known, stems):
            return Fault("invented", f"nobody knows {name}")
        if thing := self._unknown_thing(sentence, stems, content):
            return Fault("invented", f"nobody spoke of {thing}")
        if self._close:
            new = set(terms(sentence)) - set(terms(content)) - self._vocabulary.own
            if self._colour is None and len(new) > _MOST_NEW:
                return Fault("invented", "says more than was given")
            if self._colour is not None and (strange_words := new - self._colour - known_terms):
                return Fault("invented", f"nobody said {sorted(strange_words)[0]}")
        return self._other_value(sentence, ground)

    def _relates(self, sentence: str) -> bool:
        """Tell whether a sentence has a word that relates things to each other."""
        predicates = self._scene.views.cast.predicates.values()
        return any(found_in(w, sentence, self._language) for p in predicates for w in p.words.get(self._language, ()))

    def _unknown_name(self, sentence: str, known: set[str], stems: set[str]) -> str:
        for match in _CAPITAL.finditer(sentence):
            word = fold(match.group()).removesuffix("'s").rstrip("'")
            if word not in known and word.split("'")[0] != "i" and not self._names.find(match.group()):
                return match.group()
        first = _FIRST.match(sentence)
        if first and not self._names.find(first.group(1)):
            word = fold(first.group(1)).removesuffix("'s").rstrip("'")
            if not (stem(word) in stems or self._is_ordinary(word) or word.endswith(("ly", "ing", "ed"))):
                return first.group(1)
        return ""

    def _is_ordinary(self, word: str) -> bool:
        """Tell whether a word is nothing in particular: a plain one, the persona's, one of manner."""
        return word in self._vocabulary or (self._colour is not None and stem(word) in self._colour)

    def _unknown_thing(self, sentence: str, known: set[str], content: str) -> str:
        """Give a thing that is spoken of as if it were there, though nobody ever spoke of it."""
        tables = check_words(self._language)
        if self._language == "zh":
            familiar = "".join((content, *self._talk, self._vocabulary.text, *tables["plain"]))
            for match in re.finditer(f"[一两几这那][{tables['measures']}]([\u4e00-\u9fff]{{1,2}})", sentence):
                thing = match.group(1)
                if thing[0] not in familiar and not self._names.find(sentence[match.start(1) :]):
                    return thing
            return ""
        spoken = words(sentence)
        for at, word in enumerate(spoken[:-1]):
            thing = spoken[at + 1].removesuffix("'s")
            if word in tables["determiners"] and thing.isalpha() and thing not in tables["determiners"]:
                ordinary = stem(thing) in known or self._is_ordinary(thing) or bool(self._names.find(thing))
                if not ordinary and not thing.endswith(("ly", "ing", "ed", "est")):
                    return thing
        return ""

    def _other_value(self, sentence: str, ground: Ground) -> Fault | None:
        values = {fact.belief.statement.object for fact in ground.facts}
        for predicate in {fact.belief.statement.predicate for fact in ground.facts}:
            rule = self._scene.views.cast.predicates.get(predicate)
            for value_id, value in (rule.values if rule else {}).items():
                if value_id in values:
                    continue
                for phrase in (*value.words.get(self._language, ()), value.names.get(self._language, "")):
                    if adds(phrase, sentence, ground, self._language):
                        return Fault("contradicts", f"{predicate} is not {value_id}")
        return None

    def numbers(self, sentence: str, ground: Ground) -> Fault | None:
        """Give a number or a time that neither the ground nor the talk has."""
        content = " ".join((*ground.texts, *self._talk))
        tables = check_words(self._language)
        if self._language == "zh":
            found = {number for number in _ZH_NUMBER.findall(sentence) if number != "一"}
            unknown = {number for number in found if number not in content}
        else:
            unknown = set(_EN_NUMBER.findall(fold(sentence))) - set(_EN_NUMBER.findall(fold(content)))
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
