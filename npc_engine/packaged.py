"""Reads the YAML that is our own: the files inside the package, and the lines a voice is trained on."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C is about ten times faster; a PyYAML built without libyaml has only the one in Python."""


def packaged_yaml(package: str, *path: str) -> Any:
    """Return what the file at `path` inside of `package` holds, as plain dicts, lists and scalars.

    Raises:
        FileNotFoundError: the package was installed or bundled without its data.
        yaml.YAMLError: the file is no YAML.
    """
    return read_yaml(files(package).joinpath(*path))


def read_yaml(source: Path | Traversable) -> Any:
    """Return what a file in UTF-8 holds, as plain dicts, lists and scalars; see `content` for files of authors.

    Raises:
        OSError: the file can't be read.
        yaml.YAMLError: it is no YAML.
    """
    return yaml.load(source.read_text(encoding="utf-8"), Loader=_LOADER)
