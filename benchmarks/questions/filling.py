"""Filling phrasings with names: in either language, misspelt, and with the words that depend on who is meant."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.questions.world import Generated
from npc_engine.text import Language, fill

VALUED = ("opens_at", "condition", "is_a")
GENDERED = {
    "sib": {"en": {"he": ["brother"], "she": ["sister"]}, "zh": {"he": ["哥哥", "弟弟"], "she": ["姐姐", "妹妹"]}},
    "par": {"en": {"he": ["father"], "she": ["mother"]}, "zh": {"he": ["父亲", "爸爸"], "she": ["母亲", "妈妈"]}},
    "chi": {"en": {"he": ["son"], "she": ["daughter"]}, "zh": {"he": ["儿子"], "she": ["女儿"]}},
    "spo": {"en": {"he": ["husband"], "she": ["wife"]}, "zh": {"he": ["丈夫"], "she": ["妻子"]}},
    "they": {"en": {"he": ["he"], "she": ["she"]}, "zh": {"he": ["他"], "she": ["她"]}},
    "their": {"en": {"he": ["his"], "she": ["her"]}, "zh": {"he": ["他"], "she": ["她"]}},
}
"""Words that depend on who is meant by them."""
SLIPS_ZH = "丽利力里莉拉娜纳特德蒂思斯林琳"


class Filling:
    """Fills phrasings with the things of a world."""

    def __init__(self, world: Generated, chance: Random) -> None:
        self._world = world
        self._chance = chance

    def _pick(self, templates: dict[str, list[str]], language: Language) -> str:
        return self._chance.choice(templates[language])

    def _gender(self, entity: str) -> str:
        return self._world.people[entity][2] if entity in self._world.people else "it"

    def _gendered(self, word: str, entity: str, language: Language) -> str:
        forms: dict[str, list[str]] = GENDERED[word][language]
        return self._chance.choice(forms.get(self._gender(entity), forms["he"]))

    def _name(self, entity: str, language: Language, *, article: bool = True) -> str:
        return self._world.name(entity, language, article=article)

    def _fill(
        self,
        template: str,
        language: Language,
        given: dict[str, str],
        predicate: str,
        call: Callable[[str], str] | None = None,
    ) -> str:
        slots = {word: self._gendered(word, given["s"], language) for word in GENDERED if f"{{{word}}}" in template}
        for slot, entity in given.items():
            if slot == "o" and predicate in VALUED:
                slots["v"] = self._world.value(predicate, entity, language)
            if f"{{{slot}}}" in template:
                slots[slot] = call(entity) if call else self._name(entity, language)
        return fill(template, slots)

    def _slip(self, entity: str, language: Language) -> str:
        name = self._name(entity, language)
        if entity not in self._world.people:
            return name
        if language == "zh":
            if len(name) < 3:
                return name
            at = self._chance.randrange(1, len(name))
            slip = name[:at] + self._chance.choice([c for c in SLIPS_ZH if c != name[at]]) + name[at + 1 :]
            near = [p for p in self._world.people if _apart(slip, self._name(p, language)) == 1]
            return slip if near == [entity] else name  # else it could be either
        if len(name) < 5:
            return name
        at = self._chance.randrange(1, len(name) - 2)
        how = self._chance.randrange(3)
        if how == 0:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        return name[:at] + name[at + 1 :] if how == 1 else name[:at] + name[at] + name[at:]


def _apart(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True)) if len(one) == len(other) else 9
