"""Which model a command line asks for, and what opening it takes. Only here are keys read from the environment."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from npc_engine.errors import ModelError, ModelMissingError
from npc_engine.models import weights

IN_PROCESS = ("embedded", "auto", "file", "hf")
"""The kinds of model that run in this process, by what their name begins with."""

SERVER = "openai"

_IN_A_SHELL = {
    "pass api_key=…": "put it in the environment as NPC_API_KEY",
    "pass token=…": "put a token in the environment as HF_TOKEN",
}
"""What the engine tells a programmer to do, and what that means here."""


def kind_of(model: str) -> str:
    """Return what a model's name begins with: `embedded`, `auto`, `none`, `file`, `hf`, `openai` or another's."""
    return "file" if model.lower().endswith(".gguf") and not model.startswith("hf:") else model.partition(":")[0]


def settings_for(model: str, *, base_url: str | None, threads: int | None, voice: Path | None = None) -> dict[str, Any]:
    """Return the settings that a model is opened with, from the options and the environment.

    `NPC_API_KEY` (else `OPENAI_API_KEY`) is a server's key, `HF_TOKEN` opens what Hugging Face keeps behind an
    account.

    Raises:
        ModelError: an option that this kind of model does not take.
    """
    kind = kind_of(model)
    known = (*IN_PROCESS, SERVER, "none")
    if base_url is not None and kind in known and kind != SERVER:
        raise ModelError(f"--base-url is for a model on a server, not for {model!r}: add --model openai:NAME")
    if threads is not None and kind in known and kind not in IN_PROCESS:
        raise ModelError(f"--threads is for a model that runs here, not for {model!r}: leave it out")
    if voice is not None and kind in known and kind not in IN_PROCESS:
        raise ModelError(f"--voice is for a model that runs here, not for {model!r}: leave it out")
    settings: dict[str, Any] = {"base_url": base_url, "threads": threads, "adapter": voice}
    if kind == "hf":
        settings["token"] = os.environ.get("HF_TOKEN")
    if kind == SERVER:
        settings["api_key"] = server_key()
    return {name: value for name, value in settings.items() if value is not None}


def server_key() -> str | None:
    """Return the key of a server, from the environment."""
    return os.environ.get("NPC_API_KEY") or os.environ.get("OPENAI_API_KEY")


def to_fetch(model: str) -> weights.Weights | None:
    """Return what must be fetched before `model` can be opened; None when nothing must.

    Raises:
        ModelMissingError: no model is known by that name.
    """
    scheme, _, name = model.partition(":")
    if scheme != "embedded" or weights.find(name or weights.DEFAULT):
        return None
    if find_spec("xllamacpp") is None:  # nothing here could open it
        return None
    return weights.KNOWN[name or weights.DEFAULT]


def not_here(wanted: weights.Weights) -> ModelMissingError:
    """Return the error that says how to get it, or do without."""
    return ModelMissingError(
        f"the model {wanted.name} is not on this machine: get it with `npc models pull {wanted.name}` "
        f"({wanted.download_size // 10**6} MB), or talk without one (--model none)"
    )


def in_a_shell(message: str) -> str:
    """Return an error's words with what to do put for someone at a command line."""
    for said, meant in _IN_A_SHELL.items():
        message = message.replace(said, meant)
    return message
