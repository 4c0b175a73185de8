"""The fifth step of a turn: each sentence a model wrote, against what this NPC may claim."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from npc_engine.dialogue.check.grounds import Fault, Ground, check_words, vocabulary
from npc_engine.dialogue.check.inventions import Inventions, adds
from npc_engine.dialogue.check.order import in_order
from npc_engine.dialogue.scene import Turn
from npc_engine.lang import found_in, pack, words_of
from npc_engine.text import findable, fold, join_sentences, language_of, sentences, terms, words

_LABEL = re.compile(r"^\s*[\w ]{1,20}[:：]")
_STAGE = re.compile(r"\*[^*]*\*|\([^)]*\)|（[^）]*）")
_MARKUP = re.compile(r"[*\[\]{}<>#|_`()（）]")
_CLAUSE = re.compile(r"[,;:，；：—–]|\band\b")
_PAUSES = ".,!;:—–。，！；"
_CONVEYED = 0.75
SOCIAL_CONVEYED = 0.5
"""Shares of a plan's own words that must come back in a model's, for facts and for pleasantries. A sentence that has
to keep close must have all of them: a small model that leaves a word out says something else."""


class Checker:
    """Checks the sentences of one answer, in order, after what was `said` of it already.

    The turn's guard watches over what may not be told; it is asked about each sentence, and about all of them together.
    With `close`, a sentence keeps close to what it is to say: few words of its own, or, `styled`, words by which
    people colour what they say and none that states a thing.
    """

    def __init__(
        self,
        turn: Turn,
        bare: Sequence[str],
        said: Sequence[str] = (),
        *,
        close: bool = False,
        styled: bool = False,
    ) -> None:
        scene, language = turn.scene, turn.language
        self._plan, self._reading, self._scene, self._language = turn.plan, turn.reading, scene, language
        self._guard, self._close, self._styled = turn.guard, close, styled
        self._pack = pack(language)
        self._recited = styled and self._pack.recited
        self._names = scene.projections.names
        self._ground = Ground(turn.plan.facts, tuple(bare))
        self._talk = [turn.reading.text, *(t for x in scene.exchanges[-4:] for t in (x.reading.text, x.line.text))]
        self._recent = [fold(s) for x in scene.exchanges[-4:] for s in sentences(x.line.text)]
        self._vocabulary = vocabulary(scene, language)
        self._inventions = Inventions(turn, self._talk, close=close and not self._recited, styled=styled)
        self._said: list[str] = list(said)

    def fault(self, sentence: str, ground: Ground | None = None) -> Fault | None:
        """Return what is wrong with a sentence; None when it may be said.

        `ground` is what it has to stand on, the plan where left out. Sentences let through are remembered.
        """
        ground = ground or self._ground
        rules: tuple[Callable[[str, Ground], Fault | None], ...] = (
            self._form, self._character, self._secret, self._repetition,
            self._inventions.unbacked, self._inventions.numbers, self._polarity,
        )  # fmt: skip
        for rule in rules:
            if found := rule(sentence, ground):
                return found
        self._said.append(sentence)
        return None

    def conveys(self, said: Sequence[str], ground: Ground | None = None) -> bool:
        """Return whether sentences say what the plan says: its words, its numbers, yes or no as it does."""
        ground = ground or self._ground
        text = join_sentences([*said], self._language)
        given = set(findable(text))
        factual = bool(ground.facts or self._plan.says)
        if factual and self._recited:
            facts = [bare for bare in ground.texts if not words_of(self._language).is_answer(bare)]
            wanted_answer = self.yes_or_no("".join(ground.texts))
            recited = all(self._pack.recites(bare, text) for bare in facts)
            return recited and wanted_answer in (None, self.yes_or_no(text))
        least = (1.0 if self._close else _CONVEYED) if factual else SOCIAL_CONVEYED
        for bare in ground.texts:
            wanted = set(terms(bare)) - {"yes"}  # it may be an aye: which answer it is, is looked at below
            if wanted and len(wanted & given) / len(wanted) < least:
                return False
        answered, rest = self._opening(text)
        wanted_answer, wanted_rest = self._opening(" ".join(ground.texts))
        if not factual:
            return self._negated(rest) or not self._negated(wanted_rest)
        names = {mention.entity for bare in ground.texts for mention in self._names.find(bare)}
        if not names <= {mention.entity for mention in self._names.find(text)}:
            return False
        if wanted_answer is not None and answered != wanted_answer:
            return False
        if self._close and not all(in_order(bare, text, self._names, self._pack) for bare in ground.texts):
            return False
        return self._negated(rest) == self._negated(wanted_rest)

    # -- how it is said ----------------------------------------------------------------------------

    def _form(self, sentence: str, ground: Ground) -> Fault | None:
        if not words(sentence):
            return Fault("empty", "nothing is said")
        if language_of(sentence, self._language) != self._language:
            return Fault("language", f"not in {self._language}")
        if foreign := self._foreign(sentence, ground):
            return Fault("language", f"not in {self._language}: {foreign}")
        if (label := _LABEL.match(sentence)) and label.group() not in " ".join(ground.texts):
            return Fault("character", f"a label: {label.group().strip()}")
        if self._scene.persona.voice.stage_directions:
            sentence = _STAGE.sub("", sentence)
        if stage := _STAGE.search(sentence) or _MARKUP.search(sentence):
            return Fault("character", f"a stage direction: {stage.group()}")
        return None

    def _foreign(self, sentence: str, ground: Ground) -> str:
        """Return a piece in the other language, or in rare characters, that neither the plan nor the talk has."""
        known = fold(" ".join((*ground.texts, *self._talk, self._vocabulary.text)))
        return next((piece for word in words(sentence) if (piece := self._pack.foreign(word, known))), "")

    def _character(self, sentence: str, ground: Ground) -> Fault | None:
        for cue in (*words_of(self._language).cues.get("fiction", ()), *check_words(self._language)["machine"]):
            if adds(cue, sentence, ground, self._language):
                return Fault("character", f"out of the fiction: {cue}")
        for word in self._scene.persona.voice.never.get(self._language, ()):
            if found_in(word, sentence, self._language):
                return Fault("voice", f"never says {word!r}")
        return None

    def _repetition(self, sentence: str, ground: Ground) -> Fault | None:
        folded = fold(sentence)
        no_more_than_an_answer = not words(self._opening(sentence)[1])  # a no is a no, however often
        planned = set(terms(sentence)) <= set(terms(" ".join(ground.texts)))
        # Who is asked again says it again; of a trained voice the teller wants the line as a whole to be another.
        recent = [] if planned and self._styled else self._recent
        if not no_more_than_an_answer and (folded in recent or folded in map(fold, self._said)):
            return Fault("repeated", "said just before")
        if not planned and len(folded) > 12 and SequenceMatcher(None, folded, fold(self._reading.text)).ratio() > 0.85:
            return Fault("repeated", "echoes the speaker")
        spoken = self._pack.tokens(sentence)
        threes = Counter(tuple(spoken[i : i + 3]) for i in range(len(spoken) - 2))
        if threes and max(threes.values()) >= 3:
            return Fault("repeated", "goes round in circles")
        return None

    # -- what is claimed ---------------------------------------------------------------------------

    def _secret(self, sentence: str, ground: Ground) -> Fault | None:
        if not self._guard:
            return None
        whole = join_sentences([*self._said, sentence], self._language)
        together = " ".join(part.rstrip(".!?。！？…") for part in (*self._said[-1:], sentence))
        found = (
            self._guard.words(sentence)
            or self._guard.states(sentence, loosely=True)
            or self._guard.states(together, loosely=True)
            or self._guard.disguised(whole)
            or self._guard.disguised("\n".join([*self._said, sentence]))
        )
        return Fault("secret", f"touches on {found.secret}") if found else None

    def _polarity(self, sentence: str, ground: Ground) -> Fault | None:
        """Find a yes where the plan says no, and a fact said as its opposite."""
        said = self.yes_or_no(sentence)
        decided = self._plan.polarity is not None
        if said is not None and said != self._plan.polarity and (decided or self._reading.main.yes_no):
            return Fault("contradicts", "yes and no were mistaken" if decided else "not decided")
        for cue in check_words(self._language)["recants"]:
            if adds(cue, sentence, ground, self._language):
                return Fault("contradicts", f"takes it back: {cue}")
        rest = self._opening(sentence)[1]
        mixed = len({self._negated(fact.wording) for fact in ground.facts}) > 1
        for fact in ground.facts:
            wanted = set(terms(fact.wording))
            # A sentence of several facts has its nots where they belong or not: only its clauses can tell.
            for clause in _CLAUSE.split(rest) if mixed else (*_CLAUSE.split(rest), rest):
                if wanted and len(wanted & set(terms(clause))) / len(wanted) >= _CONVEYED:
                    if self._negated(clause) != self._negated(fact.wording):
                        return Fault("contradicts", f"{fact.id} was said as its opposite")
                    break
        return None

    def yes_or_no(self, sentence: str) -> bool | None:
        """Return what a sentence begins with: yes, no, or neither."""
        return self._opening(sentence)[0]

    def _opening(self, sentence: str) -> tuple[bool | None, str]:
        """Return the yes or no that a text begins with, and the rest of it, without that answer said over again."""
        particles = self._pack.particles or "\0"
        for answer, key in ((True, "yes"), (False, "no")):
            phrases = [*words_of(self._language).phrases.get(key, ()), *check_words(self._language)[key]]
            for phrase in (fold(one).strip(_PAUSES + " ") for one in phrases):
                rest = fold(sentence).removeprefix(phrase)
                if rest != fold(sentence) and (not rest.lstrip(particles) or rest.lstrip(particles)[0] in _PAUSES):
                    clauses = re.split(f"(?<=[{_PAUSES}])", rest)
                    return answer, "".join(c for c in clauses if c.strip(_PAUSES + " ").removeprefix("oh ") != phrase)
        return None, sentence

    def _negated(self, text: str) -> bool:
        cues = words_of(self._language).cues.get("negation", ())
        return any(found_in(cue, text, self._language) for cue in cues)
