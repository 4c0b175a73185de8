"""What a model trained to voice plans reads: who speaks and how they sound, and last what to say.

Play and training build their prompts here, both from a persona, so that they can't come apart.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from npc_engine.acts import Mood
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.speak.prompt_files import prompts
from npc_engine.lang import pack
from npc_engine.mind.feelings import Standing
from npc_engine.models.model import Message, ModelInfo
from npc_engine.persona import Persona
from npc_engine.phrasebook import filled
from npc_engine.text import Language, join_sentences, languages, localized, sentences

SAMPLES = 3
"""How many of a persona's samples are shown: more make the first answer wait, fewer don't show the manner."""

MOST_TOKENS = 72
"""Tokens an answer may take: three short sentences."""

TEMPERATURE = 0.35
"""How freely words are chosen: lower says the same again, higher leaves things out."""

RECITED = 0.7
"""How freely a voice colours a plan that a grammar has it say word for word: nothing of it can get lost."""

AGAIN = 0.7
FREER = 0.1
FREEST = 1.2
"""How freely that is said which did not hold, or was said in this conversation before, to come out otherwise; and how
much more freely for each further time, at most."""


def introduction(persona: Persona, place: str, language: Language, guard: Guard) -> Message:
    """Return the message that says who speaks and how they sound: the same bytes every turn.

    The persona's shortest samples are shown. Those that touch on any of their secrets are left out, as are traits and
    sentences that do.
    """
    words = prompts(language)
    replies = [localized(sample.reply, language) for sample in persona.voice.samples]
    # The shortest: they are soonest read, and the longer ones tell stories that a small model would take up.
    shown = sorted((reply for reply in replies if reply and not guard.words(reply)), key=len)[:SAMPLES]
    text = filled(
        words["voiced_system"],
        name=localized(persona.names, language),
        role=localized(persona.role, language),
        place=place,
        traits=pack(language).comma.join(t for t in persona.traits.get(language, ()) if not guard.words(t)),
        register=untold(localized(persona.voice.register_, language), guard, language),
        samples=" / ".join(shown),
    )
    return Message("system", " ".join(text.split()))


@dataclass(frozen=True, slots=True)
class VoiceCue:
    """What a voice is to say, and to whom: `listener` said `said`; it says `content`, in a mood, to a friend or foe."""

    listener: str
    said: str
    content: str
    mood: Mood
    toward: Standing


def message(cue: VoiceCue, language: Language) -> Message:
    """Return the message of one turn."""
    words = prompts(language)
    text = filled(
        words["voiced_turn"],
        listener=cue.listener,
        said=cue.said,
        content=cue.content,
        mood=words.get("voiced_moods", {}).get(cue.mood, cue.mood),
        toward=words["toward"][cue.toward],
    )
    return Message("user", text)


def untold(text: str, guard: Guard, language: Language) -> str:
    """Return a text without the sentences that touch on a secret."""
    return join_sentences([s for s in sentences(text) if not guard.words(s) and not guard.states(s)], language)


@lru_cache(maxsize=8)
def version(language: Language) -> str:
    """Return what tells one form of this prompt from another: twelve hexadecimal digits.

    An adapter carries the version it was trained with.
    """
    words: dict[str, Any] = prompts(language)
    if "voiced_system" not in words:
        return ""
    form = [words["voiced_system"], words["voiced_turn"], words["toward"], SAMPLES]
    form += [words["voiced_moods"]] if "voiced_moods" in words else []  # English has the engine's own words for them
    return hashlib.sha256(json.dumps(form, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


def is_trained(info: ModelInfo, language: Language) -> bool:
    """Return whether a model was trained to voice plans in a language, with this very prompt."""
    return bool(info.voices.get(language)) and info.voices[language] == version(language)


def mismatch(info: ModelInfo) -> str:
    """Return in a sentence what is wrong where a model was trained with another prompt; nothing where all is well."""
    stale = [language for language in languages() if language in info.voices and not is_trained(info, language)]
    if not stale:
        return ""
    return (
        f"{info.name} was trained with another version of the prompt ({', '.join(stale)}), so its voice is left out: "
        f"train it again with `npc voice train`"
    )
