"""A made-up stage for held-out manners: their people, things and places exist there, and nothing is known of them."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import yaml

from benchmarks.measure import ROOT
from npc_engine import LanguageModel
from npc_engine.content import load_content
from npc_engine.dialogue.plan import Heard, Line, Plan
from npc_engine.dialogue.scene import Exchange, Scene
from npc_engine.dialogue.secrets import Guard
from npc_engine.dialogue.telling import Spoken, Teller
from npc_engine.dialogue.wording import Outline
from npc_engine.mind import Cast, Views
from npc_engine.mind.feelings import Mood
from npc_engine.text import sentences
from npc_engine.training.examples import Example, persona_of
from npc_engine.training.examples import example as made
from npc_engine.training.lines import FACTUAL, LineFile, Manner, TrainingLine
from npc_engine.training.material import Material, read_material
from npc_engine.training.settings import Setting
from npc_engine.world import Wording

TRAINING = ROOT / "training"
PATIENCE = 20.0
_NOW = datetime(1204, 5, 4, 8)


@dataclass(frozen=True, slots=True)
class Trial:
    """A plan for someone to say: the line it comes from, its slots filled."""

    manner: Manner
    line: TrainingLine
    example: Example

    @property
    def bare(self) -> list[str]:
        """The sentences of the plan."""
        return sentences(self.example.content)


def held_out() -> Material:
    """Give the training folder's lines; `held` and `tested` are what nothing was learned from."""
    return read_material(TRAINING)


def trials(files: Iterable[LineFile], settings: Mapping[str, Setting], seed: int) -> list[Trial]:
    """Give every plan of some manners once, filled with names of their own setting."""
    chance = Random(seed)
    return [
        Trial(file.manner, line, made(line, settings[file.manner.setting], chance))
        for file in files
        for line in file.lines
    ]


class Stage:
    """The world that the trials are set in."""

    def __init__(self, settings: Iterable[Setting]) -> None:
        with tempfile.TemporaryDirectory() as path:
            folder = Path(path)
            _write(folder, settings)
            content = load_content(folder)
        cast = Cast(content.entities, content.predicates, content.facts, content.personas, content.world.start)
        self._views = Views(cast)
        self._wording = Wording(cast.entities, cast.predicates)

    def say(
        self,
        trial: Trial,
        model: LanguageModel,
        seed: int,
        *,
        by: Manner | None = None,
        after: Sequence[str] = (),
    ) -> Spoken:
        """Have a plan said, `by` another manner if asked for, as the engine has it said `after` the same was asked."""
        who = by or trial.manner
        plan = plan_of(trial)
        heard = Heard(trial.example.said, "en", "question", polar=plan.polarity is not None)
        scene = Scene(
            npc="speaker",
            speaker="player",
            persona=persona_of(who),
            views=self._views,
            wording=_Called(self._wording, trial.example.listener),
            now=_NOW,
            setting={"en": who.place},
            seed=seed,
            exchanges=tuple(Exchange(heard, _line(text)) for text in after),
        )
        guard = Guard((), "speaker", {}, {})
        teller = Teller(plan, heard, scene, model, guard, lambda _: None, threading.Event(), PATIENCE)
        return teller.tell(Outline((), tuple(trial.bare), ()))


def plan_of(trial: Trial) -> Plan:
    """Give a trial as the plan of a turn."""
    first = trial.bare[0].rstrip(".").lower()
    factual = trial.line.act in FACTUAL
    return Plan(
        move="answer" if factual else "chat",
        polarity={"yes": True, "no": False}.get(first),
        fixed=trial.example.content if factual else "",
        mood=_mood(trial.line),
    )


def _line(text: str) -> Line:
    return Line("speaker", "player", text, "en", _NOW, 0, "statement", "answer")


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


def _write(folder: Path, settings: Iterable[Setting]) -> None:
    """Write the stage as content: persons, things and places of some settings, and no fact."""
    (folder / "personas").mkdir()
    persons, things, places = [], [], []
    for setting in settings:
        persons += [
            {"id": _id(name), "kind": "person", "names": {"en": name}, "pronoun": pronoun}
            for name, pronoun in setting.persons.items()
        ]
        things += [{"id": _id(name), "names": {"en": name}, "proper": False} for name in setting.things]
        places += [
            {"id": _id(name), "names": {"en": name.removeprefix("the ")}, "proper": not name.startswith("the ")}
            for name in setting.places
        ]
    player = {"id": "player", "kind": "person", "names": {"en": "traveller"}, "proper": False}
    speaker = {"id": "speaker", "names": {"en": "Xanthippus"}, "role": {"en": "a voice"}, "summary": {"en": "A voice."}}
    files: dict[str, Any] = {
        "world.yaml": {
            "id": "stage",
            "languages": ["en"],
            "names": {"en": "Stage"},
            "setting": {"en": "A stage."},
            "start": _NOW,
            "player": player,
        },
        "things.yaml": [*persons, *things],
        "places.yaml": places,
        "personas/speaker.yaml": {**speaker, "voice": {"register": {"en": "Plain."}}},
    }
    for path, data in files.items():
        (folder / path).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _id(name: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in name.lower()).strip("_")
