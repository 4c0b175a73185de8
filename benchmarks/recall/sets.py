"""What recall is measured on: dialogues, and questions whose answers stand in known turns."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from npc_engine import Entity

HERE = Path(__file__).parent
TURN = timedelta(seconds=30)
"""How long a turn takes."""
KINDS = {1: "multi-hop", 2: "when", 3: "open", 4: "single-hop"}
"""LoCoMo's kinds of question; the fifth asks for what was never said, and is left out."""
_TURN_ID = re.compile(r"D:?(\d+):(\d+)")


@dataclass(frozen=True)
class Turn:
    """Something said: its id in the data, who said it and when."""

    id: str
    speaker: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Question:
    """A question, its kind, and the turns that answer it."""

    text: str
    kind: str
    evidence: frozenset[str]


@dataclass(frozen=True)
class Dialogue:
    """All that was said among some people, in order, and what can be asked about it."""

    name: str
    language: str
    people: tuple[Entity, ...]
    turns: tuple[Turn, ...]
    questions: tuple[Question, ...]


def locomo(path: Path) -> list[Dialogue]:
    """Return the conversations of a LoCoMo file; a photo that is shared is remembered by its caption."""
    return [_conversation(sample) for sample in json.loads(path.read_text(encoding="utf-8"))]


def _conversation(sample: dict[str, Any]) -> Dialogue:
    talk = sample["conversation"]
    turns: list[Turn] = []
    for number in range(1, len(talk)):
        if not talk.get(f"session_{number}"):
            continue
        began = datetime.strptime(talk[f"session_{number}_date_time"], "%I:%M %p on %d %B, %Y")
        for place, turn in enumerate(talk[f"session_{number}"]):
            shown = f" [shows {turn['blip_caption']}]" if "blip_caption" in turn else ""
            turns.append(Turn(turn["dia_id"], turn["speaker"].lower(), turn["text"] + shown, began + place * TURN))
    names = (talk["speaker_a"], talk["speaker_b"])
    people = tuple(Entity(id=name.lower(), kind="person", names={"en": name}) for name in names)
    there = {turn.id for turn in turns}
    questions = []
    for asked in sample["qa"]:
        written = " ".join(asked["evidence"])
        evidence = {f"D{int(session)}:{int(turn)}" for session, turn in _TURN_ID.findall(written)} & there
        if asked["category"] in KINDS and evidence:
            questions.append(Question(asked["question"], KINDS[asked["category"]], frozenset(evidence)))
    return Dialogue(sample["sample_id"], "en", people, tuple(turns), tuple(questions))


def village() -> list[Dialogue]:
    """Return ten days of talk in a Chinese village, with questions: both written for this benchmark."""
    written = yaml.safe_load((HERE / "dialogues.yaml").read_text(encoding="utf-8"))
    people = tuple(
        Entity(id=who, kind=kind, names={"zh": names[0]}, aliases={"zh": names[1:]})
        for kind in ("person", "thing")
        for who, names in written[kind].items()
    )
    called = {names[0]: who for who, names in written["person"].items()}
    turns: list[Turn] = []
    for number, talk in enumerate(written["talks"], 1):
        for place, line in enumerate(talk["said"], 1):
            name, _, text = line.partition("：")
            began = datetime.fromisoformat(talk["at"])
            turns.append(Turn(f"{number}.{place}", called[name], text, began + place * TURN))
    there = {turn.id for turn in turns}
    questions = []
    for kind, asked in yaml.safe_load((HERE / "questions.yaml").read_text(encoding="utf-8")).items():
        for one in asked:
            evidence = frozenset(str(one["in"]).split())
            if not evidence <= there:
                raise ValueError(f"{one['ask']}: there is no turn {', '.join(sorted(evidence - there))}")
            questions.append(Question(one["ask"], kind, evidence))
    return [Dialogue("village", "zh", people, tuple(turns), tuple(questions))]


def kinds(dialogues: list[Dialogue]) -> Counter[str]:
    """Return how many questions there are of each kind."""
    return Counter(question.kind for dialogue in dialogues for question in dialogue.questions)
