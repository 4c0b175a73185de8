"""The fifth step of a turn: each sentence a model wrote, against what this NPC may claim."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from npc_engine.dialogue.decide import is_open
from npc_engine.dialogue.plan import Heard, Plan
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.words import found_in, words_of
from npc_engine.text import Language, fold, language_of, sentences, terms, words
from npc_engine.world.wording import number_words

_CAPITAL = re.compile(r"(?<![.!?…:“\"'‘] )(?<!^)\b[A-Z][\w’']+")
_LABEL = re.compile(r"^\s*[\w \u4e00-\u9fff]{1,20}[:：]")
_STAGE = re.compile(r"[*\[\]{}<>#|_`]|\([^)]*\)|（[^）]*）")
_EN_NUMBERS = {number_words(n, "en"): n for n in range(2, 100)} | {
    "hundred": 100,
    "thousand": 1000,
    "dozen": 12,
}
_ZH_NUMBER = re.compile("[零一二两三四五六七八九十百千万\\d]+(?=[个枚只位块条头年月天日夜次斤两])")
_CONVEYED = 0.75
_SOCIAL_CONVEYED = 0.5
"""Shares of a plan's own words that must come back in a model's, for facts and for pleasantries."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a sentence: the rule it breaks, and where."""

    rule: str
    detail: str


class Checker:
    """Checks the sentences of one answer, in order."""

    def __init__(self, plan: Plan, heard: Heard, bare: list[str], scene: Scene, language: Language) -> None:
        self._plan, self._scene, self._language = plan, scene, language
        self._heard = heard
        self._bare = bare
        self._names = scene.views.names
        content = " ".join(bare)
        self._allowed = {mention.entity for mention in self._names.find(content)} | {scene.npc, scene.speaker}
        for fact in plan.facts:
            self._allowed |= {fact.belief.statement.subject, fact.belief.statement.object}
        self._allowed_words = set(words(content)) | set(words(heard.text))
        self._said: list[str] = []
        self._recent = [fold(s) for x in scene.exchanges[-4:] for s in sentences(x.line.text)]
        self._secrets = [secret for secret in scene.persona.secrets if not is_open(secret, scene)]

    def fault(self, sentence: str) -> Fault | None:
        """Give what is wrong with a sentence; None when it may be said. Sentences let through are remembered."""
        found = (
            self._form(sentence)
            or self._character(sentence)
            or self._secret(sentence)
            or self._repetition(sentence)
            or self._invented(sentence)
            or self._numbers(sentence)
        )
        if found is None:
            self._said.append(sentence)
        return found

    def conveys(self, said: list[str]) -> bool:
        """Tell whether sentences say what the plan says: its words, its numbers, yes or no as it does."""
        text = " ".join(said)
        given = set(terms(text))
        factual = bool(self._plan.facts or self._plan.fixed)
        least = _CONVEYED if factual else _SOCIAL_CONVEYED
        for bare in self._bare:
            wanted = set(terms(bare))
            if wanted and len(wanted & given) / len(wanted) < least:
                return False
        if not factual:
            return True
        names = {mention.entity for bare in self._bare for mention in self._names.find(bare)}
        if not names <= {mention.entity for mention in self._names.find(text)}:
            return False
        return self._negated(text) == self._negated(" ".join(self._bare))

    def _form(self, sentence: str) -> Fault | None:
        if not words(sentence):
            return Fault("empty", "nothing is said")
        if language_of(sentence, self._language) != self._language:
            return Fault("language", f"not in {self._language}")
        if (label := _LABEL.match(sentence)) and label.group() not in " ".join(self._bare):
            return Fault("character", f"a label: {label.group().strip()}")
        if stage := _STAGE.search(sentence):
            return Fault("character", f"a stage direction: {stage.group()}")
        return None

    def _character(self, sentence: str) -> Fault | None:
        cues = words_of(self._language)
        for cue in cues.cues["fiction"]:
            if self._new(cue, sentence):
                return Fault("character", f"out of the fiction: {cue}")
        for word in self._scene.persona.voice.never.get(self._language, ()):
            if found_in(word, sentence, self._language):
                return Fault("voice", f"never says {word!r}")
        return None

    def _repetition(self, sentence: str) -> Fault | None:
        folded = fold(sentence)
        if folded in self._recent or folded in map(fold, self._said):
            return Fault("repeated", "said just before")
        if SequenceMatcher(None, folded, fold(self._heard.text)).ratio() > 0.85 and len(folded) > 12:
            return Fault("repeated", "echoes the speaker")
        spoken = words(sentence) if self._language == "en" else list(sentence)
        threes = Counter(tuple(spoken[i : i + 3]) for i in range(len(spoken) - 2))
        if threes and max(threes.values()) >= 3:
            return Fault("repeated", "goes round in circles")
        return None

    def _invented(self, sentence: str) -> Fault | None:
        for mention in self._names.find(sentence):
            surface = fold(sentence)[mention.start : mention.end]
            if mention.entity not in self._allowed and not set(words(surface)) <= self._allowed_words:
                return Fault("invented", f"{mention.entity} has no place in this answer")
        for match in _CAPITAL.finditer(sentence):
            word = fold(match.group()).removesuffix("'s")
            if word not in self._allowed_words and word.split("'")[0] != "i" and not self._names.find(match.group()):
                return Fault("invented", f"nobody knows {match.group()}")
        plan_values = {fact.belief.statement.object for fact in self._plan.facts}
        for predicate in {fact.belief.statement.predicate for fact in self._plan.facts}:
            rule = self._scene.views.cast.predicates.get(predicate)
            for value_id, value in (rule.values if rule else {}).items():
                if value_id in plan_values:
                    continue
                for phrase in (*value.words.get(self._language, ()), value.names.get(self._language, "")):
                    if self._new(phrase, sentence):
                        return Fault("contradicts", f"{predicate} is not {value_id}")
        return None

    def _new(self, phrase: str, sentence: str) -> bool:
        """Tell whether a sentence has a phrase that the plan doesn't."""
        return (
            bool(phrase)
            and found_in(phrase, sentence, self._language)
            and not any(found_in(phrase, bare, self._language) for bare in self._bare)
        )

    def _numbers(self, sentence: str) -> Fault | None:
        content = " ".join(self._bare) + " " + self._heard.text
        if self._language == "zh":
            found = _ZH_NUMBER.findall(sentence)
            unknown = [number for number in found if number not in content and number != "一"]
        else:
            spoken = words(sentence)
            unknown = [
                word for word in spoken if (word.isdigit() or word in _EN_NUMBERS) and word not in words(content)
            ]
        return Fault("invented", f"a number nobody gave: {unknown[0]}") if unknown else None

    def _secret(self, sentence: str) -> Fault | None:
        for secret in self._secrets:
            for word in secret.words.get(self._language, ()):
                if self._new(word, sentence):
                    return Fault("secret", f"touches on {secret.id}")
        return None

    def _negated(self, text: str) -> bool:
        cues = words_of(self._language).cues["negation"]
        return sum(found_in(cue, text, self._language) for cue in cues) > 0
