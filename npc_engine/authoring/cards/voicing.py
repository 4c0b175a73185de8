"""Sentences about somebody put into their own mouth: 'She runs the inn' becomes 'I run the inn'.

By rules, and only where the rules are sure whom each word means: what they are not sure of is not put at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from npc_engine.authoring.cards.macros import USER
from npc_engine.authoring.cards.prose import data_of, has_word
from npc_engine.lang import LanguagePack
from npc_engine.text import fold

_WORD = r"[\w'’-]+"


class Voicing:
    """Puts sentences about one character into that one's mouth."""

    def __init__(self, names: Sequence[str], pronoun: str, speech: LanguagePack) -> None:
        self._speech = speech
        self._rules: Mapping[str, Any] = data_of(speech).get("first_person", {})
        self._user: Mapping[str, Any] = data_of(speech).get("user", {})
        self._pronoun = pronoun
        self._names = sorted({name for name in names if name}, key=len, reverse=True)
        self._edge = r"\b" if speech.spaced else ""

    def first_person(self, sentence: str) -> str | None:
        """Return a sentence as the character says it; None where it can't be told whom it speaks of."""
        sentence = self.to_listener(sentence)
        others = (
            form for kind, forms in self._rules.get("subjects", {}).items() if kind != self._pronoun for form in forms
        )
        if sentence.casefold().startswith(tuple(f"{form}{self._speech.gap}" for form in others)):
            return None  # of whom, the sentence before has said
        subjects = [*self._names, *self._rules.get("subjects", {}).get(self._pronoun, ())]
        if not self._speaks_of_them(sentence, subjects):
            return None if self._speaks_of_another(sentence) else sentence
        if self._may_mean_another(sentence):
            return None
        told = self._possessives(sentence)
        told = self._subjects(told, subjects) if self._speech.spaced else self._replaced(told, subjects, "subject")
        told = self._objects(told)
        return None if self._speaks_of_them(told, subjects) else told[:1].upper() + told[1:]

    def begins_with_them(self, sentence: str) -> bool:
        """Return whether a sentence begins with the character: with a name or a pronoun of theirs."""
        forms = [*self._names, *self._rules.get("subjects", {}).get(self._pronoun, ())]
        owners = ("possessives", "either", "owner")
        forms += [form for kind in owners for form in self._forms(kind) if form] if self._speech.spaced else []
        return any(re.match(rf"{self._whole(form)}", fold(sentence)) for form in forms)

    def by_name(self, sentence: str) -> str:
        """Return a sentence about somebody or something else, with the character's name in the first person."""
        sentence = self.to_listener(sentence)
        named = Voicing(self._names, "", self._speech)
        if not named._any(self._names, sentence):
            return sentence
        told = named._possessives(sentence)
        put = named._subjects if self._speech.spaced else lambda told, names: named._replaced(told, names, "subject")
        told = named._objects(put(told, self._names))
        return told[:1].upper() + told[1:]

    def of_somebody(self, text: str) -> str:
        """Return a text that nobody says, with whom the character talks to as anybody: 'somebody knocks'."""
        put = self._user.get("somebody", "")
        text = re.sub(rf"(^|[.!?]\s+){USER}", lambda found: found[1] + put[:1].upper() + put[1:], text)
        return text.replace(USER, put)

    def aloud(self, text: str) -> str:
        """Return what is said to somebody without what they are called by: 'Hi, {{user}}!' becomes 'Hi!'."""
        called = "|".join(map(re.escape, self._user.get("called", ())))
        text = re.sub(rf"(^|[.!?…。！？]\s*){USER}\s*[,!?，！？—-]+\s*", r"\1", text)
        text = re.sub(rf"\s*[,，]\s*{USER}(?=\s*[.,!?…。，！？—]|\s*$)", "", text)
        text = re.sub(rf"(?i:\b({called}))[\s,，]*{USER}(?=\s*[.,!?…。，！？—]|\s*$)", r"\1", text) if called else text
        text = re.sub(r"^(\W*)(\w)", lambda found: found[1] + found[2].upper(), text)
        return self.to_listener(text)

    def to_listener(self, text: str) -> str:
        """Return a text with whom it is said to called 'you'."""
        you, owner = self._user.get("you", ""), self._user.get("possessive", "")
        text = re.sub(rf"{USER}['’]s\b", owner, text)
        for verb, agreed in self._user.get("verbs", {}).items():
            text = re.sub(rf"{USER} {re.escape(verb)}\b", f"{USER} {agreed}", text)
        joined = set(self._rules.get("joined", "").split())
        text = re.sub(
            rf"{USER} ({_WORD})",
            lambda found: f"{USER} {self._agreed(found[1], {}) if fold(found[1]) in joined else found[1]}",
            text,
        )
        text = re.sub(rf"(^|[.!?]\s+){USER}", lambda found: found[1] + you[:1].upper() + you[1:], text)
        return text.replace(USER, you)

    def everywhere(self, value: Any) -> Any:
        """Return texts, wherever they stand in a value, with whom they are said to called 'you'."""
        if isinstance(value, str):
            return self.to_listener(value) if USER in value else value
        if isinstance(value, dict):
            return {key: self.everywhere(each) for key, each in value.items()}
        return [self.everywhere(each) for each in value] if isinstance(value, list) else value

    # -- of whom is it? --------------------------------------------------------------------------------

    def _forms(self, kind: str) -> list[str]:
        found = self._rules.get(kind, {}).get(self._pronoun, ())
        return [found] if isinstance(found, str) else list(found)

    def _speaks_of_them(self, sentence: str, subjects: Sequence[str]) -> bool:
        kinds = ("objects", "possessives", "either", "owner", "mine", "reflexives")
        return self._any([*subjects, *(form for kind in kinds for form in self._forms(kind) if form)], sentence)

    def _speaks_of_another(self, sentence: str) -> bool:
        """Return whether a sentence without a word for them has one for somebody else, who may be they."""
        others = {
            form for pronoun, forms in self._rules.get("subjects", {}).items() if pronoun != "it" for form in forms
        }
        return self._any([*others], sentence)

    def _may_mean_another(self, sentence: str) -> bool:
        """Return whether a pronoun stands behind another whom it may mean as well."""
        if self._any(self._forms("doubtful"), sentence):
            return True
        pronouns = [form for kind in ("subjects", "objects", "either", "owner") for form in self._forms(kind) if form]
        folded = fold(sentence)
        places = [found.start() for word in pronouns for found in re.finditer(self._whole(word), folded)]
        others = [
            found.end()
            for word in self._rules.get("others", {}).get(self._pronoun, ())
            for found in re.finditer(self._whole(word), folded)
        ]
        return bool(places and others and max(places) > min(others))

    def _any(self, listed: Sequence[str], sentence: str) -> bool:
        folded = fold(sentence)
        return any(re.search(self._whole(word), folded) for word in listed if word)

    def _whole(self, word: str) -> str:
        return rf"{self._edge}{re.escape(fold(word))}{self._edge}"

    # -- putting it ------------------------------------------------------------------------------------

    def _replaced(self, text: str, forms: Sequence[str], kind: str) -> str:
        for form in forms:
            text = re.sub(rf"{self._edge}{re.escape(form)}{self._edge}", self._rules[kind], text, flags=re.IGNORECASE)
        return text

    def _possessives(self, text: str) -> str:
        mine, own = self._rules["possessive"], self._rules["own"]
        for name in self._names:
            text = re.sub(rf"\b{re.escape(name)}['’]s\b", mine, text) if self._speech.spaced else text
        text = self._replaced(text, self._forms("possessives"), "possessive")
        text = self._replaced(text, self._forms("mine"), "own")
        text = self._replaced(text, self._forms("reflexives"), "reflexive")
        for form in self._forms("owner"):
            text = re.sub(rf"\b{form}\b(?=\s+\w)", mine, text, flags=re.IGNORECASE)
            text = re.sub(rf"\b{form}\b", own, text, flags=re.IGNORECASE)
        for form in filter(None, self._forms("either")):
            text = re.sub(rf"({_WORD} )?\b{form}\b(\s+)?({_WORD})?", self._either, text, flags=re.IGNORECASE)
        return text

    def _either(self, found: re.Match[str]) -> str:
        before, gap, word = (found[group] or "" for group in (1, 2, 3))
        is_object = not word or fold(word) in self._rules["before_object"]
        is_object = is_object or fold(before).strip() in self._rules["giving"]
        return f"{before}{self._rules['object' if is_object else 'possessive']}{gap}{word}"

    def _subjects(self, text: str, subjects: Sequence[str]) -> str:
        """Return an English-like text with the subject and its verbs in the first person."""
        if not subjects:
            return text
        pronouns = [form for form in subjects if form not in self._names]
        listed = "|".join([*map(re.escape, self._names), *(rf"(?i:{re.escape(form)})" for form in pronouns)])
        adverbs = "|".join(map(re.escape, self._rules["adverbs"]))
        verb = rf"(?:(?P<gap> )(?P<adverbs>(?:(?:{adverbs}|\w+ly) )*)(?P<verb>{_WORD})|(?P<short>['’]s))?"
        changed = self._each_subject(text, re.compile(rf"\b(?:{listed})\b{verb}"))
        return self._joined(changed) if changed != text else changed

    def _each_subject(self, text: str, pattern: re.Pattern[str]) -> str:
        """Return a text with each name and pronoun replaced where what stands before says that it is a subject."""
        pieces, at = [], 0
        always = set(map(fold, self._rules["nominative"].get(self._pronoun, ())))
        for found in pattern.finditer(text):
            is_subject = fold(re.split(r"[\s'’]", found[0], maxsplit=1)[0]) in always
            if is_subject or self._starts_clause(text[: found.start()]):
                pieces += [text[at : found.start()], self._put_subject(found)]
                at = found.end()
        return "".join([*pieces, text[at:]])

    def _starts_clause(self, before: str) -> bool:
        """Return whether a name or pronoun that stands behind `before` is a subject rather than an object."""
        words = re.findall(_WORD, fold(before))
        if not words or before.rstrip().endswith((",", ";", ":", ".", "!", "?", '"', "“", "-", "–", "—")):
            return True
        return words[-1] in {*self._rules["joining"], *self._rules["opening"]}

    def _put_subject(self, found: re.Match[str]) -> str:
        i, verbs = self._rules["subject"], self._rules["verbs"]
        if found["short"]:
            return f"{i}'m"
        if not found["verb"]:
            return str(i)
        return f"{i}{found['gap']}{found['adverbs'] or ''}{self._agreed(found['verb'], verbs)}"

    def _agreed(self, verb: str, verbs: Mapping[str, str]) -> str:
        bare = fold(verb)
        if bare in verbs:
            return str(verbs[bare])
        if bare in self._rules["kept"] or not bare.endswith("s") or bare.endswith("ss") or len(bare) < 3:
            return verb
        if bare.endswith("ies") and len(bare) > 4:
            return f"{verb[:-3]}y"
        return verb[:-2] if bare.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")) else verb[:-1]

    def _joined(self, text: str) -> str:
        """Return a text in which verbs that share the subject agree with it too: 'I run the inn and love gossip'."""
        known = set(self._rules["joined"].split())
        joining = "|".join(word for word in self._rules["joining"] if word.isalpha())
        adverbs = "|".join(map(re.escape, self._rules["adverbs"]))
        joint = rf"(?:,\s+)?\b(?:{joining})\b|,(?!\s+(?:{joining})\b)"
        pattern = re.compile(rf"((?:{joint})\s+(?:(?:{adverbs}|\w+ly) )?)({_WORD})")
        verbs = self._rules["verbs"]

        def put(found: re.Match[str]) -> str:
            verb = found[2]
            return found[1] + (self._agreed(verb, verbs) if fold(verb) in known else verb)

        return pattern.sub(put, text)

    def _objects(self, text: str) -> str:
        for name in self._names if self._speech.spaced else ():
            text = re.sub(rf"\b{re.escape(name)}\b", self._rules["object"], text)
        return self._replaced(text, self._forms("objects"), "object")


def topic_of(sentence: str, speech: LanguagePack) -> str:
    """Return which topic of `about` a sentence belongs to; empty where none fits."""
    topics: Mapping[str, list[str]] = data_of(speech).get("topics", {})
    return next((topic for topic, cues in topics.items() if has_word(sentence, cues, speech)), "")
