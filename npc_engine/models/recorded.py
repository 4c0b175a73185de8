"""Answers kept in a file, so that a test or a demonstration hears a model's very words again."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from npc_engine.errors import ModelError
from npc_engine.models.model import LanguageModel, ModelInfo, Request


class RecordedModel:
    """Replays what `path` holds; asks `live`, where one is given, for the rest, and writes it down.

    The file is JSON Lines: a first line about the model, then one answer or choice a line with the question that
    was asked. It is found again by everything in its request except the timeout.
    """

    def __init__(self, path: str | Path, live: LanguageModel | None = None) -> None:
        self._path = Path(path)
        self._live = live
        self._lock = threading.Lock()
        self._closed = False
        self._answers: dict[str, list[str]] = {}
        self._choices: dict[str, list[float]] = {}
        recorded = self._read() if self._path.exists() else None
        if recorded is None and live is None:
            raise ModelError(f"there is no recording {self._path}: {self._how()}")
        if recorded is not None and live is not None and recorded != live.info:
            raise ModelError(
                f"{self._path} was recorded from {recorded.name}, not from {live.info.name}: delete it and record again"
            )
        info = recorded or (live.info if live else None)
        assert info is not None
        self._info = info

    @property
    def info(self) -> ModelInfo:
        """The model that was recorded."""
        return self._info

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        """Yield the recorded pieces, or the live model's, which are written down once the answer is whole.

        Raises:
            ModelError: the request is not in the recording and there is no live model to ask.
        """
        if self._closed:
            raise ModelError(f"the recording {self._path} is closed")
        key = request_key(request)
        pieces = self._answers.get(key)
        if pieces is not None:
            for piece in pieces:
                if cancel.is_set():
                    return
                yield piece
            return
        if self._live is None:
            asked = request.messages[-1].content if request.messages else ""
            raise ModelError(f"{self._path} holds no answer to {asked[-80:]!r}: {self._how()}")
        heard: list[str] = []
        for piece in self._live.stream(request, cancel):
            heard.append(piece)
            yield piece
        if not cancel.is_set():
            self._write(key, request, heard)

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        """Return the recorded shares, or the live model's, which are written down.

        Raises:
            ModelError: the choice is not in the recording and there is no live model to ask.
        """
        if self._closed:
            raise ModelError(f"the recording {self._path} is closed")
        key = request_key(request, options)
        if (found := self._choices.get(key)) is not None:
            return list(found)
        if self._live is None:
            raise ModelError(f"{self._path} holds no choice between {list(options)}: {self._how()}")
        shares = self._live.choose(request, options, cancel)
        if not cancel.is_set():
            with self._lock:
                self._choices[key] = shares
                self._append({"key": key, "request": in_plain(request), "options": list(options), "shares": shares})
        return shares

    def close(self) -> None:
        """Close the live model too."""
        self._closed = True
        if self._live is not None:
            self._live.close()

    def _how(self) -> str:
        return "record it with RecordedModel(path, live=open_model(...)) and the same conversation"

    def _read(self) -> ModelInfo:
        info: ModelInfo | None = None
        lines = self._path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
                if info is None:
                    about = row["model"]
                    info = ModelInfo(
                        name=about["name"],
                        size=about["size"],
                        languages=frozenset(about["languages"]),
                        grammars=about["grammars"],
                    )
                elif "shares" in row:
                    self._choices[row["key"]] = [float(share) for share in row["shares"]]
                else:
                    self._answers[row["key"]] = [str(piece) for piece in row["pieces"]]
            except (ValueError, KeyError, TypeError):
                where = f"{self._path}:{number}:1"
                raise ModelError(f"{where}: not a line of a recording: {self._how()}") from None
        assert info is not None, "the first line either gives it or raises"
        return info

    def _write(self, key: str, request: Request, pieces: list[str]) -> None:
        with self._lock:
            if key in self._answers:
                return
            self._answers[key] = pieces
            self._append({"key": key, "request": in_plain(request), "pieces": pieces})

    def _append(self, row: dict[str, Any]) -> None:
        """Write a line, below the one about the model."""
        rows: list[dict[str, Any]] = []
        if not self._path.exists():
            about = {"name": self._info.name, "size": self._info.size, "grammars": self._info.grammars}
            rows.append({"model": {**about, "languages": sorted(self._info.languages)}})
        with self._path.open("a", encoding="utf-8", newline="\n") as file:
            file.writelines(json.dumps(one, ensure_ascii=False, default=str) + "\n" for one in (*rows, row))


def in_plain(request: Request) -> dict[str, Any]:
    """Return what decides the answer to `request`, as JSON can hold it; the timeout is not part of it."""
    return {
        "messages": [[message.role, message.content] for message in request.messages],
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        "seed": request.seed,
        "stop": list(request.stop),
        "grammar": request.grammar,
        "json_schema": None if request.json_schema is None else dict(request.json_schema),
        "extra": dict(request.extra),
    }


def request_key(request: Request, options: Sequence[str] = ()) -> str:
    """Return the name under which the answer to `request` is kept: the same on every machine."""
    asked = in_plain(request) | ({"options": list(options)} if options else {})
    plain = json.dumps(asked, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()[:24]
