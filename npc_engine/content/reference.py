"""The tables of the writers' page: keys, made from the schema, and what the messages mean.

`python -m npc_engine.content.reference docs/writing.md` writes them.

What each key means stands in `reference.yaml` beside this file, in both languages. Only keys that the schema has can be
explained, so a key that does nothing is never documented.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from npc_engine import persona, talking_points
from npc_engine.content import numbers
from npc_engine.content.schema import annotation_at, fields_of, is_model
from npc_engine.errors import UnknownNameError
from npc_engine.packaged import packaged_yaml
from npc_engine.world import definitions

_TABLE = re.compile(r"(<!-- keys: (\w+) -->\n).*?(<!-- end of keys -->\n)", re.DOTALL)
_MESSAGES = re.compile(r"(<!-- messages -->\n).*?(<!-- end of messages -->\n)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """Keys that are explained together; `of` names the key of the table's model that they stand under, if any."""

    keys: Sequence[str]
    en: str
    zh: str
    of: str = ""

    def __str__(self) -> str:
        keys = ", ".join(f"`{key}`" for key in self.keys)
        return f"| {f'`{self.of}`: ' if self.of else ''}{keys} | {self.en} | {self.zh} |"


def table(name: str) -> str:
    """Return a table of the page, in Markdown.

    Raises:
        UnknownNameError: there is no such table, or it explains a key that the schema doesn't have.
    """
    tables: Mapping[str, Any] = packaged_yaml("npc_engine.content", "reference.yaml")
    if name not in tables:
        raise UnknownNameError("table of keys", name, tables)
    en, zh = tables[name]["heading"]
    rows = [Row(**row) for row in tables[name]["rows"]]
    for row in rows:
        known = _keys(tables[name]["model"], row.of)
        for key in row.keys:
            if key not in known:
                raise UnknownNameError(f"key of {name}", key, known)
    return "\n".join([f"| Key · 键 | {en} | {zh} |", "|---|---|---|", *map(str, rows)]) + "\n"


def written(page: str) -> str:
    """Return a page with its tables regenerated.

    Raises:
        UnknownNameError: as `table`.
    """
    page = _TABLE.sub(lambda found: f"{found[1]}{table(found[2])}{found[3]}", page)
    return _MESSAGES.sub(lambda found: f"{found[1]}{numbers.table()}{found[2]}", page)


def _keys(model: str, under: str) -> Sequence[str]:
    """Return the keys that a model of the schema has, itself or under one of them; or all phrases."""
    if model == "phrases":
        return list(persona.PHRASES)
    found: Any = next(getattr(one, model) for one in (definitions, talking_points, persona) if hasattr(one, model))
    if under:
        inside = annotation_at(found, (under, 0))
        found = inside if is_model(inside) else annotation_at(found, (under, "*"))
    assert issubclass(found, BaseModel)
    return list(fields_of(found))


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        path.write_text(written(path.read_text("utf-8")), "utf-8")
