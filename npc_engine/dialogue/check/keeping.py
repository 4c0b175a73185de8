"""Whether a large model's sentence gives away what is kept back: by its words, by what it states, by the author's own.

Where somebody has just asked after a secret, more counts: its words though the speaker used them first, a yes or a no,
and owning up to anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from npc_engine.dialogue.access import closed, touched
from npc_engine.dialogue.check.given import Given, terms_of
from npc_engine.dialogue.check.grounds import Fault, vocabulary
from npc_engine.dialogue.check.tables import plain, tables
from npc_engine.dialogue.scene import Turn
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.types import ASKING
from npc_engine.lang import pack, registry, words_of
from npc_engine.text import join_sentences, terms, words

NEAR = 3
"""How many words of an author's telling of a secret, which nobody was told, a sentence may not have."""
NEARER = 2
"""How many, where that was just asked after."""


class Keeping:
    """Watches over what is closed to who listens; `opening` tells whether a sentence opens with a yes or a no."""

    def __init__(self, turn: Turn, given: Given, opening: Callable[[str], tuple[bool | None, str]]) -> None:
        scene, language = turn.scene, turn.language
        self._guard, self._language = turn.guard, language
        self._given, self._tables, self._opening = given, tables(language), opening
        self._pack = pack(language)
        near = touched(turn.reading, scene)
        withheld = {one.secret for one in turn.plan.withheld} | ({near.id} if near else set())
        shut = closed(scene)
        self._own = {scene.npc, scene.speaker}
        self._things = [
            {part for fact in one.facts for part in fact.split()} - self._own for one in shut if one.id in withheld
        ]
        self._people = scene.projections.compiled.personas
        talk = [turn.reading.text, *(part for x in scene.exchanges[-1:] for part in (x.reading.text, x.line.text))]
        self._named = {one for text in talk for one in given.named(text)} - self._own
        self._asked = Guard([one for one in shut if one.id in withheld], scene.npc, scene.projections.compiled)
        common = _common() | vocabulary(scene, language).own
        self._telling = {
            one.id: terms_of(one.reveal.get(language, "")) - given.terms - common for one in shut if one.reveal
        }

    def fault(self, sentence: str, before: Sequence[str]) -> Fault | None:
        """Return what a sentence gives away, by itself or with what was said before it."""
        whole = join_sentences([*before, sentence], self._language)
        together = " ".join(part.rstrip(".!?。！？…") for part in (*before[-1:], sentence))
        found = (
            self._guard.words(sentence)
            or self._guard.states(sentence, loosely=True, of_oneself=bool(self._asked))
            or self._guard.states(together, loosely=True, of_oneself=False)
            or self._guard.disguised(whole)
            or self._guard.disguised("\n".join([*before, sentence]))
        )
        return Fault("secret", f"touches on {found.secret}") if found else self._told(sentence)

    def _told(self, sentence: str) -> Fault | None:
        said = set(terms(sentence))
        for secret, told in self._telling.items():
            if len(said & told) >= NEAR:
                return Fault("secret", f"is told like {secret}")
        if not self._asked:
            return None
        if own := self._tables.found("owns_up", sentence):
            return Fault("secret", f"owns up to what is kept back: {own}")
        if sentence.endswith(ASKING):
            return None
        if self._pack.length(sentence) > 1 and (found := self._asked.names(sentence)):
            return Fault("secret", f"speaks of {found.secret}, which was asked after")
        named = self._given.named(sentence) - self._own
        if (found := self._asked.partly(sentence)) and not any(named - things for things in self._things):
            return Fault("secret", f"speaks of {found.secret}, which was asked after")
        if self._brings_up(sentence, named):
            return Fault("secret", "brings up what was asked after")
        answer, rest = self._opening(self._tables.pattern("fillers").sub("", plain(sentence)).strip())
        if answer or (answer is False and not words(rest)):
            return Fault("secret", "answers yes or no to what is kept back")
        if any(len(said & told) >= NEARER for told in self._telling.values()):
            return Fault("secret", "is told like what was asked after")
        return None

    def _brings_up(self, sentence: str, named: frozenset[str]) -> bool:
        """Return whether a sentence tells of what a secret is about, or of somebody whom nobody named."""
        own = bool(self._tables.listed("mine") & set(self._pack.tokens(plain(sentence))))
        denies = words_of(self._language).cued("negation", sentence)
        for things in self._things:
            if len(things & named) > 1 or (things & named and own and not denies):
                return True
        people = {one for one in (*named, *self._named) if one in self._people}
        return not people and bool(self._tables.found("nobody_named", sentence))


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(terms(" ".join(registry().common_words)))
