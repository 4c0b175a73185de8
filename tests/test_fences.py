"""What README, docs/ and docstrings show a reader works: each code block is run, or says here why not.

A Python block runs in a folder that holds `world/` (the demo's), in a game that is going on: `engine` is open,
`reply` is an answer to come, and `clock`, `textbox` and `game` stand for the game's own. A YAML block is content; an
`npc` line runs in such a folder too, where `slot.npc` and `slot1.npc` are saves, and `sable.png` and `islands.json` a
card and its lore; `make` lines are looked up, not made. Pages that take a reader through something are followed in
tests/test_tutorials.py.
"""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from fences import ROOT, WALKED, Block, blocks
from sampling import sampled

sys.path.insert(0, str(Path(__file__).parent / "cards"))
from packing import PEOPLE, book, picture, text_chunk, v2

from npc_engine import Engine
from npc_engine.cli.main import run
from npc_engine.content import examine
from npc_engine.content.files import LISTS, WORLD
from npc_engine.testing import SMALL_WORLD

GOING_ON = ("console", "json", "po", "python", "yaml")
"""The kinds of blocks that are followed on pages that go on from block to block."""
BLOCKS = [one for one in blocks() if one.page not in WALKED or one.kind not in GOING_ON]
NOT_RUN = {
    ("README.md", "py -m venv .venv"): "needs Windows",
    ("docs/tutorial.md", "python3 -m venv .venv"): "needs the network",
    ("docs/tutorial.md", "python -m venv build-env"): "tests/test_shipping.py builds and runs such a game",
    ("docs/tutorial.zh.md", "python3 -m venv .venv"): "needs the network",
    ("docs/tutorial.zh.md", "python -m venv build-env"): "tests/test_shipping.py builds and runs such a game",
    ("docs/tutorial.md", "pip install pygame_gui"): "needs the network",
    ("docs/tutorial.zh.md", "pip install pygame_gui"): "needs the network",
    ("docs/examples.md", "> Can I have the oil?"): "tests/test_examples.py plays it",
    ("examples/README.md", "python examples/text_adventure/adventure.py"): "tests/test_examples.py plays them all",
    ("docs/neo4j.md", "pip install -e '.[neo4j]'"): "needs the network",
    (
        "docs/neo4j.md",
        "docker run --rm -p 127.0.0.1:7687:7687 -p 127.0.0.1:7474:7474 "
        "-e NEO4J_AUTH=neo4j/a-long-password neo4j:5.26-community",
    ): "needs containers",
    ("docs/neo4j.md", "npc graph push world/ bolt://neo4j@localhost"): "tests/graphs/test_command.py does",
    **{(one.page, one.first): "tests/graphs/test_docs.py runs it" for one in BLOCKS if one.kind == "cypher"},
    ("docs/shipping.md", "python -m venv build-env"): "tests/test_shipping.py builds and runs such a game",
    ("docs/models.md", "npc models pull qwen3-4b     2.5 GB, Apache-2.0"): "fetches 2.5 GB",
    ("docs/models.md", "npc models try qwen2.5-coder-1.5b"): "tests/test_choosing_a_model.py tries others",
    (
        "docs/shipping.md",
        "pip install networkx openai platformdirs pydantic pyyaml rapidfuzz rich snowballstemmer typer",
    ): "needs a platform without xllamacpp; tests/test_language_real.py does without it",
    ("docs/writing.md", "world/personas/mira.yaml:14:9: unknown place 'smithy'; did you mean 'smithy_yard'? [E301]"): (
        "what `npc check` prints of mistakes that world/ doesn't have; tests/test_content_mistakes.py makes them all"
    ),
}
SLOW = ("npc leak", "npc test", "print(reply.line().text)", "the embedded model")
"""What makes a block slow: many turns, or a model that says the whole of a line."""
LONG = ("attack(",)
"""What makes it long: hundreds of turns."""
FEWER = {"npc leak": "--limit 12"}
"""What has a command do a few of the hundreds of things it does; `make long` runs it as it is written."""


def marked(text: str, *values: Any, id: str) -> Any:
    """Return values for a test of a text, which is slow where the text is."""
    marks = ((pytest.mark.slow, SLOW), (pytest.mark.long, LONG))
    found = [mark for mark, listed in marks if any(words in text for words in listed)]
    return pytest.param(*values, id=id, marks=found)


def of_kind(kind: str) -> list[Any]:
    """Return the blocks of a kind that are run, each as a test's value."""
    chosen = [block for block in BLOCKS if block.kind == kind and (block.page, block.first) not in NOT_RUN]
    return [marked(block.text, block, id=str(block)) for block in chosen]


def commands(kind: str) -> list[Any]:
    """Return the command lines of a kind's blocks, without what two spaces set apart as their description."""
    lines = [(block, line) for block in BLOCKS if block.kind == kind for line in block.text.splitlines() if line]
    found = []
    for block, line in ((block, re.split(r"\s{2,}", line)[0]) for block, line in lines):
        fewer = next((more for command, more in FEWER.items() if line.startswith(command)), "")
        found.append(marked(line, f"{line} {fewer}".strip(), id=f"{block} {line}"))
        if fewer:
            found.append(pytest.param(line, id=f"{block} {line} as it is", marks=pytest.mark.long))
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A reader's folder: the demo's world."""
    shutil.copytree(ROOT / "world", tmp_path / "world")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_block_is_run_or_says_why_not() -> None:
    run_here = {"python", "yaml", "npc", "make", "tree", "snippet"}
    left = {(block.page, block.first) for block in BLOCKS if block.kind not in run_here}
    named = {(block.page, block.first) for block in BLOCKS} & set(NOT_RUN)
    assert left <= named, "a block of an unknown kind: run it, or say why not"
    assert named == set(NOT_RUN), "a block that is not run is no longer there"


# -- Python ------------------------------------------------------------------------------------------


class Clock:
    """A game's clock: sixty frames a second, until the answer was shown and a frame more."""

    def __init__(self, game: dict[str, Any]) -> None:
        self._game = game
        self._give_up = time.monotonic() + 60

    def tick(self, frames: int) -> int:
        time.sleep(1 / frames)
        self._game["running"] = not self._game["reply"].done and time.monotonic() < self._give_up
        return round(1000 / frames)


@pytest.fixture
def game(folder: Path) -> Iterator[dict[str, Any]]:
    """What a block of Python finds in place, as the names it may use."""
    with Engine.load("world/", model="none") as engine:
        reply = engine.talk_to("mira").say("Is the bridge safe?")
        game: dict[str, Any] = {"engine": engine, "reply": reply, "running": True}
        performed: list[Any] = []
        shown: list[str] = []
        game |= {
            "__file__": str(folder / "game.py"),
            "clock": Clock(game),
            "textbox": SimpleNamespace(show=shown.append, shown=shown),
            "game": SimpleNamespace(perform=performed.append, show_bubble=lambda who, text: shown.append(text)),
        }
        yield game


@pytest.mark.model
@pytest.mark.usefixtures("embedded_model_path")
@pytest.mark.parametrize("block", sampled(of_kind("python"), 4))
def test_python_runs(block: Block, game: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile("\n" * (block.line) + block.text, ROOT / block.page, "exec"), game)
    assert game["reply"].line(timeout=60).text
    if "textbox" in block.text:
        assert game["reply"].text in game["textbox"].shown
    if "print(" in block.text:
        assert capsys.readouterr().out.strip()


# -- YAML --------------------------------------------------------------------------------------------


def complaints(world: Path) -> list[str]:
    """Return what is wrong with a world, and what could be better."""
    found = examine(world)
    return [str(one) for one in (*found.mistakes, *found.advice)]


def page_world(page: str, world: Path, shown: Block | None = None) -> Path:
    """Return a folder with those files of a page that name themselves in their first line, each as it first stands.

    Where a block is `shown` that shows a file once more, its entries take the place of those of the same id.
    """
    for block in BLOCKS:
        if block.page == page and (named := re.fullmatch(r"# (\S+\.yaml)", block.first)):
            path = world / named[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.write_text(block.text, "utf-8")
            elif block == shown:
                entries = {
                    one["id"]: one for text in (path.read_text("utf-8"), shown.text) for one in yaml.safe_load(text)
                }
                path.write_text(yaml.safe_dump(list(entries.values()), allow_unicode=True), "utf-8")
    return world


def people_of(page: str) -> dict[str, str]:
    """Return the personas that a page shows beside its world, by id."""
    found = {
        named[1]: block.text
        for block in BLOCKS
        if (named := re.match(r"id: (\w+)", block.text))
        if block.page == page and block.kind == "yaml"
    }
    return found


def test_the_files_of_the_writers_page_are_a_world(tmp_path: Path) -> None:
    world = page_world("docs/writing.md", tmp_path)
    files = {path.relative_to(world).as_posix() for path in world.rglob("*.yaml")}
    assert files == {WORLD, *LISTS, "personas/greta.yaml", "personas/tomas.yaml"}
    assert complaints(world) == []


@pytest.mark.parametrize("block", sampled(of_kind("yaml"), 6))
def test_yaml_is_content(block: Block, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if block.first.startswith("# "):
        # A file of the page's own world.
        world = page_world(block.page, folder / "of_page", block)
        path = world / block.first[2:]
        assert [one for one in complaints(world) if one.startswith(f"{path}:")] == []
    elif (talks_to := block.first.removeprefix("- talk: ")) in (people := people_of(block.page)):
        # Dialogue tests of the page's people, in the small world.
        shutil.copytree(SMALL_WORLD, folder / "small")
        for name, text in people.items():
            (folder / "small" / "personas" / f"{name}.yaml").write_text(text, "utf-8")
        (folder / "small" / "tests").mkdir(exist_ok=True)
        (folder / "small" / "tests" / f"{talks_to}.yaml").write_text(block.text, "utf-8")
        assert run(["test", "small/"]) == 0, capsys.readouterr().out
    elif block.first.startswith("- talk: "):
        # Dialogue tests of the demo's world.
        shutil.rmtree(folder / "world" / "tests")
        (folder / "world" / "tests").mkdir()
        (folder / "world" / "tests" / "shown.yaml").write_text(block.text, "utf-8")
        assert run(["test", "world/"]) == 0, capsys.readouterr().out
    elif named := re.match(r"id: (\w+)", block.first):
        # A persona, at home in the small world.
        shutil.copytree(SMALL_WORLD, folder / "small")
        (folder / "small" / "personas" / f"{named[1]}.yaml").write_text(block.text, "utf-8")
        assert complaints(folder / "small") == []
    else:
        # Conditions: those on which Greta gives the iron pin away, in the page's own world.
        world = page_world(block.page, folder / "of_page")
        greta = world / "personas" / "greta.yaml"
        before, when, after = greta.read_text("utf-8").partition("    when: {trust: 0.2}\n")
        assert when
        greta.write_text(before + indent(block.text, "    ") + after, "utf-8")
        assert complaints(world) == []


# -- commands and files ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A game of the demo's world in which something was said."""
    slot = tmp_path_factory.mktemp("save") / "slot.npc"
    with Engine.load(ROOT / "world", save=slot, model="none") as engine:
        engine.talk_to("mira").say("Is the bridge safe?").line(timeout=30)
    return slot


@pytest.mark.parametrize("command", sampled(commands("npc"), 6))
def test_the_command_line_does_it(command: str, folder: Path, save: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for slot in ("slot.npc", "slot1.npc"):
        shutil.copy(save, folder / slot)
    sable = next(one for one in PEOPLE if one["name"] == "Sable")
    (folder / "sable.png").write_bytes(picture(text_chunk("chara", v2(sable))))
    (folder / "islands.json").write_text(json.dumps(book(sable)), "utf-8")
    monkeypatch.setenv("NPC_MODEL", "none")
    monkeypatch.setattr("sys.stdin", io.StringIO("Hello!\n"))
    assert run(shlex.split(command)[1:]) == 0


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make on this machine")
@pytest.mark.parametrize("command", commands("make"))
def test_make_knows_it(command: str) -> None:
    done = subprocess.run([*shlex.split(command), "-n"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", of_kind("snippet"))
def test_the_files_put_in_are_there(block: Block) -> None:
    (path,) = re.findall(r'^--8<-- "(.+)"$', block.text, re.MULTILINE)
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("block", of_kind("tree"))
def test_the_files_shown_are_there(block: Block) -> None:
    top, *lines = block.text.splitlines()
    within: dict[int, Path] = {}  # the folder that each depth of indentation stands in
    shown: list[Path] = []
    for line in lines:
        depth = len(line) - len(line.lstrip())
        parent = within[max((one for one in within if one < depth), default=-1)] if within else ROOT / top
        names = re.findall(r"[\w.]+(?:/|\.py)", re.split(r"\s{2,}", line.strip())[0])
        shown += [parent / name for name in names]
        within = {one: folder for one, folder in within.items() if one < depth} | {-1: ROOT / top}
        if names:
            within[depth] = parent / names[-1]
    assert shown
    assert [str(path.relative_to(ROOT)) for path in shown if not path.exists()] == []
