"""Opens a model from the short text a game or a player names it with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import EntryPoint
from os import PathLike, fspath
from typing import Any

from npc_engine.errors import ModelError, ModelMissingError, did_you_mean
from npc_engine.models.model import LanguageModel
from npc_engine.plugins import installed

_UNKNOWN_SETTING = re.compile("unexpected keyword argument '([^']+)'")

GROUP = "npc_engine.models"
"""The entry-point group in which a package registers `scheme = "package.module:opener"`."""


def open_model(spec: str | PathLike[str] | LanguageModel, **settings: Any) -> LanguageModel:
    """Return the model that `spec` names, ready to speak.

    `embedded` is the one npc-engine brings (`npc models pull` fetches it), `none` is no model at all, a path
    that ends in `.gguf` (or `file:PATH`) is a file of yours, `hf:OWNER/REPO` or `hf:OWNER/REPO/FILE.gguf` one
    from Hugging Face, and `openai:MODEL` a server that speaks OpenAI's chat completions. Other packages
    add schemes through the entry points of `npc_engine.models`: whatever stands before the colon names
    the entry point, which is called as `opener(what_follows, **settings)`. A model object is given back
    as it is.

    Raises:
        ModelError: nothing answers to that scheme, or the model can't be opened, or not with these settings.
        ModelMissingError: something has to be installed or fetched first; the message says what.
        TypeError: settings for a model that is open already.
    """
    if not isinstance(spec, (str, PathLike)):
        if settings:
            raise TypeError(f"settings are for models opened by name; {spec!r} is open already")
        return spec
    text = fspath(spec)
    openers = installed(GROUP)
    scheme, _, rest = text.partition(":")
    if isinstance(spec, PathLike) or (scheme not in openers and text.lower().endswith(".gguf")):
        scheme, rest = "file", text
    if scheme not in openers:
        if not openers:
            raise ModelMissingError(
                "npc-engine is not installed, so no models are registered: run `pip install -e .` in its folder, or "
                "bundle its metadata with the game (docs/shipping.md)"
            )
        raise ModelError(f"unknown model {text!r}{did_you_mean(scheme, openers)}")
    try:
        model: LanguageModel = _load(openers[scheme])(rest, **settings)
    except ModelError:
        raise
    except Exception as error:  # of a package's that we know nothing of, or of a setting it can't use
        raise ModelError(f"the model {text!r} can't be opened: {_reason(error, settings)}") from None
    return model


def installed_schemes() -> tuple[str, ...]:
    """Return what a model's name may begin with on this machine, sorted."""
    return tuple(sorted(installed(GROUP)))


def _reason(error: Exception, settings: Mapping[str, Any]) -> str:
    if unknown := _UNKNOWN_SETTING.search(str(error)):
        return f"it takes no setting {unknown[1]!r}"
    said = " ".join(str(error).split())
    for name, value in settings.items():
        if value and ("key" in name or "token" in name):
            said = said.replace(str(value), "…")
    return f"{said or 'it does not say why'} ({type(error).__name__})"


def _load(entry: EntryPoint) -> Any:
    try:
        return entry.load()
    except (ImportError, AttributeError) as error:
        package = entry.dist.name if entry.dist else entry.value
        raise ModelMissingError(
            f"the model {entry.name!r} comes from the package {package}, which can't be loaded: {error}"
        ) from None
