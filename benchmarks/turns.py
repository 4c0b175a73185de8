"""How long a turn takes: with the embedded model, beside that model alone; and the engine's own share."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.measure import WORLD, header, row
from npc_engine import Engine, LanguageModel, Line, Message, ModelInfo, Request, open_model
from npc_engine.models import Warmable

ASKED = {
    "en": [
        "Hello!",
        "What is your name?",
        "Is the bridge safe?",
        "Who owes Mira money?",
        "Where is Tomas?",
        "Who is Greta?",
        "Where do you live?",
        "Tell me about the mill",
        "Who sells tea?",
        "Thank you.",
        "What happened to the bridge?",
        "Does Tomas owe Mira money?",
        "Who built the bridge?",
        "Goodbye.",
    ],
    "zh": ["你好！", "桥安全吗？", "谁欠米拉钱？", "托马斯在哪儿？", "格蕾塔是谁？", "谢谢。", "谁卖茶？", "再见。"],
}


@dataclass
class Raw:
    """What the model alone took for one request: milliseconds to its first piece, first sentence and end."""

    first: float = 0.0
    sentence: float = 0.0
    end: float = 0.0


@dataclass
class Watched:
    """A model with a stopwatch: passes all on, and notes when its pieces came."""

    model: LanguageModel
    taken: list[Raw] = field(default_factory=list)

    @property
    def info(self) -> ModelInfo:
        """What the model is."""
        return self.model.info

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        """Pass the model's pieces on."""
        began = time.perf_counter()
        raw = Raw()
        self.taken.append(raw)
        said = ""
        for piece in self.model.stream(request, cancel):
            now = (time.perf_counter() - began) * 1000
            said += piece
            raw.first = raw.first or now
            if not raw.sentence and said.rstrip().endswith((".", "!", "?")):
                raw.sentence = now
            raw.end = now
            yield piece

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        """Choose as the model does; no time is taken."""
        return self.model.choose(request, options, cancel)

    def warm(self, messages: Sequence[Message], cancel: threading.Event, *, voiced: bool = False) -> None:
        """Read ahead, as the model does."""
        if isinstance(self.model, Warmable):
            self.model.warm(messages, cancel, voiced=voiced)

    def close(self) -> None:
        """Close the model."""
        self.model.close()


def talk(engine: Engine, npcs: Sequence[str], asked: Sequence[str]) -> list[Line]:
    """Ask every NPC everything, each in a conversation of its own that has had its first turn."""
    lines = []
    for npc in npcs:
        conversation = engine.talk_to(npc)
        conversation.say("Who are you?").line()
        lines += [conversation.say(text).line() for text in asked]
    return lines


def with_the_model(model: str = "embedded") -> None:
    """Print how long turns take with a model."""
    watched = Watched(open_model(model))
    with Engine.load(WORLD, model=watched) as engine:
        talk(engine, ["mira"], ASKED["en"][:2])
        watched.taken.clear()
        lines = talk(engine, list(engine.people), ASKED["en"])
    watched.close()
    voiced = [line for line in lines if line.model != "none"]
    tried = [line for line in lines if line.model != "none" or line.checks]
    print(header(f"A turn with {watched.info.name}, warm"))
    print(row("first words on screen, every turn", [line.timing.first_words for line in lines]))
    print(row("first words on screen, turns that used the model", [line.timing.first_words for line in tried]))
    print(row("last words, every turn", [line.timing.end for line in lines]))
    print(row("last words, turns that used the model", [line.timing.end for line in tried]))
    print(row("  the model alone, to its first piece", [raw.first for raw in watched.taken if raw.first]))
    print(
        row("  the model alone, to its first whole sentence", [raw.sentence for raw in watched.taken if raw.sentence])
    )
    print(f"turns the model voiced: {len(voiced)} of {len(tried)} it was asked for, of {len(lines)} in all")


def without_a_model() -> None:
    """Print the engine's own share of a turn."""
    with Engine.load(WORLD, model="none") as engine:
        lines = [
            line for _ in range(5) for asked in ASKED.values() for line in talk(engine, list(engine.people), asked)
        ]
    print(header("The engine's own share of a turn (no model)"))
    print(row("whole turn, safe in memory", [line.timing.end for line in lines]))
    for step in ("understand", "recall", "decide", "speak", "commit"):
        print(row(f"  {step}", [line.timing.steps.get(step, 0.0) for line in lines]))
