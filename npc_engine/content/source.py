"""The text of one YAML file, read into spots: nothing in it is ever executed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from npc_engine.content.diagnosis import in_indent, in_key, open_quote, swallowed
from npc_engine.content.spot import Findings, Scalar, Spot
from npc_engine.content.syntax import explain, split_lines
from npc_engine.errors import Mistake

MAX_VALUES = 100_000
"""How many values a file may hold once its aliases are written out; a long persona holds about 2,000."""
MAX_DEPTH = 50

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,15})")
_DIGITS = "[0-9]{1,16}"
_FLOAT = re.compile(rf"(?=.*[.eE])[-+]?(?:{_DIGITS}(?:\.{_DIGITS})?|\.{_DIGITS})(?:[eE][-+]?[0-9]{{1,2}})?")
_WORDS: dict[str, Scalar] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What a file may not hold."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# YAML 1.1 breaks lines at these and editors do not, so that every later line number would be wrong.
_RARE_BREAKS = re.compile("[\x85\u2028\u2029]")

# What opens or closes a level, and before it what only looks so: texts in quotes, and comments.
_BRACKET = re.compile(r"""'[^'\n]*'|"(?:[^"\\\n]|\\.)*"|(?<!\S)\#[^\n]*|(?P<opens>[\[{])|(?P<closes>[\]}])""")
_TOO_DEEP = f"this is nested more than {MAX_DEPTH} levels deep"

# The parser in C is about 10 times faster. The one in Python, for where there is none, ends a word at any
# question mark inside of brackets, `[Well?, Day.]`, so it is shown another character.
_FAST: Any = getattr(yaml, "CSafeLoader", None)
_SHIELD = "\uf8d0"
_QUESTION = re.compile(r"(?<=[^\s\[{,])\?")


class _Stop(Exception):
    """A file that cannot be read further."""

    def __init__(self, mistake: Mistake) -> None:
        self.mistake = mistake


def parse(data: bytes, file: str, findings: Findings) -> Spot | None:
    """Return what a file holds, noting what is wrong with it; None when it cannot be read as YAML at all.

    An empty file gives an empty spot. Only null, true, false and decimal numbers are anything but text:
    `06:30`, `no` and `2024-05-01` stay as they were written. Keys are always text.
    """
    try:
        text = _RARE_BREAKS.sub(" ", _decode(data, file))
        if found := UNPRINTABLE.search(text):
            message = "an invisible character stands here: delete it"
            raise _Stop(_at(text, found.start(), file, message))
        return _read(text, file, findings)
    except _Stop as stop:
        findings.mistakes.add(stop.mistake)
        return None


def _at(text: str, index: int, file: str, message: str) -> Mistake:
    before = split_lines(text[:index])
    return Mistake(file, len(before), len(before[-1]) + 1, message)


def _decode(data: bytes, file: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Stop(Mistake(file, 1, 1, "the file is saved as UTF-16: save it as UTF-8"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        message = "the file is not saved as UTF-8 (perhaps as GBK or Windows-1252): save it as UTF-8"
        raise _Stop(_at(before, len(before), file, message)) from None


def _read(text: str, file: str, findings: Findings) -> Spot:
    lines = split_lines(text)
    builder = _Builder(file, lines)
    shielded = text if _FAST else _QUESTION.sub(_SHIELD, text)
    try:
        for event in yaml.parse(shielded, Loader=_FAST or yaml.SafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        # Some parsers read far ahead inside of brackets, and have a limit of their own that they reach first.
        if (opening := _too_deep(text)) is not None:
            raise _Stop(_at(text, opening, file, _TOO_DEEP)) from None
        cause = open_quote(shielded, lines, file, _FAST or yaml.SafeLoader)
        raise _Stop(cause or explain(error, file, lines)) from None
    except (yaml.YAMLError, UnicodeError) as error:
        raise _Stop(Mistake(file, 1, 1, f"this is not YAML: {error}")) from None
    findings.mistakes |= builder.mistakes
    return builder.root or Spot(file, 1, 1)


def _too_deep(text: str) -> int | None:
    """Return where in `text` a bracket opens one level more than MAX_DEPTH; None where none does."""
    depth = 0
    for found in _BRACKET.finditer(text):
        if found["opens"]:
            depth += 1
        elif found["closes"]:
            depth = max(0, depth - 1)
        if depth > MAX_DEPTH:
            return found.start()
    return None


def resolve(word: str) -> Scalar:
    """Return what an unquoted word stands for: nothing, true, false, a decimal number, or itself."""
    if word in _WORDS:
        return _WORDS[word]
    if _INTEGER.fullmatch(word):
        return int(word)
    return float(word) if _FLOAT.fullmatch(word) else word


@dataclass
class _Frame:
    """A list or mapping that is still being read."""

    spot: Spot
    keys: dict[str, Spot]
    anchor: str | None
    size: int = 1
    key: Spot | None = None


@dataclass
class _Builder:
    """Puts spots together from the parser's events, without recursion."""

    file: str
    lines: list[str]
    root: Spot | None = None
    frames: list[_Frame] = field(default_factory=list)
    anchors: dict[str, tuple[Spot, int]] = field(default_factory=dict)
    mistakes: set[Mistake] = field(default_factory=set)
    size: int = 0
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(event, "a second document begins here: one file holds one, so take out this '---'")
        elif isinstance(event, yaml.AliasEvent):
            self._attach(*self._alias(event))
        elif isinstance(event, yaml.NodeEvent):
            self._node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            frame = self.frames.pop()
            if frame.anchor:
                self.anchors[frame.anchor] = (frame.spot, frame.size)
            self._attach(frame.spot, frame.size)

    def _node(self, event: Any) -> None:
        if event.tag is not None:
            message = (
                "a tag stands here, and tags are refused, for files are only read, never executed; "
                "a text that begins with ! needs quotes"
            )
            self._stop(event, message)
        self.size += 1
        if self.size > MAX_VALUES:
            self._stop(event, f"the file holds more than {MAX_VALUES:,} values")
        if isinstance(event, yaml.ScalarEvent):
            spot = self._scalar(event)
            if event.anchor:
                self.anchors[event.anchor] = (spot, 1)
            self._attach(spot, 1)
            return
        if len(self.frames) >= MAX_DEPTH:
            self._stop(event, _TOO_DEEP)
        kind: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        spot = self._spot(event, kind)
        keys: dict[str, Spot] = {}
        spot.keys = keys
        self.frames.append(_Frame(spot, keys, event.anchor))

    def _scalar(self, event: Any) -> Spot:
        text: str = event.value if _FAST else event.value.replace(_SHIELD, "?")
        if _SURROGATE.search(text):
            self._stop(event, "this escape gives half a character: write the character itself")
        if not event.style:
            text = text.strip()
        start, end = event.start_mark, event.end_mark
        if not event.style:
            wrong = in_indent(event.value, self.lines, start)
        else:
            wrong = swallowed(self.lines, start, end) if event.style in ("'", '"') else ""
        if wrong:
            self._stop(event, wrong)
        quotes = 1 if event.style in ("'", '"') else 0
        whole = start.line == end.line and end.column - start.column == len(text) + 2 * quotes
        value = text if event.style or self._expects_key() else resolve(text)
        return self._spot(event, value, quotes if whole else None)

    def _alias(self, event: Any) -> tuple[Spot, int]:
        name = event.anchor
        if any(frame.anchor == name for frame in self.frames):
            self._stop(event, f"*{name} stands inside of what it names")
        if name not in self.anchors:
            self._stop(event, f"there is no &{name} before *{name}; a text that begins with * needs quotes")
        spot, size = self.anchors[name]
        self.size += size
        if self.size > MAX_VALUES:
            self._stop(event, f"the file holds more than {MAX_VALUES:,} values with its *aliases written out")
        return spot, size

    def _attach(self, spot: Spot, size: int) -> None:
        if not self.frames:
            self.root = spot
            return
        frame = self.frames[-1]
        frame.size += size
        if isinstance(frame.spot.value, list):
            frame.spot.value.append(spot)
        elif frame.key is None:
            frame.key = spot
        else:
            self._put(frame, frame.key, spot)
            frame.key = None

    def _put(self, frame: _Frame, key: Spot, value: Spot) -> None:
        mapping = frame.spot
        assert isinstance(mapping.value, dict)
        name = key.text
        if isinstance(key.value, dict | list) or not name:
            self._note(key, "a key must be a word; a text that begins with { or [ needs quotes")
        elif name == "<<":
            self._note(key, "'<<' is not understood here: write the keys out")
        elif name in mapping.value:
            first = frame.keys[name]
            self._note(key, f"{name!r} stands here twice, first in line {first.line}: keep one of them")
        elif value.value is None and key.indent == 0 and (wrong := in_key(name)):
            raise _Stop(key.mistake(wrong[1], wrong[0]))
        else:
            mapping.value[name] = value
            frame.keys[name] = key

    def _expects_key(self) -> bool:
        return bool(self.frames) and isinstance(self.frames[-1].spot.value, dict) and self.frames[-1].key is None

    def _spot(self, event: Any, value: Any, indent: int | None = None) -> Spot:
        mark = event.start_mark
        return Spot(self.file, mark.line + 1, mark.column + 1, value, indent=indent)

    def _note(self, spot: Spot, message: str) -> None:
        self.mistakes.add(spot.mistake(message))

    def _stop(self, event: Any, message: str) -> None:
        raise _Stop(Mistake(self.file, event.start_mark.line + 1, event.start_mark.column + 1, message))
