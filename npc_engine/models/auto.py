"""`model="auto"`: the best model on disk that this machine can carry beside a game."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from npc_engine.errors import ModelError, ModelMissingError
from npc_engine.models import machine, weights
from npc_engine.models.atomic_files import Folder, models_folder
from npc_engine.models.gguf import read_header
from npc_engine.models.llama_cpp import LlamaCppModel, default_threads, open_embedded, open_file
from npc_engine.models.measured import measured
from npc_engine.models.sizes import billions_of, size_of
from npc_engine.models.troubles import trouble, worded

SHARE = 0.5
"""The part of a machine's memory that a model may take: the rest is the game's and the system's."""

BILLIONS_A_THREAD = 1.6
"""Parameters that one thread writes fast enough to be talked with: 1.5B wrote some 10 tokens a second on one."""

FAST_ENOUGH = 6.0
"""Tokens a second of a model that was tried here; a slower one is left out, whatever was to be expected."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model file on this machine; `name` is how we know it, empty for one that we don't."""

    path: Path
    name: str
    billions: float
    size: int
    writes: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """What it is called to a player."""
        return self.name or self.path.stem

    @property
    def worth(self) -> tuple[float, bool, float]:
        """How good it is likely to be: by its size; of small ones those with a voice first, then the quickest."""
        if size_of(self.billions) != "small":
            return (self.billions, bool(self.name), 0.0)
        known = weights.KNOWN.get(self.name)
        return (0.0, known is not None and bool(known.speaks), -self.billions)


@dataclass(frozen=True, slots=True)
class Choice:
    """The model that was chosen, and why, in a sentence in each language."""

    candidate: Candidate
    why: dict[str, str]


def candidates(folder: Folder = None) -> list[Candidate]:
    """Return the models on this machine: those we know that are whole, and other GGUF files in the models' folder."""
    known = [row for row in weights.listing(folder) if row.status == "ready"]
    found = [
        Candidate(row.path, row.weights.name, row.weights.billions, row.weights.size, row.weights.writes)
        for row in known
    ]
    taken = {row.path for row in weights.listing(folder)}
    for path in sorted(models_folder(folder).rglob("*.gguf")):
        if path not in taken:
            try:
                header = read_header(path)
            except ModelError:
                continue
            if "adapter" not in header.texts.get("general.type", ""):
                found.append(Candidate(path, "", billions_of(header.billions, path), path.stat().st_size))
    return found


def choose(found: Iterable[Candidate], *, memory: int, threads: int, language: str | None = None) -> Choice | None:
    """Return the best of some models for a machine with so much memory (bytes) and so many threads to spare.

    With a `language`, small models that don't write it are left out. None where none fits.
    """
    fitting = [one for one in found if _fits(one, memory, threads, language)]
    if not fitting:
        return None
    best = max(fitting, key=lambda one: one.worth)
    larger = [one for one in found if one.worth > best.worth]
    why = worded(
        "chosen_over" if larger else "chosen",
        name=best.called,
        threads=threads,
        memory=f"{memory / 1e9:.0f}",
        larger=", ".join(one.called for one in larger),
    )
    return Choice(best, why)


def open_auto(rest: str = "", *, folder: Folder = None, language: str | None = None, **settings: Any) -> LlamaCppModel:
    """Open the best model that lies here; `info.chosen` says which and why. `language` is one that it has to write.

    Raises:
        ModelMissingError: none lies here that this machine can carry.
        ModelError: something stood behind the colon.
    """
    if rest:
        raise ModelError(f"the model 'auto' takes nothing behind a colon, not {rest!r}")
    threads = settings.get("threads") or default_threads()
    choice = choose(candidates(folder), memory=machine.memory(), threads=threads, language=language)
    if choice is None:
        raise trouble(ModelMissingError, "none_here", name=weights.DEFAULT)
    settings["chosen"] = choice.why
    if choice.candidate.name:
        return open_embedded(choice.candidate.name, folder=folder, **settings)
    return open_file(str(choice.candidate.path), **settings)


def _fits(one: Candidate, memory: int, threads: int, language: str | None) -> bool:
    if language is not None and one.writes and language not in one.writes:
        return False
    if memory and weights.memory_for(one.size) > memory * SHARE:
        return False
    if speed := measured(one.path):
        return speed.tokens_a_second >= FAST_ENOUGH
    return one.billions <= BILLIONS_A_THREAD * threads
