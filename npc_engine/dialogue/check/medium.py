"""Checks for a model that converses: it may say what it likes of nothing in particular, and nothing that matters.

What stands in the prompt was all told it, so that what it says is compared with that: names, numbers, prices, kin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from npc_engine.dialogue.check.checker import Checker
from npc_engine.dialogue.check.grounds import Fault, Ground, check_words
from npc_engine.dialogue.check.own_life import ALLOWED, made_up
from npc_engine.dialogue.scene import Turn
from npc_engine.dialogue.types import ASKING
from npc_engine.lang import found_in, pack, words_of
from npc_engine.text import fold, terms, words
from npc_engine.world.definitions import Improvise

MOST_CHARACTERS = 350
"""How long an answer may get, in characters of a spaced language; half of that in one without spaces."""

_RUN = 4
"""How many of the speaker's words in a row, one of them 'I' or 'my', are theirs and nobody else's."""

_OWNED = 2
"""How many words make a thing of the speaker's: 'my boots'."""

_CAPITAL = re.compile(r"(?<![.!?…:“\"'‘] )(?<!^)\b[A-Z][\w’']+")


class MediumChecker(Checker):
    """Checks the sentences of one answer, in order, against all that the model was `given`.

    What may be made up is what it `improvise`s. Who `owns_up` does not know what is asked, and says so before anything
    else.
    """

    def __init__(
        self,
        turn: Turn,
        given: Sequence[str],
        *,
        said: Sequence[str] = (),
        owns_up: bool = False,
        improvise: Improvise = "self",
    ) -> None:
        super().__init__(turn, tuple(given), said)
        self._given = fold(" ".join((*given, *self._talk)))
        self._given_words = {self._pack.bare(word) for word in words(self._given)}
        self._backed = {mention.entity for mention in self._names.find(self._given)}
        self._backed |= {turn.scene.npc, turn.scene.speaker}
        self._called = fold(turn.plan.listener)
        self._owns_up, self._improvise, self._all = owns_up, improvise, tuple(given)
        self._does = bool(turn.plan.actions)

    def fault(self, sentence: str, ground: Ground | None = None) -> Fault | None:
        """Return what is wrong with a sentence; None when it may be said."""
        ground = ground or self._ground
        rules: tuple[Callable[[str, Ground], Fault | None], ...] = (
            self._form, self._character, self._secret, self._repetition,
            self._clerk, self._echo, self._mixed_up, self._deed, self._price, self._kin, self._of_others, self._naming,
            self._numbers, self._length, self._knowing, self._made_up,
        )  # fmt: skip
        for rule in rules:
            if found := rule(sentence, ground):
                return found
        self._said.append(sentence)
        return None

    def _new(self, key: str, sentence: str) -> str:
        """Return a phrase of a list that a sentence has, and nothing that was given or said."""
        listed: Sequence[str] = check_words(self._language).get(key, ())
        return next((one for one in listed if found_in(one, sentence, self._language) and not self._is_given(one)), "")

    def _is_given(self, phrase: str) -> bool:
        return found_in(phrase, self._given, self._language)

    def _clerk(self, sentence: str, _: Ground) -> Fault | None:
        phrase = self._new("clerk", sentence)
        return Fault("character", f"talks like a clerk: {phrase}") if phrase else None

    def _echo(self, sentence: str, _: Ground) -> Fault | None:
        """Find what says nothing but what was said to it: 'Good morning. Busy.'"""
        new = set(terms(sentence)) - set(terms(self._reading.text))
        answers = self._reading.text.endswith(ASKING) and self.yes_or_no(sentence) is not None
        return None if new or answers else Fault("repeated", "echoes the speaker")

    def _mixed_up(self, sentence: str, _: Ground) -> Fault | None:
        """Find what the speaker said of themself, said over as if it were of oneself: 'I need to cross'."""
        mine = set(check_words(self._language).get("mine", ()))
        heard, spoken = self._pack.tokens(self._reading.text), self._pack.tokens(sentence)
        for length, begins in ((_RUN, mine), (_OWNED, set(check_words(self._language).get("owned", ())))):
            heard_runs = {tuple(heard[at : at + length]) for at in range(len(heard) - length + 1)}
            for at in range(len(spoken) - length + 1):
                run = tuple(spoken[at : at + length])
                if run in heard_runs and begins & set(run if length == _RUN else run[:1]):
                    return Fault("character", f"says the speaker's words as its own: {' '.join(run)}")
        return None

    def _deed(self, sentence: str, _: Ground) -> Fault | None:
        listed: Sequence[str] = check_words(self._language).get("hands_over", ())
        phrase = next((one for one in listed if found_in(one, sentence, self._language)), "")
        return Fault("deed", f"does or promises what is not done: {phrase}") if phrase and not self._does else None

    def _price(self, sentence: str, _: Ground) -> Fault | None:
        phrase = self._new("prices", sentence)
        return Fault("invented", f"a price nobody set: {phrase}") if phrase else None

    def _kin(self, sentence: str, _: Ground) -> Fault | None:
        phrase = self._new("kin", sentence)
        return Fault("invented", f"kin nobody has: {phrase}") if phrase else None

    def _of_others(self, sentence: str, _: Ground) -> Fault | None:
        """Find what is told of somebody else as a fact: 'He burned the logs.' Who guesses or asks tells nothing."""
        begins = self._pack.tokens(sentence)[:1]
        third = begins[:1] and begins[0] in check_words(self._language).get("third", ())
        hedged = words_of(self._language).cued("hedge", sentence) or sentence.endswith(ASKING)
        new = set(terms(sentence)) - set(terms(self._given))
        return Fault("invented", "tells of somebody else") if third and new and not hedged else None

    def _naming(self, sentence: str, _: Ground) -> Fault | None:
        """Find names nobody gave, known ones that have no place here, and another's name said as one's own."""
        for mention in self._names.find(sentence):
            if mention.entity not in self._backed:
                return Fault("invented", f"{mention.entity} has no place in this answer")
        own = fold(self._scene.persona.names.get(self._language, ""))
        if own and re.match(rf"{re.escape(own)}\s*[,，!！]", fold(sentence)):
            return Fault("character", "speaks to itself")
        for phrase in check_words(self._language).get("named_so", ()):
            after = fold(sentence).partition(f"{phrase} " if self._pack.spaced else phrase)[2]
            if self._called and after.startswith(self._called):
                return Fault("character", f"says the listener's name as its own: {self._called}")
        if self._pack.capitals_are_names:
            for match in _CAPITAL.finditer(sentence):
                word = self._pack.bare(fold(match.group())).rstrip("'")
                known = word in self._given_words or word.split("'")[0] == "i" or self._names.find(match.group())
                if not known:
                    return Fault("invented", f"nobody knows {match.group()}")
        return None

    def _numbers(self, sentence: str, _: Ground) -> Fault | None:
        """Find amounts and dates that nobody gave; small words that only stand for some ('one') are none."""
        unknown = pack(self._language).new_numbers(sentence, self._given)
        unknown = {one for one in unknown if one not in check_words(self._language).get("vague", ())}
        return Fault("invented", f"a number nobody gave: {min(unknown)}") if unknown else None

    def _knowing(self, sentence: str, _: Ground) -> Fault | None:
        knows = self._owns_up and not self._said and not self._negated(sentence)
        return Fault("invented", "answers what is not known") if knows else None

    def _made_up(self, sentence: str, _: Ground) -> Fault | None:
        """Find what is made up of one's own life, or of what lies about, where that is not allowed."""
        kind = made_up(sentence, (*self._all, *self._talk), self._language)
        if kind is None or kind in ALLOWED[self._improvise]:
            return None
        return Fault("invented", f"makes something up ({kind})")

    def _length(self, sentence: str, _: Ground) -> Fault | None:
        most = MOST_CHARACTERS if self._pack.spaced else MOST_CHARACTERS // 2
        long = sum(map(len, (*self._said, sentence))) > most
        return Fault("length", "longer than people talk") if long else None
