"""Reads the YAML files that come inside the package."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C is about ten times faster; a PyYAML built without libyaml has only the one in Python."""


def packaged_yaml(package: str, *path: str) -> Any:
    """Return what our own file at `path` inside of `package` holds, as plain dicts, lists and scalars.

    Raises:
        FileNotFoundError: the package was installed or bundled without its data.
        yaml.YAMLError: the file is no YAML.
    """
    return yaml.load(files(package).joinpath(*path).read_text(encoding="utf-8"), Loader=_LOADER)
