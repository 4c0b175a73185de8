"""Lines turned into what a model reads and writes at play time: the prompt is built by the engine's own code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import cast

from npc_engine.acts import Mood
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.speak import trained
from npc_engine.mind import CompiledWorld
from npc_engine.mind.feelings import Standing
from npc_engine.models.model import Message
from npc_engine.persona import Persona
from npc_engine.training.lines import LineFile, SpeakerProfile, TrainingLine
from npc_engine.training.settings import Setting, choose
from npc_engine.training.swaps import Swaps

TURNS = 8
"""Turns that share one introduction in a pack: it is read once for all of them."""

_ELSEWHERE = 0.3
"""How often a line is filled from another setting than its own: a manner must not hang on a place."""

_NO_SECRETS = Guard((), "", CompiledWorld())


@dataclass(frozen=True, slots=True)
class Example:
    """One turn: what the model reads after the introduction, and the ways it may answer."""

    line: TrainingLine
    listener: str
    said: str
    content: str
    turn: Message
    replies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """An introduction and turns that follow it, each by itself."""

    introduction: Message
    examples: tuple[Example, ...]


def persona_of(who: SpeakerProfile) -> Persona:
    """Return a manner as the persona that the engine would read from YAML."""
    language = who.language
    return Persona.model_validate(
        {
            "id": "speaker",
            "names": {language: who.name},
            "role": {language: who.role},
            "summary": {language: who.role},
            "traits": {language: list(who.traits)},
            "voice": {
                "register": {language: who.register},
                "samples": [{"said": {language: said}, "reply": {language: reply}} for said, reply in who.samples],
            },
        }
    )


def introduction(who: SpeakerProfile) -> Message:
    """Return how a speaker is introduced to the model."""
    return trained.introduction(persona_of(who), who.place, who.language, _NO_SECRETS)


def examples(file: LineFile, settings: Mapping[str, Setting], chance: Random, swaps: Swaps) -> Iterator[Example]:
    """Yield every line of a manner once, words swapped, slots filled, one of the ways to ask, and a listener's name."""
    own = settings[file.speaker.setting]
    others = [setting for setting in settings.values() if setting is not own]
    for line in file.lines:
        line = swaps.swapped(line, chance)
        yield example(line, chance.choice(others) if others and chance.random() < _ELSEWHERE else own, chance)


def example(line: TrainingLine, setting: Setting, chance: Random) -> Example:
    """Return a line as a turn."""
    filling = choose(setting, " ".join((line.say, *line.said, *line.replies)), chance)
    listener = filling.texts["you"]
    called = f"{listener[:1].upper()}{listener[1:]}"
    said, content = filling.fill(chance.choice(line.said)), filling.fill(line.say)
    turn = trained.message(
        trained.VoiceCue(called, said, content, cast(Mood, line.mood), cast(Standing, line.toward)), setting.language
    )
    return Example(line, called, said, content, turn, tuple(filling.fill(reply) for reply in line.replies))


def packs(
    files: Sequence[LineFile], settings: Mapping[str, Setting], seed: int, swaps: Swaps | None = None
) -> list[Pack]:
    """Return all lines of an epoch in packs, in an order of chance; another `seed` fills and orders them otherwise."""
    chance = Random(seed)
    found: list[Pack] = []
    for file in files:
        turns = list(examples(file, settings, chance, swaps or Swaps()))
        chance.shuffle(turns)
        found += [
            Pack(introduction(_varied(file.speaker, chance)), tuple(turns[at : at + TURNS]))
            for at in range(0, len(turns), TURNS)
        ]
    chance.shuffle(found)
    return found


def _varied(who: SpeakerProfile, chance: Random) -> SpeakerProfile:
    """Return a manner introduced a little otherwise: samples in another order, now and then less of everything.

    Authors write more and less; the manner must be read off whatever there is.
    """
    samples = list(who.samples)
    chance.shuffle(samples)
    keep = chance.choice((1, 2, 3, 3, 3))
    return replace(
        who,
        samples=tuple(samples[:keep]),
        register=who.register if chance.random() < 0.85 else "",
        traits=who.traits if chance.random() < 0.85 else who.traits[:1],
    )
