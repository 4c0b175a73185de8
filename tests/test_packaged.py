"""The package on other machines: with another YAML parser, without a wheel of xllamacpp, with what the lock holds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from sampling import sampled

import demo_game
import npc_engine
from npc_engine.packaged import read_yaml
from npc_engine.testing import SMALL_WORLD

ROOT = Path(__file__).parent.parent
MACOS = "Darwin Kernel Version {}: Mon Aug 22 20:19:52 PDT 2022; root:xnu-8020.140.49~2/RELEASE_X86_64"
PACKAGES = (Path(npc_engine.__file__).parent, Path(demo_game.__file__).parent)
FILES = [path for folder in PACKAGES for path in sorted(folder.rglob("*.yaml"))]


@pytest.mark.parametrize("path", sampled(FILES, 12), ids=[str(path.relative_to(path.parents[2])) for path in FILES])
def test_the_parser_in_python_reads_every_file_as_the_one_in_c_does(path: Path) -> None:
    assert yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader) == read_yaml(path)


@pytest.mark.slow
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
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=180)
    assert done.stdout.strip() == "[True, True]", done.stderr


@pytest.mark.parametrize(
    ("platform", "machine", "version", "installed"),
    [
        ("linux", "x86_64", "#1 SMP", True),
        ("linux", "aarch64", "#1 SMP", True),
        ("linux", "riscv64", "#1 SMP", False),
        ("win32", "AMD64", "10.0.26100", True),
        ("win32", "ARM64", "10.0.26100", False),
        ("darwin", "arm64", MACOS.format("25.1.0"), True),  # macOS 26
        ("darwin", "x86_64", MACOS.format("22.1.0"), True),  # macOS 13
        ("darwin", "arm64", MACOS.format("21.6.0"), False),  # macOS 12
        ("darwin", "x86_64", MACOS.format("20.6.0"), False),  # macOS 11
        ("darwin", "x86_64", MACOS.format("19.6.0"), False),  # macOS 10.15
        ("freebsd14", "amd64", "FreeBSD 14.1", False),
    ],
)
def test_the_embedded_models_library_is_asked_for_only_where_it_has_wheels(
    platform: str, machine: str, version: str, installed: bool
) -> None:
    (wanted,) = (one for one in map(Requirement, requires("npc-engine") or []) if one.name == "xllamacpp")
    assert wanted.marker is not None
    where = {"sys_platform": platform, "platform_machine": machine, "platform_version": version}
    assert wanted.marker.evaluate(where) is installed


@pytest.mark.slow
def test_without_that_library_all_but_the_embedded_model_works(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "sys.modules['xllamacpp'] = None\n"
        "from npc_engine import Engine\n"
        "from npc_engine.testing import SMALL_WORLD\n"
        "with Engine.load(SMALL_WORLD, model='embedded', save=sys.argv[1]) as engine:\n"
        "    print(engine.wait_for_voice(30).message)\n"
        "    print(engine.talk_to('mira').say('Where are you?').line().text)\n"
        "    engine.save()\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "slot.npc")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    message, said = done.stdout.splitlines()
    assert "pip install xllamacpp" in message
    assert "its wheels are for Windows on x86-64, Linux with glibc, and macOS 13 or newer" in message
    assert "inn" in said
    assert not done.stderr


@pytest.mark.slow
def test_the_command_line_offers_no_download_that_could_not_be_opened(tmp_path: Path) -> None:
    code = "import sys; sys.modules['xllamacpp'] = None; from npc_engine.cli.main import run; run()"
    command = [sys.executable, "-c", code, "chat", str(SMALL_WORLD), "mira", "--say", "Hello"]
    env = {**os.environ, "NPC_MODELS": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=180)
    assert "pip install xllamacpp" in done.stderr
    assert "npc models pull" not in done.stderr
    assert "Traceback" not in done.stderr


def test_the_lock_holds_what_the_ranges_allow() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras, groups = project["project"]["optional-dependencies"], project["dependency-groups"]
    asked = [*project["project"]["dependencies"], *extras["authors"], *extras["demo"], *groups["build"], *groups["dev"]]
    pins = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    for one in map(Requirement, (each for each in asked if isinstance(each, str))):
        held = [version for name, version in pins if name == canonicalize_name(one.name)]
        assert held, f"{one.name} is not in requirements.txt: run make lock"
        assert all(version in one.specifier for version in held), f"{one} is not what is locked: run make lock"
