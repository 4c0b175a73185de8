"""What people of a temperament say when their author gave them no words: hand-written lines by occasion.

They stand in the `repertoire/` of each language, a file a temperament. A line may be for a friend, a foe or a stranger
alone, for a mood, for a time of day, or for one whose name is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from npc_engine.lang import LanguagePack, pack, words_of
from npc_engine.lang.tones import tones_of
from npc_engine.persona import Persona
from npc_engine.text import Language, fold

_SLOT = re.compile(r"\{[^}]*\}")
_KNOWN_AGAIN = 8
"""Characters of a phrase by which it is known again."""
FOLDER = "repertoire"
THEME, EXCHANGE, TONE, LIFE, LIFE_NONE = "theme_", "exchange_", "tone_", "life_", "life_none_"
"""What the keys of lines begin with: on an everyday matter (`theme_food`), for a moment of talk, to what is told in a
tone, on a matter of somebody's own life, and to say that there is none of it."""
OF_MOOD = "tell_"
"""What the keys of lines begin with that meet how somebody is, which is a tone as well."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One line, and where it fits: toward whom, in which mood, at which time; `named` has the listener's name in it.

    What is `anybodys` is said by people of every temperament.
    """

    text: str
    to: str = ""
    mood: str = ""
    time: str = ""
    named: bool = False
    anybodys: bool = False

    def fits(self, standing: str, mood: str, time: str) -> bool:
        """Return whether the line may be said toward someone, in a mood, at a time of day."""
        toward = self.to in ("", standing) and (standing != "foe" or self.to == "foe" or not self.named)
        return toward and self.mood in ("", mood) and self.time in ("", time)


def remarks(key: str, persona: Persona, language: Language) -> tuple[Remark, ...]:
    """Return the lines for an occasion that suit a persona, and have no word in them that they would never use."""
    temperament = temperament_of(persona, language)
    speech = pack(language)
    if key.startswith(THEME):
        found = _mannered(speech, "themes", temperament).get(key.removeprefix(THEME), ())
    elif key.startswith(EXCHANGE):
        found = _mannered(speech, "exchanges", temperament).get(key.removeprefix(EXCHANGE), ())
    elif key.startswith(TONE):
        found = _mannered(speech, "tones", temperament).get(key.removeprefix(TONE), ())
    elif key.startswith(LIFE_NONE):
        found = _mannered(speech, "life none", temperament).get(key.removeprefix(LIFE_NONE), ())
    elif key.startswith(LIFE):
        found = _mannered(speech, "life", temperament).get(key.removeprefix(LIFE), ())
    else:
        tone = key.removeprefix(OF_MOOD) if key.startswith(OF_MOOD) else ""
        found = (*_read(speech, temperament).get(key, ()), *_mannered(speech, "tones", temperament).get(tone, ()))
    never = persona.voice.never.get(language)
    return tuple(one for one in found if not words_of(language).any_of(never, one.text)) if never else found


def time_of_day(hour: int) -> str:
    """Return at which time of the day an hour is, as lines are for one."""
    return "night" if hour < 5 or hour >= 22 else "morning" if hour < 11 else "day" if hour < 18 else "evening"


def temperament_of(persona: Persona, language: Language) -> str:
    """Return which of the repertoire's temperaments a persona has: the author's word, else what traits come near."""
    if persona.temperament.manner:
        return persona.temperament.manner
    listed = pack(language).temperaments
    voice = (persona.voice.register_.get(language, ""), *persona.voice.quirks.get(language, ()))
    traits = fold(" ".join((*persona.traits.get(language, ()), *voice)))
    scores = {kind: sum(word in traits for word in words) for kind, words in listed.items()}
    best = max(scores, key=lambda kind: scores[kind], default="warm")
    if scores.get(best):
        return best
    nature = persona.temperament
    return "cheerful" if nature.cheerful > 0.7 else "gruff" if nature.talkative < 0.3 else "warm"


@cache
def _read(speech: LanguagePack, temperament: str) -> Mapping[str, tuple[Remark, ...]]:
    lines_by_key: Mapping[str, list[Any]] = speech.data(f"{FOLDER}/{temperament}")
    return {key: tuple(map(_remark, lines)) for key, lines in lines_by_key.items()}


@cache
def _mannered(speech: LanguagePack, file: str, temperament: str) -> Mapping[str, tuple[Remark, ...]]:
    """Return what people of a temperament say, by theme or moment: in their own manner, and what anybody says."""
    matters = speech.life["matters"]
    listed = {"themes": speech.themes, "exchanges": speech.exchanges, "tones": tones_of(speech)}.get(file, matters)
    which = "none" if file == "life none" else "says"
    own = listed is matters  # of their own life people speak in their own manner, where there are lines in it
    found = {}
    for theme, entry in listed.items():
        mannered = [one for one in entry[which] if isinstance(one, dict) and temperament in one.get("manner", ())]
        anybodys = [one for one in entry[which] if isinstance(one, str) or "manner" not in one]
        alone = own and mannered and not entry.get("small")
        alike = [] if alone else [replace(_remark(one), anybodys=True) for one in anybodys]
        found[theme] = (*map(_remark, mannered), *alike)
    return found


def _remark(line: str | dict[str, Any]) -> Remark:
    if isinstance(line, str):
        return Remark(line)
    return Remark(line["say"], line.get("to", ""), line.get("mood", ""), line.get("time", ""), line.get("named", False))


def known_by(phrase: str) -> str:
    """Return what a phrase with slots is known again by: the most of it that stands between them."""
    longest = max(_SLOT.split(phrase), key=len).strip()
    return longest if len(longest) >= _KNOWN_AGAIN else phrase
