"""What `npc models try` finds out: what a server can do, or how fast a model is on this machine and how it talks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from npc_engine.errors import ModelError
from npc_engine.models import LanguageModel, Message, OpenAIModel, Request, open_model
from npc_engine.models.machine import load, resident
from npc_engine.models.measured import Measured, keep
from npc_engine.models.trial import small_request, timed
from npc_engine.packaged import packaged_yaml
from npc_engine.phrasebook import Phrasebook
from npc_engine.testing import SMALL_WORLD

AT_ONCE, SHORT, LONG = 0.7, 2.5, 6.0
"""Seconds to first words up to which they come at once, after a breath, or after a wait."""

BUSY = 0.75
"""Share of the processors that other work may keep busy while a model is measured."""

FEW = 0.4
"""Share of the lines it was asked for below which a model is mostly not heard."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One line of a talk: what was said, what came of it, and whether the model worded it, if it was asked."""

    said: str
    answer: str
    asked: bool
    voiced: bool
    first_words: float
    last_words: float


def try_server(url: str, name: str, api_key: str | None, say: Phrasebook) -> Iterator[tuple[str, str]]:
    """Yield what a server can do with a model, each as what it is called and how that stands.

    Raises:
        ModelError: it can't be reached, or takes no request of ours.
    """
    model = OpenAIModel(name, base_url=url, api_key=api_key)
    try:
        cancel = threading.Event()
        model.prepare(cancel)
        able = model.abilities
        yield say("server.json"), say(f"server.{able.json}")
        yield say("server.left_out"), ", ".join(sorted(able.left_out)) or say("server.none")
        yield say("server.system"), say("server.taken" if able.system else "server.led")
        thinks = "thinks_no" if not able.thinks else "thinks_on" if able.thinks_on else "thinks_off"
        yield say("server.thinking"), say(f"server.{thinks}")
        pace = timed(model, cancel, small_request)
        counts = None if pace.usage.estimated else pace.usage
        if counts:
            slots = {"tokens_in": counts.tokens_in, "cached": counts.cached, "tokens_out": counts.tokens_out}
        yield say("server.counted"), say("server.counted_yes", **slots) if counts else say("server.counted_no")
        yield say("server.choosing"), say("server.choosing_yes" if _tells(model, cancel) else "server.choosing_no")
        speed = f"{pace.tokens_a_second:.0f}"
        yield say("server.pace"), say("server.paced", first=f"{pace.first_words:.1f}", speed=speed)
        yield say("server.realizer"), say(model.info.size)
    finally:
        model.close()


def try_here(path: Path, threads: int | None, say: Phrasebook, tell: Callable[[str], None]) -> Measured:
    """Measure a model file on this machine, tell each thing as it is known, and keep the figures beside the file.

    They are not kept where other work is running meanwhile.

    Raises:
        ModelError: it can't be opened, or can't answer.
    """
    busy = load() > BUSY
    before, began = resident(), time.monotonic()
    settings: dict[str, Any] = {"threads": threads} if threads else {}
    model = open_model(path, **settings)
    try:
        opening = time.monotonic() - began
        cancel = threading.Event()
        pace = timed(model, cancel)
        taken = max(resident() - before, 0)
        tell(say("local.title", model=model.info.name, threads=_threads(threads)))
        tell(say("local.opening", seconds=f"{opening:.1f}", memory=f"{taken / 1e6:.0f}"))
        slots = {"tokens": pace.usage.tokens_in, "speed": f"{pace.reading:.0f}"}
        tell(say("local.head", seconds=f"{pace.first_words:.1f}", **slots))
        tell(say("local.pace", speed=f"{pace.tokens_a_second:.1f}"))
        lines = list(_talk(model))
        asked = [line for line in lines if line.asked]
        voiced = sum(line.voiced for line in asked)
        first = median(line.first_words for line in asked) if asked else 0.0
        last = median(line.last_words for line in asked) if asked else 0.0
        for line in lines:
            by = say("local.by_model" if line.voiced else "local.by_code")
            tell(say("local.said", by=by, said=line.said, answer=line.answer))
        tell(say("local.talk", voiced=voiced, asked=len(asked), first=f"{first:.1f}", last=f"{last:.1f}"))
        tell(say(f"feel.{feeling(first, voiced / max(len(asked), 1))}"))
        share = voiced / max(len(asked), 1)
        found = Measured(opening, pace.reading, pace.tokens_a_second, taken, first, last, share, _threads(threads))
        if busy:
            tell(say("local.busy"))
        else:
            keep(path, found)
        return found
    finally:
        model.close()


def feeling(first_words: float, voiced: float) -> str:
    """Return what a player will feel, as a key, of first words after some seconds and a share of lines voiced."""
    if voiced < FEW:
        return "mostly_code"
    bounds: Sequence[tuple[float, str]] = ((AT_ONCE, "at_once"), (SHORT, "short"), (LONG, "long"))
    return next((key for most, key in bounds if first_words <= most), "too_long")


def _talk(model: LanguageModel) -> Iterator[Tried]:
    """Yield what comes of ten lines, in those of the world's languages that the model writes."""
    from npc_engine import Engine

    lines = packaged_yaml("npc_engine.cli", "trying.yaml")
    spoken = [language for language in lines if language in model.info.languages]
    each = 10 // max(len(spoken), 1)
    with Engine.load(SMALL_WORLD, model=model, patience=60.0) as engine:
        for language in spoken:
            talk = engine.talk_to("mira")
            for said in lines[language][:each]:
                line = talk.say(said, language=language).line()
                voiced = line.model != "none"
                first, last = line.timing.first_words / 1000, line.timing.end / 1000
                yield Tried(said, line.text, line.usage.calls > 0, voiced, first, last)


def _tells(model: OpenAIModel, cancel: threading.Event) -> bool:
    """Return whether a server tells how likely its tokens were."""
    request = Request((Message("user", "yes / no?"),), max_tokens=2, timeout=20.0)
    try:
        model.choose(request, ("yes", "no"), cancel)
    except ModelError:
        return False
    return "logprobs" not in model.abilities.left_out


def _threads(named: int | None) -> int:
    from npc_engine.models.llama_cpp import default_threads

    return named or default_threads()
