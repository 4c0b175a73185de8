"""Whatever stands in the files that are imported: a sentence each, and a world without mistakes after it."""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sampling import sampled

sys.path.insert(0, str(Path(__file__).parent / "cards"))
from packing import PEOPLE, archive, packed, picture, text_chunk, v3

from npc_engine.authoring.cards.bringing import read
from npc_engine.authoring.cards.settling import bring_into
from npc_engine.cli.main import run
from npc_engine.content import examine
from npc_engine.errors import NpcError
from npc_engine.testing import SMALL_WORLD

FEW, ALL = 150, 10_000
STRANGE: list[Any] = [
    None, True, -1, 1e308, 10**30, "", " ", "\x00", "\ud800", "\u202e", "\ufeff", "\ufffe", "{{", "}}", "{{user}}",
    "{{random:}}", "{topic}", "*" * 5000, '"' * 5000, "“" * 999, "[" * 3000, "(" * 3000, "_" * 3000, "a: b: c",
    "- x",
    "# no", "<START>", "<<: *a", "&a", "!!python/object:os.system", "yes", "1984", "06:30", "~", "|", ">", "%",
    "@", "`",
    "\t", "\r\n", "\u2028", "她" * 400, "，" * 50, "。" * 500, "👩‍👩‍👧" * 30, "é" * 300, "A. " * 2000,
    "She said. " * 300, "{{char}} is a " * 200, [], {}, [None], [[[]]], {"": ""}, {"a": {"b": [1]}}, ["x"] * 3000,
    "../../etc/passwd", "con", "null", "id", "player", "x" * 100_000, 'Age("a" + "b")' * 200, "[x= y; " * 500,
    "Likes: " + "a, " * 900, "**Age:** " * 300, "\\", "\\n", "'", '"',
]  # fmt: skip
"""Values that lead somewhere when they stand where a text was expected."""


def changed(value: Any, chance: Random) -> Any:
    """Return a value with something in it exchanged, taken out, or doubled."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(list(value))
        what = chance.random()
        if what < 0.15:
            return {name: each for name, each in value.items() if name != key}
        if what < 0.25:
            return {**value, str(chance.choice(STRANGE))[:50]: value[key]}
        return {**value, key: changed(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.7:
        at = chance.randrange(len(value))
        return [*value[:at], changed(value[at], chance), *value[at:]]
    if isinstance(value, str) and chance.random() < 0.5:
        at = chance.randint(0, len(value))
        return value[:at] + str(chance.choice(STRANGE))[:6000] + value[at:]
    return chance.choice(STRANGE)


def broken(data: bytes, chance: Random) -> bytes:
    """Return bytes some of which are others."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(found) or 1)
        match chance.randrange(4):
            case 0:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del found[at : at + chance.randint(1, 40)]
            case 2:
                found[at:at] = chance.randbytes(chance.randint(1, 8))
            case _:
                found[at:at] = found[: chance.randint(1, 60)]
    return bytes(found)


def a_file(number: int, folder: Path) -> Path:
    """Return a file that was a card once, by its number."""
    chance = Random(number)
    one = chance.choice(PEOPLE)
    ending, data = packed(one)
    if chance.random() < 0.7:
        inside = json.loads(data) if ending == "json" else v3(one)
        for _ in range(chance.randint(1, 4)):
            inside = changed(inside, chance)
        inside = {"a": inside} if not isinstance(inside, dict) else inside
        if ending == "png":
            data = picture(
                *(text_chunk(key, json.loads(json.dumps(inside))) for key in ("chara",)) if plain(inside) else ()
            )
        elif ending == "charx" and plain(inside):
            data = archive(inside, {"assets/a.png": b"x"})
        else:
            ending, data = "json", json.dumps(inside).encode()
    else:
        data = broken(data, chance)
    path = folder / f"{number}.{ending}"
    path.write_bytes(data)
    return path


def plain(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def assert_sentence(text: str) -> None:
    assert text.strip()
    assert "\n" not in text
    assert "Traceback" not in text
    assert "invisible character" not in text, "what is written is always clean"


def check(number: int, folder: Path, world: Path) -> None:
    """Bring a file into a world, which has no mistakes afterwards; or be told in a sentence why not."""
    path = a_file(number, folder)
    began = time.perf_counter()
    told = ""
    try:
        bring_into(world, read(path))
    except NpcError as error:
        told = str(error)
        assert_sentence(told)
    if not told:
        assert examine(world).mistakes == (), number
    assert time.perf_counter() - began < 20, f"{number}: too slow"


def tried(numbers: range, tmp_path: Path) -> None:
    for number in numbers:
        world = tmp_path / "world"
        if number % 2:
            shutil.copytree(SMALL_WORLD, world)
        try:
            check(number, tmp_path, world)
        except Exception as error:
            raise AssertionError(f"file {number}: {error!r}") from error
        finally:
            shutil.rmtree(world, ignore_errors=True)
            for path in tmp_path.glob(f"{number}.*"):
                path.unlink()


@pytest.mark.parametrize("part", sampled(range(3), 1))
def test_any_file_gives_a_sentence(part: int, tmp_path: Path) -> None:
    tried(range(part * FEW // 3, (part + 1) * FEW // 3), tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("part", range(20))
def test_ten_thousand_files_give_a_sentence_each(part: int, tmp_path: Path) -> None:
    tried(range(FEW + part * ALL // 20, FEW + (part + 1) * ALL // 20), tmp_path)


def test_the_command_says_it_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(20):
        status = run(["import", str(a_file(number, tmp_path)), "--into", str(tmp_path / f"world{number}")])
        told = capsys.readouterr()
        assert status in (0, 2)
        assert (told.err == "") == (status == 0)
        assert "Traceback" not in told.out + told.err
