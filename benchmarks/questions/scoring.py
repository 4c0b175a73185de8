"""Whether an answer is right, and whether it claims what the one who gave it doesn't believe: by code alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import yaml

from benchmarks.questions.cases import Case
from benchmarks.questions.filling import VALUED
from benchmarks.questions.world import HERE, Generated, Key, Known, Mind, canonical, names
from npc_engine.text import Language, fill, fold
from npc_engine.world.wording import number_words

NUMBERS: dict[Language, dict[str, int]] = {
    "en": {number_words(n, "en"): n for n in range(2, 100)},
    "zh": {number_words(n, "zh"): n for n in range(2, 100)},
}
_EN_TENS = re.compile(
    rf"\b({'|'.join(number_words(n, 'en') for n in range(20, 100, 10))}) "
    rf"({'|'.join(number_words(n, 'en') for n in range(1, 10))})\b"
)
_ZH_NUMBER = re.compile("[零一二两三四五六七八九十百千]+(?=[个枚位岁人年])")


@dataclass(frozen=True)
class Verdict:
    """What came of one answer; `why` says what was missing or what was claimed."""

    right: bool
    unsupported: bool
    why: str = ""


@cache
def _markers() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = yaml.safe_load((HERE / "markers.yaml").read_text(encoding="utf-8"))
    return found


class Scorer:
    """Scores answers about a world."""

    def __init__(self, world: Generated) -> None:
        self._world = world
        self._entities = [*world.people, *(entry[0] for entry in world.kinds())]
        self._minds = {npc: Mind(known.values()) for npc, known in world.knowledge.items()}

    def score(self, case: Case, text: str, facts: Iterable[tuple[Key, bool]] | None = None) -> Verdict:
        """Score an answer: its text, and the statements that the engine says it stands on, where there is an engine."""
        language: Language = "zh" if re.search("[\u4e00-\u9fff]", text) else "en"
        said = None if facts is None else {canonical(key): holds for key, holds in facts}
        claim = self._unsupported(case, text, language, said)
        missing = self._missing(case, text, language, said)
        return Verdict(not claim and not missing, bool(claim), "; ".join(part for part in (claim, missing) if part))

    # -- is it right -------------------------------------------------------------------------------

    def _missing(self, case: Case, text: str, language: Language, said: dict[Key, bool] | None) -> str:
        if case.verdict == "unknown":
            return "" if self._marked("unknown", text, language) else "should not know"
        if case.verdict in ("yes", "no"):
            return "" if self._begins(case.verdict, text, language) else f"should say {case.verdict}"
        if case.verdict == "denied":
            if not (self._marked("deny", text, language) or self._marked("unknown", text, language)):
                return "should deny it"
            _, predicate, object_ = case.asked[0]
            true = [
                known.key[0] for known in case.beside if known.key[2] == object_ and predicate in ("built", "mended")
            ]
            lost = [entity for entity in true if not self._names(entity, text, language, case)]
            return f"should correct it: {lost}" if lost else ""
        counted = case.number is not None and case.number > 1  # of one alone, the name will do
        if counted and case.number not in self._numbers(text, language):
            return f"should say {case.number}"
        for known in case.facts if not counted else ():
            if said is not None and not said.get(canonical(known.key)):
                return f"should stand on {'.'.join(known.key)}"
            for part in self._parts(known):
                if part not in case.about and not self._says(known, part, text, language, case):
                    return f"should name {part}"
            if case.measured and not set(known.qualifiers.values()) <= self._numbers(text, language):
                return f"should say {known.qualifiers}"
        if case.marked and not self._marked(case.marked, text, language):
            return f"should be said as {case.marked}"
        return ""

    # -- is it made up -----------------------------------------------------------------------------

    def _unsupported(self, case: Case, text: str, language: Language, said: dict[Key, bool] | None) -> str:
        mind = self._minds[case.npc]
        for key, holds in (said or {}).items():
            stance = mind.stance(key)
            if stance is None or stance.holds != holds:
                return f"does not believe {'.'.join(key)}"
        opposite = {"yes": "no", "no": "yes"}.get(case.verdict or "")
        if opposite and self._begins(opposite, text, language):
            return f"says {opposite}"
        if case.verdict in ("unknown", "denied") and not said:
            open_ = self._marked("unknown", text, language) or self._marked("deny", text, language)
            if not open_:
                return "claims what it can't know"
        backed = [*case.facts, *case.beside]
        if said is not None:
            backed += [Known(key, self._qualifiers(key, mind)) for key in said]
        allowed = {part for known in backed for part in known.key} | {case.npc, *case.about}
        allowed |= {known.by for known in backed if known.by} | {
            k.by for key in said or () if (k := mind.stance(key)) and k.by
        }
        allowed |= {part for key in case.asked for part in key}
        asked = " ".join(case.turns)
        for entity in self._entities:
            if (
                entity not in allowed
                and self._named(entity, text, language)
                and not self._named_anywhere(entity, asked)
            ):
                return f"brings up {entity}"
        if strangers := self._strangers(text, asked):
            return f"brings up {strangers[0]}, whom nobody knows"
        numbers = {number for known in backed for number in known.qualifiers.values()} | {case.number, 1, None}
        numbers |= {len(case.facts)} | self._numbers(asked, "en") | self._numbers(asked, "zh")
        if invented := self._numbers(text, language) - numbers:
            return f"invents {sorted(invented)}"
        for predicate in {known.key[1] for known in backed} & set(VALUED):
            for value in self._world.predicates[predicate]["values"]:
                if value not in allowed and self._word(self._world.value(predicate, value, language), text, language):
                    return f"says {value}"
        return self._turned(backed, text, language, mind)

    def _strangers(self, text: str, asked: str) -> list[str]:
        """Return the names in an English text that nobody in the world bears."""
        called = {word for entity in self._entities for word in self._world.name(entity, "en").split()}
        called |= {word for several in names()["aliases"].values() for alias in several for word in alias["en"].split()}
        found = re.findall(r"(?<=[a-z,;] )[A-Z][a-z]{2,}", text)
        return [word for word in found if word not in called and word not in asked]

    def _strangers(self, text: str, asked: str) -> list[str]:
        """Return the names in an English text that nobody in the world bears."""
        called = {word for entity in self._entities for word in self._world.name(entity, "en").split()}
        called |= {word for several in names()["aliases"].values() for alias in several for word in alias["en"].split()}
        found = re.findall(r"(?<=[a-z,;] )[A-Z][a-z]{2,}", text)
        return [word for word in found if word not in called and word not in asked]

    def _turned(self, backed: list[Known], text: str, language: Language, mind: Mind) -> str:
        """Return a statement said the wrong way round."""
        for known in backed:
            subject, predicate, object_ = known.key
            turned = (object_, predicate, subject)
            if subject in self._world.people and object_ in self._world.people and mind.stance(turned) is None:
                template = self._world.predicates[predicate]["wording"][language]
                clause = re.sub(r"\{([^{}|]+)\|[^{}]*\}", r"\1", template)
                for slot, entity in (("subject", object_), ("object", subject)):
                    name = self._world.name(entity, language)
                    own = f"{name}的" if language == "zh" else f"{name}'s"
                    clause = fill(clause, {slot: name, f"{slot}'s": own})
                if fold(clause.split("{")[0].strip()) in fold(text):
                    return f"turns {'.'.join(known.key)} round"
        return ""

    # -- reading a text ----------------------------------------------------------------------------

    def _qualifiers(self, key: Key, mind: Mind) -> dict[str, int]:
        stance = mind.stance(key)
        return stance.qualifiers if stance else {}

    def _parts(self, known: Known) -> list[str]:
        subject, predicate, object_ = known.key
        return [subject] if predicate in ("costs", "aged") else [subject, object_]

    def _says(self, known: Known, part: str, text: str, language: Language, case: Case) -> bool:
        if known.key[1] in VALUED and part == known.key[2]:
            value = self._world.value(known.key[1], part, language)
            return self._word(value, text, language)
        return self._names(part, text, language, case)

    def _names(self, entity: str, text: str, language: Language, case: Case) -> bool:
        if entity == case.npc and any(self._word(own, text, language) for own in _markers()["self"][language]):
            return True
        return self._named(entity, text, language)

    def _named(self, entity: str, text: str, language: Language) -> bool:
        called = [self._world.name(entity, language, article=False)]
        called += [alias[language] for alias in names()["aliases"].get(entity, [])]
        return any(self._word(name, text, language) for name in called)

    def _named_anywhere(self, entity: str, text: str) -> bool:
        return self._named(entity, text, "en") or self._named(entity, text, "zh")

    def _word(self, word: str, text: str, language: Language) -> bool:
        if language == "zh" or not word.isascii():
            return word in text
        return bool(re.search(rf"(?<!\w){re.escape(fold(word))}(?!\w)", fold(text)))

    def _marked(self, kind: str, text: str, language: Language) -> bool:
        return any(self._word(marker, text, language) for marker in _markers()[kind][language])

    def _begins(self, kind: str, text: str, language: Language) -> bool:
        start = fold(text).lstrip(" \"“'")
        return any(start.startswith(fold(marker)) for marker in _markers()[kind][language])

    def _numbers(self, text: str, language: Language) -> set[int]:
        found = {int(digits) for digits in re.findall(r"\d+", text)}
        if language == "zh":
            found |= {NUMBERS["zh"][w] for w in _ZH_NUMBER.findall(text) if w in NUMBERS["zh"]}
            return found
        spelt = _EN_TENS.sub(r"\1-\2", fold(text))  # 'forty six'
        return found | {NUMBERS["en"][w] for w in re.findall(r"[a-z]+(?:-[a-z]+)?", spelt) if w in NUMBERS["en"]}
