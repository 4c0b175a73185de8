"""Checks for a model that decides what it says: what matters is compared with what it was told, the rest is its own.

What matters is what is kept back, who speaks, what is handed over or promised, amounts, dates, names, kin, what is
whose, and what happened. A sentence that stands on a deed, or on something made up, waits for what comes with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from npc_engine.dialogue.check.checker import Checker
from npc_engine.dialogue.check.doing import Doing, Waiting
from npc_engine.dialogue.check.events import Events
from npc_engine.dialogue.check.figures import Figures
from npc_engine.dialogue.check.given import Given
from npc_engine.dialogue.check.grounds import Fault, Ground, Likely
from npc_engine.dialogue.check.keeping import Keeping
from npc_engine.dialogue.check.opposing import BRIEF, Opposing
from npc_engine.dialogue.check.tables import clauses, plain, tables
from npc_engine.dialogue.check.voices import Voices
from npc_engine.dialogue.scene import Turn
from npc_engine.dialogue.types import ASKING
from npc_engine.lang import found_in, words_of
from npc_engine.text import fold, language_of, sentences, words
from npc_engine.world.definitions import Improvise

_CAPITAL = re.compile(r"(?<![.!?…:“\"‘—–] )(?<![.!?…“\"‘—–(])(?<!^)\b[A-Z][\w’']+")
_LISTED = re.compile(r"^\s*(?:\d+[.)、．]\s?(?=\D)|[-•*]\s)")
_LABEL = re.compile(r"^\s*([\w ]{1,20})\s*[:：]")
_LONG = 6
"""Words from which nobody says the same sentence twice in a talk."""
_SHORT = {True: 4, False: 8}
"""Words, or characters, of what counts as half a sentence: 'Well now.'"""
_TOLD = {True: 4, False: 6}
"""Words, or characters, from which what was told is known by its words."""
_RECITED = {True: 6, False: 10}
"""How many words, or characters, in a row of what a model was told of answering it recites."""
_ENDS = frozenset({"secret", "abuse", "outside"})
"""Rules after whose breach, unless it is but likely, nothing more of an answer is believed."""

ASIDE = {True: 3, False: 5}
"""Words, or characters, that may stand beside what an author wrote: 'Well, friend, …'."""


class LargeChecker(Checker):
    """Checks the sentences of one answer, in order, against all that the model was `given`.

    It may `improvise`; `deeds` are the words of what may be asked of the NPC, `rules` what the model was told of how to
    answer, `authored` what an author wrote for them to say, or code would: that is held against secrets alone. After
    what gave a secret away it `is_over`.
    """

    def __init__(
        self,
        turn: Turn,
        given: Sequence[str],
        *,
        said: Sequence[str] = (),
        improvise: Improvise = "self",
        deeds: Sequence[str] = (),
        rules: str = "",
        authored: Sequence[str] = (),
    ) -> None:
        super().__init__(turn, (), said)
        self.is_over = self._is_full = False
        self._tables = tables(self._language)
        self._given = Given(given, self._names, self._language)
        self._free, self._length = improvise != "none", turn.leading.length
        self._doing = Doing(turn, self._given, deeds, self._negated)
        self._rules = self._pack.tokens(plain(rules))
        self._authored = {plain(part) for text in authored for part in sentences(text)} - {""}
        self._claims = turn.claims
        self._last = [fold(one) for x in turn.scene.exchanges[-1:] for one in sentences(x.line.text)]
        own = {turn.scene.npc, turn.scene.speaker}
        heard = turn.reading.text
        self._heard = Given([heard], self._names, self._language)
        self._keeping = Keeping(turn, self._given, self._heard, self._opening)
        lines = [heard, *(exchange.reading.text for exchange in turn.scene.exchanges[-3:])]
        self._voices = Voices(self._given, lines, self._language)
        self._opposing = Opposing(turn, self._given, self._heard, self.yes_or_no, self._negated)
        self._events = Events(self._given, self._heard, own, self._is_person, self._language)
        self._figures = Figures(self._given, self._heard, own, turn.plan.facts, self._language)

    def fault(self, sentence: str, ground: Ground | None = None) -> Fault | None:
        """Return what is wrong with a sentence, or what it waits for; None when it may be said."""
        ground = ground or self._ground
        rules: tuple[Callable[[str, Ground], Fault | None], ...] = (
            self._form, self._out_of_character, self._secret, self._over_again, self._mixed_up,
            self._contradiction, self._doing_of, self._figure, self._kinship, self._relation, self._name, self._event,
            self._too_long,
        )  # fmt: skip
        if self._is_authored(sentence):
            rules = (self._form, self._secret, self._over_again, self._too_long)
        waits: Fault | None = None
        for rule in rules:
            found = rule(sentence, ground)
            if isinstance(found, Waiting):
                waits = waits or found
            elif found:
                ends = found.rule in _ENDS and not isinstance(found, Likely)
                self.is_over = ends or (found.rule == "contradicts" and not self._said)
                return found
        self._said.append(sentence)
        return waits

    def _is_authored(self, sentence: str) -> bool:
        """Return whether a sentence is an author's, with no more than an opening or an address beside it."""
        said, length = plain(sentence), self._pack.length
        room = ASIDE[self._pack.spaced]
        return any(
            one == said or (one in said and length(one) > room and length(said) - length(one) <= room)
            for one in self._authored
        )

    def leans(self, sentence: str) -> bool:
        """Return whether a first sentence says so little that what follows it tells what it means: 'I did.'"""
        brief = self._pack.length(sentence) <= BRIEF[self._pack.spaced]
        return bool(self._guard) and brief and self._keeping.leans(sentence)

    # -- how it is said ----------------------------------------------------------------------------

    def _form(self, sentence: str, ground: Ground) -> Fault | None:
        if not words(sentence):
            return Fault("empty", "nothing is said")
        if _LISTED.match(sentence):
            return Fault("character", "a list")
        label = _LABEL.match(sentence)
        if label and any(one.end - one.start >= len(label.group(1)) for one in self._given.mentions(label.group(1))):
            return Fault("character", f"speaks for somebody else: {label.group(1)}")
        if language_of(sentence, self._language) != self._language:
            return Fault("language", f"not in {self._language}")
        known = f"{self._given.text} {fold(self._reading.text)}"
        strange = next((piece for word in words(sentence) if (piece := self._pack.foreign(word, known))), "")
        return Fault("language", f"not in {self._language}: {strange}") if strange else None

    def _out_of_character(self, sentence: str, _: Ground) -> Fault | None:
        for table in ("refusals", "recital", "machine", "clerk"):
            found = self._tables.found(table, sentence)
            if found and found not in self._given.text and found not in self._heard.text:
                return Fault("outside", f"{table}: {found}")
        found = self._tables.found("abuse", sentence)
        if found and found not in self._given.text:
            return Fault("abuse", found)
        if self._recites(sentence):
            return Fault("outside", "recites what it was told")
        called = self._tables.pattern("calls_itself").search(sentence)
        if called and not self._is_own(called.group(1)):
            return Fault("character", f"calls itself {called.group(1)}")
        for word in self._scene.persona.voice.never.get(self._language, ()):
            if found_in(word, sentence, self._language):
                return Fault("voice", f"never says {word!r}")
        return None

    def _is_own(self, name: str) -> bool:
        persona, language = self._scene.persona, self._language
        own = (persona.names.get(language, ""), *persona.aliases.get(language, ()), persona.role.get(language, ""))
        return any(fold(name) in fold(one) or (one and fold(one) in fold(name)) for one in own)

    def _recites(self, sentence: str) -> bool:
        """Return whether a sentence has a stretch of what the model was told of how to answer."""
        length, said = _RECITED[self._pack.spaced], self._pack.tokens(plain(sentence))
        runs = {tuple(self._rules[at : at + length]) for at in range(len(self._rules) - length + 1)}
        return any(tuple(said[at : at + length]) in runs for at in range(len(said) - length + 1))

    def _over_again(self, sentence: str, ground: Ground) -> Fault | None:
        folded = fold(sentence)
        lately = self._recent if self._pack.length(sentence) >= _LONG else self._last
        if self._pack.length(sentence) > 2 and (folded in lately or folded in map(fold, self._said)):
            return Fault("repeated", "said just before")
        return Fault("repeated", "echoes the speaker") if self._voices.echoes(sentence) else None

    def _mixed_up(self, sentence: str, _: Ground) -> Fault | None:
        return self._voices.fault(sentence, self._said)

    def _too_long(self, sentence: str, _: Ground) -> Fault | None:
        """Find what makes an answer longer than people talk; after it nothing more is said."""
        most = self._length.characters if self._pack.spaced else self._length.characters // 2
        told = (*self._said, sentence)
        count = sum(0.5 if self._pack.length(one) <= _SHORT[self._pack.spaced] else 1 for one in told)
        self._is_full = self._is_full or count > self._length.sentences or sum(map(len, told)) > most
        return Fault("length", "longer than people talk") if self._is_full else None

    def _secret(self, sentence: str, ground: Ground) -> Fault | None:
        """Find what gives a secret away; what the prompt has word for word, which holds none, does not."""
        told = self._pack.length(sentence) >= _TOLD[self._pack.spaced] and self._given.has(sentence.rstrip(".!?。！？"))
        if not self._guard or told:
            return None
        return self._keeping.fault(sentence, self._said)

    # -- what is so --------------------------------------------------------------------------------

    def _contradiction(self, sentence: str, _: Ground) -> Fault | None:
        return self._opposing.fault(sentence, self._said)

    def _doing_of(self, sentence: str, _: Ground) -> Fault | None:
        return self._doing.fault(sentence, self._said)

    def _figure(self, sentence: str, _: Ground) -> Fault | None:
        asked = self._reading.main.question_word
        return self._figures.fault(sentence, free=self._free, first=not self._said, asked=asked or "")

    def _event(self, sentence: str, _: Ground) -> Fault | None:
        return None if sentence.endswith(ASKING) else self._events.fault(sentence, self._said)

    def _kinship(self, sentence: str, _: Ground) -> Fault | None:
        """Find kin that nobody has but their author: one's own may be made up where that is said, others' never."""
        text = plain(sentence)
        own = self._tables.pattern("kin").search(text)
        if own and not self._given.has_kin(own[own.lastindex or 0]) and not self._heard.has(own[own.lastindex or 0]):
            fault = Waiting("invented", f"kin nobody has: {own.group()}", own[own.lastindex or 0])
            return fault if self._free else Fault(fault.rule, fault.detail)
        if own and (stranger := self._no_kin(sentence, text, own)):
            return Fault("invented", f"kin nobody has: {stranger} as {own.group()}")
        after = self._tables.words_pattern("kin_of")
        for mention in self._names.find(sentence):
            rest = re.sub(r"^(?:'s|’s|的)? ?", "", text[mention.end : mention.end + 24])
            kin = after.match(rest)
            called = kin and self._tables.words_pattern("called_kin").match(
                kin.group()
            )  # 'Lian, big sister', to a child
            if kin and not (called and rest == text[mention.end : mention.end + 24]):
                entries = self._given.entries_of({mention.entity})
                if not any(kin.group() in entry for entry in entries):
                    return Fault("invented", f"kin nobody has: {mention.entity}'s {kin.group()}")
        return self._bond(sentence) or self._link(sentence)

    def _no_kin(self, sentence: str, text: str, own: re.Match[str]) -> str:
        """Return who is called kin of the NPC's own, 'he is my father', and is told to be none; empty for nobody."""
        if sentence.endswith(ASKING) or not self._tables.pattern("is_kin").search(text[: own.start()]):
            return ""
        people = self._given.named(sentence) | self._events.spoken_of(self._said)
        for one in sorted(filter(self._is_person, people)):
            entries = self._given.entries_of({one})
            if entries and not any(
                own[own.lastindex or 0] in entry and self._tables.is_mine(entry) for entry in entries
            ):
                return one
        return ""

    def _bond(self, sentence: str) -> Fault | None:
        """Find kin of whoever was just named ('her husband'), and marriages, that nobody told of."""
        text = plain(sentence)
        for table in ("kin_of_them", "bonds"):
            match = self._tables.pattern(table).search(text)
            named = self._given.named(sentence) if table == "bonds" else frozenset()
            people = [one for one in (*named, *self._events.spoken_of(self._said)) if self._is_person(one)]
            if match is None or not people or sentence.endswith(ASKING):
                continue
            entries = [entry for one in people for entry in self._given.entries_of({one})]
            if not any(match.group(1) in entry for entry in entries):
                return Fault("invented", f"nobody told of {people[0]}: {match.group()}")
        return None

    def _link(self, sentence: str) -> Fault | None:
        """Find what joins two people, 'worked for', 'is courting', where nothing that was told names them both."""
        pattern, people = self._tables.pattern("links"), list(filter(self._is_person, self._given.named(sentence)))
        people = [one for one in people if one not in (self._scene.npc, self._scene.speaker)]
        unreal = self._tables.found("on_condition", sentence) or words_of(self._language).cued("hedge", sentence)
        if sentence.endswith(ASKING) or not people or unreal:
            return None
        if len(people) == 1 and self._tables.found("them", sentence):
            people += self._events.spoken_of(self._said)
        both = frozenset(people)
        said = (one for one in clauses(sentence) if not self._negated(one))
        found = next((match for one in said if (match := pattern.search(one))), None)
        if found is None or len(both) < 2 or any(self._given.entries_of({a, b}) for a in both for b in both - {a}):
            return None
        return Fault("invented", f"nobody told of {' and '.join(sorted(both))}: {found.group().strip()}")

    def _relation(self, sentence: str, _: Ground) -> Fault | None:
        """Find what is told of two who are known, and was never told of them."""
        named = self._given.named(sentence)
        if (
            sentence.endswith(ASKING)
            or len(named) + self._tables.is_mine(sentence) < 2
            or not any(map(self._is_person, named))
        ):
            return None
        if len(named) > 1 and all(self._given.entries_of({one, *named - {one}}) for one in named):
            return None
        for claim in self._claims(sentence):
            ends = {claim.subject, claim.object} & named
            both = {claim.subject, claim.object} & (named | {self._scene.npc})
            if len(both) < 2 or not claim.holds or not any(map(self._is_person, ends)):
                continue
            entries = self._given.entries_of(ends)
            if self._scene.npc in both:
                entries = [entry for entry in entries if self._tables.is_mine(entry)]
            if not entries:
                return Fault("invented", f"nobody told it: {claim.statement_id}")
        return None

    def _name(self, sentence: str, _: Ground) -> Fault | None:
        """Find names nobody gave, and people nobody told of."""
        if self._tables.found("on_condition", sentence):
            return None
        if self._pack.capitals_are_names:
            ordinary = self._tables.listed("capitals")
            for match in _CAPITAL.finditer(sentence):
                word = self._pack.bare(plain(match.group())).rstrip("'")
                known = self._given.has_word(word) or word.removesuffix("'s") in ordinary or word in ordinary
                known = known or self._heard.has_word(word)
                if not known and not self._names.find(match.group()) and match.group().upper() != match.group():
                    return self._new_name(match.group())
        for table in ("new_names", "named_so"):
            for match in self._tables.pattern(table).finditer(sentence):
                name = next(filter(None, match.groups()), match.group())
                known = any(one.start == 0 and one.end == len(name) for one in self._names.find(name))
                if not self._given.has(name) and not self._heard.has(name) and not known:
                    return self._new_name(name)
        people = [one for one in self._given.named(sentence) if self._is_person(one)]
        strangers = [one for one in people if not (self._given.speaks_of(one) or self._heard.speaks_of(one))]
        return Fault("invented", f"nobody told of {strangers[0]}") if strangers else None

    def _new_name(self, name: str) -> Fault:
        fault = Waiting("invented", f"nobody knows {name}", name)
        return fault if self._free else Fault(fault.rule, fault.detail)

    def _is_person(self, entity: str) -> bool:
        found = self._scene.projections.compiled.entities.get(entity)
        return found is not None and found.kind == "person"
