"""What keeps the house in order: short files and functions, one filler of slots, documents that name what there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 400, 60
"""In lines. A function counts from the first statement behind its docstring: a command's options are no code."""
REASONED = {
    "assets/source/bridge.py",  # draws one picture from top to bottom, as the others do
    "assets/source/faces.py",
    "assets/source/title.py",
    "assets/source/ui.py",
}
ROOMS = ("npc_engine/", "demo_game/", "benchmarks/", "assets/")
"""What the limits hold for: tests are lists of cases, and a file of them may be as long as there are cases."""
NAMED = re.compile(r"`((?:[\w.-]+/)*[\w.-]+\.(?:py|yaml|toml|bin|gguf|md|tsv|txt)|(?:[\w.-]+/)+)`")
"""Files and folders in a document: from the root, or by the end of their path."""
NOT_OURS = {
    "licenses/",  # in a bundle
    "personas/NAME.yaml",  # a pattern
    "pylock.toml",  # another tool's
    "training/voice.gguf",  # what training makes
}


def ours() -> list[str]:
    """Return the files of the project, without what is hidden, built or installed."""
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    built = {"__pycache__", "build", "dist"}
    return sorted(p.as_posix() for p in found if not any(part[0] == "." or part in built for part in p.parts))


OURS = ours()
CODE = [path for path in OURS if path.startswith(ROOMS) and path.endswith(".py")]
DOCUMENTS = [path for path in OURS if path.endswith(".md") and path != "assets/README.md"]
"""All but the one that tells of a folder of scripts by the names that these have within it."""


def bodies(path: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            if body:
                yield node.name, (node.end_lineno or 0) - body[0].lineno + 1


@pytest.mark.slow
def test_no_file_and_no_function_is_long() -> None:
    files = {path: lines for path in CODE if (lines := (ROOT / path).read_bytes().count(b"\n")) > LONGEST_FILE}
    functions = [
        f"{path}: {name} has {lines} lines"
        for path in CODE
        if path not in REASONED
        for name, lines in bodies(path)
        if lines > LONGEST_FUNCTION
    ]
    assert (files, functions) == ({}, [])


def test_slots_are_filled_by_one_function() -> None:
    by_hand = re.compile(r"""\.replace\(f?["']\{""")
    assert [path for path in CODE if by_hand.search((ROOT / path).read_text("utf-8"))] == []


@pytest.mark.parametrize("path", DOCUMENTS)
def test_documents_name_only_what_there_is(path: str) -> None:
    named = set(NAMED.findall((ROOT / path).read_text("utf-8")))
    folders = {name for name in named if name.endswith("/")}
    missing = {name for name in folders if not any(f"/{name}" in f"/{one}" for one in OURS)}
    missing |= {name for name in named - folders if not any(f"/{one}".endswith(f"/{name}") for one in OURS)}
    assert missing <= NOT_OURS
