"""What YAML's parser complains of, put in words that tell a writer what to change."""

from __future__ import annotations

import re

import yaml

from npc_engine.content.diagnosis import wide_mark
from npc_engine.errors import Mistake

_TAB = "a tab stands here, and YAML knows only spaces: put two spaces in its place"
_QUOTES = "put the whole text in quotes"
_AFTER_QUOTE = (
    "the text in quotes ended just before this: an apostrophe inside '…' is written twice, "
    'or use "…"; or an earlier quote was never closed'
)
_ALIGNMENT = (
    "this line does not line up with those above it: the keys of one mapping, and the dashes of one list, "
    "begin in the same column"
)
_COMMA = (
    "a comma or the closing {close} is missing before this; "
    "a text with commas, quotes or braces in it needs quotes around the whole"
)

# What the parser says (in its spelling of C or of Python), what it means, and whether to point at where
# the trouble began instead of where it came to light.
_HINTS: tuple[tuple[str, str, bool], ...] = (
    (r"tab character", _TAB, False),
    (r"cannot start any token", f"a text cannot begin with {{here}}: {_QUOTES}", False),
    (r"scanning an alias", "a text that begins with * needs quotes, such as '* owes mira'", True),
    (r"scanning an anchor", "a text that begins with & needs quotes", True),
    (r"(scanning|parsing) a tag|directive|tag handle", "a text that begins with ! or % needs quotes", True),
    (
        r"escape|hexdec",
        "this escape is unknown: in \"…\" a backslash is written twice; or use '…'",
        False,
    ),
    (r"quoted scalar.*(end of stream|document)", "this quote is never closed", True),
    (r"could not find expected ':'", "a key with a colon and a space was expected here, `key: …`", True),
    (
        r"mapping values are not allowed",
        "this ': ' cannot stand here: a text with ': ' in it needs quotes, or the indentation is wrong",
        False,
    ),
    (r"mapping keys are not allowed", f"this '? ' cannot stand here: {_QUOTES}", False),
    (r"expected ',' or '([}\]])'", _COMMA, False),
    (r"flow (mapping|sequence)", f"this is never closed, or a text begins with it: {_QUOTES}", True),
    (r"block scalar", "after > or | the text begins on the next line, indented", False),
    (r"node content", "this cannot stand here: a text that begins with it needs quotes", False),
    (r"block|sequence entries|<document start>", _ALIGNMENT, False),
)


def split_lines(text: str) -> list[str]:
    """Return the lines of a text as editors count them; at least one."""
    return re.split(r"\r\n|\r|\n", text)


def explain(error: yaml.MarkedYAMLError, file: str, lines: list[str]) -> Mistake:
    """Return a syntax error in a file's lines as a mistake with a hint in plain words."""
    complaint = f"{error.context or ''} {error.problem or ''}"
    line, column = _position(error.problem_mark or error.context_mark, lines)
    if cause := wide_mark(lines, line, column, file, comma="expected ','" in complaint):
        return cause
    message = f"this is not YAML: {complaint.strip()}"
    for pattern, hint, at_start in _HINTS:
        if match := re.search(pattern, complaint, re.DOTALL):
            message = hint.format(here=lines[line][column : column + 1], close=match[match.lastindex or 0])
            if at_start:
                line, column = _position(error.context_mark or error.problem_mark, lines)
            break
    message = _nearer(message, error, lines[line][:column], lines[line][column : column + 1])
    if any(_has_wide_colon(words) for words in lines[max(0, line - 1) : line + 1]):
        message += "; the full-width colon ： is no colon to YAML, write ': '"
    return Mistake(file, line + 1, column + 1, message)


def _nearer(message: str, error: yaml.MarkedYAMLError, before: str, here: str) -> str:
    """Return a better hint where what stands around the mistake tells more than the parser does."""
    if here == "\t" and "token" in (error.problem or ""):
        return _TAB
    if not isinstance(error, yaml.parser.ParserError) and message != _ALIGNMENT:
        return message
    if before.rstrip().endswith(("'", '"')):
        return _AFTER_QUOTE
    if not here:
        return "the file ends before a [ or { is closed"
    if here in "]}":
        opening = "[" if here == "]" else "{"
        return f"this {here} has no {opening} before it; a text with braces in it needs quotes"
    if message == _ALIGNMENT and before.strip():
        return f"this cannot stand here: {_QUOTES}, or begin a new line"
    return message


def _position(mark: yaml.Mark | None, lines: list[str]) -> tuple[int, int]:
    """Return line and column from 0, inside of the text: the parser may point just behind its end."""
    if mark is None:
        return 0, 0
    line = min(mark.line, len(lines) - 1)
    column = mark.column if mark.line < len(lines) else len(lines[line])
    return line, min(column, len(lines[line]))


def _has_wide_colon(line: str) -> bool:
    return "：" in line and ": " not in line and not line.rstrip().endswith(":")
