"""Taking languages out of a YAML text, and putting other values into it: the rest stays letter for letter."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import yaml

from npc_engine.text import languages

_COMMENT = re.compile(r"^( *#)(\w\w): (.*\n)", re.MULTILINE)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Path = tuple[str | int, ...]


def only(text: str, kept: Collection[str]) -> str:
    """Return a YAML text without what it says in other languages than those `kept`, its `#en:` comments included."""
    edits: list[tuple[int, int, str]] = []
    for _, node in _nodes(yaml.compose(text, Loader=_LOADER)):
        if isinstance(node, yaml.MappingNode) and _by_language(node):
            edits += _without(text, node, kept)
        elif isinstance(node, yaml.SequenceNode) and _is_language_list(node):
            listed = ", ".join(each.value for each in node.value if each.value in kept)
            edits.append((node.start_mark.index, node.end_mark.index, f"[{listed}]"))
    text = _edited(text, edits)
    return _COMMENT.sub(lambda found: f"{found[1]} {found[3]}" if found[2] in kept else "", text)


def with_values(text: str, values: Mapping[Path, Any]) -> str:
    """Return a YAML text in which other values stand at some places: `("names",)` is the key of the whole mapping."""
    found = {path: node for path, node in _nodes(yaml.compose(text, Loader=_LOADER)) if path in values}
    edits = []
    for path, node in found.items():
        after = "\n" if isinstance(node, yaml.CollectionNode) and not node.flow_style else ""  # such a node ends below
        edits.append((node.start_mark.index, node.end_mark.index, json.dumps(values[path], ensure_ascii=False) + after))
    return _edited(text, edits)


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _nodes(node: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every node below one and its path, that one first."""
    yield path, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _nodes(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for at, each in enumerate(node.value):
            yield from _nodes(each, (*path, at))


def _by_language(node: yaml.MappingNode) -> bool:
    return bool(node.value) and all(key.value in languages() for key, _ in node.value)


def _is_language_list(node: yaml.SequenceNode) -> bool:
    return bool(node.value) and all(
        isinstance(each, yaml.ScalarNode) and each.value in languages() for each in node.value
    )


def _without(text: str, node: yaml.MappingNode, kept: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the edits that take languages out of one text."""
    if node.flow_style:
        inside = [text[key.start_mark.index : value.end_mark.index] for key, value in node.value if key.value in kept]
        yield node.start_mark.index, node.end_mark.index, f"{{{', '.join(inside)}}}"
        return
    for key, value in node.value:
        if key.value not in kept:
            start = text.rindex("\n", 0, key.start_mark.index) + 1
            end = text.find("\n", max(value.start_mark.index, value.end_mark.index - 1))
            yield start, len(text) if end < 0 else end + 1, ""
