"""The code blocks of README.md, docs/, examples/ and docstrings: fenced and indented ones, and where they stand."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[1]
PAGES = ("docs", "examples")
FENCE = "```"
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Block:
    """A code block: its page from the root, the line it begins on, the language it names (if any), and its text."""

    page: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def first(self) -> str:
        """Its first line, which it is known by."""
        return self.text.splitlines()[0]

    @property
    def kind(self) -> str:
        """Its language, or what can be done with it: `npc`, `make` (commands), `tree`, `snippet` (of files), `text`."""
        if self.first.startswith("--8<--"):
            return "snippet"
        if self.language:
            return self.language.split()[0]
        word = self.first.split()[0]
        return word if word in ("npc", "make") else "tree" if word.endswith("/") else "text"


@cache
def blocks() -> list[Block]:
    """Return every code block there is, page by page."""
    found: list[Block] = []
    for path in (ROOT / "README.md", *(page for where in PAGES for page in sorted((ROOT / where).rglob("*.md")))):
        found += _blocks(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"), 0)
    for path in sorted((ROOT / "npc_engine").rglob("*.py")):
        source = path.read_text("utf-8")
        for line, text in _docstrings(source) if FENCE in source else ():
            if FENCE in text:
                found += [one for one in _blocks(path.relative_to(ROOT).as_posix(), text, line - 1) if one.language]
    return found


def _blocks(page: str, text: str, before: int) -> Iterator[Block]:
    for token in MarkdownIt().parse(text):
        if token.type in ("fence", "code_block") and token.map:
            yield Block(page, before + token.map[0] + 1, token.info.strip(), token.content)


def _docstrings(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, DOCUMENTED) and (text := ast.get_docstring(node, clean=False)):
            yield node.body[0].lineno, inspect.cleandoc(text)


WALKED = frozenset(one.page for one in blocks() if one.kind == "console")
"""Pages whose blocks go on from each other: tests/test_tutorials.py follows them from the first to the last."""
