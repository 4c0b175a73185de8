"""The site: every public name is on a page of the reference, and it builds with every link in it checked."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

import npc_engine

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
REFERENCE = "\n".join(path.read_text("utf-8") for path in sorted((DOCS / "reference").glob("*.md")))
README = (ROOT / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
IN_BOTH = ("index", "tutorial", "guides/import", "guides/testing")
"""Pages that writers read, and that are not in both languages as they stand."""


def sections(page: str) -> list[str]:
    """Return the ranks of a page's headings, in their order."""
    return [one.tag for one in MarkdownIt().parse((DOCS / page).read_text("utf-8")) if one.type == "heading_open"]


@pytest.mark.parametrize("name", npc_engine.__all__)
def test_every_public_name_is_on_a_page_of_the_reference(name: str) -> None:
    assert re.search(rf"^::: npc_engine\.(?:\w+\.)*{name}$", REFERENCE, re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("page", IN_BOTH)
def test_writers_read_it_in_both_languages(page: str) -> None:
    assert sections(f"{page}.md") == sections(f"{page}.zh.md")


def test_pictures_of_the_readme_are_shown_elsewhere_too() -> None:
    """A package index shows the README without the repository around it."""
    shown = re.findall(r"!\[.*?\]\((.*?)\)", README)
    at = PROJECT["urls"]["Source"].replace("github.com", "raw.githubusercontent.com") + "/main/"
    assert len(shown) >= 5
    assert [path for path in shown if not path.startswith(at)] == []
    assert [path for path in shown if not (ROOT / path.removeprefix(at)).is_file()] == []


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{path.relative_to(DOCS)}" for path in DOCS.rglob("*.md"))])
def test_what_is_installed_comes_from_a_clone(page: str) -> None:
    """The package index has another package of this name."""
    installed = re.findall(r"pip install [^`\n]*", (ROOT / page).read_text("utf-8"))
    assert [line for line in installed if re.search(r"(?<![\w/])npc-engine(?![\w/])", line)] == []


def test_the_site_is_of_this_project() -> None:
    settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8").split("markdown_extensions:")[0], yaml.SafeLoader)
    assert (settings["repo_url"], settings["site_url"]) == (PROJECT["urls"]["Source"], PROJECT["urls"]["Documentation"])


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_links_to_is_there(page: str) -> None:
    """Where on a page a link leads is for the site's own check, below."""
    inline = [one for token in MarkdownIt().parse((DOCS / page).read_text("utf-8")) for one in token.children or ()]
    links = [str(one.attrs.get("href") or one.attrs.get("src")) for one in inline if one.type in ("link_open", "image")]
    near = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in near if not (DOCS / page).parent.joinpath(link).exists()] == []


@pytest.mark.long
def test_the_site_builds_with_its_links_checked(tmp_path: Path) -> None:
    for needed in ("material", "mkdocs_static_i18n", "mkdocstrings"):
        pytest.importorskip(needed, reason="the docs group is not installed")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    expected = (("tutorial", "Your first game"), ("zh/tutorial", "第一个游戏"), ("reference/engine", "memory_budget"))
    for page, words in expected:
        assert words in (tmp_path / "site" / page / "index.html").read_text("utf-8")
    assert "npc leak" in (tmp_path / "site" / "reference" / "commands" / "index.html").read_text("utf-8")
