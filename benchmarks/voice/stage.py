"""A made-up stage for held-out manners: their people, things and places exist there, and nothing is known of them."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import yaml

from benchmarks.measure import ROOT
from npc_engine import LanguageModel
from npc_engine.acts import Mood
from npc_engine.content import load_content
from npc_engine.dialogue.scene import Exchange, Scene, Turn
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.speak.guided import GuidedSpeaker
from npc_engine.dialogue.speak.realization import Outline
from npc_engine.dialogue.types import Act, Line, Plan, Reading, Spoken
from npc_engine.mind import CompiledWorld, Projections
from npc_engine.text import Language, sentences
from npc_engine.training.examples import Example, persona_of
from npc_engine.training.examples import example as made
from npc_engine.training.lines import FACTUAL, LineFile, SpeakerProfile, TrainingLine
from npc_engine.training.material import Material, read_material
from npc_engine.training.settings import Setting
from npc_engine.world import Wording

TRAINING = ROOT / "training"
PATIENCE = 20.0
_TEXTS: dict[Language, dict[str, str]] = {
    "en": {
        "stage": "Stage", "player": "traveller", "names": "Xanthippus", "role": "a voice", "summary": "A voice.",
        "register": "Plain.",
    },
    "zh": {
        "stage": "戏台", "player": "旅人", "names": "无名氏", "role": "说话人", "summary": "一个声音。",
        "register": "平实。",
    },
}  # fmt: skip
_NOW = datetime(1204, 5, 4, 8)


@dataclass(frozen=True, slots=True)
class Trial:
    """A plan for someone to say: the line it comes from, its slots filled."""

    speaker: SpeakerProfile
    line: TrainingLine
    example: Example

    @property
    def language(self) -> Language:
        """The language it is said in."""
        return self.speaker.language

    @property
    def bare(self) -> list[str]:
        """The sentences of the plan."""
        return sentences(self.example.content)


def held_out(language: Language = "en") -> Material:
    """Return a language's training lines; `held` and `tested` are what nothing was learned from."""
    return read_material(TRAINING if language == "en" else TRAINING / language)


def trials(files: Iterable[LineFile], settings: Mapping[str, Setting], seed: int) -> list[Trial]:
    """Return every plan of some manners once, filled with names of their own setting."""
    chance = Random(seed)
    return [
        Trial(file.speaker, line, made(line, settings[file.speaker.setting], chance))
        for file in files
        for line in file.lines
    ]


class Stage:
    """The world that the trials are set in."""

    def __init__(self, settings: Collection[Setting]) -> None:
        self._language = next(iter(settings)).language
        with tempfile.TemporaryDirectory() as path:
            folder = Path(path)
            _write(folder, settings)
            content = load_content(folder)
        compiled = CompiledWorld(
            content.entities, content.predicates, content.facts, content.personas, content.world.start
        )
        self._projections = Projections(compiled)
        self._wording = Wording(compiled)

    def say(
        self,
        trial: Trial,
        model: LanguageModel,
        seed: int,
        *,
        by: SpeakerProfile | None = None,
        after: Sequence[str] = (),
    ) -> Spoken:
        """Have a plan said, `by` another manner if asked for, as the engine has it said `after` the same was asked."""
        who = by or trial.speaker
        plan = plan_of(trial)
        act = Act("ask_fact", yes_no=plan.polarity is not None)
        reading = Reading(trial.example.said, self._language, (act,))
        scene = Scene(
            npc="speaker",
            speaker="player",
            persona=persona_of(who),
            projections=self._projections,
            wording=_Called(self._wording, trial.example.listener),
            now=_NOW,
            setting={self._language: who.place},
            seed=seed,
            exchanges=tuple(Exchange(reading, _line(text, self._language)) for text in after),
        )
        turn = Turn(trial.example.said, scene, model, ends_at=time.monotonic() + PATIENCE)
        turn.reading, turn.plan, turn.guard = reading, plan, Guard((), "speaker", CompiledWorld())
        return GuidedSpeaker(turn).say(Outline((), tuple(trial.bare), ()))


def plan_of(trial: Trial) -> Plan:
    """Return a trial as the plan of a turn."""
    first = trial.bare[0].rstrip(".。").lower()
    factual = trial.line.act in FACTUAL
    return Plan(
        move="answer" if factual else "chat",
        polarity={"yes": True, "no": False, "是的": True, "不": False}.get(first),
        says=(trial.example.content,) if factual else (),
        mood=_mood(trial.line),
    )


def _line(text: str, language: Language) -> Line:
    return Line("speaker", "player", text, language, _NOW, 0, "tell_fact", "answer")


def _mood(line: TrainingLine) -> Mood:
    moods: dict[str, Mood] = {mood: mood for mood in ("neutral", "happy", "angry", "sad", "afraid", "surprised")}
    return moods[line.mood]


class _Called(Wording):
    """Wording that calls the listener as the trial has it."""

    def __init__(self, wording: Wording, listener: str) -> None:
        self.__dict__.update(wording.__dict__)
        self._listener = listener

    def name(self, entity: str, language: Any, *, article: bool = True) -> str:
        return self._listener if entity == "player" else super().name(entity, language, article=article)


def _write(folder: Path, settings: Collection[Setting]) -> None:
    """Write the stage as content: persons, things and places of some settings, and no fact."""
    (folder / "personas").mkdir()
    language = next(iter(settings)).language
    persons, things, places = [], [], []
    for setting in settings:
        persons += [
            {"id": _id(name), "kind": "person", "names": {language: name}, "pronoun": pronoun}
            for name, pronoun in setting.persons.items()
        ]
        things += [{"id": _id(name), "names": {language: name}, "proper": False} for name in setting.things]
        places += [
            {"id": _id(name), "names": {language: name.removeprefix("the ")}, "proper": not name.startswith("the ")}
            for name in setting.places
        ]
    texts = _TEXTS[language]
    player = {"id": "player", "kind": "person", "names": {language: texts["player"]}, "proper": False}
    speaker = {"id": "speaker", **{key: {language: texts[key]} for key in ("names", "role", "summary")}}
    files: dict[str, Any] = {
        "world.yaml": {
            "id": "stage",
            "languages": [language],
            "names": {language: texts["stage"]},
            "setting": {language: texts["stage"]},
            "start": _NOW,
            "player": player,
        },
        "things.yaml": [*persons, *things],
        "places.yaml": places,
        "personas/speaker.yaml": {**speaker, "voice": {"register": {language: texts["register"]}}},
    }
    for path, data in files.items():
        (folder / path).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _id(name: str) -> str:
    letters = (letter if letter.isascii() and letter.isalnum() else f"_{ord(letter):x}_" for letter in name.lower())
    return "n" + "".join(letters).replace("__", "_").strip("_")
