"""Plays conversations through an engine: this checkout's, or an older one's, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT
from benchmarks.talk.conversations import HERE, Later, Talk, world_folder
from benchmarks.talk.transcripts import Transcript, write_system, write_transcript

_PLAYER = HERE / "player.py"


class PlayingFailedError(RuntimeError):
    """The player's process broke off; what it wrote to standard error is the last thing on the screen."""


def play(
    talks: Sequence[Talk],
    out: Path,
    *,
    model: str = "none",
    settings: Mapping[str, Any] | None = None,
    engine: Path = ROOT,
) -> int:
    """Play conversations, write a transcript of each into a folder, and return how many there are.

    `engine` is a checkout of npc-engine; its own `.venv` runs it, where it has one.

    Raises:
        PlayingFailedError: the engine or the model broke off; the transcripts until then are written.
    """
    about = {"engine": _version(engine), "model": model, "played": date.today().isoformat()}
    write_system(out, about)
    count = 0
    for transcript in _transcripts(talks, model, dict(settings or {}), engine):
        write_transcript(out, transcript)
        count += 1
    return count


def _transcripts(talks: Sequence[Talk], model: str, settings: dict[str, Any], engine: Path) -> Iterator[Transcript]:
    plain = [_plain(talk, engine) for talk in talks]
    task = {"model": model, "settings": settings, "older": engine != ROOT, "talks": plain}
    own = engine / ".venv" / "bin" / "python"
    python = str(own) if own.is_file() else sys.executable
    by_id = {talk.id: talk for talk in talks}
    process = subprocess.Popen(
        [python, "-P", str(_PLAYER)],  # -P: what lies beside the script is not for import
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(engine), "PYTHONUTF8": "1"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        json.dump(task, process.stdin)
        process.stdin.close()
        for line in process.stdout:
            played = json.loads(line)
            yield Transcript(by_id[played["id"]], tuple(played["replies"]))
    if process.returncode:
        raise PlayingFailedError(f"the player of {engine} broke off with status {process.returncode}")


def _plain(talk: Talk, engine: Path) -> dict[str, Any]:
    lines = [line.after.total_seconds() / 60 if isinstance(line, Later) else line.text for line in talk.lines]
    world = str(world_folder(talk.world, engine))
    return {"id": talk.id, "world": world, "npc": talk.npc, "language": talk.language, "lines": lines}


def _version(engine: Path) -> str:
    """Return the commit of a checkout; of a folder without git, its name."""
    asked = ["git", "-C", str(engine), "describe", "--always", "--dirty"]
    shown = subprocess.run(asked, capture_output=True, text=True, check=False)
    return shown.stdout.strip() if shown.returncode == 0 else engine.name
