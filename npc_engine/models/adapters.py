"""Adapters: small files that teach an embedded model to voice plans, and what they were trained for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from npc_engine.errors import ModelError
from npc_engine.lang import HOME
from npc_engine.models.gguf import read_header

_FOLDER = "npc_engine.models.voices"


@dataclass(frozen=True, slots=True)
class Adapter:
    """An adapter file: the SHA-256 of the model file it fits, and the version of the prompt for each language."""

    path: Path
    base: str
    prompts: Mapping[str, str]

    def fits(self, model: Path, digest: str | None = None) -> bool:
        """Return whether it was trained for a model file, byte for byte; `digest` is the file's SHA-256 where known."""
        if digest is not None:
            return digest == self.base
        with model.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == self.base


def read_adapter(path: Path) -> Adapter:
    """Return what an adapter file says of itself.

    Raises:
        ModelMissingError: there is no such file.
        ModelError: it is no adapter of ours.
    """
    texts = read_header(path).texts
    if texts.get("general.type") != "adapter" or "npc_engine.prompt" not in texts:
        raise ModelError(f"{path} is not an adapter that `npc voice train` made")
    languages = texts.get("npc_engine.languages", HOME[0]).split()
    return Adapter(path, texts.get("npc_engine.base", ""), dict.fromkeys(languages, texts["npc_engine.prompt"]))


def shipped(name: str) -> Path | None:
    """Return the adapter that comes with the engine for a known model; None where there is none."""
    found = files(_FOLDER).joinpath(f"{name}.gguf")
    if not found.is_file():
        return None
    with as_file(found) as path:
        return path
