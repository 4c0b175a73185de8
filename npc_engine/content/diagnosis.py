"""Mistakes in YAML that come to light far from where they were made, or not at all: open quotes, full-width marks."""

from __future__ import annotations

import re
from typing import Any

import yaml

from npc_engine.errors import Mistake

_MARKS = {
    "｛": ("brace", "{"), "｝": ("brace", "}"), "［": ("bracket", "["), "］": ("bracket", "]"),
    "【": ("bracket", "["), "】": ("bracket", "]"), "，": ("comma", ", "), "、": ("comma", ", "),
    "“": ("quote", '"'), "”": ("quote", '"'), "‘": ("quote", "'"), "’": ("quote", "'"),
    "＂": ("quote", '"'), "＇": ("quote", "'"),
}  # fmt: skip
"""Marks that are typed in place of YAML's own, what they are taken for, and what to write."""

_COLON = "the full-width colon ： is no colon to YAML, write ': '"
_SPACE = "a wide space stands here, and YAML knows only plain ones: indent with those"
_OPENING = re.compile(r"(?:^\s*|:\s+|-\s+|[\[{,]\s*)([｛［【“‘＂＇])")
_WITHIN = re.compile(r"""[\[{][^\]}"']*?([，、｝］】])""")
_CLOSED = re.compile(r"""[\[{][^\]}"']*?([｝］】])""")
_CLOSING = re.compile(r"""[\[{][^\]}"']*?([｝］】])\s*$""")
_STRUCTURE = re.compile(r"( *)(?:- +)*(?:- \S|[\w.]+:(?:\s|$))")
_BEGINNING = re.compile(r" *(?:- +)*")
_WIDE_SPACES = ("\u3000", "\xa0")


def swallowed(lines: list[str], start: yaml.Mark, end: yaml.Mark) -> str:
    """Return what to say of a quote that is closed in another line, with what looks like keys or dashes between.

    Empty where the text between is but a long one.
    """
    if start.line == end.line:
        return ""
    opened = _BEGINNING.match(lines[start.line])
    deepest = opened.end() if opened else 0
    for line in lines[start.line + 1 : end.line + 1]:
        if (found := _STRUCTURE.match(line)) and len(found[1]) <= deepest:
            return f"this quote is not closed in its line, so that the text runs on to line {end.line + 1}: close it"
    return ""


def open_quote(text: str, lines: list[str], file: str, loader: Any) -> Mistake | None:
    """Return the first quote that was left open before YAML's parser gave up, if there is one."""
    tokens = yaml.scan(text, Loader=loader)
    opened: yaml.Mark | None = None
    try:
        for token in tokens:
            quoted = isinstance(token, yaml.ScalarToken) and token.style in ("'", '"')
            if quoted and (message := swallowed(lines, token.start_mark, token.end_mark)):
                return Mistake(file, token.start_mark.line + 1, token.start_mark.column + 1, message)
    except yaml.MarkedYAMLError as error:
        unended = re.search("end of (stream|document)|document separator", error.problem or "")
        opened = error.context_mark if unended and "quoted scalar" in (error.context or "") else None
    if opened is None:
        return None
    return Mistake(file, opened.line + 1, opened.column + 1, "this quote is never closed")


def wide_mark(lines: list[str], line: int, column: int, file: str, *, comma: bool) -> Mistake | None:
    """Return the full-width mark that stands before a mistake where YAML wants its own, if there is one.

    Commas count where YAML misses a `comma`: Chinese texts are full of them.
    """
    here = lines[line][: column + 1]
    found = _OPENING.search(here) or (_WITHIN if comma else _CLOSED).search(here)
    if found is None and line > 0:
        line -= 1
        found = _CLOSING.search(lines[line])
    return Mistake(file, line + 1, found.start(1) + 1, said_of(found[1])) if found else None


def said_of(mark: str) -> str:
    """Return what to say of a full-width mark."""
    kind, plain = _MARKS[mark]
    return f"{mark} is no {kind} to YAML: write {plain.strip()}"


def in_key(key: str) -> tuple[int, str] | None:
    """Return what is wrong with an unquoted key that has nothing under it, and how far from its beginning."""
    return (key.index("："), _COLON) if "：" in key else None


def in_indent(raw: str, lines: list[str], start: yaml.Mark) -> str:
    """Return what is wrong with where a text as it was read begins: empty for nothing."""
    return _SPACE if raw.startswith(_WIDE_SPACES) and not lines[start.line][: start.column].strip() else ""


def hint(value: Any) -> str:
    """Return what may have made a text of what should be a list or a mapping; empty where nothing tells."""
    if not isinstance(value, str) or not value:
        return ""
    if value[0] in "｛［【":
        return said_of(value[0])
    return _COLON if "：" in value and ": " not in value else ""
