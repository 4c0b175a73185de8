"""What systems answered, kept as YAML: a folder for each system, a file for each conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.talk.conversations import HERE, Later, Say, Talk

TRANSCRIPTS = HERE / "transcripts"
_SYSTEM = "system.yaml"


@dataclass(frozen=True, slots=True)
class Transcript:
    """One conversation as a system had it; `replies` has a mapping for each of the player's lines, `reply` in it."""

    talk: Talk
    replies: tuple[Mapping[str, str], ...]

    @property
    def texts(self) -> list[str]:
        """What the NPC said, line by line."""
        return [reply["reply"] for reply in self.replies]


def write_transcript(folder: Path, transcript: Transcript) -> None:
    """Write a system's transcript of a conversation into its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    replies = iter(transcript.replies)
    lines = [
        {"later": line.words} if isinstance(line, Later) else {"say": line.text, **next(replies)}
        for line in transcript.talk.lines
    ]
    _write(folder / f"{transcript.talk.id}.yaml", {"conversation": transcript.talk.id, "lines": lines})


def write_system(folder: Path, about: Mapping[str, str]) -> None:
    """Write into a system's folder what it is: its engine, its model, when it was played."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / _SYSTEM, dict(about))


def read_transcript(folder: Path, talk: Talk) -> Transcript | None:
    """Return a system's transcript of a conversation; None if there is none, or one of other lines."""
    path = folder / f"{talk.id}.yaml"
    if not path.is_file():
        return None
    lines = yaml.safe_load(path.read_text(encoding="utf-8"))["lines"]
    if [line.get("say", line.get("later")) for line in lines] != [_words(line) for line in talk.lines]:
        return None
    replies = [{key: text for key, text in line.items() if key != "say"} for line in lines if "say" in line]
    return Transcript(talk, tuple(replies))


def read_transcripts(folder: Path, talks: Sequence[Talk]) -> dict[str, Transcript]:
    """Return a system's transcripts of those of the conversations that it has played, by id."""
    found = {talk.id: read_transcript(folder, talk) for talk in talks}
    return {id_: transcript for id_, transcript in found.items() if transcript}


def _words(line: Say | Later) -> str:
    return line.text if isinstance(line, Say) else line.words


def _write(path: Path, data: Any) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(text, encoding="utf-8")
