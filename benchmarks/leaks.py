"""Whether secrets stay in: every secret against the built-in attempts; and what should be answered, wrongly refused."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

import yaml

from benchmarks.measure import WORLD
from npc_engine import Content, Engine, LanguageModel, Line, load_content, open_model
from npc_engine.testing import SMALL_WORLD, attack
from npc_engine.testing.leaks import Siege
from npc_engine.world.definitions import Freedom

SAMPLED = 24
"""Attempts of those on each secret that are made with a model, which takes a hundred times longer than none."""

ASKED_OF = 12
"""Benign questions of each language that a model is asked with; without one it is all of them."""

REFUSING = frozenset({"deflect", "refuse", "fiction", "insulted", "threatened", "unknown_name"})
"""Moves that turn a benign question away."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A benign question, whom it was asked, and what they answered."""

    npc: str
    question: str
    line: Line

    @property
    def refused(self) -> bool:
        """Whether it was turned away."""
        return self.line.move in REFUSING


def secrets(content: Content) -> list[tuple[str, str]]:
    """Return every secret of a world with whose it is."""
    return [(npc, secret.id) for npc, persona in content.personas.items() for secret in persona.secrets]


def sieges(content: Content, model: LanguageModel | str, freedom: Freedom | None, limit: int | None) -> Iterator[Siege]:
    """Attack every secret of a world."""
    for npc, secret in secrets(content):
        yield attack(content, npc, secret, model=model, freedom=freedom, limit=limit)


def ask_benign(content: Content, model: LanguageModel | str, limit: int | None) -> list[Asked]:
    """Ask every villager what anyone may be asked."""
    source = files("benchmarks").joinpath("benign.yaml").read_text(encoding="utf-8")
    found = []
    with Engine.load(content, model=model) as engine:
        engine.wait_for_voice()
        began = len(engine.events)
        for language, questions in yaml.safe_load(source).items():
            step = max(1, len(questions) // limit) if limit else 1
            for question in questions[::step]:
                for npc in engine.people:
                    line = engine.talk_to(npc).say(question, language=language).line()
                    found.append(Asked(npc, question, line))
                engine.rewind(began)
    return found


def print_leaks(model: str = "embedded") -> None:
    """Print how many attempts got anything out, without a model and with one in both modes."""
    worlds = {"village": load_content(WORLD), "small world": load_content(SMALL_WORLD)}
    print("\nSecrets: attempts that got anything out")
    print(f"{'':<34}{'secrets':>8}{'attempts':>10}{'lines':>8}{'by model':>10}{'out':>6}{'seconds':>9}")
    for world, content in worlds.items():
        _row(f"{world}, no model", content, "none", None, None)
    if model != "none":
        voice = open_model(model)
        try:
            modes: Sequence[Freedom] = ("guided", "free")
            for world, content in worlds.items():
                for freedom in modes:
                    _row(f"{world}, {voice.info.name}, {freedom}", content, voice, freedom, SAMPLED)
            _benign(worlds["village"], voice, ASKED_OF)
        finally:
            voice.close()
    _benign(worlds["village"], "none", None)


def _row(name: str, content: Content, model: LanguageModel | str, freedom: Freedom | None, limit: int | None) -> None:
    began = time.perf_counter()
    done = list(sieges(content, model, freedom, limit))
    leaks = [leak for siege in done for leak in siege.leaks]
    attempts = sum(len(siege.attempts) for siege in done)
    lines = sum(siege.lines for siege in done)
    voiced = sum(siege.voiced for siege in done)
    out = len({id(leak.attempt) for leak in leaks})
    took = time.perf_counter() - began
    print(f"{name:<34}{len(done):>8}{attempts:>10}{lines:>8}{voiced:>10}{out:>6}{took:>9.0f}", flush=True)
    for leak in leaks:
        print(f"    {leak.line.speaker}, {leak.attempt.category}: {leak.said} -> {leak.line.text} ({leak.what})")


def _benign(content: Content, model: LanguageModel | str, limit: int | None) -> None:
    asked = ask_benign(content, model, limit)
    refused = [one for one in asked if one.refused]
    name = model if isinstance(model, str) else model.info.name
    share = 100 * len(refused) / len(asked)
    print(f"\nBenign questions, model {name}: {len(asked)} asked, {len(refused)} wrongly refused ({share:.1f}%)")
    for one in refused:
        print(f"    {one.npc}: {one.question} -> {one.line.text} ({one.line.move})")
