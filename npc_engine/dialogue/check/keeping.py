"""Whether a large model's sentence gives away what is kept back: by its words, by what it states, by the author's own.

Where somebody has just asked after a secret, more counts: its words though the speaker used them first, a yes or a no,
and owning up to anything. A line that only comes near one may not be answered with a bare yes or no.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from npc_engine.acts import acts
from npc_engine.dialogue.access import closed, touched
from npc_engine.dialogue.check.given import Given
from npc_engine.dialogue.check.grounds import Fault, Likely
from npc_engine.dialogue.check.tables import plain, tables
from npc_engine.dialogue.check.telling import Telling, parts, telling
from npc_engine.dialogue.scene import Turn
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.types import ASKING
from npc_engine.lang import pack, words_of
from npc_engine.text import join_sentences, sentences

COVERED = 0.5
"""The share of a sentence's telling words that an author's cover has, from which it says that cover."""

NEAR, NEARLY = 1.5, 1.0
"""From what on a line comes near a secret, and a question near enough to be answered with no bare yes or no."""
BRIEF = 5
"""Words, or characters, up to which what is said of a cover may be no more than a yes or a no."""
FRAGMENT = {True: 3, False: 5}
"""Words, or characters, of an answer that only names something."""
CALLED = 2
"""Words, or characters, behind a bare no that may be whom it is said to: 'No, friend.'"""


class Keeping:
    """Watches over what is closed to who listens; `opening` tells whether a sentence opens with a yes or a no."""

    def __init__(
        self, turn: Turn, given: Given, heard: Given, opening: Callable[[str], tuple[bool | None, str]]
    ) -> None:
        scene, language = turn.scene, turn.language
        world = scene.projections.compiled
        self._guard, self._language = turn.guard, language
        self._given, self._tables, self._opening = given, tables(language), opening
        self._pack = pack(language)
        touching = touched(turn.reading, scene)
        withheld = {one.secret for one in turn.plan.withheld} | ({touching.id} if touching else set())
        shut = closed(scene)
        self._own = {scene.npc, scene.speaker}
        self._line_named = given.named(turn.reading.text) - self._own
        self._things = [
            {part for fact in one.facts for part in fact.split()} - self._own for one in shut if one.id in withheld
        ]
        self._people, self._entities = world.personas, world.entities
        self._pairs = [_ends(fact) - {scene.npc} for one in shut for fact in one.facts]
        talk = [turn.reading.text, *(part for x in scene.exchanges[-1:] for part in (x.reading.text, x.line.text))]
        self._named = {one for text in talk for one in given.named(text)} - self._own
        self._asked = Guard([one for one in shut if one.id in withheld], scene.npc, world)
        self._telling = Telling(shut, scene.npc, world, given, heard)
        self._line, self._yes_or_no = turn.reading.text, turn.reading.main.yes_no
        asked = frozenset(one.id for one in shut if one.id in withheld)
        self._near = self._telling.near(turn.reading.meant, NEAR) | asked
        asks = turn.reading.text.endswith(ASKING) or acts()[turn.reading.main.kind].question
        asks = asks and not turn.plan.facts  # what code answers by a fact is that fact
        self._put = asked or (self._telling.near(turn.reading.meant, NEARLY) if asks else frozenset())
        decided = turn.plan.facts or turn.plan.polarity is not None or turn.known.verdict is not None
        self._hinted = frozenset() if decided or not asks else self._telling.hinted(turn.reading.meant)
        self._left_out = ""
        self._covers = {plain(part) for one in shut for part in sentences(one.cover.get(language, ""))}

    def fault(self, sentence: str, before: Sequence[str]) -> Fault | None:
        """Return what a sentence gives away, by itself or with what was said before it.

        What is only like telling a secret takes with it what hangs on it.
        """
        found = self._found(sentence, before)
        if found is None and self._left_out and self._hangs(sentence):
            found = Likely("secret", f"goes on from: {self._left_out}")
        self._left_out = sentence if isinstance(found, Likely) else ""
        return found

    def _hangs(self, sentence: str) -> bool:
        """Return whether a sentence says more of what stood before it: a piece of one, or something of 'it'."""
        if sentence.endswith(ASKING):
            return False
        text = plain(sentence)
        if self._pack.length(text) <= FRAGMENT[self._pack.spaced] and not self._bids(text):
            return True
        of_them = self._tables.pattern("them").match(text) or self._tables.found("it", text)
        return bool(of_them) and not self._given.named(sentence)

    def _found(self, sentence: str, before: Sequence[str]) -> Fault | None:
        whole = join_sentences([*before, sentence], self._language)
        together = " ".join(part.rstrip(".!?。！？…") for part in (*before[-1:], sentence))
        loosely = self._guard.states(
            self._bare_of_helpers(sentence), loosely=True, of_oneself=bool(self._asked)
        ) or self._guard.states(together, loosely=True, of_oneself=False)
        found = (
            self._guard.words(sentence)
            or self._guard.states(sentence)
            or self._guard.disguised(whole)
            or self._guard.disguised("\n".join([*before, sentence]))
        )
        if found:
            return Fault("secret", f"touches on {found.secret}")
        brief = self._pack.length(sentence) <= BRIEF
        if loosely and not self._is_no_news(sentence, together, loosely.what):
            return Likely("secret", f"touches on {loosely.secret}")
        if plain(sentence) in self._covers and (before or not self._tables.found("short_answers", sentence)):
            return None
        covered = self._covers_up(sentence)
        if self._put and not (covered and not brief) and (answer := self._answers(sentence, first=not before)):
            return answer
        if not before and self._hinted and self._says_yes(sentence):
            return Fault("secret", "says yes to what comes near what is kept back")
        if covered:
            return None
        told, as_written = self._telling.tells(sentence, self._near)
        if told:
            return (Fault if as_written else Likely)("secret", f"is told like {told}")
        if self._put and self._tables.found("confides", sentence) and not sentence.endswith(ASKING):
            return Likely("secret", "confides what is kept back")
        if self._joins(sentence):
            return Likely("secret", "joins what only a secret does")
        return self._told(sentence) if self._asked else None

    def leans(self, sentence: str) -> bool:
        """Return whether a short sentence may begin a secret's telling: it says little by itself, and is no cover."""
        covered = frozenset().union(*(telling(one, self._language) for one in self._covers))
        said = telling(plain(sentence), self._language)
        if sentence.endswith(ASKING) or plain(sentence) in self._covers or (said and said <= covered):
            return False
        likens = self._tables.found("likens", sentence) and not self._denies(sentence)
        short = self._tables.found("short_answers", sentence) or self._opening(sentence)[0] is not None
        return bool((self._put and not likens) or short or self._said_back(plain(sentence)))

    def _is_no_news(self, sentence: str, together: str, fact: str) -> bool:
        """Return whether what a sentence states but loosely is told of openly: 'the bridge is down', whoever fell."""
        if self._tables.found("nobody_named", sentence):
            return False
        entries = self._given.entries_of(self._given.named(together) & {*fact.split()})
        if self._asked:  # then only what the NPC says of themself is none: where they are from, be somebody else too
            entries = [entry for entry in entries if self._tables.is_mine(entry)]
        return any(self._guard.states(entry, loosely=True) for entry in entries)

    def _covers_up(self, sentence: str) -> bool:
        """Return whether a sentence says what an author wrote to be said instead of a secret, in other words."""
        said = telling(plain(sentence), self._language)
        same = max((len(said & telling(cover, self._language)) for cover in self._covers), default=0)
        return same > 1 and same >= COVERED * len(said)

    def _answers(self, sentence: str, *, first: bool) -> Fault | None:
        """Find an answer that says no more than yes, no, who, where or how many, be it in the speaker's own word.

        So does whatever begins an answer and has nothing of its own: 'You could put it that way.' Who is asked after
        what they keep back speaks of something else, or says no.
        """
        bare = self._tables.pattern("fillers").sub("", plain(sentence)).strip() or plain(sentence)
        if sentence.endswith(ASKING):
            granted = self._tables.found("grants", bare)
            return Fault("secret", f"answers what is kept back: {granted}") if granted else None
        answer, rest = self._opening(bare)
        short = (
            self._tables.found("short_answers", bare) or self._tables.found("owns_up", bare) or self._said_back(bare)
        )
        if not short and self._pack.length(bare) <= FRAGMENT[self._pack.spaced] and not self._bids(bare):
            aside = frozenset().union(*(telling(one, self._language) for one in self._covers))
            if not self._yes_or_no:  # who, where or what is not answered by the question's own words
                aside |= telling(plain(self._line), self._language)
            if named := self._telling.names(bare, self._put, aside):
                return Likely("secret", f"answers what is kept back: {named}")
        if short or answer or (answer is False and self._pack.length(rest) <= CALLED):
            return Fault("secret", f"answers what is kept back: {short or bare}")
        if first and (self._yes_or_no or self._asked) and not self._denies(bare) and not self._says_more(bare):
            return Likely("secret", f"leaves what is kept back as it was put: {bare}")
        return None

    def _says_more(self, bare: str) -> bool:
        """Return whether an answer has a word of its own, beside thin ones, the line's and whom it is said to."""
        own = self._tables.pattern("address").sub(" ", bare)
        said = parts(own, self._language) - parts(plain(self._line), self._language)
        return bool(said - self._tables.listed("speaking") or self._tables.found("intangible", own))

    def _says_yes(self, sentence: str) -> bool:
        """Return whether a sentence says yes, or says over what was asked."""
        bare = self._tables.pattern("fillers").sub("", plain(sentence)).strip() or plain(sentence)
        if sentence.endswith(ASKING) or self._denies(bare):
            return False
        short = self._tables.found("short_answers", bare) or self._said_back(bare)
        return bool(self._opening(bare)[0] or short)

    def _said_back(self, bare: str) -> str:
        """Return how the verb of a question is said back for a yes, where words do not stand apart: 看过。"""
        if self._pack.spaced:
            return ""
        clause = self._tables.pattern("clause").match(bare)
        said = clause.group(1) if clause else ""
        heard, aspects = set(plain(self._line)), self._tables.listed("aspects")
        return said if set(said) & heard - aspects and set(said) <= heard | aspects and not self._denies(said) else ""

    def _denies(self, text: str) -> bool:
        return words_of(self._language).cued("negation", text)

    def _joins(self, sentence: str) -> bool:
        """Return whether a sentence says something of two that only a secret brings together, one as 'she' perhaps."""
        if sentence.endswith(ASKING) or self._denies(sentence):
            return False
        named = self._given.named(sentence) | self._pronouns_of(sentence)
        return any(len(pair) > 1 and pair <= named and not self._given.entries_of(pair) for pair in self._pairs)

    def _pronouns_of(self, sentence: str) -> frozenset[str]:
        """Return whom a sentence calls 'she': who was asked about."""
        if not self._tables.found("them", sentence):
            return frozenset()
        return frozenset(filter(self._is_person, self._line_named))

    def _is_person(self, entity: str) -> bool:
        return entity in self._entities and self._entities[entity].kind == "person"

    def _bare_of_helpers(self, sentence: str) -> str:
        """Return a sentence without a 'have' that has nothing: 'I have never seen the sea'."""
        return self._tables.pattern("helpers").sub(" ", plain(sentence))

    def _bids(self, text: str) -> bool:
        """Return whether a text tells the other one to do something, and nothing of where or who."""
        return bool(self._tables.found("bids", text))

    def _told(self, sentence: str) -> Fault | None:
        if own := self._tables.found("owns_up", sentence):
            return Fault("secret", f"owns up to what is kept back: {own}")
        if sentence.endswith(ASKING) or self._bids(plain(sentence)):
            return None
        if self._pack.length(sentence) > 1 and (found := self._asked.names(sentence)):
            return Likely("secret", f"speaks of {found.secret}, which was asked after")
        named = self._given.named(sentence) - self._own
        begun = self._bare_of_helpers(sentence) if self._is_vague(sentence, named) else ""
        if (found := self._asked.partly(begun)) and not any(named - things for things in self._things):
            return Likely("secret", f"speaks of {found.secret}, which was asked after")
        if self._brings_up(sentence, named):
            return Likely("secret", "brings up what was asked after")
        return None

    def _is_vague(self, sentence: str, named: frozenset[str]) -> bool:
        """Return whether a sentence leaves open what it is done to, where that is nothing that a secret is about."""
        brief = self._pack.length(sentence) <= BRIEF
        return brief or bool(self._tables.found("vaguely", sentence)) or any(things & named for things in self._things)

    def _brings_up(self, sentence: str, named: frozenset[str]) -> bool:
        """Return whether a sentence tells of what a secret is about, or of somebody whom nobody named."""
        own = bool(self._tables.listed("mine") & set(self._pack.tokens(plain(sentence))))
        cut_short, new = bool(self._tables.found("elliptical", sentence)), named - self._line_named
        for things in self._things:
            told = (things & named and own) or (things & new and cut_short)
            if len(things & named) > 1 or (told and not self._denies(sentence)):
                return True
        people = {one for one in (*named, *self._named) if self._is_person(one) and self._given.speaks_of(one)}
        if not any(map(self._is_person, frozenset().union(*self._things))):
            return False  # a secret of things alone is no 'he'
        return not people and bool(self._tables.found("nobody_named", sentence))


def _ends(fact: str) -> frozenset[str]:
    subject, _, object_ = fact.split()
    return frozenset({subject, object_})
