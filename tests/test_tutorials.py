"""The pages that take a reader through something step by step are followed here, in order, as a reader would.

A block that names a file in its first line is that file, or goes to its end, or takes the place of a part of it. In a
`console` block what stands behind `$` is a command, behind `>` what is typed; the rest is what is printed, in that
order, among whatever else is. A translator's work between two steps is in examples/.
"""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Callable
from filecmp import dircmp
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polib
import pytest
from fences import ROOT, WALKED, Block, blocks

from npc_engine import Engine
from npc_engine.cli.main import run

FIRST_GAME = ROOT / "examples" / "first_game"
_NAMED = re.compile(r"# (?P<path>[\w./-]+\.\w+)(?P<how>, .*|，.*)?")
_PART = re.compile(r"in place of its (\w+)|换掉原来的 (\w+)")
_FORMS = {
    ", at the end": "append", "，加在末尾": "append",
    ", in place of these lines": "lines", "，换掉这几行": "lines",
}  # fmt: skip


def _write(block: Block) -> None:
    """Put a block into the file it names."""
    named = _NAMED.fullmatch(block.first)
    assert named is not None
    path, text = Path(named["path"]), block.text.partition("\n")[2]  # without the line that names it
    path.parent.mkdir(parents=True, exist_ok=True)
    how = _FORMS.get(named["how"] or "", named["how"])
    if how is None:
        path.write_text(block.text, "utf-8")
    elif how == "append":
        path.write_text(path.read_text("utf-8") + text, "utf-8")
    elif how == "lines":
        for line in text.splitlines():
            begins = re.escape(re.split(r"[(=]", line)[0])
            before = path.read_text("utf-8")
            assert len(re.findall(rf"^{begins}.*$", before, re.MULTILINE)) == 1, f"{block}: where does {line!r} go?"
            path.write_text(re.sub(rf"^{begins}.*$", lambda _, line=line: line, before, flags=re.MULTILINE), "utf-8")
    else:
        part = _PART.search(how)
        assert part is not None, f"{block}: where in {path} does this go?"
        held = re.compile(rf"^{part[1] or part[2]}:\n(?:[ -].*\n)+", re.MULTILINE)
        assert len(held.findall(path.read_text("utf-8"))) == 1
        path.write_text(held.sub(lambda _: text, path.read_text("utf-8")), "utf-8")


def _run(block: Block, monkeypatch: pytest.MonkeyPatch, printed: Callable[[], str]) -> None:
    """Give the commands of a block, and compare what they print."""
    for command in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        first, *lines = command.splitlines()
        typed = [line[2:] for line in lines if line.startswith("> ")]
        expected = [line for line in lines if line.strip() and not line.startswith("> ")]
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(typed)))
        words = shlex.split(first)
        assert words[0] == "npc", f"{block}: only npc can be run here"
        status = run(words[1:])
        out = [line.rstrip() for line in printed().splitlines()]
        assert expected or status == 0, f"{block}: {first}\n" + "\n".join(out)
        at = 0
        for line in expected:
            assert line.rstrip() in out[at:], f"{block}: {first} doesn't print\n{line}\nbut\n" + "\n".join(out)
            at = out.index(line.rstrip(), at) + 1


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted(WALKED))
def test_a_reader_gets_through(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NPC_MODEL", "none")
    for block in (one for one in blocks() if one.page == page):
        if block.kind == "console":
            for command in re.findall(r"^\$ (npc .*)$", block.text, re.MULTILINE):
                _bring(command)
            _run(block, monkeypatch, lambda: "".join(capsys.readouterr()))
        elif _NAMED.fullmatch(block.first):
            _write(block)
            if block.first == "# game.py":
                assert block.text.partition("\n")[2] == (FIRST_GAME / "game.py").read_text("utf-8")
        elif titled := re.search(r'title="(.+)"', block.language):
            Path(titled[1]).write_text(block.text, "utf-8")
        elif block.kind == "python":
            _exec(block)
        elif block.kind == "po":
            _is_exported(block)
    if page == "docs/tutorial.md":
        _is_the_example(tmp_path)


def _exec(block: Block) -> None:
    """Run some lines of a game, in the world as it is by then."""
    with Engine.load(next(Path().glob("*/world.yaml")).parent, model="none") as engine:
        exec(compile(block.text, str(block), "exec"), {"engine": engine, "__file__": str(Path("game.py").absolute())})


@pytest.mark.parametrize("page", ["docs/tutorial.md", "docs/tutorial.zh.md"])
def test_lines_of_chinese_are_broken_as_the_page_does_it(page: str) -> None:
    (block,) = (one for one in blocks() if one.page == page and "def wrapped" in one.text)
    names: dict[str, Any] = {"font": SimpleNamespace(size=lambda text: (10 * len(text), 20))}
    exec(compile(block.text, str(block), "exec"), names)
    for text, lines in (
        ("过去一个铜板。回来不要钱", ["过去一个", "铜板。回", "来不要钱"]),
        ("他在桥上，没走", ["他在桥", "上，没走"]),
        ("a tin of tea", ["a ", "tin ", "of ", "tea"]),
    ):
        assert names["wrapped"](text, 40) == lines


def _is_exported(block: Block) -> None:
    """A translator's file has the entry that is shown, but for the translation."""
    exported = next(Path().glob("*.po")).read_text("utf-8")
    assert block.text.split("msgstr")[0] in exported


def _bring(command: str) -> None:
    """Have what somebody else does before a command: the translator's work, as it stands in the example."""
    if command.startswith("npc strings import "):
        *_, file, _, language = shlex.split(command)
        known = {one.msgid: one.msgstr for one in polib.pofile(str(FIRST_GAME / "saltmere.zh.po"))}
        if language != "zh":
            known = {theirs: ours for ours, theirs in known.items()}
        texts = polib.pofile(file)
        for text in texts:
            text.msgstr = known.get(text.msgid, "")
        texts.save()


def _is_the_example(folder: Path) -> None:
    """What a reader has in the end is what lies in examples/."""
    found = dircmp(folder / "saltmere", FIRST_GAME / "saltmere", ignore=[".schema"])
    differing = [*found.left_only, *found.right_only, *found.diff_files]
    for name in ("personas", "tests"):
        inside = found.subdirs[name]
        differing += [*inside.left_only, *inside.right_only, *inside.diff_files]
    assert differing == []
