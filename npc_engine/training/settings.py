"""Settings: the names, things and places that lines are filled with, so that no one of them is learned by heart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from npc_engine.lang.en import English
from npc_engine.lang.zh import Chinese
from npc_engine.packaged import read_yaml
from npc_engine.text import Language, join_sentences, language_of, sentences
from npc_engine.world.wording import number_words

SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
"""A slot of a line: `{A}`, or `{A.his}`."""

SLOTS = frozenset({"A", "B", "C", "X", "Y", "P", "Q", "N", "M", "you"})
"""Persons, things, places, numbers, and what the listener is called."""

FORMS: dict[Language, dict[str, tuple[str, str, str]]] = {
    English.code: {"he": ("he", "him", "his"), "she": ("she", "her", "her")},
    Chinese.code: {"he": ("他", "他", "他的"), "she": ("她", "她", "她的")},
}
"""A person's pronouns as the slots name them: `{A.he}`, `{A.him}`, `{A.his}`."""

_LOWEST, _HIGHEST = 2, 90


@dataclass(frozen=True, slots=True)
class Setting:
    """A kind of world: `persons` with their pronouns (he, she, they), `things` without and `places` with article."""

    id: str
    persons: Mapping[str, str]
    things: tuple[str, ...]
    places: tuple[str, ...]
    called: tuple[str, ...]

    @property
    def language(self) -> Language:
        """The language its names are in."""
        return language_of("".join(self.places))


def load_settings(folder: Path) -> dict[str, Setting]:
    """Read every setting of a folder, by its id: the file's name."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        data = read_yaml(path)
        persons = {person["name"]: person["he"] for person in data["persons"]}
        found[path.stem] = Setting(
            path.stem, persons, tuple(data["things"]), tuple(data["places"]), tuple(data["called"])
        )
    return found


@dataclass(frozen=True, slots=True)
class Filling:
    """What one line's slots stand for."""

    texts: Mapping[str, str]
    pronouns: Mapping[str, tuple[str, str, str]]

    def fill(self, text: str) -> str:
        """Return a text with its slots filled, each sentence beginning with a capital."""
        whole = SLOT.sub(partial(_filled, self), text)
        return join_sentences([s[:1].upper() + s[1:] for s in sentences(whole)], language_of(whole))


def choose(setting: Setting, text: str, chance: Random) -> Filling:
    """Choose what the slots of a line (all its texts together) stand for."""
    spoken_of = {slot for slot, form in SLOT.findall(text) if form}
    persons, forms = list(setting.persons), FORMS[setting.language]
    chance.shuffle(persons)
    plain = [name for name in persons if setting.persons[name] in forms]
    texts: dict[str, str] = {}
    for slot in ("A", "B", "C"):
        names = [name for name in (plain if slot in spoken_of else persons) if name not in texts.values()]
        texts[slot] = names[0]
    texts["X"], texts["Y"] = chance.sample(setting.things, 2)
    texts["P"], texts["Q"] = chance.sample(setting.places, 2)
    texts["N"], texts["M"] = (number_words(n, setting.language) for n in chance.sample(range(_LOWEST, _HIGHEST), 2))
    texts["you"] = chance.choice(setting.called)
    return Filling(texts, {slot: forms[setting.persons[texts[slot]]] for slot in spoken_of & {"A", "B", "C"}})


def _filled(filling: Filling, slot: re.Match[str]) -> str:
    name, form = slot.groups()
    if not form:
        return filling.texts[name]
    pronoun = filling.pronouns[name][("he", "him", "his").index(form.lower())]
    return pronoun.capitalize() if form[0].isupper() else pronoun
