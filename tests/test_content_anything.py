"""Whatever stands in the files, loading gives a world or mistakes with places to look at; nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sampling import examples

from npc_engine.content import Content, load_content, source
from npc_engine.content.spot import Findings, Spot
from npc_engine.content.syntax import split_lines
from npc_engine.errors import ContentError

HAMLET = Path(__file__).parent / "content" / "hamlet"
FILES = sorted(path.relative_to(HAMLET) for path in HAMLET.rglob("*.yaml"))
ORIGINAL = {path: (HAMLET / path).read_bytes() for path in FILES}
# Pieces of YAML and of content that lead somewhere when they stand in the wrong place.
PIECES = sorted(
    {word for data in ORIGINAL.values() for word in data.decode().split()}
    | set("-:{}[]&*!|>'\"#%@`~,?\\\t－：，\x00\x85\u2028\ufeff\r\n😀")
    | {"true", "null", "yes", "0", "-1", ".5", "1e999", "0x1", "2024-05-01", "12:30", "[]", "{}", "[a]"}
    | {"<<: *a", "&a", "*a", "---", "...", "!!str", "? [a]", "{en: 1}", ": ", "- ", "  ", '"\\ud800"'}
)


@st.composite
def a_change(draw: st.DrawFn) -> tuple[Path, bytes]:
    """One file of the hamlet, changed in a place or two."""
    path = draw(st.sampled_from(FILES))
    lines = ORIGINAL[path].splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1)) if lines else 0
        line = lines[at] if lines else b""
        column = draw(st.integers(0, len(line)))
        match draw(st.sampled_from(["delete", "double", "move", "indent", "insert", "replace", "bytes"])):
            case "delete":
                lines[at : at + 1] = []
            case "double":
                lines.insert(at, line)
            case "move":
                lines.insert(draw(st.integers(0, len(lines))), line)
            case "indent":
                lines[at : at + 1] = [b" " * draw(st.integers(0, 6)) + line.lstrip()]
            case "insert":
                piece = draw(st.sampled_from(PIECES)).encode()
                lines[at : at + 1] = [line[:column] + piece + line[column:]]
            case "replace":
                words = line.split(b" ")
                words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(PIECES)).encode()
                lines[at : at + 1] = [b" ".join(words)]
            case _:
                lines[at : at + 1] = [line[:column] + draw(st.binary(max_size=8)) + line[column:]]
    return path, b"".join(lines)


def load(folder: Path) -> Content | ContentError:
    try:
        return load_content(folder)
    except ContentError as error:
        return error


def must_point_into_a_file(error: ContentError, folder: Path) -> None:
    assert error.mistakes
    for mistake in error.mistakes:
        assert mistake.message
        file = Path(mistake.file)
        assert file.is_relative_to(folder)
        lines = split_lines(file.read_bytes().decode(errors="replace")) if file.is_file() else []
        assert 1 <= mistake.line <= len(lines) + 1
        line = lines[mistake.line - 1] if mistake.line <= len(lines) else ""
        assert 1 <= mistake.column <= len(line) + 1, mistake


@pytest.fixture(scope="module")
def hamlet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("anything") / "hamlet"
    shutil.copytree(HAMLET, folder)
    return folder


@pytest.mark.slow
@given(changes=st.lists(a_change(), min_size=1, max_size=2))
@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_changed_folder_loads_or_says_where_to_look(hamlet: Path, changes: list[tuple[Path, bytes]]) -> None:
    for path, data in ORIGINAL.items():
        (hamlet / path).write_bytes(dict(changes).get(path, data))
    outcome = load(hamlet)
    if isinstance(outcome, ContentError):
        must_point_into_a_file(outcome, hamlet)
        assert list(outcome.mistakes) == sorted(set(outcome.mistakes))


@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode), path=st.sampled_from(FILES))
@settings(max_examples=examples(100), deadline=None)
def test_a_file_of_anything_loads_or_says_where_to_look(hamlet: Path, data: bytes, path: Path) -> None:
    for other, original in ORIGINAL.items():
        (hamlet / other).write_bytes(data if other == path else original)
    outcome = load(hamlet)
    if isinstance(outcome, ContentError):
        must_point_into_a_file(outcome, hamlet)


def places(spot: Spot) -> list[tuple[int, int, object]]:
    found: list[tuple[int, int, object]] = [(spot.line, spot.column, spot.value if spot.text else None)]
    for _, key, value in spot.pairs():
        found += [(key.line, key.column, key.text), *places(value)]
    for entry in spot:
        found += places(entry)
    return found


@pytest.mark.parametrize("path", FILES, ids=str)
def test_the_fast_parser_sees_what_the_portable_one_sees(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = source.parse(ORIGINAL[path], "file", Findings())
    monkeypatch.setattr(source, "_FAST", None)
    portable = source.parse(ORIGINAL[path], "file", Findings())
    assert fast is not None
    assert portable is not None
    assert places(fast) == places(portable)
