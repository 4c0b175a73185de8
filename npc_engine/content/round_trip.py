"""Changing authored YAML in places: comments, quotes, order and every line that is not changed stay as they were.

What no change touches is kept byte for byte, not written anew. Needs the extra `authors` (ruamel.yaml).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from npc_engine.content.source import parse, resolve
from npc_engine.content.spot import Findings
from npc_engine.content.whole_files import write_whole
from npc_engine.errors import AuthoringError, ContentError, Mistake

try:
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.resolver import VersionedResolver
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, ScalarString
except ModuleNotFoundError as error:
    raise AuthoringError(
        "changing YAML files that are there already needs ruamel.yaml: pip install ruamel.yaml"
    ) from error

_WIDE = 1_000_000
"""Lines are as long as authors make them."""
_INDENT = 2
_LIST = re.compile(r"^( *)[\w.]+:[ ]*(?:#.*)?\n(?:[ ]*(?:#.*)?\n)*( *)- ", re.MULTILINE)
_MARKS = "?:"
"""What begins a key or a value inside of brackets, for libyaml even without a space behind it."""
FLOW_WIDTH = 100
"""Characters up to which a mapping or list is written in one line, in braces or brackets."""


class _AsWritten(VersionedResolver):
    """Takes every word for text, as the files do: `06:30`, `1e3` and `no` come out as they went in."""

    @property
    def versioned_resolver(self) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
        return {"": [("tag:yaml.org,2002:null", re.compile("^$"))]}


class Sheet:
    """A YAML file that is to be changed: change `data`, then ask for `text` or `save`.

    All scalars of `data` are text, just as they are written. Put in what `written` makes of a plain value.
    """

    def __init__(self, text: str, name: str = "the file") -> None:
        """Read a sheet.

        Raises:
            ContentError: it is no YAML, and where.
        """
        self.name = name
        self._original = text
        self._offset = _offset(text)
        try:
            self.data: Any = _reader().load(text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise ContentError([Mistake(name, line, column, f"this is not YAML: {error.problem}")]) from None
        except YAMLError as error:
            raise ContentError([Mistake(name, 1, 1, f"this is not YAML: {error}")]) from None
        self._before = self._dumped()

    @classmethod
    def read(cls, path: Path) -> Sheet:
        """Return the sheet that a file holds, an empty one where there is no such file.

        Raises:
            ContentError: it is no YAML in UTF-8, and where.
        """
        try:
            return cls(path.read_bytes().decode("utf-8-sig"), path.as_posix())
        except FileNotFoundError:
            return cls("", path.as_posix())
        except UnicodeDecodeError:
            raise ContentError([Mistake(path.as_posix(), 1, 1, "the file is not saved as UTF-8")]) from None

    @property
    def text(self) -> str:
        """The file as it is now: the lines that no change touched are those of the author."""
        after = self._dumped()
        if after == self._before:
            return self._original
        newline = "\r\n" if "\r\n" in self._original else "\n"
        spliced = _spliced(self._original.splitlines(), self._before.splitlines(), after.splitlines())
        found = "".join(f"{line}{newline}" for line in spliced)
        held = _held(found)
        return found if held is not None and held == _held(after) else after.replace("\n", newline)

    def _dumped(self) -> str:
        """Return the data written anew; the dashes of a file that is a list stand at the margin."""
        if self.data is None:
            return ""
        into = io.StringIO()
        listed = isinstance(self.data, list)
        offset = max(self._offset, _INDENT) if listed else self._offset
        _reader(offset).dump(self.data, into)
        lines = into.getvalue().splitlines(keepends=True)
        return "".join(line.removeprefix(" " * offset) if listed else line for line in lines)

    def save(self, path: Path) -> None:
        """Write the file whole or not at all."""
        write_whole(path, self.text)


def written(value: Any, *, flow: bool | None = None) -> Any:
    """Return a plain value as what is to be put into a sheet: texts that would be read as something else in quotes.

    Mappings and lists of a line's length stand in one line unless `flow` says otherwise.
    """
    if isinstance(value, ScalarString | CommentedMap | CommentedSeq):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return _quoted(value)
    short = flow if flow is not None else _fits(value)
    node: Any
    if isinstance(value, Mapping):
        node = CommentedMap((_quoted(key), written(each, flow=True if short else None)) for key, each in value.items())
    else:
        node = CommentedSeq(written(each, flow=True if short else None) for each in value)
    (node.fa.set_flow_style if short else node.fa.set_block_style)()
    return node


def appended(sheet: Sheet, entries: Sequence[Any]) -> None:
    """Put entries at the end of a sheet that is a list, or empty."""
    if sheet.data is None:
        sheet.data = CommentedSeq()
    for entry in entries:
        sheet.data.append(written(entry))


def _fits(value: Any) -> bool:
    if any(isinstance(each, str) and "\n" in each for each in _leaves(value)):
        return False
    depth = 2 if isinstance(value, Mapping) and set(map(type, value.values())) - {str, int, float, bool} else 1
    return depth == 1 and len(str(value)) <= FLOW_WIDTH


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return [leaf for each in value.values() for leaf in _leaves(each)]
    if isinstance(value, list | tuple):
        return [leaf for each in value for leaf in _leaves(each)]
    return [value]


def _quoted(text: str) -> Any:
    """Return a text so that it is read as itself: in quotes where it would be a number, a truth or nothing."""
    if "\n" in text.strip("\n"):
        return DoubleQuotedScalarString(text)
    plain = isinstance(resolve(text), str) and text == text.strip() and "\n" not in text and text[0] not in _MARKS
    return text if plain else DoubleQuotedScalarString(text)


def _held(text: str) -> Any:
    """Return what a file holds as the engine reads it, which is ten times faster; None where it can't be read."""
    findings = Findings()
    spot = parse(text.encode(), "", findings)
    return None if spot is None or findings.mistakes else (spot.plain(),)


def _reader(offset: int = _INDENT) -> Any:
    yaml = YAML()
    yaml.Resolver = _AsWritten
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.indent(mapping=_INDENT, sequence=offset + 2, offset=offset)
    return yaml


def _offset(text: str) -> int:
    """Return how far in from their key an author puts the dashes of a list."""
    found = _LIST.search(text)
    return max(0, len(found[2]) - len(found[1])) if found else _INDENT


def _spliced(original: list[str], before: list[str], after: list[str]) -> list[str]:
    """Return the original with what differs between `before` and `after` put in, and nothing else changed.

    `before` is the original as it would be written anew. A stretch of the original that would be written otherwise is
    kept where none of it was changed, and written anew where some was.
    """
    same: dict[int, int] = {}
    """The lines that no change touched: where each line of `before` stands in `after`."""
    for tag, start, end, new_start, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            same |= {line: new_start + line - start for line in range(start, end)}
    lines: list[str] = []
    done = 0  # how much of `after` was taken over
    for start, stop, first, last in _stretches(original, before):
        untouched = all(line in same for line in range(first, last))
        in_one_piece = untouched and all(same[line + 1] == same[line] + 1 for line in range(first, last - 1))
        if first == last:  # blank lines, say, that would not be written
            lines += original[start:stop]
        elif in_one_piece:
            lines += after[done : same[first]] + original[start:stop]
            done = same[last - 1] + 1
    return lines + after[done:]


def _stretches(original: list[str], before: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield what belongs together: each line that would be written just so, each stretch that would not."""
    for tag, start, stop, first, last in SequenceMatcher(None, original, before, autojunk=False).get_opcodes():
        if tag == "equal":
            for offset in range(stop - start):
                yield start + offset, start + offset + 1, first + offset, first + offset + 1
        else:
            yield start, stop, first, last
