"""The data that comes inside the package: that it is read by whichever YAML parser is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import demo_game
import npc_engine

PACKAGES = (Path(npc_engine.__file__).parent, Path(demo_game.__file__).parent)
FILES = [path for folder in PACKAGES for path in sorted(folder.rglob("*.yaml"))]


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(path.parents[2])) for path in FILES])
def test_the_parser_in_python_reads_every_file_as_the_one_in_c_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    fast = getattr(yaml, "CSafeLoader", None)
    if fast is None:
        pytest.skip("this PyYAML has no parser in C")
    assert yaml.load(text, Loader=yaml.SafeLoader) == yaml.load(text, Loader=fast)


def test_people_talk_where_pyyaml_was_built_without_libyaml() -> None:
    code = (
        "import yaml\n"
        "del yaml.CSafeLoader\n"
        "from npc_engine import Engine\n"
        "from npc_engine.testing import SMALL_WORLD\n"
        "with Engine.load(SMALL_WORLD, model='none') as engine:\n"
        "    mira = engine.talk_to('mira')\n"
        "    print([bool(mira.say(said).line().text) for said in ('Hello', '你好')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[True, True]", done.stderr
