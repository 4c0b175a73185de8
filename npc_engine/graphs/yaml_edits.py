"""Edits of YAML that leave all else as it is, to the byte: only the entry that changes is written anew.

Within it ruamel.yaml keeps comments, quotes and order.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from npc_engine.errors import GraphRefusedError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, where PyYAML has it: it is ten times as fast."""

Is = Callable[[Any], bool]
"""Tells whether an entry is the one that is meant."""


class Entries:
    """The entries of a file: those of its list, or its keys with what they say."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines(keepends=True)
        root = yaml.compose(text, Loader=_LOADER)
        self.is_list = not isinstance(root, yaml.MappingNode)

    @classmethod
    def of(cls, path: Path) -> Entries:
        """Return the entries of a file, none where there is no file."""
        return cls(path.read_bytes().decode() if path.exists() else "")

    def write(self, path: Path) -> None:
        """Write the file."""
        path.write_bytes("".join(self._lines).encode())

    def plain(self) -> Any:
        """Return what the file says."""
        return yaml.load("".join(self._lines), _LOADER)

    def append(self, entry: Any) -> None:
        """Add an entry at the end of the list, in one line."""
        if self._lines and not self._lines[-1].endswith("\n"):
            self._lines[-1] += "\n"
        self._lines.append(_dumped([_in_one_line(entry)]))

    def remove(self, is_it: Is) -> None:
        """Take an entry out of the list; comments around it stay."""
        begin, end, _ = self._found(is_it)
        del self._lines[begin:end]

    def change(self, is_it: Is, said: Mapping[str, Any], without: Sequence[str] = ()) -> None:
        """Let an entry of the list say this, and nothing of what it is to be `without`."""

        def edit(entries: Any) -> None:
            if isinstance(entries[0], str):
                entries[0] = _in_one_line({})
            for name in without:
                entries[0].pop(name, None)
            for name, value in said.items():
                _set(entries[0], name, value)

        self._rewrite(is_it, edit)

    def set_in(self, is_it: Is | None, key: str, inner: str, value: str | None) -> None:
        """Set a text in a mapping of texts, of an entry of the list, or of the file's own where none is meant."""

        def edit(document: Any) -> None:
            entry = document if is_it is None else document[0]
            texts = entry.setdefault(key, _in_one_line({}))
            if value is None:
                texts.pop(inner, None)
            else:
                texts[inner] = value

        self._rewrite(is_it or (lambda name: name == key), edit)

    def _rewrite(self, is_it: Is, edit: Callable[[Any], None]) -> None:
        from ruamel.yaml import YAML

        begin, end, _ = self._found(is_it)
        document = _ruamel(YAML()).load("".join(self._lines[begin:end]))
        edit(document)
        self._lines[begin:end] = [_dumped(document)]

    def _found(self, is_it: Is) -> tuple[int, int, Any]:
        """Return the lines that an entry has, without what comes after it, and the entry."""
        root = yaml.compose("".join(self._lines), Loader=_LOADER)
        if isinstance(root, yaml.MappingNode):
            starts = [(key.start_mark.line, key.value) for key, _ in root.value]
        else:
            plain = self.plain()
            nodes = root.value if root is not None else []
            starts = [(self._dash(node.start_mark.line), one) for node, one in zip(nodes, plain or [], strict=True)]
        for number, (begin, entry) in enumerate(starts):
            if is_it(entry):
                end = starts[number + 1][0] if number + 1 < len(starts) else len(self._lines)
                while end > begin + 1 and self._lines[end - 1].strip()[:1] in ("", "#"):
                    end -= 1
                return begin, end, entry
        raise GraphRefusedError("what was changed in the graph is no longer in the files: push again, then edit")

    def _dash(self, line: int) -> int:
        while not self._lines[line].lstrip().startswith("-"):
            line -= 1
        return line


def _set(entry: Any, name: str, value: Any) -> None:
    """Let an entry say something; of a mapping it has already, only what is otherwise changes."""
    if name not in entry or not isinstance(value, dict):
        if name not in entry or entry[name] != value:
            entry[name] = _in_one_line(value)
        return
    for inner in [one for one in entry[name] if one not in value]:
        del entry[name][inner]
    for inner, one in value.items():
        _set(entry[name], inner, one)


def _in_one_line(value: Any) -> Any:
    """Return a value such that its mappings are written in one line."""
    if not isinstance(value, dict):
        return value
    from ruamel.yaml.comments import CommentedMap

    made = CommentedMap({name: _in_one_line(one) for name, one in value.items()})
    made.fa.set_flow_style()
    return made


def _ruamel(dumper: Any) -> Any:
    dumper.preserve_quotes = True
    dumper.width = 10_000
    dumper.allow_unicode = True
    return dumper


def _dumped(document: Any) -> str:
    from ruamel.yaml import YAML

    written = io.StringIO()
    _ruamel(YAML()).dump(document, written)
    return written.getvalue()
