"""Ids of authored texts: for translators' files, and for the recordings of a voice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from npc_engine.content.schema import SEVERAL, bare, is_model
from npc_engine.persona import Persona
from npc_engine.world.definitions import Localized

_NAMED = ("id", "action", "from", "fact")
"""Keys that tell an entry of a list from the others."""
_TEXTS = ("asks", "says", "said", "topic", "text")


def line_id(where: Sequence[str], text: str = "") -> str:
    """Return the id of a text: the path to it, and for one of several a mark of what it says.

    `personas.mira.secrets.gold.cover`, `personas.mira.phrases.greeting.3f2a9c1b`. It stays when other texts are put
    beside it, and is another when the text itself is: then what was recorded or translated is out of date.
    """
    return ".".join([*where, *([mark(text)] if text else [])])


def mark(text: str) -> str:
    """Return eight letters and digits that tell a text from others."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def step_of(entry: Any, language: str) -> str:
    """Return what an entry of a list is called in an id: its own id, else a mark of what it says in a language."""
    if isinstance(entry, Mapping):
        for key in _NAMED:
            if isinstance(entry.get(key), str):
                return re.sub(r"[\s:]+", "_", entry[key])
        for key in _TEXTS:
            if isinstance(said := entry.get(key), Mapping):
                told = said.get(language) or next(iter(said.values()), "")
                return mark(str(told[0] if isinstance(told, list) and told else told))
            if isinstance(said, str):
                return said
        told = entry.get(language) or next(iter(entry.values()), "")
        return mark(str(told[0] if isinstance(told, list) and told else told))
    return mark(str(entry))


def lines_of(persona: Persona, source: str) -> dict[str, dict[str, str]]:
    """Return the ids of what an author wrote for somebody, by language and by the text itself.

    A text has the id of the one at its place in the language `source`, so that each has a recording in every language.
    """
    found: dict[str, dict[str, str]] = {}
    for language, text, id in _walk(Persona, persona, ("personas", persona.id), source):
        found.setdefault(language, {}).setdefault(text, id)
    return found


def _walk(annotation: Any, value: Any, where: tuple[str, ...], source: str) -> Iterator[tuple[str, str, str]]:
    kind = bare(annotation)
    if kind == Localized:
        yield from ((language, text, line_id(where)) for language, text in value.items())
    elif kind in SEVERAL:
        originals = [_text(entry) for entry in value.get(source, ())]
        for language, entries in value.items():
            for at, text in enumerate(map(_text, entries)):
                yield language, text, line_id(where, originals[at] if at < len(originals) else text)
    elif is_model(kind) and value is not None:
        for key, field in kind.model_fields.items():
            yield from _walk(field.annotation, getattr(value, key), (*where, field.alias or key), source)
    elif get_origin(kind) is list:
        for entry in value:
            step = step_of(entry.model_dump(by_alias=True) if isinstance(entry, BaseModel) else entry, source)
            yield from _walk(get_args(kind)[0], entry, (*where, step), source)
    elif get_origin(kind) is dict:
        for key, entry in value.items():
            yield from _walk(get_args(kind)[1], entry, (*where, key), source)


def _text(entry: Any) -> str:
    return entry if isinstance(entry, str) else str(entry.text)
