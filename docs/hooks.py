"""What the site takes from the code as it is built: the command line's own help, and links to files beside docs/."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from typing import Any

COMMANDS = "<!-- the commands -->"
_OUTSIDE = re.compile(r"\]\((?:\.\./)+([\w./-]+)\)")


def on_page_markdown(markdown: str, page: Any, config: Any, **_: Any) -> str:
    """Return a page with what it asks for put in; links that lead out of docs/ go to the repository."""
    if COMMANDS in markdown:
        markdown = markdown.replace(COMMANDS, _commands())
    depth = page.file.src_uri.count("/")
    tree = f"{config['repo_url']}/blob/main/"
    return _OUTSIDE.sub(lambda link: f"]({tree}{link[1]})" if link[0].count("../") > depth else link[0], markdown)


def _commands() -> str:
    """Return what `npc` can do, as its help has it, a section for each command."""
    done = subprocess.run(
        [sys.executable, "-m", "typer", "npc_engine.cli.main", "utils", "docs", "--name", "npc"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    lines = unescape(done.stdout).splitlines()
    return "\n".join(re.sub(r"^Example: (.*)", r"Example: `\1`", line) for line in lines[1:])
