"""Plain values as YAML that an author would write: short mappings in one line, texts in quotes where they need them."""

from __future__ import annotations

import re
from typing import Any

import yaml

from npc_engine.content.source import resolve

WIDTH = 110
"""Characters up to which a mapping or list is written in one line."""
_PLAIN = re.compile(r"[^\W\d_][\w ]*")
_UNLIKE = frozenset("yes no on off true false null y n".split())
"""Words that other readers of YAML take for something else than text."""


def dumped(value: Any) -> str:
    """Return a value as YAML, in the order it has."""
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    return text


class _Dumper(yaml.SafeDumper):
    """Indents lists below their key and repeats what stands twice."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    bare = _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _UNLIKE
    style = None if bare and isinstance(resolve(text), str) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _mapping(dumper: yaml.SafeDumper, mapping: dict[str, Any]) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", mapping.items(), flow_style=_short(mapping))


def _list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=_short(items))


def _short(value: dict[str, Any] | list[Any]) -> bool:
    """Return whether a mapping or list is put in one line."""
    parts = list(value.values()) if isinstance(value, dict) else value
    flat = all(not isinstance(part, dict | list) or (_short(part) and isinstance(value, dict)) for part in parts)
    return flat and len(str(value)) <= WIDTH


_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _list)
