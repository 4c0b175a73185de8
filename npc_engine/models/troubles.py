"""What goes wrong with a model, as errors that say so in every language."""

from __future__ import annotations

from typing import TypeVar

from npc_engine.errors import ModelError, ModelUnreachableError
from npc_engine.lang.en import English
from npc_engine.phrasebook import Phrasebook
from npc_engine.text import languages

Error = TypeVar("Error", bound=ModelError)


def worded(key: str, /, **slots: object) -> dict[str, str]:
    """Return a sentence of `troubles.yaml` in every language, by code."""
    books = Phrasebook.load("npc_engine.models", "troubles.yaml")
    return {language: books[language](key, **slots) for language in (English.code, *languages())}


def trouble(kind: type[Error], key: str, /, **slots: object) -> Error:
    """Return an error of a kind that says a sentence of `troubles.yaml`."""
    told = worded(key, **slots)
    return kind(told[English.code], told)


def unreachable(key: str, wait: float | None = None, /, **slots: object) -> ModelUnreachableError:
    """Return the error that a server can't be used, for `wait` seconds if that is known."""
    error = trouble(ModelUnreachableError, key, **slots)
    error.wait = wait
    return error
